//! What kramdown and Python-Markdown have beside CommonMark: attribute lists, tables of contents, Markdown within HTML.

use crate::import::collection::{Article, Notes};
use crate::model::diagnostic::Noted;

/// A text without their own notation. An id moves to its heading; classes and styles, which say nothing to readers, are left
/// out with a note.
pub fn convert(article: &Article, text: &str) -> Noted<String> {
    let mut notes = Notes::new(article);
    if !text.contains("{:") && !text.contains("markdown=") {
        return Noted { value: text.to_owned(), diagnostics: notes.into_inner() };
    }
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        if let Some(open) = &fence {
            if bare.starts_with(open.as_str()) && bare.trim_end().chars().all(|c| open.starts_with(c)) {
                fence = None;
            }
            lines.push(line.to_owned());
            continue;
        }
        if bare.starts_with("```") || bare.starts_with("~~~") {
            let sign = bare.chars().next().unwrap_or('`');
            fence = Some(bare.chars().take_while(|c| *c == sign).collect());
            lines.push(line.to_owned());
            continue;
        }
        if line.starts_with("    ") {
            lines.push(line.to_owned());
            continue;
        }
        if let Some(inner) = bare.trim_end().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')) {
            attributes(article, inner, &mut lines, &mut notes);
            continue;
        }
        lines.push(within(article, line, &mut notes));
    }
    let mut value = lines.join("\n");
    value.push('\n');
    Noted { value, diagnostics: notes.into_inner() }
}

/// A line that holds an attribute list alone, and concerns what stands above it.
fn attributes(article: &Article, list: &str, lines: &mut Vec<String>, notes: &mut Notes) {
    let inner = list.trim();
    if inner.split_whitespace().any(|word| word == "toc") {
        // The list above it is but the place of the table of contents.
        if lines.last().is_some_and(|last| last.trim_start().starts_with(['*', '-', '+', '1'])) {
            lines.pop();
        }
        return;
    }
    let id = inner.split_whitespace().find_map(|word| word.strip_prefix('#'));
    if let (Some(id), Some(last)) = (id, lines.last_mut().filter(|last| last.starts_with('#') && !last.contains("{#")))
    {
        let good = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if good && inner.split_whitespace().count() == 1 {
            last.push_str(&format!(" {{#{id}}}"));
            return;
        }
    }
    left_out(article, list, notes);
}

fn left_out(article: &Article, list: &str, notes: &mut Notes) {
    if notes.is_full() {
        return;
    }
    let shown = crate::parse::node::excerpt(list.trim());
    let at = article.body.find(&format!("{{:{list}}}")).unwrap_or(0);
    notes.left(at, format!("the attributes `{{:{shown}}}` were left out"), "write HTML where the look matters");
}

/// A heading and the id that its attribute list gives it: `## Dates {: #dates }`.
fn heading_id(line: &str) -> Option<(&str, &str)> {
    let (heading, list) = line.trim_end().strip_suffix('}')?.rsplit_once("{:")?;
    let id = list.trim().strip_prefix('#')?;
    let good = heading.starts_with('#') && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    good.then(|| (heading.trim_end(), id))
}

/// Attribute lists behind links and images, and Markdown within HTML.
fn within(article: &Article, line: &str, notes: &mut Notes) -> String {
    if let Some((heading, id)) = heading_id(line) {
        return format!("{heading} {{#{id}}}");
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("{:") {
        let before = &rest[..at];
        let Some(end) = rest[at..].find('}').filter(|_| before.ends_with([')', ']', '*', '_', '`', '>'])) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        out.push_str(before);
        left_out(article, &rest[at + 2..at + end], notes);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    if out.trim_start().starts_with('<') {
        for mark in [" markdown=\"1\"", " markdown='1'", " markdown=1", " markdown=\"block\"", " markdown=\"span\""] {
            if let Some(at) = out.find(mark) {
                out.replace_range(at..at + mark.len(), "");
                // Markdown is read again after a blank line.
                out.push('\n');
            }
        }
    }
    out
}
