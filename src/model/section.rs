//! What an `_index.md` says about its folder.

use serde::{Deserialize, Serialize};

use super::body::{Body, Link};
use super::front_matter::{Extra, FrontMatter, Spot};
use super::path::SitePath;

/// The order in which a section lists its articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// By date, newest first.
    #[default]
    Date,
    /// By `weight`, lightest first; articles without one follow by date, oldest first.
    Weight,
    /// By title.
    Title,
}

/// An `_index.md`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SectionFile {
    /// The file.
    pub path: SitePath,
    /// Its folder below content/; empty for content/ itself.
    pub folder: String,
    /// The section's title: text.
    pub title: Option<String>,
    /// What it is about: text.
    pub description: Option<String>,
    /// Defaults of the articles below.
    pub cascade: FrontMatter,
    /// The order of its list.
    pub sort: Sort,
    /// Articles on a page, where it is not the site's number; at least 1.
    pub page_size: Option<usize>,
    /// Its template, where it is not `section.html`.
    pub template: Option<Spot<String>>,
    /// The data files that its template may see.
    pub data: Option<Spot<Vec<String>>>,
    /// Its author's own keys.
    #[serde(with = "super::extra::text")]
    pub extra: Extra,
    /// Its text.
    pub body: Body,
    /// The links of its text.
    pub links: Vec<Link>,
    /// Ids that links may point to.
    pub anchors: Vec<Box<str>>,
}
