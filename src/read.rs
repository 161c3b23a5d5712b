//! Files to sources: the only stage that reads the site.
