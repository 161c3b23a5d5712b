//! Why a build does not write: someone else is at it, the folder is not Byline's, or the machine failed.

use std::path::Path;

use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::failure::Failure;

/// How many foreign files are named before the rest is counted.
const NAMED: usize = 10;

/// Why nothing was written. The output stands as it was.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// Another build of the site is running.
    Busy,
    /// The output folder holds what Byline did not write, or is no place for an output.
    Foreign(Box<Diagnostic>),
    /// The machine failed.
    Failed(Failure),
}

impl Refusal {
    /// The refusal as a report shows it.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Busy => Diagnostic::error(Code::Busy, "another build of this site is running")
                .hint("wait for it to end, or stop it"),
            Self::Foreign(diagnostic) => (**diagnostic).clone(),
            Self::Failed(failure) => failure.diagnostic(),
        }
    }

    /// A folder that cannot be an output at all; `reason` ends the sentence "the output folder …".
    pub(super) fn unfit(output: &Path, reason: &str) -> Self {
        let message = format!("the output folder `{}` {reason}", output.display());
        Self::Foreign(Box::new(
            Diagnostic::error(Code::ForeignOutput, message).hint("choose another folder with --output"),
        ))
    }

    /// A folder with files of others in it.
    pub(super) fn occupied(output: &Path, foreign: &[String], manifest_lost: bool) -> Self {
        let message =
            format!("the output folder `{}` holds {}", output.display(), named(foreign, "that Byline did not write"));
        let hint = if manifest_lost {
            "its manifest is damaged or of a newer version: delete the folder if a build made it, or choose another with --output"
        } else {
            "choose another folder with --output, or accept these files with --adopt: they stay as they are"
        };
        Self::Foreign(Box::new(Diagnostic::error(Code::ForeignOutput, message).hint(hint)))
    }

    /// Files of others at the very paths that the build has to write.
    pub(super) fn in_the_way(output: &Path, paths: &[String]) -> Self {
        let message =
            format!("in the output folder `{}`, {} in the way", output.display(), named(paths, "of others stand"));
        Self::Foreign(Box::new(
            Diagnostic::error(Code::ForeignOutput, message)
                .hint("move them away, or choose another folder with --output"),
        ))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// `12 files WHICH: a, b, … and 2 more`
fn named(paths: &[String], which: &str) -> String {
    let shown: Vec<_> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let more = paths.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let files = if paths.len() == 1 { "1 file".to_owned() } else { format!("{} files", paths.len()) };
    format!("{files} {which}: {}{rest}", shown.join(", "))
}
