//! YAML to nodes: the only file that knows `serde_yaml`.
//!
//! Places: `serde_yaml` tells none for values, but its error for too deep a nesting carries the place of the value that it was
//! about to read, and reads nothing. [`Probe`] provokes that error before each value: under a microsecond, and exact.

mod depth;
mod explain;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::excerpt::Excerpt;
use super::node::{DEPTH_LIMIT, Entry, Kind, Node, without_duplicates};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};

/// What a value weighs beside its text, when aliases multiply it.
const NODE_WEIGHT: usize = 16;
/// How much the tree may outweigh the text that it came from. Without aliases none comes near it.
const GROWTH_LIMIT: usize = 32;

/// Reads one document. After a syntax error the value is what stood before it, as far as it was a mapping; duplicate keys are
/// errors, too, and the first one counts. Empty text is [`Kind::Null`].
pub fn read(excerpt: &Excerpt<'_>) -> Noted<Option<Node>> {
    if let Some(fault) = explain::unprintable(excerpt).or_else(|| depth::too_deep(excerpt)) {
        return Noted { value: None, diagnostics: vec![fault] };
    }
    let text = plain_breaks(excerpt.text);
    let reader = Reader::new(excerpt);
    let seed = Seed { reader: &reader, depth: 0, at: Position::new(excerpt.first_line, 1) };
    let descent = Descent { levels: READER_DEPTH - DEPTH_LIMIT - 2, seed };
    let result = descent.deserialize(serde_yaml::Deserializer::from_str(&text));
    let Reader { notes, partial, stop, .. } = reader;
    let mut diagnostics = notes.into_inner();
    let value = match result {
        Ok(node) => Some(node),
        Err(error) => {
            diagnostics
                .push(stop.into_inner().unwrap_or_else(|| explain::explain(excerpt, &Fault::of(excerpt, &error))));
            partial.into_inner()
        }
    };
    Noted { value, diagnostics }
}

/// YAML 1.2 knows two line breaks; the reader still honours three more of YAML 1.1, which would shift its line numbers. Each is
/// one character wide, and so is the blank that takes its place.
fn plain_breaks(text: &str) -> Cow<'_, str> {
    let exotic = |c| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    if text.contains(exotic) { text.replace(exotic, " ").into() } else { text.into() }
}

/// What the reader says of a syntax error.
struct Fault {
    /// Its message, places included.
    message: String,
    /// Where, in the file.
    at: Position,
}

impl Fault {
    fn of(excerpt: &Excerpt<'_>, error: &serde_yaml::Error) -> Self {
        let at = error.location().map_or(Position::new(1, 1), |at| Position::new(at.line() as u32, at.column() as u32));
        Self { message: error.to_string(), at: in_file(excerpt, at) }
    }
}

fn in_file(excerpt: &Excerpt<'_>, at: Position) -> Position {
    Position::new(at.line + excerpt.first_line - 1, at.column)
}

/// How many levels `serde_yaml` lets values be nested.
const READER_DEPTH: usize = 128;

/// Uses up the levels that no document of ours may have before it lets a seed read: so [`Probe`] has fewer to go.
struct Descent<'r> {
    levels: usize,
    seed: Seed<'r>,
}

impl<'de> DeserializeSeed<'de> for Descent<'_> {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        match self.levels {
            0 => self.seed.deserialize(deserializer),
            _ => deserializer.deserialize_newtype_struct("", self),
        }
    }
}

impl<'de> Visitor<'de> for Descent<'_> {
    type Value = Node;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Self { levels: self.levels - 1, ..self }.deserialize(deserializer)
    }
}

/// Finds the place where the next value begins, and leaves it unread.
struct Probe;

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
fn place_in(message: &str) -> Position {
    let numbers = message.rsplit_once("line ").and_then(|(_, rest)| rest.split_once(" column "));
    let parsed = numbers.and_then(|(line, column)| {
        let digits = column.find(|c: char| !c.is_ascii_digit()).unwrap_or(column.len());
        Some(Position::new(line.parse().ok()?, column[..digits].parse().ok()?))
    });
    parsed.unwrap_or(Position::new(1, 1))
}

