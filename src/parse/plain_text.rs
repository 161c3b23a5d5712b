//! plain_text.
