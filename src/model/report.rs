//! What a command tells at its end: counts, what waits for its date, and everything that was noticed.

use serde::{Deserialize, Serialize};

use super::date::Moment;
use super::diagnostic::{Diagnostic, Severity};
use super::path::SitePath;
use super::published::Published;

/// How a command ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The output is as the site says.
    #[default]
    Built,
    /// The site was examined; nothing was to be written.
    Checked,
    /// The site was put out, or it was shown how it would be.
    Published,
    /// The site was put out at some targets only, or at none.
    Unfinished,
    /// Nothing was published: the old output stands.
    Stopped,
}

/// An article that appears or disappears at some moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Its headline.
    pub title: String,
    /// Its file.
    pub path: SitePath,
    /// The moment.
    pub at: Moment,
}

/// The report of one build or check.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// Published articles.
    pub articles: usize,
    /// Those of them without a date.
    pub undated: usize,
    /// Files of the finished site that were made from templates or by code.
    pub pages: usize,
    /// Articles that wait for their date, with that date.
    pub held: Vec<Due>,
    /// Drafts that were left out.
    pub drafts: usize,
    /// Articles that have expired.
    pub expired: usize,
    /// The article that expires next.
    pub expires_next: Option<Due>,
    /// Sources that were parsed, not taken from the cache.
    pub parsed: usize,
    /// Pages that were rendered.
    pub rendered: usize,
    /// Pages whose key was met before.
    pub reused: usize,
    /// Files created or replaced in the output.
    pub written: usize,
    /// Files deleted from the output.
    pub removed: usize,
    /// Images that the site shows in several sizes.
    pub images: usize,
    /// Those of them that were decoded, as some size of them was not there.
    pub printed: usize,
    /// The next moment at which the same inputs give another site.
    pub next_due: Option<Moment>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Whether a part of the cache was damaged, and therefore not used.
    pub cache_damaged: bool,
    /// Whether work was given up that goes on all the same, and cannot be stopped but by the end of the process.
    pub runaway: bool,
    /// What was put out where. No build knows of it.
    #[serde(skip)]
    pub published: Vec<Published>,
    /// Everything that was noticed, in any order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// The diagnostics in the order in which they are shown.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        sorted
    }

    /// How many diagnostics are that grave.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// The report of one import.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Where the collection came from: `Hugo`.
    pub origin: &'static str,
    /// The folder of the new site, as it was named.
    pub target: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Articles.
    pub articles: usize,
    /// Standing pages.
    pub pages: usize,
    /// Drafts among both.
    pub drafts: usize,
    /// Articles without a date.
    pub undated: usize,
    /// Entries of authors.yaml.
    pub people: usize,
    /// The pattern of addresses, where it is not the usual one.
    pub permalink: Option<String>,
    /// Articles and pages that have their old address by their own `url`.
    pub by_url: usize,
    /// Former addresses that lead to an article.
    pub redirects: usize,
    /// Files that were copied.
    pub copied: usize,
    /// Files of the new site.
    pub written: usize,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Everything that was noticed, in any order; places are those in the collection.
    pub diagnostics: Vec<Diagnostic>,
}

impl Imported {
    /// The diagnostics in the order in which they are shown.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        sorted
    }
}
