//! One layer of what is said about an article: its front matter, a key block, a sidecar, or a folder's cascade. Every key is
//! optional; layers are laid one over the other until the article's meta is complete.

use serde::{Deserialize, Serialize};

use super::config::{Faulty, HtmlMode, TextOverrides};
use super::date::Moment;
use super::diagnostic::Mark;
pub use super::extra::Extra;
use super::path::{Slug, Url};

/// A value, and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot<T> {
    /// The value.
    pub value: T,
    /// Where it stands: the start of the value, or of its key.
    pub mark: Mark,
}

impl<T> Spot<T> {
    /// A value written at `mark`.
    pub fn new(value: T, mark: Mark) -> Self {
        Self { value, mark }
    }
}

/// An author as an article names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// An id, a name or an alias.
    pub name: String,
    /// What they did for this article (`Photographs`), if it was said.
    pub role: Option<String>,
}

/// The series that an article belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRef {
    /// The series' name.
    pub name: String,
    /// The article's place in it; absent ones follow by date.
    pub part: Option<i64>,
}

/// The lead image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadImage {
    /// A path relative to the article, or from content/ with a first `/`, or an http address.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The line below it: text.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// Where an article first appeared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The publication's name.
    pub name: Option<String>,
    /// The original's address (http or https): the canonical link.
    pub url: Option<String>,
}

/// A correction shown to readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was made.
    pub date: Moment,
    /// What was wrong, as text.
    pub text: String,
}

/// The terms of one configured taxonomy (`topics: [a, b]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The taxonomy's key in site.yaml.
    pub taxonomy: String,
    /// The terms' names.
    pub names: Vec<String>,
}

/// One layer. A `None` says nothing; a list that is given replaces the one below, `extra` merges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)] // The keys of the front matter, documented in the manual and in `article::Meta`.
pub struct FrontMatter {
    pub title: Option<Spot<String>>,
    pub standfirst: Option<Spot<String>>,
    pub date: Option<Spot<Moment>>,
    pub updated: Option<Spot<Moment>>,
    pub authors: Option<Spot<Vec<Credit>>>,
    pub tags: Option<Spot<Vec<String>>>,
    pub terms: Vec<Spot<Terms>>,
    pub section: Option<Spot<String>>,
    pub slug: Option<Spot<Slug>>,
    pub url: Option<Spot<Url>>,
    pub aliases: Option<Spot<Vec<Url>>>,
    pub series: Option<Spot<SeriesRef>>,
    pub draft: Option<bool>,
    pub expires: Option<Spot<Moment>>,
    pub unlisted: Option<bool>,
    pub page: Option<bool>,
    pub image: Option<Spot<LeadImage>>,
    pub source: Option<Spot<Origin>>,
    pub corrections: Option<Spot<Vec<Correction>>>,
    pub lang: Option<Spot<String>>,
    pub template: Option<Spot<String>>,
    pub toc: Option<bool>,
    pub math: Option<bool>,
    pub featured: Option<bool>,
    pub weight: Option<i64>,
    pub data: Option<Spot<Vec<String>>>,
    #[serde(with = "super::extra::text")]
    pub extra: Extra,
    pub faulty: Option<Faulty>,
    pub text: Option<TextOverrides>,
    pub html: Option<HtmlMode>,
    /// For text without one: the place that the file says it was written from.
    pub dateline: Option<String>,
}

macro_rules! lay {
    ($upper:ident, $lower:ident: $($key:ident)+) => { $( $upper.$key = $upper.$key.take().or($lower.$key); )+ };
}

impl FrontMatter {
    /// This layer over another: what it says counts, what it leaves open is taken from `lower`.
    #[must_use]
    pub fn over(mut self, lower: FrontMatter) -> FrontMatter {
        lay!(self, lower: title standfirst date updated authors tags section slug url aliases series draft expires unlisted page
             image source corrections lang template toc math featured weight data faulty html dateline);
        for terms in lower.terms {
            if !self.terms.iter().any(|own| own.value.taxonomy == terms.value.taxonomy) {
                self.terms.push(terms);
            }
        }
        self.text = match (self.text, lower.text) {
            (Some(upper), Some(lower)) => Some(upper.over(lower)),
            (upper, lower) => upper.or(lower),
        };
        let upper = std::mem::replace(&mut self.extra, lower.extra);
        self.extra.extend(upper);
        self
    }
}
