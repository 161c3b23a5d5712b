//! Alphabetical order, the same on every machine whatever its locale: accents and letter case aside, then by code point.

use unicode_normalization::UnicodeNormalization;

/// The key by which a name is sorted.
pub fn key(name: &str) -> (String, String) {
    (folded(name), name.to_owned())
}

/// The letter under which an index lists a name: in upper case and without accents; `#` for digits and signs.
pub fn letter(name: &str) -> String {
    let first = folded(name).chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic());
    first.map_or_else(|| "#".to_owned(), |letter| letter.to_uppercase().collect())
}

fn folded(name: &str) -> String {
    name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
