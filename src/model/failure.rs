//! What the machine refused: a file that could not be read or written. The site is not at fault, and its old output stands.

use std::fmt;
use std::path::{Path, PathBuf};

use super::code::Code;
use super::diagnostic::Diagnostic;

/// A file operation that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was being done, as the end of "cannot": "read", "create the folder".
    pub attempt: &'static str,
    /// To which file or folder.
    pub path: PathBuf,
    /// Why it failed, in the operating system's words.
    pub reason: String,
}

impl Failure {
    /// Notes what was tried, on what, and what the operating system answered.
    pub fn new(attempt: &'static str, path: &Path, reason: impl fmt::Display) -> Self {
        Self { attempt, path: path.to_owned(), reason: reason.to_string() }
    }

    /// The failure as a report shows it.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(Code::Io, self.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.attempt, self.path.display(), self.reason)
    }
}

impl std::error::Error for Failure {}
