//! What has to be done at a target: pure, from what it holds and what the site has to steps in an order that never breaks a
//! page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::sheet::{Row, Sheet, State, key};
use crate::model::digest::Digest;
use crate::model::output::Stage;
use crate::model::path::OutPath;

/// A file of the site, as a target would hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Where it goes.
    pub path: OutPath,
    /// The digest of its bytes.
    pub content: Digest,
    /// The digest of all that is sent: its bytes, and what goes with them.
    pub sent: Digest,
    /// Its length in bytes.
    pub size: u64,
    /// When it may appear, relative to the others.
    pub stage: Stage,
}

impl Parcel {
    /// Whether its name changes with its content.
    pub fn is_fingerprinted(&self) -> bool {
        let name = self.path.as_str().rsplit('/').next().unwrap_or_default();
        name.contains(&format!("-{}.", self.content.short()))
    }

    fn row(&self, state: State) -> Row {
        Row { state, stage: self.stage, fingerprinted: self.is_fingerprinted(), outgoing: false }
    }
}

/// A file to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The file.
    pub parcel: Parcel,
    /// Whether the target has nothing in its place.
    pub new: bool,
}

/// A file to be removed. Its path is not known from the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The digest of its path.
    pub key: Digest,
    /// What is known of it.
    pub row: Row,
}

/// What has to be done at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to be sent, in their order.
    pub puts: Vec<Put>,
    /// Files to be removed, in their order.
    pub gone: Vec<Gone>,
    /// Whether a change that was cut short has yet to be brought to its end, though nothing is left to be sent.
    pub unsettled: bool,
    /// The sheet when all is done.
    pub next: Sheet,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.gone.is_empty() && !self.unsettled
    }

    /// The bytes to be sent.
    pub fn bytes(&self) -> u64 {
        self.puts.iter().map(|put| put.parcel.size).sum()
    }

    /// How many files are new.
    pub fn added(&self) -> usize {
        self.puts.iter().filter(|put| put.new).count()
    }

    /// How many files are replaced.
    pub fn changed(&self) -> usize {
        self.puts.len() - self.added()
    }

    /// The files to be sent, in groups: those of a group may be sent in any order, or at once.
    pub fn groups(&self) -> impl Iterator<Item = &[Put]> {
        self.puts.chunk_by(|a, b| (a.parcel.stage, a.new) == (b.parcel.stage, b.new))
    }

    /// The sheet while the change is being made: whoever finds it knows what may or may not have been sent.
    pub fn under_way(&self, standing: &Sheet) -> Sheet {
        let mut sheet = standing.clone();
        for Put { parcel, .. } in &self.puts {
            let key = key(parcel.path.as_str());
            let state = State::sending(standing.rows.get(&key).map(|row| &row.state), parcel.sent);
            sheet.rows.insert(key, parcel.row(state));
        }
        sheet
    }
}

/// Compares what a target holds with what the site has. Assets come first, then pages, then what announces them, and of each kind
/// what is new before what is replaced; removals come last, in the opposite order. A fingerprinted asset that fell out of use
/// stays until the change after this one.
pub fn plan(parcels: &[Parcel], standing: &Sheet) -> Plan {
    let wanted: BTreeMap<Digest, &Parcel> = parcels.iter().map(|parcel| (key(parcel.path.as_str()), parcel)).collect();
    let mut plan = Plan::default();
    for (key, parcel) in &wanted {
        let before = standing.rows.get(key).map(|row| &row.state);
        if before != Some(&State::Sent(parcel.sent)) {
            plan.puts.push(Put { parcel: (*parcel).clone(), new: before.is_none() });
        }
        plan.next.rows.insert(*key, parcel.row(State::Sent(parcel.sent)));
    }
    plan.puts.sort_by(|a, b| order(a).cmp(&order(b)));
    let unused = standing.rows.iter().filter(|(key, _)| !wanted.contains_key(key));
    let (leaving, gone): (Vec<_>, Vec<_>) = unused.partition(|(_, row)| row.fingerprinted);
    plan.gone = gone.into_iter().map(|(key, row)| Gone { key: *key, row: row.clone() }).collect();
    let moves = !plan.puts.is_empty() || !plan.gone.is_empty() || leaving.iter().any(|(_, row)| !row.outgoing);
    plan.unsettled = leaving.iter().any(|(_, row)| !row.outgoing);
    for (key, row) in leaving {
        if row.outgoing && moves {
            plan.gone.push(Gone { key: *key, row: row.clone() });
        } else {
            plan.next.rows.insert(*key, Row { outgoing: true, ..row.clone() });
        }
    }
    plan.gone.sort_by_key(|gone| (Reverse(gone.row.stage), gone.key));
    plan
}

fn order(put: &Put) -> (Stage, bool, &OutPath) {
    (put.parcel.stage, !put.new, &put.parcel.path)
}

#[cfg(test)]
mod tests;
