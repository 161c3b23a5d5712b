//! site.yaml to the configuration: every key checked, every default filled in.

mod menus;
mod permalink;
pub mod publish;
#[cfg(test)]
mod tests;

use super::encoding::utf8;
use super::excerpt::Excerpt;
use super::fields::Fields;
use super::front_matter::{FAULTY, HTML, language, text_overrides};
use super::node::{Entry, Kind, Node, json_map};
use super::yaml;
use crate::model::code::Code;
use crate::model::config::{
    Broken, Config, Faulty, Feeds, HtmlMode, PageStyle, Pagination, Permalink, Search, TextOptions,
};
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};
use crate::model::front_matter::Extra;
use crate::model::path::{Base, SlugStyle};
use crate::model::source::Source;
use crate::model::suggest::nearest;

/// The most that site.yaml may have, in bytes.
const LIMIT: usize = 1024 * 1024;

/// The greatest `search.recency`, in days: a thousand years.
const RECENCY_LIMIT: i64 = 365_250;

/// The greatest `pagination.size`.
const PAGE_SIZE_LIMIT: i64 = 10_000;

/// The keys of site.yaml.
pub const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "language",
    "timezone",
    "theme",
    "permalink",
    "slugs",
    "pagination",
    "feeds",
    "taxonomies",
    "menus",
    "article_type",
    "authors",
    "links",
    "faulty",
    "text",
    "html",
    "highlight",
    "images",
    "search",
    "publish",
    "theme_options",
    "extra",
];

/// What holds where site.yaml says nothing.
pub fn default_config() -> Config {
    Config {
        title: String::new(),
        description: String::new(),
        base: Base { origin: "http://localhost:8080".to_owned(), path: String::new() },
        language: "en".to_owned(),
        timezone: Zone::utc(),
        theme: "broadsheet".to_owned(),
        permalink: Permalink::standard(),
        slugs: SlugStyle::Unicode,
        pagination: Pagination { style: PageStyle::Stable, size: 20 },
        feeds: Feeds { atom: true, json: false, rss: false },
        taxonomies: Vec::new(),
        menus: Vec::new(),
        article_type: "NewsArticle".to_owned(),
        strict_authors: false,
        broken_links: Broken::Error,
        faulty: Faulty::Fail,
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: true,
        search: None,
        publish: Vec::new(),
        theme_options: Extra::new(),
        extra: Extra::new(),
    }
}

/// Reads site.yaml. The value is `None` where any of it is in error.
pub fn parse(source: &Source) -> Noted<Option<Config>> {
    let Noted { value, diagnostics } = salvage(source);
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Noted { value: value.filter(|_| !failed), diagnostics }
}

/// Reads of site.yaml what can be read, and takes defaults for the rest: so the other files can be examined, too. The value is
/// `None` where there are no keys to be read.
pub fn salvage(source: &Source) -> Noted<Option<Config>> {
    let mut fields = Fields::new(&source.path, Code::Config);
    let mut config = default_config();
    let entries = document(source, LIMIT, &mut fields);
    let unreadable = entries.is_empty() && fields.notes.iter().any(Diagnostic::is_error);
    for entry in entries {
        key(&mut config, &mut fields, entry);
    }
    Noted { value: (!unreadable).then_some(config), diagnostics: fields.notes }
}

/// Where a key of site.yaml stands (`["theme_options", "accent"]`), or the nearest key above it that is given: for what turns out
/// to be wrong only later. It reads the file anew.
pub fn key_mark(source: &Source, keys: &[&str]) -> Mark {
    let mut mark = Mark::file(&source.path);
    let mut entries = document(source, LIMIT, &mut Fields::new(&source.path, Code::Config));
    for key in keys {
        let Some(entry) = entries.into_iter().find(|entry| entry.key == *key) else { break };
        mark = Mark::at(&source.path, entry.at);
        entries = match entry.value.kind {
            Kind::Map(entries) => entries,
            _ => Vec::new(),
        };
    }
    mark
}

