//! Finding files: a folder's tree in a fixed order, with links followed only as far as the site reaches.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::name::{Rule, Verdict, judge};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::failure::Failure;
use crate::model::path::SitePath;

/// How many files and folders of one tree may be reached through a link inside a linked folder: links between folders multiply
/// paths without ever closing a loop.
const LINKED_LIMIT: usize = 10_000;

/// The site folder.
pub struct Site {
    /// As it was given: what is opened lies below it.
    root: PathBuf,
    /// With every link resolved: what a link leads to must lie below it.
    real: PathBuf,
}

impl Site {
    /// Takes a folder as the site.
    ///
    /// # Errors
    /// It does not exist or cannot be entered.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let real = fs::canonicalize(root).map_err(|error| Failure::new("open the site folder", root, error))?;
        Ok(Self { root: root.to_owned(), real })
    }

    /// Where to open a file of the site.
    pub fn file(&self, path: &SitePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// A path below the site as text, and whether its name could be kept as it is.
    fn site_path(&self, path: &Path) -> (SitePath, bool) {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        (SitePath::new(&parts.join("/")), below.to_str().is_some())
    }

    /// What is wrong with following the link `path`, if anything is.
    fn astray(&self, path: &Path, rule: Rule) -> Option<Diagnostic> {
        let mark = Mark::file(&self.site_path(path).0);
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => return Some(dead_link(mark, &error)),
        };
        let Ok(below) = target.strip_prefix(&self.real) else {
            return Some(
                Diagnostic::error(Code::Symlink, "the link leads out of the site folder")
                    .at(mark)
                    .hint("put the file itself here in place of the link"),
            );
        };
        let parent = path.parent().and_then(|parent| fs::canonicalize(parent).ok());
        if parent.is_some_and(|parent| parent.starts_with(&target)) {
            return Some(looping(mark, if below.as_os_str().is_empty() { Path::new(".") } else { below }));
        }
        let hidden = below.iter().any(|part| judge(&part.to_string_lossy(), rule) != Verdict::Read);
        let output = below.ancestors().any(|folder| is_output(&self.real.join(folder)));
        (hidden || output).then(|| skipped(mark, "a link to something that is never published"))
    }
}

/// Every regular file below `folder` of the site, sorted by the bytes of its path; none if there is no such folder. What is
/// passed over is noted.
pub fn tree(site: &Site, folder: &str, rule: Rule, notes: &mut Vec<Diagnostic>) -> Result<Vec<SitePath>, Failure> {
    let top = site.root.join(folder);
    match fs::symlink_metadata(&top) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::new("read", &top, error)),
        Ok(found) if found.is_symlink() => {
            if let Some(note) = site.astray(&top, rule) {
                notes.push(note);
                return Ok(Vec::new());
            }
        }
        Ok(_) => {}
    }
    if !top.is_dir() {
        let path = SitePath::new(folder);
        notes.push(Diagnostic::error(Code::Path, format!("`{folder}` is not a folder")).at(Mark::file(&path)));
        return Ok(Vec::new());
    }
    let mut files = walk(site, &top, rule, notes)?;
    files.sort_unstable();
    Ok(files)
}

/// A file directly in the site folder, if it is there and may be read.
pub fn single(site: &Site, name: &str, notes: &mut Vec<Diagnostic>) -> Result<Option<SitePath>, Failure> {
    let file = site.root.join(name);
    let found = match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::new("read", &file, error)),
        Ok(found) => found,
    };
    let path = SitePath::new(name);
    let note = if found.is_symlink() { site.astray(&file, Rule::Plain) } else { None };
    let note = note.or_else(|| (!file.is_file()).then(|| not_a_file(Mark::file(&path))));
    let good = note.is_none();
    notes.extend(note);
    Ok(good.then_some(path))
}

/// Walks one existing folder.
fn walk(site: &Site, top: &Path, rule: Rule, notes: &mut Vec<Diagnostic>) -> Result<Vec<SitePath>, Failure> {
    let mut files = Vec::new();
    let mut linked = Linked::default();
    let mut entries = WalkDir::new(top).min_depth(1).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                notes.push(fault(site, top, error)?);
                continue;
            }
        };
        if linked.too_many(&entry) {
            notes.push(multiplied(&site.site_path(entry.path()).0));
            break;
        }
        match sift(site, &entry, rule) {
            Sifted::Take if entry.file_type().is_dir() => {}
            Sifted::Take => files.push(site.site_path(entry.path()).0),
            Sifted::Pass(note) => {
                notes.extend(note);
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
        }
    }
    Ok(files)
}

