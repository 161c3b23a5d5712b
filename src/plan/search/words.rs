//! Text to the terms by which it is found. `src/builtin/search.js` does the same to what is searched for; both are held against
//! each other, character by character.
//!
//! Letters are folded: compatibility forms, case, accents. What white space and punctuation separate is a term. Scripts that put
//! no blanks between words give overlapping runs of letters instead: two in Chinese, Japanese and Korean, three in Thai, Lao,
//! Khmer and Burmese. A dictionary would cut the same words differently in a text and in a question, and a browser's is not ours;
//! runs find whatever stands in the text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most letters that a term has; what follows does not count.
const LONGEST: usize = 40;

/// How many letters terms must share to be found in one shard: so many have to be typed before all that begin so are found.
const COMMON: usize = 4;

/// Which script a letter belongs to, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// Blanks stand between words.
    Spaced,
    /// None do; terms are runs of so many letters, each with its marks.
    Unspaced(usize),
}

/// Cuts texts into terms. Lent to one text after the other, it need not reserve memory for each.
#[derive(Debug, Default)]
pub(super) struct Words {
    run: String,
    folded: String,
    /// Where the letters of an unspaced run begin, and its end.
    places: Vec<usize>,
}

impl Words {
    /// Gives all terms of a text to `take`, in order.
    pub fn of(&mut self, text: &str, mut take: impl FnMut(&str)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            // Most words of most texts end here, and need no look at Unicode's tables.
            if at == bytes.len() || bytes[at].is_ascii() {
                if at > start {
                    self.ascii(&text[start..at], &mut take);
                }
                at += 1;
                continue;
            }
            let end = text[at..].find(|c| !is_part(c)).map_or(text.len(), |length| at + length);
            if end > start {
                self.fold(&text[start..end]);
                self.runs(&mut take);
            }
            at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        }
    }

    fn ascii(&mut self, word: &str, take: &mut impl FnMut(&str)) {
        self.folded.clear();
        self.folded.push_str(&word[..word.len().min(LONGEST)]);
        self.folded.make_ascii_lowercase();
        take(&self.folded);
    }

    /// Folds letters, into `run`.
    fn fold(&mut self, letters: &str) {
        self.run.clear();
        let bare = letters.nfkd().filter(|c| !is_passed_over(*c)).nfc();
        for c in bare.flat_map(char::to_lowercase) {
            match latin(c) {
                Some(letters) => self.run.push_str(letters),
                None => self.run.push(c),
            }
        }
    }

    /// Cuts folded letters into terms. Folding may have made signs of them (`½`).
    fn runs(&mut self, take: &mut impl FnMut(&str)) {
        let mut start = 0;
        let mut script = None;
        for (at, c) in self.run.char_indices() {
            let own = if !is_word(c) { None } else { Some(script_of(c)) };
            // A mark belongs to what it stands upon.
            let own = if is_combining_mark(c) && script.is_some() { script } else { own };
            if own != script {
                emit(&self.run[start..at], script, &mut self.places, take);
                (start, script) = (at, own);
            }
        }
        emit(&self.run[start..], script, &mut self.places, take);
    }
}

fn emit(run: &str, script: Option<Script>, places: &mut Vec<usize>, take: &mut impl FnMut(&str)) {
    match script {
        None => {}
        Some(Script::Spaced) => take(first(run, LONGEST)),
        Some(Script::Unspaced(width)) => {
            places.clear();
            places.extend(run.char_indices().filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at));
            // A run that begins with a mark has nothing for it to stand upon.
            if let Some(start) = places.first_mut() {
                *start = 0;
            } else {
                places.push(0);
            }
            places.push(run.len());
            let width = width.min(places.len() - 1);
            places.windows(width + 1).for_each(|run_of| take(&run[run_of[0]..run_of[width]]));
        }
    }
}

/// The beginnings of a term by which it is found before all of it is typed, where those that share a shard do not suffice: they are
/// kept for titles and names alone. Each ends in `*`, which no term has. A run of letters is found by any one or two of its own.
pub(super) fn beginnings(term: &str, mut take: impl FnMut(&str)) {
    let mut whole = |part: &str| take(&format!("{part}*"));
    match term.chars().next().map(script_of) {
        Some(Script::Unspaced(width)) => {
            let mut places = Vec::new();
            for size in 1..width {
                emit(term, Some(Script::Unspaced(size)), &mut places, &mut whole);
            }
        }
        _ => {
            let ends = term.char_indices().map(|(at, _)| at).enumerate();
            ends.skip(2).take(COMMON - 2).for_each(|(_, end)| whole(&term[..end]));
        }
    }
}

/// What decides the shard of a term: a word's first letters, so that all words that begin alike lie together; all of anything else.
fn common(term: &str) -> &str {
    let whole = |c| matches!(c, '#' | '@' | '/' | '=') || script_of(c) != Script::Spaced;
    if term.chars().next().is_none_or(whole) { term } else { first(term, COMMON) }
}

/// The shard of a term, of so many: a power of two. FNV-1a over UTF-16.
pub(super) fn shard(term: &str, shards: usize) -> usize {
    let hash = common(term)
        .encode_utf16()
        .fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 16)) as usize & (shards - 1)
}

fn first(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(at, _)| &text[..at])
}

/// Letters, digits and marks.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// What does not end a word.
fn is_part(c: char) -> bool {
    is_word(c) || is_passed_over(c)
}

/// What folding takes out: accents of alphabets, vowel points of Arabic and Hebrew, and signs that only tell where a line may end.
fn is_passed_over(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Letters that have no parts to be taken from them, as they are written without them.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

fn script_of(c: char) -> Script {
    match c {
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::Unspaced(3),
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Unspaced(2),
        _ => Script::Spaced,
    }
}
