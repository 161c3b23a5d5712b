//! Zola: `content/` with sections and pages, front matter in TOML or YAML, configured by `config.toml`.

mod page;
mod shortcodes;

use serde_json::{Map, Value};

use super::collection::{Article, Collection, Copy, SectionText};
use super::dialect::Dialect;
use super::front::keys;
use super::front::{find, find_below, map, text, truth};
use super::index::Index;
use super::tree::{Tree, extension, folder, name, without_extension};
use super::{claims, formats, settings};
use crate::model::code::Code;
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::path::Base;
use crate::parse::node::{Entry, Kind};

/// Folders at the top that Zola writes.
pub const PASS: &[&str] = &["public", "docs-public"];

/// How names become parts of addresses (`slugify.paths`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slugs {
    /// Spelt in ASCII: the default.
    On,
    /// Without what file systems refuse.
    Safe,
    /// As they are.
    Off,
}

/// The configuration, as far as pages and their texts need it.
pub struct Zola {
    entries: Vec<Entry>,
    base: Option<Base>,
    slugs: Slugs,
    keeps_dates: bool,
    language: String,
    languages: Vec<String>,
}

/// Reads a collection.
pub fn read(tree: &Tree) -> (Collection, Zola) {
    let mut notes = Vec::new();
    let entries = formats::settings(tree, &["zola.toml", "config.toml"], &mut notes);
    if entries.is_empty() {
        let note = Diagnostic::warning(Code::Import, "there is no config.toml: Zola's defaults hold");
        notes.push(note.hint("name the folder that holds it"));
    }
    let written = |path: &[&str]| find_below(&entries, path).and_then(text);
    let zola = Zola {
        base: written(&["base_url"]).and_then(|url| Base::parse(&url)),
        slugs: match written(&["slugify", "paths"]).as_deref() {
            Some("safe") => Slugs::Safe,
            Some("off") => Slugs::Off,
            _ => Slugs::On,
        },
        keeps_dates: find_below(&entries, &["slugify", "paths_keep_dates"]).and_then(truth).unwrap_or(false),
        language: written(&["default_language"]).unwrap_or_else(|| "en".to_owned()),
        languages: find(&entries, "languages")
            .map(map)
            .unwrap_or_default()
            .iter()
            .map(|entry| entry.key.clone())
            .collect(),
        entries,
    };
    let mut collection = Collection::new(Zone::utc());
    collection.notes = notes;
    zola.settings(&mut collection);
    zola.content(tree, &mut collection);
    zola.taxonomies(&mut collection);
    for path in tree.below("static") {
        collection.copies.push(Copy { from: path.to_owned(), to: path.to_owned() });
    }
    for (folder, what) in [("templates", "templates"), ("themes", "themes"), ("sass", "stylesheets in Sass")] {
        formats::not_converted(tree, folder, what, &mut collection);
    }
    (collection, zola)
}

impl Dialect for Zola {
    fn body(&self, article: &Article, _: &Index) -> Noted<String> {
        shortcodes::convert(article)
    }

    /// `@/news/ferry.md` counts from the folder of articles.
    fn target(&self, _: &Article, written: &str) -> Option<String> {
        written.strip_prefix("@/").map(|path| format!("/content/{path}"))
    }

    fn heading_id(&self, text: &str) -> Option<String> {
        Some(page::slugified(text))
    }
}

impl Zola {
    /// The address of the old site.
    pub fn base(&self) -> Option<Base> {
        self.base.clone()
    }

    fn settings(&self, collection: &mut Collection) {
        let written = |path: &[&str]| find_below(&self.entries, path).and_then(text).map(Value::from);
        let all = [
            ("title", written(&["title"])),
            ("description", written(&["description"])),
            ("base_url", self.base.as_ref().map(|base| format!("{}{}/", base.origin, base.path).into())),
            ("language", settings::language(&self.language).map(Value::from)),
        ];
        collection.settings.extend(keys(all.into_iter().collect()));
        for key in ["menu", "menus", "nav", "navbar", "main_menu", "menu_items"] {
            self.menu(key, collection);
        }
    }

