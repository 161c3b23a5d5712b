//! Bylines: `By The Copy Desk and The City Desk in Hong Kong`.

/// The longest byline, in characters.
const LIMIT: usize = 120;

/// The most words of one name.
const WORDS: usize = 7;

/// Words of names that are not capitalised.
const PARTICLES: &[&str] = &[
    "a", "al", "at", "bin", "da", "de", "del", "della", "der", "di", "du", "el", "for", "la", "le", "of", "the", "van",
    "von", "y",
];

/// Who wrote an article, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// The names, in order; never empty.
    pub names: Vec<String>,
    /// The place, the dateline.
    pub place: Option<String>,
}

/// Reads a line that is a byline: at most 120 characters, `By` and capitalised names, no full stop but those of initials.
pub(super) fn line(text: &str) -> Option<Byline> {
    if text.chars().nth(LIMIT).is_some() || has_full_stop(text) || text.contains([':', '?', '!', '"', '“']) {
        return None;
    }
    let rest = strip_by(text).filter(|_| !text.starts_with('b'))?;
    let byline = names(rest)?;
    byline.names.iter().all(|name| is_capitalised(name)).then_some(byline)
}

/// Reads names and places, however they are written: the value of BY and AUTHOR.
pub(super) fn names(text: &str) -> Option<Byline> {
    let text = strip_by(text).unwrap_or(text);
    let mut names = Vec::new();
    let mut places = Vec::new();
    for (name, place) in pieces(text).map(split_place) {
        names.extend((!name.is_empty()).then(|| name.to_owned()));
        places.extend(place);
    }
    let place = (!places.is_empty()).then(|| places.join(", "));
    (!names.is_empty()).then_some(Byline { names, place })
}

/// What follows `By `.
fn strip_by(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case("by").then(|| rest.trim())
}

/// Parts ` in PLACE`, where the place is capitalised, from what precedes it.
fn split_place(text: &str) -> (&str, Option<&str>) {
    [" in ", " IN "]
        .iter()
        .filter_map(|word| text.split_once(word))
        .find(|(_, place)| begins_upper(place))
        .map_or((text.trim(), None), |(name, place)| (name.trim(), Some(place.trim().trim_end_matches('.'))))
}

/// Cuts at `,`, `;`, `&` and `and`.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '&', '、', '，', '；'])
        .flat_map(split_and)
        .map(str::trim)
        .map(|piece| piece.strip_prefix("and ").unwrap_or(piece).trim())
        .filter(|piece| !piece.is_empty() && !piece.eq_ignore_ascii_case("and"))
}

fn split_and(text: &str) -> impl Iterator<Item = &str> {
    text.split(" and ").flat_map(|piece| piece.split(" AND "))
}

fn begins_upper(text: &str) -> bool {
    text.trim_start().chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// Whether every word of a name begins with a capital, particles aside.
fn is_capitalised(name: &str) -> bool {
    let mut words = name.split_whitespace();
    name.split_whitespace().count() <= WORDS
        && begins_upper(name)
        && words.all(|word| begins_upper(word) || PARTICLES.contains(&word))
}

/// Whether a text has a full stop that does not stand after a single letter, as in initials.
fn has_full_stop(text: &str) -> bool {
    if text.contains('。') {
        return true;
    }
    text.match_indices('.').any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let initial =
            before.next().is_some_and(char::is_uppercase) && before.next().is_none_or(|c| !c.is_alphanumeric());
        !initial
    })
}
