//! What every body format comes to: HTML with holes, and what the rest of the site may know of it.

use crate::model::article::Inline;
use crate::model::body::{Body, Link};
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::front_matter::FrontMatter;

/// A body, whatever it was written in.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// What the text itself says about the article: the key block of plain text. Empty for other formats.
    pub front: FrontMatter,
    /// The body.
    pub body: Body,
    /// Its links into the site; holes of the body refer to them by index.
    pub links: Vec<Link>,
    /// Ids that links may point to: those of headings, footnotes and raw HTML.
    pub anchors: Vec<Box<str>>,
    /// The text of the first heading, or else of the first line: the title of an article that gives none.
    pub first_line: Option<String>,
    /// Whether `first_line` is a level-1 heading that opens the body.
    pub opens_with_title: bool,
    /// What precedes `<!-- more -->`.
    pub before_more: Option<Inline>,
    /// The first paragraph as text, at most 200 characters, cut at a word's end.
    pub summary: String,
    /// All of the body's text, blocks separated by line ends: for counting and matching words.
    pub text: String,
    /// Digests of its paragraphs (plain text only).
    pub paragraphs: Vec<Digest>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}
