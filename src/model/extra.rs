//! What an author, a site or a theme may add of its own: values that Byline hands to templates and never looks into.

use serde::ser::Error;
use serde::{Serialize, Serializer};

/// A free mapping, in the order in which it was written.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Serialises free values so that no two of them are alike: the compact form, which digests are made from, has no types, and
/// there `true` and `1` would be one byte. It carries their JSON instead.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        return value.serialize(serializer);
    }
    serializer.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
}
