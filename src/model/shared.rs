//! A value that many views hold: counted by reference, and known by its digest.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

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
    form: OnceLock<Value>,
}

impl<T: Serialize> Shared<T> {
    /// Shares a value; its digest is made here, once.
    pub fn new(value: T) -> Self {
        let digest = Digest::of_value(&value);
        Self { whole: Arc::new(Whole { value, form: OnceLock::new() }), digest }
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
            self.whole.form.get_or_init(|| Value::from_serializable(&self.whole.value)).serialize(serializer)
        } else {
            self.digest.serialize(serializer)
        }
    }
}
