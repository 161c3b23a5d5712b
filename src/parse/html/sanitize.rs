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
/// The scheme that blocks travel by, as images.
const BLOCK: &str = "byline-block:";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .add_url_schemes(["byline-link", "byline-block"])
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
            let number = value.strip_prefix(SCHEME).or_else(|| value.strip_prefix(BLOCK));
            let is_hole = number.is_some_and(|number| number.parse::<u32>().is_ok());
            (kept || is_hole).then_some(Cow::Borrowed(value))
        });
    builder
});

/// Cleans a body.
pub(super) fn sanitize(mut prose: Prose) -> Prose {
    let cleaned = CLEANER.clean(&fill(&prose.body)).to_string();
    let (html, holes) = dig(&cleaned, prose.links.len() as u32, prose.body.blocks.len() as u32);
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
        };
    }
    html.push_str(&body.html[at..]);
    html
}

/// Takes the links of the private schemes out of clean HTML, as holes. A cleaner's output is regular: ` name="value"`.
fn dig(cleaned: &str, links: u32, blocks: u32) -> (String, Vec<Hole>) {
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
                let number = |scheme| std::str::from_utf8(value).ok()?.strip_prefix(scheme)?.parse::<u32>().ok();
                let (link, block) = (number(SCHEME), number(BLOCK));
                // The blank before the name, and the quote after the value, go with it.
                let (start, end) = (name.1.saturating_sub(1), span.end + 1);
                if let (Some(link), Some(passed)) = (link, cleaned.get(copied..start)) {
                    html.push_str(passed);
                    copied = end;
                    if link < links {
                        let kind = HoleKind::Attribute(name.0.as_str().into());
                        holes.push(Hole { at: html.len() as u32, link, kind });
                    }
                }
                // Of a block the whole tag goes: `<img` before the blank, `>` after the quote.
                let start = start.saturating_sub("<img".len());
                if let (Some(link), Some(passed)) = (block, cleaned.get(copied..start)) {
                    html.push_str(passed);
                    copied = end + 1;
                    if link < blocks {
                        holes.push(Hole { at: html.len() as u32, link, kind: HoleKind::Block });
                    }
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
