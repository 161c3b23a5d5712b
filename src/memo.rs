//! What one build keeps for the next, in the site's cache folder: what came of parsing each article, what the last builds
//! reported, and what each page was made from. All of it may be lost, damaged, or someone else's; then it is as if it were not there.
//!
//! ```text
//! N.articles    what came of parsing each article, metadata and diagnostics: read whole, at once
//! N.bodies      the bodies of those articles: read one by one, by position, when a page needs one
//! builds        the last builds: what each was made from, and what it reported
//! parts         what each page was made from, part by part, and why it was rendered last: for `byline why`
//! ```
//!
//! A build adds one numbered pair of files for what it parsed, and never changes one that is there. Pairs of which little is
//! still wanted, and small ones, are folded into the new one, so that the disk holds little more than what is wanted, each
//! record is copied a few times in its life, and a build that parsed one article writes little.
//!
//! Every record is found by the digest of all that it was made from. Nothing in the files depends on where the site lies.

mod anew;
mod builds;
mod fold;
mod hold;
mod kept;
mod library;
mod pair;
mod parts;
mod store;
mod writer;

pub use builds::{Builds, Past};
pub use hold::Hold;
pub use kept::{load, save};
pub use library::{Library, Place};
pub use parts::{Before, Changes, Done, Known, Made, Parts, State, save as save_parts, short};
pub use store::{Memo, Remembered};
