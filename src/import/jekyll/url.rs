//! Where Jekyll serves a file: by the patterns of its configuration or of its own front matter.

use jiff::civil::DateTime;

use crate::import::address;
use crate::model::path::Url;

/// What an address is made of.
pub struct Parts<'a> {
    /// Categories.
    pub categories: &'a [String],
    /// The date.
    pub date: Option<DateTime>,
    /// The slug of the name: `:title`.
    pub title: &'a str,
    /// The slug in lower case: `:slug`.
    pub slug: &'a str,
    /// The path without extension, below the collection's folder.
    pub path: &'a str,
    /// The folder of a page, with a slash at its end unless it is the top.
    pub folder: &'a str,
    /// The file's name without extension.
    pub stem: &'a str,
    /// The collection's label.
    pub collection: &'a str,
    /// The extension of the output, with its dot.
    pub extension: &'a str,
}

/// The pattern that a name stands for.
pub fn style(permalink: &str) -> &str {
    match permalink {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

/// The end of the addresses of pages and of documents in collections, which follows the one of posts.
pub fn suffix(permalink: &str) -> &'static str {
    match permalink {
        "pretty" => "/",
        "date" | "ordinal" | "none" | "weekdate" => ":output_ext",
        pattern if pattern.ends_with('/') => "/",
        pattern if pattern.ends_with(":output_ext") => ":output_ext",
        _ => "",
    }
}

impl Parts<'_> {
    /// The address by a pattern.
    pub fn address(&self, pattern: &str) -> Option<Url> {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(rest.len());
            // Tokens may stand close together: the longest known beginning counts.
            let token = (1..=end).rev().find_map(|end| Some((end, self.token(&rest[..end])?)));
            match token {
                Some((end, value)) => {
                    out.push_str(&value);
                    rest = &rest[end..];
                }
                None => out.push(':'),
            }
        }
        out.push_str(rest);
        let path = out.trim_start_matches('/');
        // A name without extension is written to a file with one.
        let last = path.rsplit('/').next().unwrap_or("");
        if !last.is_empty() && !last.contains('.') {
            return address::old_decoded(&format!("{path}{}", self.extension));
        }
        address::old_decoded(path)
    }

    fn token(&self, token: &str) -> Option<String> {
        let date = |format: &str| self.date.map(|date| date.strftime(format).to_string()).unwrap_or_default();
        Some(match token {
            "categories" => self.categories.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join("/"),
            "slugified_categories" => {
                self.categories.iter().map(|name| slugified(name, false)).collect::<Vec<_>>().join("/")
            }
            "year" => date("%Y"),
            "short_year" => date("%y"),
            "month" => date("%m"),
            "i_month" => date("%-m"),
            "short_month" => date("%b"),
            "long_month" => date("%B"),
            "day" => date("%d"),
            "i_day" => date("%-d"),
            "y_day" => date("%j"),
            "short_day" => date("%a"),
            "long_day" => date("%A"),
            "week" => date("%V"),
            "w_year" => date("%G"),
            "w_day" => date("%u"),
            "hour" => date("%H"),
            "minute" => date("%M"),
            "second" => date("%S"),
            "title" => self.title.to_owned(),
            "slug" => self.slug.to_owned(),
            "name" => slugified(self.stem, false),
            "basename" => self.stem.to_owned(),
            "path" if self.collection.is_empty() => self.folder.to_owned(),
            "path" => self.path.to_owned(),
            "collection" => self.collection.to_owned(),
            "output_ext" => self.extension.to_owned(),
            _ => return None,
        })
    }
}

/// A name as a part of an address: runs of anything but letters and digits are one hyphen. The pretty form keeps some signs.
pub fn slugified(name: &str, pretty: bool) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || pretty && "._~!$&'()+,;=@".contains(c)
        {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches('-');
    if pretty { out.to_owned() } else { out.to_lowercase() }
}

/// A pattern in Byline's notation, where it has one.
pub fn pattern_of(permalink: &str) -> Option<String> {
    let pattern = style(permalink).replace("/:categories", "").replace(":output_ext", ".html");
    let mut out = String::new();
    for part in pattern.trim_matches('/').split('/') {
        out.push('/');
        out.push_str(match part {
            ":year" => "{year}",
            ":month" => "{month}",
            ":day" => "{day}",
            ":title" | ":slug" => "{slug}",
            ":title.html" | ":slug.html" => "{slug}.html",
            part if !part.contains([':', '{', '}']) => part,
            _ => return None,
        });
    }
    let end = if out.ends_with(".html") { "" } else { "/" };
    out.contains("{slug}").then(|| format!("{out}{end}"))
}
