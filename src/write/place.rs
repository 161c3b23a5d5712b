//! Where the output is, with every link resolved, and whether it may be there at all.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::refusal::Refusal;
use super::{JOURNAL, MANIFEST, STAGE};
use crate::model::failure::Failure;

/// The folders of a site that hold its own files.
const SITE_FOLDERS: &[&str] = &["content", "templates", "themes", "static", "data", ".git"];

/// An output folder, present or to come.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder, links resolved.
    pub output: PathBuf,
    /// Whether it is there already.
    pub exists: bool,
    /// Where a build prepares its files: inside an output that is there, beside one that is not.
    pub staging: PathBuf,
}

impl Place {
    /// Finds the output folder of a site.
    ///
    /// # Errors
    /// A folder that is or holds the site, one of the site's own folders, or no folder.
    pub fn find(site_root: &Path, output: &Path) -> Result<Self, Refusal> {
        let root =
            fs::canonicalize(site_root).map_err(|error| Failure::new("open the site folder", site_root, error))?;
        let real = resolve(output)?;
        if root.starts_with(&real) {
            return Err(Refusal::unfit(output, "is or holds the site itself"));
        }
        if real == root.join(".byline") {
            return Err(Refusal::unfit(output, "is the cache folder"));
        }
        for folder in SITE_FOLDERS.iter().map(|name| root.join(name)) {
            let target = fs::canonicalize(&folder).unwrap_or(folder);
            if real.starts_with(&target) || target.starts_with(&real) {
                return Err(Refusal::unfit(output, "is one of the site's own folders, or lies in or around one"));
            }
        }
        let exists = real.exists();
        if exists && !real.is_dir() {
            return Err(Refusal::unfit(output, "is a file"));
        }
        let staging = if exists { real.join(STAGE) } else { beside(&real) };
        Ok(Self { output: real, exists, staging })
    }

    /// The manifest of what stands in the output.
    pub fn manifest(&self) -> PathBuf {
        self.output.join(MANIFEST)
    }

    /// The journal of a change that is being made.
    pub fn journal(&self) -> PathBuf {
        self.output.join(JOURNAL)
    }

    /// The folder whose lock stands for this output: itself, or the one that is to become it, made if need be.
    pub fn claim(&self) -> Result<&Path, Failure> {
        if self.exists {
            return Ok(&self.output);
        }
        // A file or link in its place is no folder to build in.
        if fs::symlink_metadata(&self.staging).is_ok_and(|found| !found.is_dir()) {
            remove_folder(&self.staging)?;
        }
        fs::create_dir_all(&self.staging).map_err(|error| Failure::new("create the folder", &self.staging, error))?;
        Ok(&self.staging)
    }

    /// Removes what builds that were cut short left in the two staging places. A folder that this build holds is only emptied.
    pub fn clear_staging(&self) -> Result<(), Failure> {
        if self.exists {
            remove_folder(&beside(&self.output))?;
            return remove_folder(&self.staging);
        }
        let failure = |error: io::Error| Failure::new("list the folder", &self.staging, error);
        for entry in fs::read_dir(&self.staging).map_err(failure)? {
            remove_folder(&entry.map_err(failure)?.path())?;
        }
        Ok(())
    }
}

/// Removes a folder that a build made for itself, if it is there, or a file. A link in its place is removed, not followed.
pub fn remove_folder(folder: &Path) -> Result<(), Failure> {
    let removed = match fs::symlink_metadata(folder) {
        Ok(found) if !found.is_dir() => fs::remove_file(folder),
        _ => fs::remove_dir_all(folder),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::new("remove the staging folder", folder, error))
        }
        _ => Ok(()),
    }
}

/// `.NAME.byline-new` beside the output: what a first build fills before it takes the output's name.
fn beside(output: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".byline-new");
    output.with_file_name(name)
}

/// The absolute path with the links in its existing part resolved.
fn resolve(output: &Path) -> Result<PathBuf, Refusal> {
    let absolute = std::path::absolute(output).map_err(|error| Failure::new("find", output, error))?;
    if let Ok(real) = fs::canonicalize(&absolute) {
        return Ok(real);
    }
    if fs::symlink_metadata(&absolute).is_ok() {
        return Err(Refusal::unfit(output, "is a link that leads nowhere"));
    }
    for ancestor in absolute.ancestors().skip(1) {
        let Ok(real) = fs::canonicalize(ancestor) else { continue };
        let rest = absolute.strip_prefix(ancestor).unwrap_or(Path::new(""));
        if rest.components().any(|part| matches!(part, Component::ParentDir)) {
            return Err(Refusal::unfit(output, "leads through a folder that does not exist"));
        }
        return Ok(real.join(rest));
    }
    Err(Failure::new("find", output, "no part of the path exists").into())
}
