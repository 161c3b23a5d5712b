//! The last builds: what each was made from, how its output was known, and what it reported. Where nothing of that has changed,
//! there is nothing to do.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::report::Report;
use crate::model::seal;

/// The first line; a change of [`Past`] needs another number.
const HEADER: &str = "byline builds 1\n";

/// The longest file that is read, in bytes: hundreds of thousands of warnings.
const LIMIT: u64 = 1 << 30;

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
#[derive(Clone, Debug, Default)]
pub struct Builds {
    rows: Vec<Past>,
}

impl Builds {
    /// Reads the file at `path`; empty if there is none, or none that this engine wrote. The second value tells whether there is
    /// one that is damaged.
    pub fn load(path: &Path, engine: Digest) -> (Self, bool) {
        let known = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LIMIT);
        let Some(bytes) = known.then(|| fs::read(path).ok()).flatten() else { return (Self::default(), path.exists()) };
        match seal::open(HEADER, &bytes).and_then(|content| postcard::from_bytes::<(Digest, Vec<Past>)>(content).ok()) {
            Some((by, rows)) if by == engine => (Self { rows }, false),
            Some(_) => (Self::default(), false),
            None => (Self::default(), true),
        }
    }

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

    /// Writes the file at `path`, in one step.
    ///
    /// # Errors
    /// The file system's.
    pub fn save(&self, path: &Path, engine: Digest) -> io::Result<()> {
        let content = postcard::to_stdvec(&(engine, &self.rows)).map_err(io::Error::other)?;
        let new = path.with_extension("new");
        fs::write(&new, seal::seal(HEADER, &content))?;
        fs::rename(&new, path)
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
