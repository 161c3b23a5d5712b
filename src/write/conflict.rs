//! What stands in the way of a change: looked for before the journal is written, while nothing has happened yet.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, FileType};
use std::path::Path;

use walkdir::WalkDir;

use super::diff::Plan;
use super::survey::digest;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::OutPath;

/// What a look at the places of a change found.
#[derive(Debug, Default)]
pub struct Conflicts {
    /// Paths of others where the build has to write, sorted.
    pub in_the_way: BTreeSet<String>,
    /// Files of others that hold, byte for byte, what the build would write: they stay, and stay theirs.
    pub same: Vec<OutPath>,
}

/// Looks at every place where `plan` writes. `known` tells which paths are in the old manifest; `content` the digest of a file
/// to be written.
///
/// # Errors
/// A folder in which nothing may be written.
pub fn look(
    output: &Path,
    plan: &Plan,
    known: impl Fn(&OutPath) -> bool,
    content: impl Fn(&OutPath) -> Option<Digest>,
) -> Result<Conflicts, Failure> {
    let deletes: HashSet<&str> = plan.deletes().map(OutPath::as_str).collect();
    let renamed: HashMap<String, &str> = plan.deletes().map(|path| (path.collision_key(), path.as_str())).collect();
    let mut conflicts = Conflicts::default();
    let mut folders = HashSet::new();
    for path in plan.puts() {
        for (at, _) in path.as_str().match_indices('/') {
            let folder = &path.as_str()[..at];
            if folders.insert(folder) && kind(&output.join(folder)).is_some_and(|kind| !kind.is_dir()) {
                let goes = deletes.contains(folder);
                conflicts.in_the_way.extend((!goes).then(|| folder.to_owned()));
            }
        }
        let target = output.join(path.as_str());
        match kind(&target) {
            Some(kind) if kind.is_dir() => conflicts.in_the_way.extend(occupants(output, &target, &deletes)),
            Some(_)
                if known(path)
                    || renamed.get(&path.collision_key()).is_some_and(|old| is_same(&output.join(old), &target)) => {}
            Some(kind) if kind.is_file() && digest(&target).ok() == content(path) => conflicts.same.push(path.clone()),
            Some(_) => drop(conflicts.in_the_way.insert(path.as_str().to_owned())),
            None => {}
        }
    }
    writable(output, plan)?;
    Ok(conflicts)
}

/// What stands at a path, links not followed; nothing where it, or a folder above it, does not exist.
fn kind(path: &Path) -> Option<FileType> {
    fs::symlink_metadata(path).ok().map(|metadata| metadata.file_type())
}

/// Whether two names that differ by letter case are one file, as they are on some disks.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| fs::symlink_metadata(path).map(|found| (found.dev(), found.ino())).ok();
    identity(one).is_some() && identity(one) == identity(other)
}

/// Whether two names that differ by letter case are one file, as they are on some disks: elsewhere, on all.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    fs::symlink_metadata(one).is_ok() && fs::symlink_metadata(other).is_ok()
}

/// What would be left in a folder that has to make room for a file.
fn occupants(output: &Path, folder: &Path, deletes: &HashSet<&str>) -> Vec<String> {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().flatten().filter(|entry| !entry.file_type().is_dir());
    entries
        .map(|entry| entry.path().strip_prefix(output).unwrap_or(entry.path()).to_string_lossy().into_owned())
        .filter(|path| !deletes.contains(path.as_str()))
        .collect()
}

/// Checks that files can be moved into and out of every folder concerned: a rename that is refused halfway would leave half a
/// change for the next command to complete.
#[cfg(unix)]
fn writable(output: &Path, plan: &Plan) -> Result<(), Failure> {
    use rustix::fs::{Access, access};
    let folders: BTreeSet<&Path> =
        plan.puts().chain(plan.deletes()).filter_map(|path| Path::new(path.as_str()).parent()).collect();
    for folder in folders {
        let present = folder.ancestors().map(|folder| output.join(folder)).find(|folder| folder.is_dir());
        let Some(present) = present else { continue };
        access(&present, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| Failure::new("write into the folder", &present, error))?;
    }
    Ok(())
}

/// Elsewhere the renames themselves tell.
#[cfg(not(unix))]
fn writable(_: &Path, _: &Plan) -> Result<(), Failure> {
    Ok(())
}
