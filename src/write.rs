//! Outputs to a folder: staged, then committed. Nothing in the output changes before every page is made; then everything
//! does, by renames that the next command completes if this one is killed.
//!
//! ```text
//! begin    lock, complete a change that was cut short, read the manifest, refuse a folder with others' files
//! stage    bytes into a staging folder on the same file system, if the output does not hold them already
//! commit   a new output: one rename. An old one: a journal, then a rename for each file, deletes last, the manifest
//! ```

mod compare;
mod conflict;
mod diff;
mod finished;
mod inventory;
mod journal;
mod lock;
mod manifest;
mod place;
mod refusal;
mod session;
mod stage;
mod standing;
mod survey;

#[cfg(test)]
mod tests;

pub use compare::{Difference, compare};
pub use finished::{Finished, FinishedFile, finished};
pub use refusal::Refusal;
pub use session::{Session, begin};
pub use standing::stands;

/// The manifest's name in the output.
pub const MANIFEST: &str = ".byline-manifest";

/// The journal's name in the output: present only while a change is being made.
const JOURNAL: &str = ".byline-journal";

/// The name of a file on its way into a folder of the output that lies on another disk.
const CARRIED: &str = ".byline-carried";

/// The staging folder's name in the output.
const STAGE: &str = ".byline-stage";
