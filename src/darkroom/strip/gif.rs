//! GIF (version 89a): blocks, of which comments and most applications' own are left out.

/// The applications whose blocks belong to the image: loops, and the profile of colours.
const KEPT: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;
/// Labels of extensions.
const COMMENT: u8 = 0xfe;
const APPLICATION: u8 = 0xff;

/// The length of a table of colours that a byte of flags tells of.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where a row of sub-blocks ends that begins at an offset.
fn row(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Where the block at an offset ends, and whether it is kept.
fn block(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    match *bytes.get(at)? {
        EXTENSION => {
            let kept = match *bytes.get(at + 1)? {
                COMMENT => false,
                APPLICATION => KEPT.contains(&bytes.get(at + 3..at + 14)?),
                _ => true,
            };
            Some((row(bytes, at + 2)?, kept))
        }
        IMAGE => Some((row(bytes, at + 10 + table(*bytes.get(at + 9)?) + 1)?, true)),
        _ => None,
    }
}

/// The file without metadata. What stands behind the image goes, too.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let start = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut stripped = bytes[..start.min(bytes.len())].to_vec();
    let mut at = start;
    while let Some((end, kept)) = block(bytes, at) {
        if kept {
            stripped.extend_from_slice(&bytes[at..end.min(bytes.len())]);
        }
        at = end;
    }
    stripped.push(END);
    stripped
}
