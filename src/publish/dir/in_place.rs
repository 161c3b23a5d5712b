//! A folder that is changed file by file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{CARRIED, place};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::publish::edition::Edition;
use crate::publish::mirror::{Found, Named, Store, Watch};
use crate::publish::plan::{Parcel, Put};
use crate::publish::sheet::SHEET;
use crate::publish::trouble::Trouble;

/// The folder.
pub struct Folder {
    path: PathBuf,
    adopts: bool,
}

impl Folder {
    /// A folder, there or yet to be made.
    pub fn new(path: PathBuf, adopts: bool) -> Self {
        Self { path, adopts }
    }
}

impl Store for Folder {
    fn sheet(&self) -> Result<Option<Found>, Trouble> {
        let path = self.path.join(SHEET);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Found { bytes, version: String::new() })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::new("read", &path, error).into()),
        }
    }

    fn write_sheet(&self, bytes: &[u8], _: Option<&str>) -> Result<String, Trouble> {
        place(&self.path, SHEET, bytes)?;
        Ok(String::new())
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        let mut paths = Vec::new();
        if fs::symlink_metadata(&self.path).is_err() {
            return Ok(paths);
        }
        for entry in WalkDir::new(&self.path).min_depth(1) {
            let entry = entry.map_err(|error| Failure::new("list the folder", &self.path, error))?;
            let below =
                entry.path().strip_prefix(&self.path).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            if !entry.file_type().is_dir() && below != SHEET && entry.file_name() != CARRIED {
                paths.push(below);
            }
        }
        Ok(paths)
    }

    fn in_the_way(&self, puts: &[&Put]) -> Result<Vec<String>, Trouble> {
        let there = |put: &&&Put| match fs::symlink_metadata(self.path.join(put.parcel.path.as_str())) {
            // An empty folder, or one that will be empty, is no file of anybody; a full one fails the rename.
            Ok(found) if found.is_dir() => false,
            Ok(_) => {
                fs::read(self.path.join(put.parcel.path.as_str())).map(|bytes| Digest::of(&bytes)).ok()
                    != Some(put.parcel.content)
            }
            Err(_) => false,
        };
        Ok(puts.iter().filter(there).map(|put| put.parcel.path.to_string()).collect())
    }

    fn put(&self, edition: &Edition, parcels: &[&Parcel], watch: &Watch<'_>) -> Result<(), Trouble> {
        for parcel in parcels {
            watch.wanted()?;
            let target = self.path.join(parcel.path.as_str());
            // A folder in its place whose files were removed: `remove` goes no further up than a folder that is not empty.
            if fs::symlink_metadata(&target).is_ok_and(|found| found.is_dir()) {
                fs::remove_dir(&target).map_err(|error| Failure::new("replace the folder", &target, error))?;
            }
            place(&self.path, parcel.path.as_str(), &edition.read(parcel)?)?;
            watch.put(parcel);
        }
        Ok(())
    }

    fn remove(&self, files: &[Named], watch: &Watch<'_>) -> Result<Vec<String>, Trouble> {
        let mut left = Vec::new();
        for file in files {
            watch.wanted()?;
            let path = self.path.join(&file.path);
            match fs::read(&path) {
                Ok(bytes) if file.row.state.allows(Digest::of(&bytes)) => {
                    fs::remove_file(&path).map_err(|error| Failure::new("remove", &path, error))?;
                    self.clear(&path);
                }
                Ok(_) => left.push(file.path.clone()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Failure::new("read", &path, error).into()),
            }
            watch.removed();
        }
        Ok(left)
    }

    fn name(&self) -> String {
        format!("the folder `{}`", self.path.display())
    }

    fn adopts(&self) -> bool {
        self.adopts
    }
}

impl Folder {
    /// Removes the folders above a file that are empty without it.
    fn clear(&self, path: &Path) {
        let above = path.ancestors().skip(1).take_while(|folder| *folder != self.path);
        for folder in above {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}
