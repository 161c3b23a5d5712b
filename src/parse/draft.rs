//! A body in the making: HTML in the order of the file, with marks where something is decided only at its end: the level and
//! id of a heading, the number of a footnote, the target of a link.

mod assembly;
mod cursor;
mod ids;
mod nesting;

use std::collections::HashMap;

use crate::model::body::{Block, HoleKind, Link, LinkKind};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::escape;
use crate::model::path::SitePath;
use crate::parse::words;

use cursor::Cursor;
use nesting::Nesting;

/// How many links, headings and footnotes an article may have: far beyond any article, and what memory bears.
const ITEM_LIMIT: usize = 65_536;
/// How many diagnostics one article may give rise to.
const DIAGNOSTIC_LIMIT: usize = 1_000;
/// The length of a summary, in characters.
const SUMMARY: usize = 200;
/// The largest body, in bytes, whatever the input's size.
const BODY_LIMIT: usize = 256 << 20;

/// Where the title of an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// Perhaps in the body: a level-1 heading that opens it is the title.
    Within,
    /// Elsewhere: all headings of the body lie below it.
    Above,
}

/// What is decided at the end.
pub(super) enum Later {
    /// A hole for a link: an index into the draft's links; or for a block or formula: one into its blocks or formulas.
    Hole(u32, HoleKind),
    /// A heading's start tag: an index into the draft's headings.
    HeadingOpen(usize),
    /// A heading's end tag.
    HeadingClose(usize),
    /// A reference to a footnote: an index into the draft's references.
    Reference(usize),
}

/// A place in the draft's HTML and what is to stand there. Marks are kept in the order of their places.
pub(super) struct Spot {
    /// A byte offset in the draft's HTML.
    pub(super) at: usize,
    /// What is to stand there.
    pub(super) later: Later,
}

/// A heading as written.
struct DraftHeading {
    level: u8,
    id: Option<String>,
    /// Further attributes, escaped, each with a leading blank.
    attributes: String,
    text: String,
}

/// A footnote, by its label.
#[derive(Default)]
struct Note {
    /// Its text: an index into the draft's definitions; `None` while only referred to.
    definition: Option<usize>,
}

/// Where a footnote's text stands in the draft's HTML.
struct Definition {
    start: usize,
    end: usize,
    /// The first definition after those within this one.
    after: usize,
}

/// A reference to a footnote.
struct Reference {
    note: usize,
    /// The footnote in whose text it stands.
    within: Option<usize>,
    /// Whether it stands in a link's text, where it can be no link itself.
    in_link: bool,
}

/// A body in the making.
pub(super) struct Draft<'a> {
    path: &'a SitePath,
    cursor: Cursor<'a>,
    pinned: Option<Position>,
    /// The HTML so far, footnotes where they were written.
    pub(super) html: String,
    /// What is to be filled in, in the order of its places.
    pub(super) spots: Vec<Spot>,
    /// The text so far.
    pub(super) text: String,
    links: Vec<Link>,
    blocks: Vec<Block>,
    formulas: Vec<Box<str>>,
    /// How many bytes the data of the blocks and the formulas have.
    data: usize,
    anchors: Vec<Box<str>>,
    headings: Vec<DraftHeading>,
    /// The heading that is open, and where its text begins.
    open_heading: Option<(usize, usize)>,
    opens_with_title: bool,
    /// Whether a level-1 heading that opens the body is the article's title.
    title: Title,
    labels: HashMap<String, usize>,
    notes: Vec<Note>,
    definitions: Vec<Definition>,
    /// The definitions that are open, and their notes, outermost first.
    open_definitions: Vec<(usize, usize)>,
    references: Vec<Reference>,
    summary: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// What raw HTML left open.
    pub(super) nesting: Nesting,
    /// Whether raw HTML opened a `picture`, whose image is one of several that the author chose.
    pub(super) in_picture: bool,
    full: bool,
    limit: usize,
}

