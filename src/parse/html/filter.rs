//! One pass over HTML: tags that carry links, ids or headings are written anew, all others are copied as they stand.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::model::body::{Given, HoleKind, LinkKind};
use crate::model::escape;
use crate::parse::draft::{Draft, Later};

use super::attributes::{Fate, judge};

/// How many attributes an element may have: HTML parsers compare each with all before it.
const ATTRIBUTE_LIMIT: usize = 256;

/// A piece of HTML and where it comes from.
pub(in crate::parse) struct Fragment<'f> {
    pub(in crate::parse) html: &'f str,
    /// Pairs of an offset in `html` and the offset in the file of what stands there, in order, the first at 0.
    pub(in crate::parse) offsets: &'f [(usize, usize)],
    /// Whether the HTML is to be cleaned afterwards, by a parser that needs bounds.
    pub(in crate::parse) sanitized: bool,
}

impl Fragment<'_> {
    /// The offset in the file of an offset in the fragment.
    fn in_file(&self, offset: usize) -> usize {
        let next = self.offsets.partition_point(|(at, _)| *at <= offset);
        let (at, file) = self.offsets[..next].last().copied().unwrap_or((0, 0));
        file + offset.saturating_sub(at)
    }
}

/// Where `<!-- more -->` stands.
#[derive(Clone, Copy)]
pub(in crate::parse) struct More {
    /// In the file.
    pub(in crate::parse) offset: usize,
    /// In the draft's text.
    pub(in crate::parse) text: usize,
}

/// What a fragment held beside markup.
#[derive(Default)]
pub(in crate::parse) struct Seen {
    /// The mark that ends the introduction.
    pub(in crate::parse) more: Option<More>,
}

/// Adds a fragment to a draft.
pub(in crate::parse) fn feed(draft: &mut Draft<'_>, fragment: &Fragment<'_>) -> Seen {
    let mut filter = Filter {
        draft,
        fragment,
        copied: 0,
        ended: 0,
        paragraph: None,
        tag: Tag::default(),
        silent: false,
        seen: Seen::default(),
    };
    let mut emitter = CallbackEmitter::new(&mut filter);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(fragment.html, emitter).finish();
    filter.finish()
}

/// A start tag, as far as it was read.
#[derive(Default)]
struct Tag {
    name: String,
    start: usize,
    attributes: Vec<Attribute>,
}

impl Tag {
    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.name == name)
    }
}

struct Attribute {
    name: String,
    value: String,
    /// Where its name stands in the fragment.
    at: usize,
}

struct Filter<'f, 'd> {
    draft: &'f mut Draft<'d>,
    fragment: &'f Fragment<'f>,
    /// How much of the fragment is in the draft.
    copied: usize,
    /// Where the last complete token ends.
    ended: usize,
    tag: Tag,
    /// Where the text of the paragraph that is open begins in the draft's text.
    paragraph: Option<usize>,
    /// Whether what follows is a script or style, not text.
    silent: bool,
    seen: Seen,
}

