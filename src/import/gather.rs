//! The collection's folder, read: every regular file below it, by its path. No link is followed.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::tree::{File, Tree};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::failure::Failure;
use crate::model::path::SitePath;

/// The longest file that is read, in bytes; longer ones are copied.
const LONGEST: u64 = 16 << 20;

/// How many files a collection may have.
const FILES: usize = 2_000_000;

/// How deep folders may lie in each other.
const DEPTH: usize = 100;

/// The kinds of file that are read; all others are copied, if anything refers to them.
const READ: &[&str] = &[
    "md", "markdown", "mkd", "mkdn", "mkdown", "html", "htm", "txt", "text", "asc", "rst", "org", "adoc", "asciidoc",
    "textile", "toml", "yaml", "yml", "json", "csv", "py", "xml", "css", "scss", "sass", "js",
];

/// Dot-files that a site may want to publish.
const WANTED: &[&str] = &[".well-known", ".nojekyll", ".htaccess", ".domains"];

/// Reads a folder. Folders at its top with one of the names in `pass` are passed over.
///
/// # Errors
/// A file or folder that cannot be read.
pub fn tree(root: &Path, pass: &[&str]) -> Result<Tree, Failure> {
    let mut tree = Tree::default();
    let mut paths = Vec::new();
    let wanted = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let hidden = name.starts_with('.') && !WANTED.contains(&name.as_ref());
        entry.depth() == 0 || !(hidden || name == "node_modules" || entry.depth() == 1 && pass.contains(&name.as_ref()))
    };
    let walk = WalkDir::new(root).follow_links(false).max_depth(DEPTH).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(root).to_owned();
            let reason =
                error.into_io_error().map_or_else(|| "it cannot be listed".to_owned(), |error| error.to_string());
            Failure::new("read", &path, reason)
        })?;
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = below.to_string_lossy().replace('\\', "/");
        let note = match entry.file_type() {
            kind if kind.is_dir() => continue,
            kind if kind.is_symlink() => Some((Code::Symlink, "the link was not followed, and nothing was copied")),
            kind if !kind.is_file() => Some((Code::Skipped, "what is no regular file was passed over")),
            _ if below.to_str().is_none() => Some((Code::Path, "the name is not UTF-8; the file was passed over")),
            _ => None,
        };
        if let Some((code, message)) = note {
            let note = Diagnostic::warning(code, message).at(Mark::file(&SitePath::new(&path)));
            tree.notes.push(note.hint("put the file itself there, under a plain name, if it is wanted"));
            continue;
        }
        if paths.len() == FILES {
            let note = Diagnostic::warning(Code::Limit, format!("only the first {FILES} files were read"));
            tree.notes.push(note.hint("import the collection in parts"));
            break;
        }
        paths.push(path);
    }
    let files: Result<Vec<(String, File)>, Failure> =
        paths.into_par_iter().map(|path| file(root, &path).map(|file| (path, file))).collect();
    tree.files = files?.into_iter().collect();
    Ok(tree)
}

fn file(root: &Path, path: &str) -> Result<File, Failure> {
    let place = root.join(path);
    let length = fs::symlink_metadata(&place).map_err(|error| Failure::new("read", &place, error))?.len();
    let extension = super::tree::extension(path);
    if !READ.contains(&extension.as_str()) || length > LONGEST {
        return Ok(File { bytes: None });
    }
    let bytes = fs::read(&place).map_err(|error| Failure::new("read", &place, error))?;
    Ok(File { bytes: Some(Arc::from(bytes)) })
}
