//! JPEG (ISO/IEC 10918-1, annex B): segments between markers.

use crate::darkroom::orientation::{self, EXIF};

/// The marker that begins a file.
const START: [u8; 2] = [0xff, 0xd8];
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Application segments.
const APP: std::ops::RangeInclusive<u8> = 0xe0..=0xef;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
/// Adobe's word on how colours are coded.
const APP14: u8 = 0xee;
const COMMENT: u8 = 0xfe;

/// A segment with its marker; a scan comes with its data.
struct Segment<'a> {
    marker: u8,
    bytes: &'a [u8],
}

impl Segment<'_> {
    /// What stands behind marker and length.
    fn content(&self) -> &[u8] {
        self.bytes.get(4..).unwrap_or_default()
    }
}

/// The segments of a file, up to its end or to where it cannot be read on.
struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the end of the image was met.
    ended: bool,
}

impl<'a> Segments<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: START.len(), ended: false }
    }

    /// The place of the next marker: what precedes it are fill bytes, or nothing that belongs to the image.
    fn marker(&self) -> Option<(usize, u8)> {
        let mut at = self.at;
        loop {
            at += self.bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
            match *self.bytes.get(at + 1)? {
                0xff => at += 1,
                0x00 => at += 2,
                marker => return Some((at, marker)),
            }
        }
    }

    /// Where the data of a scan end: at the next marker that is no restart.
    fn scan_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = self.bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
            at += found;
            match self.bytes.get(at + 1) {
                Some(0x00 | 0xd0..=0xd7) => at += 2,
                Some(0xff) => at += 1,
                _ => return at,
            }
        }
        self.bytes.len()
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.ended {
            return None;
        }
        let (at, marker) = self.marker()?;
        self.ended = marker == END;
        let alone = matches!(marker, 0x01 | 0xd0..=0xd9);
        let end = if alone {
            at + 2
        } else {
            let length = self.bytes.get(at + 2..at + 4)?;
            let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
            if marker == SCAN { self.scan_end(end) } else { end }
        };
        self.at = end.min(self.bytes.len());
        Some(Segment { marker, bytes: self.bytes.get(at..end)? })
    }
}

/// Whether the file reaches to the end of its image.
pub(in crate::darkroom) fn is_whole(bytes: &[u8]) -> bool {
    let mut segments = Segments::of(bytes);
    let scans = segments.by_ref().filter(|segment| segment.marker == SCAN).count();
    segments.ended && scans > 0
}

/// Whether its colours are those of four inks.
pub(in crate::darkroom) fn is_for_printers(bytes: &[u8]) -> bool {
    // A frame's header has the number of components in its sixth byte; C4, C8 and CC are other segments.
    let frame = |marker| matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
    let mut segments = Segments::of(bytes);
    let components = segments.find(|segment| frame(segment.marker)).and_then(|frame| frame.content().get(5).copied());
    components == Some(4)
}

/// The file without metadata. What stands behind the image (previews, depth maps) goes, too.
pub(super) fn strip(bytes: &[u8]) -> Vec<u8> {
    let mut stripped = START.to_vec();
    let mut turn = turn(bytes);
    for segment in Segments::of(bytes) {
        // The marker of JFIF is to come first.
        if segment.marker != APP0 {
            stripped.extend(turn.take().unwrap_or_default());
        }
        if is_kept(&segment) {
            stripped.extend_from_slice(segment.bytes);
        }
    }
    stripped
}

fn is_kept(segment: &Segment) -> bool {
    let content = segment.content();
    match segment.marker {
        APP0 => content.starts_with(b"JFIF\0"),
        APP2 => content.starts_with(b"ICC_PROFILE\0"),
        APP14 => content.starts_with(b"Adobe"),
        marker => !APP.contains(&marker) && marker != COMMENT,
    }
}

/// A segment that says how the image is to be turned, if it is.
fn turn(bytes: &[u8]) -> Option<Vec<u8>> {
    let exif = |segment: &Segment| segment.marker == APP1 && segment.content().starts_with(EXIF);
    let found = Segments::of(bytes).find(exif)?;
    let metadata = orientation::alone(orientation::of(found.content()))?;
    let length = u16::try_from(2 + EXIF.len() + metadata.len()).ok()?.to_be_bytes();
    Some([&[0xff, APP1], &length[..], EXIF, &metadata].concat())
}
