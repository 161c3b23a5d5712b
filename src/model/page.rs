//! The pages to be made.
