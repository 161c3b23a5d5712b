//! The vocabulary of tags.yaml.

use serde::{Deserialize, Serialize};

use super::diagnostic::Mark;
use super::path::Slug;

/// An entry of tags.yaml.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagEntry {
    /// The tag as spelt.
    pub name: String,
    /// Its page's slug, where it is not made from the name.
    pub slug: Option<Slug>,
    /// What it is about.
    pub description: Option<String>,
    /// Other names that become this tag.
    pub synonyms: Vec<String>,
    /// Wider tags.
    pub broader: Vec<String>,
    /// Phrases that tag an article whose text has them; empty where text is not matched.
    pub phrases: Vec<String>,
    /// The tag that replaces this one.
    pub replaced_by: Option<String>,
    /// Where the entry stands.
    pub mark: Mark,
}
