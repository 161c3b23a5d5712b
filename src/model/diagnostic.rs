//! What is wrong with a site, as values: every stage returns them beside its result, and they are reported together.

use serde::{Deserialize, Serialize};

use super::code::Code;
use super::path::SitePath;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, but someone should look.
    Warning,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

impl Position {
    /// A line and a column, both from 1.
    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The place of a byte offset in a text.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { line: line as u32, column: (before[line_start..].chars().count() + 1) as u32 }
    }
}

/// A file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The file.
    pub path: SitePath,
    /// The place in it, where it is known.
    pub position: Option<Position>,
}

impl Mark {
    /// A whole file.
    pub fn file(path: &SitePath) -> Self {
        Self { path: path.clone(), position: None }
    }

    /// A place in a file.
    pub fn at(path: &SitePath, position: Position) -> Self {
        Self { path: path.clone(), position: Some(position) }
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// Its kind: `byline explain CODE` tells more.
    pub code: Code,
    /// What is wrong, in one sentence without a final stop.
    pub message: String,
    /// Where.
    pub mark: Option<Mark>,
    /// A second place that belongs to it (the first of two duplicate keys, the other of two outputs), with its label.
    pub other: Option<(Mark, String)>,
    /// What to do, in one sentence without a final stop.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place; add one with [`Diagnostic::at`].
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), mark: None, other: None, hint: None }
    }

    /// A warning without a place; add one with [`Diagnostic::at`].
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, mark: Mark) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn and(mut self, mark: Mark, label: impl Into<String>) -> Self {
        self.other = Some((mark, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn hint_maybe(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Whether nothing can be published because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The order of reports: by file, then place, then gravity, then kind and text.
    pub fn sort_key(&self) -> (Option<&Mark>, Severity, &'static str, &str) {
        (self.mark.as_ref(), self.severity, self.code.name(), &self.message)
    }
}

/// A value and what was noticed on the way to it.
#[derive(Clone, Debug, Default)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}
