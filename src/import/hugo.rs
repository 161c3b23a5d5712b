//! Hugo: `content/` with sections, bundles and languages, configured by `hugo.toml` and its kin.

mod cascade;
mod config;
mod menus;
mod page;
mod shortcodes;
mod url;

use serde_json::{Map, Value};

use super::collection::{Article, Collection, Copy, SectionText};
use super::dialect::Dialect;
use super::front::keys;
use super::front::{find, find_below, map, text, texts};
use super::index::Index;
use super::tree::{Tree, extension, folder, join, name, without_extension};
use super::{claims, formats, people, settings};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::path::{Base, SitePath};
use crate::parse::node::{Entry, Kind};
use config::Config;
use page::{Found, Place};

/// Folders at the top that Hugo writes, or that hold what is not the site's own.
pub const PASS: &[&str] = &["public", "resources", "node_modules", "vendor", "_vendor"];

/// The kinds of file that are pages.
const PAGES: &[&str] = &["md", "markdown", "html", "htm", "org", "adoc", "asciidoc", "rst"];

/// What the conversion of texts needs.
pub struct Hugo {
    config: Config,
}

/// Reads a collection.
pub fn read(tree: &Tree) -> (Collection, Hugo) {
    let mut notes = Vec::new();
    let config = Config::read(tree, &mut notes);
    let mut collection = Collection::new(config.zone.clone());
    collection.notes = notes;
    if !config::is_there(tree) {
        let note =
            Diagnostic::warning(Code::Import, "there is no hugo.toml, config.toml or the like: Hugo's defaults hold");
        collection.notes.push(note.hint("name the folder that holds it"));
    }
    let hugo = Hugo { config };
    hugo.settings(&mut collection);
    let mut menus = hugo.menus();
    for folder in hugo.config.folders.clone() {
        hugo.content(tree, &folder.path, folder.language.as_deref(), &mut collection, &mut menus);
    }
    menus::set(&mut collection, menus);
    hugo.taxonomies(&mut collection);
    hugo.files(tree, &mut collection);
    let folders = [
        ("layouts", "templates"),
        ("themes", "themes"),
        ("archetypes", "archetypes"),
        ("i18n", "translations of templates"),
        ("assets", "assets for Hugo's pipes"),
    ];
    for (folder, what) in folders {
        formats::not_converted(tree, folder, what, &mut collection);
    }
    (collection, hugo)
}

impl Dialect for Hugo {
    fn body(&self, article: &Article, index: &Index) -> Noted<String> {
        shortcodes::convert(self, article, index)
    }
}

impl Hugo {
    /// The address of the old site.
    pub fn base(&self) -> Option<Base> {
        self.config.base.clone()
    }

    /// Adds the other names of pages: their paths without extension, and their files' names.
    pub fn names(&self, collection: &Collection, index: &mut Index) {
        for article in &collection.articles {
            let stem = without_extension(article.source.as_str());
            let below = stem.strip_prefix(self.folder_of(stem)).unwrap_or(stem).trim_start_matches('/');
            let below = below.strip_suffix("/index").unwrap_or(below);
            index.name(below, article);
            index.name(name(below), article);
        }
    }

    /// The folder of articles that a file lies in.
    fn folder_of(&self, path: &str) -> &str {
        let folders = self.config.folders.iter().map(|folder| folder.path.as_str());
        folders.filter(|folder| path.starts_with(&format!("{folder}/"))).max_by_key(|folder| folder.len()).unwrap_or("")
    }

    /// A parameter of a page or of the site, as text.
    fn value(&self, article: &Article, key: &str) -> Option<String> {
        let own = article.values.get(&key.to_lowercase()).cloned();
        own.or_else(|| {
            let value = article.front.extra().get(key)?;
            value.as_str().map(str::to_owned).or_else(|| Some(value.to_string()))
        })
        .or_else(|| {
            let path: Vec<&str> = std::iter::once("params").chain(key.split('.')).collect();
            find_below(&self.config.entries, &path).and_then(text)
        })
    }

