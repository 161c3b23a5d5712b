//! front_matter.
