//! Jekyll's configuration: `_config.yml`, with the defaults that hold where it says nothing.

use crate::import::formats;
use crate::import::front::{find, map, text, texts, truth};
use crate::import::tree::{Tree, name};
use crate::model::date::Zone;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::Base;
use crate::parse::node::{Entry, Kind};

/// What is never part of a site.
const EXCLUDED: &[&str] = &[
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor",
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "Rakefile",
    "README.md",
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.md",
    "CNAME.example",
    "package.json",
    "package-lock.json",
];

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// A post.
    Post,
    /// A post without a date, not to be published.
    Draft,
    /// A document of a collection, by its label.
    Collection(String),
    /// Anything else.
    Page,
}

/// A collection of documents.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// Its label; its folder is that with `_` before it.
    pub label: String,
    /// Whether its documents are pages.
    pub output: bool,
    /// The pattern of its addresses.
    pub permalink: Option<String>,
}

/// Defaults of the front matter for some files.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The path or pattern that files must lie below.
    path: String,
    /// The kind of file, if only one is meant.
    kind: Option<String>,
    /// The values.
    values: Vec<Entry>,
}

/// The configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// All of it.
    pub entries: Vec<Entry>,
    /// The site's address, with `baseurl`.
    pub base: Option<Base>,
    /// The zone of dates without one.
    pub zone: Zone,
    /// The pattern of addresses, or the name of one.
    pub permalink: String,
    /// That of posts: their collection may have one of its own.
    pub posts: String,
    /// Collections beside posts.
    pub shelves: Vec<Shelf>,
    /// The folder that the folders of collections lie in.
    shelf_folder: String,
    /// Defaults of front matter.
    scopes: Vec<Scope>,
    /// Extensions of Markdown.
    pub markdown: Vec<String>,
    /// The text that ends an excerpt.
    pub excerpt_separator: String,
    included: Vec<String>,
    excluded: Vec<String>,
}

impl Config {
    /// Reads the configuration.
    pub fn read(tree: &Tree, notes: &mut Vec<Diagnostic>) -> Self {
        let entries = formats::settings(tree, &["_config.yml", "_config.yaml", "_config.toml"], notes);
        let written = |key: &str| find(&entries, key).and_then(text);
        let below = written("baseurl").unwrap_or_default();
        let url = written("url").map(|url| format!("{}/{}", url.trim_end_matches('/'), below.trim_matches('/')));
        let list = |key: &str| find(&entries, key).map(texts).unwrap_or_default();
        let markdown = written("markdown_ext").unwrap_or_else(|| "markdown,mkdown,mkdn,mkd,md".to_owned());
        let mut excluded = list("exclude");
        excluded.extend(EXCLUDED.iter().map(|name| (*name).to_owned()));
        excluded.extend(written("destination"));
        let permalink = written("permalink").unwrap_or_else(|| "date".to_owned());
        let posts = find(&entries, "collections").and_then(|all| find(map(all), "posts"));
        let posts = posts.and_then(|posts| find(map(posts), "permalink")).and_then(text);
        Self {
            base: url.and_then(|url| Base::parse(&url)),
            zone: written("timezone").and_then(|name| Zone::named(&name)).unwrap_or_else(Zone::utc),
            posts: posts.unwrap_or_else(|| permalink.clone()),
            permalink,
            shelves: shelves(&entries),
            shelf_folder: written("collections_dir")
                .map_or_else(String::new, |path| format!("{}/", path.trim_matches('/'))),
            scopes: scopes(&entries),
            markdown: markdown.split(',').map(|extension| extension.trim().to_lowercase()).collect(),
            excerpt_separator: written("excerpt_separator").unwrap_or_default(),
            included: list("include"),
            excluded,
            entries,
        }
    }

