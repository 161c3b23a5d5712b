//! The files of the new site, before they are written.

use super::collection::Copy;

/// A file of the new site that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where, relative to the site's folder.
    pub to: String,
    /// Its text.
    pub text: String,
}

/// All files of a site, those to be written and those to be copied.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    /// Files to be written.
    pub texts: Vec<Output>,
    /// Files to be copied.
    pub copies: Vec<Copy>,
}
