//! The shelf: what of the built folder answers a path. Nothing beside it is ever reached.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::path::Url;

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A file, and its path in the output.
    File(PathBuf, String),
    /// A folder that was asked for without its final `/`: the path to ask for instead.
    Folder(String),
    /// Nothing that was built.
    Nothing,
}

/// Looks a request's path up, percent-encoded as it came, in the built folder.
pub fn find(output: &Path, path: &str) -> Found {
    // Decoded once, and free of `..`, separators and control characters in its segments from here on.
    let Ok(url) = Url::parse(path) else { return Found::Nothing };
    let hidden = |segment: &str| segment.starts_with('.') && segment != ".well-known";
    if url.as_str().split('/').any(hidden) {
        return Found::Nothing;
    }
    let name = url.out_path().as_str().to_owned();
    let Some(place) = within(output, &name) else { return Found::Nothing };
    if place.is_file() {
        return Found::File(place, name);
    }
    let index = place.join("index.html").is_file();
    if index { Found::Folder(format!("{}/", url.encoded())) } else { Found::Nothing }
}

/// The place of an output, if it is there and no link leads it out of the folder.
fn within(output: &Path, name: &str) -> Option<PathBuf> {
    let output = fs::canonicalize(output).ok()?;
    let place = fs::canonicalize(output.join(name)).ok()?;
    place.starts_with(&output).then_some(place)
}
