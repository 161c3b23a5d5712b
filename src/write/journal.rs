//! The journal: a change written down before it is made, so that whoever comes next can complete it. Each step may be taken
//! any number of times; a step already taken does nothing.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::diff::Op;
use super::place::{Place, remove_folder};
use super::survey::digest;
use super::{CARRIED, JOURNAL, MANIFEST};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::OutPath;
use crate::model::seal;

/// The first line; a change of [`Op`] needs another number.
const HEADER: &str = "byline journal 1\n";

/// A change of an output that is to be completed.
#[derive(Debug)]
pub struct Journal {
    place: Place,
    steps: Vec<Step>,
}

/// One step, the last three of a change included.
#[derive(Clone, Debug)]
enum Step {
    Op(Op),
    /// The new manifest takes its place.
    Manifest,
    /// The journal goes.
    Close,
    /// The staging folder goes.
    Clear,
}

/// What completing a change came to.
#[derive(Debug, Default)]
pub struct Applied {
    /// Files that were to be deleted, but were changed after the journal was written: they are left.
    pub left: Vec<OutPath>,
    /// Folders known to be there.
    folders: HashSet<String>,
}

impl Journal {
    /// The file of a journal with these steps.
    pub fn encode(ops: &[Op]) -> Vec<u8> {
        seal::seal(HEADER, &postcard::to_stdvec(ops).expect("steps serialise"))
    }

    /// Puts the journal, prepared in the staging folder under its own name, into force: from here on the change will be made.
    pub fn place(place: &Place, ops: Vec<Op>) -> Result<Self, Failure> {
        let target = place.journal();
        fs::rename(place.staging.join(JOURNAL), &target).map_err(|error| Failure::new("write", &target, error))?;
        Ok(Self::new(place, ops))
    }

    /// The journal that a build left behind, if there is one. A damaged one is removed: what it had changed shows as changed,
    /// and is written anew.
    pub fn left_behind(place: &Place) -> Result<Option<Self>, Failure> {
        let path = place.journal();
        let bytes = match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => fs::read(&path).map_err(|error| Failure::new("read", &path, error))?,
            Ok(_) => Vec::new(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::new("read", &path, error)),
        };
        // A link in place of the staging folder is not Byline's, and what it leads to is not to be moved here.
        let staged = fs::symlink_metadata(&place.staging).is_ok_and(|found| found.is_symlink());
        let ops = decode(&bytes).filter(|_| !staged);
        if ops.is_none() {
            fs::remove_file(&path).map_err(|error| Failure::new("remove", &path, error))?;
        }
        Ok(ops.map(|ops| Self::new(place, ops)))
    }

    fn new(place: &Place, ops: Vec<Op>) -> Self {
        let last = [Step::Manifest, Step::Close, Step::Clear];
        Self { place: place.clone(), steps: ops.into_iter().map(Step::Op).chain(last).collect() }
    }

    /// Makes the change.
    ///
    /// # Errors
    /// A step that the machine refused; the journal stays, and the next command goes on from there.
    pub fn apply(&self) -> Result<Applied, Failure> {
        self.apply_first(self.steps.len())
    }

    /// Takes the first `count` steps of the change and no more, as a process does that is killed then.
    pub(super) fn apply_first(&self, count: usize) -> Result<Applied, Failure> {
        let mut applied = Applied::default();
        for step in self.steps.iter().take(count) {
            match step {
                Step::Op(Op::Put(path)) => self.put(path, &mut applied)?,
                Step::Op(Op::Delete(path, content)) => self.delete(path, *content, &mut applied)?,
                Step::Manifest => move_if_there(&self.place.staging.join(MANIFEST), &self.place.manifest())?,
                // File systems keep the order of renames and removals in a folder: the journal cannot go before the manifest came.
                Step::Close => remove_if_there(&self.place.journal())?,
                Step::Clear => remove_folder(&self.place.staging)?,
            }
        }
        Ok(applied)
    }

    /// How many steps the change has.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    fn put(&self, path: &OutPath, applied: &mut Applied) -> Result<(), Failure> {
        let staged = self.place.staging.join(path.as_str());
        let target = self.place.output.join(path.as_str());
        if fs::symlink_metadata(&staged).is_err() {
            return Ok(());
        }
        if let Some((folder, _)) = path.as_str().rsplit_once('/')
            && !applied.folders.contains(folder)
        {
            self.check_folders(folder)?;
            applied.folders.insert(folder.to_owned());
            let folder = self.place.output.join(folder);
            fs::create_dir_all(&folder).map_err(|error| Failure::new("create the folder", &folder, error))?;
        }
        if fs::symlink_metadata(&target).is_ok_and(|found| found.is_dir()) {
            remove_empty(&target)?;
        }
        move_if_there(&staged, &target)
    }

    fn delete(&self, path: &OutPath, content: Digest, applied: &mut Applied) -> Result<(), Failure> {
        self.check_folders(path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder))?;
        let target = self.place.output.join(path.as_str());
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_file() && digest(&target).ok() == Some(content) => remove_if_there(&target)?,
            // Gone already; and perhaps the folder that it made room for has come.
            Err(_) => {}
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                applied.left.push(path.clone());
                return Ok(());
            }
        }
        applied.folders.clear();
        self.remove_emptied(path)
    }

    /// Makes sure that no folder on the way to `folder`, nor itself, is a link: what it leads to is not part of the output.
    fn check_folders(&self, folder: &str) -> Result<(), Failure> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for part in ends.map(|end| self.place.output.join(&folder[..end])).filter(|_| !folder.is_empty()) {
            if fs::symlink_metadata(&part).is_ok_and(|found| found.is_symlink()) {
                return Err(Failure::new("complete the last change in", &part, "a link stands in place of the folder"));
            }
        }
        Ok(())
    }

    /// Removes the folders above a deleted file as far as they are empty now.
    fn remove_emptied(&self, path: &OutPath) -> Result<(), Failure> {
        use io::ErrorKind::{
            AlreadyExists, DirectoryNotEmpty, NotADirectory, NotFound, PermissionDenied, ResourceBusy,
        };
        for (at, _) in path.as_str().rmatch_indices('/') {
            let folder = self.place.output.join(&path.as_str()[..at]);
            match fs::remove_dir(&folder).map_err(|error| (error.kind(), error)) {
                // Gone already, or a file that came in its place: the change was cut short after that.
                Ok(()) | Err((NotFound | NotADirectory, _)) => {}
                // It holds something (some systems say: it exists), or it is a mount point or not ours to remove: it stays, empty.
                Err((DirectoryNotEmpty | AlreadyExists | ResourceBusy | PermissionDenied, _)) => return Ok(()),
                Err((_, error)) => return Err(Failure::new("remove the folder", &folder, error)),
            }
        }
        Ok(())
    }
}

