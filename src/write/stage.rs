//! The staging folder: new files prepared beside the old ones, on the same file system, so that each can take its place by a
//! rename.
//!
//! Pages are not flushed to the disk one by one, which would cost more than all the rest of a build. A process that is killed
//! loses nothing by that; after a power cut a file may be torn, and the next build finds its size, time or digest changed and
//! writes it anew.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use super::manifest::Stat;
use super::place::remove_folder;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::Content;
use crate::model::path::OutPath;

/// How many bytes of a copied file are in memory at once.
const PIECE: usize = 128 << 10;

/// A staging folder; it comes into being with its first file.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    /// Whether the build was given up. Held for reading while a file is written.
    closed: RwLock<bool>,
}

impl Staging {
    /// A staging folder at `folder`, which is not there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, closed: RwLock::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Prepares one file, and tells how it looks on disk. Files are prepared on many threads at once.
    ///
    /// # Errors
    /// The file cannot be written; or a file to be copied cannot be read, or is no longer what it was.
    pub fn write(&self, path: &OutPath, content: &Content, site_root: &Path) -> Result<Stat, Failure> {
        let target = self.folder.join(path.as_str());
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(Failure::new("write", &target, "the build was given up"));
        }
        let mut file = self.create(&target)?;
        match content {
            Content::Bytes(bytes) => {
                file.write_all(bytes).map_err(|error| Failure::new("write", &target, error))?;
            }
            Content::Copy(source, digest) => {
                let source = site_root.join(source.as_str());
                if copy(&source, &mut file, &target)? != *digest {
                    return Err(Failure::new("copy", &source, "it changed while the site was being built"));
                }
            }
        }
        stat(&file, &target)
    }

    /// Removes the folder, once the files under way are written, and lets no more be prepared.
    pub fn close(&self) {
        *self.closed.write().unwrap_or_else(PoisonError::into_inner) = true;
        // What cannot be removed now is removed when the next build begins.
        let _ = remove_folder(&self.folder);
    }

    /// Prepares a file that has to be on the disk, not only on its way there, before the next step is taken.
    pub fn write_durably(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let target = self.folder.join(name);
        let mut file = self.create(&target)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| Failure::new("write", &target, error))
    }

    /// Removes a prepared file that is not needed after all.
    pub fn discard(&self, path: &OutPath) -> Result<(), Failure> {
        let target = self.folder.join(path.as_str());
        fs::remove_file(&target).map_err(|error| Failure::new("remove", &target, error))
    }

    /// Makes a file, and its folder if need be. Two outputs with one path would be a race for which is published; the second is
    /// refused.
    fn create(&self, target: &Path) -> Result<File, Failure> {
        let made = match File::create_new(target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = target.parent().unwrap_or(&self.folder);
                fs::create_dir_all(folder).map_err(|error| Failure::new("create the folder", folder, error))?;
                File::create_new(target)
            }
            made => made,
        };
        made.map_err(|error| Failure::new("create", target, error))
    }
}

/// Copies a file and gives the digest of what was copied.
fn copy(source: &Path, file: &mut File, target: &Path) -> Result<Digest, Failure> {
    if !source.is_file() {
        return Err(Failure::new("copy", source, "it is no longer a file"));
    }
    let mut from = File::open(source).map_err(|error| Failure::new("read", source, error))?;
    let mut stream = Digest::stream();
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(stream.finish()),
            Ok(read) => {
                stream.update(&piece[..read]);
                file.write_all(&piece[..read]).map_err(|error| Failure::new("write", target, error))?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::new("read", source, error)),
        }
    }
}

fn stat(file: &File, target: &Path) -> Result<Stat, Failure> {
    file.metadata().map(|metadata| Stat::of(&metadata)).map_err(|error| Failure::new("examine", target, error))
}
