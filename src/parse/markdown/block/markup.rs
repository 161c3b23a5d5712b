//! Inline Markdown within the data of a block: emphasis, code, and links that are checked as the article's own are.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::body::{Datum, Hole};
use crate::parse::draft::{Draft, Later};
use crate::parse::markdown::links::{self, Closing, Reference};
use crate::parse::markdown::{DEPTH_LIMIT, inline};

/// One line of text as inline markup. Its text is added to the draft's.
pub(super) fn write(draft: &mut Draft<'_>, text: &str) -> Datum {
    // What is written goes to a place of its own, and the draft's HTML goes on where it was.
    let html = std::mem::take(&mut draft.html);
    let spots = std::mem::take(&mut draft.spots);
    let guarded = inline::guarded(text);
    let (mut depth, mut open) = (0, Vec::new());
    for event in inline::events(&guarded) {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > DEPTH_LIMIT {
            draft.overflow(0, "100 levels of nested markup");
            break;
        }
        take(draft, event, &mut open);
    }
    let html = std::mem::replace(&mut draft.html, html);
    let spots = std::mem::replace(&mut draft.spots, spots);
    let hole = |spot: crate::parse::draft::Spot| match spot.later {
        Later::Hole(link, kind) => Some(Hole { at: spot.at as u32, link, kind }),
        // Inline markup has neither headings nor footnotes.
        Later::HeadingOpen(_) | Later::HeadingClose(_) | Later::Reference(_) => None,
    };
    Datum::Markup(html.trim_end().into(), spots.into_iter().filter_map(hole).collect())
}

fn take<'e>(draft: &mut Draft<'_>, event: Event<'e>, open: &mut Vec<Closing>) {
    match event {
        Event::Text(text) => draft.write(inline::unguarded(&text)),
        Event::Code(code) => {
            draft.html.push_str("<code>");
            draft.write(&code);
            draft.html.push_str("</code>");
        }
        Event::SoftBreak | Event::HardBreak => draft.write(" "),
        Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
            let link = Reference { kind: link_type, target: dest_url, title, offset: 0 };
            // A link within a link is only text.
            let closing = if open.is_empty() { links::open(draft, &link) } else { Closing::Nothing };
            open.push(closing);
        }
        Event::End(TagEnd::Link) => {
            if let Some(closing) = open.pop() {
                links::close(draft, closing);
            }
        }
        Event::Start(tag) => element(draft, inline::element(&tag), ""),
        Event::End(tag) => element(draft, inline::element_of_end(tag), "/"),
        // Of HTML the text remains.
        _ => {}
    }
}

fn element(draft: &mut Draft<'_>, name: Option<&str>, slash: &str) {
    if let Some(name) = name {
        for part in ["<", slash, name, ">"] {
            draft.html.push_str(part);
        }
    }
}
