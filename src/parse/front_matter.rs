//! Front matter: where it ends and the body begins, and the layer that it comes to.

mod layer;
#[cfg(test)]
mod tests;
mod values;

use super::excerpt::Excerpt;
use super::node::{Kind, Node};
use super::{json, toml, yaml};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::path::SitePath;

pub use layer::{Context, KEYS, is_key, layer, may_cascade};
pub use values::{FAULTY, HTML, language, text_overrides};

/// The most that front matter, a sidecar or a key file of an article may have, in bytes.
pub const LIMIT: usize = 64 * 1024;

/// How an article's file opens.
#[derive(Debug, Default)]
pub struct Opening {
    /// The front matter as a mapping. `None` where there is none, or none that can be read.
    pub front: Option<Node>,
    /// The byte offset at which the body begins.
    pub body_start: usize,
    /// What is wrong with the front matter.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which notation front matter is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    Yaml,
    Toml,
    Json,
}

/// Where front matter lies in a text, in bytes.
#[derive(Debug, PartialEq, Eq)]
struct Extent {
    notation: Notation,
    /// Its content, without the lines that enclose it.
    start: usize,
    end: usize,
    /// Where the body begins.
    body: usize,
}

/// Splits a text (without byte order mark) into front matter and body, and reads the former: YAML between lines of `---`, TOML
/// between lines of `+++`, or a JSON object. Blank lines before it are passed over.
pub fn open(path: &SitePath, text: &str) -> Opening {
    let extent = match extent(text) {
        Ok(Some(extent)) => extent,
        Ok(None) => return Opening::default(),
        Err((offset, fence)) => return unclosed(path, text, offset, fence),
    };
    let first_line = Position::of_offset(text, extent.start).line;
    if extent.end - extent.start > LIMIT {
        let fault = too_long(path, Position::new(first_line, 1));
        return Opening { front: None, body_start: extent.body, diagnostics: vec![fault] };
    }
    let excerpt = Excerpt::new(path, &text[extent.start..extent.end], first_line);
    let mut body_start = extent.body;
    let noted = match extent.notation {
        Notation::Yaml => yaml::read(&excerpt),
        Notation::Toml => toml::read(&excerpt),
        Notation::Json => {
            let (noted, end) = json::read_first(&excerpt);
            body_start = after_blank_line(text, extent.start + end);
            noted
        }
    };
    let mut diagnostics = noted.diagnostics;
    let front = noted.value.and_then(|node| mapping(path, node, &mut diagnostics));
    Opening { front, body_start, diagnostics }
}

/// Reads a file that holds the keys of front matter and nothing else: a sidecar.
pub fn read_sidecar(path: &SitePath, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    if text.len() > LIMIT {
        return (None, vec![too_long(path, Position::new(1, 1))]);
    }
    let noted = yaml::read(&Excerpt::new(path, text, 1));
    let mut diagnostics = noted.diagnostics;
    let front = noted.value.and_then(|node| mapping(path, node, &mut diagnostics));
    (front, diagnostics)
}

/// A mapping passes, emptiness is an empty mapping, and anything else is an error.
fn mapping(path: &SitePath, node: Node, notes: &mut Vec<Diagnostic>) -> Option<Node> {
    match node.kind {
        Kind::Map(_) => Some(node),
        Kind::Null => Some(Node::new(Kind::Map(Vec::new()), node.at)),
        _ => {
            let message = format!("front matter is a mapping of keys to values, and here is {}", node.described());
            let hint = "write `key: value`, one to a line; if `---` is meant as a rule, put text before it";
            notes.push(Diagnostic::error(Code::FrontMatter, message).at(Mark::at(path, node.at)).hint(hint));
            None
        }
    }
}

fn too_long(path: &SitePath, at: Position) -> Diagnostic {
    Diagnostic::error(Code::Limit, "front matter is longer than 64 KiB")
        .at(Mark::at(path, at))
        .hint("move long values into a data file, and name it with `data:`")
}

fn unclosed(path: &SitePath, text: &str, offset: usize, fence: &str) -> Opening {
    let fault = Diagnostic::error(Code::FrontMatter, format!("the front matter that `{fence}` opens is never closed"))
        .at(Mark::at(path, Position::of_offset(text, offset)))
        .hint(format!("put a line of `{fence}` after the last key"));
    Opening { front: None, body_start: text.len(), diagnostics: vec![fault] }
}

/// Finds front matter. An error is the offset of a fence that is never closed, and the fence.
fn extent(text: &str) -> Result<Option<Extent>, (usize, &'static str)> {
    let opens = first_text(text);
    let rest = &text[opens..];
    if let Some(inside) = rest.strip_prefix('{').map(str::trim_start) {
        // `{{ … }}` and `{% … %}` are text; an object opens with a key, or closes at once.
        let json =
            Extent { notation: Notation::Json, start: line_start(text, opens), end: text.len(), body: text.len() };
        let end = floor(text, json.start.saturating_add(LIMIT).min(text.len()));
        return Ok(inside.starts_with(['"', '}']).then_some(Extent { end, ..json }));
    }
    let (notation, fence) = match rest.lines().next().map(str::trim_end) {
        Some("---") => (Notation::Yaml, "---"),
        Some("+++") => (Notation::Toml, "+++"),
        _ => return Ok(None),
    };
    let start = next_line(text, opens);
    let mut at = start;
    while at < text.len() {
        let next = next_line(text, at);
        let line = text[at..next].trim_end();
        if line == fence || (notation == Notation::Yaml && line == "...") {
            return Ok(Some(Extent { notation, start, end: at, body: next }));
        }
        at = next;
    }
    // A rule may open a Markdown text, too: only what looks like a key shows that front matter was meant.
    let meant = notation == Notation::Toml || text[start..].lines().next().is_some_and(looks_like_key);
    if meant { Err((opens, fence)) } else { Ok(None) }
}

fn looks_like_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// Where the first line that is not blank begins.
fn first_text(text: &str) -> usize {
    let mut at = 0;
    while at < text.len() {
        let next = next_line(text, at);
        if !text[at..next].trim().is_empty() {
            break;
        }
        at = next;
    }
    at
}

fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The start of the next line if nothing else stands on this one, or else the place itself.
fn after_blank_line(text: &str, at: usize) -> usize {
    let next = next_line(text, at);
    if text[at..next].trim().is_empty() { next } else { at }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
