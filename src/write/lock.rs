//! One build at a time: a lock on a file of the site's cache folder, which the system frees however the process ends.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::refusal::Refusal;
use crate::model::failure::Failure;

/// The hold on a site; letting go of the value frees it.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the site's lock, making `.byline/` if need be.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if another build holds it; a failure of the machine.
    pub fn take(site_root: &Path) -> Result<Self, Refusal> {
        let folder = site_root.join(".byline");
        fs::create_dir_all(&folder).map_err(|error| Failure::new("create the folder", &folder, error))?;
        let path = folder.join("lock");
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Failure::new("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
            Err(TryLockError::Error(error)) => Err(Failure::new("lock", &path, error).into()),
        }
    }
}
