//! Where Pelican saves an article: by patterns such as `{date:%Y}/{slug}.html`.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::import::address;
use crate::model::path::Url;

/// The pattern of articles where the settings say nothing, and those of other kinds.
pub const ARTICLE: &str = "{slug}.html";
pub const ARTICLE_IN_LANGUAGE: &str = "{slug}-{lang}.html";
pub const PAGE: &str = "pages/{slug}.html";
pub const PAGE_IN_LANGUAGE: &str = "pages/{slug}-{lang}.html";

/// What an address is made of.
pub struct Parts<'a> {
    /// The slug.
    pub slug: &'a str,
    /// The language.
    pub language: &'a str,
    /// The category's slug.
    pub category: &'a str,
    /// The first author's slug.
    pub author: &'a str,
    /// The date.
    pub date: Option<DateTime>,
    /// What else is said of it.
    pub others: &'a BTreeMap<String, String>,
}

impl Parts<'_> {
    /// The address by a pattern.
    pub fn address(&self, pattern: &str) -> Option<Url> {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let (token, after) = rest[at + 1..].split_once('}')?;
            let (name, format) = token.split_once(':').unwrap_or((token, ""));
            match name {
                "slug" => out.push_str(self.slug),
                "lang" => out.push_str(self.language),
                "category" => out.push_str(self.category),
                "author" => out.push_str(self.author),
                "date" => out.push_str(&jiff::fmt::strtime::format(format, self.date?).ok()?),
                other => out.push_str(self.others.get(other)?),
            }
            rest = after;
        }
        out.push_str(rest);
        if out.ends_with('/') { None } else { address::old_decoded(&out) }
    }
}

/// A pattern in Byline's notation, where it has one.
pub fn pattern_of(pattern: &str) -> Option<String> {
    let out = pattern.replace("{date:%Y}", "{year}").replace("{date:%m}", "{month}").replace("{date:%d}", "{day}");
    let out = out.trim_start_matches('/').trim_end_matches("index.html").to_owned();
    let known =
        ["{year}", "{month}", "{day}", "{slug}"].iter().fold(out.clone(), |rest, token| rest.replace(token, ""));
    (out.contains("{slug}") && !known.contains('{')).then(|| format!("/{out}"))
}

/// A title as Pelican makes a slug of it: in ASCII, words and hyphens alone.
pub fn slugified(text: &str) -> String {
    let ascii = deunicode::deunicode(text);
    let mut out = String::new();
    for c in ascii.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => out.push(c.to_ascii_lowercase()),
            c if (c.is_whitespace() || c == '-') && !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_pelican() {
        assert_eq!(slugified("Café: it's -- a_test, (really)!"), "cafe-its-a_test-really");
        assert_eq!(pattern_of("{date:%Y}/{slug}/index.html").as_deref(), Some("/{year}/{slug}/"));
        assert_eq!(pattern_of("{category}/{slug}.html"), None);
    }
}
