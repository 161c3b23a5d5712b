//! `html: sanitized`: the finished body passes through a real HTML parser and an allow-list, so that nothing in it can run,
//! load from elsewhere, or break out of its place. Holes travel as links of a scheme of their own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::LazyLock;

use ammonia::Builder;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::model::body::{Body, Given, Hole, HoleKind, Link, LinkKind};
use crate::parse::prose::Prose;

/// The scheme that holes travel by. Articles cannot use it: it is none of those that links may have.
const SCHEME: &str = "byline-link:";
/// The schemes that blocks and formulas travel by, as images.
const BLOCK: &str = "byline-block:";
const FORMULA: &str = "byline-formula:";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .add_url_schemes(["byline-link", "byline-block", "byline-formula"])
        .add_tags(["section", "input", "label", "source", "video", "audio", "track"])
        .add_generic_attributes(["class", "id"])
        .add_tag_attributes("div", ["role", "aria-label", "tabindex"])
        .add_tag_attributes("aside", ["role"])
        .add_tag_attributes("a", ["role", "aria-label"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("input", ["disabled", "checked"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("track", ["src", "kind", "label", "srclang"])
        .add_tag_attributes("audio", ["src", "controls"])
        .add_tag_attributes("video", ["src", "poster", "controls", "width", "height"])
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("type", ["checkbox"].into())]))]))
        .attribute_filter(|_, attribute, value| {
            let address = matches!(attribute, "href" | "src" | "poster");
            let kept = !address || crate::model::escape::scheme(value) != crate::model::escape::Scheme::Refused;
            (kept || hole_of(value).is_some()).then_some(Cow::Borrowed(value))
        });
    builder
});

/// Cleans a body.
pub(super) fn sanitize(mut prose: Prose) -> Prose {
    let cleaned = CLEANER.clean(&fill(&prose.body)).to_string();
    let counts = [prose.links.len(), prose.body.blocks.len(), prose.body.formulas.len()];
    let (html, holes) = Digger::new(&cleaned, &prose.links, counts).dig();
    prose.body = Body { html, holes, ..prose.body };
    prose
}

/// Writes the holes into the HTML as links of the private scheme.
fn fill(body: &Body) -> String {
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 32);
    let mut at = 0;
    for hole in &body.holes {
        html.push_str(&body.html[at..hole.at as usize]);
        at = hole.at as usize;
        let link = hole.link;
        let _ = match &hole.kind {
            HoleKind::Open(rest) => write!(html, "<a href=\"{SCHEME}{link}\"{rest}>"),
            HoleKind::Close => write!(html, "</a>"),
            HoleKind::Attribute(name) => write!(html, " {name}=\"{SCHEME}{link}\""),
            HoleKind::Image(_) => write!(html, " src=\"{SCHEME}{link}\""),
            // What stands around an image's tag is found again by the tag.
            HoleKind::ImageOpen | HoleKind::ImageClose => Ok(()),
            HoleKind::Block => write!(html, "<img src=\"{BLOCK}{link}\">"),
            HoleKind::Formula => write!(html, "<img src=\"{FORMULA}{link}\">"),
        };
    }
    html.push_str(&body.html[at..]);
    html
}

/// Takes the links of the private schemes out of clean HTML, as holes. A cleaner's output is regular: ` name="value"`.
struct Digger<'a> {
    cleaned: &'a str,
    links: &'a [Link],
    /// How many links, blocks and formulas there are.
    counts: [usize; 3],
    html: String,
    holes: Vec<Hole>,
    /// How much of the clean HTML was passed on.
    copied: usize,
    /// Where the tag begins that is being read.
    tag: usize,
    /// The attribute that is being read, and where its name stands.
    name: (String, usize),
    /// The image whose tag is being read: its link, and the place of its hole.
    image: Option<(u32, usize)>,
    given: Given,
}

impl<'a> Digger<'a> {
    fn new(cleaned: &'a str, links: &'a [Link], counts: [usize; 3]) -> Self {
        let (html, holes) = (String::with_capacity(cleaned.len()), Vec::new());
        let (name, given) = ((String::new(), 0), Given::default());
        Self { cleaned, links, counts, html, holes, copied: 0, tag: 0, name, image: None, given }
    }

