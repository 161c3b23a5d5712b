//! Ids that are unique in their article and stay the same while the headings before them do.

use std::collections::{HashMap, HashSet};

/// The ids given out so far.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// The next number to try for an id that is taken, so that many equal headings cost no more than as many different ones.
    next: HashMap<String, u32>,
}

impl Ids {
    /// Keeps an id from being given out.
    pub(super) fn reserve(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// Gives out the id, or else the id with the first free number from 2.
    pub(super) fn claim(&mut self, id: &str) -> String {
        if self.taken.insert(id.to_owned()) {
            return id.to_owned();
        }
        let next = self.next.entry(id.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{id}-{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}
