//! Why a page was rendered: what a build remembers of its work, and tells when it is asked.

use serde::{Deserialize, Serialize};

/// Why a page was rendered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// It cannot be told: what it was made from before was not kept.
    Unknown,
    /// There was no such page.
    New,
    /// Its file in the output had been changed or removed by someone else.
    Gone,
    /// Nothing of earlier builds was to be made use of.
    Fresh,
    /// Another version of Byline had made it.
    Engine,
    /// What it is made from had changed.
    Changed {
        /// The files of the templates that had.
        templates: Vec<String>,
        /// The fields of its view that had, by the names that templates use; `template` where it got another template.
        fields: Vec<String>,
    },
}
