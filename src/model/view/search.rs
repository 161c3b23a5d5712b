//! What the search page and the index behind it are made from.

use std::sync::Arc;

use serde::Serialize;

use super::article::Card;
use super::head::{LinkView, PageView, SiteView};
use super::listing::Answers;
use crate::model::shared::{Deferred, Shared};
use crate::model::strings::Strings;

/// `search.html`: the page that a script searches the site from.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The link to the folder of the index.
    pub index: String,
    /// The link to the script.
    pub script: String,
    /// The sections by which results may be narrowed.
    pub sections: Vec<SearchChoice>,
    /// The authors by whom results may be narrowed: of many, those of the most articles.
    pub authors: Vec<SearchChoice>,
    /// The tags by which results may be narrowed: of many, those of the most articles.
    pub tags: Vec<SearchChoice>,
    /// The years by which results may be narrowed, newest first.
    pub years: Vec<SearchChoice>,
    /// The link to the index of series, or `null` where there are none.
    pub series: Option<LinkView>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// What results may be narrowed by.
#[derive(Clone, Debug, Serialize)]
pub struct SearchChoice {
    /// What it says: text.
    pub name: String,
    /// What stands for it in the address of a search.
    pub value: String,
}

/// `search/index.json`, by code: what there is to be searched, and how the index is cut.
#[derive(Clone, Debug, Serialize)]
pub struct StatisticsView {
    /// How many articles are searched.
    pub articles: usize,
    /// The groups of articles: for each, a fingerprint of all its parts. It is added to their addresses, so that no browser puts
    /// parts of different ages together.
    pub groups: Vec<String>,
    /// How many shards the terms of a group are cut into: a power of two.
    pub shards: usize,
    /// How many buckets the articles of a group are cut into.
    pub buckets: usize,
    /// After how many days an article counts for less, or `null`.
    pub recency: Option<u32>,
}

/// `search/G/documents.txt`, by code: the articles of a group, in order.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentsView {
    /// The articles.
    pub documents: Deferred<Documents>,
}

/// What ranking has to know of the articles of a group, whatever is searched.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Documents {
    /// How many articles are in each bucket.
    pub buckets: Vec<u32>,
    /// How many words each has, by the weights of their fields.
    pub lengths: Arc<Vec<u32>>,
    /// The day of each, counted from the first of the year 1, and 0 where it has none; empty where age counts for nothing.
    pub days: Vec<u32>,
}

/// `search/G/N.txt`, by code: the terms of a shard, with the articles of a group that have them.
#[derive(Clone, Debug, Serialize)]
pub struct TermsView {
    /// The terms, in order.
    pub terms: Deferred<Arc<Vec<Term>>>,
}

/// A term, with the articles that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The word, folded; or a part of one; or, after a sign, what results may be narrowed by.
    pub term: Box<str>,
    /// The articles by their places in the group, ascending, each with how often it has the term, by the weights of its fields.
    pub articles: Vec<(u32, u32)>,
}

/// `search/G/texts-N.json`, by code: what is shown of articles that were found.
#[derive(Clone, Debug, Serialize)]
pub struct TextsView {
    /// The articles of a bucket, in order.
    pub articles: Deferred<Vec<FoundView>>,
}

/// An article that was found.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    /// What lists show of it.
    pub card: Shared<Card>,
    /// The beginning of its text, of which a part is shown; perhaps empty.
    pub text: String,
}
