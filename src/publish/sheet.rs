//! The sheet: what a target holds, as the target itself remembers it. It names no path, only digests of paths: at most hosts
//! everybody can read it, and unlisted articles are named nowhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::output::Stage;
use crate::model::seal;

/// The sheet's name at the target.
pub const SHEET: &str = ".byline-published";

/// The first line; a change of [`Row`] needs another number.
const HEADER: &str = "byline published 1\n";

/// What is known of a file at a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It has this content.
    Sent(Digest),
    /// A publish that was cut short may have sent it: it has one of these contents, or is not there. They are sorted.
    Sending(Vec<Digest>),
}

/// How many contents one file may have: more cuts in a row, each of another edition, than anybody makes.
const CONTENTS: usize = 64;

impl State {
    /// Whether a file of this content may be the one that was published.
    pub fn allows(&self, content: Digest) -> bool {
        match self {
            Self::Sent(sent) => *sent == content,
            Self::Sending(contents) => contents.contains(&content),
        }
    }

    /// What is known once another content may have been sent.
    pub fn sending(before: Option<&Self>, content: Digest) -> Self {
        let mut contents = match before {
            None => Vec::new(),
            Some(Self::Sent(sent)) => vec![*sent],
            Some(Self::Sending(contents)) => contents.clone(),
        };
        contents.truncate(CONTENTS);
        contents.push(content);
        contents.sort_unstable();
        contents.dedup();
        Self::Sending(contents)
    }
}

/// One file at a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What is known of its content.
    pub state: State,
    /// When it appeared, relative to the others.
    pub stage: Stage,
    /// Whether its name changes with its content.
    pub fingerprinted: bool,
    /// Whether the site no longer has it: it is kept for readers of the edition before, and goes with the next change.
    pub outgoing: bool,
}

/// The files at a target, by the digests of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The files.
    pub rows: BTreeMap<Digest, Row>,
}

/// The key of a path.
pub fn key(path: &str) -> Digest {
    Digest::of(path.as_bytes())
}

impl Sheet {
    /// The sheet as a file.
    pub fn encode(&self) -> Vec<u8> {
        seal::seal(HEADER, &postcard::to_stdvec(self).expect("rows serialise"))
    }

    /// Reads such a file; `None` if it is damaged, or of another version.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(seal::open(HEADER, bytes)?).ok()
    }
}
