//! A line that tells how far a long build has come: on a terminal only, and only once it takes a while.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::signals::Signals;
use crate::pipeline::Observer;

/// How long a build may take before it says where it is.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often the line is renewed.
const RHYTHM: Duration = Duration::from_millis(80);

/// The line. It passes on that the process was told to end.
pub(super) struct Bar<'a> {
    shown: bool,
    signals: &'a Signals,
    start: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    stage: &'static str,
    steps: usize,
    done: usize,
    last: Option<Instant>,
}

impl<'a> Bar<'a> {
    /// A line on standard error, if it is wanted and that is a terminal.
    pub fn new(wanted: bool, signals: &'a Signals) -> Self {
        let shown = wanted && std::io::stderr().is_terminal();
        Self { shown, signals, start: Instant::now(), state: Mutex::new(State::default()) }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        let state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if state.last.is_some() {
            write("");
        }
    }

    fn tell(&self, state: &mut State) {
        let now = Instant::now();
        let due = state.last.is_none_or(|last| now.duration_since(last) >= RHYTHM);
        if !self.shown || !due || now.duration_since(self.start) < PATIENCE {
            return;
        }
        state.last = Some(now);
        match state.steps {
            0 => write(&format!("  {}…", state.stage)),
            steps => write(&format!("  {} {} of {steps}", state.stage, state.done)),
        }
    }
}

fn write(line: &str) {
    // Progress that cannot be shown is no reason to stop.
    let _ = write!(std::io::stderr(), "\r\x1b[2K{line}");
}

impl Observer for Bar<'_> {
    fn begin(&self, stage: &'static str, steps: usize) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        (state.stage, state.steps, state.done) = (stage, steps, 0);
        self.tell(&mut state);
    }

    fn step(&self) {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        state.done += 1;
        self.tell(&mut state);
    }

    fn called_off(&self) -> bool {
        self.signals.received().is_some()
    }
}
