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

/// A file that is known by its digest. Its bytes are at hand only where they had to be read to know it, and are read when they
/// are needed.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it lies, relative to the site folder.
    pub path: SitePath,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its bytes, if they are at hand.
    pub bytes: Option<Arc<[u8]>>,
}

impl Found {
    /// The file as a source, if its bytes are at hand.
    pub fn source(&self) -> Option<Source> {
        let bytes = self.bytes.clone()?;
        Some(Source { path: self.path.clone(), bytes, digest: self.digest })
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

/// A theme of the site's own `themes/` folder.
#[derive(Clone, Debug, Default)]
pub struct ThemeFolder {
    /// The folder's name.
    pub name: String,
    /// `theme.yaml`, where there is one, and everything below the theme's `templates/` and `strings/`.
    pub sources: Vec<Source>,
    /// What lies below the theme's `static/`.
    pub statics: Vec<Asset>,
}

/// All files of a site, sorted by what they are for; every list is in the order of the paths' bytes.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `site.yaml`.
    pub config: Option<Source>,
    /// Articles and standing pages below `content/`.
    pub articles: Vec<Found>,
    /// The `_index.md` files.
    pub sections: Vec<Source>,
    /// YAML files that lie beside the plain text or HTML article which they describe.
    pub sidecars: Vec<Found>,
    /// `content/authors.yaml`.
    pub people: Option<Source>,
    /// `content/tags.yaml`.
    pub vocabulary: Option<Source>,
    /// The site's own templates.
    pub templates: Vec<Source>,
    /// What the site has its pages say, a file for each language.
    pub strings: Vec<Source>,
    /// The site's own themes.
    pub themes: Vec<ThemeFolder>,
    /// Files below `static/`.
    pub statics: Vec<Asset>,
    /// Everything else below `content/`: images and the like.
    pub content_assets: Vec<Asset>,
    /// Files below `data/`.
    pub data: Vec<Source>,
    /// `permalinks.txt`.
    pub ledger: Option<Source>,
}
