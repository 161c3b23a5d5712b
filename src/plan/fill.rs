//! Bodies with their holes filled: links as they stand on the article's own page, or absolute for feeds; images in all their sizes,
//! or in one.

mod spoken;

use crate::model::body::{Body, Given, HoleKind};
use crate::model::escape;
use crate::model::image::Shown;
use crate::model::path::{Base, Url};
use crate::model::site::Target;
use crate::model::strings::Strings;
use crate::model::view::picture::{self, PictureView};
use spoken::spoken;

pub(super) use spoken::digest as spoken_digest;

/// How wide an image of a body is shown: all of a narrow window, or a column of text.
const SIZES: &str = "(min-width: 48em) 44em, 100vw";

/// The body as it stands on its own page: links are root-relative, those within the page are bare fragments.
pub(super) fn page(body: &Body, targets: &[Target], own: &Url, base: &Base, strings: &Strings) -> String {
    let href = |url: &Url, rest: &str| {
        if url == own && rest.starts_with('#') { rest.to_owned() } else { format!("{}{rest}", base.href(url)) }
    };
    spoken(fill(body, targets, &Style { href: &href, base, sizes: true }), strings)
}

/// The body as it stands in a feed: every link is absolute, and images are there in one size.
pub(super) fn feed(body: &Body, targets: &[Target], own: &Url, base: &Base, strings: &Strings) -> String {
    let href = |url: &Url, rest: &str| format!("{}{rest}", base.absolute(url));
    let html = fill(body, targets, &Style { href: &href, base, sizes: false });
    // Footnotes refer to each other within the page: in a feed, that page is elsewhere.
    spoken(html.replace("<a href=\"#", &format!("<a href=\"{}#", base.absolute(own))), strings)
}

/// How holes are filled.
struct Style<'a> {
    href: &'a dyn Fn(&Url, &str) -> String,
    base: &'a Base,
    /// Whether images are given in all their sizes.
    sizes: bool,
}

fn fill(body: &Body, targets: &[Target], style: &Style) -> String {
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 48);
    let mut from = 0;
    for hole in &body.holes {
        html.push_str(&body.html[from..hole.at as usize]);
        from = hole.at as usize;
        match targets.get(hole.link as usize) {
            Some(Target::At(url, rest)) => link(&mut html, &hole.kind, &(style.href)(url, rest)),
            Some(Target::Image(shown)) => image(&mut html, &hole.kind, shown, style),
            Some(Target::Nowhere) | None => {}
        }
    }
    html.push_str(&body.html[from..]);
    html
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
        HoleKind::ImageOpen | HoleKind::ImageClose => {}
    }
}

/// What stands for an image of the site.
fn image(html: &mut String, kind: &HoleKind, shown: &Shown, style: &Style) {
    let printed = |shown: &Shown| style.sizes && matches!(shown, Shown::Printed(prints) if prints.webp());
    match kind {
        HoleKind::ImageOpen if printed(shown) => {
            html.push_str("<picture><source type=\"image/webp\"");
            let webp = PictureView::of(shown, u32::MAX, style.base).webp;
            attribute(html, "srcset", webp.as_deref().unwrap_or_default());
            attribute(html, "sizes", SIZES);
            html.push('>');
        }
        HoleKind::ImageClose if printed(shown) => html.push_str("</picture>"),
        HoleKind::Image(given) if style.sizes => sized(html, *given, shown, style.base),
        HoleKind::Image(given) => {
            let (src, size) = picture::preview(shown, style.base);
            attribute(html, "src", &src);
            dimensions(html, *given, size);
        }
        _ => {}
    }
}

/// The attributes of an image in all its sizes.
fn sized(html: &mut String, given: Given, shown: &Shown, base: &Base) {
    let picture = PictureView::of(shown, u32::MAX, base);
    attribute(html, "src", &picture.src);
    if let Some(srcset) = &picture.srcset {
        attribute(html, "srcset", srcset);
        attribute(html, "sizes", SIZES);
    }
    dimensions(html, given, picture.width.zip(picture.height));
    for (name, value, said) in [("loading", "lazy", given.loading), ("decoding", "async", given.decoding)] {
        if !said {
            attribute(html, name, value);
        }
    }
}

fn dimensions(html: &mut String, given: Given, size: Option<(u32, u32)>) {
    if let Some((width, height)) = size.filter(|_| !given.size) {
        attribute(html, "width", &width.to_string());
        attribute(html, "height", &height.to_string());
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
