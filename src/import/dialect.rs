//! What each generator does in its own way.

use super::collection::Article;
use super::index::Index;
use crate::model::diagnostic::Noted;

/// How the texts of one generator are converted.
pub trait Dialect: Sync {
    /// The article's text with everything in it turned into Markdown or HTML that is neither.
    fn body(&self, article: &Article, index: &Index) -> Noted<String>;

    /// A link's target as a path or address, where the generator has a notation of its own for it.
    fn target(&self, _article: &Article, _written: &str) -> Option<String> {
        None
    }

    /// The id that a heading of Markdown was given, by its text; `None` where it was given none.
    fn heading_id(&self, _text: &str) -> Option<String> {
        None
    }
}
