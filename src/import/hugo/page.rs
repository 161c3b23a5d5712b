//! A page of Hugo's: its front matter key by key, its file and its address.

use std::collections::BTreeMap;

use super::config::Config;
use super::url::Page;
use crate::import::address;
use crate::import::collection::{Article, Markup};
use crate::import::dates::day_prefix;
use crate::import::formats::{self, Opening};
use crate::import::front::{Front, find, map, names, text, texts, truth};
use crate::import::keys;
use crate::import::tree::{extension, folder, join, name, without_extension};
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{SitePath, Url};
use crate::parse::node::{Entry, Kind, Node};

/// Keys that say how Hugo renders a page.
const OF_TEMPLATES: &[&str] =
    &["layout", "type", "outputs", "markup", "linktitle", "build", "_build", "iscjklanguage", "sitemap"];
/// Where a page's file lies.
pub struct Place<'a> {
    /// Its path in the collection.
    pub path: &'a str,
    /// Its path below the folder of articles.
    pub below: &'a str,
    /// The language that its folder is for.
    pub language: Option<&'a str>,
}

/// What a file of the content folder comes to.
pub enum Found {
    /// A page.
    Page(Box<Article>),
    /// Nothing that Hugo would show by itself.
    Hidden(&'static str),
}

/// Reads a page.
pub fn read(place: &Place, source: &str, config: &Config, notes: &mut Vec<Diagnostic>) -> Found {
    let opening = formats::open(place.path, source, notes);
    let keys = &opening.keys;
    let build = find(keys, "build").or_else(|| find(keys, "_build")).map(map).unwrap_or_default();
    if find(keys, "headless").and_then(truth) == Some(true)
        || find(build, "render").and_then(text).as_deref() == Some("never")
    {
        return Found::Hidden("it is headless: Hugo makes no page of it");
    }
    let mut article = blank(place, &opening, config);
    let stem = name(without_extension(place.below)).to_owned();
    let (stem, own_language) = language_of(&stem, config);
    let language = own_language.or(place.language);
    for entry in keys {
        key(&mut article, entry, config, notes);
    }
    article.front.set_maybe("lang", language.map(str::to_owned));
    if find(build, "list").and_then(text).is_some_and(|list| list == "never" || list == "false") {
        article.front.set("unlisted", true);
    }
    let bundle = stem == "index";
    let home = if bundle { folder(folder(place.below)) } else { folder(place.below) };
    let stem = if bundle { name(folder(place.below)) } else { stem };
    let dated = day_prefix(stem).filter(|_| config.dated_names);
    if let (None, Some((day, _))) = (article.date, dated) {
        keys::set_date(&mut article, day, &config.zone);
    }
    let undated_stem = dated.map(|(_, rest)| rest).filter(|rest| !rest.is_empty()).unwrap_or(stem);
    let written = |key| find(keys, key).and_then(text);
    let (slug, url, title) = (written("slug"), written("url"), written("title").unwrap_or_default());
    let prefix = language.map_or_else(|| config.prefix.clone(), |language| format!("/{language}"));
    let page = Page {
        folder: home,
        stem: undated_stem,
        slug: slug.as_deref(),
        url: url.as_deref(),
        title: &title,
        day: article.date.map(|date| date.date()),
        prefix: &prefix,
    };
    article.old = page.address(config);
    if article.old.is_none() && url.is_some() {
        let at = find(keys, "url").map(|node| node.at).unwrap_or_default();
        notes.push(formats::at(
            &article.source,
            at,
            "the address `url` cannot be published",
            "the page has another one now",
        ));
        article.old = Page { url: None, ..page }.address(config);
    }
    aliases(&mut article, keys, &prefix, notes);
    Found::Page(Box::new(article))
}

fn blank(place: &Place, opening: &Opening, config: &Config) -> Article {
    let kind = extension(place.path);
    let (markup, end) = match kind.as_str() {
        "html" | "htm" => (Markup::Html, "html"),
        "org" => (Markup::Foreign("Org mode"), "md"),
        "adoc" | "asciidoc" => (Markup::Foreign("AsciiDoc"), "md"),
        "rst" => (Markup::Foreign("reStructuredText"), "md"),
        _ => (Markup::Markdown, "md"),
    };
    let stem = without_extension(place.below);
    let target = match language_of(name(stem), config) {
        (bare, None) if bare != name(stem) => format!("{}{bare}.{end}", &stem[..stem.len() - name(stem).len()]),
        _ => format!("{stem}.{end}"),
    };
    Article {
        source: SitePath::new(place.path),
        target: match place.language {
            Some(language) => format!("{language}/{target}"),
            None => target,
        },
        front: Front::default(),
        body: opening.body.clone(),
        first_line: opening.first_line,
        markup,
        old: None,
        date: None,
        values: BTreeMap::new(),
    }
}

/// A name without its language, and that language: `ferry.fr` is `ferry` in French.
pub fn language_of<'s>(stem: &'s str, config: &Config) -> (&'s str, Option<&'s str>) {
    match stem.rsplit_once('.') {
        Some((bare, language)) if config.languages.iter().any(|known| known == language) => (bare, Some(language)),
        Some((bare, language)) if language == config.language() => (bare, None),
        _ => (stem, None),
    }
}

