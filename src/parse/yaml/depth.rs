//! How deep brackets are nested, before the reader sees them: its time grows with the product of depth and length.

use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::parse::excerpt::Excerpt;

/// How many brackets may be open at once. The tree itself may be far less deep; this leaves room for brackets in prose.
const OPEN_LIMIT: usize = 512;

/// A text with too many open brackets. Quotes and comments are passed over; what is misjudged in prose is made up for by the
/// generous limit.
pub fn too_deep(excerpt: &Excerpt<'_>) -> Option<Diagnostic> {
    let mut open = 0_usize;
    let mut quote = None;
    // The last character that is not a blank; a line end counts as one.
    let mut last = '\n';
    let mut blank = true;
    let mut chars = excerpt.text.char_indices();
    while let Some((offset, c)) = chars.next() {
        match (quote, c) {
            (Some('"'), '\\') => _ = chars.next(),
            (Some(mark), c) if mark == c => quote = None,
            (Some(_), _) => continue,
            (None, '"' | '\'') if matches!(last, '\n' | '[' | '{' | ',' | ':' | '-' | '?' | '\'' | '"') => {
                quote = Some(c)
            }
            (None, '#') if blank => _ = chars.by_ref().find(|(_, c)| *c == '\n'),
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') => open = open.saturating_sub(1),
            (None, _) => {}
        }
        if open > OPEN_LIMIT {
            let message = format!("more than {OPEN_LIMIT} brackets are open at once");
            let note = Diagnostic::error(Code::Limit, message).at(excerpt.mark(offset));
            return Some(note.hint("close them, or put text with brackets in quotes"));
        }
        blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '#');
        if !matches!(c, ' ' | '\t' | '\r') {
            last = if c == '#' { '\n' } else { c };
        }
    }
    None
}
