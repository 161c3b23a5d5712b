//! Where the site is: the nearest folder upwards that holds `site.yaml`.

use std::path::{Path, PathBuf};

/// The file whose presence marks the root of a site.
const MARK: &str = "site.yaml";

/// Looks for the site that `start` lies in: `start` itself, then each folder above it.
pub fn locate(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join(MARK).is_file()).map(Path::to_owned)
}
