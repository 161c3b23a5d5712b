//! What putting a site out came to.

/// What changes at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Paths of new files.
    pub added: Vec<String>,
    /// Paths of files that are replaced.
    pub changed: Vec<String>,
    /// Paths of files that go.
    pub removed: Vec<String>,
    /// The bytes that are sent.
    pub bytes: u64,
}

impl Change {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// A target, and what was done there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The target's name.
    pub target: String,
    /// Its kind, as site.yaml has it.
    pub kind: &'static str,
    /// Where readers find the site.
    pub url: String,
    /// What changed.
    pub change: Change,
    /// Whether it was only looked at.
    pub dry: bool,
    /// Whether it was gone back to.
    pub rolled_back: bool,
    /// The name of what was made: a release, a commit.
    pub release: Option<String>,
}
