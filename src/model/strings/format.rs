//! Gaps in texts, and patterns of dates.

use std::borrow::Cow;

use jiff::civil::DateTime;

/// Fills the gaps of a text: `{number}` by what `value` gives for `number`. A gap that it gives nothing for stays as it is.
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map(|at| open + at);
        let Some((close, value)) = close.and_then(|close| Some((close, value(&rest[open + 1..close])?))) else {
            filled.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        filled.push_str(&rest[..open]);
        filled.push_str(&value);
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

/// The names of a text's gaps.
pub fn gaps(text: &str) -> impl Iterator<Item = &str> {
    let inner = text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name));
    inner.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

/// The lists of names that patterns of dates use, with the length of each.
pub const NAMES: [(&str, usize); 4] = [("months", 12), ("months_short", 12), ("weekdays", 7), ("weekdays_short", 7)];

/// A pattern of strftime with its names of months and days (`%B %b %A %a`) written out: `name` gives one of a list, counted from
/// 0. Where it gives none, the pattern's own name stays.
pub fn localised(pattern: &str, time: DateTime, name: impl Fn(&str, usize) -> Option<String>) -> String {
    let month = usize::from(time.month().unsigned_abs()) - 1;
    let day = usize::from(time.weekday().to_monday_zero_offset().unsigned_abs());
    let mut written = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        let directive = rest[at + 1..].chars().next();
        let named = match directive {
            Some('B') => name("months", month),
            Some('b' | 'h') => name("months_short", month),
            Some('A') => name("weekdays", day),
            Some('a') => name("weekdays_short", day),
            _ => None,
        };
        let end = at + 1 + directive.map_or(0, char::len_utf8);
        match named {
            Some(named) => {
                written.push_str(&rest[..at]);
                written.push_str(&named.replace('%', "%%"));
            }
            None => written.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    written.push_str(rest);
    written
}