    fn settings(&self, collection: &mut Collection) {
        let entries = &self.config.entries;
        let written = |key: &str| find(entries, key).and_then(text);
        let size = find_below(entries, &["pagination", "pagerSize"]).or_else(|| find(entries, "paginate"));
        let size = size.and_then(|node| match node.kind {
            Kind::Integer(size, _) => Some(Value::from(Map::from_iter([("size".to_owned(), Value::from(size))]))),
            _ => None,
        });
        let language = written("locale").or_else(|| written("languageCode")).unwrap_or_else(|| self.config.language());
        let all = [
            (
                "title",
                written("title")
                    .or_else(|| find_below(entries, &["languages", &self.config.language(), "title"]).and_then(text))
                    .map(Value::from),
            ),
            ("description", self.config.param(&["description", "subtitle"]).map(Value::from)),
            ("base_url", written("baseURL").and_then(|url| settings::base_url(&url)).map(Value::from)),
            ("language", settings::language(&language).map(Value::from)),
            ("timezone", (self.config.zone.name != "UTC").then(|| self.config.zone.name.as_str().into())),
            ("pagination", size),
        ];
        collection.settings.extend(keys(all.into_iter().collect()));
        for (_, pattern) in &self.config.permalinks {
            collection.permalinks.extend(pattern_of(pattern));
        }
    }

    fn content(
        &self,
        tree: &Tree,
        root: &str,
        language: Option<&str>,
        collection: &mut Collection,
        menus: &mut menus::Menus,
    ) {
        let bundles = bundles(tree, root, &self.config);
        let others: Vec<&str> = self
            .config
            .folders
            .iter()
            .map(|folder| folder.path.as_str())
            .filter(|other| *other != root && other.starts_with(root))
            .collect();
        for path in tree.below(root) {
            if others.iter().any(|other| path.starts_with(&format!("{other}/"))) {
                continue;
            }
            let below = &path[root.len() + 1..];
            let is_page = PAGES.contains(&extension(path).as_str());
            let (stem, _) = page::language_of(name(without_extension(below)), &self.config);
            let bundle = above(below).find(|folder| bundles.contains(*folder));
            let resource = bundle.is_some_and(|bundle| stem != "index" || folder(below) != bundle);
            if is_page && !resource {
                self.page(tree, &Place { path, below, language }, stem, collection, menus);
            } else if is_page && extension(path) != "html" {
                let note = Diagnostic::warning(
                    Code::Unconverted,
                    "a page among the files of a bundle is shown by its templates alone",
                );
                collection
                    .notes
                    .push(note.at(Mark::file(&SitePath::new(path))).hint("make it an article of its own if it is one"));
            } else {
                let to = if claims::reads_as_article(below) {
                    format!("static/{}", self.served(below))
                } else {
                    format!("content/{below}")
                };
                collection.copies.push(Copy { from: path.to_owned(), to });
            }
        }
    }

    /// Where a file beside pages is served.
    fn served(&self, below: &str) -> String {
        let home = url::cleaned(folder(below), &self.config);
        if home.is_empty() { name(below).to_owned() } else { format!("{home}/{}", name(below)) }
    }

    fn page(&self, tree: &Tree, place: &Place, stem: &str, collection: &mut Collection, menus: &mut menus::Menus) {
        let mut notes = Vec::new();
        let Some(source) = tree.text(place.path, &mut notes) else { return };
        let found = page::read(place, &source, &self.config, &mut notes);
        let keys = formats::open(place.path, &source, &mut Vec::new()).keys;
        match found {
            Found::Page(article) if stem == "_index" => self.section(*article, place, &keys, collection, menus),
            Found::Page(article) => {
                self.own_menus(&article, &keys, menus);
                collection.articles.push(*article);
            }
            Found::Hidden(why) => {
                let note = Diagnostic::warning(Code::Import, format!("the page was left out: {why}"));
                notes.push(note.at(Mark::file(&SitePath::new(place.path))).hint("copy by hand what is wanted of it"));
            }
        }
        collection.notes.extend(notes);
    }

