//! Text to HTML: every character escaped, bare http addresses made links.

use crate::model::escape;

use super::lines::is_wide_punctuation;

/// Appends a text, escaped, with links where it names addresses. Says whether there were any.
pub(super) fn linked(out: &mut String, text: &str) -> bool {
    let mut written = 0;
    for (start, end) in addresses(text) {
        let address = &text[start..end];
        escape::text(out, &text[written..start]);
        out.push_str("<a href=\"");
        escape::attribute(out, address);
        out.push_str("\">");
        escape::text(out, address);
        out.push_str("</a>");
        written = end;
    }
    escape::text(out, &text[written..]);
    written > 0
}

/// The address at the start of a value (`SOURCE : https://example.org/story The Sample`), or anywhere in it, as bytes.
pub(super) fn first_address(text: &str) -> Option<(usize, usize)> {
    addresses(text).next()
}

/// The places of http and https addresses, as bytes.
fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find("://") {
            let colon = from + found;
            from = colon + 3;
            let Some(start) = scheme_start(text, colon) else { continue };
            if let Some(end) = address_end(text, from) {
                from = end;
                return Some((start, end));
            }
        }
        None
    })
}

/// Where the `http` or `https` before `://` begins, if it is one and no part of a longer word.
fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    let start = ["https", "http"].iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len())?;
        text.get(start..colon)?.eq_ignore_ascii_case(scheme).then_some(start)
    })?;
    let before = text[..start].chars().next_back();
    before.is_none_or(|c| !c.is_ascii_alphanumeric()).then_some(start)
}

/// Where an address ends whose host begins at `host`: at white space, quotes, or the punctuation that closes a sentence.
fn address_end(text: &str, host: usize) -> Option<usize> {
    let stops = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '‘' | '’' | '…') || is_wide_punctuation(c)
    };
    let whole = text[host..].find(stops).map_or(&text[host..], |length| &text[host..host + length]);
    let count = |wanted: char| whole.chars().filter(|c| *c == wanted).count();
    let mut extra_round = count(')').saturating_sub(count('('));
    let mut extra_square = count(']').saturating_sub(count('['));
    let mut kept = whole;
    while let Some(last) = kept.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '|' => {}
            ')' if extra_round > 0 => extra_round -= 1,
            ']' if extra_square > 0 => extra_square -= 1,
            _ => break,
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[').then_some(host + kept.len())
}
