//! The proof press: builds the site into a folder of its own, serves it on this machine alone, and does so again whenever a file
//! changes.
//!
//! ```text
//! listen   a port on the loopback addresses
//! watch    the site's files: what changed, and when it has settled
//! press    one build after the other, each told on standard error; a bad one leaves the last good pages in place
//! answer   a request -> a file of the last good build, if it comes from this machine (guard)
//! reload   tells open pages of a new edition
//! ```

mod answer;
mod guard;
mod listen;
mod press;
mod reload;
mod shelf;
mod watch;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use axum::Router;
use tokio::sync::oneshot;

use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::failure::Failure;
use crate::model::report::Report;
use crate::pipeline::Request;

use answer::Desk;
use listen::Door;
use press::Press;
use reload::Editions;
use watch::Watch;

/// How one build is done: the pipeline, with whatever shows its progress.
pub type Build = fn(&Request) -> (Report, Option<Failure>);

/// What is to be served, and how.
#[derive(Clone, Debug)]
pub struct Order {
    /// The site's folder.
    pub root: PathBuf,
    /// The port; without one, the first free one from [`DEFAULT_PORT`] on.
    pub port: Option<u16>,
    /// Whether the front page is opened in a browser.
    pub open: bool,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The moment as which the site is built, as written; without one, time passes.
    pub as_of: Option<String>,
    /// How a build is done.
    pub build: Build,
}

/// The port that is tried first if none is asked for.
pub const DEFAULT_PORT: u16 = 8080;

/// Serves the site until it is interrupted.
///
/// # Errors
/// What keeps it from serving at all: no port, no watcher, no runtime. A site that does not build is no such thing.
pub fn run(order: &Order) -> Result<(), Box<Diagnostic>> {
    let door = Door::open(order.port)?;
    let mut watch = Watch::begin(&order.root)?;
    let mut press = Press::new(order, door.port)?;
    let editions = Editions::new();
    let due = press.print(&editions);
    let address = door.address();
    say("Serving", &format!("{address} (Ctrl+C ends it)"));
    if order.open {
        open(address);
    }

    let desk = Arc::new(Desk::new(press.output().to_owned(), door.port, editions.clone()));
    let (alarm, gone) = oneshot::channel();
    let (order, port) = (order.clone(), door.port);
    thread::spawn(move || {
        go_on(&mut press, &mut watch, due, &editions);
        // If nobody listens any more, all is at an end anyway.
        let _ = alarm.send(restart(&order, port));
    });
    attend(door, desk, gone)
}

/// Builds as often as something changes or falls due, for as long as this process can.
fn go_on(press: &mut Press, watch: &mut Watch, mut due: Option<i64>, editions: &Editions) {
    while !press.is_spent() {
        watch.wait(due);
        due = press.print(editions);
    }
    say("", "its work cannot be stopped: with the next change, the server starts anew");
    watch.wait(None);
}

/// Puts a new process in the place of this one, with the same site on the same port. Returns only if that fails.
fn restart(order: &Order, port: u16) -> Box<Diagnostic> {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|_| "byline".into()));
    command.arg("serve").arg("--site").arg(&order.root).arg("--port").arg(port.to_string());
    command.args(order.drafts.then_some("--drafts"));
    command.args(order.as_of.iter().flat_map(|moment| ["--as-of", moment]));
    let mut failed = trouble(format!("the server cannot start anew: {}", replace(command)));
    failed.hint = Some("start it again".to_owned());
    failed
}

/// Becomes another program; sockets and locks are let go of.
#[cfg(unix)]
fn replace(mut command: Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

/// Becomes another program, which only some systems can do.
#[cfg(not(unix))]
fn replace(_: Command) -> io::Error {
    io::ErrorKind::Unsupported.into()
}

/// Answers requests until the interrupt.
fn attend(door: Door, desk: Arc<Desk>, gone: oneshot::Receiver<Box<Diagnostic>>) -> Result<(), Box<Diagnostic>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| trouble(format!("the server cannot be started: {error}")))?;
    let end = runtime.block_on(async {
        let router = Router::new().fallback(answer::answer).with_state(desk);
        let (four, six) = door.listeners().map_err(|error| trouble(format!("the server cannot be started: {error}")))?;
        let four = axum::serve(four, router.clone());
        let six = async {
            match six {
                Some(six) => axum::serve(six, router).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            end = four => end.map_err(|error| trouble(format!("the server ended: {error}"))),
            end = six => end.map_err(|error| trouble(format!("the server ended: {error}"))),
            end = gone => {
                let fault = || trouble("Byline met a fault of its own while it was watching the site".to_owned());
                Err(end.unwrap_or_else(|_| fault()))
            }
            end = tokio::signal::ctrl_c() => end.map_err(|error| trouble(format!("no interrupt can be heard: {error}"))),
        }
    });
    // Readers of event streams never hang up by themselves.
    runtime.shutdown_background();
    end
}

/// Shows the front page in a browser; where that fails, the address was printed.
fn open(address: String) {
    thread::spawn(move || {
        if let Err(error) = opener::open_browser(&address) {
            say("", &format!("no browser could be opened: {error}"));
        }
    });
}

/// A line for whoever sits at the terminal.
fn say(label: &str, what: &str) {
    // A terminal that is gone is no reason to stop.
    let _ = writeln!(io::stderr(), "  {label:10}{what}");
}

/// Something that keeps the server from its work.
fn trouble(message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::Io, message))
}