    /// A list of links below `[extra]`, as many themes have one for their menu.
    fn menu(&self, key: &str, collection: &mut Collection) {
        let Some(Kind::List(items)) = find_below(&self.entries, &["extra", key]).map(|node| &node.kind) else { return };
        let item = |node| {
            let part = |names: &[&str]| names.iter().find_map(|name| find(map(node), name)).and_then(text);
            let url = part(&["url", "path", "href", "link"])?;
            let url = url.replace("$BASE_URL", "").replace("$base_url", "");
            settings::menu_item(&part(&["name", "title", "text"])?, &url, self.base.as_ref())
        };
        let items: Vec<Value> = items.iter().filter_map(item).collect();
        if !items.is_empty() {
            let menus = Map::from_iter([("main".to_owned(), Value::from(items))]);
            collection.set("menus", Value::Object(menus));
        }
    }

    fn content(&self, tree: &Tree, collection: &mut Collection) {
        for path in tree.below("content") {
            let below = &path["content/".len()..];
            let mut notes = Vec::new();
            if extension(path) != "md" {
                let to = match claims::reads_as_article(below) {
                    true => format!("static/{below}"),
                    false => path.to_owned(),
                };
                collection.copies.push(Copy { from: path.to_owned(), to });
                continue;
            }
            let Some(source) = tree.text(path, &mut notes) else { continue };
            let opening = formats::open(path, &source, &mut notes);
            let (stem, language) = self.language_of(name(without_extension(below)));
            if stem == "_index" {
                let text = page::blank(path, below, &opening);
                self.section(text, below, language, &opening.keys, collection);
            } else {
                let article = self.page(path, below, &opening, &mut notes);
                let hidden = find(&opening.keys, "render").and_then(truth) == Some(false);
                if hidden {
                    let note = Diagnostic::warning(
                        Code::Import,
                        "the page was left out: Zola makes no page of it (`render = false`)",
                    );
                    notes.push(note.at(Mark::file(&article.source)).hint("copy by hand what is wanted of it"));
                } else {
                    collection.articles.push(article);
                }
            }
            collection.notes.extend(notes);
        }
    }

    /// A name without its language, and that language if it is not the site's own.
    fn language_of<'s>(&self, stem: &'s str) -> (&'s str, Option<&'s str>) {
        match stem.rsplit_once('.') {
            Some((bare, code)) if code == self.language => (bare, None),
            Some((bare, code)) if self.languages.iter().any(|known| known == code) => (bare, Some(code)),
            _ => (stem, None),
        }
    }

    fn section(
        &self,
        mut text_of: Article,
        below: &str,
        language: Option<&str>,
        entries: &[Entry],
        collection: &mut Collection,
    ) {
        if language.is_some() {
            let note = Diagnostic::warning(Code::Unconverted, "the section's text in another language was left out");
            collection.notes.push(note.at(Mark::file(&text_of.source)).hint("a section has one text in Byline"));
            return;
        }
        let home = folder(below);
        text_of.old = crate::import::address::old_decoded(home);
        let written = |key: &str| find(entries, key).and_then(text);
        let sort = written("sort_by").and_then(|sort| match sort.as_str() {
            "weight" => Some("weight"),
            "title" | "title_bytes" => Some("title"),
            _ => None,
        });
        let size = find(entries, "paginate_by").and_then(|node| match node.kind {
            Kind::Integer(size, _) if size > 0 => {
                Some(Value::Object(Map::from_iter([("size".to_owned(), size.into())])))
            }
            _ => None,
        });
        let extra = find(entries, "extra").map(|node| node.clone().into_json());
        let mut map = keys(vec![
            ("title", written("title").map(Value::from)),
            ("description", written("description").map(Value::from)),
            ("sort", sort.map(Value::from)),
            ("pagination", size),
            ("extra", extra.filter(Value::is_object)),
        ]);
        if home.is_empty() {
            // The front page has the site's own order.
            map.remove("sort");
        }
        if let Some(node) = find(entries, "redirect_to") {
            let message = "a section that leads elsewhere shows its own list in Byline";
            collection.notes.push(formats::at(&text_of.source, node.at, message, "link to the other page in its text"));
        }
        collection.sections.push(SectionText {
            source: text_of.source.clone(),
            folder: home.to_owned(),
            keys: map,
            text: text_of,
        });
    }

    /// Taxonomies beyond Byline's own, if any page has them.
    fn taxonomies(&self, collection: &mut Collection) {
        let mut keys: Vec<String> = Vec::new();
        for article in &collection.articles {
            for key in article.front.taxonomies() {
                if !keys.iter().any(|known| known == key) {
                    keys.push(key.to_owned());
                }
            }
        }
        if !keys.is_empty() {
            keys.sort();
            collection.set("taxonomies", keys);
        }
    }
}
