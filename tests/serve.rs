//! The proof press as a browser meets it: the real command on a small site, asked over plain sockets.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up: far more than it needs, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// The tag that the server puts into pages.
const TAG: &str = "<script src=\"/__byline/reload.js\" defer></script>";

/// A site that is served. Dropped, it ends, whatever became of the test.
struct Served {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
    told: Receiver<String>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response: its status, its head in lower case, its body.
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Writes a small site.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "site.yaml", "title: The Proof\nbase_url: https://desk.example/paper/\n");
    write(
        folder.path(),
        "content/news/harbour.md",
        "---\ntitle: Harbour reopens\ndate: 2026-01-05\n---\nThe first text.\n",
    );
    write(folder.path(), "static/site.webmanifest", "{}");
    write(folder.path(), "static/.well-known/security.txt", "Contact: mailto:desk@desk.example\n");
    write(folder.path(), "static/.htaccess", "Options -Indexes\n");
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Serves a site, and waits until it says so.
fn serve(folder: tempfile::TempDir, arguments: &[&str]) -> Served {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command.arg("serve").arg("--site").arg(folder.path()).args(arguments).env_remove("BROWSER");
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the command starts");
    let stderr = BufReader::new(child.stderr.take().expect("standard error"));
    let (sender, told) = channel();
    thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let mut served = Served { child, folder, port: 0, told };
    let line = served.wait_for("  Serving");
    let port = line.split("localhost:").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
    served.port = port.parse().expect("a port");
    served
}

