//! Where things of the collection have gone: articles, folders and files by their old paths and addresses.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::collection::{Article, Collection};
use super::tree::{folder, join};
use crate::model::path::{Base, Url};

/// Knows the new place of everything that a link may lead to.
#[derive(Debug, Default)]
pub struct Index {
    /// Old paths to new places: `/news/ferry.md`, or `/images/a.png` for a file.
    by_source: BTreeMap<String, String>,
    /// Old addresses to new places.
    by_url: BTreeMap<String, String>,
    /// Other names of articles: that of a post without its folder, of a file without its extension.
    by_name: BTreeMap<String, String>,
    /// The new places: a link to one of them stays.
    places: BTreeSet<String>,
    /// Those of them that are files.
    files: BTreeSet<String>,
    /// Those of them that lie in `static/`.
    in_static: BTreeSet<String>,
    /// The address of the old site.
    base: Option<Base>,
}

impl Index {
    /// Gathers what a collection holds.
    pub fn new(collection: &Collection, base: Option<Base>) -> Self {
        let mut index = Self { base, ..Self::default() };
        for article in &collection.articles {
            let place = format!("/{}", article.target);
            index.by_source.insert(article.source.as_str().to_owned(), place.clone());
            for url in article.old.iter() {
                index.by_url.entry(key(url.as_str())).or_insert_with(|| place.clone());
            }
            index.places.insert(place);
        }
        for section in &collection.sections {
            let place =
                if section.folder.is_empty() { "/".to_owned() } else { format!("/{}/_index.md", section.folder) };
            index.by_source.insert(section.source.as_str().to_owned(), place.clone());
            if let Some(url) = &section.text.old {
                index.by_url.entry(key(url.as_str())).or_insert_with(|| place.clone());
            }
            index.places.insert(place);
        }
        for copy in &collection.copies {
            let place = copy.to.strip_prefix("static").or_else(|| copy.to.strip_prefix("content"));
            if let Some(place) = place {
                index.by_source.insert(copy.from.clone(), place.to_owned());
                index.by_url.entry(key(place)).or_insert_with(|| place.to_owned());
                index.places.insert(place.to_owned());
                index.files.insert(place.to_owned());
                if copy.to.starts_with("static/") {
                    index.in_static.insert(place.to_owned());
                }
            }
        }
        index
    }

    /// Adds another name of an article.
    pub fn name(&mut self, name: &str, article: &Article) {
        self.by_name.entry(name.to_lowercase()).or_insert_with(|| format!("/{}", article.target));
    }

    /// The new place of a file of the collection.
    pub fn of_source(&self, path: &str) -> Option<&str> {
        self.by_source.get(path).map(String::as_str)
    }

    /// The new place of what has another name.
    pub fn of_name(&self, name: &str) -> Option<&str> {
        self.by_name.get(&name.to_lowercase()).map(String::as_str)
    }

    /// The new place of what was served at an address.
    pub fn of_url(&self, path: &str) -> Option<&str> {
        self.by_url.get(&key(path)).map(String::as_str)
    }

    /// The new target of a link in an article, as it is to be written; `None` where the old one may stay.
    pub fn resolve(&self, article: &Article, written: &str) -> Option<String> {
        let inside = self.within(written);
        let (path, rest) = inside.split_at(inside.find(['?', '#']).unwrap_or(inside.len()));
        let absolute = written.starts_with(['/', '@']);
        if path.is_empty() || (path.contains(':') && !absolute) || path.starts_with("//") {
            return None;
        }
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        if self.places.contains(decoded.as_ref()) {
            return (inside != written).then(|| inside.to_owned());
        }
        match self.place(article, &decoded) {
            Some(place) => Some(format!("{}{rest}", self.seen_from(article, place))),
            // What the base path led to is at the root of the site now.
            None => (inside != written).then(|| inside.to_owned()),
        }
    }

    /// Whether an address is one of the old site's.
    pub fn is_own(&self, written: &str) -> bool {
        self.within(written) != written
    }

    /// The file that a key of an article names, as the new site names it.
    pub fn file(&self, article: &Article, written: &str) -> Option<String> {
        let path = self.within(written);
        let decoded = percent_decode_str(path.split(['?', '#']).next()?).decode_utf8().ok()?;
        let place = match self.files.get(decoded.as_ref()) {
            Some(place) => place.as_str(),
            None => self.place(article, &decoded)?,
        };
        self.files.contains(place).then(|| place.to_owned())
    }

    /// The new place of what a target leads to.
    pub fn leads_to(&self, article: &Article, written: &str) -> Option<&str> {
        let path = self.within(written);
        let decoded = percent_decode_str(path.split(['?', '#']).next()?).decode_utf8().ok()?;
        self.place(article, &decoded)
    }

    /// The place that a decoded path leads to.
    fn place(&self, article: &Article, path: &str) -> Option<&str> {
        let home = folder(article.source.as_str());
        if let Some(path) = path.strip_prefix('/') {
            return self.of_url(path).or_else(|| self.of_source(path)).or_else(|| self.of_name(path));
        }
        let beside = join(home, path);
        let beside = beside.as_deref().and_then(|path| self.of_source(path));
        beside.or_else(|| {
            let base = article.old.as_ref().map(Url::as_str)?;
            self.of_url(&join(folder(base), path)?)
        })
    }

    /// A link as seen from the root of the site, if it named the old site's address.
    fn within<'w>(&self, written: &'w str) -> &'w str {
        let Some(base) = &self.base else { return written };
        let start = |prefix: &str| written.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let slash = |rest: &'w str| if rest.is_empty() { Some("/") } else { rest.starts_with('/').then_some(rest) };
        for scheme in ["https:", "http:", ""] {
            let host = base.origin.split_once(':').map_or("", |(_, host)| host);
            let prefix = format!("{scheme}{host}{}", base.path);
            if !host.is_empty()
                && start(&prefix)
                && let Some(rest) = slash(&written[prefix.len()..])
            {
                return rest;
            }
        }
        let below = (!base.path.is_empty()).then(|| written.strip_prefix(&base.path)).flatten();
        below.and_then(slash).filter(|_| self.of_url(written).is_none()).unwrap_or(written)
    }

    /// A place as an article names it: a file of its own bundle by its bare name.
    fn seen_from(&self, article: &Article, place: &str) -> String {
        let bundle = article.target.strip_suffix("index.md").or_else(|| article.target.strip_suffix("index.html"));
        let beside = bundle
            .filter(|bundle| bundle.ends_with('/'))
            .and_then(|bundle| place.strip_prefix('/')?.strip_prefix(bundle));
        let beside = beside.filter(|rest| !rest.is_empty() && !self.in_static.contains(place));
        written(beside.unwrap_or(place))
    }
}

/// A path as it stands in a link of Markdown or HTML.
pub fn written(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '"' | '\'' | '%' | '#' | '?' | '\\' | '[' | ']' | '`' | '*' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// An address without what makes no difference: the first slash and the last, `index.html`.
fn key(url: &str) -> String {
    let url = url.trim_start_matches('/');
    let url = url.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(url);
    url.trim_end_matches('/').to_owned()
}

/// A target as an author wrote it, fit to stand in Markdown's brackets.
pub fn written_target(target: &str) -> String {
    target.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace(['<', '>', '\n'], "")
}
