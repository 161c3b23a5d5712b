//! Outputs to a folder: staged, then committed.
