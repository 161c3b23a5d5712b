//! What the last build wrote, as it stands, and which of it the site to be keeps.

use std::sync::atomic::{AtomicBool, Ordering};

use super::manifest::Row;
use crate::model::digest::Digest;
use crate::model::path::OutPath;

/// What became of a file since its row was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds what the manifest says.
    Intact,
    /// Someone changed it: the digest of what it holds now, if it is a file that can be read.
    Changed(Option<Digest>),
    /// It is gone.
    Missing,
}

/// A file of the manifest, as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Its row, with the present size and time if it is intact.
    pub row: Row,
    /// What became of it.
    pub state: State,
}

/// The files of the old manifest. Which of them stay is noted from many threads at once.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Sorted by path.
    files: Vec<(OutPath, Standing)>,
    /// Whether each of them is part of the site to be just as it stands.
    kept: Vec<AtomicBool>,
}

impl Inventory {
    /// Takes files that are sorted by path.
    pub fn new(files: Vec<(OutPath, Standing)>) -> Self {
        Self { kept: files.iter().map(|_| AtomicBool::new(false)).collect(), files }
    }

    /// A file, as it stands.
    pub fn get(&self, path: &OutPath) -> Option<&Standing> {
        self.find(path).map(|at| &self.files[at].1)
    }

    /// The row of a file that is as it was written.
    pub fn intact(&self, path: &OutPath) -> Option<Row> {
        self.get(path).filter(|file| file.state == State::Intact).map(|file| file.row)
    }

    /// Keeps a file for the site to be. `false` where it is not as it was written, or has been kept before.
    pub fn keep(&self, path: &OutPath) -> bool {
        let Some(at) = self.find(path) else { return false };
        self.files[at].1.state == State::Intact && !self.kept[at].swap(true, Ordering::Relaxed)
    }

    /// Whether a file has been kept.
    pub fn is_kept(&self, path: &OutPath) -> bool {
        self.find(path).is_some_and(|at| self.kept[at].load(Ordering::Relaxed))
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> &[(OutPath, Standing)] {
        &self.files
    }

    /// The files that are kept, in the order of their paths.
    pub fn kept(&self) -> impl Iterator<Item = &(OutPath, Standing)> {
        self.divided().filter(|(_, kept)| *kept).map(|(file, _)| file)
    }

    /// The files that are not kept as they stand, in the order of their paths.
    pub fn others(&self) -> impl Iterator<Item = &(OutPath, Standing)> {
        self.divided().filter(|(_, kept)| !*kept).map(|(file, _)| file)
    }

    fn divided(&self) -> impl Iterator<Item = (&(OutPath, Standing), bool)> {
        self.files.iter().zip(self.kept.iter().map(|kept| kept.load(Ordering::Relaxed)))
    }

    fn find(&self, path: &OutPath) -> Option<usize> {
        self.files.binary_search_by(|(file, _)| file.cmp(path)).ok()
    }
}
