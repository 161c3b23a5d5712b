//! One build at a time: a lock on a file of the site's cache folder, which the system frees however the process ends.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::refusal::Refusal;
use crate::model::failure::Failure;

/// The hold on a site and its output; letting go of the value frees both.
#[derive(Debug)]
pub struct Lock {
    _site: File,
    _output: Option<File>,
}

impl Lock {
    /// Takes the site's lock, making `.byline/` if need be, and that of an output folder which is there: two sites may have
    /// been given the same one.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if another build holds one of them; a failure of the machine.
    pub fn take(site_root: &Path, output: &Path) -> Result<Self, Refusal> {
        let folder = site_root.join(".byline");
        fs::create_dir_all(&folder).map_err(|error| Failure::new("create the folder", &folder, error))?;
        let path = folder.join("lock");
        let site = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Failure::new("open", &path, error))?;
        match site.try_lock() {
            Ok(()) => Ok(Self { _site: site, _output: lock_folder(output)? }),
            Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
            Err(TryLockError::Error(error)) => Err(Failure::new("lock", &path, error).into()),
        }
    }
}

/// Locks a folder, where the system can: some cannot lock folders, and then the site's lock has to do.
fn lock_folder(folder: &Path) -> Result<Option<File>, Refusal> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
        locked => Ok(locked.is_ok().then_some(file)),
    }
}
