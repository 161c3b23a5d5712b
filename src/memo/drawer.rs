//! The drawer of prints: images in other sizes, each in a file of its own, so that none is made twice. What is damaged is as if it
//! were not there, and what the site no longer shows is thrown away.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::anew::anew;
use crate::model::digest::Digest;
use crate::model::seal;

/// The first line of each file.
const HEADER: &str = "byline print 1\n";

/// The longest file that is read, in bytes.
const LIMIT: u64 = 1 << 30;

/// A folder of prints.
#[derive(Debug)]
pub struct Drawer {
    folder: PathBuf,
    /// Whether what it holds is not to be made use of.
    fresh: bool,
    /// Whether it may be changed.
    is_ours: bool,
    damaged: AtomicBool,
}

impl Drawer {
    /// Opens the drawer in a folder, which need not be there yet.
    pub fn open(folder: &Path, fresh: bool, is_ours: bool) -> Self {
        Self { folder: folder.to_owned(), fresh, is_ours, damaged: AtomicBool::new(false) }
    }

    /// The print of a name, if it was made from what `key` stands for.
    pub fn get(&self, name: &str, key: Digest) -> Option<Vec<u8>> {
        if self.fresh {
            return None;
        }
        let path = self.folder.join(name);
        let metadata = fs::metadata(&path).ok()?;
        let bytes = if metadata.is_file() && metadata.len() <= LIMIT { fs::read(&path).ok() } else { None };
        let Some(content) = bytes.as_deref().and_then(|bytes| seal::open(HEADER, bytes)) else {
            self.damaged.store(true, Ordering::Relaxed);
            return None;
        };
        content.strip_prefix(key.as_bytes()).map(<[u8]>::to_vec)
    }

    /// Keeps a print. A drawer that cannot be written costs a later build time, and nothing else.
    pub fn put(&self, name: &str, key: Digest, print: &[u8]) {
        if self.is_ours {
            let _ = self.write(name, &[key.as_bytes(), print].concat());
        }
    }

    fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let new = self.folder.join(format!("{name}.new"));
        anew(&new)?.write_all(&seal::seal(HEADER, content))?;
        fs::rename(new, self.folder.join(name))
    }

    /// Throws away all prints but these.
    pub fn keep(&self, names: &BTreeSet<String>) {
        let Some(files) = fs::read_dir(&self.folder).ok().filter(|_| self.is_ours) else { return };
        for file in files.flatten() {
            if file.file_name().to_str().is_none_or(|name| !names.contains(name)) {
                let _ = fs::remove_file(file.path());
            }
        }
    }

    /// Whether a print was met that is damaged.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }
}
