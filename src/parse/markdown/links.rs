//! Links and images: those that leave the site are written as they are, those within it become holes, and those of any other
//! scheme are dropped.

use pulldown_cmark::LinkType;

use crate::model::body::{Given, HoleKind, LinkKind};
use crate::model::escape::{self, Scheme};
use crate::parse::draft::{Draft, Later};

/// A link or image that is open.
pub(super) struct Reference<'a> {
    pub(super) kind: LinkType,
    pub(super) target: pulldown_cmark::CowStr<'a>,
    pub(super) title: pulldown_cmark::CowStr<'a>,
    pub(super) offset: usize,
}

/// What closes a link.
#[derive(Clone, Copy)]
pub(super) enum Closing {
    /// `</a>`.
    Tag,
    /// The hole of a link.
    Hole(u32),
    /// Nothing: only its text remains.
    Nothing,
}

/// Opens a link.
pub(super) fn open(draft: &mut Draft<'_>, link: &Reference<'_>) -> Closing {
    let target = link.target.trim();
    match (link.kind, escape::scheme(target)) {
        (LinkType::WikiLink { .. }, _) => hole(draft, link, target, LinkKind::Wiki),
        (LinkType::Email, _) => {
            draft.html.push_str("<a href=\"mailto:");
            direct(draft, target, &link.title)
        }
        (_, Scheme::Allowed) => {
            draft.html.push_str("<a href=\"");
            direct(draft, target, &link.title)
        }
        (_, Scheme::Relative) => hole(draft, link, target, LinkKind::Page),
        (_, Scheme::Refused) => {
            draft.refuse(target, link.offset);
            Closing::Nothing
        }
    }
}

fn direct(draft: &mut Draft<'_>, target: &str, title: &str) -> Closing {
    address(&mut draft.html, target);
    draft.html.push('"');
    draft.html.push_str(&title_attribute(title));
    draft.html.push('>');
    Closing::Tag
}

fn hole(draft: &mut Draft<'_>, link: &Reference<'_>, target: &str, kind: LinkKind) -> Closing {
    let Some(index) = draft.link(target, kind, link.offset) else { return Closing::Nothing };
    draft.later(Later::Hole(index, HoleKind::Open(title_attribute(&link.title).into())));
    Closing::Hole(index)
}

/// Closes a link.
pub(super) fn close(draft: &mut Draft<'_>, closing: Closing) {
    match closing {
        Closing::Tag => draft.html.push_str("</a>"),
        Closing::Hole(index) => draft.later(Later::Hole(index, HoleKind::Close)),
        Closing::Nothing => {}
    }
}

/// How an image ends whose tag is being written.
pub(super) enum Ending {
    /// Its scheme is refused: its text alone remains, and there is no tag.
    Refused,
    /// With its tag.
    Tag,
    /// With the hole of a link, behind its tag.
    Hole(u32),
}

/// Writes an image up to its title: `<img src="…" alt="…" loading="lazy"`.
pub(super) fn image(draft: &mut Draft<'_>, image: &Reference<'_>, alt: &str) -> Ending {
    let target = image.target.trim();
    let mut ending = Ending::Tag;
    match escape::scheme(target) {
        Scheme::Refused => {
            draft.refuse(target, image.offset);
            draft.write(alt);
            return Ending::Refused;
        }
        Scheme::Allowed => {
            draft.html.push_str("<img src=\"");
            address(&mut draft.html, target);
            draft.html.push('"');
        }
        Scheme::Relative => {
            let index = draft.link(target, LinkKind::Image, image.offset);
            if let Some(index) = index {
                draft.later(Later::Hole(index, HoleKind::ImageOpen));
                ending = Ending::Hole(index);
            }
            draft.html.push_str("<img");
            if let Some(index) = index {
                let given = Given { loading: true, ..Given::default() };
                draft.later(Later::Hole(index, HoleKind::Image(given)));
            }
        }
    }
    if alt.trim().is_empty() {
        draft.without_text(target, image.offset);
    }
    draft.html.push_str(" alt=\"");
    escape::attribute(&mut draft.html, alt);
    draft.html.push_str("\" loading=\"lazy\"");
    ending
}

/// Ends the tag of an image.
pub(super) fn end_image(draft: &mut Draft<'_>, ending: &Ending) {
    draft.html.push('>');
    if let Ending::Hole(index) = ending {
        draft.later(Later::Hole(*index, HoleKind::ImageClose));
    }
}

/// ` title="…"`, or nothing.
fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::to_attribute(title)) }
}

/// Writes an address into an attribute.
fn address(out: &mut String, target: &str) {
    escape::attribute(out, &encoded(target));
}

/// An address in which what no URL may hold (white space, controls, quotes, brackets) is percent-encoded.
pub(super) fn encoded(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        if c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(percent_encoding::percent_encode_byte(byte));
            }
        } else {
            out.push(c);
        }
    }
    out
}
