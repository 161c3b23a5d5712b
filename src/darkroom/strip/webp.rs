//! WebP (RFC 9649): chunks of RIFF, each with its name, its length and its content.

use crate::darkroom::encode::{chunk, riff};
use crate::darkroom::orientation;

/// The bytes that precede the first chunk.
const HEAD: usize = 12;
/// The flag of the extended header that says: there are metadata of a camera.
const EXIF: u8 = 0x08;
/// The flag that says: there are metadata of XMP.
const XMP: u8 = 0x04;

/// The chunks that the image is made of.
const KEPT: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ICCP", b"ALPH", b"ANIM", b"ANMF"];

fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let end = length(bytes).map_or(bytes.len(), |length| length.min(bytes.len()));
    let mut rest = bytes.get(HEAD..end).unwrap_or_default();
    std::iter::from_fn(move || {
        let name = <[u8; 4]>::try_from(rest.get(..4)?).ok()?;
        let length = <[u8; 4]>::try_from(rest.get(4..8)?).ok()?;
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        let content = rest.get(8..8 + length)?;
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some((name, content))
    })
}

/// The length of the file as it says.
fn length(bytes: &[u8]) -> Option<usize> {
    let length = <[u8; 4]>::try_from(bytes.get(4..8)?).ok()?;
    usize::try_from(u32::from_le_bytes(length)).ok()?.checked_add(8)
}

/// Whether the file is as long as it says.
pub(in crate::darkroom) fn is_whole(bytes: &[u8]) -> bool {
    // The last byte may be missing that makes a length even.
    length(bytes).is_some_and(|length| length <= bytes.len() + 1)
}

/// The file without metadata.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let exif = chunks(bytes).find(|(name, _)| name == b"EXIF");
    let turn = exif.and_then(|(_, content)| orientation::alone(orientation::of(content)));
    let mut body = Vec::with_capacity(bytes.len());
    for (name, content) in chunks(bytes).filter(|(name, _)| KEPT.contains(&name)) {
        let mut content = content.to_vec();
        if let (b"VP8X", Some(flags)) = (&name, content.first_mut()) {
            *flags &= !(EXIF | XMP);
            *flags |= if turn.is_some() { EXIF } else { 0 };
        }
        body.extend(chunk(&name, &content));
    }
    body.extend(turn.map(|metadata| chunk(b"EXIF", &metadata)).unwrap_or_default());
    riff(&body)
}
