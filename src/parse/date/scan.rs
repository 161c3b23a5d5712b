//! A printed date as tokens: numbers, words and marks, each with its place.

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits.
    Number(String),
    /// Letters in lower case, without the dots of abbreviations (`a.m.` is `am`). Han, kana and Hangul come one by one.
    Word(String),
    /// Anything else that is not white space.
    Mark(char),
}

/// A token, and the characters that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Its first character, counted from 0.
    pub start: usize,
    /// The first character after it.
    pub end: usize,
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The digits, if it is a number.
    pub fn digits(&self) -> Option<&str> {
        match &self.kind {
            Kind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// Whether it is one of these marks.
    pub fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }
}

/// Full-width forms (U+FF01 to U+FF5E) as ASCII, so that dates set in Chinese and Japanese type read like others.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '−' => '-',
        c => c,
    }
}

/// Cuts a text, already [narrowed](narrow), into tokens.
pub(super) fn tokens(chars: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        let kind = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c.is_ascii_digit() {
            at = run(chars, at, |c| c.is_ascii_digit());
            Kind::Number(chars[start..at].iter().collect())
        } else if is_syllable(c) {
            at += 1;
            Kind::Word(c.to_string())
        } else if c.is_alphabetic() {
            let (word, end) = word(chars, at);
            at = end;
            Kind::Word(word)
        } else {
            at += 1;
            Kind::Mark(c)
        };
        tokens.push(Token { kind, start, end: at });
    }
    tokens
}

fn run(chars: &[char], from: usize, belongs: impl Fn(char) -> bool) -> usize {
    chars[from..].iter().position(|c| !belongs(*c)).map_or(chars.len(), |length| from + length)
}

/// Scripts written without blanks between words.
fn is_syllable(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A word, and `a.m.` or `U.T.C.` as one: single letters that dots join.
fn word(chars: &[char], from: usize) -> (String, usize) {
    let is_letter = |c: char| c.is_alphabetic() && !is_syllable(c);
    let mut end = run(chars, from, is_letter);
    let mut letters: String = chars[from..end].iter().collect();
    if end - from == 1 {
        while chars.get(end) == Some(&'.') && chars.get(end + 1).copied().is_some_and(is_letter) {
            letters.push(chars[end + 1]);
            end += 2;
        }
        if letters.chars().count() > 1 && chars.get(end) == Some(&'.') {
            end += 1;
        }
    }
    (letters.to_lowercase(), end)
}
