//! The collection as collecting leaves it: every article in its place, every list in its order, every link resolved. All
//! lists of articles are in ascending order (undated first, then by date, then by path); pages show them from the other end.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::article::Meta;
use super::config::{Config, Pagination};
use super::date::Moment;
use super::path::{OutPath, SitePath, Slug, Url};
use super::person::Person;
use super::report::Due;
use super::section::SectionFile;
use super::shared::Shared;
use super::strings::Lexicon;
use super::theme::Query;
use super::view::article::Card;
use super::view::head::SiteView;

macro_rules! ids {
    ($($name:ident $what:literal)+) => { $(
        #[doc = concat!("Which ", $what, ": its place in the site's list.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+ };
}

ids! { ArticleId "article" SectionId "section" TagId "tag" AuthorId "author" SeriesId "series" TermId "term of a taxonomy" }

/// What a published article takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An article: in every list that it belongs to.
    Listed,
    /// A standing page: in the sitemap, in no list.
    Standing,
    /// Nowhere but at its URL.
    Unlisted,
}

/// A link of an article, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Target {
    /// The target is hidden or missing: the link shows as its text.
    Nowhere,
    /// A place in the site: the URL, and what follows it (`#part`, `?query#part`, or nothing), as written.
    At(Url, Box<str>),
}

/// A published article.
#[derive(Clone, Debug)]
pub struct Article {
    /// What its file says. What only collecting asks for is let go: see [`Meta::settle`].
    pub meta: Box<Meta>,
    /// Which of the parsed bodies is its own.
    pub body: usize,
    /// Its address.
    pub url: Url,
    /// What it takes part in.
    pub role: Role,
    /// What lists show of it.
    pub card: Shared<Card>,
    /// The section that it lies in.
    pub section: Option<SectionId>,
    /// Its authors, in order.
    pub authors: Vec<AuthorId>,
    /// Its series and its place in it, from 0.
    pub series: Option<(SeriesId, usize)>,
    /// The one before it in its section.
    pub older: Option<ArticleId>,
    /// The one after it in its section.
    pub newer: Option<ArticleId>,
    /// Related articles, nearest first.
    pub related: Vec<ArticleId>,
    /// Its links, resolved: one for each of `meta.links`.
    pub targets: Vec<Target>,
}

impl Article {
    /// Lets go of the forms in which templates took its card.
    pub fn rest(&self) {
        self.card.rest();
        [&self.card.published, &self.card.updated].into_iter().flatten().for_each(Shared::rest);
    }
}

/// A section.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its path (`news/asia`), as slugs.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Url,
    /// Its `_index.md`, if it has one.
    pub file: Option<SectionFile>,
    /// The links of that file, resolved.
    pub targets: Vec<Target>,
    /// The sections above it, outermost first.
    pub parents: Vec<SectionId>,
    /// The sections directly below it.
    pub children: Vec<SectionId>,
    /// Its articles and those below it.
    pub articles: Vec<ArticleId>,
}

impl Section {
    /// How its list is cut into pages: as the site's lists are, but for a page size of its own.
    pub fn pagination(&self, config: &Config) -> Pagination {
        let own = self.file.as_ref().and_then(|file| file.page_size);
        Pagination { size: own.unwrap_or(config.pagination.size), ..config.pagination }
    }
}

/// A tag with articles.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As spelt.
    pub name: String,
    /// Its address.
    pub url: Url,
    /// What it is about.
    pub description: Option<String>,
    /// Wider tags.
    pub broader: Vec<TagId>,
    /// Narrower tags.
    pub narrower: Vec<TagId>,
    /// Tags that often stand beside it, most often first.
    pub neighbours: Vec<TagId>,
    /// Slugs under which it was known: their pages redirect, their feeds carry on.
    pub former: Vec<Slug>,
    /// Its articles.
    pub articles: Vec<ArticleId>,
}

/// An author with articles.
#[derive(Clone, Debug)]
pub struct Author {
    /// The name as printed.
    pub name: String,
    /// The address of the author's page.
    pub url: Url,
    /// Whether there is such a page: not for one whose only articles are unlisted.
    pub has_page: bool,
    /// The entry of authors.yaml, if there is one.
    pub person: Option<Person>,
    /// The portrait: a link, base path included.
    pub image: Option<String>,
    /// Roles that articles credit, in alphabetical order.
    pub roles: Vec<String>,
    /// The articles.
    pub articles: Vec<ArticleId>,
}

/// A series, or a term of a taxonomy of the site's own.
#[derive(Clone, Debug)]
pub struct Term {
    /// As spelt.
    pub name: String,
    /// Its address.
    pub url: Url,
    /// Its articles: a series' in the order of its parts.
    pub articles: Vec<ArticleId>,
}

/// A taxonomy of the site's own.
#[derive(Clone, Debug)]
pub struct TaxonomyIndex {
    /// Its name as a heading.
    pub title: String,
    /// Its address.
    pub url: Url,
    /// Its terms by name.
    pub terms: Vec<Term>,
}

/// The dated articles of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: jiff::civil::Date,
    /// Its articles.
    pub articles: Vec<ArticleId>,
}

/// A page's former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The former address.
    pub from: Url,
    /// Where it leads.
    pub to: Url,
    /// The file that says so.
    pub source: SitePath,
}

/// A file to be copied into the output.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Where it goes.
    pub out: OutPath,
    /// What is copied.
    pub asset: super::source::Asset,
}

/// What is not published, and what changes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Articles that are held back, the next one to appear first.
    pub held: Vec<Due>,
    /// The addresses that held articles will have.
    pub to_come: Vec<Url>,
    /// How many drafts there are.
    pub drafts: usize,
    /// How many articles have expired.
    pub expired: usize,
    /// Their addresses.
    pub withdrawn: Vec<Url>,
    /// The article that expires next.
    pub expires_next: Option<Due>,
    /// When the next article appears or is withdrawn.
    pub next_due: Option<Moment>,
}

/// The whole collection.
#[derive(Clone, Debug)]
pub struct Site {
    /// site.yaml.
    pub config: Config,
    /// What every page sees of the site.
    pub view: Shared<SiteView>,
    /// The theme's queries.
    pub queries: Vec<Query>,
    /// What pages say, by language.
    pub lexicon: Lexicon,
    /// Published articles, in order.
    pub articles: Vec<Article>,
    /// Listed articles that have a date, oldest first: the front page's list.
    pub dated: Vec<ArticleId>,
    /// content/_index.md.
    pub home: Option<SectionFile>,
    /// The links of that file, resolved.
    pub home_targets: Vec<Target>,
    /// Sections by path.
    pub sections: Vec<Section>,
    /// Tags by name.
    pub tags: Vec<Tag>,
    /// Authors by name.
    pub authors: Vec<Author>,
    /// Series by name.
    pub series: Vec<Term>,
    /// Taxonomies of the site's own, as configured.
    pub taxonomies: Vec<TaxonomyIndex>,
    /// Days that have articles, oldest first.
    pub days: Vec<Day>,
    /// Former addresses.
    pub redirects: Vec<Redirect>,
    /// Files to be copied.
    pub placed: Vec<Placed>,
    /// Data files by name without extension.
    pub data: BTreeMap<String, Value>,
    /// What is not published.
    pub waiting: Waiting,
}

impl Site {
    /// The article of an id.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }
}
