//! The frame of the files that a build keeps for the next one: a line with format and version, the content, a checksum of both.
//! Whatever a crash or an editor did to such a file, it reads as what was written or as nothing.

/// The length of the BLAKE3 checksum at the end, in bytes.
const CHECKSUM: usize = 32;

/// Frames some content.
pub fn seal(header: &str, content: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(header.len() + content.len() + CHECKSUM);
    sealed.extend_from_slice(header.as_bytes());
    sealed.extend_from_slice(content);
    let checksum = blake3::hash(&sealed);
    sealed.extend_from_slice(checksum.as_bytes());
    sealed
}

/// The content of a frame; `None` if it is damaged, or of another format or version.
pub fn open<'a>(header: &str, sealed: &'a [u8]) -> Option<&'a [u8]> {
    let end = sealed.len().checked_sub(CHECKSUM)?;
    let (framed, checksum) = sealed.split_at(end);
    let content = framed.strip_prefix(header.as_bytes())?;
    (blake3::hash(framed).as_bytes() == checksum).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_breaks_the_seal() {
        let sealed = seal("format 1\n", b"content");
        assert_eq!(open("format 1\n", &sealed), Some(&b"content"[..]));
        assert_eq!(open("format 2\n", &sealed), None);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(open("format 1\n", &damaged), None, "byte {at}");
            assert_eq!(open("format 1\n", &sealed[..at]), None, "cut at {at}");
        }
    }
}
