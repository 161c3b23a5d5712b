//! The collection as collecting leaves it.
