//! How an output stands: which files of the manifest are as they were written, and which files are not in it.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::diff::{Standing, State};
use super::manifest::{Row, Rows, Stat};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::OutPath;

/// How many bytes of a file are in memory at once.
const PIECE: usize = 64 << 10;

/// What was found in an output.
#[derive(Debug, Default)]
pub struct Survey {
    /// The manifest's files, as they stand.
    pub standing: BTreeMap<OutPath, Standing>,
    /// Files of others, sorted: all but dot-files and `CNAME` at the top, which belong to hosts and version control.
    pub foreign: Vec<String>,
    /// Whether files that hold what they should look otherwise than the manifest says: copied there, or checked out anew. Until
    /// the manifest is written anew each build has to read them.
    pub stale: bool,
}

/// Examines an output. `written` is when its manifest was written, in nanoseconds since 1970.
///
/// # Errors
/// A folder of the output that cannot be listed.
pub fn survey(output: &Path, rows: Rows, written: i64) -> Result<Survey, Failure> {
    let listing = list(output, &rows)?;
    let foreign = listing.others(&rows);
    let stale = AtomicBool::new(false);
    let standing = rows
        .into_par_iter()
        .map(|(path, row)| {
            let standing = if listing.files.contains(path.as_str()) {
                examine(&output.join(path.as_str()), row, written)
            } else if listing.oddities.contains(path.as_str()) {
                Standing { row, state: State::Changed(None) }
            } else {
                Standing { row, state: State::Missing }
            };
            stale.fetch_or(standing.row != row, Ordering::Relaxed);
            (path, standing)
        })
        .collect();
    Ok(Survey { standing, foreign, stale: stale.into_inner() })
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
/// proves nothing, since a change within one tick of the clock would not show in it (git's rule for its index).
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

/// The names in an output.
#[derive(Default)]
struct Listing {
    files: HashSet<String>,
    /// Links, pipes, devices.
    oddities: HashSet<String>,
}

impl Listing {
    fn others(&self, rows: &Rows) -> Vec<String> {
        let ours: HashSet<&str> = rows.keys().map(OutPath::as_str).collect();
        let all = self.files.iter().chain(&self.oddities);
        let mut others: Vec<_> =
            all.filter(|path| !ours.contains(path.as_str()) && !is_tolerated(first(path))).cloned().collect();
        others.sort_unstable();
        others
    }
}

/// Lists an output, folder by folder, many at once. Dot-folders at the top are entered only if a build wrote into them: a git
/// history is not ours to read.
fn list(output: &Path, rows: &Rows) -> Result<Listing, Failure> {
    let entered: HashSet<&str> = rows.keys().map(|path| first(path.as_str())).collect();
    let mut listing = Listing::default();
    let mut level = vec![String::new()];
    while !level.is_empty() {
        let listed: Vec<_> = level.par_iter().map(|folder| entries(output, folder)).collect();
        level.clear();
        for entry in listed.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            match entry {
                (path, Kind::File) => drop(listing.files.insert(path)),
                (path, Kind::Oddity) => drop(listing.oddities.insert(path)),
                (path, Kind::Folder) => {
                    if !is_tolerated(first(&path)) || entered.contains(first(&path)) {
                        level.push(path);
                    }
                }
            }
        }
    }
    Ok(listing)
}

/// What a name stands for.
#[derive(Clone, Copy)]
enum Kind {
    File,
    Folder,
    Oddity,
}

fn entries(output: &Path, folder: &str) -> Result<Vec<(String, Kind)>, Failure> {
    let full = output.join(folder);
    let failure = |error: io::Error| Failure::new("list the folder", &full, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(&full).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let kind = entry.file_type().map_err(failure)?;
        let name = entry.file_name();
        // A name that is not UTF-8 is no path of ours; as an oddity it is shown and never entered.
        let known = name.to_str().is_some();
        let name = name.to_string_lossy();
        let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
        let kind = match (known, kind.is_dir(), kind.is_file()) {
            (true, true, _) => Kind::Folder,
            (true, _, true) => Kind::File,
            _ => Kind::Oddity,
        };
        entries.push((path, kind));
    }
    Ok(entries)
}

/// The first part of a path.
fn first(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Whether hosts and version control keep something of that name at the top of an output.
fn is_tolerated(first: &str) -> bool {
    first.starts_with('.') || first == "CNAME"
}
