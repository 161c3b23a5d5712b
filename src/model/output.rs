//! What a build writes: a path, its content, and the key under which that content need not be made again.

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::path::{OutPath, SitePath};

/// One file of the finished site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it goes.
    pub path: OutPath,
    /// What is in it.
    pub content: Content,
    /// The digest of everything that its content was made from.
    pub key: Digest,
    /// When it may appear, relative to the others.
    pub stage: Stage,
}

/// The content of an output.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes made by the build.
    Bytes(Vec<u8>),
    /// A file of the site, to be copied; its digest is known from reading.
    Copy(SitePath, Digest),
}

/// The order in which outputs become visible, so that no page ever refers to something that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Stylesheets, images, files.
    Asset,
    /// HTML pages.
    Page,
    /// Feeds, the sitemap, and other files that announce pages.
    Announcement,
}

/// What an output was built for, as far as it decides whether the output may be shown to the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The address of the site.
    pub base_url: String,
    /// Whether drafts are in it.
    pub drafts: bool,
    /// The moment as which it was built (Unix seconds), if that was asked for; otherwise it was the present one.
    pub as_of: Option<i64>,
}

/// What a commit did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files created or replaced.
    pub written: usize,
    /// Files that were as they should be.
    pub kept: usize,
    /// Files deleted.
    pub removed: usize,
    /// The digest of the manifest: by it this state of the output is known again.
    pub manifest: Digest,
}