    fn section(
        &self,
        mut text: Article,
        place: &Place,
        keys: &[Entry],
        collection: &mut Collection,
        menus: &mut menus::Menus,
    ) {
        text.old = crate::import::address::old_decoded(&format!(
            "{}/{}",
            self.config.prefix,
            url::cleaned(folder(place.below), &self.config)
        ));
        self.own_menus(&text, keys, menus);
        if place.language.is_some() || page::language_of(name(without_extension(place.below)), &self.config).1.is_some()
        {
            let note = Diagnostic::warning(Code::Unconverted, "the section's text in another language was left out");
            collection.notes.push(note.at(Mark::file(&text.source)).hint("a section has one text in Byline"));
            return;
        }
        let mut map = Map::new();
        for (key, from) in [("title", "title"), ("description", "standfirst")] {
            map.extend(text.front.get(from).map(|value| (key.to_owned(), value.clone())));
        }
        let (cascade, left) = cascade::read(keys);
        for node in left {
            collection.notes.push(formats::at(
                &text.source,
                node.at,
                "a cascade to certain pages alone, or of keys that are the theme's, was not converted",
                "set what is wanted in those pages",
            ));
        }
        if !cascade.is_empty() {
            map.insert("cascade".to_owned(), Value::Object(cascade));
        }
        if !text.front.extra().is_empty() {
            map.insert("extra".to_owned(), Value::Object(text.front.extra().clone()));
        }
        let folder = folder(place.below).to_owned();
        collection.sections.push(SectionText { source: text.source.clone(), folder, keys: map, text });
    }

    /// Taxonomies beyond Byline's own, if any page has them.
    fn taxonomies(&self, collection: &mut Collection) {
        let used = |key: &String| {
            !matches!(key.as_str(), "tags" | "authors" | "author" | "series")
                && collection.articles.iter().any(|article| article.front.get(key).is_some())
        };
        let keys: Vec<String> = self.config.taxonomies.iter().map(|key| key.to_lowercase()).filter(used).collect();
        if !keys.is_empty() {
            collection.set("taxonomies", keys);
        }
    }

    /// Static files, data, and people.
    fn files(&self, tree: &Tree, collection: &mut Collection) {
        let folders = find(&self.config.entries, "staticDir").map(texts).unwrap_or_else(|| vec!["static".to_owned()]);
        for folder in folders.iter().map(|folder| folder.trim_matches('/')) {
            for path in tree.below(folder) {
                collection
                    .copies
                    .push(Copy { from: path.to_owned(), to: format!("static/{}", &path[folder.len() + 1..]) });
            }
        }
        formats::data(tree, "data", collection);
        let image = |src: &str| {
            let file = join("static", src.trim_start_matches('/'))?;
            (src.starts_with("http") || tree.has(&file)).then(|| {
                if src.starts_with("http") { src.to_owned() } else { format!("/{}", src.trim_start_matches('/')) }
            })
        };
        let mut notes = Vec::new();
        for path in tree
            .below("data")
            .filter(|path| without_extension(path) == "data/authors" || folder(path) == "data/authors")
        {
            let Some(node) = formats::document(tree, path, &mut notes) else { continue };
            if folder(path) == "data" {
                collection
                    .people
                    .extend(map(&node).iter().filter_map(|entry| people::person(&entry.key, &entry.value, &image)));
            } else {
                collection.people.extend(people::person(name(without_extension(path)), &node, &image));
            }
        }
    }
}

/// The folders above a path, the nearest first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder(path)), |path| Some(folder(path))).take_while(|path| !path.is_empty())
}

/// Folders whose `index` file makes them bundles, below the folder of articles.
fn bundles(tree: &Tree, root: &str, config: &Config) -> std::collections::BTreeSet<String> {
    let index = |path: &&str| {
        let (stem, _) = page::language_of(name(without_extension(path)), config);
        stem == "index" && PAGES.contains(&extension(path).as_str())
    };
    let folders = tree.below(root).filter(index).map(|path| folder(&path[root.len() + 1..]).to_owned());
    folders.filter(|folder| !folder.is_empty()).collect()
}

/// A pattern in Byline's notation, where it has one: `/:year/:month/:slug/` is `/{year}/{month}/{slug}/`.
fn pattern_of(pattern: &str) -> Option<String> {
    let mut out = String::from("/");
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        out.push_str(match part {
            ":year" => "{year}",
            ":month" => "{month}",
            ":day" => "{day}",
            ":section" | ":sections" => "{section}",
            ":slug" | ":title" | ":filename" | ":slugorfilename" | ":contentbasename" | ":slugorcontentbasename" => {
                "{slug}"
            }
            part if !part.contains([':', '{', '}']) => part,
            _ => return None,
        });
        out.push('/');
    }
    out.contains("{slug}").then_some(out)
}