/// Whether an entry is to be read or entered, and what is to be said if not.
enum Sifted {
    Take,
    Pass(Option<Diagnostic>),
}

/// Judges an entry by its name, its kind, and where it leads if it is a link.
fn sift(site: &Site, entry: &DirEntry, rule: Rule) -> Sifted {
    let (path, whole) = site.site_path(entry.path());
    let mark = Mark::file(&path);
    let pass = |note| Sifted::Pass(Some(note));
    match judge(&entry.file_name().to_string_lossy(), rule) {
        Verdict::Read => {}
        Verdict::Quiet => return Sifted::Pass(None),
        Verdict::Named(kind) => return pass(skipped(mark, kind)),
    }
    if !whole {
        return pass(Diagnostic::error(Code::Path, "the name is not UTF-8").at(mark).hint("rename the file or folder"));
    }
    if entry.path_is_symlink()
        && let Some(note) = site.astray(entry.path(), rule)
    {
        return pass(note);
    }
    match entry.file_type() {
        kind if kind.is_dir() && is_output(entry.path()) => pass(skipped(mark, "an output folder")),
        kind if kind.is_dir() || kind.is_file() => Sifted::Take,
        kind => pass(skipped(mark, special(kind))),
    }
}

/// Whether a build wrote this folder.
fn is_output(folder: &Path) -> bool {
    folder.join(".byline-manifest").exists()
}

/// The name of what is neither a file nor a folder.
#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// The name of what is neither a file nor a folder.
#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "no regular file"
}

/// An error of the walk: a diagnostic where a link is at fault, a failure where the machine is.
fn fault(site: &Site, top: &Path, error: walkdir::Error) -> Result<Diagnostic, Failure> {
    let path = error.path().unwrap_or(top).to_owned();
    let mark = Mark::file(&site.site_path(&path).0);
    if let Some(ancestor) = error.loop_ancestor() {
        return Ok(looping(mark, Path::new(site.site_path(ancestor).0.as_str())));
    }
    let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
    let reason = error.into_io_error().unwrap_or_else(|| io::Error::other("the folder cannot be listed"));
    if is_link { Ok(dead_link(mark, &reason)) } else { Err(Failure::new("read", &path, reason)) }
}

fn looping(mark: Mark, ancestor: &Path) -> Diagnostic {
    let message = format!("the link forms a loop: it leads back to `{}`", ancestor.display());
    Diagnostic::error(Code::Symlink, message).at(mark).hint("remove the link")
}

fn dead_link(mark: Mark, reason: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::Symlink, format!("the link cannot be followed: {reason}"))
        .at(mark)
        .hint("remove the link, or point it at a file of the site")
}

fn skipped(mark: Mark, kind: &str) -> Diagnostic {
    let message = format!("`{}` was passed over: it is {kind}", mark.path);
    Diagnostic::warning(Code::Skipped, message).at(mark).hint("remove it, or move it out of the site's folders")
}

fn not_a_file(mark: Mark) -> Diagnostic {
    let message = format!("`{}` is not a regular file", mark.path);
    Diagnostic::error(Code::Path, message).at(mark).hint("put a file of this name in its place")
}

fn multiplied(path: &SitePath) -> Diagnostic {
    Diagnostic::error(
        Code::Limit,
        format!("more than {LINKED_LIMIT} files are reached through links inside linked folders"),
    )
    .at(Mark::file(path))
    .hint("look for folders with links to each other")
}

/// Counts what is reached through a link inside a folder that was itself reached through one.
#[derive(Default)]
struct Linked {
    /// The depths of the links to folders that the walk is in.
    depths: Vec<usize>,
    count: usize,
}

impl Linked {
    /// Takes note of an entry, and tells whether the bound is passed.
    fn too_many(&mut self, entry: &DirEntry) -> bool {
        while self.depths.last().is_some_and(|depth| *depth >= entry.depth()) {
            self.depths.pop();
        }
        self.count += usize::from(self.depths.len() > 1);
        if entry.path_is_symlink() && entry.file_type().is_dir() {
            self.depths.push(entry.depth());
        }
        self.count > LINKED_LIMIT
    }
}
