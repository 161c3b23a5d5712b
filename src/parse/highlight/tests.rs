//! The rules of highlighting, each by its name.
