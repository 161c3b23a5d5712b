//! Diagnostics, progress and counts, for people and for programs.
