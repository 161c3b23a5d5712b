//! What an author, a site or a theme may add of its own: values that Byline hands to templates and never looks into.

/// A free mapping, in the order in which it was written.
pub type Extra = serde_json::Map<String, serde_json::Value>;
