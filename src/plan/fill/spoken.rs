//! What parsing itself says in a body, in the language of the page: titles of alerts, names of tables, ways back from footnotes.
//! Parsing knows no strings, and says these in English.

use crate::model::digest::Digest;
use crate::model::escape;
use crate::model::strings::Strings;

/// How the places begin where parsing says something, how they end, what it says in English, and the key of that.
const PLACES: [(&str, &str, &str, &str); 7] = [
    ("<p class=\"alert-title\">", "</p>", "Note", "note"),
    ("<p class=\"alert-title\">", "</p>", "Tip", "tip"),
    ("<p class=\"alert-title\">", "</p>", "Important", "important"),
    ("<p class=\"alert-title\">", "</p>", "Warning", "warning"),
    ("<p class=\"alert-title\">", "</p>", "Caution", "caution"),
    ("<div class=\"table\" role=\"group\" aria-label=\"", "\"", "Table", "table"),
    ("role=\"doc-backlink\" aria-label=\"", "\"", "Back to reference {label}", "back_to_reference"),
];

/// Within how many bytes such a place ends.
const NEAR: usize = 64;

/// The digest of all that a language may have a body say.
pub(in crate::plan) fn digest(strings: &Strings) -> Digest {
    Digest::of_value(&PLACES.map(|(.., key)| strings.text(key)))
}

/// The body as its language says it.
pub(super) fn spoken(html: String, strings: &Strings) -> String {
    let mut html = html;
    for (open, close, english, key) in PLACES {
        let said = strings.text(key);
        if said != english && html.contains(open) {
            html = replaced(&html, (open, close), english, said);
        }
    }
    html
}

fn replaced(html: &str, (open, close): (&str, &str), english: &str, said: &str) -> String {
    let (before, after) = english.split_once("{label}").unwrap_or((english, ""));
    let mut filled = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find(open) {
        let start = at + open.len();
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        // No label is longer: what an author wrote is not searched to its end.
        let Some(end) = rest[..rest.floor_char_boundary(NEAR)].find(close) else { continue };
        let label = rest[..end].strip_prefix(before).and_then(|text| text.strip_suffix(after));
        // Where something else stands, or more, an author wrote it.
        let is_label = |label: &&str| label.chars().all(|c| c.is_ascii_digit() || c == '-');
        let fits = |label: &&str| is_label(label) && label.is_empty() != english.contains("{label}");
        let Some(label) = label.filter(fits) else { continue };
        filled.push_str(&escape::to_attribute(&said.replace("{label}", label)));
        rest = &rest[end..];
    }
    filled.push_str(rest);
    filled
}
