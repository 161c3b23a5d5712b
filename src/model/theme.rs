//! theme.yaml: what a theme is, what it lets a site set, and what it asks of the collection.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::front_matter::Extra;

/// The version of the view types that a theme is written for.
pub const THEME_API: u64 = 1;

/// A theme's own description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeFile {
    /// Its name.
    pub name: String,
    /// The theme that lies below it.
    pub parent: Option<String>,
    /// What a site may set.
    pub options: Vec<ThemeOption>,
    /// What it asks of the collection.
    pub queries: Vec<Query>,
}

/// An option of a theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThemeOption {
    /// Its key below `theme_options`.
    pub name: String,
    /// What it takes.
    pub kind: OptionKind,
    /// What counts where a site says nothing.
    pub default: Value,
    /// What it does.
    pub description: String,
}

/// The type of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OptionKind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Text.
    Text,
    /// One of these words.
    Choice(Vec<String>),
    /// A list of texts.
    List,
}

/// A question that a theme puts to the collection; the answer stands in the views of the pages it is declared for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Its key below `query`.
    pub name: String,
    /// The page kinds whose views hold the answer: `home`, `section`, `article` …
    pub on: Vec<String>,
    /// What is listed.
    pub list: QueryList,
    /// How many at most.
    pub limit: usize,
    /// How many cards each section carries; for sections only.
    pub each: usize,
    /// Only articles of this section, tag, author, or only featured ones.
    pub filter: Option<QueryFilter>,
    /// In which order.
    pub order: QueryOrder,
}

/// What a query lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is what it says.
pub enum QueryList {
    Articles,
    Sections,
    Tags,
    Authors,
    Series,
    Years,
}

/// What narrows a query for articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is what it says.
pub enum QueryFilter {
    Section(String),
    Tag(String),
    Author(String),
    Featured,
}

/// The order of a query's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryOrder {
    /// By date, newest first (articles); by newest article (sections, tags, authors, series).
    Newest,
    /// By number of articles, most first.
    Count,
    /// By name.
    Name,
}

/// A theme's options as a site set them, every option with a value.
pub type ThemeValues = Extra;