impl Served {
    /// Waits for a line that begins so.
    fn wait_for(&self, beginning: &str) -> String {
        let end = Instant::now() + PATIENCE;
        let mut lines = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left) {
                Ok(line) if line.starts_with(beginning) => return line,
                Ok(line) => lines.push(line),
                Err(error) => panic!("no line begins with {beginning:?} ({error}); told was {lines:#?}"),
            }
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edit(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    fn connect(&self, method: &str, path: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("someone listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let host = if headers.to_ascii_lowercase().contains("host:") {
            String::new()
        } else {
            format!("Host: localhost:{}\r\n", self.port)
        };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").expect("it is sent");
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Response {
        let mut bytes = Vec::new();
        self.connect(method, path, headers).read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Response { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "")
    }

    /// An open stream of events, whose first one has arrived.
    fn listen(&self) -> BufReader<TcpStream> {
        let mut events = BufReader::new(self.connect("GET", "/__byline/events", ""));
        until(&mut events, "event: edition");
        events
    }
}

/// Reads on until a line says this.
fn until(events: &mut BufReader<TcpStream>, wanted: &str) {
    let end = Instant::now() + PATIENCE;
    let mut line = String::new();
    while Instant::now() < end {
        line.clear();
        assert!(events.read_line(&mut line).expect("a line in time") > 0, "the stream ended before {wanted:?}");
        if line.trim_end() == wanted {
            return;
        }
    }
    panic!("{wanted:?} did not come");
}

#[test]
fn pages_are_those_that_were_built_with_the_reload_script_in_them() {
    let served = serve(site(), &["--port", "0"]);
    let front = served.get("/");
    assert_eq!(front.status, 200);
    assert_eq!(front.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(front.header("cache-control"), Some("no-store"));
    assert_eq!(front.header("access-control-allow-origin"), None);
    assert!(front.body.contains("Harbour reopens") && front.body.contains(&format!("{TAG}</body>")), "{}", front.body);
    // The path of the site's own base_url is not part of what is served.
    assert!(front.body.contains("href=\"/news/harbour/\""), "{}", front.body);
    let built = fs::read_to_string(served.path(".byline/serve/index.html")).expect("it was built");
    assert!(!built.contains("__byline"), "the script is in the built file");
    assert_eq!(front.body.replace(TAG, ""), built);
    assert!(!served.path("public").exists());

    let script = served.get("/__byline/reload.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(script.body.contains("/__byline/events"));
    let feed = served.get("/feed.xml");
    assert_eq!(feed.header("content-type"), Some("application/xml; charset=utf-8"));
    assert!(!feed.body.contains("__byline"));
    assert_eq!(served.get("/site.webmanifest").header("content-type"), Some("application/manifest+json"));
    assert_eq!(served.get("/.well-known/security.txt").status, 200);
}

#[test]
fn a_head_request_gets_the_head_alone_and_other_methods_nothing() {
    let served = serve(site(), &["--port", "0"]);
    for path in ["/", "/feed.xml"] {
        let (whole, head) = (served.get(path), served.ask("HEAD", path, ""));
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()), "{path}");
    }
    let refused = served.ask("POST", "/", "Content-Length: 0\r\n");
    assert_eq!((refused.status, refused.header("allow")), (405, Some("get, head")));
}

#[test]
fn a_folder_without_its_slash_redirects_to_it() {
    let served = serve(site(), &["--port", "0"]);
    let moved = served.get("/news");
    assert_eq!((moved.status, moved.header("location")), (301, Some("/news/")));
    assert_eq!(served.get("/news?from=desk").header("location"), Some("/news/?from=desk"));
    assert_eq!(served.get("//news").header("location"), Some("/news/"));
    assert_eq!(served.get("/news/").status, 200);
}

#[test]
fn what_is_not_there_gets_the_sites_own_page_for_it() {
    let served = serve(site(), &["--port", "0"]);
    let missing = served.get("/news/nowhere/");
    let own = fs::read_to_string(served.path(".byline/serve/404.html")).expect("it was built");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.body.replace(TAG, ""), own);
    assert_eq!(served.get("/feed.xml/").status, 404);
    assert_eq!(served.get("/__byline/else").status, 404);
}

#[test]
fn nothing_beside_the_built_files_can_be_reached() {
    let served = serve(site(), &["--port", "0"]);
    let ways = [
        "/../site.yaml",
        "/../../site.yaml",
        "/%2e%2e/%2e%2e/site.yaml",
        "/..%2f..%2fsite.yaml",
        "/news/%2e%2e/%2e%2e/%2e%2e/site.yaml",
        "/%252e%252e/%252e%252e/site.yaml",
        "/..%5c..%5csite.yaml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/site.yaml",
        "/.byline-manifest",
        "/%2ebyline-manifest",
        "/.htaccess",
        "/index.html%00.png",
        "/%ff",
    ];
    for way in ways {
        let answer = served.get(way);
        assert_eq!(answer.status, 404, "{way}");
        assert!(!answer.body.contains("desk.example/paper"), "{way}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_built_folder_leads_nowhere() {
    let served = serve(site(), &["--port", "0"]);
    std::os::unix::fs::symlink("../../site.yaml", served.path(".byline/serve/link.txt")).expect("a link");
    assert_eq!(served.get("/link.txt").status, 404);
}

#[test]
fn other_hosts_and_pages_of_other_origins_are_turned_away() {
    let served = serve(site(), &["--port", "0"]);
    let port = served.port;
    for host in ["desk.example".to_owned(), format!("desk.example:{port}"), "localhost:1".to_owned()] {
        let answer = served.ask("GET", "/", &format!("Host: {host}\r\n"));
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.body.contains("Harbour"));
    }
    for origin in ["http://desk.example", "null"] {
        let answer = served.ask("GET", "/__byline/events", &format!("Origin: {origin}\r\n"));
        assert_eq!(answer.status, 403, "{origin}");
    }
    for host in [format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        let answer = served.ask("GET", "/", &format!("Host: {host}\r\nOrigin: http://{host}\r\n"));
        assert_eq!(answer.status, 200, "{host}");
    }
}

#[test]
fn an_edit_reloads_open_pages_and_a_faulty_one_leaves_them() {
    let served = serve(site(), &["--port", "0"]);
    let mut events = served.listen();
    served.edit("content/news/harbour.md", "---\ntitle: Harbour reopens\ndate: 2026-01-05\n---\nThe second text.\n");
    until(&mut events, "event: reload");
    assert!(served.get("/news/harbour/").body.contains("The second text."));

    served.edit("content/news/harbour.md", "---\ntitle: [\n---\nThe third text.\n");
    served.wait_for("  Stopped");
    assert!(served.get("/news/harbour/").body.contains("The second text."));

    served.edit("content/news/harbour.md", "---\ntitle: Harbour reopens\ndate: 2026-01-05\n---\nThe fourth text.\n");
    until(&mut events, "event: reload");
    assert!(served.get("/news/harbour/").body.contains("The fourth text."));
}

#[test]
fn a_folder_that_comes_later_is_watched_as_well() {
    let served = serve(site(), &["--port", "0"]);
    let mut events = served.listen();
    served.edit("templates/404.html", "<p>Gone fishing.</p>");
    until(&mut events, "event: reload");
    assert_eq!(served.get("/nowhere").body, format!("<p>Gone fishing.</p>{TAG}"));
    served.edit("templates/404.html", "<p>Gone home.</p>");
    until(&mut events, "event: reload");
    assert!(served.get("/nowhere").body.contains("Gone home."));
    fs::remove_dir_all(served.path("templates")).expect("it can be removed");
    until(&mut events, "event: reload");
    served.edit("templates/404.html", "<p>Back again.</p>");
    until(&mut events, "event: reload");
    assert!(served.get("/nowhere").body.contains("Back again."));
}

#[test]
fn a_site_that_does_not_build_is_served_once_it_does() {
    let folder = site();
    write(folder.path(), "content/news/harbour.md", "---\ntitle: [\n---\n");
    let served = serve(folder, &["--port", "0"]);
    let page = served.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains(TAG));
    let mut events = served.listen();
    served.edit("content/news/harbour.md", "---\ntitle: Harbour reopens\ndate: 2026-01-05\n---\nAt last.\n");
    until(&mut events, "event: reload");
    assert!(served.get("/news/harbour/").body.contains("At last."));
}

#[test]
fn an_article_appears_when_it_falls_due() {
    let folder = site();
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(6);
    let due = jiff::Timestamp::from_second(due.as_second()).expect("a moment");
    write(folder.path(), "content/news/later.md", &format!("---\ntitle: Later\ndate: {due}\n---\nIt is time.\n"));
    let served = serve(folder, &["--port", "0"]);
    let end = Instant::now() + PATIENCE;
    while served.get("/news/later/").status != 200 {
        assert!(Instant::now() < end, "the article did not appear");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(jiff::Timestamp::now() >= due);
}

#[test]
fn a_busy_port_is_an_error_only_if_it_was_asked_for() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let folder = site();
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    let output = command.args(["serve", "--port", &port, "--site"]).arg(folder.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(&format!("another program listens on port {port}")) && told.contains("--port"), "{told}");

    // Whoever has the usual port: it is not ours afterwards.
    let _usual = TcpListener::bind((Ipv4Addr::LOCALHOST, 8080));
    let served = serve(folder, &[]);
    assert_ne!(served.port, 8080);
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn a_build_and_a_server_wait_for_each_other() {
    let served = serve(site(), &["--port", "0"]);
    let mut events = served.listen();
    let lock = fs::File::open(served.path(".byline/lock")).expect("a build made it");
    lock.lock().expect("nobody builds");
    served.edit("content/news/harbour.md", "---\ntitle: Harbour reopens\ndate: 2026-01-05\n---\nAfter a while.\n");
    served.wait_for("  Waiting");
    let mut build = Command::new(env!("CARGO_BIN_EXE_byline"));
    let mut build = build.args(["build", "--quiet", "--site"]).arg(served.folder.path()).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(300));
    assert!(build.try_wait().expect("its state").is_none(), "the build did not wait");
    drop(lock);
    until(&mut events, "event: reload");
    assert!(build.wait().expect("its end").success());
    let text = fs::read_to_string(served.path("public/news/harbour/index.html")).expect("it was built");
    assert!(text.contains("After a while.") && text.contains("https://desk.example/paper/news/harbour/"), "{text}");
}

#[test]
fn two_servers_of_one_site_do_not_write_into_one_folder() {
    let first = serve(site(), &["--port", "0"]);
    let folder = first.folder.path().to_owned();
    let mut second = Command::new(env!("CARGO_BIN_EXE_byline"));
    second.args(["serve", "--port", "0", "--site"]).arg(&folder).stderr(Stdio::piped());
    let mut child = second.spawn().expect("the command starts");
    let lines = BufReader::new(child.stderr.take().expect("standard error")).lines();
    let serving = lines.map_while(Result::ok).find(|line| line.starts_with("  Serving"));
    let _ = child.kill();
    let _ = child.wait();
    let serving = serving.expect("it serves");
    let port = serving.split("localhost:").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
    assert!(folder.join(format!(".byline/serve-{port}/index.html")).is_file());
    let own = fs::read_to_string(folder.join(".byline/serve/feed.xml")).expect("it was built");
    assert!(own.contains(&format!("http://localhost:{}/", first.port)));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_even_while_a_page_listens() {
    let mut served = serve(site(), &["--port", "0"]);
    let _events = served.listen();
    let process = rustix::process::Pid::from_child(&served.child);
    rustix::process::kill_process(process, rustix::process::Signal::INT).expect("it can be signalled");
    let end = Instant::now() + PATIENCE;
    let status = loop {
        match served.child.try_wait().expect("its state") {
            Some(status) => break status,
            None => assert!(Instant::now() < end, "it goes on"),
        }
        thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
}
