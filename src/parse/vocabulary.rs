//! `content/tags.yaml` to the vocabulary.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::config::document;
use super::fields::Fields;
use super::node::{Entry, Kind, Node};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Noted, Position};
use crate::model::escape::single_line;
use crate::model::path::Slug;
use crate::model::source::Source;
use crate::model::suggest::nearest;
use crate::model::tag::TagEntry;

/// The most that tags.yaml may have, in bytes.
const LIMIT: usize = 4 * 1024 * 1024;

/// How many deprecated tags may lead from one to the next.
const CHAIN_LIMIT: usize = 16;

/// How many unknown tags are compared with the whole vocabulary for a "did you mean".
const SUGGESTIONS: usize = 100;

const KEYS: &[&str] = &["slug", "description", "synonyms", "broader", "match", "deprecated"];

/// A mention of another tag: the key, the name, its place.
type Mention = (&'static str, String, Position);

/// Reads tags.yaml: the tags in the order in which they stand, those in error left out.
pub fn parse(source: &Source) -> Noted<Vec<TagEntry>> {
    let mut fields = Fields::new(&source.path, Code::Vocabulary);
    let mut mentions = Vec::new();
    let entries = document(source, LIMIT, &mut fields);
    let tags: Vec<TagEntry> = entries.iter().filter_map(|entry| tag(&mut fields, entry, &mut mentions)).collect();
    let owners = clashes(&tags, &mut fields);
    strangers(&tags, &owners, &mentions, &mut fields);
    circles(&tags, &owners, &mut fields);
    Noted { value: tags, diagnostics: fields.notes }
}

fn tag(fields: &mut Fields<'_>, entry: &Entry, mentions: &mut Vec<Mention>) -> Option<TagEntry> {
    let name = single_line(&entry.key);
    if name.is_empty() {
        fields.error(entry.at, "a tag has no name", "write the tag's name before the colon");
        return None;
    }
    let mut tag = TagEntry {
        name,
        slug: None,
        description: None,
        synonyms: Vec::new(),
        broader: Vec::new(),
        phrases: Vec::new(),
        replaced_by: None,
        mark: fields.mark(entry.at),
    };
    if matches!(entry.value.kind, Kind::Null) {
        return Some(tag);
    }
    let mut matching = None;
    for below in fields.map(&entry.key, &entry.value)? {
        let (key, value) = (format!("{}.{}", entry.key, below.key), &below.value);
        match below.key.as_str() {
            name if KEYS.contains(&name) && matches!(value.kind, Kind::Null) => {}
            "slug" => tag.slug = slug(fields, &key, value),
            "description" => tag.description = fields.line(&key, value),
            "synonyms" => tag.synonyms = fields.lines(&key, value).unwrap_or_default(),
            "broader" => {
                tag.broader = fields.lines(&key, value).unwrap_or_default();
                mentions.extend(tag.broader.iter().map(|name| ("broader", name.clone(), value.at)));
            }
            "match" => matching = phrases(fields, &key, value),
            "deprecated" => {
                tag.replaced_by = replacement(fields, &key, value);
                mentions.extend(tag.replaced_by.iter().map(|name| ("deprecated", name.clone(), value.at)));
            }
            _ => fields.unknown(below, &format!("{}.", entry.key), KEYS, false),
        }
    }
    tag.phrases = match matching {
        Some(Matching::ByName) => std::iter::once(tag.name.clone()).chain(tag.synonyms.iter().cloned()).collect(),
        Some(Matching::By(phrases)) => phrases,
        None => Vec::new(),
    };
    Some(tag)
}

/// What of a text names the tag.
enum Matching {
    ByName,
    By(Vec<String>),
}

fn phrases(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<Matching> {
    match node.kind {
        Kind::Bool(true) => Some(Matching::ByName),
        Kind::Bool(false) => None,
        Kind::List(_) => fields.lines(key, node).map(Matching::By),
        _ => {
            fields.wrong(
                key,
                "true, or a list of phrases",
                node,
                "write `match: true` or `match: [one phrase, another]`",
            );
            None
        }
    }
}

fn replacement(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<String> {
    let mut name = None;
    for entry in fields.map(key, node)? {
        match entry.key.as_str() {
            "use" => name = fields.line(&format!("{key}.use"), &entry.value),
            _ => fields.unknown(entry, &format!("{key}."), &["use"], false),
        }
    }
    if name.is_none() {
        fields.error(node.at, format!("`{key}` names no tag to use"), "write `deprecated: {use: other tag}`");
    }
    name
}

fn slug(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<Slug> {
    let text = fields.line(key, node)?;
    match Slug::written(&text) {
        Ok(slug) => Some(slug),
        Err(fault) => {
            fields.error_of(
                Code::Slug,
                node.at,
                format!("`{key}` cannot be used: {fault}"),
                "write letters, digits and hyphens",
            );
            None
        }
    }
}

/// A name or synonym belongs to one tag, letter case aside. The result leads from each of them to its tag.
fn clashes(tags: &[TagEntry], fields: &mut Fields<'_>) -> BTreeMap<String, usize> {
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate() {
        for name in std::iter::once(&tag.name).chain(&tag.synonyms) {
            let owner = *owners.entry(name.to_lowercase()).or_insert(index);
            if owner != index {
                let first = &tags[owner];
                let message = format!("`{name}` belongs to both `{}` and `{}`", first.name, tag.name);
                fields.note(
                    Diagnostic::error(Code::Vocabulary, message)
                        .at(tag.mark.clone())
                        .and(first.mark.clone(), format!("`{}` has it already", first.name))
                        .hint("make the two one tag, or take the name from one of them"),
                );
            }
        }
    }
    owners
}

/// Warns of tags that are named and not listed.
fn strangers(tags: &[TagEntry], owners: &BTreeMap<String, usize>, mentions: &[Mention], fields: &mut Fields<'_>) {
    let unknown = mentions.iter().filter(|(_, name, _)| !owners.contains_key(&name.to_lowercase()));
    for (count, (key, name, at)) in unknown.enumerate() {
        let near = if count < SUGGESTIONS { nearest(name, tags.iter().map(|tag| tag.name.as_str())) } else { None };
        let hint = match near {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("give `{name}` an entry of its own"),
        };
        let mark = fields.mark(*at);
        let message = format!("`{key}` names a tag that is not listed here: `{name}`");
        fields.note(Diagnostic::warning(Code::Vocabulary, message).at(mark).hint(hint));
    }
}

/// Deprecated tags must lead to one that is not.
fn circles(tags: &[TagEntry], owners: &BTreeMap<String, usize>, fields: &mut Fields<'_>) {
    let next = |tag: &TagEntry| tag.replaced_by.as_ref().and_then(|name| owners.get(&name.to_lowercase()));
    for tag in tags {
        let mut steps = 0;
        let mut at = tag;
        while let Some(index) = next(at)
            && steps < CHAIN_LIMIT
        {
            at = &tags[*index];
            steps += 1;
        }
        if steps == CHAIN_LIMIT {
            let message =
                format!("the deprecated tag `{}` leads to no tag in use within {CHAIN_LIMIT} steps", tag.name);
            let note = Diagnostic::error(Code::Vocabulary, message).at(tag.mark.clone());
            fields.note(note.hint("let `use` name a tag that is not deprecated itself"));
        }
    }
}
