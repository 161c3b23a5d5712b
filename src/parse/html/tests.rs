//! The rules of raw HTML, each by its name.
