//! A folder of this machine: changed in place, or by a new release and a link that turns to it.

mod in_place;
mod release;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::edition::Edition;
use super::mirror::Mirror;
use super::trouble::Trouble;
use super::{Destination, Scope};
use crate::model::code::Code;
use crate::model::failure::Failure;
use crate::model::target::DirPlace;

/// The name of a file on its way to its place: one that a cut left is written over by the next.
const CARRIED: &str = ".byline-carried";

/// The folders of a site that a target may not touch.
const OWN: &[&str] = &["content", "templates", "themes", "static", "data", ".git", ".byline"];

/// Opens a folder as a destination.
pub fn open(place: &DirPlace, scope: Scope, edition: Option<&Edition>) -> Result<Box<dyn Destination>, Trouble> {
    let folder = normal(&scope.root.join(&place.path));
    fit(&folder, &scope.root, edition.map(Edition::folder))?;
    Ok(match place.releases {
        Some(keep) => Box::new(release::Releases::new(folder, keep)),
        None => Box::new(Mirror::new(in_place::Folder::new(folder, place.adopt), scope)),
    })
}

/// A path without `.` and `..`, links in what exists of it resolved.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
        normal = fs::canonicalize(&normal).unwrap_or(normal);
    }
    normal
}

/// Refuses folders that hold the site, or hold or lie in what a build reads or writes.
fn fit(folder: &Path, root: &Path, output: Option<&Path>) -> Result<(), Trouble> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut own: Vec<PathBuf> = OWN.iter().map(|name| root.join(name)).collect();
    own.extend(output.map(Path::to_owned));
    let own = own.into_iter().map(|own| fs::canonicalize(&own).unwrap_or(own));
    let clash = |own: PathBuf| folder.starts_with(&own) || own.starts_with(folder);
    if root.starts_with(folder) || own.into_iter().any(clash) {
        let message =
            format!("`{}` is the site itself, or one of its folders, or lies in or around one", folder.display());
        return Err(Trouble::refused(Code::ForeignTarget, message, "choose a folder elsewhere"));
    }
    Ok(())
}

/// Puts a file at a path of a folder in one step: readers see the old one or the new one.
fn place(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    let target = root.join(path);
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| Failure::new("create the folder", folder, error))?;
    let placed = match carry(&root.join(CARRIED), &target, bytes) {
        // The folder is another disk.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => carry(&folder.join(CARRIED), &target, bytes),
        placed => placed,
    };
    placed.map_err(|error| Failure::new("write", &target, error))
}

fn carry(carried: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link in its place may lead to a file of others.
    let _ = fs::remove_file(carried);
    let written = File::create_new(carried).and_then(|mut file| file.write_all(bytes));
    let placed = written.and_then(|()| fs::rename(carried, target));
    if placed.is_err() {
        // On a full disk half a file only makes things worse.
        let _ = fs::remove_file(carried);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normal() {
        assert_eq!(normal(Path::new("/nowhere/a/../b/./c")), Path::new("/nowhere/b/c"));
        assert_eq!(normal(Path::new("/../..")), Path::new("/"));
    }
}
