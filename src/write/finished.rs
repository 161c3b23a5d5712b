//! An output that is finished, held fast while something is made of it: no build changes it meanwhile.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::inventory::State;
use super::lock::lock_folder;
use super::manifest::{self, Found};
use super::refusal::Refusal;
use super::survey::survey;
use super::{JOURNAL, MANIFEST};
use crate::model::digest::Digest;
use crate::model::output::{Origin, Stage};
use crate::model::path::OutPath;

/// A finished output. As long as the value lives, builds into the folder wait.
#[derive(Debug)]
pub struct Finished {
    /// The folder.
    pub folder: PathBuf,
    /// Its files, sorted by path; those of others are not among them.
    pub files: Vec<FinishedFile>,
    /// What it was built for, if it says so.
    pub origin: Option<Origin>,
    /// Files that someone changed or removed since they were built.
    pub changed: Vec<OutPath>,
    _hold: Option<File>,
}

/// A file of a finished output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedFile {
    /// Where it is.
    pub path: OutPath,
    /// The digest of its content.
    pub content: Digest,
    /// Its length in bytes.
    pub size: u64,
    /// When it may appear, relative to the others.
    pub stage: Stage,
}

/// Takes hold of a finished output. `None` where there is none: the folder is not there, no build made it, or a build was cut
/// short while it changed it.
///
/// # Errors
/// A build of the output is running, or the machine failed.
pub fn finished(output: &Path) -> Result<Option<Finished>, Refusal> {
    let Ok(folder) = fs::canonicalize(output) else { return Ok(None) };
    let hold = lock_folder(&folder)?;
    if fs::symlink_metadata(folder.join(JOURNAL)).is_ok() {
        return Ok(None);
    }
    let Found::Known(mut manifest) = manifest::load(&folder.join(MANIFEST))? else { return Ok(None) };
    let origin = manifest.origin.take();
    let standing = survey(&folder, manifest)?.standing;
    let changed = standing.iter().filter(|(_, file)| file.state != State::Intact).map(|(path, _)| path.clone());
    let changed = changed.collect();
    let file = |(path, file): (OutPath, super::inventory::Standing)| FinishedFile {
        path,
        content: file.row.content,
        size: file.row.stat.size,
        stage: file.row.stage,
    };
    Ok(Some(Finished { folder, files: standing.into_iter().map(file).collect(), origin, changed, _hold: hold }))
}
