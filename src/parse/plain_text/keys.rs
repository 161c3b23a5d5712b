//! Key lines: `PUBLISHED : Thursday, 26 October, 2017`, one or more to a line.

use super::lines::Line;

/// What a key of plain text sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// PUBLISHED, DATE.
    Published,
    /// UPDATED, LAST UPDATED.
    Updated,
    /// BY, AUTHOR, AUTHORS, AUTHOR(S).
    Authors,
    /// TAGS, KEYWORDS.
    Tags,
    /// SECTION.
    Section,
    /// SOURCE.
    Source,
    /// TITLE.
    Title,
    /// SUMMARY.
    Summary,
}

/// The keys as they are written.
const KEYS: &[(&str, Key)] = &[
    ("PUBLISHED", Key::Published),
    ("DATE", Key::Published),
    ("UPDATED", Key::Updated),
    ("LAST UPDATED", Key::Updated),
    ("BY", Key::Authors),
    ("AUTHOR", Key::Authors),
    ("AUTHORS", Key::Authors),
    ("AUTHOR(S)", Key::Authors),
    ("TAGS", Key::Tags),
    ("KEYWORDS", Key::Tags),
    ("SECTION", Key::Section),
    ("SOURCE", Key::Source),
    ("TITLE", Key::Title),
    ("SUMMARY", Key::Summary),
];

/// The longest name of a key, in characters: more is a sentence with a colon in it.
const NAME: usize = 32;

/// The longest value of an unknown key, in characters.
const UNKNOWN_VALUE: usize = 200;

/// The most keys of one line.
const ENTRIES: usize = 16;

/// The longest key line, in bytes: as much as all front matter may have.
const LINE: usize = 64 * 1024;

/// The names of all keys.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(name, _)| *name)
}

/// One key and its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'l> {
    /// What it sets; `None` for an unknown key.
    pub key: Option<Key>,
    /// The key as written.
    pub name: &'l str,
    /// The value, without the white space around it.
    pub value: &'l str,
    /// Where the key begins in the line, in bytes.
    name_at: usize,
    /// Where the value begins in the line, in bytes.
    value_at: usize,
}

impl Entry<'_> {
    /// Where the key stands: characters from the start of its line.
    pub fn name_column(&self, line: &Line) -> u32 {
        line.text[..self.name_at].chars().count() as u32
    }

    /// Where the value stands: characters from the start of its line.
    pub fn value_column(&self, line: &Line) -> u32 {
        line.text[..self.value_at].chars().count() as u32
    }

    /// Whether it may follow another on its line.
    fn continues(&self) -> bool {
        self.key.is_some() || self.is_upper()
    }

    /// Whether the key is written in capitals.
    pub fn is_upper(&self) -> bool {
        self.name.chars().any(char::is_uppercase) && !self.name.chars().any(char::is_lowercase)
    }
}

/// The entries of a line, if it is a key line: one that begins with a key. Two on one line are parted by `|`.
pub(super) fn entries(line: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    if line.len() > LINE {
        return entries;
    }
    let mut from = 0;
    for piece in line.split('|') {
        match entry(piece, from) {
            Some(entry) if entries.is_empty() || (entry.continues() && entries.len() < ENTRIES) => entries.push(entry),
            _ => match entries.last_mut() {
                // A `|` that no key follows belongs to the value.
                Some(last) => last.value = line[last.value_at..from + piece.len()].trim_end(),
                None => return entries,
            },
        }
        from += piece.len() + 1;
    }
    entries
}

/// Reads `KEY : value`, which begins `from` bytes into its line.
fn entry(piece: &str, from: usize) -> Option<Entry<'_>> {
    let (colon, mark) = piece.char_indices().take(NAME * 2).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (before, after) = (&piece[..colon], &piece[colon + mark.len_utf8()..]);
    let (name, value) = (before.trim(), after.trim());
    if !is_name(name) || after.starts_with("//") {
        return None;
    }
    Some(Entry {
        key: known(name),
        name,
        value,
        name_at: from + before.len() - before.trim_start().len(),
        value_at: from + piece.len() - after.trim_start().len(),
    })
}

/// Whether a text may be a key at all: up to four words, of letters and digits.
fn is_name(name: &str) -> bool {
    let belongs = |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '_' | '(' | ')');
    name.chars().next().is_some_and(char::is_alphabetic)
        && name.chars().all(belongs)
        && name.chars().count() <= NAME
        && name.split_whitespace().count() <= 4
}

/// The key of that name, in any case.
fn known(name: &str) -> Option<Key> {
    let plain: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    let plain = plain.join(" ").replace(" (", "(");
    KEYS.iter().find(|(known, _)| plain.eq_ignore_ascii_case(known)).map(|(_, key)| *key)
}

/// What a line can be to a key block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It has a known key.
    Known {
        /// Written in capitals.
        upper: bool,
    },
    /// It has the form of a key line, with an unknown key.
    Unknown {
        /// Written in capitals.
        upper: bool,
    },
    /// Anything else.
    Text,
}

/// What a line can be to a key block.
pub(super) fn role(line: &Line) -> Role {
    let entries = entries(&line.text);
    let Some(first) = entries.first().filter(|_| !line.caption) else { return Role::Text };
    let upper = first.is_upper();
    if entries.iter().any(|entry| entry.key.is_some()) {
        Role::Known { upper }
    } else if is_sentence(first.value) {
        Role::Text
    } else {
        Role::Unknown { upper }
    }
}

/// Whether what follows an unknown key is prose: `HONG KONG: The ferries stopped in the night, their crews said.`
fn is_sentence(value: &str) -> bool {
    let closed = value.ends_with(['.', '!', '?', '。', '！', '？', '"', '”', '」']);
    value.chars().nth(UNKNOWN_VALUE).is_some() || (closed && value.split_whitespace().nth(4).is_some())
}
