//! An article as templates see it: in full, on a card, or merely mentioned.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::body::BodyView;
use super::head::LinkView;
use super::picture::PictureView;
use crate::model::date::Moment;
use crate::model::front_matter::Extra;
use crate::model::shared::{Deferred, Shared};

/// A date as templates print it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateView {
    /// For `datetime`: RFC 3339, or a day alone where only that was given.
    pub machine: String,
    /// For feeds: RFC 3339, always with a time.
    pub rfc3339: String,
    /// For RSS: RFC 2822.
    pub rfc2822: String,
    /// `12:54`, or `null` where only a day was given.
    pub time: Option<String>,
    /// The offset of the site's zone at that moment: `+08:00`, or `UTC`.
    pub zone: String,
    /// `2017`.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// The link to the page of that day, or `null` where there is none.
    pub url: Option<String>,
}

impl DateView {
    /// A moment as templates print it, with the link to its day, if that has a page.
    pub fn of(moment: Moment, url: Option<String>) -> Self {
        let local = moment.civil();
        let offset = moment.zone_offset();
        Self {
            machine: moment.machine(),
            rfc3339: moment.rfc3339(),
            rfc2822: moment.rfc2822(),
            time: (!moment.is_day_alone()).then(|| local.strftime("%H:%M").to_string()),
            zone: if offset == "Z" { "UTC".to_owned() } else { offset },
            year: local.year(),
            month: local.month(),
            day: local.day(),
            url,
        }
    }
}

/// A date as cards keep it, with the link to its day: a template sees the [`DateView`] of it, which is ten times as large.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated(pub Moment, pub Option<Box<str>>);

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(moment, url) = self;
        if serializer.is_human_readable() {
            DateView::of(*moment, url.as_deref().map(str::to_owned)).serialize(serializer)
        } else {
            (moment, url).serialize(serializer)
        }
    }
}

/// An author where an article names them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuthorLink {
    /// The name as printed: text.
    pub name: String,
    /// The link to the author's page, or `null` where there is none.
    pub url: Option<String>,
    /// What they did for this article, or `null`.
    pub role: Option<String>,
}

/// An author in few words, below an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// The name as printed: text.
    pub name: String,
    /// The link to the author's page, or `null` where there is none.
    pub url: Option<String>,
    /// What they do, or `null`.
    pub role: Option<String>,
    /// The first paragraph about them: text, or `null`.
    pub bio: Option<String>,
    /// The link to a portrait, or `null`.
    pub image: Option<String>,
    /// Whether they have left.
    pub former: bool,
}

/// A tag where an article names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TagLink {
    /// The tag as spelt: text.
    pub name: String,
    /// The link to the tag's page.
    pub url: String,
    /// Whether the vocabulary found it in the text, and no author set it.
    pub inferred: bool,
}

/// A lead image.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImageView {
    /// The link to the file.
    pub src: String,
    /// The absolute address of a file of about 1,200 pixels' width.
    pub absolute: String,
    /// Its sizes, for an article's own page.
    pub picture: PictureView,
    /// Its smaller sizes, for lists.
    pub thumbnail: PictureView,
    /// What it shows: text, perhaps empty.
    pub alt: String,
    /// The line below it: text, or `null`.
    pub caption: Option<String>,
    /// Who made it: text, or `null`.
    pub credit: Option<String>,
}

/// An article as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The headline: text.
    pub title: String,
    /// The link to the article.
    pub url: String,
    /// Its absolute address.
    pub permalink: String,
    /// The paragraph under the headline: HTML, or `null`.
    pub standfirst: Option<String>,
    /// What it is about: text; the standfirst, or else the beginning of the article.
    pub summary: String,
    /// When it was published, or `null`.
    pub published: Option<Shared<Dated>>,
    /// When it was last changed, or `null`.
    pub updated: Option<Shared<Dated>>,
    /// Who wrote it.
    pub authors: Vec<Shared<AuthorLink>>,
    /// Its tags.
    pub tags: Vec<Shared<TagLink>>,
    /// Its section, or `null`.
    pub section: Option<Shared<LinkView>>,
    /// Its lead image, or `null`.
    pub image: Option<Box<ImageView>>,
    /// Its language, where it is not the site's, or `null`.
    pub language: Option<String>,
    /// Its author's own values.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub extra: Extra,
}

/// An article where another one only mentions it: a neighbour, a related one, another part of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// The headline: text.
    pub title: String,
    /// The link to the article.
    pub url: String,
    /// When it was published, or `null`.
    pub published: Option<Shared<Dated>>,
    /// Its language, where it is not the site's, or `null`.
    pub language: Option<String>,
}

/// A heading of an article, for its table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub date: DateView,
    /// What was wrong: text.
    pub text: String,
}

/// Where an article first appeared.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The publication: text.
    pub name: String,
    /// The original's address, or `null`.
    pub url: Option<String>,
}

/// The series an article belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesBox {
    /// The series' name: text.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// The article's place in it.
    pub part: usize,
    /// The part before it, or `null`.
    pub previous: Option<Deferred<Mention>>,
    /// The part after it, or `null`.
    pub next: Option<Deferred<Mention>>,
}

/// An article in full.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// What lists show of it.
    pub card: Shared<Card>,
    /// The body: HTML.
    pub body: Deferred<BodyView>,
    /// How many words it has; characters in Chinese, Japanese and Korean.
    pub words: u32,
    /// The headings for a table of contents; empty where none is wanted.
    pub toc: Deferred<Vec<HeadingView>>,
    /// The place that the report was filed from: text, or `null`.
    pub dateline: Option<String>,
    /// Those of its authors of whom authors.yaml has a portrait or a paragraph.
    pub profiles: Vec<Shared<Profile>>,
    /// Its corrections, newest first.
    pub corrections: Vec<CorrectionView>,
    /// Where it first appeared, or `null`.
    pub source: Option<SourceView>,
    /// Its series, or `null`.
    pub series: Option<SeriesBox>,
    /// The data files it asked for, by name without extension.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub data: BTreeMap<String, Value>,
}
