//! Where Hugo serves a page: by its path, its slug, the patterns of its section, or the address that it names.

use jiff::civil::Date;

use super::config::Config;
use crate::import::address;
use crate::model::path::Url;

/// What an address is made of.
pub struct Page<'a> {
    /// The folder below `content/`, without a bundle's own.
    pub folder: &'a str,
    /// The file's name without extension, or the bundle's folder.
    pub stem: &'a str,
    /// The slug that it names.
    pub slug: Option<&'a str>,
    /// The address that it names.
    pub url: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// Its day.
    pub day: Option<Date>,
    /// The language's part of the address.
    pub prefix: &'a str,
}

impl Page<'_> {
    /// The address.
    pub fn address(&self, config: &Config) -> Option<Url> {
        if let Some(url) = self.url {
            let path = if url.contains(':') { self.expanded(url, config) } else { url.to_owned() };
            // Without a slash before it, it is one of the language.
            let prefix = if path.starts_with('/') { "" } else { self.prefix };
            return address::old_decoded(&format!("{prefix}/{path}"));
        }
        let section = self.folder.split('/').next().unwrap_or("").to_lowercase();
        let pattern =
            config.permalinks.iter().find(|(name, _)| *name == section || (section.is_empty() && name == "/"));
        let path = match pattern {
            Some((_, pattern)) => self.expanded(pattern, config),
            None => format!("{}/{}", cleaned(self.folder, config), cleaned(self.slug.unwrap_or(self.stem), config)),
        };
        let path = format!("{}/{path}", self.prefix);
        let ugly = config.ugly || config.ugly_sections.contains(&section);
        if ugly && !path.ends_with('/') && !path.ends_with(".html") {
            return address::old_decoded(&format!("{path}.html"));
        }
        address::old_decoded(&path)
    }

    /// A pattern such as `/:year/:month/:slug/` with its parts filled in.
    fn expanded(&self, pattern: &str, config: &Config) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (token, after) = rest.split_at(end);
            let (range, after) = match after.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
                Some((range, after)) => (range, after),
                None => ("", after),
            };
            out.push_str(&self.token(token, range, config));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn token(&self, token: &str, range: &str, config: &Config) -> String {
        let day = |format: &dyn Fn(Date) -> String| self.day.map(format).unwrap_or_default();
        let sections: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        match token {
            "year" => day(&|day| format!("{:04}", day.year())),
            "month" => day(&|day| format!("{:02}", day.month())),
            "day" => day(&|day| format!("{:02}", day.day())),
            "monthname" => day(&|day| day.strftime("%B").to_string().to_lowercase()),
            "weekday" => day(&|day| day.weekday().to_sunday_zero_offset().to_string()),
            "weekdayname" => day(&|day| day.strftime("%A").to_string().to_lowercase()),
            "yearday" => day(&|day| day.day_of_year().to_string()),
            "section" => cleaned(sections.first().unwrap_or(&""), config),
            "sections" => cleaned(&slice(&sections, range).join("/"), config),
            "title" => urlized(self.title, config),
            "slug" => urlized(self.slug.unwrap_or(self.title), config),
            "slugorfilename" | "slugorcontentbasename" => urlized(self.slug.unwrap_or(self.stem), config),
            "filename" | "contentbasename" => urlized(self.stem, config),
            _ => format!(":{token}"),
        }
    }
}

/// `[1:]`, `[:2]`, `[last]`, `[0]` of some sections.
fn slice<'s>(sections: &'s [&'s str], range: &str) -> Vec<&'s str> {
    let number = |text: &str, default: usize| {
        if text == "last" { sections.len().saturating_sub(1) } else { text.parse().unwrap_or(default) }
    };
    let (start, end) = match range.split_once(':') {
        _ if range.is_empty() => (0, sections.len()),
        Some((start, end)) => (number(start, 0), number(end, sections.len())),
        None => (number(range, 0), number(range, 0) + 1),
    };
    let end = end.min(sections.len());
    sections.get(start.min(end)..end).unwrap_or_default().to_vec()
}

/// A title as one part of an address.
fn urlized(text: &str, config: &Config) -> String {
    cleaned(&text.replace('/', "-"), config)
}

/// A path as Hugo writes it into addresses: in lower case, with hyphens for blanks, without most punctuation.
pub fn cleaned(path: &str, config: &Config) -> String {
    let mut out = String::with_capacity(path.len());
    let mut gap = false;
    for c in path.trim().chars() {
        let allowed =
            c.is_alphanumeric() || "./\\_#+~-@".contains(c) || unicode_normalization::char::is_combining_mark(c);
        if allowed {
            if gap && !out.is_empty() && !out.ends_with(['-', '/']) && c != '-' && c != '/' {
                out.push('-');
            }
            out.push(c);
        }
        gap = if allowed { false } else { gap || c.is_whitespace() || c == '-' };
    }
    if config.keeps_case { out } else { out.to_lowercase() }
}
