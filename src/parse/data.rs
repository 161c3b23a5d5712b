//! Data files to values.
