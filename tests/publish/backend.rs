//! A git host that is reached by HTTP and asks for a password: git's own backend behind a small server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The user and the password that are let in.
pub const USER: &str = "desk";
pub const PASSWORD: &str = "s3cret-word";
/// Both as HTTP has them, in base 64.
pub const BASIC: &str = "ZGVzazpzM2NyZXQtd29yZA==";

/// The host.
pub struct Backend {
    /// The port that it listens on.
    pub port: u16,
    /// How many requests were let in, and how many were turned away.
    pub served: Arc<AtomicUsize>,
    pub refused: Arc<AtomicUsize>,
}

impl Backend {
    /// Serves the repositories of a folder, for as long as the test runs.
    pub fn serve(root: PathBuf) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let backend = Self { port, served: Arc::default(), refused: Arc::default() };
        let (served, refused) = (backend.served.clone(), backend.refused.clone());
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (root, served, refused) = (root.clone(), served.clone(), refused.clone());
                thread::spawn(move || answer(client, &root, &served, &refused));
            }
        });
        backend
    }
}

/// Answers one request and closes the connection.
fn answer(mut client: TcpStream, root: &Path, served: &AtomicUsize, refused: &AtomicUsize) -> Option<()> {
    let mut reader = BufReader::new(client.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut lines = head.lines();
    let request: Vec<&str> = lines.next()?.split(' ').collect();
    let headers: Vec<(String, &str)> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value)).collect();
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| *value);
    if header("expect") == "100-continue" {
        client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let body = body(&mut reader, header("transfer-encoding"), header("content-length"))?;
    if header("authorization") != format!("Basic {BASIC}") {
        refused.fetch_add(1, Ordering::Relaxed);
        let head = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"The Desk\"\r\n";
        return client.write_all(format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes()).ok();
    }
    served.fetch_add(1, Ordering::Relaxed);
    let (path, query) = request[1].split_once('?').unwrap_or((request[1], ""));
    let mut command = Command::new("git");
    command.arg("http-backend").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("GIT_PROJECT_ROOT", root).env("GIT_HTTP_EXPORT_ALL", "1").env("REMOTE_USER", USER);
    command.env("REQUEST_METHOD", request[0]).env("PATH_INFO", path).env("QUERY_STRING", query);
    command.env("CONTENT_TYPE", header("content-type")).env("CONTENT_LENGTH", body.len().to_string());
    command.env("HTTP_CONTENT_ENCODING", header("content-encoding"));
    command.env("GIT_PROTOCOL", header("git-protocol"));
    let mut child = command.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let feeder = thread::spawn(move || drop(input.write_all(&body)));
    let output = child.wait_with_output().ok()?.stdout;
    feeder.join().ok()?;
    let end = output.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&output[..end]).into_owned();
    let status = head.lines().find_map(|line| line.strip_prefix("Status: ")).unwrap_or("200 OK");
    client.write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\n{head}\r\n\r\n").as_bytes()).ok()?;
    client.write_all(&output[end + 4..]).ok()
}

/// The body of a request: of a known length, or in pieces.
fn body(reader: &mut impl BufRead, encoding: &str, length: &str) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    if encoding != "chunked" {
        reader.take(length.parse().unwrap_or(0)).read_to_end(&mut body).ok()?;
        return Some(body);
    }
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = u64::from_str_radix(line.trim(), 16).ok()?;
        reader.take(length).read_to_end(&mut body).ok()?;
        reader.read_line(&mut line).ok()?;
        if length == 0 {
            return Some(body);
        }
    }
}
