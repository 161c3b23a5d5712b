//! The new site, written: into a folder that is not there yet, or is empty. Nothing is ever overwritten.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::Outputs;
use crate::model::failure::Failure;
use crate::model::path::OutPath;

/// Where a path leads, be it there or not: links in what is there of it are followed.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut there = path.as_path();
    loop {
        match fs::canonicalize(there) {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |real, part| real.join(part))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (Some(name), Some(above)) = (there.file_name(), there.parent()) else { return Err(error) };
                missing.push(name.to_owned());
                there = above;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whether a folder may be written into: it is not there, or empty.
pub fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
        Ok(_) if !folder.is_dir() => Ok(false),
        Ok(_) => Ok(fs::read_dir(folder)?.next().is_none()),
    }
}

/// Writes the site. A folder that was not there appears only when it is complete.
///
/// # Errors
/// What could not be written or copied. Nothing is left of a folder that was not there.
pub fn site(outputs: &Outputs, source: &Path, target: &Path) -> Result<(), Failure> {
    if target.exists() {
        return fill(outputs, source, target);
    }
    let above = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above).map_err(|error| Failure::new("create the folder", above, error))?;
    let staged = tempfile::Builder::new()
        .prefix(".byline-import-")
        .tempdir_in(above)
        .map_err(|error| Failure::new("create a folder in", above, error))?;
    let inside = staged.path().join("site");
    fs::create_dir(&inside).map_err(|error| Failure::new("create the folder", &inside, error))?;
    fill(outputs, source, &inside)?;
    fs::rename(&inside, target).map_err(|error| Failure::new("create", target, error))
}

fn fill(outputs: &Outputs, source: &Path, target: &Path) -> Result<(), Failure> {
    let texts = outputs.texts.iter().map(|output| output.to.as_str());
    let all: Vec<&str> = texts.chain(outputs.copies.iter().map(|copy| copy.to.as_str())).collect();
    for path in &all {
        OutPath::new(path).map_err(|fault| Failure::new("write", &target.join(path), fault))?;
    }
    let folders: BTreeSet<&str> =
        all.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    for folder in folders {
        let folder = target.join(folder);
        fs::create_dir_all(&folder).map_err(|error| Failure::new("create the folder", &folder, error))?;
    }
    outputs.texts.par_iter().try_for_each(|output| {
        let path = target.join(&output.to);
        write(&path, output.text.as_bytes()).map_err(|error| Failure::new("write", &path, error))
    })?;
    outputs.copies.par_iter().try_for_each(|copy| {
        let from = source.join(&copy.from);
        let to = target.join(&copy.to);
        take(&from, &to).map_err(|error| Failure::new("copy", &from, error))
    })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Copies a file that is one still: a link that took its place in the meantime is not followed.
fn take(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_file() {
        return Err(io::Error::other("it is no regular file any more"));
    }
    let mut original = fs::File::open(from)?;
    let mut copy = OpenOptions::new().write(true).create_new(true).open(to)?;
    io::copy(&mut original, &mut copy).map(|_| ())
}