    fn dig(mut self) -> (String, Vec<Hole>) {
        let cleaned = self.cleaned;
        let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span| -> Option<Infallible> {
            match event {
                CallbackEvent::OpenStartTag { .. } => {
                    (self.tag, self.image, self.given) = (span.start, None, Given::default());
                }
                CallbackEvent::AttributeName { name } => {
                    self.name = (String::from_utf8_lossy(name).into_owned(), span.start);
                    self.given.size |= matches!(name, b"width" | b"height");
                    self.given.loading |= name == b"loading";
                    self.given.decoding |= name == b"decoding";
                }
                CallbackEvent::AttributeValue { value } => self.value(value, span),
                CallbackEvent::CloseStartTag { .. } => self.end_tag(span.end),
                _ => {}
            }
            None
        });
        let Ok(()) = Tokenizer::new_with_emitter(cleaned, emitter).finish();
        self.html.push_str(cleaned.get(self.copied..).unwrap_or(""));
        (self.html, self.holes)
    }

    /// Passes the clean HTML on, up to an offset.
    fn pass(&mut self, to: usize) {
        self.html.push_str(self.cleaned.get(self.copied..to).unwrap_or(""));
        self.copied = self.copied.max(to);
    }

    fn hole(&mut self, link: u32, kind: HoleKind) {
        self.holes.push(Hole { at: self.html.len() as u32, link, kind });
    }

    /// An attribute's value: an address of a private scheme is a hole.
    fn value(&mut self, value: &[u8], span: Span) {
        let Some((kind, number)) = std::str::from_utf8(value).ok().and_then(hole_of) else { return };
        let is_known = (number as usize) < self.counts[kind];
        match kind {
            0 => self.link(number, is_known, span),
            1 => self.shown(number, is_known, HoleKind::Block, span),
            _ => self.shown(number, is_known, HoleKind::Formula, span),
        }
    }

    /// A link. In an attribute that is no address, what looks like one is text of the author's.
    fn link(&mut self, link: u32, is_known: bool, span: Span) {
        if !matches!(self.name.0.as_str(), "href" | "src" | "poster") {
            return;
        }
        let is_image = self.links.get(link as usize).is_some_and(|link| link.kind == LinkKind::Image);
        if is_image {
            self.pass(self.tag);
            self.hole(link, HoleKind::ImageOpen);
        }
        // The blank before the name, and the quote after the value, go with it.
        self.pass(self.name.1.saturating_sub(1));
        self.copied = span.end + 1;
        if is_image {
            self.image = Some((link, self.holes.len()));
            self.hole(link, HoleKind::Image(Given::default()));
        } else if is_known {
            self.hole(link, HoleKind::Attribute(self.name.0.as_str().into()));
        }
    }

    /// A block or a formula: all of the tag goes.
    fn shown(&mut self, number: u32, is_known: bool, kind: HoleKind, span: Span) {
        let (start, end) = (self.name.1.saturating_sub("<img ".len()), span.end + "\">".len());
        let is_ours =
            self.cleaned.get(start..end).is_some_and(|tag| tag.starts_with("<img src=") && tag.ends_with("\">"));
        if !is_ours {
            return;
        }
        self.pass(start);
        self.copied = end;
        if is_known {
            self.hole(number, kind);
        }
    }

    /// The end of a start tag: only now it is known what the author said of an image.
    fn end_tag(&mut self, end: usize) {
        let Some((link, hole)) = self.image.take() else { return };
        self.holes[hole].kind = HoleKind::Image(self.given);
        self.pass(end);
        self.hole(link, HoleKind::ImageClose);
    }
}

/// What an address of a private scheme stands for: the place of its scheme, and the number.
fn hole_of(address: &str) -> Option<(usize, u32)> {
    let mut schemes = [SCHEME, BLOCK, FORMULA].into_iter().enumerate();
    schemes.find_map(|(kind, scheme)| Some((kind, address.strip_prefix(scheme)?.parse().ok()?)))
}