impl<'a> Draft<'a> {
    /// An empty body of a file, whose whole decoded text is `source`.
    pub(super) fn new(source: &'a str, path: &'a SitePath, title: Title) -> Self {
        Self {
            path,
            cursor: Cursor::new(source),
            pinned: None,
            html: String::with_capacity(source.len() + source.len() / 4),
            spots: Vec::new(),
            text: String::with_capacity(source.len()),
            links: Vec::new(),
            blocks: Vec::new(),
            formulas: Vec::new(),
            data: 0,
            anchors: Vec::new(),
            headings: Vec::new(),
            open_heading: None,
            opens_with_title: false,
            title,
            labels: HashMap::new(),
            notes: Vec::new(),
            definitions: Vec::new(),
            open_definitions: Vec::new(),
            references: Vec::new(),
            summary: None,
            diagnostics: Vec::new(),
            nesting: Nesting::default(),
            in_picture: false,
            full: false,
            limit: source.len().saturating_mul(64).saturating_add(1 << 20).min(BODY_LIMIT),
        }
    }

    /// Marks the present place.
    pub(super) fn later(&mut self, later: Later) {
        self.spots.push(Spot { at: self.html.len(), later });
    }

    /// Adds text, escaped, to the HTML, and to the text.
    pub(super) fn write(&mut self, text: &str) {
        escape::text(&mut self.html, text);
        self.text.push_str(text);
    }

