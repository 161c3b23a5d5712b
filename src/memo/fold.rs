//! What becomes of the pairs that earlier builds left, once a build knows what it still wants of them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::library::read_at;
use super::pair::Pair;
use super::writer::Writer;
use crate::model::digest::Digest;

/// A pair that was there before.
#[derive(Debug)]
pub(super) struct Old {
    pub number: u32,
    pub pair: Pair,
    /// How many bytes of it this build asked for.
    pub wanted: AtomicU64,
}

/// Where the record of a key is.
#[derive(Debug)]
pub(super) struct Seat {
    /// In which of the old pairs.
    pub file: u32,
    /// At which place in its bytes.
    pub at: usize,
    /// Whether this build asked for it.
    pub wanted: AtomicBool,
}

impl Seat {
    /// A seat that nobody has asked for.
    pub fn new(file: u32, at: usize) -> Self {
        Self { file, at, wanted: AtomicBool::new(false) }
    }
}

/// The numbers of the pairs in a folder, ascending.
pub(super) fn numbers(folder: &Path) -> Vec<u32> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut numbers: Vec<u32> = names.filter_map(|name| name.strip_suffix(".articles")?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Folds old pairs into the new one where that is due, completes it, and removes all files that are then of no use.
///
/// # Errors
/// The file system's. What was not completed is as if it were not there.
pub(super) fn settle(
    folder: &Path,
    next: u32,
    engine: Digest,
    pairs: &[Old],
    index: &HashMap<Digest, Seat>,
    mut writer: Option<Writer>,
) -> io::Result<()> {
    let added = writer.as_ref().map_or(0, |writer| writer.size);
    let shares: Vec<Share> = pairs.iter().map(Share::of).collect();
    let folded = due(&shares, added);
    if writer.is_none() && folded.iter().any(|at| shares[*at].wanted > 0) {
        writer = Some(Writer::begin(folder, next, engine)?);
    }
    if let Some(writer) = &mut writer {
        for at in &folded {
            copy(&pairs[*at].pair, *at, index, writer)?;
        }
    }
    let left = pairs.iter().enumerate().filter(|(at, _)| !folded.contains(at));
    let mut keep: Vec<u32> = left.map(|(_, old)| old.number).collect();
    if let Some(writer) = writer {
        writer.finish()?;
        keep.push(next);
    }
    clear(folder, &keep)
}

/// How much of a pair is wanted.
#[derive(Clone, Copy, Debug)]
struct Share {
    size: u64,
    wanted: u64,
    damaged: bool,
}

impl Share {
    fn of(old: &Old) -> Self {
        Self { size: old.pair.size, wanted: old.wanted.load(Ordering::Relaxed), damaged: old.pair.damaged }
    }
}

/// Which pairs are folded into a new one of so many bytes: those of which half is not wanted, damaged ones, and, from the smallest
/// on, those of which no more is wanted than twice what is being written anyway. So the sizes of those that stay grow from one to
/// the next, and there are never many.
fn due(shares: &[Share], added: u64) -> Vec<usize> {
    let idle = |share: &Share| share.damaged || share.wanted < share.size / 2;
    let mut folded: Vec<usize> = (0..shares.len()).filter(|at| idle(&shares[*at])).collect();
    let mut written = added + folded.iter().map(|at| shares[*at].wanted).sum::<u64>();
    let mut rest: Vec<usize> = (0..shares.len()).filter(|at| !idle(&shares[*at])).collect();
    rest.sort_by_key(|at| shares[*at].wanted);
    for at in rest {
        if shares[at].wanted > written.saturating_mul(2) {
            break;
        }
        written += shares[at].wanted;
        folded.push(at);
    }
    folded
}

/// Copies what is wanted of a pair. A body that cannot be read is left out with its record.
fn copy(pair: &Pair, file: usize, index: &HashMap<Digest, Seat>, writer: &mut Writer) -> io::Result<()> {
    let mut body = Vec::new();
    for (at, record) in pair.records() {
        let seat = index.get(&record.key).filter(|seat| seat.file as usize == file && seat.at == at);
        if !seat.is_some_and(|seat| seat.wanted.load(Ordering::Relaxed)) {
            continue;
        }
        // The bodies are as long as the header says, or the pair would not have been loaded.
        if record.at.saturating_add(record.length.into()) > pair.size {
            continue;
        }
        body.resize(record.length as usize, 0);
        if read_at(&pair.bodies, &mut body, record.at).is_ok() {
            writer.add(record.key, record.rest, &body)?;
        }
    }
    Ok(())
}

/// Removes the files of pairs that are not to be kept, complete or not; files of others stay.
fn clear(folder: &Path, keep: &[u32]) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut gone = Vec::new();
    for entry in entries {
        let Ok(name) = entry?.file_name().into_string() else { continue };
        let (complete, unfinished) = (name.as_str(), name.strip_suffix(".new"));
        let base = unfinished.unwrap_or(complete);
        let number = base.strip_suffix(".articles").or_else(|| base.strip_suffix(".bodies"));
        let number: Option<u32> = number.and_then(|number| number.parse().ok());
        if number.is_some_and(|number| unfinished.is_some() || !keep.contains(&number)) {
            gone.push(name);
        }
    }
    // Records go before bodies: `articles` sorts before `bodies`.
    gone.sort_unstable();
    gone.iter().try_for_each(|name| fs::remove_file(folder.join(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(size: u64, wanted: u64) -> Share {
        Share { size, wanted, damaged: false }
    }

    #[test]
    fn a_small_addition_leaves_a_large_pair_alone() {
        assert_eq!(due(&[share(1_000_000, 999_000)], 10), [0; 0]);
        assert_eq!(due(&[share(1_000_000, 999_000), share(12, 12)], 10), [1]);
    }

    #[test]
    fn what_is_hardly_wanted_and_what_is_damaged_is_folded() {
        assert_eq!(due(&[share(1000, 499), share(1000, 0)], 0), [0, 1]);
        assert_eq!(due(&[Share { damaged: true, ..share(1000, 900) }], 0), [0]);
        assert_eq!(due(&[share(1000, 900)], 0), [0; 0]);
    }

    #[test]
    fn a_thousand_small_builds_leave_few_pairs_and_copy_little() {
        let (mut pairs, mut copied) = (vec![share(1_000_000, 1_000_000)], 0);
        for _ in 0..1000 {
            let folded = due(&pairs, 100);
            let moved: u64 = folded.iter().map(|at| pairs[*at].wanted).sum();
            copied += moved;
            let mut at = 0;
            pairs.retain(|_| {
                at += 1;
                !folded.contains(&(at - 1))
            });
            pairs.push(share(moved + 100, moved + 100));
            assert!(pairs.len() < 16, "{}", pairs.len());
        }
        assert!(copied < 20 * 100 * 1000, "{copied} bytes were copied");
    }
}
