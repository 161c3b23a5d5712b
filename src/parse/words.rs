//! Words: counting them, cutting after them, and finding the vocabulary's phrases among them.

#[cfg(test)]
mod tests;
mod vocabulary;

use unicode_normalization::char::is_combining_mark;

pub use vocabulary::{Matcher, match_tags};

/// How many words a text has. What white space separates is one word if it has a letter or digit; in Chinese, Japanese and
/// Korean, each character is one.
pub fn count(text: &str) -> u32 {
    let mut words = 0_u32;
    let mut inside = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            // Most letters of most texts: told apart without a look at Unicode's tables.
            words = words.saturating_add(u32::from(!inside));
            inside = true;
        } else if is_cjk(c) {
            words = words.saturating_add(1);
            inside = false;
        } else if c.is_whitespace() {
            inside = false;
        } else if c.is_alphanumeric() && !inside {
            words = words.saturating_add(1);
            inside = true;
        }
    }
    words
}

/// Whether a character is a letter of Chinese, Japanese or Korean, which are read by character, not by word.
pub fn is_cjk(c: char) -> bool {
    c >= '\u{1100}' && is_letter_of_cjk(c)
}

fn is_letter_of_cjk(c: char) -> bool {
    is_unspaced(c) || matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a character belongs to a script that puts no blanks between words: Han, kana, bopomofo.
pub fn is_unspaced(c: char) -> bool {
    let range = matches!(c,
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{312f}'
        | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}');
    range && c.is_alphanumeric()
}

/// The start of a text on a single line: the whole, if it has at most `limit` characters, else as many words as fit with a
/// closing `…`. Chinese, Japanese and Korean may be cut between any two characters; a word longer than the limit is cut where
/// the limit falls.
pub fn cut(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word.chars().count();
        if length > limit {
            return shortened(&line, limit);
        }
    }
    line
}

/// Shortens a line that is longer than the limit.
fn shortened(line: &str, limit: usize) -> String {
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    let end = line.char_indices().nth(room).map_or(line.len(), |(at, _)| at);
    let kept = &line[..last_boundary(line, end)];
    let kept =
        kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '–' | '—'));
    format!("{}…", kept.trim_end_matches(['、', '，', '。', '；', '：']))
}

/// The last place at or before `end` where a line may be cut.
fn last_boundary(line: &str, end: usize) -> usize {
    let mut after = line[end..].chars().next();
    for (at, before) in line[..end].char_indices().rev() {
        let place = at + before.len_utf8();
        if after.is_none_or(|after| may_part(before, after)) {
            return place;
        }
        after = Some(before);
    }
    whole_character(line, end)
}

/// Whether a line may be cut between two characters.
fn may_part(before: char, after: char) -> bool {
    let clings = is_combining_mark(after) || after == '\u{200d}' || before == '\u{200d}';
    !clings && (before.is_whitespace() || after.is_whitespace() || is_cjk(before) || is_cjk(after))
}

/// The last place at or before `end` that does not part a letter from its marks, or `end` where there is none.
fn whole_character(line: &str, end: usize) -> usize {
    let mut place = end;
    while place > 0 && line[place..].chars().next().is_some_and(is_combining_mark) {
        place -= line[..place].chars().next_back().map_or(place, char::len_utf8);
    }
    if place == 0 { end } else { place }
}
