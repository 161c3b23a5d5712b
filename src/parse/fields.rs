//! Nodes to values of a type, key by key: what is not of its type is noted where it stands, and reading goes on.

use super::node::{Entry, Kind, Node, excerpt};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::escape::single_line;
use crate::model::path::SitePath;
use crate::model::suggest::nearest;

/// How many items a list may have.
pub const LIST_LIMIT: usize = 1000;

/// How many notes of a file are kept.
const NOTES_LIMIT: usize = 1000;

/// Reads values of one file and gathers what is wrong with them.
pub struct Fields<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// The code of notes for which no other is more exact: of the kind of file.
    pub code: Code,
    /// What was noted.
    pub notes: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// A reader without notes.
    pub fn new(path: &'a SitePath, code: Code) -> Self {
        Self { path, code, notes: Vec::new() }
    }

    /// Notes something, unless so much of its gravity is noted already that nobody will read it.
    pub fn note(&mut self, note: Diagnostic) {
        if self.notes.len() < NOTES_LIMIT || self.notes.iter().all(|other| other.severity != note.severity) {
            self.notes.push(note);
        }
    }

    /// Notes what another reader of the same file found.
    pub fn note_all(&mut self, notes: Vec<Diagnostic>) {
        for note in notes {
            self.note(note);
        }
    }

    /// A place in the file.
    pub fn mark(&self, at: Position) -> Mark {
        Mark::at(self.path, at)
    }

    /// Notes an error of this kind of file.
    pub fn error(&mut self, at: Position, message: impl Into<String>, hint: impl Into<String>) {
        let mark = self.mark(at);
        self.note(Diagnostic::error(self.code, message).at(mark).hint(hint));
    }

    /// Notes an error of another kind.
    pub fn error_of(&mut self, code: Code, at: Position, message: impl Into<String>, hint: impl Into<String>) {
        let mark = self.mark(at);
        self.note(Diagnostic::error(code, message).at(mark).hint(hint));
    }

    /// Notes that a value has the wrong type: "`draft` must be true or false, and here is the text `no`".
    pub fn wrong(&mut self, key: &str, expected: &str, node: &Node, hint: impl Into<String>) {
        let found = match node.kind {
            Kind::Null => "it is empty".to_owned(),
            _ => format!("here is {}", node.described()),
        };
        self.error_of(Code::WrongType, node.at, format!("`{key}` must be {expected}, and {found}"), hint);
    }

    /// A key that is not one of those known: an error or a warning, with the nearest known one.
    pub fn unknown(&mut self, entry: &Entry, prefix: &str, known: &[&str], fatal: bool) {
        let message = format!("unknown key `{prefix}{}`", excerpt(&entry.key));
        let code = if fatal && self.code == Code::Config { Code::Config } else { Code::UnknownKey };
        let note = match fatal {
            true => Diagnostic::error(code, message),
            false => Diagnostic::warning(code, message),
        };
        let hint = match nearest(&entry.key, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys here are {}", listed(known)),
        };
        let mark = self.mark(entry.at);
        self.note(note.at(mark).hint(hint));
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str, node: &Node) -> Option<bool> {
        if let Kind::Bool(value) = node.kind {
            return Some(value);
        }
        let name = key.rsplit('.').next().unwrap_or(key);
        let hint = match &node.kind {
            Kind::Text(text) if matches!(text.to_lowercase().as_str(), "no" | "off" | "n" | "false" | "0") => {
                format!("write `{name}: false`")
            }
            Kind::Text(text) if matches!(text.to_lowercase().as_str(), "yes" | "on" | "y" | "true" | "1") => {
                format!("write `{name}: true`")
            }
            Kind::Integer(0, _) => format!("write `{name}: false`"),
            Kind::Integer(1, _) => format!("write `{name}: true`"),
            _ => format!("write `{name}: true` or `{name}: false`, without quotes"),
        };
        self.wrong(key, "true or false", node, hint);
        None
    }

    /// A whole number.
    pub fn integer(&mut self, key: &str, node: &Node) -> Option<i64> {
        if let Kind::Integer(value, _) = node.kind {
            return Some(value);
        }
        self.wrong(key, "a whole number", node, "write digits alone, without quotes");
        None
    }

    /// A number.
    pub fn number(&mut self, key: &str, node: &Node) -> Option<f64> {
        match node.kind {
            Kind::Integer(value, _) => Some(value as f64),
            Kind::Float(value, _) => Some(value),
            _ => {
                self.wrong(key, "a number", node, "write digits alone, without quotes");
                None
            }
        }
    }

    /// Text as it stands; a number is taken as text.
    pub fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Integer(_, text) | Kind::Float(_, text) => Some(text.to_string()),
            Kind::Null => {
                self.wrong(key, "text", node, "give it a value, or remove the key");
                None
            }
            Kind::Bool(value) => {
                self.wrong(key, "text", node, format!("put it in quotes: `\"{value}\"`"));
                None
            }
            Kind::List(_) | Kind::Map(_) => {
                self.wrong(key, "text", node, "write one text; put it in quotes if it begins with a bracket or brace");
                None
            }
        }
    }

    /// Text of one line, not empty: control characters go, white space becomes single blanks.
    pub fn line(&mut self, key: &str, node: &Node) -> Option<String> {
        let line = single_line(&self.text(key, node)?);
        if line.is_empty() {
            self.wrong(key, "text", &Node::new(Kind::Null, node.at), "give it a value, or remove the key");
            return None;
        }
        Some(line)
    }

    /// A list's items, if they are not too many.
    pub fn items<'n>(&mut self, key: &str, node: &'n Node) -> Option<&'n [Node]> {
        let Kind::List(items) = &node.kind else {
            self.wrong(key, "a list", node, "write `[one, two]`, or one item to a line after `- `");
            return None;
        };
        if items.len() > LIST_LIMIT {
            let message = format!("`{key}` has {} items, and {LIST_LIMIT} is the most", items.len());
            self.error_of(Code::Limit, items[LIST_LIMIT].at, message, "shorten the list");
            return None;
        }
        Some(items)
    }

    /// One text or a list of texts, each of one line.
    pub fn lines(&mut self, key: &str, node: &Node) -> Option<Vec<String>> {
        match &node.kind {
            Kind::List(_) => {
                let items = self.items(key, node)?;
                Some(items.iter().filter_map(|item| self.line(key, item)).collect())
            }
            Kind::Text(_) | Kind::Integer(..) | Kind::Float(..) => Some(vec![self.line(key, node)?]),
            Kind::Null | Kind::Bool(_) | Kind::Map(_) => {
                let hint = format!("write `{key}: [one, two]`");
                self.wrong(key, "a text or a list of texts", node, hint);
                None
            }
        }
    }

    /// A mapping's entries.
    pub fn map<'n>(&mut self, key: &str, node: &'n Node) -> Option<&'n [Entry]> {
        if let Kind::Map(entries) = &node.kind {
            return Some(entries);
        }
        self.wrong(key, "a mapping of keys to values", node, format!("write `{key}:` and its keys below it, indented"));
        None
    }

    /// One of some words.
    pub fn choice<T: Copy>(&mut self, key: &str, node: &Node, choices: &[(&str, T)]) -> Option<T> {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let Kind::Text(text) = &node.kind else {
            self.wrong(key, &format!("one of {}", listed(&words)), node, format!("write `{key}: {}`", words[0]));
            return None;
        };
        if let Some((_, value)) = choices.iter().find(|(word, _)| word == text) {
            return Some(*value);
        }
        let hint = match nearest(text, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("write one of {}", listed(&words)),
        };
        self.wrong(key, &format!("one of {}", listed(&words)), node, hint);
        None
    }
}

/// Words as a message lists them: "`a`, `b` and `c`".
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}
