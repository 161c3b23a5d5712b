//! How a site's own templates and themes sit on what lies below them: what `byline theme check` answers.

use super::diagnostic::Mark;

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct Fitting {
    /// The layers of templates, the topmost first.
    pub layers: Vec<LayerLine>,
    /// Pages that templates make.
    pub pages: usize,
    /// The templates of the site and of its own themes, by path.
    pub overrides: Vec<Override>,
    /// The queries of the theme and its parents.
    pub queries: Vec<QueryCost>,
    /// Whether errors in articles kept some of them out of the counts.
    pub incomplete: bool,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct LayerLine {
    /// Where its templates lie: `templates/`, `themes/NAME/`, `builtin/`.
    pub name: String,
    /// Whose it is: `the site's own`, `bundled with Byline`.
    pub owner: &'static str,
    /// The version of the views that the theme is written for; `None` where the layer is no theme.
    pub api: Option<u64>,
    /// How many templates it has.
    pub templates: usize,
}

/// A template of the site, or of a theme in its folder.
#[derive(Clone, Debug)]
pub struct Override {
    /// Its file.
    pub path: String,
    /// What it does to the layers below.
    pub effect: Effect,
    /// The pages that a change of it renders, by kind, the most first.
    pub pages: Vec<(String, usize)>,
}

/// What a template does to the layers below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// No layer below has one of its name.
    Adds,
    /// It stands in the place of this file; changes of that are not seen any more.
    Replaces(String),
    /// It lies on this file, and has blocks of its own in the place of these.
    Changes(String, Vec<String>),
}

/// A query, and what it costs.
#[derive(Clone, Debug)]
pub struct QueryCost {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub mark: Mark,
    /// The kinds of page that hold its answer.
    pub on: Vec<String>,
    /// How many pages these are: all of them are rendered when the answer changes.
    pub pages: usize,
    /// How many of them are articles and standing pages, of which a new article would change a few otherwise.
    pub articles: usize,
}