    /// Adds text as HTML reads it, runs of white space as one blank, to the text alone.
    pub(super) fn flow(&mut self, text: &str) {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            self.text.push_str(word);
            if word.len() < piece.len() && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
        }
    }

    /// Ends a block of text.
    pub(super) fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Takes the text since an offset as the summary, if it is the first paragraph that has any.
    pub(super) fn paragraph(&mut self, since: usize) {
        if self.summary.is_none() && self.open_definitions.is_empty() {
            let text = escape::single_line(self.text.get(since..).unwrap_or(""));
            self.summary = (!text.is_empty()).then(|| words::cut(&text, SUMMARY));
        }
    }

    /// Adds a link into the site; `None` past the bound.
    pub(super) fn link(&mut self, target: &str, kind: LinkKind, offset: usize) -> Option<u32> {
        if self.links.len() >= ITEM_LIMIT {
            self.overflow(offset, "65,536 links");
            return None;
        }
        let position = self.position(offset);
        self.links.push(Link { target: target.into(), kind, position });
        Some(self.links.len() as u32 - 1)
    }

    /// Puts a block here, whose data have so many bytes.
    pub(super) fn block(&mut self, block: Block, size: usize, offset: usize) {
        if self.blocks.len() >= ITEM_LIMIT {
            return self.overflow(offset, "65,536 blocks");
        }
        self.end_line();
        self.later(Later::Hole(self.blocks.len() as u32, HoleKind::Block));
        self.html.push('\n');
        self.blocks.push(block);
        self.data += size;
    }

    /// Puts a formula here.
    pub(super) fn formula(&mut self, mathml: String, offset: usize) {
        if self.formulas.len() >= ITEM_LIMIT {
            return self.overflow(offset, "65,536 formulas");
        }
        self.later(Later::Hole(self.formulas.len() as u32, HoleKind::Formula));
        self.data += mathml.len();
        self.formulas.push(mathml.into());
    }

    /// The places of some byte offsets of the file, which ascend; the walk through the file goes on where it was.
    pub(super) fn positions(&self, offsets: impl Iterator<Item = usize>) -> Vec<Position> {
        let mut cursor = self.cursor.clone();
        offsets.map(|offset| cursor.position(offset)).collect()
    }

    /// Says that everything stands at one place, whatever its offset, until the pin is taken out.
    pub(super) fn pin(&mut self, place: Position) {
        self.pinned = Some(place);
    }

    /// Takes the pin out.
    pub(super) fn unpin(&mut self) {
        self.pinned = None;
    }

    /// The place of an offset of the file.
    fn position(&mut self, offset: usize) -> Position {
        self.pinned.unwrap_or_else(|| self.cursor.position(offset))
    }

    /// The file.
    pub(super) fn path(&self) -> &'a SitePath {
        self.path
    }

    /// Notes an id that links may point to.
    pub(super) fn anchor(&mut self, id: &str) {
        if !id.is_empty() && self.anchors.len() < ITEM_LIMIT {
            self.anchors.push(id.into());
        }
    }

    /// Opens a heading; one that is open is closed first.
    pub(super) fn open_heading(&mut self, level: u8, id: Option<String>, attributes: String, offset: usize) {
        self.close_heading();
        if self.headings.len() >= ITEM_LIMIT {
            return self.overflow(offset, "65,536 headings");
        }
        let first = level == 1
            && self.title == Title::Within
            && self.headings.is_empty()
            && self.open_definitions.is_empty()
            && self.is_blank();
        if first {
            // The caller strips the title, so nothing may precede it.
            self.html.clear();
            self.opens_with_title = true;
        }
        self.end_line();
        self.open_heading = Some((self.headings.len(), self.text.len()));
        self.later(Later::HeadingOpen(self.headings.len()));
        self.headings.push(DraftHeading { level, id, attributes, text: String::new() });
    }

    /// Whether the HTML so far shows nothing: it holds white space and comments alone.
    fn is_blank(&self) -> bool {
        let mut rest = self.html.trim_start();
        while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
            rest = after.trim_start();
        }
        rest.is_empty() && self.spots.is_empty()
    }

    /// Closes the heading that is open, if one is.
    pub(super) fn close_heading(&mut self) {
        let Some((index, since)) = self.open_heading.take() else { return };
        self.headings[index].text = escape::single_line(self.text.get(since..).unwrap_or(""));
        if index == 0 && self.opens_with_title {
            // The headline is no part of the body's text.
            self.text.truncate(since);
        }
        self.end_line();
        self.later(Later::HeadingClose(index));
        self.html.push('\n');
    }

    /// The footnote of a label.
    fn footnote(&mut self, label: &str) -> usize {
        let next = self.notes.len();
        let index = *self.labels.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.notes.push(Note::default());
        }
        index
    }

    /// Refers to a footnote.
    pub(super) fn refer(&mut self, label: &str, in_link: bool, offset: usize) {
        if self.references.len() >= ITEM_LIMIT {
            return self.overflow(offset, "65,536 footnote references");
        }
        let note = self.footnote(label);
        let within = self.open_definitions.last().map(|(_, note)| *note);
        self.later(Later::Reference(self.references.len()));
        self.references.push(Reference { note, within, in_link });
    }

    /// Begins a footnote's text.
    pub(super) fn open_definition(&mut self, label: &str) {
        self.end_line();
        let note = self.footnote(label);
        let index = self.definitions.len();
        let at = self.html.len();
        self.definitions.push(Definition { start: at, end: at, after: index + 1 });
        self.notes[note].definition.get_or_insert(index);
        self.open_definitions.push((index, note));
    }

    /// Ends a footnote's text.
    pub(super) fn close_definition(&mut self) {
        self.close_heading();
        self.end_line();
        let after = self.definitions.len();
        if let Some((index, _)) = self.open_definitions.pop() {
            self.definitions[index].end = self.html.len();
            self.definitions[index].after = after;
        }
    }

    /// Warns of a link whose scheme is refused.
    pub(super) fn refuse(&mut self, target: &str, offset: usize) {
        let shown: String = escape::single_line(target).chars().take(60).collect();
        let warning =
            Diagnostic::warning(Code::Scheme, format!("The link `{shown}` was dropped: its scheme is not allowed"))
                .hint("Use a path within the site, or http, https, mailto or tel");
        self.report(warning, offset);
    }

    /// Warns of an image that says nothing to those who cannot see it.
    pub(super) fn without_text(&mut self, target: &str, offset: usize) {
        let shown: String = escape::single_line(target).chars().take(60).collect();
        let warning = Diagnostic::warning(Code::Alt, format!("the image `{shown}` has no alternative text")).hint(
            "say what it shows: `![A ferry at the pier](ferry.jpg)`; `<img alt=\"\">` marks one that says nothing",
        );
        self.report(warning, offset);
    }

    /// Adds a diagnostic at an offset of the file.
    pub(super) fn report(&mut self, diagnostic: Diagnostic, offset: usize) {
        if self.diagnostics.len() < DIAGNOSTIC_LIMIT {
            let mark = Mark::at(self.path, self.position(offset));
            self.diagnostics.push(diagnostic.at(mark));
        }
    }

    /// Reports, once, that a bound was passed.
    pub(super) fn overflow(&mut self, offset: usize, bound: &str) {
        if !std::mem::replace(&mut self.full, true) {
            self.diagnostics.truncate(DIAGNOSTIC_LIMIT - 1);
            let error = Diagnostic::error(Code::Limit, format!("The article passes the bound of {bound}"))
                .hint("Split it into several articles, or simplify what stands here");
            self.report(error, offset);
        }
    }

    /// Whether a bound was passed: parsing is to stop.
    pub(super) fn is_full(&mut self, offset: usize) -> bool {
        if self.html.len() + self.data > self.limit {
            self.overflow(offset, "64 times its own size as HTML");
        }
        self.full
    }
}