impl Callback<Infallible, usize> for &mut Filter<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: decode(name), start: span.start, attributes: Vec::new() };
            }
            CallbackEvent::AttributeName { name } => {
                let attribute = Attribute { name: decode(name), value: String::new(), at: span.start };
                self.tag.attributes.push(attribute);
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.tag.attributes.last_mut() {
                    attribute.value = decode(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.start_tag(span.end, self_closing);
                self.ended = span.end;
            }
            CallbackEvent::EndTag { name } => {
                self.end_tag(name, span);
                self.ended = span.end;
            }
            CallbackEvent::String { value } => {
                if !self.silent {
                    self.draft.flow(&String::from_utf8_lossy(value));
                }
                self.ended = span.end;
            }
            CallbackEvent::Comment { value } => {
                self.comment(value, span);
                self.ended = span.end;
            }
            CallbackEvent::Doctype { .. } => {
                self.skip(span.start, span.end);
                self.ended = span.end;
            }
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

impl Filter<'_, '_> {
    /// Copies the fragment up to an offset.
    fn copy_to(&mut self, offset: usize) {
        let html = self.fragment.html;
        if let Some(passed) = html.get(self.copied..offset.max(self.copied)) {
            self.draft.html.push_str(passed);
        }
        self.copied = self.copied.max(offset);
    }

    /// Leaves out a range of the fragment.
    fn skip(&mut self, start: usize, end: usize) {
        self.copy_to(start);
        self.copied = self.copied.max(end);
    }

    fn start_tag(&mut self, end: usize, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        self.silent = !self_closing && matches!(tag.name.as_str(), "script" | "style");
        if is_block(tag.name.as_bytes()) {
            self.end_block();
            self.paragraph = (tag.name == "p").then_some(self.draft.text.len());
        } else if tag.name == "br" {
            self.draft.end_line();
        }
        if self.fragment.sanitized {
            let offset = self.fragment.in_file(tag.start);
            self.draft.nesting.open(&tag.name, end.saturating_sub(tag.start), self_closing);
            if self.draft.nesting.is_too_deep() {
                self.draft.overflow(offset, "500 elements of raw HTML that are open at once");
            }
            // Only the checkboxes of task lists pass.
            if tag.name == "input" {
                return self.skip(tag.start, end);
            }
        }
        if tag.attributes.len() > ATTRIBUTE_LIMIT {
            let offset = self.fragment.in_file(tag.start);
            self.draft.overflow(offset, "256 attributes of one element");
        }
        for attribute in &tag.attributes {
            if attribute.name == "id" && level(tag.name.as_bytes()).is_none()
                || attribute.name == "name" && tag.name == "a"
            {
                self.draft.anchor(&attribute.value);
            }
        }
        if let Some(level) = level(tag.name.as_bytes()) {
            return self.heading(&tag, level, end);
        }
        self.draft.in_picture |= tag.name == "picture" && !self_closing;
        let chosen = self.draft.in_picture || tag.has("srcset");
        let judged = |attribute: &Attribute| judge(&tag.name, &attribute.name, &attribute.value, chosen);
        let fates: Vec<Fate> = tag.attributes.iter().map(judged).collect();
        if tag.name == "img" && !tag.has("alt") {
            let source = tag.attributes.iter().find(|attribute| attribute.name == "src");
            let offset = self.fragment.in_file(tag.start);
            self.draft.without_text(source.map_or("", |source| &source.value), offset);
        }
        if fates.iter().all(|fate| *fate == Fate::Keep) {
            return;
        }
        self.skip(tag.start, end);
        self.rewrite(&tag, &fates, self_closing);
    }

    /// Writes a tag anew.
    fn rewrite(&mut self, tag: &Tag, fates: &[Fate], self_closing: bool) {
        let into_image = |(attribute, fate): (&Attribute, &Fate)| {
            (*fate == Fate::Into(LinkKind::Image)).then_some((attribute.value.trim().to_owned(), attribute.at))
        };
        let image = tag.attributes.iter().zip(fates).find_map(into_image);
        let image = image.and_then(|(target, at)| self.draft.link(&target, LinkKind::Image, self.fragment.in_file(at)));
        if let Some(link) = image {
            self.draft.later(Later::Hole(link, HoleKind::ImageOpen));
        }
        self.draft.html.push('<');
        self.draft.html.push_str(&tag.name);
        let mut image_hole = image;
        for (attribute, fate) in tag.attributes.iter().zip(fates) {
            if *fate != Fate::Into(LinkKind::Image) {
                self.attribute(attribute, *fate);
            } else if let Some(link) = image_hole.take() {
                let size = tag.has("width") || tag.has("height");
                let given = Given { size, loading: tag.has("loading"), decoding: tag.has("decoding") };
                self.draft.later(Later::Hole(link, HoleKind::Image(given)));
            }
        }
        self.draft.html.push_str(if self_closing { " />" } else { ">" });
        if let Some(link) = image {
            self.draft.later(Later::Hole(link, HoleKind::ImageClose));
        }
    }

    /// Writes an attribute of a tag that is written anew.
    fn attribute(&mut self, attribute: &Attribute, fate: Fate) {
        let offset = self.fragment.in_file(attribute.at);
        match fate {
            Fate::Keep => write_attribute(&mut self.draft.html, &attribute.name, &attribute.value),
            Fate::Refuse => self.draft.refuse(&attribute.value, offset),
            Fate::Into(kind) => {
                if let Some(link) = self.draft.link(attribute.value.trim(), kind, offset) {
                    self.draft.later(Later::Hole(link, HoleKind::Attribute(attribute.name.as_str().into())));
                }
            }
        }
    }

    fn heading(&mut self, tag: &Tag, level: u8, end: usize) {
        self.end_block();
        self.skip(tag.start, end);
        let mut rest = String::new();
        let mut id = None;
        for attribute in &tag.attributes {
            if attribute.name == "id" {
                id = Some(attribute.value.trim().to_owned()).filter(|id| !id.is_empty());
            } else {
                write_attribute(&mut rest, &attribute.name, &attribute.value);
            }
        }
        let offset = self.fragment.in_file(tag.start);
        self.draft.open_heading(level, id, rest, offset);
    }

    fn end_tag(&mut self, name: &[u8], span: Span) {
        self.silent = false;
        self.draft.in_picture &= name != b"picture";
        if self.fragment.sanitized {
            self.draft.nesting.close(name);
        }
        if level(name).is_some() {
            self.skip(span.start, span.end);
            self.draft.close_heading();
        } else if is_block(name) {
            self.end_block();
        }
    }

    /// Ends a block of text, and with it the paragraph that is open.
    fn end_block(&mut self) {
        if let Some(since) = self.paragraph.take() {
            self.draft.paragraph(since);
        }
        self.draft.end_line();
    }

    fn comment(&mut self, value: &[u8], span: Span) {
        if value.trim_ascii().eq_ignore_ascii_case(b"more") {
            self.skip(span.start, span.end);
            let more = More { offset: self.fragment.in_file(span.start), text: self.draft.text.len() };
            self.seen.more.get_or_insert(more);
        }
    }

    /// Copies the rest. A tag that never ends would swallow what follows: it is shown as text.
    fn finish(mut self) -> Seen {
        let html = self.fragment.html;
        if self.paragraph.is_some() {
            self.end_block();
        }
        self.copy_to(self.ended.min(html.len()));
        if let Some(rest) = html.get(self.copied..) {
            escape::text(&mut self.draft.html, rest);
        }
        self.seen
    }
}

/// Writes ` NAME="VALUE"`. A name as tokenised holds no blank, `/` or `>`, and no `=` but at its
/// start, so it is read back as it was.
fn write_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(out, value);
    out.push('"');
}

fn decode(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The level of a heading element.
fn level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Whether an element stands apart from the text around it.
fn is_block(name: &[u8]) -> bool {
    const BLOCKS: &[&[u8]] = &[
        b"address",
        b"article",
        b"aside",
        b"blockquote",
        b"dd",
        b"details",
        b"div",
        b"dl",
        b"dt",
        b"figcaption",
        b"figure",
        b"footer",
        b"header",
        b"hr",
        b"li",
        b"main",
        b"nav",
        b"ol",
        b"p",
        b"pre",
        b"section",
        b"summary",
        b"table",
        b"td",
        b"th",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name)
}
