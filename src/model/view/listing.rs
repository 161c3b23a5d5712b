//! What lists are lists of: sections, tags, authors, terms and periods; and the answers to a theme's queries.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::article::{Card, DateView};
use super::body::BodyView;
use super::head::LinkView;
use super::picture::PictureView;
use crate::model::front_matter::Extra;
use crate::model::shared::Shared;

/// A section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// Its title: text.
    pub name: String,
    /// The link to it.
    pub url: String,
    /// What it is about: text, perhaps empty.
    pub description: String,
    /// The body of its `_index.md`: HTML, perhaps empty; empty on further pages.
    pub body: BodyView,
    /// The sections above it, outermost first.
    pub parents: Vec<LinkView>,
    /// The sections directly below it; empty on further pages.
    pub sections: Vec<LinkView>,
    /// The data files that its `_index.md` asked for, by name without extension.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub data: BTreeMap<String, Value>,
    /// The values of its `_index.md`.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub extra: Extra,
}

/// A tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagView {
    /// The tag as spelt: text.
    pub name: String,
    /// The link to it.
    pub url: String,
    /// What it is about: text, or `null`.
    pub description: Option<String>,
    /// Wider tags; empty on further pages.
    pub broader: Vec<LinkView>,
    /// Narrower tags; empty on further pages.
    pub narrower: Vec<LinkView>,
    /// Up to eight tags that often stand beside it; empty on further pages.
    pub neighbours: Vec<LinkView>,
}

/// An author.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorView {
    /// The name as printed: text.
    pub name: String,
    /// The link to the author's page.
    pub url: String,
    /// Other names; empty on further pages.
    pub names: Vec<String>,
    /// What they do, first their own role, then those that articles credit; empty on further pages.
    pub roles: Vec<String>,
    /// Paragraphs about them: text; empty on further pages.
    pub bio: Vec<String>,
    /// The link to a portrait, or `null`.
    pub image: Option<String>,
    /// The sizes of the portrait, or `null`.
    pub portrait: Option<PictureView>,
    /// Their address, or `null`.
    pub email: Option<String>,
    /// Their own site, or `null`.
    pub website: Option<String>,
    /// Where else they are.
    pub links: Vec<LinkView>,
    /// Whether they have left.
    pub former: bool,
}

/// A row of an index: a tag, an author, a series, a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermRow {
    /// Its name: text.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many articles it has.
    pub count: usize,
    /// The date of its oldest article, or `null`.
    pub first: Option<DateView>,
    /// The date of its newest article, or `null`.
    pub last: Option<DateView>,
}

/// The rows of an index that begin with one letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterGroup {
    /// The letter, in upper case; `#` for digits and signs.
    pub letter: String,
    /// The rows, in alphabetical order.
    pub rows: Vec<TermRow>,
}

/// A year or a month where a wider date page lists it.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    /// `2017`, or `October`.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many articles it has.
    pub count: usize,
}

/// A year, month by month and day by day: what was published when.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarYear {
    /// `2017`.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// Its twelve months.
    pub months: Vec<CalendarMonth>,
}

/// A month of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarMonth {
    /// `October`.
    pub name: String,
    /// The link to its page, or `null` where it has no article.
    pub url: Option<String>,
    /// How many weeks it touches: 4 to 6.
    pub weeks: i8,
    /// Its days.
    pub days: Vec<CalendarDay>,
}

/// A day of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarDay {
    /// 1 to 31.
    pub day: i8,
    /// The day of the week: 0 for Monday to 6.
    pub column: i8,
    /// The week of the month: from 0.
    pub week: i8,
    /// For `datetime`, and for the filter `date`: `2017-10-26`.
    pub machine: String,
    /// How many articles it has.
    pub count: usize,
    /// How many these are beside the year's busiest day: 0 for none, to 4 for as many.
    pub level: usize,
    /// The link to its page, or `null` where it has no article.
    pub url: Option<String>,
}

/// One day of a month's page.
#[derive(Clone, Debug, Serialize)]
pub struct DayGroup {
    /// The day.
    pub date: DateView,
    /// Its articles on this page, newest first.
    pub articles: Vec<Shared<Card>>,
}

/// A section with its newest articles: a row of a query for sections.
#[derive(Clone, Debug, Serialize)]
pub struct SectionBlock {
    /// The section's title: text.
    pub name: String,
    /// The link to it.
    pub url: String,
    /// Its newest articles.
    pub articles: Vec<Shared<Card>>,
}

/// The answer to a query of the theme.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// For `list: articles`.
    Articles(Vec<Shared<Card>>),
    /// For `list: sections`.
    Sections(Vec<SectionBlock>),
    /// For tags, authors and series.
    Terms(Vec<TermRow>),
    /// For years.
    Periods(Vec<PeriodRow>),
}

/// The answers to the queries that the theme declares for this kind of page, by name.
pub type Answers = BTreeMap<String, Answer>;
