//! Images that pages show: whether each can be published, in which sizes, and where the first of those places is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::diagnostic::Mark;
use crate::model::digest::Digest;
use crate::model::image::{Fault, ImageOptions, Look, Pictured, Prints, Shown};
use crate::model::path::{SitePath, Url};
use crate::model::site::Placed;
use crate::model::source::Asset;

/// What is known of the site's images before anything is shown.
#[derive(Clone, Debug, Default)]
pub struct Images {
    /// What the head of each file tells; files that are no images are not among them.
    pub looks: BTreeMap<SitePath, Look>,
    /// Stands for the way in which prints are made.
    pub recipe: Digest,
}

/// What comes of an image that a page wants to show.
pub(super) enum Sight {
    /// It is no image: a link to a file like any other.
    None,
    /// It is shown; the file itself is needed where it is shown whole.
    Shown(Shown),
    /// It cannot be shown.
    Faulty(Fault),
}

/// The images that are shown, as they are met.
pub(super) struct Gallery<'a> {
    images: &'a Images,
    options: &'a ImageOptions,
    /// Images of `static/` by their addresses.
    statics: HashMap<Url, &'a Asset>, // lookup only
    pictures: Mutex<BTreeMap<SitePath, Pictured>>,
    /// Images of `static/` that pages show.
    seen: Mutex<BTreeSet<SitePath>>,
}

impl<'a> Gallery<'a> {
    /// An empty gallery.
    pub fn new(images: &'a Images, options: &'a ImageOptions, copied: &'a [Placed]) -> Self {
        let known = copied.iter().filter(|placed| images.looks.contains_key(&placed.asset.path));
        let by_url = known.filter_map(|placed| Some((Url::from_decoded(placed.out.as_str()).ok()?, &placed.asset)));
        let statics = by_url.collect();
        Self { images, options, statics, pictures: Mutex::default(), seen: Mutex::default() }
    }

    /// What comes of showing the image at an address of `static/`.
    pub fn of_static(&self, url: &Url, rest: &str, mark: &Mark) -> Sight {
        let Some(asset) = self.statics.get(url) else { return Sight::None };
        hold(&self.seen).insert(asset.path.clone());
        self.show(asset, url, rest, mark)
    }

    /// What comes of showing a file that lies at `url`.
    pub fn show(&self, asset: &Asset, url: &Url, rest: &str, mark: &Mark) -> Sight {
        let Some(look) = self.images.looks.get(&asset.path) else { return Sight::None };
        if let Look::Faulty(fault) = look {
            return Sight::Faulty(fault.clone());
        }
        let most = self.options.max_pixels;
        if let Some(size) = look.size().filter(|size| size.pixels() > most) {
            return Sight::Faulty(Fault::Pixels(size, most));
        }
        Sight::Shown(match look {
            Look::Raster(size, fallback) if self.options.enabled => {
                let make = || Prints::new(asset, *size, *fallback, self.options, self.images.recipe);
                Shown::Printed(self.note(asset, mark, make))
            }
            look => Shown::Whole(url.clone(), rest.into(), look.size()),
        })
    }

    /// Notes that an image is shown. What is kept does not depend on the order in which places are met.
    fn note(&self, asset: &Asset, mark: &Mark, make: impl FnOnce() -> Prints) -> Arc<Prints> {
        let mut pictures = hold(&self.pictures);
        let picture = pictures.entry(asset.path.clone()).or_insert_with(|| Pictured {
            prints: Arc::new(make()),
            path: asset.path.clone(),
            digest: asset.digest,
            mark: mark.clone(),
        });
        if *mark < picture.mark {
            picture.mark = mark.clone();
        }
        Arc::clone(&picture.prints)
    }

    /// All images that are published in several sizes, by name, and those of `static/` that are shown. Two files of one name that
    /// hold the same are one.
    pub fn close(self) -> (Vec<Pictured>, BTreeSet<SitePath>) {
        let all = self.pictures.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut pictures: Vec<Pictured> = all.into_values().collect();
        pictures.sort_by(|a, b| a.prints.cmp(&b.prints));
        pictures.dedup_by(|second, first| second.prints == first.prints);
        (pictures, self.seen.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether private metadata are taken out of a file when it is published: it is an image that has room for them.
pub(super) fn is_stripped(images: &Images, path: &SitePath) -> bool {
    images.looks.contains_key(path) && !path.extension().eq_ignore_ascii_case("svg")
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
