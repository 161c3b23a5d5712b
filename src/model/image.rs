//! Images: what the head of a file tells, in which sizes and formats the site shows it, and what site.yaml says of that.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::diagnostic::Mark;
use super::digest::Digest;
use super::path::{SitePath, Slug, SlugStyle, Url};
use super::source::Asset;

/// The folder of the output that prints lie in.
const FOLDER: &str = "_images";

/// The longest file that is read as an image, in bytes.
pub const LONGEST: u64 = 64 << 20;

/// The greatest height that WebP can express, in pixels.
const WEBP_LIMIT: u32 = 16_383;

/// How many hexadecimal digits of its digest a print's name bears: among a million images of one name, two share them once in
/// five hundred sites.
const DIGITS: usize = 12;

/// `images`: how the images of articles are published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageOptions {
    /// Whether they are published in several sizes; if not, each is published as the one file that it is.
    pub enabled: bool,
    /// The widths in pixels, ascending. No image is enlarged.
    pub widths: Vec<u32>,
    /// How faithful JPEG and lossy WebP are, 1 to 100.
    pub quality: u8,
    /// Whether each is published as WebP, too.
    pub webp: bool,
    /// The most pixels that an image may have.
    pub max_pixels: u64,
}

impl Default for ImageOptions {
    fn default() -> Self {
        Self { enabled: true, widths: vec![400, 800, 1200, 1600], quality: 80, webp: true, max_pixels: 120_000_000 }
    }
}

/// How large an image is, in pixels, as it is shown: turned as its metadata say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// How many pixels it has.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The height at another width, in the same proportions; at least 1.
    pub fn height_at(self, width: u32) -> u32 {
        let exact = u64::from(self.height) * u64::from(width);
        let own = u64::from(self.width.max(1));
        u32::try_from((exact + own / 2) / own).unwrap_or(u32::MAX).max(1)
    }
}

/// The format of a print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is the format of its name.
pub enum Format {
    Jpeg,
    Png,
    WebP,
}

impl Format {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

/// What the head of an image file tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// It can be printed in other sizes; where a browser knows no WebP, in this format.
    Raster(Size, Format),
    /// It is published as the file that it is: a drawing, an animation, or a format that is only passed on. Its size, if it tells.
    Whole(Option<Size>),
    /// It cannot be published as an image.
    Faulty(Fault),
}

/// What the heads of files tell, by the digest of each.
pub type Looks = BTreeMap<Digest, Look>;

impl Look {
    /// How large it is, if it tells.
    pub fn size(&self) -> Option<Size> {
        match self {
            Self::Raster(size, _) => Some(*size),
            Self::Whole(size) => *size,
            Self::Faulty(_) => None,
        }
    }
}

/// Why a file cannot be published as an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It is no image of a known format, or damaged: how.
    Damaged(Box<str>),
    /// It holds metadata that cannot be taken out of its format.
    Private,
    /// It has more pixels than site.yaml allows.
    Pixels(Size, u64),
}

impl Fault {
    /// What is wrong, as the end of a sentence that names the image.
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged(how) => how.to_string(),
            Self::Private => "it holds metadata that cannot be taken out of a file of its format".to_owned(),
            Self::Pixels(Size { width, height }, most) => {
                format!("it has {width} × {height} pixels, and {most} pixels are the most")
            }
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "save it anew as JPEG, PNG, WebP, GIF or SVG",
            Self::Private => "save it without metadata, or as JPEG, PNG or WebP",
            Self::Pixels(..) => "make it smaller, or raise `images.max_pixels` in site.yaml",
        }
    }
}

/// An image as the site publishes it: in some widths, each in one format or two. All of them are made from the same bytes in the
/// same way, which is what the digest in their names stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Prints {
    /// Where they lie, up to the width: `_images/pier.0123456789ab`.
    stem: Box<str>,
    /// The digest of all that they are made from, their own sizes and formats aside.
    digest: Digest,
    /// The size of the image itself.
    size: Size,
    /// The widths, ascending, at least one.
    widths: Box<[u32]>,
    fallback: Format,
    webp: bool,
}

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Print {
    /// Its size.
    pub size: Size,
    /// Its format.
    pub format: Format,
}

impl Prints {
    /// The prints of the image in an asset. `recipe` stands for the way in which prints are made.
    pub fn new(asset: &Asset, size: Size, fallback: Format, options: &ImageOptions, recipe: Digest) -> Self {
        let digest = Digest::of_value(&(recipe, asset.digest, options.quality));
        let slug = Slug::of(asset.path.stem(), SlugStyle::Ascii);
        let name = slug.as_ref().map_or("image", Slug::as_str);
        let most = options.widths.last().copied().unwrap_or(size.width).min(size.width);
        let smaller = options.widths.iter().copied().filter(|width| *width < most);
        let widths: Box<[u32]> = smaller.chain([most]).collect();
        let webp = options.webp && size.height_at(most) <= WEBP_LIMIT;
        let stem = format!("{FOLDER}/{name}.{}", &digest.to_string()[..DIGITS]).into();
        Self { stem, digest, size, widths, fallback, webp }
    }

    /// The widths, ascending.
    pub fn widths(&self) -> &[u32] {
        &self.widths
    }

    /// The format that every browser knows.
    pub fn fallback(&self) -> Format {
        self.fallback
    }

    /// Whether each is there as WebP, too.
    pub fn webp(&self) -> bool {
        self.webp
    }

    /// The digest of all that they are made from, their own sizes and formats aside.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The size of the image that they are made from.
    pub fn source(&self) -> Size {
        self.size
    }

    /// The size of the print of a width.
    pub fn size(&self, width: u32) -> Size {
        Size { width, height: self.size.height_at(width) }
    }

    /// The least width that is at least so great, or the greatest.
    pub fn width_for(&self, wanted: u32) -> u32 {
        let enough = self.widths.iter().copied().find(|width| *width >= wanted);
        enough.or(self.widths.last().copied()).unwrap_or(wanted)
    }

    /// The address of a print.
    pub fn url(&self, width: u32, format: Format) -> Url {
        // The stem is made of a slug and a digest: it is always sound.
        Url::from_decoded(&format!("{}.{width}.{}", self.stem, format.extension())).unwrap_or_else(|_| Url::root())
    }

    /// All files.
    pub fn each(&self) -> impl Iterator<Item = Print> + '_ {
        let formats = [Some(self.fallback), self.webp.then_some(Format::WebP)];
        let of =
            move |width: u32| formats.into_iter().flatten().map(move |format| Print { size: self.size(width), format });
        self.widths.iter().copied().flat_map(of)
    }
}

/// An image where a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Shown {
    /// As the one file that it is: its address, what was written behind that, and its size if it tells.
    Whole(Url, Box<str>, Option<Size>),
    /// In several sizes.
    Printed(Arc<Prints>),
}

/// An image that is published in several sizes.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// Its prints.
    pub prints: Arc<Prints>,
    /// Its file.
    pub path: SitePath,
    /// The digest of that file.
    pub digest: Digest,
    /// The first place that shows it.
    pub mark: Mark,
}
