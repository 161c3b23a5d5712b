//! Prints: an image in the sizes and formats that are wanted of it.

use super::encode::Exposure;
use super::kind::Kind;
use super::look::explained;
use super::negative::Negative;
use super::strip;
use crate::model::image::{Format, Print, Size};

/// Makes prints of the image in a file, one for each that is wanted, in that order. The file is decoded once.
///
/// # Errors
/// What is wrong with the file, as the end of a sentence that names it.
pub fn print(bytes: &[u8], wanted: &[Print], quality: u8) -> Result<Vec<Vec<u8>>, Box<str>> {
    let negative = Negative::develop(bytes)?;
    let mut last: Option<(Size, Vec<u8>)> = None;
    let mut made = Vec::with_capacity(wanted.len());
    for print in wanted {
        let pixels = match last.take() {
            Some((size, pixels)) if size == print.size => pixels,
            _ => negative.enlarge(print.size)?,
        };
        let file = one(&negative, &pixels, *print, quality)?;
        made.push(original(bytes, &negative, *print).filter(|own| own.len() <= file.len()).unwrap_or(file));
        last = Some((print.size, pixels));
    }
    Ok(made)
}

fn one(negative: &Negative, pixels: &[u8], print: Print, quality: u8) -> Result<Vec<u8>, Box<str>> {
    let profile = negative.profile.as_deref();
    let exposure = Exposure { pixels, size: print.size, has_alpha: negative.has_alpha, profile };
    match print.format {
        Format::Jpeg => exposure.jpeg(quality).map_err(|error| explained(&error)),
        Format::Png => exposure.png().map_err(|error| explained(&error)),
        // Drawings keep their lines, and are smaller without loss.
        Format::WebP => exposure.webp(quality, negative.is_drawn).map_err(|error| format!("WebP: {error}").into()),
    }
}

/// The file itself without metadata, if it is such a print already: what was compressed once need not be compressed again.
fn original(bytes: &[u8], negative: &Negative, print: Print) -> Option<Vec<u8>> {
    let kind = Kind::of(bytes);
    let same = match print.format {
        Format::Jpeg => kind == Kind::Jpeg && !strip::is_for_printers(bytes),
        Format::Png => kind == Kind::Png,
        Format::WebP => kind == Kind::WebP,
    };
    if same && print.size == negative.size && !negative.is_turned { strip::strip(bytes) } else { None }
}
