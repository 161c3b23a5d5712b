//! Other programs that tests start: found where the test command puts them, ended with the test.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that runs until the test is over.
pub struct Server {
    child: Child,
    /// The port that it listens on.
    pub port: u16,
}

impl Server {
    /// Starts a program and waits until it listens on a port.
    pub fn start(mut command: Command, port: u16) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let errors = child.stderr.take().expect("its errors");
        let said = std::thread::spawn(move || BufReader::new(errors).lines().map_while(Result::ok).last());
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if start.elapsed() > PATIENCE || child.try_wait().expect("it can be waited for").is_some() {
                let _ = child.kill();
                panic!("{command:?} does not listen: {:?}", said.join());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port").local_addr().expect("an address").port()
}

/// A program: among the tools of the test command, else on the path. `None`, with a note, where there is none and none is
/// required.
pub fn program(name: &str) -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"));
    let tools = target.join("test-tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = [tools.join("bin"), tools.join("venv/bin"), PathBuf::from("/usr/sbin")];
    let found = usual.into_iter().chain(std::env::split_paths(&path)).map(|folder| folder.join(name));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        assert!(!required(), "{name} is not installed");
        eprintln!("{name} is not installed: passed over");
    }
    found
}

/// Whether a test that cannot be run is to fail.
pub fn required() -> bool {
    std::env::var_os("CI").is_some() || std::env::var_os("BYLINE_REQUIRE_SUITES").is_some()
}
