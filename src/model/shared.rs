//! A value that many views hold: counted by reference, and known by its digest.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::digest::Digest;

/// A view's part that stands in many views: an article's card, the site's own data. Cloning is free. In a compact serial form
/// (the one that digests are made from) it is its digest alone, so that a list of a thousand cards is hashed in microseconds;
/// templates see the value itself.
#[derive(Debug)]
pub struct Shared<T> {
    value: Arc<T>,
    digest: Digest,
}

impl<T: Serialize> Shared<T> {
    /// Shares a value; its digest is made here, once.
    pub fn new(value: T) -> Self {
        let digest = Digest::of_value(&value);
        Self { value: Arc::new(value), digest }
    }
}

impl<T> Shared<T> {
    /// The digest of the value.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), digest: self.digest }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.value.serialize(serializer)
        } else {
            self.digest.serialize(serializer)
        }
    }
}
