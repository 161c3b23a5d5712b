//! `templates/blocks/NAME.yaml` to a kind of block: which fields it has, and what each of them takes.

#[cfg(test)]
mod tests;

use super::config::document;
use super::fields::Fields;
use super::node::{Entry, Kind, Node};
use crate::model::block::{BlockKind, Field, FieldKind};
use crate::model::body::Datum;
use crate::model::code::Code;
use crate::model::diagnostic::Noted;
use crate::model::source::Source;

/// The most that a declaration may have, in bytes.
const LIMIT: usize = 64 * 1024;

/// The keys of a declaration.
const KEYS: &[&str] = &["description", "fields"];
/// The keys of a field.
const FIELD_KEYS: &[&str] = &["type", "required", "default", "choices", "of", "fields", "description"];

/// The words that `type` takes.
const TYPES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("markdown", Type::Markdown),
    ("paragraphs", Type::Paragraphs),
    ("path", Type::Path),
    ("image", Type::Image),
    ("url", Type::Url),
    ("bool", Type::Bool),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("choice", Type::Choice),
    ("list", Type::List),
    ("map", Type::Map),
];

#[derive(Clone, Copy)]
enum Type {
    Text,
    Markdown,
    Paragraphs,
    Path,
    Image,
    Url,
    Bool,
    Integer,
    Number,
    Choice,
    List,
    Map,
}

/// Reads the declaration of a kind of block. After errors the value is what could be read all the same.
pub fn parse(source: &Source) -> Noted<BlockKind> {
    let mut fields = Fields::new(&source.path, Code::Block);
    let mut declared = Vec::new();
    for entry in document(source, LIMIT, &mut fields) {
        match entry.key.as_str() {
            "description" => _ = fields.text("description", &entry.value),
            "fields" => declared = all(&mut fields, "fields", &entry.value).unwrap_or_default(),
            _ => fields.unknown(&entry, "", KEYS, true),
        }
    }
    let kind = BlockKind { name: source.path.stem().to_owned(), fields: Some(declared) };
    Noted { value: kind, diagnostics: fields.notes }
}

/// The fields of a block, or of a mapping in it.
fn all(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<Vec<Field>> {
    let entries = fields.map(key, node)?;
    Some(entries.iter().filter_map(|entry| field(fields, entry)).collect())
}

/// One field: `NAME: TYPE`, or `NAME: {type: TYPE, …}`.
fn field(fields: &mut Fields<'_>, entry: &Entry) -> Option<Field> {
    let key = format!("fields.{}", entry.key);
    let kind = kind(fields, &key, &entry.value)?;
    let mut required = false;
    // Templates go through a list whether or not it was given.
    let is_list = matches!(kind, FieldKind::List(_) | FieldKind::Paragraphs);
    let mut default = if is_list { Datum::List(Vec::new()) } else { Datum::None };
    if let Kind::Map(below) = &entry.value.kind {
        for below in below {
            match below.key.as_str() {
                "required" => required = fields.boolean(&format!("{key}.required"), &below.value).unwrap_or_default(),
                "default" => default = default_value(fields, &format!("{key}.default"), &kind, &below.value)?,
                _ => {}
            }
        }
    }
    Some(Field { name: entry.key.clone(), kind, required, default })
}

/// The type of a field, or of the items of a list.
fn kind(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<FieldKind> {
    let Kind::Map(entries) = &node.kind else {
        let word = fields.choice(key, node, TYPES)?;
        return complete(fields, key, node, word, &[]);
    };
    for entry in entries.iter().filter(|entry| !FIELD_KEYS.contains(&entry.key.as_str())) {
        fields.unknown(entry, &format!("{key}."), FIELD_KEYS, true);
    }
    let Some(word) = entries.iter().find(|entry| entry.key == "type") else {
        fields.error(node.at, format!("`{key}` has no `type`"), "add `type: text`, or another of the types");
        return None;
    };
    let word = fields.choice(&format!("{key}.type"), &word.value, TYPES)?;
    complete(fields, key, node, word, entries)
}

/// A type with what it needs beside its name.
fn complete(fields: &mut Fields<'_>, key: &str, node: &Node, word: Type, entries: &[Entry]) -> Option<FieldKind> {
    let below = |name: &str| entries.iter().find(|entry| entry.key == name).map(|entry| &entry.value);
    Some(match word {
        Type::Text => FieldKind::Text,
        Type::Markdown => FieldKind::Markdown,
        Type::Paragraphs => FieldKind::Paragraphs,
        Type::Path => FieldKind::Path,
        Type::Image => FieldKind::Image,
        Type::Url => FieldKind::Url,
        Type::Bool => FieldKind::Bool,
        Type::Integer => FieldKind::Integer,
        Type::Number => FieldKind::Number,
        Type::Choice => {
            let choices = below("choices").map(|node| fields.lines(&format!("{key}.choices"), node));
            match choices {
                Some(choices) => FieldKind::Choice(choices.filter(|choices| !choices.is_empty())?),
                None => return missing(fields, key, node, "choices", "choices: [one, another]"),
            }
        }
        Type::List => {
            let of = below("of").map(|node| kind(fields, &format!("{key}.of"), node));
            FieldKind::List(Box::new(of.unwrap_or(Some(FieldKind::Text))?))
        }
        Type::Map => match below("fields") {
            Some(node) => FieldKind::Map(all(fields, &format!("{key}.fields"), node)?),
            None => return missing(fields, key, node, "fields", "fields: {name: text}"),
        },
    })
}

fn missing<T>(fields: &mut Fields<'_>, key: &str, node: &Node, what: &str, example: &str) -> Option<T> {
    fields.error(node.at, format!("`{key}` has no `{what}`"), format!("add `{example}`"));
    None
}

/// What counts where a block says nothing: for types that are plain values.
fn default_value(fields: &mut Fields<'_>, key: &str, kind: &FieldKind, node: &Node) -> Option<Datum> {
    match kind {
        FieldKind::Text => Some(Datum::Text(fields.text(key, node)?.into())),
        FieldKind::Bool => Some(Datum::Bool(fields.boolean(key, node)?)),
        FieldKind::Integer => Some(Datum::Integer(fields.integer(key, node)?)),
        FieldKind::Number => fields.number(key, node).map(Datum::Number),
        FieldKind::Choice(choices) => {
            let words: Vec<(&str, &str)> = choices.iter().map(|word| (word.as_str(), word.as_str())).collect();
            Some(Datum::Token(fields.choice(key, node, &words)?.into()))
        }
        FieldKind::Markdown
        | FieldKind::Paragraphs
        | FieldKind::Path
        | FieldKind::Image
        | FieldKind::Url
        | FieldKind::List(_)
        | FieldKind::Map(_) => {
            fields.error(node.at, format!("`{key}` cannot be given for this type"), "let the template say it");
            None
        }
    }
}