/// The top mapping of a YAML file; what is wrong with the file is noted.
pub fn document(source: &Source, limit: usize, fields: &mut Fields<'_>) -> Vec<Entry> {
    if source.bytes.len() > limit {
        let message = format!("{} is longer than {} KiB", source.path.name(), limit / 1024);
        fields.error_of(Code::Limit, Position::new(1, 1), message, "shorten it");
        return Vec::new();
    }
    let text = match utf8(&source.path, &source.bytes) {
        Ok(text) => text,
        Err(fault) => {
            fields.note(*fault);
            return Vec::new();
        }
    };
    let noted = yaml::read(&Excerpt::new(&source.path, text, 1));
    fields.note_all(noted.diagnostics);
    let Some(node) = noted.value else { return Vec::new() };
    let found = node.described();
    match node.kind {
        Kind::Map(entries) => entries,
        Kind::Null => Vec::new(),
        _ => {
            let message = format!("the file is a mapping of keys to values, and here is {found}");
            fields.error(node.at, message, "write `key: value`, one to a line");
            Vec::new()
        }
    }
}

fn key(config: &mut Config, fields: &mut Fields<'_>, entry: Entry) {
    let node = &entry.value;
    match entry.key.as_str() {
        "title" => set(&mut config.title, fields.line("title", node)),
        "description" => set(&mut config.description, fields.line("description", node)),
        "base_url" => set(&mut config.base, base_url(fields, node)),
        "language" => set(&mut config.language, language(fields, "language", node)),
        "timezone" => set(&mut config.timezone, timezone(fields, node)),
        "theme" => set(&mut config.theme, theme(fields, node)),
        "permalink" => set(&mut config.permalink, permalink::read(fields, node)),
        "slugs" => {
            let styles = [("unicode", SlugStyle::Unicode), ("ascii", SlugStyle::Ascii)];
            set(&mut config.slugs, fields.choice("slugs", node, &styles));
        }
        "pagination" => pagination(&mut config.pagination, fields, node),
        "feeds" => feeds(&mut config.feeds, fields, node),
        "taxonomies" => set(&mut config.taxonomies, menus::taxonomies(fields, node)),
        "menus" => set(&mut config.menus, menus::menus(fields, node)),
        "article_type" => set(&mut config.article_type, article_type(fields, node)),
        "authors" => set(&mut config.strict_authors, only_key(fields, "authors", "strict", node, Fields::boolean)),
        "links" => set(&mut config.broken_links, only_key(fields, "links", "broken", node, broken)),
        "faulty" => set(&mut config.faulty, fields.choice("faulty", node, FAULTY)),
        "text" => {
            let text = text_overrides(fields, node).map(|text| text.on(&TextOptions::default()));
            set(&mut config.text, text);
        }
        "html" => set(&mut config.html, fields.choice("html", node, HTML)),
        "highlight" => set(&mut config.highlight, highlight(fields, node)),
        "publish" => publish::publish(config, fields, node),
        "search" => set(&mut config.search, search(fields, node)),
        // Read by the stages that it concerns; here only its form is checked.
        "images" => {
            fields.map(&entry.key, node);
        }
        "theme_options" => set(&mut config.theme_options, free(fields, "theme_options", entry.value)),
        "extra" => set(&mut config.extra, free(fields, "extra", entry.value)),
        _ => fields.unknown(&entry, "", KEYS, true),
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// A mapping whose keys are free.
fn free(fields: &mut Fields<'_>, key: &str, node: Node) -> Option<Extra> {
    fields.map(key, &node)?;
    match node.kind {
        Kind::Map(entries) => Some(json_map(entries)),
        _ => None,
    }
}

/// A mapping that knows one key.
fn only_key<'a, T>(
    fields: &mut Fields<'a>,
    key: &str,
    only: &str,
    node: &Node,
    read: impl Fn(&mut Fields<'a>, &str, &Node) -> Option<T>,
) -> Option<T> {
    let mut value = None;
    for entry in fields.map(key, node)? {
        if entry.key == only {
            value = read(fields, &format!("{key}.{only}"), &entry.value);
        } else {
            fields.unknown(entry, &format!("{key}."), &[only], true);
        }
    }
    value
}

fn broken(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<Broken> {
    fields.choice(key, node, &[("error", Broken::Error), ("warn", Broken::Warn)])
}

fn base_url(fields: &mut Fields<'_>, node: &Node) -> Option<Base> {
    let text = fields.line("base_url", node)?;
    let base = Base::parse(&text);
    if base.is_none() {
        let message = format!("`base_url` must be an http or https address, and here is `{text}`");
        fields.error(
            node.at,
            message,
            "write `https://example.org/` or, for a project page, `https://example.org/project/`",
        );
    }
    base
}

fn timezone(fields: &mut Fields<'_>, node: &Node) -> Option<Zone> {
    let name = fields.line("timezone", node)?;
    if let Some(zone) = Zone::named(&name) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    let hint = match nearest(&name.replace(' ', "_"), known.iter().map(String::as_str)) {
        Some(zone) => format!("did you mean `{zone}`?"),
        None => "write a name of the IANA database, such as `Europe/Paris`, or `UTC`".to_owned(),
    };
    fields.error(node.at, format!("unknown time zone `{name}`"), hint);
    None
}

fn theme(fields: &mut Fields<'_>, node: &Node) -> Option<String> {
    let name = fields.line("theme", node)?;
    if !name.contains('/') && crate::model::path::OutPath::new(&name).is_ok() {
        return Some(name);
    }
    fields.error(node.at, format!("`{name}` cannot be the name of a theme"), "write the name of a folder of themes/");
    None
}

fn article_type(fields: &mut Fields<'_>, node: &Node) -> Option<String> {
    let name = fields.line("article_type", node)?;
    if name.chars().all(|c| c.is_ascii_alphanumeric()) && name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Some(name);
    }
    let hint = "write `NewsArticle`, `BlogPosting`, `Article` or another type of schema.org";
    fields.error(node.at, format!("`{name}` is no type of schema.org"), hint);
    None
}

fn pagination(pagination: &mut Pagination, fields: &mut Fields<'_>, node: &Node) {
    for entry in fields.map("pagination", node).unwrap_or_default() {
        match entry.key.as_str() {
            "style" => {
                let styles = [("stable", PageStyle::Stable), ("newest-first", PageStyle::NewestFirst)];
                set(&mut pagination.style, fields.choice("pagination.style", &entry.value, &styles));
            }
            "size" => set(&mut pagination.size, page_size(fields, "pagination.size", &entry.value)),
            _ => fields.unknown(entry, "pagination.", &["style", "size"], true),
        }
    }
}

/// How many articles a page of a list has: 1 to 10,000.
pub fn page_size(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<usize> {
    let size = fields.integer(key, node)?;
    if (1..=PAGE_SIZE_LIMIT).contains(&size) {
        return usize::try_from(size).ok();
    }
    fields.wrong(key, "a whole number from 1 to 10000", node, "20 is usual");
    None
}

fn feeds(feeds: &mut Feeds, fields: &mut Fields<'_>, node: &Node) {
    for entry in fields.map("feeds", node).unwrap_or_default() {
        let place = match entry.key.as_str() {
            "atom" => &mut feeds.atom,
            "json" => &mut feeds.json,
            "rss" => &mut feeds.rss,
            _ => {
                fields.unknown(entry, "feeds.", &["atom", "json", "rss"], true);
                continue;
            }
        };
        set(place, fields.boolean(&format!("feeds.{}", entry.key), &entry.value));
    }
}

fn highlight(fields: &mut Fields<'_>, node: &Node) -> Option<bool> {
    match node.kind {
        Kind::Map(_) => only_key(fields, "highlight", "enabled", node, Fields::boolean),
        _ => fields.boolean("highlight", node),
    }
}

/// `search: true`, or its keys; with any of them the site is searched, unless it says `enabled: false`.
fn search(fields: &mut Fields<'_>, node: &Node) -> Option<Option<Search>> {
    const KEYS: &[&str] = &["enabled", "recency", "body"];
    let mut search = Search { body: true, recency: None };
    if let Kind::Bool(enabled) = node.kind {
        return Some(enabled.then_some(search));
    }
    let mut enabled = true;
    for entry in fields.map("search", node)? {
        let value = &entry.value;
        match entry.key.as_str() {
            "enabled" => set(&mut enabled, fields.boolean("search.enabled", value)),
            "body" => set(&mut search.body, fields.boolean("search.body", value)),
            "recency" => search.recency = recency(fields, value),
            _ => fields.unknown(entry, "search.", KEYS, true),
        }
    }
    Some(enabled.then_some(search))
}

/// Days, 1 to a thousand years; `false` for none.
fn recency(fields: &mut Fields<'_>, node: &Node) -> Option<u32> {
    let days = match node.kind {
        Kind::Bool(false) => return None,
        Kind::Integer(days, _) if (1..=RECENCY_LIMIT).contains(&days) => u32::try_from(days).ok(),
        _ => None,
    };
    if days.is_none() {
        fields.wrong("search.recency", "a number of days from 1 to 365250", node, "365 is usual for news");
    }
    days
}
