//! A file's lines, and which of them begin a paragraph.

use std::borrow::Cow;

use crate::model::diagnostic::Position;
use crate::model::escape::is_xml;
use crate::parse::words::is_unspaced;

/// The longest line, in characters, of a file that wraps its lines; a longer one says that every line is a paragraph.
const WRAPPED: usize = 120;

/// A line that is not blank, without the white space around it.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Its text, without what XML cannot carry.
    pub text: Cow<'a, str>,
    /// Where it begins.
    pub position: Position,
    /// Whether a blank line precedes it, or nothing at all.
    pub after_gap: bool,
    /// Whether a paragraph begins with it.
    pub starts: bool,
    /// Whether it begins a caption, and so is no key line (`Photo: the harbour`).
    pub caption: bool,
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut after_gap = true;
    let mut longest = 0;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (raw, number) in raw_lines(text).zip(1_u32..) {
        longest = longest.max(raw.trim_end().chars().count());
        let start = raw.trim_start();
        let column = raw[..raw.len() - start.len()].chars().count() as u32 + 1;
        let cleaned = clean(start.trim_end());
        if cleaned.trim().is_empty() {
            after_gap = true;
            continue;
        }
        lines.push(Line {
            text: cleaned,
            position: Position::new(number, column),
            after_gap,
            starts: after_gap,
            caption: false,
        });
        after_gap = false;
    }
    if longest > WRAPPED {
        lines.iter_mut().for_each(|line| line.starts = true);
    }
    lines
}

/// Cuts at LF, CR LF and CR.
fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let after = &text[end..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..end])
    })
}

/// Drops what XML cannot carry; a control character that is white space becomes a blank.
fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml) {
        return Cow::Borrowed(text);
    }
    let blank = |c: char| if c.is_whitespace() && !is_xml(c) { ' ' } else { c };
    Cow::Owned(text.chars().map(blank).filter(|c| is_xml(*c)).collect())
}

/// The paragraphs that some lines make: at the first line, and wherever one starts.
pub(super) fn paragraphs<'a, 'l>(lines: &'l [Line<'a>]) -> impl Iterator<Item = &'l [Line<'a>]> {
    let mut rest = lines;
    std::iter::from_fn(move || {
        let (_, others) = rest.split_first()?;
        let length = 1 + others.iter().position(|line| line.starts).unwrap_or(others.len());
        let (paragraph, after) = rest.split_at(length);
        rest = after;
        Some(paragraph)
    })
}

/// A paragraph's text: its lines joined by a blank, or by nothing between characters of scripts that put no blanks between
/// words.
pub(super) fn join<'l>(paragraph: &'l [Line<'_>]) -> Cow<'l, str> {
    if let [line] = paragraph {
        return Cow::Borrowed(&line.text);
    }
    let mut joined = String::with_capacity(paragraph.iter().map(|line| line.text.len() + 1).sum());
    for line in paragraph {
        let before = joined.chars().next_back();
        let unspaced = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) || is_wide_punctuation(c));
        if before.is_some() && !(unspaced(before) && unspaced(line.text.chars().next())) {
            joined.push(' ');
        }
        joined.push_str(&line.text);
    }
    Cow::Owned(joined)
}

/// Punctuation of Chinese and Japanese.
pub(super) fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}
