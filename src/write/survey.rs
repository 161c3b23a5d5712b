//! How an output stands: which files of the manifest are as they were written, and which files are not in it.
//!
//! A folder need not be listed if nothing came into it or left it since an earlier survey found only Byline's files in it: its
//! own time of change says so. What is in it is looked at in any case, file by file.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::inventory::{Standing, State};
use super::manifest::{Manifest, Row, Stat};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::OutPath;

/// How many bytes of a file are in memory at once.
const PIECE: usize = 64 << 10;

/// What was found in an output.
#[derive(Debug, Default)]
pub struct Survey {
    /// The manifest's files, as they stand, sorted by path.
    pub standing: Vec<(OutPath, Standing)>,
    /// Files of others, sorted: all but dot-files and `CNAME` at the top, which belong to hosts and version control.
    pub foreign: Vec<String>,
    /// Whether files that hold what they should look otherwise than the manifest says: copied there, or checked out anew. Until
    /// the manifest is written anew each build has to read them.
    pub stale: bool,
    /// Folders whose last change is before this moment held only the manifest's files, and no other folder.
    pub quiet: Option<i64>,
}

/// Examines an output.
///
/// # Errors
/// A folder of the output that cannot be listed.
pub fn survey(output: &Path, manifest: Manifest) -> Result<Survey, Failure> {
    let walk = Walk {
        output,
        written: manifest.written,
        quiet: manifest.quiet,
        stale: AtomicBool::new(false),
        strays: AtomicBool::new(false),
        latest: AtomicI64::new(0),
        foreign: Mutex::default(),
    };
    let missing = |(path, row)| (path, Standing { row, state: State::Missing });
    let mut standing: Vec<_> = manifest.rows.into_iter().map(missing).collect();
    walk.folder(0, &mut standing)?;
    let mut foreign = walk.foreign.into_inner().unwrap_or_else(PoisonError::into_inner);
    foreign.sort_unstable();
    let ours = foreign.is_empty() && !walk.strays.into_inner();
    let quiet = ours.then_some(walk.latest.into_inner());
    Ok(Survey { standing, foreign, stale: walk.stale.into_inner(), quiet })
}

/// The digest of a file on disk.
pub fn digest(path: &Path) -> io::Result<Digest> {
    let mut stream = Digest::stream();
    let mut file = BufReader::with_capacity(PIECE, File::open(path)?);
    loop {
        let piece = file.fill_buf()?;
        if piece.is_empty() {
            return Ok(stream.finish());
        }
        stream.update(piece);
        let length = piece.len();
        file.consume(length);
    }
}

/// Compares a file with its row: by size and time if that is conclusive, else by content. A time not before the manifest's own
/// (`written`) proves nothing, since a change within one tick of the clock would not show in it (git's rule for its index).
pub fn examine(path: &Path, row: Row, written: i64) -> Standing {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Standing { row, state: State::Missing } };
    let stat = Stat::of(&metadata);
    if stat == row.stat && stat.mtime < written {
        return Standing { row, state: State::Intact };
    }
    match digest(path) {
        Ok(found) if found == row.content => Standing { row: Row { stat, ..row }, state: State::Intact },
        found => Standing { row, state: State::Changed(found.ok()) },
    }
}

/// A walk through an output, many folders at once.
struct Walk<'a> {
    output: &'a Path,
    /// When the manifest was written.
    written: i64,
    /// Folders that did not change since this moment need not be listed.
    quiet: i64,
    stale: AtomicBool,
    /// Whether there are folders that none of the manifest's files need.
    strays: AtomicBool,
    /// The latest change of any folder.
    latest: AtomicI64,
    foreign: Mutex<Vec<String>>,
}

