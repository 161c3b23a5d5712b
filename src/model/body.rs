//! An article's body: HTML with holes where a link's target has to be filled in once all articles are known, or a block once its
//! template is.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::diagnostic::Position;
use super::failure::Failure;

/// The body as parsing leaves it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// HTML without what the holes stand for.
    pub html: String,
    /// The holes, in the order of their places.
    pub holes: Vec<Hole>,
    /// The blocks, in the order in which they were written.
    pub blocks: Vec<Block>,
    /// The formulas: MathML.
    pub formulas: Vec<Box<str>>,
    /// The headings, in order.
    pub toc: Vec<Heading>,
}

/// Where bodies are kept while the site is collected and planned from metadata alone.
pub trait Bodies: Sync {
    /// The body of an article, by its place among the parsed ones.
    fn body(&self, at: usize) -> Arc<Body>;

    /// Says that nobody will ask for this body again.
    fn let_go(&self, _at: usize) {}

    /// Why a body could not be given, if that has happened: what was given in its place must not be published.
    fn failure(&self) -> Option<Failure> {
        None
    }
}

/// A place in the HTML that a link's target decides, or a block's template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// The byte offset in [`Body::html`] where it opens.
    pub at: u32,
    /// Which of the article's links it belongs to: an index into `Meta::links`; for a block, one into [`Body::blocks`], and for a
    /// formula, one into [`Body::formulas`].
    pub link: u32,
    /// What is to stand there.
    pub kind: HoleKind,
}

/// What a hole is filled with; with nothing at all where the link's target is hidden or missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoleKind {
    /// `<a href="…" REST>`, where REST are further attributes, escaped, each with a leading blank (or empty).
    Open(Box<str>),
    /// `</a>`.
    Close,
    /// ` NAME="…"` within a tag: `src`, `href`, `poster`.
    Attribute(Box<str>),
    /// What stands before the `<img` of an image: the other formats that it is published in.
    ImageOpen,
    /// The attributes of an image that its file decides: ` src="…" srcset="…" width="…"`.
    Image(Given),
    /// What stands behind the tag of an image.
    ImageClose,
    /// A block, as its template shows it.
    Block,
    /// A formula.
    Formula,
}

/// What an author says of an image that would otherwise be said for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// `width` or `height`.
    pub size: bool,
    /// `loading`.
    pub loading: bool,
    /// `decoding`.
    pub decoding: bool,
}

/// A block: data that a template shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Its kind: `figure` is shown by `blocks/figure.html`.
    pub kind: Box<str>,
    /// Its data by field, in the order in which the fields are declared; every declared field has a value.
    pub data: Vec<(Box<str>, Datum)>,
}

/// A value of a block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Datum {
    /// None was given.
    #[default]
    None,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text: it is found by search.
    Text(Box<str>),
    /// A word of a choice, an address outside of the site, or text of which nothing is declared.
    Token(Box<str>),
    /// Where a link of the article leads: an index into `Meta::links`.
    Link(u32),
    /// An image: where it lies, a link of the article or an address outside of the site.
    Image(Box<Datum>),
    /// Inline markup: HTML, and the holes of its links.
    Markup(Box<str>, Vec<Hole>),
    /// A list.
    List(Vec<Datum>),
    /// A mapping.
    Map(Vec<(Box<str>, Datum)>),
}

/// A link of an article that points into the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The target as written, entities decoded (`other.md#part`, `/news/`, `@/a.md`, `chart.png`), the title of a wikilink, or
    /// the folded text of a paragraph that may be a cross-reference (see [`fold_title`]).
    pub target: Box<str>,
    /// What it is.
    pub kind: LinkKind,
    /// Where it stands in the article's file.
    pub position: Position,
}

/// What a link within the site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// A link to a page, heading or file.
    Page,
    /// An image that is shown.
    Image,
    /// Another file that is embedded, or an image that the author gives in several sizes.
    Embed,
    /// `[[Title]]`.
    Wiki,
    /// A paragraph of plain text that links if it is an article's title, and stays text if it is not.
    CrossReference,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id: unique in the article.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Titles are compared by this: letters and digits in lower case; white space, punctuation and a trailing ellipsis aside.
pub fn fold_title(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    // ASCII is in every normal form.
    if title.is_ascii() {
        fold(title.chars().map(|c| c.to_ascii_lowercase()), title.len())
    } else {
        fold(title.nfkc().flat_map(char::to_lowercase), title.len())
    }
}

fn fold(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut gap = false;
    for c in letters {
        if c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c)) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(c);
        } else if !matches!(c, '\'' | '’' | '‘') {
            gap = true;
        }
    }
    folded
}