fn key(article: &mut Article, entry: &Entry, config: &Config, notes: &mut Vec<Diagnostic>) {
    let node = &entry.value;
    let key = entry.key.to_lowercase();
    let is = |name: &str| key == name;
    if is("title") || is("description") || is("summary") || is("weight") || is("draft") || is("toc") {
        simple(article, &key, node);
    } else if is("date")
        || is("lastmod")
        || is("publishdate")
        || is("expirydate")
        || is("pubdate")
        || is("published")
        || is("modified")
        || is("unpublishdate")
    {
        moment(article, &key, entry, config, notes);
    } else if is("author") || is("authors") {
        let (good, _) = names(keys::people(node));
        article.front.set_list("authors", good);
    } else if is("series") {
        keys::series(article, node);
    } else if config.taxonomies.iter().any(|taxonomy| taxonomy.eq_ignore_ascii_case(&key)) || is("tags") {
        keys::terms(article, &key, texts(node), node.at, notes);
    } else if keys::IMAGES.contains(&key.as_str()) && article.front.get("image").is_none() {
        match keys::image(node) {
            Some(image) => article.front.set("image", image),
            None => article.front.keep(&entry.key, node.clone().into_json()),
        }
    } else if is("params") {
        for entry in map(node) {
            article.front.keep(&entry.key, entry.value.clone().into_json());
        }
    } else if OF_TEMPLATES.contains(&key.as_str())
        || is("slug")
        || is("url")
        || is("aliases")
        || is("headless")
        || is("menu")
        || is("menus")
    {
        // Their work is done by what the page becomes.
    } else {
        article.front.keep(&entry.key, node.clone().into_json());
    }
    if let Some(value) = text(node) {
        article.values.insert(key, value);
    }
}

fn simple(article: &mut Article, key: &str, node: &Node) {
    let front = &mut article.front;
    match key {
        "title" => front.set_maybe("title", text(node)),
        "description" => front.set_maybe("standfirst", text(node)),
        "summary" if front.get("standfirst").is_none() => front.set_maybe("standfirst", text(node)),
        "weight" => match node.kind {
            Kind::Integer(weight, _) => front.set("weight", weight),
            _ => front.keep("weight", node.clone().into_json()),
        },
        "draft" if truth(node) == Some(true) => front.set("draft", true),
        "toc" if truth(node) == Some(true) => front.set("toc", true),
        _ => {}
    }
}

fn moment(article: &mut Article, key: &str, entry: &Entry, config: &Config, notes: &mut Vec<Diagnostic>) {
    let own = match key {
        "lastmod" | "modified" => "updated",
        "expirydate" | "unpublishdate" => "expires",
        "date" => "date",
        _ if article.date.is_some() => return,
        _ => "date",
    };
    keys::moment(article, own, entry, &config.zone, notes);
}

/// Former addresses: from the root, or as seen from the page.
fn aliases(article: &mut Article, keys: &[Entry], prefix: &str, notes: &mut Vec<Diagnostic>) {
    let Some(node) = find(keys, "aliases") else { return };
    let home = article.old.as_ref().map(Url::as_str).unwrap_or("/").trim_end_matches('/').to_owned();
    let mut urls = Vec::new();
    for written in texts(node) {
        let path = match written.strip_prefix('/') {
            Some(path) => Some(format!("{prefix}/{path}")),
            None => join(folder(&home), &written),
        };
        match path.and_then(|path| address::old_decoded(&path)) {
            Some(url) => urls.push(url.as_str().to_owned()),
            None => {
                let message =
                    format!("the alias `{}` is no address of the site", crate::parse::node::excerpt(&written));
                notes.push(formats::at(&article.source, node.at, message, "nothing is served there"));
            }
        }
    }
    article.front.set_list("aliases", urls);
}
