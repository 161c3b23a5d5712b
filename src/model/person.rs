//! The people of authors.yaml.

use serde::{Deserialize, Serialize};

use super::diagnostic::Mark;

/// An entry of authors.yaml.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The entry's key: the slug of the person's page.
    pub id: String,
    /// The name as printed.
    pub name: String,
    /// Other names that articles use.
    pub aliases: Vec<String>,
    /// What they do.
    pub role: Option<String>,
    /// Who they are: text, paragraphs separated by blank lines.
    pub bio: Option<String>,
    /// A portrait: a path below content/, or an http address.
    pub image: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their own site.
    pub url: Option<String>,
    /// Where else they are.
    pub links: Vec<PersonLink>,
    /// Whether they have left.
    pub former: bool,
    /// Where the entry stands.
    pub mark: Mark,
}

/// A link of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLink {
    /// What it says.
    pub name: String,
    /// An http(s) or mailto address.
    pub url: String,
}
