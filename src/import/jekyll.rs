//! Jekyll: `_posts/`, `_drafts/`, collections and pages anywhere, configured by `_config.yml`.

mod config;
mod liquid;
mod page;
mod redirects;
mod url;

use serde_json::{Map, Value};

use super::collection::{Article, Collection, Copy, SectionText};
use super::dialect::Dialect;
use super::front::keys;
use super::front::{find, map, text, texts};
use super::index::Index;
use super::tree::{Tree, extension, folder, join, name, without_extension};
use super::{claims, formats, people, settings};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::path::SitePath;
use crate::parse::node::Kind;
use config::{Class, Config};
use page::Found;
use redirects::Away;

/// Folders at the top that Jekyll writes, or that hold what is not the site's own.
pub const PASS: &[&str] = &["_site", "vendor", "gemfiles", "node_modules"];

/// What the conversion of texts needs.
pub struct Jekyll {
    config: Config,
}

/// Reads a collection.
pub fn read(tree: &Tree) -> (Collection, Jekyll) {
    let mut notes = Vec::new();
    let jekyll = Jekyll { config: Config::read(tree, &mut notes) };
    let mut collection = Collection::new(jekyll.config.zone.clone());
    collection.notes = notes;
    if jekyll.config.entries.is_empty() {
        let note = Diagnostic::warning(Code::Import, "there is no _config.yml: Jekyll's defaults hold");
        collection.notes.push(note.hint("name the folder that holds it"));
    }
    jekyll.settings(tree, &mut collection);
    jekyll.people(tree, &mut collection);
    let mut away = Vec::new();
    for path in tree.files.keys() {
        jekyll.file(tree, path, &mut collection, &mut away);
    }
    redirects::away(away, &mut collection, jekyll.config.base.clone());
    let has_categories = collection.articles.iter().any(|article| article.front.get("categories").is_some());
    if has_categories {
        collection.set("taxonomies", vec!["categories".to_owned()]);
    }
    formats::data(tree, "_data", &mut collection);
    let folders = [
        ("_layouts", "templates"),
        ("_includes", "parts of templates"),
        ("_sass", "stylesheets in Sass"),
        ("_plugins", "plugins"),
    ];
    for (folder, what) in folders {
        formats::not_converted(tree, folder, what, &mut collection);
    }
    (collection, jekyll)
}

impl Dialect for Jekyll {
    fn body(&self, article: &Article, index: &Index) -> Noted<String> {
        let mut converted = liquid::convert(&self.config, article, index);
        if article.markup == super::collection::Markup::Markdown {
            let noted = super::attribute_lists::convert(article, &converted.value);
            converted.value = noted.value;
            converted.diagnostics.extend(noted.diagnostics);
        }
        converted
    }
}

impl Jekyll {
    /// Where everything has gone, posts by their names as well.
    pub fn index(&self, collection: &Collection) -> Index {
        let mut index = Index::new(collection, self.config.base.clone());
        for article in &collection.articles {
            let stem = without_extension(article.source.as_str());
            index.name(name(stem), article);
            if let Some((before, below)) = stem.split_once("_posts/") {
                index.name(&format!("{before}{below}"), article);
            }
        }
        index
    }

    fn settings(&self, tree: &Tree, collection: &mut Collection) {
        let written = |key: &str| find(&self.config.entries, key).and_then(text);
        let size = find(&self.config.entries, "paginate").and_then(|node| match node.kind {
            Kind::Integer(size, _) => Some(Value::Object(Map::from_iter([("size".to_owned(), size.into())]))),
            _ => None,
        });
        let language = written("lang").or_else(|| written("locale"));
        let zone = &self.config.zone.name;
        let all = [
            ("title", written("title").or_else(|| written("name")).map(Value::from)),
            ("description", written("description").map(Value::from)),
            ("base_url", self.config.base.as_ref().map(|base| format!("{}{}/", base.origin, base.path).into())),
            ("language", language.and_then(|language| settings::language(&language)).map(Value::from)),
            ("timezone", (zone != "UTC").then(|| zone.as_str().into())),
            ("pagination", size),
        ];
        collection.settings.extend(keys(all.into_iter().collect()));
        collection.permalinks.extend(url::pattern_of(&self.config.posts));
        self.menus(tree, collection);
    }

    /// Menus as many themes have them: `_data/navigation.yml`, names to lists of `{title, url}`, or one such list.
    fn menus(&self, tree: &Tree, collection: &mut Collection) {
        let names =
            ["_data/navigation.yml", "_data/navigation.yaml", "_data/menu.yml", "_data/nav.yml", "_data/menus.yml"];
        let Some(path) = names.into_iter().find(|path| tree.has(path)) else { return };
        let Some(node) = formats::document(tree, path, &mut Vec::new()) else { return };
        let items = |node: &crate::parse::node::Node| -> Vec<Value> {
            let Kind::List(items) = &node.kind else { return Vec::new() };
            let part = |item, names: &[&str]| names.iter().find_map(|name| find(map(item), name)).and_then(text);
            let item = |item| {
                let url = part(item, &["url", "link", "href"])?;
                settings::menu_item(&part(item, &["title", "name", "text"])?, &url, self.config.base.as_ref())
            };
            items.iter().filter_map(item).collect()
        };
        let mut menus = Map::new();
        let main = items(&node);
        if !main.is_empty() {
            menus.insert("main".to_owned(), main.into());
        }
        for entry in map(&node) {
            let items = items(&entry.value);
            if !items.is_empty() {
                menus.insert(entry.key.clone(), items.into());
            }
        }
        if !menus.is_empty() {
            collection.set("menus", Value::Object(menus));
        }
    }

