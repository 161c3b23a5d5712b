//! What the head of an image file tells: whether it is one, how large it is, and what can be done with it. Nothing is decoded.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder, ImageError};

use super::kind::Kind;
use super::orientation::is_sideways;
use super::{strip, vector};
use crate::model::escape::single_line;
use crate::model::image::{Fault, Format, Look, Size};

/// How much of a decoder's own words is passed on, in characters.
const WORDS: usize = 120;

/// Looks at the bytes of a file whose extension is one of images.
pub fn look(bytes: &[u8]) -> Look {
    let found = match Kind::of(bytes) {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
        Kind::WebP => webp(bytes),
        Kind::Gif => gif(bytes),
        Kind::Avif => avif(bytes),
        Kind::Bitmap => Ok(Look::Whole(None)),
        Kind::Hidden => Err(damaged("it is of a format that browsers do not show")),
        Kind::Other if vector::is_svg(bytes) => Ok(Look::Whole(vector::size(bytes))),
        Kind::Other if bytes.is_empty() => Err(damaged("the file is empty")),
        Kind::Other => Err(damaged("the file is no image")),
    };
    found.unwrap_or_else(Look::Faulty)
}

fn damaged(how: &str) -> Fault {
    Fault::Damaged(how.into())
}

/// What a decoder says, in words for an editor.
pub(super) fn explained(error: &ImageError) -> Box<str> {
    let words: String = single_line(&error.to_string()).chars().take(WORDS).collect();
    match error {
        ImageError::Unsupported(_) => format!("it is of a variety that cannot be read ({words})"),
        _ => format!("it is damaged ({words})"),
    }
    .into()
}

fn fault(error: &ImageError) -> Fault {
    Fault::Damaged(explained(error))
}

/// The size as the image is shown.
fn size(decoder: &mut impl ImageDecoder) -> Result<Size, Fault> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(damaged("it has no width or no height"));
    }
    let turned = decoder.orientation().is_ok_and(is_sideways);
    Ok(if turned { Size { width: height, height: width } } else { Size { width, height } })
}

fn jpeg(bytes: &[u8]) -> Result<Look, Fault> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let size = size(&mut decoder)?;
    if strip::is_whole_jpeg(bytes) { Ok(Look::Raster(size, Format::Jpeg)) } else { Err(cut_off()) }
}

fn png(bytes: &[u8]) -> Result<Look, Fault> {
    let mut decoder = PngDecoder::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let size = size(&mut decoder)?;
    if !strip::is_whole_png(bytes) {
        return Err(cut_off());
    }
    let moves = decoder.is_apng().map_err(|error| fault(&error))?;
    Ok(if moves { Look::Whole(Some(size)) } else { Look::Raster(size, Format::Png) })
}

fn webp(bytes: &[u8]) -> Result<Look, Fault> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let size = size(&mut decoder)?;
    if !strip::is_whole_webp(bytes) {
        return Err(cut_off());
    }
    let fallback = if decoder.color_type().has_alpha() { Format::Png } else { Format::Jpeg };
    Ok(if decoder.has_animation() { Look::Whole(Some(size)) } else { Look::Raster(size, fallback) })
}

fn cut_off() -> Fault {
    damaged("the file ends before the image does")
}

/// GIF is published as it is, whether it moves or not: it has few colours, and no print of it would be smaller.
fn gif(bytes: &[u8]) -> Result<Look, Fault> {
    let [w, x, y, z] = bytes.get(6..10).and_then(|size| <[u8; 4]>::try_from(size).ok()).ok_or_else(cut_off)?;
    let size = Size { width: u16::from_le_bytes([w, x]).into(), height: u16::from_le_bytes([y, z]).into() };
    if size.pixels() == 0 { Err(damaged("it has no width or no height")) } else { Ok(Look::Whole(Some(size))) }
}

/// AVIF is passed on, unless it holds metadata.
fn avif(bytes: &[u8]) -> Result<Look, Fault> {
    let holds = |word: &[u8]| places(bytes, word).next().is_some();
    if holds(b"Exif") || holds(b"rdf+xml") {
        return Err(Fault::Private);
    }
    // Its images, previews among them, each with a box of its extents: ISO/IEC 23008-12, 6.5.3.
    let extent = |at: usize| {
        let number = |from: usize| Some(u32::from_be_bytes(bytes.get(from..from + 4)?.try_into().ok()?));
        Some(Size { width: number(at + 8)?, height: number(at + 12)? })
    };
    let largest = places(bytes, b"ispe").filter_map(extent).max_by_key(|size| size.pixels());
    Ok(Look::Whole(largest.filter(|size| size.pixels() > 0)))
}

/// Where a word stands in some bytes.
fn places<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word).map(|(at, _)| at)
}