    /// What a file is to Jekyll; `None` where it is nothing.
    pub fn class(&self, path: &str) -> Option<Class> {
        let inside = path.strip_prefix(self.shelf_folder.as_str()).unwrap_or(path);
        let parts: Vec<&str> = inside.split('/').collect();
        let folders = &parts[..parts.len() - 1];
        if self.excluded.iter().any(|pattern| covers(pattern, path))
            && !self.included.iter().any(|pattern| covers(pattern, path))
        {
            return None;
        }
        if folders.contains(&"_posts") {
            return Some(Class::Post);
        }
        if folders.contains(&"_drafts") {
            return Some(Class::Draft);
        }
        let label = folders.first().and_then(|first| first.strip_prefix('_'));
        if let Some(shelf) = label.and_then(|label| self.shelves.iter().find(|shelf| shelf.label == label)) {
            return shelf.output.then(|| Class::Collection(shelf.label.clone()));
        }
        let hidden = |part: &&&str| {
            part.starts_with(['_', '#', '~']) && !self.included.iter().any(|name| name.trim_matches('/') == **part)
        };
        let hides = parts.iter().find(hidden).is_some() || name(path).ends_with('~');
        (!hides).then_some(Class::Page)
    }

    /// The path of a collection's document below the collection's folder.
    pub fn below_shelf<'p>(&self, path: &'p str) -> &'p str {
        let inside = path.strip_prefix(self.shelf_folder.as_str()).unwrap_or(path);
        inside.split_once('/').map_or(inside, |(_, below)| below)
    }

    /// The defaults that hold for a file, the most exact ones last.
    pub fn defaults(&self, path: &str, class: &Class) -> Vec<Entry> {
        let kind = match class {
            Class::Post => "posts",
            Class::Draft => "drafts",
            Class::Page => "pages",
            Class::Collection(label) => label,
        };
        let fits = |scope: &&Scope| {
            let kinds = scope
                .kind
                .as_deref()
                .is_none_or(|wanted| wanted == kind || wanted.trim_end_matches('s') == kind.trim_end_matches('s'));
            kinds && (scope.path.is_empty() || covers(&scope.path, path))
        };
        let mut scopes: Vec<&Scope> = self.scopes.iter().filter(fits).collect();
        scopes.sort_by_key(|scope| (scope.path.len(), scope.kind.is_some()));
        scopes.into_iter().flat_map(|scope| scope.values.iter().cloned()).collect()
    }
}

fn shelves(entries: &[Entry]) -> Vec<Shelf> {
    let node = find(entries, "collections");
    let bare = |label: String| Shelf { label, output: false, permalink: None };
    match node.map(|node| &node.kind) {
        Some(Kind::List(_)) => node.map(texts).unwrap_or_default().into_iter().map(bare).collect(),
        Some(Kind::Map(all)) => all
            .iter()
            .filter(|entry| entry.key != "posts" && entry.key != "drafts")
            .map(|entry| Shelf {
                label: entry.key.clone(),
                output: find(map(&entry.value), "output").and_then(truth).unwrap_or(false),
                permalink: find(map(&entry.value), "permalink").and_then(text),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn scopes(entries: &[Entry]) -> Vec<Scope> {
    let Some(Kind::List(items)) = find(entries, "defaults").map(|node| &node.kind) else { return Vec::new() };
    let scope = |item| {
        let scope = find(map(item), "scope").map(map).unwrap_or_default();
        let part = |key| find(scope, key).and_then(text);
        Scope {
            path: part("path").unwrap_or_default().trim_matches('/').to_owned(),
            kind: part("type"),
            values: find(map(item), "values").map(map).unwrap_or_default().to_vec(),
        }
    };
    items.iter().map(scope).collect()
}

/// Whether a pattern names a path, or a folder above it. `*` stands for anything within one part, `**` for any parts.
fn covers(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.trim_matches('/').split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    if pattern.len() > path.len() + 1 || pattern.len() > 64 {
        return false;
    }
    // Which beginnings of the path the pattern's parts so far can cover.
    let mut reached = vec![0];
    for part in pattern {
        let mut next = Vec::new();
        for at in reached {
            if part == "**" {
                next.extend(at..=path.len());
            } else if path.get(at).is_some_and(|name| like(part, name)) {
                next.push(at + 1);
            }
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    !reached.is_empty()
}

/// Whether a name is like a pattern with `*`.
fn like(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        if at + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(found) => rest = &rest[found + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn patterns_cover_what_lies_below_them() {
        for (pattern, path, expected) in [
            ("_posts", "_posts/a.md", true),
            ("section/*/special", "section/a/special/b.md", true),
            ("section/*/special", "section/special/b.md", false),
            ("**/old", "a/b/old/c.md", true),
            ("*.gemspec", "theme.gemspec", true),
            ("vendor/", "vendored/a.md", false),
        ] {
            assert_eq!(covers(pattern, path), expected, "{pattern} {path}");
        }
    }
}
