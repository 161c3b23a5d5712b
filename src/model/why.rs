//! Why a page is as it is: what a build remembers of its work, and what `byline why` answers.

use serde::{Deserialize, Serialize};

use super::date::Moment;

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

/// The answer to what was asked.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it is about, as the site calls it: an address, or a path.
    pub subject: String,
    /// What that is, in a few words: `an article`, `a template`.
    pub what: String,
    /// What is to be known of it besides: a label and a text each.
    pub notes: Vec<(&'static str, String)>,
    /// The pages that it makes, in full.
    pub pages: Vec<PageAnswer>,
    /// Where else it shows.
    pub shown: Vec<Group>,
    /// The last build that changed something, if that is known.
    pub build: Option<LastBuild>,
}

/// A build.
#[derive(Clone, Debug)]
pub struct LastBuild {
    /// When it was.
    pub at: Moment,
    /// How many pages it rendered.
    pub rendered: u64,
}

/// Pages of one kind that show something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are, or the field of their views that shows it.
    pub what: String,
    /// How many there are.
    pub count: usize,
    /// The first of them, by address.
    pub examples: Vec<String>,
}

/// What is behind one page.
#[derive(Clone, Debug)]
pub struct PageAnswer {
    /// Its address.
    pub url: String,
    /// The file that serves it, in the output.
    pub output: String,
    /// Its kind, as `page.kind` has it; what it is where no template makes it.
    pub kind: String,
    /// What it is made from.
    pub sources: Vec<Origin>,
    /// How many articles it lists.
    pub articles: usize,
    /// The section that it lies in.
    pub section: Option<String>,
    /// The templates that it reaches, its own first.
    pub templates: Vec<TemplateOrigin>,
    /// The queries of the theme that are answered in its view.
    pub queries: Vec<String>,
    /// The data files in its view.
    pub data: Vec<String>,
    /// What the last builds did about it.
    pub rendered: Rendered,
    /// Why the next build would render it; `None` where it would not.
    pub due: Option<Reason>,
}

/// A file that contributes to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, with the line where only a part of it does.
    pub place: String,
    /// What it contributes.
    pub what: String,
}

/// A template that a page reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateOrigin {
    /// Its name, as templates call it.
    pub name: String,
    /// Whose it is: `the site`, `the theme NAME`, `Byline`.
    pub layer: String,
    /// Its file.
    pub path: String,
}

/// What the last builds did about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendered {
    /// No build of this output is known to have made it.
    Never,
    /// The last build that changed something rendered it.
    Last(Reason),
    /// That build kept it; it was rendered so many builds before.
    Before(u32, Reason),
}
