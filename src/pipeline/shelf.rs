//! The shelf of bodies: each is fetched when a page needs it, from memory or from the disk.

use std::sync::{Arc, Mutex, PoisonError};

use super::articles::Workshop;
use crate::memo::{Library, Place};
use crate::model::body::{Bodies, Body};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::SitePath;

/// Where one body is, and what it must be.
pub struct Slot {
    /// The article's file.
    pub path: SitePath,
    /// The digest of all that the article was parsed from.
    pub key: Digest,
    /// The digest of the body.
    pub body: Digest,
    /// Where it is.
    pub place: Place,
}

/// The bodies of all articles.
pub struct Shelf {
    pub slots: Vec<Slot>,
    pub library: Library,
    /// Makes anew what the library turns out not to hold.
    pub workshop: Workshop,
    pub failure: Mutex<Option<Failure>>,
}

impl Shelf {
    /// A shelf of the bodies in these places.
    pub fn new(slots: Vec<Slot>, library: Library, workshop: Workshop) -> Self {
        Self { slots, library, workshop, failure: Mutex::new(None) }
    }
}

impl Bodies for Shelf {
    fn body(&self, at: usize) -> Arc<Body> {
        let slot = &self.slots[at];
        if let Some(body) = self.library.read(&slot.place, slot.body) {
            return body;
        }
        let parsed = self.workshop.again(&slot.path, slot.key);
        let body = parsed.map(|parsed| parsed.article.map(|(_, body)| Arc::new(body)).unwrap_or_default());
        body.unwrap_or_else(|failure| {
            self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
            Arc::default()
        })
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
