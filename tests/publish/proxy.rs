//! A wire that counts requests, and kills whoever sends them at a given one.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::paper::End;

/// How long is waited between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// What befalls the sender of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It is killed before the server hears of the request.
    Before,
    /// It is killed when the server has done what was asked, before it hears of that.
    After,
    /// The request waits until it is let go.
    Held,
    /// The connection breaks before the server hears of the request.
    Broken,
}

/// A cut to come: the number of the request, counted from 1, and what happens at it.
type Plan = Option<(usize, Cut)>;

#[derive(Default)]
struct State {
    /// Method and path of each request since the last look.
    requests: Vec<String>,
    plan: Plan,
    sender: Option<Child>,
    /// Whether the cut was made.
    cut: bool,
    /// Whether a request that is held may go on.
    free: bool,
}

/// The wire.
pub struct Proxy {
    /// The port that it listens on.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// A wire to a port of this machine.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let own = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || {
                    let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return };
                    carry(client, server, &state);
                });
            }
        });
        Self { port: own, state }
    }

    /// The requests since the last look: `PUT /bucket/a`.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().expect("a state").requests)
    }

    /// Runs a command whose requests are cut; tells whether that happened.
    pub fn cutting(&self, number: usize, cut: Cut, mut command: std::process::Command) -> bool {
        self.requests();
        {
            let mut state = self.state.lock().expect("a state");
            state.plan = Some((number, cut));
            state.cut = false;
            state.sender = Some(
                command
                    .stdout(std::process::Stdio::null())
                    .stderr(std::process::Stdio::null())
                    .spawn()
                    .expect("it starts"),
            );
        }
        loop {
            let mut state = self.state.lock().expect("a state");
            let ended = state.sender.as_mut().expect("a sender").try_wait().expect("it can be waited for").is_some();
            if ended {
                state.plan = None;
                state.sender = None;
                return state.cut;
            }
            drop(state);
            thread::sleep(PAUSE);
        }
    }

    /// Runs a command whose n-th request waits until something else is done.
    pub fn holding(&self, number: usize, mut command: std::process::Command, meanwhile: impl FnOnce()) -> End {
        self.requests();
        {
            let mut state = self.state.lock().expect("a state");
            (state.plan, state.cut, state.free) = (Some((number, Cut::Held)), false, false);
        }
        let child = command.spawn().expect("it starts");
        while !self.state.lock().expect("a state").cut {
            thread::sleep(PAUSE);
        }
        meanwhile();
        self.state.lock().expect("a state").free = true;
        End::wait(child)
    }
}

/// Carries requests one way and answers the other.
fn carry(mut client: TcpStream, mut server: TcpStream, state: &Mutex<State>) {
    let (mut answers, mut back) = (server.try_clone().expect("a stream"), client.try_clone().expect("a stream"));
    let withheld = Arc::new(Mutex::new(false));
    let gate = withheld.clone();
    let answering = thread::spawn(move || {
        let mut piece = [0; 65536];
        while let Ok(read @ 1..) = answers.read(&mut piece) {
            if *gate.lock().expect("a gate") || back.write_all(&piece[..read]).is_err() {
                break;
            }
        }
        let _ = back.shutdown(Shutdown::Both);
    });
    while let Some(request) = request(&mut client) {
        let fate = note(state, &request);
        match fate {
            Some(Cut::Before) => {
                kill(state);
                break;
            }
            Some(Cut::Broken) => break,
            Some(Cut::After) => {
                *withheld.lock().expect("a gate") = true;
                let _ = server.write_all(&request);
                // The answer has come when the other thread meets the closed gate.
                let _ = answering.join();
                kill(state);
                return;
            }
            None | Some(Cut::Held) => {
                while fate.is_some() && !state.lock().expect("a state").free {
                    thread::sleep(PAUSE);
                }
                if server.write_all(&request).is_err() {
                    break;
                }
            }
        }
    }
    let _ = (server.shutdown(Shutdown::Both), client.shutdown(Shutdown::Both));
}

/// One request with its body; `None` at the end of the stream.
fn request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 65536];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(0, |length| length.trim().parse().expect("a length"));
            while bytes.len() < end + 4 + length {
                let read = client.read(&mut piece).ok().filter(|read| *read > 0)?;
                bytes.extend_from_slice(&piece[..read]);
            }
            return Some(bytes);
        }
        let read = client.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
    }
}

/// Notes a request, and tells what befalls its sender.
fn note(state: &Mutex<State>, request: &[u8]) -> Option<Cut> {
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).into_owned();
    let mut words = line.split([' ', '?']);
    let told = format!("{} {}", words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut state = state.lock().expect("a state");
    state.requests.push(told);
    let (number, cut) = state.plan?;
    // Whatever is under way beside the request that is cut goes no further.
    let others_go_on = matches!(cut, Cut::Broken | Cut::Held);
    if others_go_on && state.requests.len() != number || state.requests.len() < number {
        return None;
    }
    state.cut = true;
    Some(if state.requests.len() == number { cut } else { Cut::Before })
}

fn kill(state: &Mutex<State>) {
    let mut state = state.lock().expect("a state");
    if let Some(child) = &mut state.sender {
        let _ = child.kill();
    }
}
