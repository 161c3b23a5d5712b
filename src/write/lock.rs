//! One build at a time: a lock on a file of the site's cache folder, which the system frees however the process ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::refusal::Refusal;
use crate::model::failure::Failure;

/// The hold on a site and its output; letting go of the value frees both.
#[derive(Debug)]
pub struct Lock {
    _site: File,
    output: Option<File>,
}

impl Lock {
    /// Takes the site's lock, making `.byline/` if need be.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if another build holds it; a failure of the machine.
    pub fn take(site_root: &Path) -> Result<Self, Refusal> {
        let folder = site_root.join(".byline");
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Failure::new("create the folder", &folder, error).into());
            }
            _ => {}
        }
        let path = folder.join("lock");
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        let site = options.open(&path).map_err(|error| Failure::new("open", &path, error))?;
        match site.try_lock() {
            Ok(()) => Ok(Self { _site: site, output: None }),
            Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
            Err(TryLockError::Error(error)) => Err(Failure::new("lock", &path, error).into()),
        }
    }

    /// Takes the lock of an output folder, or of the staging folder that is to become it, too: two sites may have been given the
    /// same one. `false` if the folder was moved or removed meanwhile, by whoever held it until then.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if a build of another site holds it.
    pub fn hold(&mut self, folder: &Path) -> Result<bool, Refusal> {
        self.output = lock_folder(folder)?;
        Ok(self.output.as_ref().is_none_or(|held| is_at(held, folder)))
    }
}

/// Whether an open folder is still the one at its path.
#[cfg(unix)]
fn is_at(held: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    let (held, there) = (held.metadata().map(identity).ok(), fs::metadata(folder).map(identity).ok());
    held.is_some() && held == there
}

/// Elsewhere a folder that is open keeps its place.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Locks a folder, where the system can: some cannot lock folders, and then the site's lock has to do.
pub(super) fn lock_folder(folder: &Path) -> Result<Option<File>, Refusal> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
        locked => Ok(locked.is_ok().then_some(file)),
    }
}
