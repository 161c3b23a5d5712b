//! The pages to be made: for each output its place, its template, and what it shows.

use std::borrow::Cow;
use std::ops::Range;

use super::config::{Feeds, PageStyle, Pagination};
use super::output::Stage;
use super::path::Url;
use super::site::{ArticleId, AuthorId, SectionId, SeriesId, TagId, TermId};

/// One output to be rendered.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// The template that makes it; `None` for what code makes.
    pub template: Option<Cow<'static, str>>,
    /// What it shows.
    pub what: What,
    /// When it may appear.
    pub stage: Stage,
}

/// Where a pager leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nowhere: the list ends here.
    End,
    /// To the list's own URL.
    Head,
    /// To a numbered page.
    Page(u32),
}

/// The part of a list that one page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its number; `None` for the list's own URL.
    pub number: Option<u32>,
    /// The first of its items, counted from the list's beginning.
    pub start: usize,
    /// One past the last of its items.
    pub end: usize,
    /// Towards the list's end: newer articles.
    pub newer: Step,
    /// Towards the list's beginning: older articles.
    pub older: Step,
}

impl Slice {
    /// Rows on a page of an index from A to Z.
    pub const INDEX_SIZE: usize = 1_000;

    /// The numbers that a list's further pages have.
    pub fn numbers(slices: &[Slice]) -> Range<u32> {
        let numbers = slices.iter().filter_map(|slice| slice.number);
        numbers.clone().min().map_or(0..0, |first| first..numbers.max().unwrap_or(first) + 1)
    }

    /// Cuts a list of so many items, in ascending order, into pages; the list's own URL comes first.
    ///
    /// In the stable style, page k holds the k-th run of `size` items counted from the oldest, for good, and the list's own
    /// URL holds what is left: all of fewer than two runs, else at least one whole run. In the other style the list's own
    /// URL holds the newest run, page 2 the next.
    pub fn all(items: usize, pagination: Pagination) -> Vec<Slice> {
        let size = pagination.size.max(1);
        match pagination.style {
            PageStyle::Stable => Self::stable(items, size),
            PageStyle::NewestFirst => Self::newest_first(items, size),
        }
    }

    /// Cuts a list that is read from its beginning (an index from A to Z, a series) into pages: the list's own URL holds the
    /// first items, page 2 the next. `newer` leads back, `older` leads on.
    pub fn forward(items: usize, size: usize) -> Vec<Slice> {
        let size = size.max(1);
        let pages = items.div_ceil(size).max(1);
        let step = |to: usize| if to == 1 { Step::Head } else { Step::Page(to as u32) };
        let page = |number: usize| Slice {
            number: (number > 1).then_some(number as u32),
            start: (number - 1) * size,
            end: items.min(number * size),
            newer: if number == 1 { Step::End } else { step(number - 1) },
            older: if number == pages { Step::End } else { step(number + 1) },
        };
        (1..=pages).map(page).collect()
    }

    fn stable(items: usize, size: usize) -> Vec<Slice> {
        let full = (items / size).saturating_sub(1);
        let last = if full > 0 { Step::Page(full as u32) } else { Step::End };
        let head = Slice { number: None, start: full * size, end: items, newer: Step::End, older: last };
        let numbered = (1..=full).map(|number| Slice {
            number: Some(number as u32),
            start: (number - 1) * size,
            end: number * size,
            newer: if number == full { Step::Head } else { Step::Page(number as u32 + 1) },
            older: if number == 1 { Step::End } else { Step::Page(number as u32 - 1) },
        });
        std::iter::once(head).chain(numbered).collect()
    }

    fn newest_first(items: usize, size: usize) -> Vec<Slice> {
        let pages = items.div_ceil(size).max(1);
        let page = |number: usize| Slice {
            number: (number > 1).then_some(number as u32),
            start: items.saturating_sub(number * size),
            end: items - (number - 1) * size,
            newer: match number {
                1 => Step::End,
                2 => Step::Head,
                _ => Step::Page(number as u32 - 1),
            },
            older: if number == pages { Step::End } else { Step::Page(number as u32 + 1) },
        };
        (1..=pages).map(page).collect()
    }
}

/// An index in alphabetical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is the index of its name; a taxonomy by its place in the configuration.
pub enum Index {
    Tags,
    Authors,
    Series,
    Taxonomy(usize),
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is the feed of its name.
pub enum Channel {
    Home,
    Section(SectionId),
    Tag(TagId),
    Author(AuthorId),
    Series(SeriesId),
}

/// A feed's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// The feed's file name.
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

impl Feeds {
    /// The formats that are switched on.
    pub fn formats(&self) -> impl Iterator<Item = FeedFormat> + use<> {
        let on = [(self.atom, FeedFormat::Atom), (self.rss, FeedFormat::Rss), (self.json, FeedFormat::Json)];
        on.into_iter().filter_map(|(on, format)| on.then_some(format))
    }
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is the page of its name.
pub enum What {
    Home(Slice),
    Article(ArticleId),
    Section(SectionId, Slice),
    Tag(TagId, Slice),
    Author(AuthorId, Slice),
    Series(SeriesId, Slice),
    Term(usize, TermId, Slice),
    Index(Index, Slice),
    Archive,
    /// A year: its days, as a range of the site's.
    Year(Range<usize>),
    /// A month: its days, as a range of the site's.
    Month(Range<usize>, Slice),
    /// A day: its place among the site's.
    Day(usize, Slice),
    NotFound,
    Redirect(usize),
    Feed(Channel, FeedFormat),
    /// The whole sitemap, or a part of it: a range of the site's indexable addresses.
    Sitemap(Range<usize>),
    /// The sitemap of so many parts.
    SitemapIndex(usize),
    Robots,
    Llms,
    Redirects,
    Headers,
    Search,
    /// What there is to be searched: its statistics, and how the index is cut.
    SearchStatistics,
    /// The articles of a group, in order.
    SearchDocuments(usize),
    /// The terms of a shard, with the articles of a group that have them.
    SearchTerms {
        group: usize,
        shard: usize,
    },
    /// What is shown of the articles of a bucket: a range of a group's.
    SearchTexts {
        group: usize,
        range: Range<usize>,
    },
}

impl What {
    /// The group of articles that a part of the search index is made from: it takes the bodies of all of them to make any.
    pub fn search_group(&self) -> Option<usize> {
        match self {
            Self::SearchDocuments(group) | Self::SearchTerms { group, .. } | Self::SearchTexts { group, .. } => {
                Some(*group)
            }
            _ => None,
        }
    }
}
