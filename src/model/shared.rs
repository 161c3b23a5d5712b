//! Values that are known by their digests: those that many views hold, and those that a view is compared without.

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

/// A view's part that is costly to make, known by the digest of what it is made from: where a view is merely compared with the
/// one that was rendered last, the part itself is left out.
#[derive(Clone, Debug)]
pub struct Deferred<T> {
    digest: Digest,
    value: Option<T>,
}

impl<T> Deferred<T> {
    /// A part that is made from what `digest` stands for; made only where the view is to be rendered.
    pub fn new(digest: Digest, depth: Depth, make: impl FnOnce() -> T) -> Self {
        Self { digest, value: (depth == Depth::Rendered).then(make) }
    }

    /// The part, if the view is to be rendered.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

impl<T: Serialize> Serialize for Deferred<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.value.serialize(serializer)
        } else {
            self.digest.serialize(serializer)
        }
    }
}

/// What a view is made for. Its digest is the same either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// To be compared with the one that was rendered last.
    Compared,
    /// To be rendered.
    Rendered,
}
