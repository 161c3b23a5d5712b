//! What stands for an image of the site in a body: all its sizes on its page, one in a feed.

use super::{Place, attribute};
use crate::model::body::{Given, HoleKind};
use crate::model::image::Shown;
use crate::model::path::Base;
use crate::model::view::picture::{self, PictureView};

/// How wide an image of a body is shown: all of a narrow window, or a column of text.
const SIZES: &str = "(min-width: 48em) 44em, 100vw";

/// Fills the hole of an image, or one of those around its tag.
pub(super) fn fill(html: &mut String, kind: &HoleKind, shown: &Shown, base: &Base, place: Place) {
    let sizes = place == Place::Page;
    let is_printed = sizes && matches!(shown, Shown::Printed(prints) if prints.webp());
    match kind {
        HoleKind::ImageOpen if is_printed => {
            html.push_str("<picture><source type=\"image/webp\"");
            let webp = PictureView::of(shown, u32::MAX, base).webp;
            attribute(html, "srcset", webp.as_deref().unwrap_or_default());
            attribute(html, "sizes", SIZES);
            html.push('>');
        }
        HoleKind::ImageClose if is_printed => html.push_str("</picture>"),
        HoleKind::Image(given) if sizes => sized(html, *given, shown, base),
        HoleKind::Image(given) => {
            let (src, size) = picture::preview(shown, base);
            attribute(html, "src", &src);
            dimensions(html, *given, size);
        }
        _ => {}
    }
}

/// An image as the template of a block sees it.
pub(super) fn view(shown: &Shown, base: &Base, place: Place) -> PictureView {
    match place {
        Place::Page => PictureView::of(shown, u32::MAX, base),
        Place::Feed => {
            let (src, size) = picture::preview(shown, base);
            let (width, height) = size.unzip();
            PictureView { width, height, ..PictureView::foreign(&src) }
        }
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
