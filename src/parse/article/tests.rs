//! Articles, as the rest of the site sees them parsed.
