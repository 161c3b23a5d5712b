//! The search page, and the index behind it: static files that a script in the browser reads a few of.
//!
//! Articles are put in order by a digest of their addresses, which no other article changes, and cut into groups by it. Within a
//! group they are known by their places. The terms of a group are cut into shards, what is shown of its articles into buckets. So
//! an edit changes some shards of one group and one bucket, and a question about a word reads one shard of each group.

mod table;
mod text;
mod words;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::{Desk, head};
use crate::model::body::Bodies;
use crate::model::config::Search;
use crate::model::digest::Digest;
use crate::model::page::Page;
use crate::model::path::Url;
use crate::model::shared::{Deferred, Depth};
use crate::model::site::{Article, ArticleId, Role, Site};
use crate::model::view::search::{
    Documents, DocumentsView, FoundView, SearchChoice, SearchPage, StatisticsView, TermsView, TextsView,
};
use table::Table;

/// Into how many groups articles are cut: one edit changes the terms of an eighth of them at most.
const GROUPS: usize = 8;
/// About how many words of text a shard of all groups together is for, and at most twice as many.
const SHARD_WORDS: usize = 20_000;
/// The most shards of a group.
const MOST_SHARDS: usize = 4096;
/// How many characters of an article's text may be shown where it is found.
const SHOWN: usize = 4_000;
/// How many tags, and how many authors, results may be narrowed by.
const CHOICES: usize = 200;

/// An article that is searched.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The digest of its address: its place among the others.
    place: Digest,
    article: ArticleId,
    group: usize,
    bucket: usize,
}

/// How the index is cut. It depends on the size of the collection, roughly: growth makes it anew once in a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    shards: usize,
    /// Buckets of a group.
    buckets: usize,
}

/// What is searched, in order.
pub(super) struct Catalogue {
    layout: Layout,
    documents: Vec<Document>,
}

impl Catalogue {
    /// All that readers may find: articles and standing pages, those that are named nowhere aside.
    pub fn of(site: &Site) -> Self {
        let named = site.articles.iter().zip(0..).filter(|(article, _)| article.role != Role::Unlisted);
        let found: Vec<(&Article, ArticleId)> = named.map(|(article, at)| (article, ArticleId(at))).collect();
        let words: usize = found.iter().map(|(article, _)| article.meta.words as usize).sum();
        let layout = Layout {
            shards: (words / SHARD_WORDS / 2).clamp(1, MOST_SHARDS).next_power_of_two(),
            buckets: (2 * found.len()).next_power_of_two().div_ceil(GROUPS).max(1),
        };
        let document = |(article, id): (&Article, ArticleId)| layout.document(&article.url, id);
        let mut documents: Vec<Document> = found.into_par_iter().map(document).collect();
        documents.par_sort_unstable_by_key(|document| (document.place, document.article));
        Self { layout, documents }
    }

    /// The shards of a group.
    pub fn shards(&self) -> usize {
        self.layout.shards
    }

    /// Ranges of documents that share a bucket.
    pub fn buckets(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let same = |a: &Document, b: &Document| (a.group, a.bucket) == (b.group, b.bucket);
        let ranges = self.documents.chunk_by(same).map(|bucket| {
            start += bucket.len();
            start - bucket.len()..start
        });
        ranges.collect()
    }

    fn group(&self, group: usize) -> Range<usize> {
        let start = self.documents.partition_point(|document| document.group < group);
        start..self.documents.partition_point(|document| document.group <= group)
    }
}

impl Layout {
    fn document(self, url: &Url, article: ArticleId) -> Document {
        let place = Digest::of(url.as_str().as_bytes());
        let bytes = place.as_bytes();
        let head = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let bucket = ((u64::from(head) * (GROUPS * self.buckets) as u64) >> 32) as usize;
        Document { place, article, group: bucket / self.buckets, bucket: bucket % self.buckets }
    }
}

/// The groups of the index, by their numbers.
pub(super) fn groups() -> Range<usize> {
    0..GROUPS
}

/// The address of the index: a folder.
pub(super) fn folder() -> Url {
    Url::from_decoded("search/").unwrap_or_else(|_| Url::root())
}

/// The address of a part of the index.
pub(super) fn part(path: &str) -> Url {
    // Digits, letters and points make a sound address.
    folder().join(path).unwrap_or_else(|_| folder())
}

/// The address of what is shown of the articles of a bucket.
pub(super) fn bucket(catalogue: &Catalogue, range: &Range<usize>) -> Url {
    let document = &catalogue.documents[range.start];
    part(&format!("{}/texts-{}.json", document.group, document.bucket))
}

/// What the parts of the index are made from.
pub(super) struct Index {
    search: Search,
    catalogue: Catalogue,
    /// A digest of each document: of all that is searched and shown of it.
    contents: Vec<Digest>,
    /// A digest of each group.
    keys: Vec<Digest>,
    tables: Vec<Mutex<Option<Arc<Table>>>>,
}

impl Index {
    /// Makes ready for all parts of the index, if there is one.
    pub fn of(site: &Site) -> Option<Self> {
        let search = site.config.search?;
        let catalogue = Catalogue::of(site);
        let contents: Vec<Digest> =
            catalogue.documents.par_iter().map(|document| content(site, search, document)).collect();
        let layout = Digest::of_value(&(catalogue.layout.shards, catalogue.layout.buckets, search));
        let key = |group| {
            let parts: Vec<Digest> = contents[catalogue.group(group)].iter().copied().chain([layout]).collect();
            Digest::join(&parts)
        };
        let keys = groups().map(key).collect();
        let tables = groups().map(|_| Mutex::default()).collect();
        Some(Self { search, catalogue, contents, keys, tables })
    }

