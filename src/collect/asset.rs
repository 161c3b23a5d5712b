//! Files beside the articles: those of a bundle follow their article; others are published if a published page refers to
//! them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::image::{Images, is_stripped};
use super::route::{Hidden, is_bundle};
use super::{Routed, out_path};
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{Slug, SlugStyle, Url};
use crate::model::site::Placed;
use crate::model::source::Asset;

/// Where a file is published.
#[derive(Clone, Debug)]
enum Place {
    /// With its bundle's article, in any case: a decoded path.
    Bundled(String),
    /// At its folder's URL, if something refers to it: a decoded path.
    Free(String),
    /// Not at all: its bundle's article is not published.
    Hidden,
}

/// What a reference to a file finds.
pub(super) enum Found {
    /// The file's address, and its place among the files: what publishes it needs to say so.
    At(Url, usize),
    /// A file whose article is not published.
    Hidden,
}

/// The files below content/, and which of them are referred to.
pub(super) struct Shelves {
    assets: Vec<(Asset, Place, AtomicBool)>,
    by_path: BTreeMap<String, usize>,
}

impl Shelves {
    /// Gives every file its place.
    pub fn new(routed: &[Routed], hidden: &[Hidden], assets: Vec<Asset>, style: SlugStyle) -> Self {
        let mut bundles: BTreeMap<&str, Option<&Url>> = BTreeMap::new();
        for article in routed.iter().filter(|article| is_bundle(&article.meta.path)) {
            bundles.insert(article.meta.path.folder(), Some(&article.url));
        }
        for article in hidden.iter().filter(|article| is_bundle(&article.meta.path)) {
            bundles.insert(article.meta.path.folder(), None);
        }
        let assets: Vec<(Asset, Place, AtomicBool)> = assets
            .into_iter()
            .map(|asset| {
                let place = place(&asset, &bundles, style);
                (asset, place, AtomicBool::new(false))
            })
            .collect();
        let below = |asset: &Asset| asset.path.below("content").unwrap_or(asset.path.as_str()).to_owned();
        let by_path = assets.iter().enumerate().map(|(at, (asset, ..))| (below(asset), at)).collect();
        Self { assets, by_path }
    }

    /// The file at a path below content/.
    pub fn find(&self, path: &str) -> Option<Found> {
        let at = *self.by_path.get(path)?;
        match &self.assets[at].1 {
            Place::Hidden => Some(Found::Hidden),
            Place::Bundled(path) | Place::Free(path) => Url::from_decoded(path).ok().map(|url| Found::At(url, at)),
        }
    }

    /// Publishes a file: something refers to it.
    pub fn refer(&self, at: usize) {
        self.assets[at].2.store(true, Ordering::Relaxed);
    }

    /// A file, by its place.
    pub fn asset(&self, at: usize) -> &Asset {
        &self.assets[at].0
    }

    /// Paths below content/, for "did you mean".
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let public = |at: &&usize| !matches!(self.assets[**at].1, Place::Hidden);
        self.by_path.iter().filter(move |(_, at)| public(at)).map(|(path, _)| path.as_str())
    }

    /// The files to be copied.
    pub fn placed(self, images: &Images, notes: &mut Vec<Diagnostic>) -> Vec<Placed> {
        let mut placed = Vec::new();
        for (asset, place, used) in self.assets {
            let at = match place {
                Place::Bundled(at) => at,
                Place::Free(at) if used.into_inner() => at,
                Place::Free(_) | Place::Hidden => continue,
            };
            match out_path(&at, &asset.path, "the file") {
                Ok(out) => placed.push(Placed { out, stripped: is_stripped(images, &asset.path), asset }),
                Err(fault) => notes.push(*fault),
            }
        }
        placed
    }
}

/// The place of a file: below the article of the nearest bundle above it, or at its folder's URL.
fn place(asset: &Asset, bundles: &BTreeMap<&str, Option<&Url>>, style: SlugStyle) -> Place {
    let path = asset.path.as_str();
    for (end, _) in path.rmatch_indices('/') {
        match bundles.get(&path[..end]) {
            Some(Some(url)) => {
                let folder = url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder).trim_start_matches('/');
                let separator = if folder.is_empty() { "" } else { "/" };
                return Place::Bundled(format!("{folder}{separator}{}", &path[end + 1..]));
            }
            Some(None) => return Place::Hidden,
            None => {}
        }
    }
    let folder = asset.path.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/');
    let segments = folder.split('/').filter(|segment| !segment.is_empty());
    let slugs =
        segments.map(|segment| Slug::whole(segment, style).map_or_else(|| segment.to_owned(), |slug| slug.to_string()));
    let parts: Vec<String> = slugs.chain([asset.path.name().to_owned()]).collect();
    Place::Free(parts.join("/"))
}