struct Reader<'a> {
    excerpt: &'a Excerpt<'a>,
    /// What the tree may still weigh.
    weight: Cell<usize>,
    notes: RefCell<Vec<Diagnostic>>,
    /// The top mapping as far as it was read before a syntax error.
    partial: RefCell<Option<Node>>,
    /// Why reading was given up, other than for a syntax error.
    stop: RefCell<Option<Diagnostic>>,
}

impl<'a> Reader<'a> {
    fn new(excerpt: &'a Excerpt<'a>) -> Self {
        let weight = 4096 + excerpt.text.len().saturating_mul(GROWTH_LIMIT);
        Self {
            excerpt,
            weight: Cell::new(weight),
            notes: RefCell::default(),
            partial: RefCell::default(),
            stop: RefCell::default(),
        }
    }

    fn place<E: fmt::Display>(&self, error: &E) -> Position {
        in_file(self.excerpt, place_in(&error.to_string()))
    }

    fn mark(&self, at: Position) -> Mark {
        Mark::at(self.excerpt.path, at)
    }

    fn note(&self, diagnostic: Diagnostic) {
        self.notes.borrow_mut().push(diagnostic);
    }

    fn stop<E: serde::de::Error>(&self, diagnostic: Diagnostic) -> E {
        self.stop.borrow_mut().get_or_insert(diagnostic);
        E::custom("given up")
    }

    fn weigh<E: serde::de::Error>(&self, at: Position, text: usize) -> Result<(), E> {
        match self.weight.get().checked_sub(NODE_WEIGHT + text) {
            Some(left) => {
                self.weight.set(left);
                Ok(())
            }
            None => Err(self.stop(
                Diagnostic::error(
                    Code::Limit,
                    "aliases make this document more than 32 times longer than it is written",
                )
                .at(self.mark(at))
                .hint("write the values out, or use fewer `*aliases`"),
            )),
        }
    }

    fn descend<E: serde::de::Error>(&self, at: Position, depth: usize) -> Result<(), E> {
        if depth < DEPTH_LIMIT {
            return Ok(());
        }
        Err(self.stop(
            Diagnostic::error(Code::Limit, format!("values are nested more than {DEPTH_LIMIT} levels deep"))
                .at(self.mark(at))
                .hint("flatten the lists and mappings here"),
        ))
    }

    /// The text of a number as it was written; of one that begins with a tag or anchor, as the reader understood it.
    fn number_text(&self, at: Position, value: &dyn fmt::Display) -> Box<str> {
        let rest = self.excerpt.rest_of_line(at);
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).unwrap_or(rest.len());
        if end == 0 { value.to_string().into() } else { rest[..end].into() }
    }
}

/// Reads one value that begins at a known place.
#[derive(Clone, Copy)]
struct Seed<'r> {
    reader: &'r Reader<'r>,
    depth: usize,
    at: Position,
}

