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

use crate::model::body::{Body, Hole, HoleKind};
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
        .add_tag_attributes("img", ["loading"])
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
    let (html, holes) = dig(&cleaned, &[prose.links.len(), prose.body.blocks.len(), prose.body.formulas.len()]);
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
            HoleKind::Block => write!(html, "<img src=\"{BLOCK}{link}\">"),
            HoleKind::Formula => write!(html, "<img src=\"{FORMULA}{link}\">"),
        };
    }
    html.push_str(&body.html[at..]);
    html
}

/// Takes the links of the private schemes out of clean HTML, as holes: of so many links, blocks and formulas. A cleaner's output is
/// regular: ` name="value"`.
fn dig(cleaned: &str, counts: &[usize; 3]) -> (String, Vec<Hole>) {
    let mut html = String::with_capacity(cleaned.len());
    let mut holes = Vec::new();
    let mut copied = 0;
    let mut name = (String::new(), 0);
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span| -> Option<Infallible> {
        match event {
            CallbackEvent::AttributeName { name: bytes } => {
                name = (String::from_utf8_lossy(bytes).into_owned(), span.start);
            }
            CallbackEvent::AttributeValue { value } => {
                let (kind, link) = hole_of(std::str::from_utf8(value).ok()?)?;
                // The blank before the name, and the quote after the value, go with it; of an image, all of the tag.
                let around = if kind == 0 { (1, 1) } else { ("<img ".len(), "\">".len()) };
                let (start, end) = (name.1.saturating_sub(around.0), span.end + around.1);
                let is_ours = match kind {
                    0 => matches!(name.0.as_str(), "href" | "src" | "poster"),
                    _ => {
                        cleaned.get(start..end).is_some_and(|tag| tag.starts_with("<img src=") && tag.ends_with("\">"))
                    }
                };
                // In any other attribute it is text of the author's.
                let passed = cleaned.get(copied..start).filter(|_| is_ours)?;
                html.push_str(passed);
                copied = end;
                if (link as usize) < counts[kind] {
                    let kind = match kind {
                        0 => HoleKind::Attribute(name.0.as_str().into()),
                        1 => HoleKind::Block,
                        _ => HoleKind::Formula,
                    };
                    holes.push(Hole { at: html.len() as u32, link, kind });
                }
            }
            _ => {}
        }
        None
    });
    let Ok(()) = Tokenizer::new_with_emitter(cleaned, emitter).finish();
    html.push_str(cleaned.get(copied..).unwrap_or(""));
    (html, holes)
}

/// What an address of a private scheme stands for: the place of its scheme, and the number.
fn hole_of(address: &str) -> Option<(usize, u32)> {
    let mut schemes = [SCHEME, BLOCK, FORMULA].into_iter().enumerate();
    schemes.find_map(|(kind, scheme)| Some((kind, address.strip_prefix(scheme)?.parse().ok()?)))
}
