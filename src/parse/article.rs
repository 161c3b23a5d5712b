//! article.
