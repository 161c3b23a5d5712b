//! What went wrong in a YAML text, said so that its author can mend it.

use super::Fault;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::parse::excerpt::Excerpt;
use crate::parse::node::excerpt as cut;

/// A character that YAML does not allow, if the text has one.
pub fn unprintable(excerpt: &Excerpt<'_>) -> Option<Diagnostic> {
    let forbidden = |c: char| {
        let code = u32::from(c);
        (code < 0x20 && !matches!(c, '\t' | '\n' | '\r'))
            || ((0x7f..0xa0).contains(&code) && code != 0x85)
            || matches!(code, 0xfeff | 0xfffe | 0xffff)
    };
    let (offset, c) = excerpt.text.char_indices().find(|(_, c)| forbidden(*c))?;
    let message = format!("the control character U+{:04X} is not allowed in YAML", u32::from(c));
    Some(
        Diagnostic::error(Code::Yaml, message)
            .at(excerpt.mark(offset))
            .hint("delete it, or write it as an escape in double quotes"),
    )
}

/// Says what a syntax error means.
pub fn explain(excerpt: &Excerpt<'_>, fault: &Fault) -> Diagnostic {
    let (at, message, hint) = [unclosed_quote, colon, tab, alias, reserved, after_value, unclosed_list, documents]
        .iter()
        .find_map(|cause| cause(excerpt, fault))
        .unwrap_or_else(|| (fault.at, format!("this is not YAML: {}", bare(&fault.message)), general_hint()));
    Diagnostic::error(Code::Yaml, message).at(Mark::at(excerpt.path, at)).hint(hint)
}

type Cause = (Position, String, String);

fn general_hint() -> String {
    "write `key: value`, one to a line, and put values with special characters in quotes".to_owned()
}

/// The reader's message without its places.
fn bare(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message).split(" at position ").next().unwrap_or(message)
}

/// `title: "Foo` — the error is found at the end of the text; the quote is where it begins.
fn unclosed_quote(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    let (_, context) = fault.message.split_once("while scanning a quoted scalar")?;
    let at = match context.contains("line ") {
        true => super::in_file(excerpt, super::place::place_in(context)),
        false => fault.at,
    };
    if fault.message.contains("escape") {
        let hint = "write `\\\\` for a backslash, or use single quotes, within which it has no meaning";
        return Some((
            fault.at,
            "a backslash in double quotes begins an escape that YAML does not know".to_owned(),
            hint.to_owned(),
        ));
    }
    let quote = excerpt.rest_of_line(at).chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some((at, format!("the quote `{quote}` that opens here is never closed"), format!("close it with `{quote}`")))
}

/// Whether the fault is a colon where none may stand.
pub fn is_colon(fault: &Fault) -> bool {
    fault.message.contains("mapping values are not allowed")
}

/// `title: Foo: bar`.
fn colon(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    if !is_colon(fault) {
        return None;
    }
    let (key, value) = key_and_value(excerpt.line(fault.at.line))?;
    if value.is_empty() || value.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    let message = "a colon followed by a blank stands in a value without quotes".to_owned();
    Some((fault.at, message, format!("put the value in quotes: `{key}: {}`", quoted(value))))
}

/// The key and the value of a line `key: value`, blanks trimmed.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches("- ");
    let (key, value) = line.split_once(": ")?;
    Some((key.trim(), value.trim()))
}

fn quoted(value: &str) -> String {
    let value = cut(value);
    if value.contains('"') {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{}\"", value.replace('\\', "\\\\"))
    }
}

/// A tab where blanks must stand. The reader may find it only at the next line's end, so the line above is looked at, too.
fn tab(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    let lines = [fault.at.line, fault.at.line.saturating_sub(1)];
    lines.into_iter().filter(|line| *line >= excerpt.first_line).find_map(|line| {
        let text = excerpt.line(line);
        let indent = &text[..text.len() - text.trim_start().len()];
        let column = indent.chars().position(|c| c == '\t')? + 1;
        let at = Position::new(line, column as u32);
        Some((at, "a tab is used for indentation".to_owned(), "indent with blanks".to_owned()))
    })
}

