//! Pelican: articles and pages in Markdown, reStructuredText and HTML, configured by `pelicanconf.py`.

mod headers;
mod named;
mod page;
mod rst;
mod settings;
mod url;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::collection::{Article, Collection, Copy, Markup};
use super::dialect::Dialect;
use super::front::keys;
use super::index::Index;
use super::settings as site;
use super::tree::{Tree, extension, folder, join};
use super::{attribute_lists, formats};
use crate::model::code::Code;
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::path::{Base, SitePath, Slug, SlugStyle};

/// Folders at the top that Pelican writes, or that hold what is not the site's own.
pub const PASS: &[&str] = &["output", "__pycache__", "venv", ".venv", "cache"];

/// What the conversion needs to know of the settings.
pub struct Pelican {
    settings: BTreeMap<String, Value>,
    base: Option<Base>,
    zone: Zone,
    /// The folder of articles, with a slash at its end.
    root: String,
    /// What is read off the names of files.
    named: named::Named,
}

/// Reads a collection.
pub fn read(tree: &Tree) -> (Collection, Pelican) {
    let mut notes = Vec::new();
    let mut settings = BTreeMap::new();
    // Before it had its present name, the file was `pelican.conf.py`.
    for file in ["pelican.conf.py", "pelicanconf.py", "publishconf.py"] {
        if let Some(source) = tree.text(file, &mut notes) {
            settings.extend(settings::read(&source));
        }
    }
    if !tree.has("pelicanconf.py") && !tree.has("pelican.conf.py") {
        let note = Diagnostic::warning(Code::Import, "there is no pelicanconf.py: Pelican's defaults hold");
        notes.push(note.hint("name the folder that holds it"));
    }
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    let root = text("PATH").unwrap_or("content").trim_start_matches("./").trim_matches('/').to_owned();
    let root = if tree.has_folder(&root) { root } else { "content".to_owned() };
    let named = named::Named::read(&settings, &mut notes);
    let pelican = Pelican {
        named,
        base: text("SITEURL").and_then(Base::parse),
        zone: text("TIMEZONE").and_then(Zone::named).unwrap_or_else(Zone::utc),
        root: if tree.has_folder(&root) { format!("{root}/") } else { String::new() },
        settings,
    };
    let mut collection = Collection::new(pelican.zone.clone());
    collection.notes = notes;
    pelican.site(&mut collection);
    for path in tree.files.keys() {
        if let Some(below) = path.strip_prefix(&pelican.root) {
            pelican.file(tree, path, below, &mut collection);
        }
    }
    pelican.numbered(&mut collection);
    if collection.articles.iter().any(|article| article.front.get("categories").is_some()) {
        collection.set("taxonomies", vec!["categories".to_owned()]);
    }
    for (folder, what) in
        [("theme", "themes"), ("themes", "themes"), ("templates", "templates"), ("plugins", "plugins")]
    {
        formats::not_converted(tree, folder, what, &mut collection);
    }
    (collection, pelican)
}

impl Dialect for Pelican {
    fn body(&self, article: &Article, _: &Index) -> Noted<String> {
        if article.source.extension().eq_ignore_ascii_case("rst") {
            return rst::convert(article);
        }
        let text =
            page::without_blanks_in_links(&article.body).replace("<!-- PELICAN_END_SUMMARY -->", "<!-- more -->");
        match article.markup {
            Markup::Markdown => attribute_lists::convert(article, &page::code_blocks(&text)),
            _ => Noted { value: text, diagnostics: Vec::new() },
        }
    }

    fn target(&self, article: &Article, written: &str) -> Option<String> {
        let closes = |open: char| if open == '{' { '}' } else { '|' };
        let decoded = written.replace("%7B", "{").replace("%7D", "}").replace("%7C", "|");
        let open = decoded.chars().next().filter(|c| matches!(c, '{' | '|'))?;
        let (kind, path) = decoded[1..].split_once(closes(open))?;
        let slug = |name: &str| Slug::whole(name, SlugStyle::Unicode).map(|slug| slug.to_string()).unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "filename" | "static" | "attach" => {
                let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
                let home = if path.starts_with('/') {
                    self.root.trim_end_matches('/')
                } else {
                    folder(article.source.as_str())
                };
                let path = join(home, path.trim_start_matches('/'))?;
                Some(format!("/{path}{rest}"))
            }
            "author" => Some(format!("/authors/{}/", slug(path))),
            "category" => Some(format!("/categories/{}/", slug(path))),
            "tag" => Some(format!("/tags/{}/", slug(path))),
            "index" => Some("/".to_owned()),
            _ => None,
        }
    }
}