    /// Lets go of what was made for a group.
    pub fn let_go(&self, group: usize) {
        *self.tables[group].lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The terms of a group, made when the first of its parts is. Others wait: nothing that is done meanwhile waits for them.
    fn table(&self, desk: &Desk, group: usize) -> Arc<Table> {
        let mut table = self.tables[group].lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let documents = &self.catalogue.documents[self.catalogue.group(group)];
            let shards = self.catalogue.layout.shards;
            Arc::new(table::make(desk.site, desk.bodies, self.search, documents, shards))
        };
        Arc::clone(table.get_or_insert_with(make))
    }
}

/// The digest of all that is searched and shown of an article.
fn content(site: &Site, search: Search, document: &Document) -> Digest {
    let article = site.article(document.article);
    let sections = article.section.map(|id| {
        let section = &site.sections[id.index()];
        (&section.path, section.parents.iter().map(|id| &site.sections[id.index()].path).collect::<Vec<_>>())
    });
    let beside = (article.meta.date, article.role == Role::Listed, sections);
    let body = if search.body { article.meta.body } else { Digest::default() };
    Digest::join(&[document.place, article.card.digest(), body, Digest::of_value(&beside)])
}

/// The page that the site is searched from.
pub(super) fn page(desk: &Desk, page: &Page) -> SearchPage {
    let site = desk.site;
    let mut head = head::of(desk, page, "search", desk.strings().text("search").to_owned(), None);
    head.description = desk.strings().fill("search_about", &[("site", &site.config.title)]);
    head.canonical = None;
    head.noindex = true;
    let of = |name: &str| SearchChoice { name: name.to_owned(), value: name.to_owned() };
    let authors = site.authors.iter().filter(|author| author.has_page);
    let series = Url::from_decoded("series/").ok().filter(|_| !site.series.is_empty());
    let section = |section: &crate::model::site::Section| SearchChoice {
        name: section.title.clone(),
        value: section.path.clone(),
    };
    SearchPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        index: desk.href(&folder()),
        script: site.view.assets.get(SCRIPT).cloned().unwrap_or_default(),
        sections: site.sections.iter().map(section).collect(),
        authors: most(authors.map(|author| (author.name.as_str(), author.articles.len()))).map(of).collect(),
        tags: most(site.tags.iter().map(|tag| (tag.name.as_str(), tag.articles.len()))).map(of).collect(),
        years: super::dates::years(desk).iter().map(|year| of(&year.name)).collect(),
        series: series.map(|url| desk.link(desk.strings().text("series"), &url)),
        query: desk.answers("search", None),
    }
}

/// The script's name among the files of themes.
const SCRIPT: &str = "search.js";

/// The names with the highest counts, in the order in which they came.
fn most<'a>(names: impl Iterator<Item = (&'a str, usize)>) -> impl Iterator<Item = &'a str> {
    let mut names: Vec<(usize, &str, usize)> = names.enumerate().map(|(at, (name, count))| (at, name, count)).collect();
    names.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    names.truncate(CHOICES);
    names.sort_unstable_by_key(|(at, ..)| *at);
    names.into_iter().map(|(_, name, _)| name)
}

/// What there is to be searched.
pub(super) fn statistics(index: &Index) -> StatisticsView {
    StatisticsView {
        articles: index.catalogue.documents.len(),
        groups: index.keys.iter().map(Digest::short).collect(),
        shards: index.catalogue.layout.shards,
        buckets: index.catalogue.layout.buckets,
        recency: index.search.recency,
    }
}

/// The articles of a group.
pub(super) fn documents(desk: &Desk, index: &Index, group: usize, depth: Depth) -> DocumentsView {
    let make = || {
        let documents = &index.catalogue.documents[index.catalogue.group(group)];
        let mut buckets = vec![0; index.catalogue.layout.buckets];
        documents.iter().for_each(|document| buckets[document.bucket] += 1);
        let aged = documents.iter().filter(|_| index.search.recency.is_some());
        let days = aged.map(|document| day(desk.site.article(document.article)));
        Documents { buckets, lengths: Arc::clone(&index.table(desk, group).lengths), days: days.collect() }
    };
    DocumentsView { documents: Deferred::new(index.keys[group], depth, make) }
}

/// The day of an article, counted from the first of the year 1; 0 where it has none.
fn day(article: &Article) -> u32 {
    let first = jiff::civil::date(1, 1, 1);
    let since = |date: jiff::civil::Date| (date - first).get_days();
    article.meta.date.map_or(0, |date| u32::try_from(since(date.date()) + 1).unwrap_or(0))
}

/// The terms of a shard, with the articles of a group that have them.
pub(super) fn terms(desk: &Desk, index: &Index, group: usize, shard: usize, depth: Depth) -> TermsView {
    let make = || Arc::clone(&index.table(desk, group).shards[shard]);
    TermsView { terms: Deferred::new(index.keys[group], depth, make) }
}

/// What is shown of the articles of a bucket.
pub(super) fn texts(desk: &Desk, index: &Index, range: Range<usize>, depth: Depth) -> TextsView {
    let digest = Digest::join(&index.contents[range.clone()]);
    let found = |document: &Document| {
        let article = desk.site.article(document.article);
        let text = if index.search.body { shown(desk.bodies, article) } else { String::new() };
        FoundView { card: article.card.clone(), text }
    };
    let make = || index.catalogue.documents[range].iter().map(found).collect();
    TextsView { articles: Deferred::new(digest, depth, make) }
}

/// The beginning of an article's text.
fn shown(bodies: &dyn Bodies, article: &Article) -> String {
    let mut text = text::of_body(&bodies.body(article.body));
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
    }
    text
}