    fn people(&self, tree: &Tree, collection: &mut Collection) {
        let image = |src: &str| {
            let inside = src.trim_start_matches('/');
            let good = src.starts_with("http")
                || (join("", inside).is_some_and(|path| tree.has(&path)) && !claims::reads_as_article(inside));
            good.then(|| if src.starts_with("http") { src.to_owned() } else { format!("/{inside}") })
        };
        for path in
            ["_data/authors.yml", "_data/authors.yaml", "_data/authors.json", "_data/authors.toml", "_data/people.yml"]
        {
            let Some(node) = formats::document(tree, path, &mut Vec::new()) else { continue };
            collection
                .people
                .extend(map(&node).iter().filter_map(|entry| people::person(&entry.key, &entry.value, &image)));
            if let Kind::List(items) = &node.kind {
                let key = |item| {
                    ["id", "key", "username", "short_name", "name"]
                        .iter()
                        .find_map(|key| find(map(item), key))
                        .and_then(text)
                };
                collection.people.extend(items.iter().filter_map(|item| people::person(&key(item)?, item, &image)));
            }
        }
    }

    /// One file: a post, a page, a document of a collection, or a file to be copied.
    fn file(&self, tree: &Tree, path: &str, collection: &mut Collection, away: &mut Vec<Away>) {
        let Some(class) = self.config.class(path) else { return };
        let mut notes = Vec::new();
        let source = tree.text(path, &mut Vec::new());
        let has_front =
            source.as_deref().is_some_and(|source| source.lines().next().is_some_and(|line| line.trim_end() == "---"));
        if !has_front {
            match class {
                Class::Page => collection.copies.push(Copy { from: path.to_owned(), to: format!("static/{path}") }),
                Class::Collection(label) => {
                    let below = path.split_once('/').map_or(path, |(_, below)| below);
                    collection.copies.push(Copy { from: path.to_owned(), to: format!("static/{label}/{below}") });
                }
                Class::Post | Class::Draft => {
                    let post = source.is_some() && page::is_text(path, &self.config);
                    let message = if post {
                        "the post has no front matter: Jekyll passes it over"
                    } else {
                        "a file among the posts was not copied: Jekyll serves none"
                    };
                    notes.push(
                        Diagnostic::warning(Code::Import, message)
                            .at(Mark::file(&SitePath::new(path)))
                            .hint("move it, if it is wanted"),
                    );
                }
            }
            collection.notes.extend(notes);
            return;
        }
        let Some(source) = tree.text(path, &mut notes) else { return };
        match page::read(&self.config, path, &class, &source, &mut notes) {
            Found::Article(article) if path == "index.md" || path == "index.html" || path == "index.markdown" => {
                self.front_page(*article, collection);
            }
            Found::Article(mut article) => {
                self.identify(&mut article, collection);
                collection.articles.push(*article);
            }
            Found::Away(page) => away.push(*page),
            Found::Nothing(message) => {
                let note = Diagnostic::warning(Code::Import, message).at(Mark::file(&SitePath::new(path)));
                notes.push(note.hint("the original stands as it was; copy by hand what is wanted"));
            }
        }
        collection.notes.extend(notes);
    }

    /// Authors who are named by their key in the data file keep their spelling; the key is an id now.
    fn identify(&self, article: &mut Article, collection: &Collection) {
        let authors: Vec<String> = article.front.texts("authors").into_iter().map(str::to_owned).collect();
        let known = |name: &String| {
            let person = collection.people.iter().find(|person| person.id == *name);
            person.map_or_else(|| name.clone(), |person| person.id.clone())
        };
        article.front.set_list("authors", authors.iter().map(known).collect());
    }

    /// The front page: its title and text, unless the text is a template.
    fn front_page(&self, mut article: Article, collection: &mut Collection) {
        if article.body.contains("{%") || article.markup != super::collection::Markup::Markdown {
            if !article.body.trim().is_empty() {
                let note = Diagnostic::warning(Code::Import, "the front page is a template: its text was left out");
                collection
                    .notes
                    .push(note.at(article.place(0)).hint("write what should greet readers into content/_index.md"));
            }
            article.body = String::new();
        }
        let title = article.front.text("title").filter(|_| article.values.contains_key("title")).map(Value::from);
        let description = article.front.text("standfirst").map(Value::from);
        let keys = keys(vec![("title", title), ("description", description)]);
        collection.sections.push(SectionText {
            source: article.source.clone(),
            folder: String::new(),
            keys,
            text: article,
        });
    }
}

/// The extension of a file, as Jekyll's output has it.
fn output_extension(path: &str) -> String {
    match extension(path).as_str() {
        "htm" => "htm".to_owned(),
        "" | "md" | "markdown" | "mkd" | "mkdn" | "mkdown" | "html" | "textile" | "adoc" | "asciidoc" => {
            "html".to_owned()
        }
        other => other.to_owned(),
    }
}

/// All texts of a key and of its singular: text of several words is split where Jekyll splits it.
fn plural(entries: &[crate::parse::node::Entry], one: &str, many: &str) -> Vec<String> {
    let mut all = find(entries, one).map(texts).unwrap_or_default();
    if let Some(node) = find(entries, many) {
        match &node.kind {
            Kind::Text(text) => all.extend(text.split_whitespace().map(str::to_owned)),
            _ => all.extend(texts(node)),
        }
    }
    all
}

/// The folders above `_posts`, which are categories.
fn folders_before<'p>(path: &'p str, marker: &str) -> Vec<&'p str> {
    let parts = folder(path).split('/').filter(|part| !part.is_empty());
    parts.take_while(|part| *part != marker).collect()
}
