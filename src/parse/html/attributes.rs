//! Which attributes hold addresses, and what becomes of each.

use crate::model::body::LinkKind;
use crate::model::escape::{self, Scheme};

/// What becomes of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It passes.
    Keep,
    /// Its scheme is refused.
    Refuse,
    /// It points into the site.
    Into(LinkKind),
}

/// Judges an attribute of an element, both in lower case, by its decoded value. `chosen` says that the author gives the image in
/// several sizes.
pub(super) fn judge(element: &str, attribute: &str, value: &str, chosen: bool) -> Fate {
    if !is_address(element, attribute) {
        return Fate::Keep;
    }
    match (escape::scheme(value), kind(element, attribute, chosen)) {
        (Scheme::Refused, _) => Fate::Refuse,
        (Scheme::Relative, Some(kind)) => Fate::Into(kind),
        _ => Fate::Keep,
    }
}

/// Whether browsers load or follow what the attribute holds.
fn is_address(element: &str, attribute: &str) -> bool {
    match attribute {
        "href" | "src" | "poster" | "action" | "formaction" | "xlink:href" => true,
        "data" => element == "object",
        _ => false,
    }
}

/// What an address within the site is, where it is one that the site resolves.
fn kind(element: &str, attribute: &str, chosen: bool) -> Option<LinkKind> {
    match (element, attribute) {
        ("a" | "area", "href") => Some(LinkKind::Page),
        ("img", "src") if !chosen => Some(LinkKind::Image),
        ("img" | "source" | "video" | "audio" | "track", "src") | ("video", "poster") => Some(LinkKind::Embed),
        _ => None,
    }
}
