//! Bytes to text.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::path::SitePath;

/// Decodes UTF-8 and strips a byte order mark.
///
/// # Errors
/// Bytes that are not UTF-8, at their place.
pub fn utf8<'a>(path: &SitePath, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let before = String::from_utf8_lossy(&bytes[..good]);
        let hint = "save the file as UTF-8 (`text.encoding` is for plain text, `.txt`, alone)";
        Box::new(malformed(path, "UTF-8", bytes[good], good, &before).hint(hint))
    })
}

/// Decodes plain text in the encoding of a label; a byte order mark counts more than the label.
///
/// # Errors
/// Bytes that the encoding does not have, at their place, and a label that names none.
pub fn labelled<'a>(path: &SitePath, bytes: &'a [u8], label: &str) -> Result<Cow<'a, str>, Box<Diagnostic>> {
    let named = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        let message = format!("`text.encoding` names no encoding that is known: `{label}`");
        let fault = Diagnostic::error(Code::Encoding, message).at(Mark::file(path));
        Box::new(
            fault.hint("use a label of the WHATWG Encoding Standard: utf-8, windows-1252, gb18030, big5, shift_jis"),
        )
    })?;
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((named, 0));
    let bytes = &bytes[skip..];
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(text.into());
    }
    decode(encoding, bytes).map(Cow::Owned).map_err(|(offset, before)| {
        let byte = bytes.get(offset).copied().unwrap_or_default();
        let hint = match encoding == UTF_8 {
            true => "set `text.encoding` to the file's encoding, such as windows-1252, in site.yaml or in the `cascade:` of its folder's _index.md",
            false => "correct `text.encoding`, or save the file as UTF-8",
        };
        Box::new(malformed(path, encoding.name(), byte, offset + skip, &before).hint(hint))
    })
}

/// The text, or the offset of the first byte that does not belong and the text before it.
fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, (usize, String)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    loop {
        // Room for any character at the least, so that every turn gets on.
        text.reserve((bytes.len() - read).min(1 << 20) * 2 + 64);
        let (result, used) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += used;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                return Err((read.saturating_sub(usize::from(bad) + usize::from(after)), text));
            }
        }
    }
}

fn malformed(path: &SitePath, encoding: &str, byte: u8, offset: usize, before: &str) -> Diagnostic {
    let message = format!("the byte 0x{byte:02X} at offset {offset} is not {encoding}");
    Diagnostic::error(Code::Encoding, message).at(Mark::at(path, Position::of_offset(before, before.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SitePath {
        SitePath::new("content/a.txt")
    }

    #[test]
    fn a_stray_byte_is_located_and_names_the_key() {
        let fault = labelled(&path(), b"Line\nCaf\xe9 au lait", "utf-8").unwrap_err();
        assert_eq!(fault.message, "the byte 0xE9 at offset 8 is not UTF-8");
        assert_eq!(fault.mark, Some(Mark::at(&path(), Position::new(2, 4))));
        assert!(fault.hint.unwrap().contains("`text.encoding`"));
        let fault = utf8(&path(), b"Caf\xe9").unwrap_err();
        assert_eq!(fault.mark, Some(Mark::at(&path(), Position::new(1, 4))));
    }

    #[test]
    fn labels_and_byte_order_marks_are_honoured() {
        assert_eq!(labelled(&path(), b"Caf\xe9", "windows-1252").unwrap(), "Café");
        assert_eq!(labelled(&path(), b"\xd6\xd0", "gb18030").unwrap(), "中");
        assert_eq!(labelled(&path(), b"\xff\xfeA\0", "utf-8").unwrap(), "A");
        assert_eq!(labelled(&path(), b"\xef\xbb\xbfA", "windows-1252").unwrap(), "A");
        assert!(labelled(&path(), b"A", "klingon").unwrap_err().message.contains("klingon"));
        let fault = labelled(&path(), b"A\n\xff\xff", "gb18030").unwrap_err();
        assert_eq!(fault.mark, Some(Mark::at(&path(), Position::new(2, 1))));
    }
}
