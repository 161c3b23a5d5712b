//! The program as its users meet it: started in a folder, judged by its exit code, its output and what it left behind.

// Each test crate uses the part that it needs.
#![allow(dead_code)]

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long one run may take before a test takes it for one that hangs: far more than any needs.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Demands an exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}{}", self.out, self.err);
        self
    }

    /// Demands texts on standard error.
    #[track_caller]
    pub fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.err.contains(text), "no `{text}` in\n{}", self.err);
        }
        self
    }

    /// The report as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}{}", self.out, self.err))
    }

    /// The diagnostics of the report in JSON, each as `severity code path:line:column`.
    #[track_caller]
    pub fn notes(&self) -> Vec<String> {
        let json = self.json();
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let note = |one: &serde_json::Value| {
            let [severity, code, path, line, column] =
                ["severity", "code", "path", "line", "column"].map(|key| text(&one[key]));
            format!("{severity} {code} {path}:{line}:{column}")
        };
        json["diagnostics"].as_array().expect("a list").iter().map(note).collect()
    }
}

/// Runs the program in a folder.
#[track_caller]
pub fn byline(folder: &Path, arguments: &[&str]) -> Run {
    with(folder, arguments, |_| {})
}

/// Runs the program in a folder, with a command prepared further. The environment of the test's own run is not passed on.
#[track_caller]
pub fn with(folder: &Path, arguments: &[&str], prepare: impl FnOnce(&mut Command)) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for key in ["GITHUB_WORKSPACE", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "RUST_BACKTRACE"] {
        command.env_remove(key);
    }
    prepare(&mut command);
    let mut child = command.spawn().expect("the program starts");
    let (out, err) = (gather(child.stdout.take()), gather(child.stderr.take()));
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("it can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().expect("it can be ended");
                panic!("byline {arguments:?} hangs");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    Run {
        code: status.code().expect("an exit code"),
        out: out.join().expect("its output"),
        err: err.join().expect("its errors"),
    }
}

/// Reads a stream to its end on a thread of its own, so that the program never waits for its reader.
fn gather(stream: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut bytes).expect("it can be read");
        }
        String::from_utf8(bytes).expect("UTF-8")
    })
}