/// `title: *Foo*`.
fn alias(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    let unknown = fault.message.contains("unknown anchor");
    let malformed =
        fault.message.contains("while scanning an alias") || fault.message.contains("while scanning an anchor");
    if !unknown && !malformed {
        return None;
    }
    let (key, value) = key_and_value(excerpt.line(fault.at.line))?;
    let sign = value.chars().next().filter(|c| matches!(c, '*' | '&'))?;
    let message = match unknown {
        true => "the alias that begins with `*` names no anchor".to_owned(),
        false => format!("`{sign}` at the beginning of a value has a meaning in YAML"),
    };
    Some((fault.at, message, format!("if it is text, put it in quotes: `{key}: {}`", quoted(value))))
}

/// `title: @home`, `` `code` ``, `%x`.
fn reserved(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    if !fault.message.contains("cannot start any token") {
        return None;
    }
    let sign = excerpt.rest_of_line(fault.at).chars().next()?;
    let hint = match key_and_value(excerpt.line(fault.at.line)) {
        Some((key, value)) if value.starts_with(sign) => format!("put the value in quotes: `{key}: {}`", quoted(value)),
        _ => "put it in quotes".to_owned(),
    };
    Some((fault.at, format!("a value cannot begin with `{sign}`"), hint))
}

/// `title: "Foo" and bar`, `title: [Draft] Foo`: the value ended, and the line goes on.
fn after_value(excerpt: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    if !fault.message.contains("did not find expected key") && !fault.message.contains("expected <block end>") {
        return None;
    }
    let line = excerpt.line(fault.at.line);
    if let Some((key, value)) = key_and_value(line) {
        let sign = value.chars().next()?;
        let hint = match sign {
            '\'' => "within single quotes, write two for one: `''`".to_owned(),
            '"' => format!("put the whole value in quotes: `{key}: '{}'`", cut(value).replace('\'', "''")),
            '[' | '{' | '*' | '&' | '!' => {
                format!("if the value is text, put it in quotes: `{key}: {}`", quoted(value))
            }
            _ => "begin the line in the same column as the keys above it".to_owned(),
        };
        return Some(match sign {
            '\'' | '"' => (fault.at, "text follows the closing quote".to_owned(), hint),
            '[' | '{' | '*' | '&' | '!' => (fault.at, format!("text follows a value that begins with `{sign}`"), hint),
            _ => (fault.at, "this line is indented unlike the keys above it".to_owned(), hint),
        });
    }
    let what = cut(line.trim());
    let hint = "write `key: value`, or indent the line if it continues the value above".to_owned();
    Some((fault.at, format!("`{what}` is neither a key with a value nor part of the value above"), hint))
}

/// `tags: [a, b`.
fn unclosed_list(_: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    let (close, what) = match () {
        () if fault.message.contains("expected ',' or ']'") => (']', "list"),
        () if fault.message.contains("expected ',' or '}'") => ('}', "mapping"),
        () => return None,
    };
    let hint =
        format!("put a comma between values, close with `{close}`, and put text that begins with a bracket in quotes");
    Some((fault.at, format!("a {what} in brackets is not closed with `{close}` before this"), hint))
}

fn documents(_: &Excerpt<'_>, fault: &Fault) -> Option<Cause> {
    if fault.message.contains("more than one document") {
        let hint = "remove the further lines of `---`".to_owned();
        return Some((fault.at, "the file holds more than one YAML document".to_owned(), hint));
    }
    if fault.message.contains("could not find expected ':'") {
        let hint = "write `key: value`, with a colon and a blank".to_owned();
        return Some((fault.at, "a key has no colon after it before this".to_owned(), hint));
    }
    None
}