/// The steps of a journal file; each path is checked anew, since what it names is deleted or replaced.
fn decode(bytes: &[u8]) -> Option<Vec<Op>> {
    let ops: Vec<Op> = postcard::from_bytes(seal::open(HEADER, bytes)?).ok()?;
    let sound = |path: &OutPath| OutPath::new(path.as_str()).as_ref() == Ok(path);
    ops.iter().all(|op| matches!(op, Op::Put(path) | Op::Delete(path, _) if sound(path))).then_some(ops)
}

/// Removes a folder in which there are only empty folders.
fn remove_empty(folder: &Path) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure::new("remove the folder", folder, error);
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        fs::remove_dir(entry.map_err(|error| failure(error.into()))?.path()).map_err(failure)?;
    }
    Ok(())
}

fn move_if_there(from: &Path, to: &Path) -> Result<(), Failure> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(from).is_err() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            carry(from, to).map_err(|error| Failure::new("replace", to, error))
        }
        Err(error) => Err(Failure::new("replace", to, error)),
        Ok(()) => Ok(()),
    }
}

/// Moves a file into a folder that is a mount point of its own: a copy beside its place, with its time, which then takes the place
/// by a rename. If this is cut short, the file is still staged, and the next try begins anew.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    let beside = to.with_file_name(CARRIED);
    remove_if_there(&beside).map_err(|failure| io::Error::other(failure.reason))?;
    let (mut source, mut copy) = (File::open(from)?, File::create_new(&beside)?);
    io::copy(&mut source, &mut copy)?;
    copy.set_modified(source.metadata()?.modified()?)?;
    fs::rename(&beside, to)?;
    fs::remove_file(from)
}

fn remove_if_there(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::new("remove", path, error)),
        _ => Ok(()),
    }
}

/// Asks the disk to keep a folder's entries. Some systems cannot be asked; they keep them when they may.
pub fn sync_folder(folder: &Path) -> Result<(), Failure> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    let Ok(opened) = File::open(folder) else { return Ok(()) };
    match opened.sync_all() {
        Err(error) if !matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            Err(Failure::new("sync the folder", folder, error))
        }
        _ => Ok(()),
    }
}
