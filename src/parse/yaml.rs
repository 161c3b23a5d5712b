//! YAML to nodes, with the place of each: the only folder that knows `serde_yaml`.

mod depth;
mod explain;
mod place;
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
use place::{Descent, Probe, place_in};

/// What a value weighs beside its text, when aliases multiply it.
const NODE_WEIGHT: usize = 16;
/// How much the tree may outweigh the text that it came from. Without aliases none comes near it.
const GROWTH_LIMIT: usize = 32;

/// How many colons in unquoted values are read over to find what else is wrong.
const COLONS_LIMIT: usize = 20;

/// Reads one document. After a syntax error the value is what stood before it, as far as it was a mapping; duplicate keys are
/// errors, too, and the first one counts. Empty text is [`Kind::Null`].
///
/// The commonest slip, a colon in an unquoted value, is read over once it is noted, so that the faults behind it are found in the
/// same run.
pub fn read(excerpt: &Excerpt<'_>) -> Noted<Option<Node>> {
    if let Some(fault) = explain::unprintable(excerpt).or_else(|| depth::too_deep(excerpt)) {
        return Noted { value: None, diagnostics: vec![fault] };
    }
    let mut text = plain_breaks(excerpt.text);
    let mut colons = Vec::new();
    loop {
        let (value, mut notes, fault) = read_once(excerpt, &text);
        if let Some(fault) = fault {
            let note = explain::explain(excerpt, &fault);
            if colons.len() < COLONS_LIMIT && explain::is_colon(&fault) && cover(excerpt, &mut text, fault.at) {
                colons.push(note);
                continue;
            }
            notes.push(note);
        }
        notes.extend(colons);
        return Noted { value, diagnostics: notes };
    }
}

/// Puts another sign in the place of a colon. The text keeps its length, and what follows its place.
fn cover(excerpt: &Excerpt<'_>, text: &mut Cow<'_, str>, at: Position) -> bool {
    let Some(offset) = excerpt.offset(at).filter(|_| text.len() == excerpt.text.len()) else { return false };
    let is_colon = text[offset..].starts_with(':');
    if is_colon {
        text.to_mut().replace_range(offset..=offset, "_");
    }
    is_colon
}

/// The value, as far as it could be read; what was noted; and the syntax error that ended it.
fn read_once(excerpt: &Excerpt<'_>, text: &str) -> (Option<Node>, Vec<Diagnostic>, Option<Fault>) {
    let reader = Reader::new(excerpt);
    let seed = Seed { reader: &reader, depth: 0, at: Position::new(excerpt.first_line, 1) };
    let result = Descent::to(seed).deserialize(serde_yaml::Deserializer::from_str(text));
    let Reader { notes, partial, stop, .. } = reader;
    let mut notes = notes.into_inner();
    match (result, stop.into_inner()) {
        (Ok(node), _) => (Some(node), notes, None),
        (Err(_), Some(stop)) => {
            notes.push(stop);
            (partial.into_inner(), notes, None)
        }
        (Err(error), None) => (partial.into_inner(), notes, Some(Fault::of(excerpt, &error))),
    }
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
        let rest = self.excerpt.offset(at).map_or("", |offset| &self.excerpt.text[offset..]);
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
