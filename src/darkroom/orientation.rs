//! How an image is to be turned: the one thing in a camera's metadata (CIPA DC-008, tag 274) that readers need.

use image::metadata::Orientation;

/// What precedes the metadata in JPEG, and sometimes in WebP.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

/// The turn that some metadata ask for; none where they do not say.
pub(super) fn of(metadata: &[u8]) -> Orientation {
    let metadata = metadata.strip_prefix(EXIF).unwrap_or(metadata);
    Orientation::from_exif_chunk(metadata).unwrap_or(Orientation::NoTransforms)
}

/// Metadata that say this turn and nothing else; `None` where there is nothing to say.
pub(super) fn alone(orientation: Orientation) -> Option<[u8; 26]> {
    if orientation == Orientation::NoTransforms {
        return None;
    }
    let mut metadata = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    metadata[19] = orientation.to_exif();
    Some(metadata)
}

/// Whether width and height change places.
pub(super) fn is_sideways(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}
