//! Files without private metadata: where a photograph was taken, when, by whom, with what. The image itself is copied as it is,
//! with the profile of its colours, and with the one word of how it is to be turned.

mod gif;
mod jpeg;
mod png;
mod webp;

use super::kind::Kind;

pub(super) use jpeg::{is_for_printers, is_whole as is_whole_jpeg};
pub(super) use png::is_whole as is_whole_png;
pub(super) use webp::is_whole as is_whole_webp;

/// The file without metadata; `None` for one of a format that holds none that could be taken out.
pub fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    match Kind::of(bytes) {
        Kind::Jpeg => Some(jpeg::strip(bytes)),
        Kind::Png => Some(png::strip(bytes)),
        Kind::WebP => Some(webp::strip(bytes)),
        Kind::Gif => Some(gif::strip(bytes)),
        Kind::Avif | Kind::Bitmap | Kind::Hidden | Kind::Other => None,
    }
}
