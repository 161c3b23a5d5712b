//! A section's `_index.md`: what a folder says of itself, and the defaults of what lies below it.

use super::diagnostic::Mark;
use super::front_matter::{Extra, FrontMatter, Spot};
use super::path::SitePath;

/// An `_index.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionFile {
    /// The file.
    pub path: SitePath,
    /// The section's name as a heading, where it is not made from the folder's.
    pub title: Option<Spot<String>>,
    /// What the section is about: inline Markdown.
    pub description: Option<Spot<String>>,
    /// The whole text of the file, without byte order mark; its body is Markdown.
    pub text: String,
    /// The byte offset in `text` at which the body begins.
    pub body_start: usize,
    /// The line of the file on which the body begins, from 1.
    pub body_line: u32,
    /// Defaults of the articles below this folder.
    pub cascade: FrontMatter,
    /// The order of the section's list.
    pub sort: SectionSort,
    /// Its template, where it is not `section.html`.
    pub template: Option<Spot<String>>,
    /// The data files that its template may see.
    pub data: Option<Spot<Vec<String>>>,
    /// The author's own keys.
    pub extra: Extra,
    /// Articles on a page, where it is not the site's number; at least 1.
    pub page_size: Option<usize>,
    /// Where keys were written: `title`, `sort`, `cascade`.
    pub marks: Vec<(Box<str>, Mark)>,
}

/// The order of a section's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionSort {
    /// Newest first.
    #[default]
    Date,
    /// By the articles' `weight`, lightest first.
    Weight,
    /// By title.
    Title,
}