impl Pelican {
    /// The address of the old site.
    pub fn base(&self) -> Option<Base> {
        self.base.clone()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.settings.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    fn list(&self, key: &str, default: &[&str]) -> Vec<String> {
        match self.settings.get(key) {
            Some(Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).map(|item| item.trim_matches('/').to_owned()).collect()
            }
            Some(Value::String(item)) => vec![item.trim_matches('/').to_owned()],
            _ => default.iter().map(|item| (*item).to_owned()).collect(),
        }
    }

    fn site(&self, collection: &mut Collection) {
        let text = |key: &str| self.text(key).map(Value::from);
        let size = self.settings.get("DEFAULT_PAGINATION").and_then(Value::as_i64).filter(|size| *size > 0);
        let all = [
            ("title", text("SITENAME")),
            ("description", text("SITESUBTITLE").or_else(|| text("SITEDESCRIPTION"))),
            ("base_url", self.base.as_ref().map(|base| format!("{}{}/", base.origin, base.path).into())),
            ("language", self.text("DEFAULT_LANG").and_then(site::language).map(Value::from)),
            ("timezone", (self.zone.name != "UTC").then(|| self.zone.name.as_str().into())),
            ("pagination", size.map(|size| json!({"size": size}))),
        ];
        collection.settings.extend(keys(all.into_iter().collect()));
        collection.permalinks.extend(url::pattern_of(self.text("ARTICLE_SAVE_AS").unwrap_or(url::ARTICLE)));
        let pairs = |keys: &[&str]| -> Vec<Value> {
            let items = keys.iter().filter_map(|key| self.settings.get(*key)?.as_array()).flatten();
            let item = |item: &Value| {
                site::menu_item(item.get(0)?.as_str()?, &of_list(item.get(1)?.as_str()?), self.base.as_ref())
            };
            items.filter_map(item).collect()
        };
        let menus = [("main", pairs(&["MENUITEMS"])), ("footer", pairs(&["LINKS", "SOCIAL"]))];
        let menus: Map<String, Value> = menus
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(name, items)| (name.to_owned(), items.into()))
            .collect();
        if !menus.is_empty() {
            collection.set("menus", Value::Object(menus));
        }
    }

    /// One file: an article, a page, or a file to be copied.
    fn file(&self, tree: &Tree, path: &str, below: &str, collection: &mut Collection) {
        let within = |folders: &[String]| {
            folders
                .iter()
                .any(|folder| folder.is_empty() || below == folder || below.starts_with(&format!("{folder}/")))
        };
        if self.root.is_empty() && (below.ends_with(".py") || below == "Makefile") {
            return;
        }
        let kind = extension(path);
        let is_text = matches!(kind.as_str(), "md" | "markdown" | "mkd" | "mdown" | "rst" | "html" | "htm");
        let moved = self.settings.get("EXTRA_PATH_METADATA").and_then(|all| all.get(below)?.get("path")?.as_str());
        let is_page = within(&self.list("PAGE_PATHS", &["pages"]));
        let is_article = within(&self.list("ARTICLE_PATHS", &[""])) && !within(&self.list("ARTICLE_EXCLUDES", &[]));
        if is_text && moved.is_none() && (is_page || is_article) {
            let mut notes = Vec::new();
            if let Some(source) = tree.text(path, &mut notes) {
                let read = self.page(path, below, &source, is_page, &mut notes);
                match read {
                    Ok(article) => collection.articles.push(*article),
                    Err(why) => {
                        let note = Diagnostic::warning(Code::Import, why).at(Mark::file(&SitePath::new(path)));
                        notes.push(note.hint("the original stands as it was; copy by hand what is wanted"));
                    }
                }
            }
            collection.notes.extend(notes);
            return;
        }
        let to = match moved {
            Some(moved) => join("static", moved).filter(|to| to.starts_with("static/")),
            None if within(&self.list("STATIC_PATHS", &["images"])) || super::claims::reads_as_article(below) => {
                Some(format!("static/{below}"))
            }
            None => Some(format!("content/{below}")),
        };
        match to {
            Some(to) => collection.copies.push(Copy { from: path.to_owned(), to }),
            None => {
                let note =
                    Diagnostic::warning(Code::Path, "the file was not copied: its new path would leave the site");
                collection.notes.push(note.at(Mark::file(&SitePath::new(path))).hint("correct EXTRA_PATH_METADATA"));
            }
        }
    }

    /// Translations share a slug; the one in the site's language has the plain address.
    fn numbered(&self, collection: &mut Collection) {
        collection.articles.sort_by_key(|article| article.front.get("lang").is_some());
    }
}

/// The address of a list in the new site: `/category/quay.html` is `/categories/quay/`.
fn of_list(url: &str) -> String {
    let lists = [("category/", "/categories/"), ("tag/", "/tags/"), ("author/", "/authors/")];
    let found = lists.iter().find_map(|(old, new)| {
        let name = url.trim_start_matches('/').strip_prefix(old)?.strip_suffix(".html")?;
        Some(format!("{new}{name}/"))
    });
    found.unwrap_or_else(|| url.to_owned())
}
