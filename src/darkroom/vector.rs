//! Drawings: whether a text is SVG, and how large it says that it is.

use html5gum::{Token, Tokenizer};

use crate::model::image::Size;

/// How much of a drawing is read for its root element, in bytes.
const HEAD: usize = 16 << 10;

/// The greatest side that is believed, in pixels: those of others are mere units of a plan.
const SIDE: f64 = 16_384.0;

/// The beginning of a drawing as text.
fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned()
}

/// Whether it is a drawing: its root element is found.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    head(bytes).contains("<svg")
}

/// The size by the root's `width` and `height`, or by its `viewBox`.
pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let head = head(bytes);
    let root = &head[head.find("<svg")?..];
    let tag = Tokenizer::new(root).flatten().find_map(|token| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    })?;
    let value = |name: &[u8]| {
        let (_, value) = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?;
        std::str::from_utf8(value).ok()
    };
    let given = || Some((pixels(value(b"width")?)?, pixels(value(b"height")?)?));
    let seen = || {
        let numbers = value(b"viewbox")?.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
        let numbers: Vec<f64> = numbers.map(|part| part.parse().ok()).collect::<Option<_>>()?;
        if let [_, _, width, height] = numbers[..] { Some((width, height)) } else { None }
    };
    let (width, height) = given().or_else(seen)?;
    let side = |length: f64| (1.0..=SIDE).contains(&length).then(|| length.round() as u32);
    Some(Size { width: side(width)?, height: side(height)? })
}

/// A length in pixels: the only unit besides none.
fn pixels(length: &str) -> Option<f64> {
    length.trim().trim_end_matches("px").parse().ok()
}
