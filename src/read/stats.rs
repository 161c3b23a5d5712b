//! The stat cache: how each file looked when it was read, and the digest that it then had. A file that still looks so need not be
//! read again.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::path::SitePath;

/// How much older than the reading a file's last change has to be, in nanoseconds: the coarsest clock of a file system ticks
/// every two seconds (FAT).
const TICK: i64 = 2_000_000_000;

/// How a file looks without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    /// Its length in bytes.
    pub size: u64,
    /// When its content was changed last, in nanoseconds since 1970.
    pub mtime: i64,
    /// When anything of it was changed last, which nobody can set; 0 where the system does not tell.
    pub ctime: i64,
    /// Its number in the file system; 0 where the system does not tell.
    pub inode: u64,
}

impl Look {
    /// The look of a file, by its metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let mtime = metadata.modified().map_or(i64::MAX, nanoseconds);
        let (ctime, inode) = change(metadata);
        Self { size: metadata.len(), mtime, ctime, inode }
    }

    /// Whether a later change of the file is sure to show, if it was read after `began`. A change within the clock tick of the one
    /// before leaves the same times behind (git's "racy" entries).
    fn tells(&self, began: i64) -> bool {
        self.mtime.max(self.ctime) < began.saturating_sub(TICK)
    }
}

/// When anything of a file was changed, and its number.
#[cfg(unix)]
fn change(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let ctime = metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (ctime, metadata.ino())
}

/// When anything of a file was changed, and its number: not told here.
#[cfg(not(unix))]
fn change(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds),
    }
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    pub path: SitePath,
    pub look: Look,
    pub digest: Digest,
}

/// Looks and digests of a site's files, as one reading found them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Stats {
    /// When that reading began, in nanoseconds since 1970.
    began: i64,
    /// By path.
    rows: Vec<Row>,
}

impl Stats {
    /// The first line of their file; a change of `Row` needs another number.
    pub const HEADER: &str = "byline stats 1\n";

    /// Empty, for a reading that begins now.
    pub(super) fn beginning() -> Self {
        Self { began: nanoseconds(SystemTime::now()), rows: Vec::new() }
    }

    /// As if the reading had taken place an hour later.
    #[cfg(test)]
    pub(super) fn later(mut self) -> Self {
        self.began += 3_600_000_000_000;
        self
    }

    /// The digest of a file that looks like this, if it cannot have changed since.
    pub(super) fn digest(&self, path: &SitePath, look: Look) -> Option<Digest> {
        let at = self.rows.binary_search_by(|row| row.path.cmp(path)).ok()?;
        let row = &self.rows[at];
        (row.look == look && look.tells(self.began)).then_some(row.digest)
    }

    /// Takes what was found of some files.
    pub(super) fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// Puts the rows in order. If they are those of the last reading, and all of that reading's can be trusted, this is that one.
    pub(super) fn settle(mut self, last: &Stats) -> Self {
        self.rows.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let same = self.rows == last.rows && last.rows.iter().all(|row| row.look.tells(last.began));
        if same { last.clone() } else { self }
    }

    /// Whether this is what an earlier reading found.
    pub fn is(&self, other: &Stats) -> bool {
        self.began == other.began && self.rows.len() == other.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(mtime: i64, ctime: i64) -> Look {
        Look { size: 1, mtime, ctime, inode: 7 }
    }

    fn stats(began: i64, look: Look) -> Stats {
        Stats { began, rows: vec![Row { path: SitePath::new("content/a.md"), look, digest: Digest::of(b"a") }] }
    }

    #[test]
    fn a_file_is_known_while_it_looks_as_before() {
        let path = SitePath::new("content/a.md");
        let known = stats(10 * TICK, look(TICK, TICK));
        assert_eq!(known.digest(&path, look(TICK, TICK)), Some(Digest::of(b"a")));
        assert_eq!(known.digest(&path, look(TICK, TICK + 1)), None);
        assert_eq!(known.digest(&path, Look { inode: 8, ..look(TICK, TICK) }), None);
        assert_eq!(known.digest(&SitePath::new("content/b.md"), look(TICK, TICK)), None);
    }

    #[test]
    fn a_file_changed_just_before_it_was_read_is_not_trusted() {
        let path = SitePath::new("content/a.md");
        for racy in [look(9 * TICK, TICK), look(TICK, 9 * TICK), look(20 * TICK, TICK)] {
            assert_eq!(stats(10 * TICK, racy).digest(&path, racy), None);
        }
    }
}
