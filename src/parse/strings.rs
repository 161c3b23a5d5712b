//! A file of `strings/` to what the interface says in one language: `key: text`, numbers' forms as a mapping below their key, names
//! of months and days as lists.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::config::document;
use super::fields::{Fields, listed};
use super::node::{Entry, Kind, Node};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};
use crate::model::source::Source;
use crate::model::strings::{self, EXTRA, FORMS, LAST_RESORT, NAMES, Said, StringsFile};
use crate::model::suggest::nearest;

/// The most that a file may have, in bytes.
const LIMIT: usize = 256 * 1024;
/// The most that a text may have, in characters.
const TEXT_LIMIT: usize = 1000;
/// How many missing keys a note names.
const NAMED: usize = 5;

/// What may stand in a file: each known key, as English says it in the layers below.
pub type Known = BTreeMap<String, Said>;

/// Whether a file may bring keys that are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// The built-in one, and a theme's: their templates ask for them.
    Keys,
    /// A site's: a key of its own belongs below `extra`, so that a slip is noticed.
    Texts,
}

/// Reads one file. The value is `None` where its name is no language's; a key that is in error says nothing.
pub fn parse(source: &Source, known: &Known, brings: Brings) -> Noted<Option<StringsFile>> {
    let mut fields = Fields::new(&source.path, Code::Strings);
    let language = source.path.stem().to_ascii_lowercase();
    if !is_language(&language) || !matches!(source.path.extension(), "yaml" | "yml") {
        let note = Diagnostic::warning(Code::Skipped, format!("`{}` was passed over", source.path));
        let hint = "name files of strings by their language: en.yaml, zh-Hant.yaml";
        return Noted { value: None, diagnostics: vec![note.at(Mark::file(&source.path)).hint(hint)] };
    }
    let mut file = StringsFile { language, said: BTreeMap::new() };
    for entry in document(source, LIMIT, &mut fields) {
        let said = match known.get(&entry.key) {
            Some(known) => like(&mut fields, &entry, known, &file.language),
            None if entry.key == EXTRA => own(&mut fields, &entry),
            None if brings == Brings::Keys => free(&mut fields, &entry, &file.language),
            None => {
                unknown(&mut fields, &entry, known);
                None
            }
        };
        if let Some(said) = said {
            file.said.insert(entry.key, said);
        }
    }
    Noted { value: Some(file), diagnostics: fields.notes }
}

/// The keys that a site's file of a language lacks and no layer below has in that language: they would show in another one.
pub fn missing(source: &Source, there: &BTreeSet<&str>, known: &Known) -> Option<Diagnostic> {
    let absent: Vec<&str> = known.keys().map(String::as_str).filter(|key| !there.contains(key)).collect();
    if absent.is_empty() {
        return None;
    }
    let named = listed(&absent[..absent.len().min(NAMED)]);
    let more = match absent.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let note = Diagnostic::warning(Code::Strings, format!("{} does not say {named}{more}", source.path.name()));
    Some(
        note.at(Mark::at(&source.path, Position::new(1, 1)))
            .hint("add them: until then pages say them in the site's language, or in English"),
    )
}

/// Whether a name is formed as a language tag is (BCP 47).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let sound = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let primary = parts.next().unwrap_or("");
    (2..=8).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic()) && parts.all(sound)
}

fn unknown(fields: &mut Fields<'_>, entry: &Entry, known: &Known) {
    let near = nearest(&entry.key, known.keys().map(String::as_str).chain([EXTRA]));
    let hint = near.map_or_else(
        || format!("put strings of your own below `{EXTRA}`: templates see them as `strings.{EXTRA}`"),
        |near| format!("did you mean `{near}`?"),
    );
    let mark = fields.mark(entry.at);
    fields.note(Diagnostic::warning(Code::UnknownKey, format!("unknown key `{}`", entry.key)).at(mark).hint(hint));
}

