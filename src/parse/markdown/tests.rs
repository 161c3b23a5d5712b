//! The rules of the Markdown dialect, each by its name.
