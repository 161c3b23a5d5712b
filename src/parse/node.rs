//! What YAML, TOML and JSON come to: a tree of values, each with its place in the file.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::path::SitePath;

/// How deep values may be nested.
pub const DEPTH_LIMIT: usize = 32;

/// How many duplicate keys of a file are reported.
const DUPLICATES_LIMIT: usize = 100;

/// A value and where it begins in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Where it begins.
    pub at: Position,
}

/// A value. Numbers keep their text, so that a title `1.10` stays what it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing: `null`, `~`, or no value at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64, Box<str>),
    /// A number with a fraction, or one too great for 64 bits.
    Float(f64, Box<str>),
    /// Text; dates are text, too.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order in which it was written; no key occurs twice.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key begins.
    pub at: Position,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A value at a place.
    pub fn new(kind: Kind, at: Position) -> Self {
        Self { kind, at }
    }

    /// The value as messages name it: "the text `no`", "a list".
    pub fn described(&self) -> String {
        match &self.kind {
            Kind::Null => "empty".to_owned(),
            Kind::Bool(value) => format!("`{value}`"),
            Kind::Integer(_, text) | Kind::Float(_, text) => format!("the number `{}`", excerpt(text)),
            Kind::Text(text) => format!("the text `{}`", excerpt(text)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        }
    }

    /// The value as JSON, for templates.
    pub fn into_json(self) -> Value {
        match self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(value),
            Kind::Integer(value, _) => Value::from(value),
            // What JSON has no number for (infinity) stays as written.
            Kind::Float(value, text) => Number::from_f64(value).map_or(Value::String(text.into()), Value::Number),
            Kind::Text(text) => Value::String(text),
            Kind::List(items) => Value::Array(items.into_iter().map(Node::into_json).collect()),
            Kind::Map(entries) => Value::Object(json_map(entries)),
        }
    }
}

/// Entries as a JSON object.
pub fn json_map(entries: Vec<Entry>) -> serde_json::Map<String, Value> {
    entries.into_iter().map(|entry| (entry.key, entry.value.into_json())).collect()
}

/// A text cut to what fits a message.
pub fn excerpt(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(61).collect();
    if line.chars().count() > 60 { line.chars().take(59).chain(['…']).collect() } else { line }
}

/// Drops all but the first of equal keys, and reports the others with both places.
pub fn without_duplicates(entries: Vec<Entry>, path: &SitePath, notes: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
    let mut dropped = BTreeSet::new();
    for equals in order.chunk_by(|a, b| entries[*a].key == entries[*b].key) {
        for again in &equals[1..] {
            if notes.len() < DUPLICATES_LIMIT {
                notes.push(duplicate(path, &entries[equals[0]], &entries[*again]));
            }
            dropped.insert(*again);
        }
    }
    if dropped.is_empty() {
        return entries;
    }
    entries.into_iter().enumerate().filter(|(index, _)| !dropped.contains(index)).map(|(_, entry)| entry).collect()
}

fn duplicate(path: &SitePath, first: &Entry, again: &Entry) -> Diagnostic {
    Diagnostic::error(Code::DuplicateKey, format!("the key `{}` is given twice", excerpt(&again.key)))
        .at(Mark::at(path, again.at))
        .and(Mark::at(path, first.at), "it is given here first")
        .hint("keep one of the two")
}
