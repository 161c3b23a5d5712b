//! The negative: an image decoded, turned as its metadata say, in eight bits of red, green, blue, and opacity where it has any.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageResult};

use super::colour;
use super::kind::Kind;
use super::look::explained;
use crate::model::image::Size;

/// How many colours a drawing has at most: what has more is taken for a photograph.
const FEW: usize = 256;

/// An image in memory.
pub(super) struct Negative {
    pub(super) size: Size,
    /// Three bytes for each pixel, or four with opacity; line by line.
    pub(super) pixels: Vec<u8>,
    pub(super) has_alpha: bool,
    /// Whether it has so few colours that it is no photograph.
    pub(super) is_drawn: bool,
    /// The profile of its colours (ICC.1), where they are not those of sRGB.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether it had to be turned.
    pub(super) is_turned: bool,
}

impl Negative {
    /// Decodes a file. An error says what is wrong with it.
    pub(super) fn develop(bytes: &[u8]) -> Result<Self, Box<str>> {
        let source = Cursor::new(bytes);
        let developed = match Kind::of(bytes) {
            Kind::Jpeg => JpegDecoder::new(source).and_then(Self::decode),
            Kind::Png => PngDecoder::new(source).and_then(Self::decode),
            Kind::WebP => WebPDecoder::new(source).and_then(Self::decode),
            _ => return Err("it is no image that can be printed".into()),
        };
        developed.map_err(|error| explained(&error))
    }

    fn decode(mut decoder: impl ImageDecoder) -> ImageResult<Self> {
        let orientation = decoder.orientation()?;
        let profile = decoder.icc_profile().ok().flatten();
        let mut image = DynamicImage::from_decoder(decoder)?;
        image.apply_orientation(orientation);
        let size = Size { width: image.width(), height: image.height() };
        let is_turned = orientation != image::metadata::Orientation::NoTransforms;
        let (pixels, has_alpha) = if image.color().has_alpha() {
            opaque(image.into_rgba8().into_raw())
        } else {
            (image.into_rgb8().into_raw(), false)
        };
        let is_drawn = has_few_colours(&pixels, if has_alpha { 4 } else { 3 });
        Ok(Self { size, pixels, has_alpha, is_drawn, profile: colour::kept(profile), is_turned })
    }

    /// The image in another size. An error says what is wrong.
    pub(super) fn enlarge(&self, size: Size) -> Result<Vec<u8>, Box<str>> {
        if size == self.size {
            return Ok(self.pixels.clone());
        }
        let kind = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let source = ImageRef::new(self.size.width, self.size.height, &self.pixels, kind);
        let source = source.map_err(|error| error.to_string())?;
        let mut target = Image::new(size.width, size.height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize(&source, &mut target, &options).map_err(|error| error.to_string())?;
        Ok(target.into_vec())
    }
}

/// Takes the opacity out of pixels all of which are opaque. The second value tells whether some are not.
fn opaque(pixels: Vec<u8>) -> (Vec<u8>, bool) {
    if pixels.chunks_exact(4).any(|pixel| pixel[3] != u8::MAX) {
        return (pixels, true);
    }
    (pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(), false)
}

/// Whether there are so few colours that this is a drawing.
fn has_few_colours(pixels: &[u8], channels: usize) -> bool {
    let mut known = std::collections::BTreeSet::new();
    let mut last: &[u8] = &[];
    for pixel in pixels.chunks_exact(channels) {
        if pixel != last && known.insert(pixel) && known.len() > FEW {
            return false;
        }
        last = pixel;
    }
    true
}
