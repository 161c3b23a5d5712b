//! A body of plain text as HTML, with a hole around every paragraph that may turn out to name another article.

use crate::model::body::{Hole, HoleKind, Link, LinkKind, fold_title};
use crate::model::config::TextOptions;
use crate::model::digest::Digest;
use crate::parse::prose::Prose;
use crate::parse::words;

use super::lines::{Line, join};
use super::links::linked;

/// The fewest words of a cross-reference.
const WORDS: u32 = 4;

/// The fewest characters of one in Chinese, Japanese or Korean.
const CHARACTERS: usize = 8;

/// The most characters of one.
const LONGEST: usize = 300;

/// How much of the first paragraph serves lists and metadata, in characters.
const SUMMARY: usize = 200;

/// Adds a paragraph to the body.
pub(super) fn paragraph(prose: &mut Prose, lines: &[Line], options: &TextOptions) {
    let text = join(lines);
    if let Some(caption) = caption(&text, options) {
        prose.body.html.push_str("<p class=\"caption\">");
        linked(&mut prose.body.html, caption);
        prose.body.html.push_str("</p>\n");
        note(prose, caption, &fold_title(caption));
        return;
    }
    if prose.summary.is_empty() {
        prose.summary = words::cut(&text, SUMMARY);
    }
    let folded = fold_title(&text);
    let holes = prose.body.holes.len();
    prose.body.html.push_str("<p>");
    let refers = may_refer(&text) && !folded.is_empty() && open(prose, HoleKind::Open(" class=\"crossref\"".into()));
    // A link cannot hold another.
    if linked(&mut prose.body.html, &text) || !refers || !open(prose, HoleKind::Close) {
        prose.body.holes.truncate(holes);
    } else if let Some(line) = lines.first() {
        let target = folded.as_str().into();
        prose.links.push(Link { target, kind: LinkKind::CrossReference, position: line.position });
    }
    prose.body.html.push_str("</p>\n");
    note(prose, &text, &folded);
}

/// Keeps a paragraph's text for counting words, and its digest.
fn note(prose: &mut Prose, text: &str, folded: &str) {
    if !prose.text.is_empty() {
        prose.text.push('\n');
    }
    prose.text.push_str(text);
    prose.paragraphs.push(Digest::of(folded.as_bytes()));
}

/// Makes a hole at the end of the HTML, for the link that comes next; not where the body is too long to count.
fn open(prose: &mut Prose, kind: HoleKind) -> bool {
    let (Ok(at), Ok(link)) = (u32::try_from(prose.body.html.len()), u32::try_from(prose.links.len())) else {
        return false;
    };
    prose.body.holes.push(Hole { at, link, kind });
    true
}

/// What follows the prefix of a caption, letter case aside.
pub(super) fn caption<'t>(text: &'t str, options: &TextOptions) -> Option<&'t str> {
    let prefix = options.caption.as_deref().map(str::trim).filter(|prefix| !prefix.is_empty())?;
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let alike = rest.next().is_some_and(|c| c == wanted || c.to_lowercase().eq(wanted.to_lowercase()));
        if !alike {
            return None;
        }
    }
    Some(rest.as_str().trim_start())
}

/// Whether a paragraph is long enough to be a title, and short enough.
fn may_refer(text: &str) -> bool {
    if text.chars().nth(LONGEST).is_some() {
        return false;
    }
    if text.chars().any(words::is_cjk) {
        text.chars().filter(|c| c.is_alphanumeric()).count() >= CHARACTERS
    } else {
        words::count(text) >= WORDS
    }
}
