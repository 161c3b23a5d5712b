//! Structured text of the collection: front matter, configuration, data, by the readers that Byline has for its own.

use std::collections::BTreeSet;

use super::collection::Collection;
use super::tree::{Tree, extension, without_extension};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position, Severity};
use crate::model::path::SitePath;
use crate::model::source::Source;
use crate::parse;
use crate::parse::excerpt::Excerpt;
use crate::parse::front_matter;
use crate::parse::node::{Entry, Kind, Node};

/// The longest file of settings, in bytes.
const LIMIT: usize = 1 << 20;

/// What an article's file says about itself, and where its text begins.
pub struct Opening {
    /// The keys.
    pub keys: Vec<Entry>,
    /// The text below them.
    pub body: String,
    /// The line on which it begins, from 1.
    pub first_line: u32,
}

/// Splits an article's text. What cannot be read of its keys is noted, and the text kept whole where they never end.
pub fn open(path: &str, text: &str, notes: &mut Vec<Diagnostic>) -> Opening {
    let path = SitePath::new(path);
    let opening = front_matter::open(&path, text);
    let lost = opening.body_start >= text.len() && opening.front.is_none() && !opening.diagnostics.is_empty();
    notes.extend(softened(opening.diagnostics));
    let keys = match opening.front.map(|node| node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => Vec::new(),
    };
    let start = if lost { 0 } else { opening.body_start };
    let first_line = text[..start].bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    Opening { keys, body: text[start..].to_owned(), first_line }
}

/// A file of settings or data as a tree of values.
pub fn document(tree: &Tree, path: &str, notes: &mut Vec<Diagnostic>) -> Option<Node> {
    let text = tree.text(path, notes)?;
    let site_path = SitePath::new(path);
    if text.len() > LIMIT {
        let note = Diagnostic::warning(Code::Limit, "the file is longer than 1 MiB; it was not read");
        notes.push(note.at(Mark::file(&site_path)).hint("shorten it, or set by hand what it says"));
        return None;
    }
    let excerpt = Excerpt::new(&site_path, &text, 1);
    let noted = match extension(path).as_str() {
        "yaml" | "yml" => parse::yaml::read(&excerpt),
        "toml" => parse::toml::read(&excerpt),
        "json" => parse::json::read(&excerpt),
        _ => return None,
    };
    notes.extend(softened(noted.diagnostics));
    noted.value
}

/// The first of some files that is there, as a mapping.
pub fn settings(tree: &Tree, names: &[&str], notes: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let found = names.iter().find(|name| tree.has(name)).and_then(|name| document(tree, name, notes));
    match found.map(|node| node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

/// Copies the data files of a folder to `data/`, those that can be read. A file's extension is no part of its name in a site: of
/// several that differ in it alone, those after the first get a number.
pub fn data(tree: &Tree, folder: &str, collection: &mut Collection) {
    let mut taken = BTreeSet::new();
    for path in tree.below(folder) {
        let Some(bytes) = tree.files[path].bytes.clone() else { continue };
        if !matches!(extension(path).as_str(), "yaml" | "yml" | "toml" | "json" | "csv") {
            continue;
        }
        let below = &path[folder.len() + 1..];
        let read = parse::data::parse(&Source::new(SitePath::new(path), bytes));
        if read.value.is_none() {
            collection.notes.extend(softened(read.diagnostics));
            continue;
        }
        let (stem, kind) = (without_extension(below), extension(below));
        let mut to = below.to_owned();
        let mut number = 1;
        while !taken.insert(without_extension(&to).to_lowercase()) {
            number += 1;
            to = format!("{stem}-{number}.{kind}");
        }
        if number > 1 {
            let message = format!("the file became `data/{to}`: another one has its name but for the extension");
            let note = Diagnostic::warning(Code::Import, message).at(Mark::file(&SitePath::new(path)));
            collection.notes.push(note.hint("keep the one that is wanted"));
        }
        collection.copies.push(super::collection::Copy { from: path.to_owned(), to: format!("data/{to}") });
    }
}

/// Notes that the files of a folder have no counterpart.
pub fn not_converted(tree: &Tree, folder: &str, what: &str, collection: &mut Collection) {
    let count = tree.below(folder).count();
    if count > 0 {
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let message = format!("{what} are not converted: {files} in `{folder}/`");
        let note = Diagnostic::warning(Code::Import, message);
        collection.notes.push(
            note.hint("the new site has Byline's own look: \"Themes in layers\" in the manual says how to change it"),
        );
    }
}

/// Notes something about a key.
pub fn at(path: &SitePath, at: Position, message: impl Into<String>, hint: &str) -> Diagnostic {
    Diagnostic::warning(Code::Unconverted, message).at(Mark::at(path, at)).hint(hint)
}

/// A fault of the original as a warning of the import: the new site is made all the same.
pub fn softened(notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    notes.into_iter().map(|note| Diagnostic { severity: Severity::Warning, ..note }).collect()
}
