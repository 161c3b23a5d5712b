//! The lines that diagnostics speak of, read when they are shown.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Builtin;
use crate::model::diagnostic::Mark;
use crate::model::path::SitePath;

/// The longest file that is opened to quote a line of it, in bytes.
const FILE_LIMIT: u64 = 64 << 20;

/// How many characters are quoted before and after the place of interest: more than any terminal shows.
const AROUND: usize = 400;

/// A line, or the part of a long one that holds the place of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The text, without control characters.
    pub text: String,
    /// The byte range of `text` to point at.
    pub span: std::ops::Range<usize>,
    /// Whether the place is as far into `text` as it is into the line: nothing was cut off before it.
    pub in_place: bool,
}

/// Where lines are found. The last file stays in memory, since diagnostics come sorted by file.
pub struct Quotes<'a> {
    root: PathBuf,
    builtin: Builtin<'a>,
    last: Option<(SitePath, Option<String>)>,
}

impl<'a> Quotes<'a> {
    /// Quotes from the site's folder, and from what is compiled in.
    pub fn new(root: &Path, builtin: Builtin<'a>) -> Self {
        Self { root: root.to_owned(), builtin, last: None }
    }

    /// The line at a mark; `None` if it has no position, or the file has no such line.
    pub fn line(&mut self, mark: &Mark) -> Option<Quote> {
        let position = mark.position?;
        let text = self.text(&mark.path)?;
        let line = text.split('\n').nth(position.line.checked_sub(1)? as usize)?;
        Some(quote(line.strip_suffix('\r').unwrap_or(line), position.column.max(1) as usize - 1))
    }

    fn text(&mut self, path: &SitePath) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            let text = match path.below("builtin") {
                Some(_) => (self.builtin)(path.as_str()),
                None => read(&self.root.join(path.as_str())),
            };
            self.last = Some((path.clone(), text));
        }
        self.last.as_ref()?.1.as_deref()
    }
}

/// Reads a file as text, whatever its encoding; nothing that is not a file is opened.
fn read(path: &Path) -> Option<String> {
    if !path.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(FILE_LIMIT).read_to_end(&mut bytes).ok()?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// Cuts a line to what is around the character `column` (from 0), and points at the word or link that begins there.
fn quote(line: &str, column: usize) -> Quote {
    let start = column.saturating_sub(AROUND);
    let mut shown = line.chars().skip(start).take(2 * AROUND).map(tame);
    let mut text = String::new();
    text.extend(shown.by_ref().take(column - start));
    let in_place = start == 0 && text.chars().count() == column;
    let from = text.len();
    let rest: String = shown.collect();
    let length = extent(&rest);
    text.push_str(&rest);
    Quote { text, span: from..from + length, in_place }
}

/// How many bytes belong to what begins here: a word, a Markdown link, else one character.
fn extent(text: &str) -> usize {
    if let Some(link) = text.strip_prefix('[')
        && let Some(label) = link.find("](")
        && let Some(target) = link[label..].find(')')
        && !link[..label].contains(['[', ']'])
    {
        return 1 + label + target + 1;
    }
    let word = text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    if word > 0 { word } else { text.chars().next().map_or(0, char::len_utf8) }
}

/// The character as it may be sent to a terminal: what could move the cursor or turn the text around becomes visible.
pub fn tame(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_at_the_column_is_pointed_at() {
        assert_eq!(quote("titel: x", 0).span, 0..5);
        assert_eq!(quote("dáte: x", 6).span, 7..8);
        assert_eq!(quote("a: [", 3).span, 3..4);
        assert_eq!(&"see [here](b.md)."[quote("see [here](b.md).", 4).span], "[here](b.md)");
        assert_eq!(quote("short", 5).span, 5..5);
        assert_eq!(quote("short", 50).span, 5..5);
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let line = format!("{}word{}", "x ".repeat(60_000), " y".repeat(60_000));
        let cut = quote(&line, 120_000);
        assert!(cut.text.chars().count() <= 2 * AROUND);
        assert_eq!(&cut.text[cut.span], "word");
    }

    #[test]
    fn nothing_in_a_line_reaches_the_terminal_as_a_command() {
        assert_eq!(quote("a\u{1b}[31mb\u{202e}c\td\u{9b}", 0).text, "a\u{fffd}[31mb\u{fffd}c d\u{fffd}");
    }
}
