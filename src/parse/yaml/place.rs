//! Where the next value of a document begins.
//!
//! `serde_yaml` tells no places of values, but its error for too deep a nesting carries the place of the value that it was about
//! to read, and reads nothing. [`Probe`] provokes that error before each value: under a microsecond, and exact.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use crate::model::diagnostic::Position;
use crate::parse::node::DEPTH_LIMIT;

/// How many levels `serde_yaml` lets values be nested.
const READER_DEPTH: usize = 128;

/// Uses up the levels that no document of ours may have before it lets a seed read: so [`Probe`] has fewer to go.
pub struct Descent<S> {
    levels: usize,
    seed: S,
}

impl<S> Descent<S> {
    /// Leaves the seed just over [`DEPTH_LIMIT`] levels.
    pub fn to(seed: S) -> Self {
        Self { levels: READER_DEPTH - DEPTH_LIMIT - 2, seed }
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Descent<S> {
    type Value = S::Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        match self.levels {
            0 => self.seed.deserialize(deserializer),
            _ => deserializer.deserialize_newtype_struct("", self),
        }
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Descent<S> {
    type Value = S::Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        Self { levels: self.levels - 1, ..self }.deserialize(deserializer)
    }
}

/// Finds the place where the next value begins, and leaves it unread.
pub struct Probe;

impl<'de> DeserializeSeed<'de> for Probe {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct("", self)
    }
}

impl<'de> Visitor<'de> for Probe {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct("", self)
    }
}

/// The place that an error's text ends with (`… at line 3 column 5`); the first place of a text is not written out.
pub fn place_in(message: &str) -> Position {
    let numbers = message.rsplit_once("line ").and_then(|(_, rest)| rest.split_once(" column "));
    let parsed = numbers.and_then(|(line, column)| {
        let digits = column.find(|c: char| !c.is_ascii_digit()).unwrap_or(column.len());
        Some(Position::new(line.parse().ok()?, column[..digits].parse().ok()?))
    });
    parsed.unwrap_or(Position::new(1, 1))
}
