//! A file of Jekyll's with front matter: its keys with the defaults that hold for it, its new file and its address.

use std::collections::BTreeMap;

use super::config::{Class, Config};
use super::redirects::{self, Away};
use super::url::{self, Parts, slugified};
use super::{folders_before, output_extension, plural};
use crate::import::address;
use crate::import::collection::{Article, Markup};
use crate::import::formats;
use crate::import::front::{Front, find, names, text, texts, truth};
use crate::import::keys;
use crate::import::tree::{extension, folder, name, without_extension};
use crate::model::diagnostic::Diagnostic;
use crate::model::path::SitePath;
use crate::parse::node::Entry;

/// Keys that say how Jekyll renders a file, or whose work is done by what it becomes.
const OF_TEMPLATES: &[&str] = &[
    "layout",
    "permalink",
    "redirect_from",
    "redirect_to",
    "slug",
    "ext",
    "excerpt_separator",
    "category",
    "categories",
    "tag",
    "tags",
    "render_with_liquid",
    "pagination",
    "sitemap",
    "published",
];

/// What becomes of a file.
pub enum Found {
    /// An article or page.
    Article(Box<Article>),
    /// A page that only leads elsewhere.
    Away(Box<Away>),
    /// Nothing, and why.
    Nothing(&'static str),
}

/// Whether a file holds text that Jekyll turns into a page.
pub fn is_text(path: &str, config: &Config) -> bool {
    let kind = extension(path);
    config.markdown.contains(&kind) || matches!(kind.as_str(), "html" | "htm" | "textile" | "adoc" | "asciidoc")
}

/// Reads a file.
pub fn read(config: &Config, path: &str, class: &Class, source: &str, notes: &mut Vec<Diagnostic>) -> Found {
    if !is_text(path, config) {
        return Found::Nothing("a file that is a template was left out: it is no page of text");
    }
    let dated = dated_name(name(without_extension(path)));
    if *class == Class::Post && dated.is_none() {
        return Found::Nothing("the post was left out: Jekyll takes none whose name has no date (2017-10-26-name.md)");
    }
    if name(without_extension(path)) == "404" && *class == Class::Page {
        return Found::Nothing("the page was left out: the new site makes a 404.html of its own");
    }
    let opening = formats::open(path, source, notes);
    let mut entries = opening.keys;
    for default in config.defaults(path, class).into_iter().rev() {
        if find(&entries, &default.key).is_none() {
            entries.push(default);
        }
    }
    let kind = extension(path);
    let markup = match kind.as_str() {
        "html" | "htm" => Markup::Html,
        "textile" => Markup::Foreign("Textile"),
        "adoc" | "asciidoc" => Markup::Foreign("AsciiDoc"),
        _ => Markup::Markdown,
    };
    let mut article = Article {
        source: SitePath::new(path),
        target: target(config, path, class, markup),
        front: Front::default(),
        body: body(&opening.body, &entries, config),
        first_line: opening.first_line,
        markup,
        old: None,
        date: None,
        values: BTreeMap::new(),
    };
    for entry in &entries {
        key(&mut article, entry, config, notes);
    }
    let (day, rest) = match (&dated, class) {
        (Some((day, rest)), Class::Post | Class::Collection(_) | Class::Draft) => (Some(day.as_str()), *rest),
        _ => (None, name(without_extension(path))),
    };
    if let (None, Some(day)) = (article.date, day) {
        keys::set_date(&mut article, day, &config.zone);
    }
    let slug = find(&entries, "slug").and_then(text).unwrap_or_else(|| rest.to_owned());
    if article.front.get("title").is_none() && *class != Class::Page {
        article.front.set("title", titleized(&slug));
    }
    let hidden = find(&entries, "published").and_then(truth) == Some(false);
    if *class == Class::Draft || hidden {
        article.front.set("draft", true);
    }
    if *class == Class::Page {
        article.front.set("page", true);
        if !article.target.contains('/') {
            article.front.remove("page");
        }
    }
    let categories = categories(&mut article, path, class, &entries, notes);
    article.old = old(config, &article, path, class, &entries, &categories, &slug);
    redirects::from(&mut article, &entries, notes);
    if article.body.contains("{:toc") {
        article.front.set("toc", true);
    }
    let away = find(&entries, "redirect_to").and_then(|node| Some((texts(node).into_iter().next()?, node.at)));
    match away {
        Some((to, at)) => Found::Away(Box::new(Away { article, to, at })),
        None => Found::Article(Box::new(article)),
    }
}

/// The text, with the line that ends an excerpt as Byline has it.
fn body(text_of: &str, entries: &[Entry], config: &Config) -> String {
    let own = find(entries, "excerpt_separator").and_then(text);
    let separator = own.unwrap_or_else(|| config.excerpt_separator.clone());
    match separator.trim() {
        "" => text_of.to_owned(),
        separator => text_of.replacen(separator, "<!-- more -->", 1),
    }
}

/// The new file: posts in `posts/` or the folder of their category, documents in that of their collection.
fn target(config: &Config, path: &str, class: &Class, markup: Markup) -> String {
    let stem = without_extension(path);
    let kind = if markup == Markup::Html { "html" } else { "md" };
    let stem = match class {
        Class::Page => stem.to_owned(),
        Class::Collection(label) => format!("{label}/{}", config.below_shelf(stem)),
        Class::Post | Class::Draft => {
            let marker = if *class == Class::Post { "_posts" } else { "_drafts" };
            let before = folders_before(path, marker).join("/");
            let below = stem.split_once(&format!("{marker}/")).map_or(stem, |(_, below)| below);
            let home = if before.is_empty() { "posts" } else { &before };
            format!("{home}/{below}")
        }
    };
    let parts: Vec<&str> = stem.split('/').map(|part| part.trim_start_matches('_')).collect();
    format!("{}.{kind}", parts.join("/"))
}

/// The date that a name begins with, in full, and what follows: `2017-1-5-name`.
fn dated_name(stem: &str) -> Option<(String, &str)> {
    let mut parts = stem.splitn(4, '-');
    let mut number = |most: usize| {
        let part = parts.next()?;
        (part.len() <= most && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(part)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let rest = parts.next()?;
    let year: u32 = year.parse().ok()?;
    let year = if year < 100 { 2000 + year } else { year };
    Some((format!("{year:04}-{month:0>2}-{day:0>2}"), rest))
}

/// `a-new-bridge` is `A New Bridge`.
fn titleized(slug: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    slug.split(['-', ' ']).filter(|part| !part.is_empty()).map(word).collect::<Vec<_>>().join(" ")
}

fn key(article: &mut Article, entry: &Entry, config: &Config, notes: &mut Vec<Diagnostic>) {
    let node = &entry.value;
    match entry.key.as_str() {
        "title" => article.front.set_maybe("title", text(node)),
        "description" => article.front.set_maybe("standfirst", text(node)),
        "excerpt" | "summary" | "subtitle" if article.front.get("standfirst").is_none() => {
            article.front.set_maybe("standfirst", text(node));
        }
        "date" => keys::moment(article, "date", entry, &config.zone, notes),
        "last_modified_at" | "modified" | "updated" | "lastmod" if article.front.get("updated").is_none() => {
            keys::moment(article, "updated", entry, &config.zone, notes);
        }
        "author" | "authors" => {
            let before = article.front.texts("authors").into_iter().map(str::to_owned);
            let (good, _) = names(before.chain(keys::people(node)).collect());
            article.front.set_list("authors", good);
        }
        "lang" => article.front.set_maybe("lang", text(node).and_then(|lang| crate::import::settings::language(&lang))),
        "toc" if truth(node) == Some(true) => article.front.set("toc", true),
        "featured" if truth(node) == Some(true) => article.front.set("featured", true),
        "series" => keys::series(article, node),
        "image" | "cover" | "thumbnail" if article.front.get("image").is_none() => match keys::image(node) {
            Some(image) => article.front.set("image", image),
            None => article.front.keep(&entry.key, node.clone().into_json()),
        },
        key if OF_TEMPLATES.contains(&key) => {}
        key => article.front.keep(key, node.clone().into_json()),
    }
    if let Some(value) = text(node) {
        article.values.insert(entry.key.clone(), value);
    }
}

/// Sets tags and categories, and gives the latter as they stand in the address.
fn categories(
    article: &mut Article,
    path: &str,
    class: &Class,
    entries: &[Entry],
    notes: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let at = |key| find(entries, key).map(|node| node.at).unwrap_or_default();
    let tags = plural(entries, "tag", "tags");
    keys::terms(article, "tags", tags, at("tags"), notes);
    let marker = if *class == Class::Draft { "_drafts" } else { "_posts" };
    let mut all: Vec<String> = match class {
        Class::Post | Class::Draft => folders_before(path, marker).into_iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    for name in plural(entries, "category", "categories") {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    keys::terms(article, "categories", all.clone(), at("categories"), notes);
    let mut lower: Vec<String> = Vec::new();
    for name in all {
        let name = name.to_lowercase();
        if !lower.contains(&name) {
            lower.push(name);
        }
    }
    lower
}

/// The old address.
fn old(
    config: &Config,
    article: &Article,
    path: &str,
    class: &Class,
    entries: &[Entry],
    categories: &[String],
    slug: &str,
) -> Option<crate::model::path::Url> {
    let stem = name(without_extension(path));
    let home = folder(path);
    let home = if home.is_empty() { String::new() } else { format!("{home}/") };
    let end = format!(".{}", output_extension(path));
    let (title, lower) = (slugified(slug, true), slugified(slug, false));
    let label = if let Class::Collection(label) = class { label.as_str() } else { "" };
    let parts = Parts {
        categories,
        date: article.date.map(|date| date.civil()),
        title: &title,
        slug: &lower,
        path: config.below_shelf(without_extension(path)),
        folder: home.trim_end_matches('/'),
        stem,
        collection: label,
        extension: &end,
    };
    if let Some(own) = find(entries, "permalink").and_then(text) {
        let found = parts.address(url::style(&own));
        if found.is_some() {
            return found;
        }
    }
    match class {
        Class::Post | Class::Draft => parts.address(url::style(&config.posts)),
        Class::Collection(label) => {
            let shelf = config.shelves.iter().find(|shelf| shelf.label == *label);
            match shelf.and_then(|shelf| shelf.permalink.as_deref()) {
                Some(pattern) => parts.address(url::style(pattern)),
                None => parts.address(&format!("/:collection/:path{}", url::suffix(&config.permalink))),
            }
        }
        Class::Page if stem == "index" => address::old_decoded(&home),
        Class::Page => address::old_decoded(&match url::suffix(&config.permalink) {
            "/" => format!("{home}{stem}/"),
            _ => format!("{home}{stem}{end}"),
        }),
    }
}
