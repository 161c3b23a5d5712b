//! Images as templates see them: where the files of each size lie, ready for the attributes of `img` and `source`.

use serde::Serialize;

use crate::model::image::{Format, Prints, Shown};
use crate::model::path::{Base, Url};

/// The width at which an image stands for a page elsewhere, in pixels: what social networks ask for.
const PREVIEW: u32 = 1200;

/// An image in all its sizes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PictureView {
    /// The link to the file for browsers that choose none: for `src`.
    pub src: String,
    /// The files of all sizes, in the format of the original, with their widths: for `srcset`; `null` where there is but one.
    pub srcset: Option<String>,
    /// The same as WebP: for the `srcset` of a `source`; `null` where there are none.
    pub webp: Option<String>,
    /// The width of the largest in pixels, or `null` where it is not known.
    pub width: Option<u32>,
    /// The height of the largest in pixels, or `null` where it is not known.
    pub height: Option<u32>,
}

impl PictureView {
    /// An image that is shown at most `widest` pixels wide, with links of the site.
    pub fn of(shown: &Shown, widest: u32, base: &Base) -> Self {
        match shown {
            Shown::Whole(url, rest, size) => Self {
                src: format!("{}{rest}", base.href(url)),
                srcset: None,
                webp: None,
                width: size.map(|size| size.width),
                height: size.map(|size| size.height),
            },
            Shown::Printed(prints) => Self::printed(prints, widest, base),
        }
    }

    /// An image that lies elsewhere.
    pub fn foreign(src: &str) -> Self {
        Self { src: src.to_owned(), srcset: None, webp: None, width: None, height: None }
    }

    fn printed(prints: &Prints, widest: u32, base: &Base) -> Self {
        let largest = prints.width_for(widest);
        let widths: Vec<u32> = prints.widths().iter().copied().filter(|width| *width <= largest).collect();
        let list = |format: Format| {
            let one = |width: &u32| format!("{} {width}w", base.href(&prints.url(*width, format)));
            widths.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        let size = prints.size(largest);
        Self {
            src: base.href(&prints.url(prints.width_for(widest.min(PREVIEW)), prints.fallback())),
            srcset: (widths.len() > 1).then(|| list(prints.fallback())),
            webp: prints.webp().then(|| list(Format::WebP)),
            width: Some(size.width),
            height: Some(size.height),
        }
    }
}

/// The absolute address of the file that stands for an image elsewhere, in feeds and on social networks, with its size.
pub fn preview(shown: &Shown, base: &Base) -> (String, Option<(u32, u32)>) {
    let absolute = |url: &Url, rest: &str| format!("{}{rest}", base.absolute(url));
    match shown {
        Shown::Whole(url, rest, size) => (absolute(url, rest), size.map(|size| (size.width, size.height))),
        Shown::Printed(prints) => {
            let size = prints.size(prints.width_for(PREVIEW));
            (absolute(&prints.url(size.width, prints.fallback()), ""), Some((size.width, size.height)))
        }
    }
}
