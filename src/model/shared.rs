//! Values that are known by their digests: those that many views hold, and those that a view is compared without.

use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Serialize, Serializer};
use tera::Value;

use super::digest::Digest;

/// A view's part that stands in many views: an article's card, the site's own data. Cloning is free. In a compact serial form
/// (the one that digests are made from) it is its digest alone, so that a list of a thousand cards is hashed in microseconds;
/// templates see the value itself.
#[derive(Debug)]
pub struct Shared<T> {
    whole: Arc<Whole<T>>,
    digest: Digest,
}

#[derive(Debug)]
struct Whole<T> {
    value: T,
    /// The value in the form in which templates take it, made when the first of them does: for a card that stands on a dozen
    /// pages this is most of what making their contexts costs.
    form: RwLock<Option<Value>>,
}

impl<T: Serialize> Shared<T> {
    /// Shares a value; its digest is made here, once.
    pub fn new(value: T) -> Self {
        let digest = Digest::of_value(&value);
        Self { whole: Arc::new(Whole { value, form: RwLock::default() }), digest }
    }
}

impl<T> Shared<T> {
    /// The digest of the value.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl<T: Serialize> Shared<T> {
    /// The value in the form in which templates take it. Two threads that make it at the same time make the same.
    fn form(&self) -> Value {
        if let Some(form) = &*self.whole.form.read().unwrap_or_else(PoisonError::into_inner) {
            return form.clone();
        }
        let form = Value::from_serializable(&self.whole.value);
        *self.whole.form.write().unwrap_or_else(PoisonError::into_inner) = Some(form.clone());
        form
    }
}

impl<T> Shared<T> {
    /// Lets go of the form in which templates take it, until one asks for it again: for all articles of a large site these would
    /// be a third of what a build has in memory.
    pub fn rest(&self) {
        let formed = self.whole.form.read().unwrap_or_else(PoisonError::into_inner).is_some();
        if formed {
            *self.whole.form.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { whole: Arc::clone(&self.whole), digest: self.digest }
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.whole.value
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            // Where a value of templates is being made, one that is there already is taken as it is, not built again.
            self.form().serialize(serializer)
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

    /// The part, to be completed before it is shown; its digest stands for what it will be.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
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
