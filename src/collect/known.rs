//! The addresses of everything but articles, so that links to lists, feeds and files can be checked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::config::{Config, Pagination};
use crate::model::page::{FeedFormat, Slice};
use crate::model::path::Url;
use crate::model::site::{Author, Day, Placed, Redirect, Section, Tag, TaxonomyIndex, Term};

/// What has addresses.
pub(super) struct Lists<'a> {
    pub sections: &'a [Section],
    pub tags: &'a [Tag],
    pub authors: &'a [Author],
    pub series: &'a [Term],
    pub taxonomies: &'a [TaxonomyIndex],
    pub days: &'a [Day],
    pub redirects: &'a [Redirect],
    pub statics: &'a [Placed],
    pub config: &'a Config,
    pub dated: usize,
    /// What would be there if hidden articles were public.
    pub absent: BTreeSet<String>,
}

/// The addresses.
pub(super) struct Addresses {
    single: BTreeSet<String>,
    absent: BTreeSet<String>,
    /// Lists, each with the numbers of its further pages.
    lists: BTreeMap<String, Range<u32>>,
    /// How the site's lists are cut.
    pagination: Pagination,
}

impl Addresses {
    /// Gathers all of them.
    pub fn gather(lists: Lists) -> Self {
        let mut own = Self {
            single: BTreeSet::new(),
            absent: lists.absent,
            lists: BTreeMap::new(),
            pagination: lists.config.pagination,
        };
        let files = ["/sitemap.xml", "/robots.txt", "/llms.txt", "/404.html", "/archive/"];
        own.single.extend(files.map(str::to_owned));
        own.single.extend(lists.config.search.map(|_| "/search/".to_owned()));
        own.feeds(&Url::root(), lists.config);
        own.list(&Url::root(), Slice::all(lists.dated, own.pagination));
        own.index("/tags/", lists.tags.len());
        own.index("/authors/", lists.authors.iter().filter(|author| author.has_page).count());
        for section in lists.sections {
            own.list(&section.url, Slice::all(section.articles.len(), section.pagination(lists.config)));
            own.feeds(&section.url, lists.config);
        }
        for tag in lists.tags {
            own.list(&tag.url, Slice::all(tag.articles.len(), own.pagination));
            own.feeds(&tag.url, lists.config);
        }
        for author in lists.authors.iter().filter(|author| author.has_page) {
            own.list(&author.url, Slice::all(author.articles.len(), own.pagination));
            own.feeds(&author.url, lists.config);
        }
        if !lists.series.is_empty() {
            own.index("/series/", lists.series.len());
        }
        for term in lists.series {
            own.list(&term.url, Slice::forward(term.articles.len(), own.pagination.size));
            own.feeds(&term.url, lists.config);
        }
        for taxonomy in lists.taxonomies {
            own.index(taxonomy.url.as_str(), taxonomy.terms.len());
            for term in &taxonomy.terms {
                own.list(&term.url, Slice::all(term.articles.len(), own.pagination));
            }
        }
        let mut months: BTreeMap<Url, usize> = BTreeMap::new();
        for day in lists.days {
            let date = day.date;
            own.single.insert(Url::of_year(date).to_string());
            *months.entry(Url::of_month(date)).or_default() += day.articles.len();
            own.list(&Url::of_day(date), Slice::all(day.articles.len(), own.pagination));
        }
        for (month, items) in months {
            own.list(&month, Slice::all(items, own.pagination));
        }
        own.single.extend(lists.redirects.iter().map(|redirect| redirect.from.to_string()));
        own.single.extend(lists.statics.iter().map(|placed| format!("/{}", placed.out)));
        own
    }

    fn list(&mut self, url: &Url, slices: Vec<Slice>) {
        self.lists.insert(url.to_string(), Slice::numbers(&slices));
    }

    fn index(&mut self, address: &str, rows: usize) {
        self.lists.insert(address.to_owned(), Slice::numbers(&Slice::forward(rows, Slice::INDEX_SIZE)));
    }

    fn feeds(&mut self, list: &Url, config: &Config) {
        for format in config.feeds.formats() {
            self.single.insert(format!("{list}{}", format.file()));
        }
    }

    /// Whether something lies at an address; `index.html` may be spelt out.
    pub fn contains(&self, url: &Url) -> bool {
        let path = url.as_str().strip_suffix("index.html").unwrap_or(url.as_str());
        self.single.contains(path) || self.lists.contains_key(path) || self.further_page(path)
    }

    /// Whether something would lie at an address if hidden articles were public.
    pub fn hides(&self, url: &Url) -> bool {
        let path = url.as_str().strip_suffix("index.html").unwrap_or(url.as_str());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let feed = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json]
            .iter()
            .any(|format| path.ends_with(&format!("/{}", format.file())));
        self.absent.contains(path) || feed && self.absent.contains(&format!("{folder}/"))
    }

    fn further_page(&self, path: &str) -> bool {
        let Some((list, number)) = path.strip_suffix('/').and_then(|path| path.rsplit_once("page/")) else {
            return false;
        };
        let number: Option<u32> = number.parse().ok();
        number.is_some_and(|number| self.lists.get(list).is_some_and(|numbers| numbers.contains(&number)))
    }

    /// All addresses, for "did you mean".
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.single.iter().chain(self.lists.keys()).map(String::as_str)
    }
}
