//! Formats by their first bytes: an extension may say anything.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ISO/IEC 10918-1.
    Jpeg,
    /// W3C PNG.
    Png,
    /// GIF87a and GIF89a.
    Gif,
    /// RFC 9649.
    WebP,
    /// AVIF: an image in the container of ISO/IEC 23008-12.
    Avif,
    /// Windows bitmaps and icons.
    Bitmap,
    /// HEIC and TIFF: cameras write them, and browsers do not show them.
    Hidden,
    /// Anything else: perhaps text.
    Other,
}

impl Kind {
    /// The kind of some bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Self::Avif,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Hidden,
            [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Self::Hidden,
            [b'B', b'M', ..] | [0, 0, 1, 0, ..] => Self::Bitmap,
            _ => Self::Other,
        }
    }
}
