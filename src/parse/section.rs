//! A section's `_index.md` to what the folder says of itself.

#[cfg(test)]
mod tests;

use super::config::page_size;
use super::encoding::utf8;
use super::fields::Fields;
use super::front_matter::{self, Context};
use super::highlight::Highlighter;
use super::markdown;
use super::node::{Entry, Kind, json_map};
use crate::model::article::ParseOptions;
use crate::model::body::Body;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Noted, Position};
use crate::model::front_matter::{Extra, FrontMatter, Spot};
use crate::model::path::OutPath;
use crate::model::section::{SectionFile, Sort};
use crate::model::source::Source;

/// The most that an `_index.md` may have, in bytes.
const LIMIT: usize = 4 * 1024 * 1024;

/// The keys of an `_index.md`.
const KEYS: &[&str] = &["title", "description", "cascade", "sort", "template", "data", "extra", "pagination"];

/// The words that `sort` takes.
const SORTS: &[(&str, Sort)] = &[("date", Sort::Date), ("weight", Sort::Weight), ("title", Sort::Title)];

/// Reads an `_index.md`. After errors the value is what could be read all the same. The options are those of the folder
/// above: a section's own cascade is for its articles.
pub fn parse(source: &Source, options: &ParseOptions) -> Noted<SectionFile> {
    let mut fields = Fields::new(&source.path, Code::FrontMatter);
    let mut section = empty(source);
    if source.bytes.len() > LIMIT {
        fields.error_of(Code::Limit, Position::new(1, 1), "the file is longer than 4 MiB", "shorten it");
        return Noted { value: section, diagnostics: fields.notes };
    }
    let text = match utf8(&source.path, &source.bytes) {
        Ok(text) => text,
        Err(fault) => {
            fields.note(*fault);
            ""
        }
    };
    let opening = front_matter::open(&source.path, text);
    fields.note_all(opening.diagnostics);
    if let Some(Kind::Map(entries)) = opening.front.map(|node| node.kind) {
        let context = Context { zone: &options.timezone, taxonomies: &options.taxonomies, cascade: true };
        for entry in entries {
            key(&mut section, &mut fields, &context, entry);
        }
    }
    let prose = markdown::parse(text, opening.body_start, &source.path, options, &mut Highlighter::default());
    fields.note_all(prose.diagnostics);
    (section.body, section.links, section.anchors) = (prose.body, prose.links, prose.anchors);
    Noted { value: section, diagnostics: fields.notes }
}

fn empty(source: &Source) -> SectionFile {
    SectionFile {
        path: source.path.clone(),
        folder: source.path.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/').to_owned(),
        title: None,
        description: None,
        cascade: FrontMatter::default(),
        sort: Sort::default(),
        page_size: None,
        template: None,
        data: None,
        extra: Extra::new(),
        body: Body::default(),
        links: Vec::new(),
        anchors: Vec::new(),
    }
}

fn key(section: &mut SectionFile, fields: &mut Fields<'_>, context: &Context<'_>, entry: Entry) {
    let mark = fields.mark(entry.value.at);
    let node = &entry.value;
    let empty = matches!(node.kind, Kind::Null);
    match entry.key.as_str() {
        "title" => section.title = fields.line("title", node),
        "description" | "data" | "extra" | "template" | "cascade" if empty => {}
        "description" => {
            section.description = fields.line("description", node).map(|text| markdown::inline(&text).text)
        }
        "sort" => section.sort = fields.choice("sort", node, SORTS).unwrap_or_default(),
        "template" => section.template = template(fields, &entry).map(|name| Spot::new(name, mark.clone())),
        "data" => section.data = fields.lines("data", node).map(|names| Spot::new(names, mark.clone())),
        "pagination" => section.page_size = pagination(fields, &entry),
        "extra" => {
            fields.map("extra", node);
            if let Kind::Map(entries) = entry.value.kind {
                section.extra = json_map(entries);
            }
        }
        "cascade" => {
            if fields.map("cascade", node).is_some() {
                let noted = front_matter::layer(entry.value, fields.path, context);
                section.cascade = noted.value;
                fields.note_all(noted.diagnostics);
            }
        }
        name if front_matter::is_key(name) => misplaced(fields, &entry),
        _ => fields.unknown(&entry, "", KEYS, false),
    }
}

/// A key of articles that stands beside `cascade:` has no effect there.
fn misplaced(fields: &mut Fields<'_>, entry: &Entry) {
    let message = format!("`{}` is a key of articles, and has no effect on a section", entry.key);
    let mark = fields.mark(entry.at);
    let hint = format!("put it below `cascade:` if `{}` is to be a default of the articles here", entry.key);
    fields.note(Diagnostic::warning(Code::UnknownKey, message).at(mark).hint(hint));
}

fn template(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let name = fields.line("template", &entry.value)?;
    if OutPath::new(&name).is_ok() {
        return Some(name);
    }
    fields.wrong("template", "the name of a template", &entry.value, "write a name such as `series.html`");
    None
}

fn pagination(fields: &mut Fields<'_>, entry: &Entry) -> Option<usize> {
    let mut size = None;
    for below in fields.map("pagination", &entry.value)? {
        match below.key.as_str() {
            "size" => size = page_size(fields, "pagination.size", &below.value),
            _ => fields.unknown(below, "pagination.", &["size"], false),
        }
    }
    size
}
