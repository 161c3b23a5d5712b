//! Bodies with their holes filled: links as they stand on the article's own page, or absolute for feeds; images in all their sizes,
//! or in one; blocks with the data that their templates will show.

mod image;
mod spoken;

use std::collections::BTreeMap;

use crate::model::body::{Block, Body, Datum, Hole, HoleKind};
use crate::model::digest::Digest;
use crate::model::escape;
use crate::model::path::{Base, Url};
use crate::model::shared::Shared;
use crate::model::site::Target;
use crate::model::strings::Strings;
use crate::model::view::body::{BlockView, BodyView, DatumView};
use crate::model::view::picture::PictureView;
use spoken::spoken;

pub(super) use spoken::digest as spoken_digest;

/// Where a body is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On its own page: links are root-relative, those within the page are bare fragments.
    Page,
    /// In a feed: every link is absolute.
    Feed,
}

/// What fills the holes of a body.
pub(super) struct Filling<'a> {
    /// Where its links lead.
    pub targets: &'a [Target],
    /// The address of its page.
    pub own: &'a Url,
    /// The site's address.
    pub base: &'a Base,
    /// The digests of the templates that show blocks, by kind.
    pub templates: &'a BTreeMap<String, Digest>,
    /// Where it is to be read.
    pub place: Place,
    /// What pages say in its language.
    pub strings: &'a Shared<Strings>,
}

impl Filling<'_> {
    /// The body with its links, and what its blocks are to show.
    pub fn body(&self, body: &Body) -> BodyView {
        let mut view = BodyView::default();
        // What stands between two blocks.
        let mut part = String::with_capacity(body.html.len() + body.holes.len() * 48);
        let mut from = 0;
        for hole in &body.holes {
            part.push_str(&body.html[from..hole.at as usize]);
            from = hole.at as usize;
            let at = hole.link as usize;
            match hole.kind {
                HoleKind::Block => {
                    view.html.push_str(&self.finished(std::mem::take(&mut part)));
                    view.blocks.extend(body.blocks.get(at).map(|block| self.block(block, view.html.len())));
                }
                HoleKind::Formula => part.push_str(body.formulas.get(at).map_or("", |formula| formula)),
                _ => self.link(&mut part, hole),
            }
        }
        part.push_str(&body.html[from..]);
        let part = self.finished(part);
        if view.blocks.is_empty() {
            return BodyView { html: part, ..view };
        }
        view.html.push_str(&part);
        view.strings = Some(self.strings.clone());
        view
    }

    /// A part of a body as it is to be read.
    fn finished(&self, part: String) -> String {
        let part = match self.place {
            Place::Page => part,
            // Footnotes refer to each other within the page: in a feed, that page is elsewhere.
            Place::Feed => part.replace("<a href=\"#", &format!("<a href=\"{}#", self.base.absolute(self.own))),
        };
        spoken(part, self.strings)
    }

    fn href(&self, url: &Url, rest: &str) -> String {
        match self.place {
            Place::Page if url == self.own && rest.starts_with('#') => rest.to_owned(),
            Place::Page => format!("{}{rest}", self.base.href(url)),
            Place::Feed => format!("{}{rest}", self.base.absolute(url)),
        }
    }

    /// Fills the hole of a link or an image; with nothing, where its target is hidden or missing.
    fn link(&self, html: &mut String, hole: &Hole) {
        match self.targets.get(hole.link as usize) {
            Some(Target::At(url, rest)) => link(html, &hole.kind, &self.href(url, rest)),
            Some(Target::Image(shown)) => image::fill(html, &hole.kind, shown, self.base, self.place),
            Some(Target::Nowhere) | None => {}
        }
    }

    fn block(&self, block: &Block, at: usize) -> BlockView {
        let template = self.templates.get(&*block.kind).copied().unwrap_or_default();
        BlockView { at, kind: block.kind.clone(), data: self.map(&block.data), template }
    }

    /// An image of a block: in all its sizes on the page, in one elsewhere.
    fn picture(&self, at: &Datum) -> Option<PictureView> {
        match at {
            Datum::Token(address) => Some(PictureView::foreign(address)),
            Datum::Link(link) => match self.targets.get(*link as usize)? {
                Target::Image(shown) => Some(image::view(shown, self.base, self.place)),
                Target::At(url, rest) => Some(PictureView::foreign(&self.href(url, rest))),
                Target::Nowhere => None,
            },
            _ => None,
        }
    }

    fn map(&self, data: &[(Box<str>, Datum)]) -> Vec<(Box<str>, DatumView)> {
        data.iter().map(|(name, value)| (name.clone(), self.datum(value))).collect()
    }

    fn datum(&self, value: &Datum) -> DatumView {
        match value {
            Datum::None => DatumView::None,
            Datum::Bool(value) => DatumView::Bool(*value),
            Datum::Integer(value) => DatumView::Integer(*value),
            Datum::Number(value) => DatumView::Number(*value),
            Datum::Text(text) | Datum::Token(text) => DatumView::Text(text.clone()),
            Datum::Link(link) => match self.targets.get(*link as usize) {
                Some(Target::At(url, rest)) => DatumView::Text(self.href(url, rest).into()),
                Some(Target::Image(_) | Target::Nowhere) | None => DatumView::None,
            },
            Datum::Image(at) => {
                self.picture(at).map_or(DatumView::None, |picture| DatumView::Picture(Box::new(picture)))
            }
            Datum::Markup(html, holes) => {
                let mut filled = String::with_capacity(html.len() + holes.len() * 48);
                let mut from = 0;
                for hole in holes {
                    filled.push_str(&html[from..hole.at as usize]);
                    from = hole.at as usize;
                    self.link(&mut filled, hole);
                }
                filled.push_str(&html[from..]);
                DatumView::Html(filled)
            }
            Datum::List(items) => DatumView::List(items.iter().map(|item| self.datum(item)).collect()),
            Datum::Map(entries) => DatumView::Map(self.map(entries)),
        }
    }
}

/// What stands for a link, or for an image that is a file like any other.
fn link(html: &mut String, kind: &HoleKind, href: &str) {
    match kind {
        HoleKind::Open(attributes) => {
            html.push_str("<a href=\"");
            escape::attribute(html, href);
            html.push('"');
            html.push_str(attributes);
            html.push('>');
        }
        HoleKind::Close => html.push_str("</a>"),
        HoleKind::Attribute(name) => attribute(html, name, href),
        HoleKind::Image(_) => attribute(html, "src", href),
        HoleKind::ImageOpen | HoleKind::ImageClose | HoleKind::Block | HoleKind::Formula => {}
    }
}

/// ` NAME="VALUE"`.
fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape::attribute(html, value);
    html.push('"');
}
