//! What is made for machines: feeds, the sitemap, plain text files.

use serde::Serialize;

use super::article::{Card, CorrectionView, SourceView};
use super::body::BodyView;
use crate::model::shared::{Deferred, Shared};
use crate::model::strings::Strings;

/// `atom.xml` and `rss.xml`: a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedPage {
    /// The feed.
    pub feed: FeedView,
    /// What it says in its language.
    pub strings: Shared<Strings>,
    /// Its entries, newest first.
    pub entries: Vec<EntryView>,
}

/// A feed's own data.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// Its title: text.
    pub title: String,
    /// What it is about: text, perhaps empty.
    pub description: String,
    /// Its absolute address.
    pub url: String,
    /// The absolute address of the page that it belongs to.
    pub home: String,
    /// Its language.
    pub language: String,
    /// When its newest entry was published or changed: RFC 3339; the epoch where it has no entry.
    pub updated: String,
    /// The same moment by RFC 2822.
    pub updated_rfc2822: String,
}

/// An entry of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// What lists show of the article.
    pub card: Shared<Card>,
    /// When it was last changed, or else published: RFC 3339.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<FeedAuthor>,
    /// Its lead image, or `null`.
    pub image: Option<FeedImage>,
    /// The body with absolute links: HTML; `null` in feeds that carry summaries.
    pub content: Option<Deferred<BodyView>>,
    /// Corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// The absolute address of where it first appeared, or `null`.
    pub source: Option<SourceView>,
}

/// An author of a feed's entry.
#[derive(Clone, Debug, Serialize)]
pub struct FeedAuthor {
    /// The name as printed: text.
    pub name: String,
    /// The absolute address of the author's page, or `null` where there is none.
    pub url: Option<String>,
}

/// An image of a feed's entry.
#[derive(Clone, Debug, Serialize)]
pub struct FeedImage {
    /// Its absolute address.
    pub url: String,
    /// Its media type.
    pub media_type: String,
}

/// `sitemap.xml`, by code (sitemaps.org, protocol 0.9).
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Absolute addresses, each with its last change (W3C datetime).
    pub urls: Deferred<Vec<(String, Option<String>)>>,
    /// Whether the addresses are those of further sitemaps.
    pub index: bool,
}

/// A file of plain text, made by code: robots.txt, llms.txt, _redirects.
#[derive(Clone, Debug, Serialize)]
pub struct TextView {
    /// All of it.
    pub text: String,
}
