//! Inputs as they were read: a path, its bytes, their digest.

use std::sync::Arc;

use super::digest::Digest;
use super::path::SitePath;

/// A file of the site, or one compiled into the binary.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies, relative to the site folder (`builtin/templates/base.html` for one compiled in).
    pub path: SitePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Source {
    /// Makes a source of some bytes.
    pub fn new(path: SitePath, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Self { path, bytes, digest }
    }
}

/// A file that is copied, not read into memory: an asset beside articles, or one of `static/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it lies, relative to the site folder.
    pub path: SitePath,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
    /// The bytes themselves, for a file compiled into the binary or rewritten in memory; `None` for one on disk.
    pub bytes: Option<Arc<[u8]>>,
}