/// A file that is to be in a folder, or a folder in it with all that is to be there.
enum Part<'a> {
    File(&'a mut (OutPath, Standing)),
    Folder(&'a mut [(OutPath, Standing)]),
}

impl Walk<'_> {
    /// Looks at one folder: the one that the first `length` bytes of the paths of its files name.
    fn folder(&self, length: usize, files: &mut [(OutPath, Standing)]) -> Result<(), Failure> {
        let folder = files.first().map_or("", |(path, _)| &path.as_str()[..length]).to_owned();
        let full = self.output.join(&folder);
        let Ok(found) = fs::symlink_metadata(&full) else { return Ok(()) };
        // The output itself may be anything that can be listed.
        if !found.is_dir() && !folder.is_empty() {
            self.note(folder);
            return Ok(());
        }
        let changed = last_change(&found);
        self.latest.fetch_max(changed, Ordering::Relaxed);
        let start = if folder.is_empty() { 0 } else { length + 1 };
        let mut listed = if changed < self.quiet { None } else { Some(entries(&full)?) };
        let mut parts = Vec::new();
        for (name, part) in cut(start, files) {
            match (part, listed.as_mut().map(|listed| listed.remove(&name))) {
                (part, None) => parts.push(part),
                (part @ Part::File(_), Some(Some(Kind::File))) => parts.push(part),
                (part @ Part::Folder(_), Some(Some(Kind::Folder))) => parts.push(part),
                (Part::File((_, standing)), Some(Some(Kind::Oddity))) => standing.state = State::Changed(None),
                (_, Some(Some(kind))) => self.other(&below(&folder, &name), kind)?,
                (_, Some(None)) => {}
            }
        }
        for (name, kind) in listed.into_iter().flatten() {
            self.other(&below(&folder, &name), kind)?;
        }
        parts.into_par_iter().try_for_each(|part| match part {
            Part::File(file) => {
                self.file(file);
                Ok(())
            }
            Part::Folder(files) => {
                let name = files.first().and_then(|(path, _)| path.as_str()[start..].find('/'));
                self.folder(start + name.unwrap_or(0), files)
            }
        })
    }

    fn file(&self, (path, standing): &mut (OutPath, Standing)) {
        let found = examine(&self.output.join(path.as_str()), standing.row, self.written);
        self.stale.fetch_or(found.row != standing.row, Ordering::Relaxed);
        *standing = found;
    }

    /// Notes what is not in the manifest. Dot-folders at the top are not entered: a git history is not ours to read.
    fn other(&self, path: &str, kind: Kind) -> Result<(), Failure> {
        if is_tolerated(path) {
            return Ok(());
        }
        if !matches!(kind, Kind::Folder) {
            self.note(path.to_owned());
            return Ok(());
        }
        self.strays.store(true, Ordering::Relaxed);
        for (name, kind) in entries(&self.output.join(path))? {
            self.other(&below(path, &name), kind)?;
        }
        Ok(())
    }

    fn note(&self, path: String) {
        if !is_tolerated(&path) {
            self.foreign.lock().unwrap_or_else(PoisonError::into_inner).push(path);
        }
    }
}

/// The parts of a folder, by name. `start` is where the names begin in the paths of its files, which are sorted.
fn cut(start: usize, mut files: &mut [(OutPath, Standing)]) -> Vec<(String, Part<'_>)> {
    let mut parts = Vec::new();
    while let Some((path, _)) = files.first() {
        let path = path.as_str();
        match path[start..].find('/') {
            None => {
                let name = path[start..].to_owned();
                let (file, rest) = files.split_first_mut().expect("it is not empty");
                parts.push((name, Part::File(file)));
                files = rest;
            }
            Some(length) => {
                let name = path[start..start + length].to_owned();
                let folder = path[..=start + length].to_owned();
                let count = files.partition_point(|(path, _)| path.as_str().starts_with(&folder));
                let (inside, rest) = files.split_at_mut(count);
                parts.push((name, Part::Folder(inside)));
                files = rest;
            }
        }
    }
    parts
}

/// When something last came into a folder or left it, in nanoseconds since 1970. Anybody can set the time of modification, nobody
/// that of the last change of what the file system keeps about the folder.
#[cfg(unix)]
fn last_change(folder: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    folder.ctime().saturating_mul(1_000_000_000).saturating_add(folder.ctime_nsec())
}

/// Where the system does not tell, every folder is as if it had changed.
#[cfg(not(unix))]
fn last_change(_: &Metadata) -> i64 {
    i64::MAX
}

/// What a name stands for.
#[derive(Clone, Copy)]
enum Kind {
    File,
    Folder,
    /// Links, pipes, devices.
    Oddity,
}

/// What is in a folder.
fn entries(folder: &Path) -> Result<BTreeMap<String, Kind>, Failure> {
    let failure = |error: io::Error| Failure::new("list the folder", folder, error);
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let kind = entry.file_type().map_err(failure)?;
        let name = entry.file_name();
        // A name that is not UTF-8 is no path of ours; as an oddity it is shown and never entered.
        let kind = match (name.to_str().is_some(), kind.is_dir(), kind.is_file()) {
            (true, true, _) => Kind::Folder,
            (true, _, true) => Kind::File,
            _ => Kind::Oddity,
        };
        entries.insert(name.to_string_lossy().into_owned(), kind);
    }
    Ok(entries)
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether hosts and version control keep something of that name at the top of an output.
fn is_tolerated(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    first.starts_with('.') || first == "CNAME"
}
