//! The addresses of everything but articles, so that links to lists, feeds and files can be checked.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Lists, each with its number of items and how they are cut: their further pages need not be spelt out.
    lists: BTreeMap<String, (usize, Pagination)>,
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
        let files = ["/sitemap.xml", "/robots.txt", "/llms.txt", "/404.html", "/archive/", "/tags/", "/authors/"];
        own.single.extend(files.map(str::to_owned));
        own.feeds(&Url::root(), lists.config);
        own.lists.insert("/".to_owned(), (lists.dated, own.pagination));
        for section in lists.sections {
            own.list(&section.url, section.articles.len(), Some(lists.config));
            let items = (section.articles.len(), section.pagination(lists.config));
            own.lists.insert(section.url.to_string(), items);
        }
        for tag in lists.tags {
            own.list(&tag.url, tag.articles.len(), Some(lists.config));
        }
        for author in lists.authors.iter().filter(|author| author.has_page) {
            own.list(&author.url, author.articles.len(), Some(lists.config));
        }
        for term in lists.series {
            own.single.insert("/series/".to_owned());
            own.list(&term.url, term.articles.len(), Some(lists.config));
        }
        for taxonomy in lists.taxonomies {
            own.single.insert(taxonomy.url.to_string());
            for term in &taxonomy.terms {
                own.list(&term.url, term.articles.len(), None);
            }
        }
        let mut months: BTreeMap<String, usize> = BTreeMap::new();
        for day in lists.days {
            let date = day.date;
            own.single.insert(format!("/{:04}/", date.year()));
            *months.entry(format!("/{:04}/{:02}/", date.year(), date.month())).or_default() += day.articles.len();
            let address = format!("/{:04}/{:02}/{:02}/", date.year(), date.month(), date.day());
            own.lists.insert(address, (day.articles.len(), own.pagination));
        }
        let pagination = own.pagination;
        own.lists.extend(months.into_iter().map(|(month, items)| (month, (items, pagination))));
        own.single.extend(lists.redirects.iter().map(|redirect| redirect.from.to_string()));
        own.single.extend(lists.statics.iter().map(|placed| format!("/{}", placed.out)));
        own
    }

    fn list(&mut self, url: &Url, items: usize, feeds: Option<&Config>) {
        self.lists.insert(url.to_string(), (items, self.pagination));
        if let Some(config) = feeds {
            self.feeds(url, config);
        }
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
        self.lists.get(list).is_some_and(|(items, pagination)| {
            Slice::all(*items, *pagination).iter().any(|slice| slice.number.is_some() && slice.number == number)
        })
    }

    /// All addresses, for "did you mean".
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.single.iter().chain(self.lists.keys()).map(String::as_str)
    }
}
