//! The data of a block, field by field: each value as its type has it, links noted, text to be found by search.

use crate::model::block::{Field, FieldKind};
use crate::model::body::{Datum, LinkKind};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::escape::{self, Scheme};
use crate::parse::draft::Draft;
use crate::parse::fields::Fields;
use crate::parse::markdown::links;
use crate::parse::node::{Entry, Kind, Node};

use super::markup;
use super::places::Places;

/// What a value weighs beside its text.
const WEIGHT: usize = 16;

/// Reads values, and adds what they say to a draft.
pub(super) struct Values<'v, 'a> {
    draft: &'v mut Draft<'a>,
    places: &'v Places,
    fields: Fields<'a>,
    size: usize,
}

impl<'v, 'a> Values<'v, 'a> {
    /// A reader of the data of one block.
    pub(super) fn new(draft: &'v mut Draft<'a>, places: &'v Places) -> Self {
        let fields = Fields::new(draft.path(), Code::Block);
        Self { draft, places, fields, size: 0 }
    }

    /// The data of a block with declared fields. What it lacks is only told where all of it could be read.
    pub(super) fn block(
        &mut self,
        name: &str,
        declared: &[Field],
        entries: &[Entry],
        whole: bool,
    ) -> Vec<(Box<str>, Datum)> {
        let (data, missing) = self.map("", declared, entries);
        for field in missing.iter().filter(|_| whole) {
            let fault = Diagnostic::error(Code::Block, format!("the block `{name}` has no `{field}`"));
            self.draft.pin(self.places.fence());
            self.draft.report(fault.hint(format!("add `{field}: …`")), 0);
        }
        data
    }

    /// The data of a block of which nothing is declared: plain values.
    pub(super) fn free(&mut self, entries: &[Entry]) -> Vec<(Box<str>, Datum)> {
        entries.iter().map(|entry| (entry.key.as_str().into(), self.plain(&entry.value))).collect()
    }

    /// Reports what was noted. Returns how many bytes the data have.
    pub(super) fn finish(self) -> usize {
        self.places.report(self.draft, self.fields.notes);
        self.size
    }

    fn plain(&mut self, node: &Node) -> Datum {
        self.size += WEIGHT;
        match &node.kind {
            Kind::Null => Datum::None,
            Kind::Bool(value) => Datum::Bool(*value),
            Kind::Integer(value, _) => Datum::Integer(*value),
            Kind::Float(value, _) => Datum::Number(*value),
            Kind::Text(text) => self.token(text),
            Kind::List(items) => Datum::List(items.iter().map(|item| self.plain(item)).collect()),
            Kind::Map(entries) => Datum::Map(self.free(entries)),
        }
    }

    fn token(&mut self, text: &str) -> Datum {
        self.size += text.len();
        Datum::Token(text.into())
    }

    /// The values of all declared fields, and the names of required ones that are missing.
    fn map<'f>(
        &mut self,
        prefix: &str,
        declared: &'f [Field],
        entries: &[Entry],
    ) -> (Vec<(Box<str>, Datum)>, Vec<&'f str>) {
        let mut data: Vec<(Box<str>, Datum)> =
            declared.iter().map(|field| (field.name.as_str().into(), field.default.clone())).collect();
        let mut given = vec![false; declared.len()];
        let names: Vec<&str> = declared.iter().map(|field| field.name.as_str()).collect();
        // In the order in which they are written, so that their text is found in that order.
        for entry in entries {
            let Some(at) = names.iter().position(|name| *name == entry.key) else {
                self.fields.unknown(entry, prefix, &names, true);
                continue;
            };
            if !matches!(entry.value.kind, Kind::Null) {
                given[at] = true;
                let key = format!("{prefix}{}", entry.key);
                data[at].1 = self.value(&key, &declared[at].kind, &entry.value).unwrap_or_default();
            }
        }
        let missing = declared.iter().zip(given).filter(|(field, given)| field.required && !given);
        (data, missing.map(|(field, _)| field.name.as_str()).collect())
    }

    /// A value of a type; `None` where it is not of that type, which is noted.
    fn value(&mut self, key: &str, kind: &FieldKind, node: &Node) -> Option<Datum> {
        self.size += WEIGHT;
        self.draft.pin(self.places.of(node.at));
        Some(match kind {
            FieldKind::Text => {
                let text = self.fields.text(key, node)?;
                self.say(&text);
                self.size += text.len();
                Datum::Text(text.into())
            }
            FieldKind::Markdown => {
                let text = self.fields.text(key, node)?;
                self.markup(&text)
            }
            FieldKind::Paragraphs => {
                let text = self.fields.text(key, node)?;
                Datum::List(paragraphs(&text).iter().map(|text| self.markup(text)).collect())
            }
            FieldKind::Path => self.address(key, LinkKind::Embed, node)?,
            FieldKind::Image => Datum::Image(Box::new(self.address(key, LinkKind::Image, node)?)),
            FieldKind::Url => self.address(key, LinkKind::Page, node)?,
            FieldKind::Bool => Datum::Bool(self.fields.boolean(key, node)?),
            FieldKind::Integer => Datum::Integer(self.fields.integer(key, node)?),
            FieldKind::Number => Datum::Number(self.fields.number(key, node)?),
            FieldKind::Choice(choices) => {
                let words: Vec<(&str, &str)> = choices.iter().map(|word| (word.as_str(), word.as_str())).collect();
                Datum::Token(self.fields.choice(key, node, &words)?.into())
            }
            FieldKind::List(of) => Datum::List(self.list(key, of, node)?),
            FieldKind::Map(declared) => {
                let entries = self.fields.map(key, node)?;
                let (data, missing) = self.map(&format!("{key}."), declared, entries);
                for name in missing {
                    self.fields.error(node.at, format!("`{key}` has no `{name}`"), format!("add `{name}: …`"));
                }
                Datum::Map(data)
            }
        })
    }

    /// A list's items. Where one plain value stands, it is the only one.
    fn list(&mut self, key: &str, of: &FieldKind, node: &Node) -> Option<Vec<Datum>> {
        let items = match (&node.kind, of) {
            (Kind::List(_), _) | (_, FieldKind::Map(_)) => self.fields.items(key, node)?,
            _ => std::slice::from_ref(node),
        };
        Some(items.iter().filter_map(|item| self.value(key, of, item)).collect())
    }

    /// An address: a link within the site, or one that leads out of it.
    fn address(&mut self, key: &str, kind: LinkKind, node: &Node) -> Option<Datum> {
        let target = self.fields.line(key, node)?;
        match escape::scheme(&target) {
            Scheme::Relative => self.draft.link(&target, kind, 0).map(Datum::Link),
            Scheme::Allowed => {
                let address = links::encoded(&target);
                Some(self.token(&address))
            }
            Scheme::Refused => {
                self.draft.refuse(&target, 0);
                None
            }
        }
    }

    fn markup(&mut self, text: &str) -> Datum {
        let markup = markup::write(self.draft, text);
        self.draft.end_line();
        if let Datum::Markup(html, holes) = &markup {
            self.size += html.len() + holes.len() * WEIGHT;
        }
        markup
    }

    /// Adds text to what is found by search, and counted.
    fn say(&mut self, text: &str) {
        self.draft.flow(text);
        self.draft.end_line();
    }
}

/// The paragraphs of a text: what stands between blank lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                last.push_str(line);
                last.push(' ');
            }
            Some(last) if !last.is_empty() => paragraphs.push(String::new()),
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
