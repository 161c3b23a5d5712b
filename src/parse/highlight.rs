//! highlight.
