//! PNG (W3C, third edition): chunks, each with its length, its name, its content and a checksum.

use crate::darkroom::orientation;

/// The bytes that begin a file.
const SIGNATURE: usize = 8;

/// The chunks that the image is made of, or that say how it is to be shown.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"hIST", b"sPLT", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk: its name, its content, and all of it.
struct Chunk<'a> {
    name: [u8; 4],
    content: &'a [u8],
    whole: &'a [u8],
}

fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    let mut ended = false;
    std::iter::from_fn(move || {
        let length = <[u8; 4]>::try_from(rest.get(..4).filter(|_| !ended)?).ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let name = <[u8; 4]>::try_from(rest.get(4..8)?).ok()?;
        let (content, whole) = (rest.get(8..8 + length)?, rest.get(..12 + length)?);
        rest = &rest[whole.len()..];
        ended = &name == b"IEND";
        Some(Chunk { name, content, whole })
    })
}

/// Whether the file reaches to the end of its image.
pub(in crate::darkroom) fn is_whole(bytes: &[u8]) -> bool {
    chunks(bytes).last().is_some_and(|chunk| &chunk.name == b"IEND")
}

/// The file without metadata.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let mut stripped = bytes[..SIGNATURE.min(bytes.len())].to_vec();
    let exif = chunks(bytes).find(|chunk| &chunk.name == b"eXIf");
    let mut turn = exif.and_then(|exif| orientation::alone(orientation::of(exif.content)));
    for chunk in chunks(bytes).filter(|chunk| KEPT.contains(&&chunk.name)) {
        if &chunk.name == b"IDAT"
            && let Some(metadata) = turn.take()
        {
            stripped.extend(made(b"eXIf", &metadata));
        }
        stripped.extend_from_slice(chunk.whole);
    }
    stripped
}

/// A chunk of one's own.
fn made(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut checksum = flate2::Crc::new();
    checksum.update(name);
    checksum.update(content);
    [&length[..], name, content, &checksum.sum().to_be_bytes()].concat()
}