impl Seed<'_> {
    fn below(self, at: Position) -> Self {
        Self { depth: self.depth + 1, at, ..self }
    }

    fn float<E: serde::de::Error>(self, value: f64) -> Result<Kind, E> {
        self.reader.weigh(self.at, 0)?;
        Ok(Kind::Float(value, self.reader.number_text(self.at, &value)))
    }

    /// A key as text, or a note that it cannot be one.
    fn key(self, node: Node) -> Option<String> {
        match node.kind {
            Kind::Text(text) => Some(text),
            Kind::Integer(_, text) | Kind::Float(_, text) => Some(text.into()),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => {
                let hint = "put the key in quotes; a value that begins with `{` or `[` needs quotes, too";
                let message = format!("a key must be text, and here it is {}", node.described());
                self.reader.note(Diagnostic::error(Code::Yaml, message).at(self.reader.mark(node.at)).hint(hint));
                None
            }
        }
    }

    fn entries<'de, A: MapAccess<'de>>(self, map: &mut A, entries: &mut Vec<Entry>) -> Result<(), A::Error> {
        loop {
            let at = match map.next_key_seed(Probe) {
                Ok(_) => return Ok(()),
                Err(error) => self.reader.place(&error),
            };
            let Some(key) = map.next_key_seed(self.below(at))? else { return Ok(()) };
            let place = match map.next_value_seed(Probe) {
                Ok(()) => at,
                Err(error) => self.reader.place(&error),
            };
            let value = map.next_value_seed(self.below(place))?;
            if let Some(key) = self.key(key) {
                entries.push(Entry { key, at, value });
            }
        }
    }

    fn finish(self, entries: Vec<Entry>) -> Kind {
        let entries = without_duplicates(entries, self.reader.excerpt.path, &mut self.reader.notes.borrow_mut());
        Kind::Map(self.merged(entries))
    }

    /// Resolves a merge key (`<<: *defaults`): the keys of the mapping that it names, where they are not given here.
    fn merged(self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let Some(merge) = entries.iter().position(|entry| entry.key == "<<") else { return entries };
        let value = entries.remove(merge).value;
        let sources = match value.kind {
            Kind::List(items) => items,
            _ => vec![value],
        };
        let mut known: std::collections::BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        for source in sources {
            let Kind::Map(inherited) = source.kind else {
                let message = format!("`<<` merges mappings, and here is {}", source.described());
                self.reader.note(
                    Diagnostic::error(Code::Yaml, message)
                        .at(self.reader.mark(source.at))
                        .hint("name a mapping: `<<: *anchor`"),
                );
                continue;
            };
            entries.extend(inherited.into_iter().filter(|entry| known.insert(entry.key.clone())));
        }
        entries
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Ok(Node::new(deserializer.deserialize_any(self)?, self.at))
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Kind, E> {
        self.reader.weigh(self.at, 0)?;
        Ok(Kind::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Kind, E> {
        self.reader.weigh(self.at, 0)?;
        Ok(Kind::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Kind, E> {
        self.reader.weigh(self.at, 0)?;
        Ok(Kind::Integer(value, self.reader.number_text(self.at, &value)))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Kind, E> {
        i64::try_from(value).map_or_else(|_| self.float(value as f64), |value| self.visit_i64(value))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Kind, E> {
        self.float(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Kind, E> {
        self.float(value as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Kind, E> {
        self.float(value)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Kind, E> {
        self.reader.weigh(self.at, text.len())?;
        Ok(Kind::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kind, A::Error> {
        self.reader.weigh(self.at, 0)?;
        self.reader.descend(self.at, self.depth)?;
        let mut items = Vec::new();
        loop {
            let at = match list.next_element_seed(Probe) {
                Ok(_) => return Ok(Kind::List(items)),
                Err(error) => self.reader.place(&error),
            };
            let Some(item) = list.next_element_seed(self.below(at))? else { return Ok(Kind::List(items)) };
            items.push(item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind, A::Error> {
        self.reader.weigh(self.at, 0)?;
        self.reader.descend(self.at, self.depth)?;
        let mut entries = Vec::new();
        let read = self.entries(&mut map, &mut entries);
        let kind = self.finish(entries);
        match read {
            Ok(()) => Ok(kind),
            Err(error) => {
                if self.depth == 0 {
                    *self.reader.partial.borrow_mut() = Some(Node::new(kind, self.at));
                }
                Err(error)
            }
        }
    }

    /// A tag of some program's own (`!name value`) says nothing to us: the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Kind, A::Error> {
        let (IgnoredAny, value) = data.variant()?;
        value.newtype_variant_seed(self).map(|node| node.kind)
    }
}
