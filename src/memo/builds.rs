//! The last builds: what each was made from, how its output was known, and what it reported. Where nothing of that has changed,
//! there is nothing to do.

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::report::Report;

/// How many builds are remembered: a site may have more than one output, and its drafts another.
const COUNT: usize = 4;

/// A build that was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Past {
    /// The digest of everything that it was made from, the moment aside.
    pub key: Digest,
    /// The digest of the manifest that it left.
    pub manifest: Digest,
    /// The moment as of which it was made (Unix time in seconds).
    pub from: i64,
    /// The next moment at which the same inputs give another site, if there is one.
    pub until: Option<i64>,
    /// What it reported.
    pub report: Report,
}

/// The last builds of a site, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Builds {
    rows: Vec<Past>,
}

impl Builds {
    /// The first line of their file; a change of [`Past`] needs another number.
    pub const HEADER: &str = "byline builds 1\n";

    /// Builds that were made from the same, and show the site as it stands at that moment.
    pub fn of(&self, key: Digest, as_of: i64) -> impl Iterator<Item = &Past> {
        let holds =
            move |past: &&Past| past.key == key && past.from <= as_of && past.until.is_none_or(|until| as_of < until);
        self.rows.iter().filter(holds)
    }

    /// Takes a build; the oldest is forgotten.
    pub fn add(&mut self, past: Past) {
        self.rows.retain(|row| (row.key, row.manifest) != (past.key, past.manifest));
        self.rows.insert(0, past);
        self.rows.truncate(COUNT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(key: &[u8], from: i64, until: Option<i64>) -> Past {
        Past { key: Digest::of(key), manifest: Digest::of(key), from, until, report: Report::default() }
    }

    #[test]
    fn a_build_holds_until_the_next_article_falls_due() {
        let mut builds = Builds::default();
        builds.add(past(b"a", 10, Some(20)));
        let holds = |key: &[u8], as_of| builds.of(Digest::of(key), as_of).count() == 1;
        assert!(holds(b"a", 10) && holds(b"a", 19));
        assert!(!holds(b"a", 9) && !holds(b"a", 20) && !holds(b"b", 10));
    }

    #[test]
    fn few_builds_are_remembered_and_each_once() {
        let mut builds = Builds::default();
        for key in [b"a", b"b", b"c", b"c", b"d", b"e"] {
            builds.add(past(key, 0, None));
        }
        let found: Vec<bool> =
            [b"a", b"b", b"c", b"d", b"e"].map(|key| builds.of(Digest::of(key), 0).count() == 1).into();
        assert_eq!(found, [false, true, true, true, true]);
    }
}
