//! The shelf of bodies: each is fetched when a page needs it, from memory or from the disk.

use std::sync::{Arc, Mutex, PoisonError};

use super::articles::{Slot, Workshop};
use crate::memo::Library;
use crate::model::body::{Bodies, Body};
use crate::model::failure::Failure;

/// The bodies of all articles.
pub struct Shelf {
    slots: Vec<Slot>,
    library: Library,
    /// Makes anew what the library turns out not to hold.
    workshop: Workshop,
    failure: Mutex<Option<Failure>>,
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

    fn let_go(&self, at: usize) {
        self.slots[at].place.let_go();
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
