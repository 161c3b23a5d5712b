//! Why a site was not put out.

use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::failure::Failure;
use crate::write::Refusal;

/// What kept a site from being put out.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Nobody but the caller can mend it: what was asked for makes no sense.
    Usage(Box<Diagnostic>),
    /// The site or the target is not in a state in which it could be done without harm.
    Refused(Box<Diagnostic>),
    /// The machine, the network or the host failed.
    Failed(Box<Diagnostic>),
    /// Whoever watches called it off.
    CalledOff,
}

impl Trouble {
    /// A refusal.
    pub fn refused(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused(Box::new(Diagnostic::error(code, message).hint(hint)))
    }

    /// A failure of a host, or on the way to it.
    pub fn remote(message: impl Into<String>) -> Self {
        Self::Failed(Box::new(Diagnostic::error(Code::Remote, message)))
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Failed(diagnostic) => Self::Failed(Box::new(diagnostic.hint(hint))),
            other => other,
        }
    }

    /// The trouble as a report shows it.
    pub fn diagnostic(self) -> Diagnostic {
        match self {
            Self::Usage(diagnostic) | Self::Refused(diagnostic) | Self::Failed(diagnostic) => *diagnostic,
            Self::CalledOff => Diagnostic::error(Code::Interrupted, "publishing was called off")
                .hint("`byline publish` goes on where it ended"),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(failure.diagnostic()))
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Failed(failure) => failure.into(),
            refusal => Self::Refused(Box::new(refusal.diagnostic())),
        }
    }
}