/// A value of the type that a known key has.
fn like(fields: &mut Fields<'_>, entry: &Entry, known: &Said, language: &str) -> Option<Said> {
    let (key, node) = (entry.key.as_str(), &entry.value);
    let said = match known {
        Said::Text(_) => Said::Text(text(fields, key, node)?),
        Said::Counted(..) => forms(fields, key, node, language)?,
        Said::List(names) => list(fields, key, node, names.len())?,
        Said::Extra(_) => own(fields, entry)?,
    };
    let allowed: BTreeSet<&str> = texts(known).flat_map(strings::gaps).collect();
    for gap in texts(&said).flat_map(strings::gaps).filter(|gap| !allowed.contains(gap)) {
        let hint = match nearest(gap, allowed.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if allowed.is_empty() => "nothing can be filled in here".to_owned(),
            None => format!("what can be filled in is {}", listed(&allowed.iter().copied().collect::<Vec<_>>())),
        };
        let mark = fields.mark(node.at);
        fields.note(Diagnostic::warning(Code::Strings, format!("`{key}` has no `{{{gap}}}`")).at(mark).hint(hint));
    }
    Some(said)
}

/// A value of whatever type it has.
fn free(fields: &mut Fields<'_>, entry: &Entry, language: &str) -> Option<Said> {
    let (key, node) = (entry.key.as_str(), &entry.value);
    match &node.kind {
        Kind::Map(_) => forms(fields, key, node, language),
        Kind::List(names) => {
            let length = NAMES.iter().find(|(name, _)| *name == key).map_or(names.len(), |(_, length)| *length);
            list(fields, key, node, length)
        }
        _ => text(fields, key, node).map(Said::Text),
    }
}

fn texts(said: &Said) -> Box<dyn Iterator<Item = &str> + '_> {
    match said {
        Said::Text(text) => Box::new(std::iter::once(text.as_str())),
        Said::Counted(_, texts) | Said::Extra(texts) => Box::new(texts.values().map(String::as_str)),
        Said::List(texts) => Box::new(texts.iter().map(String::as_str)),
    }
}

/// One text. White space at its ends counts: what joins names has some.
fn text(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<String> {
    let text = fields.text(key, node)?;
    if text.chars().nth(TEXT_LIMIT).is_some() {
        let message = format!("`{key}` is longer than {TEXT_LIMIT} characters");
        fields.error_of(Code::Limit, node.at, message, "shorten it");
        return None;
    }
    let moment = jiff::civil::date(2017, 10, 26).at(12, 54, 0, 0);
    if key.starts_with("date_")
        && let Err(fault) = jiff::fmt::strtime::format(&text, moment)
    {
        let message = format!("the pattern of `{key}` is not understood: {fault}");
        fields.error(node.at, message, "write a pattern of strftime, such as \"%-d %B %Y\"");
        return None;
    }
    Some(text)
}

/// A text in the forms of numbers.
fn forms(fields: &mut Fields<'_>, key: &str, node: &Node, language: &str) -> Option<Said> {
    let mut forms = BTreeMap::new();
    for entry in fields.map(key, node)? {
        let name = format!("{key}.{}", entry.key);
        if FORMS.contains(&entry.key.as_str()) {
            forms.insert(entry.key.clone(), text(fields, &name, &entry.value)?);
        } else {
            fields.unknown(entry, &format!("{key}."), &FORMS, true);
        }
    }
    if !forms.contains_key("other") {
        fields.error(node.at, format!("`{key}` has no form `other`"), "add it: every language has that one");
        return None;
    }
    Some(Said::Counted(language.to_owned(), forms))
}

/// A list of names.
fn list(fields: &mut Fields<'_>, key: &str, node: &Node, length: usize) -> Option<Said> {
    let items = fields.items(key, node)?;
    if items.len() != length {
        let message = format!("`{key}` has {} names, and there must be {length}", items.len());
        fields.error(node.at, message, "months begin with January, days of the week with Monday");
        return None;
    }
    let names: Vec<String> = items.iter().filter_map(|item| fields.line(key, item)).collect();
    (names.len() == length).then_some(Said::List(names))
}

/// A site's own texts.
fn own(fields: &mut Fields<'_>, entry: &Entry) -> Option<Said> {
    let entries = fields.map(EXTRA, &entry.value)?;
    let one = |entry: &Entry| Some((entry.key.clone(), text(fields, &format!("{EXTRA}.{}", entry.key), &entry.value)?));
    Some(Said::Extra(entries.iter().filter_map(one).collect()))
}

/// Adds the keys of a file of the last resort to those that are known.
pub fn learn(known: &mut Known, file: &StringsFile) {
    if file.language == LAST_RESORT {
        for (key, said) in file.said.iter().filter(|(key, _)| *key != EXTRA) {
            known.entry(key.clone()).or_insert_with(|| said.clone());
        }
    }
}
