//! The hold on a cache folder: one process at a time changes what is in it. Others may read it, and keep nothing.

use std::fs::{self, File};
use std::path::Path;

/// A hold on a cache folder; letting go of the value frees it.
#[derive(Debug)]
pub struct Hold {
    file: Option<File>,
}

impl Hold {
    /// Takes hold of a folder, making it if need be. Where that cannot be done the cache is only read.
    pub fn take(folder: &Path) -> Self {
        let lock = || {
            fs::create_dir_all(folder).ok()?;
            let file = File::options().write(true).create(true).truncate(false).open(folder.join("cache.lock")).ok()?;
            file.try_lock().ok().map(|()| file)
        };
        Self { file: lock() }
    }

    /// Whether the folder may be changed.
    pub fn is_ours(&self) -> bool {
        self.file.is_some()
    }
}
