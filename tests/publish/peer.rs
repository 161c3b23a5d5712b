//! What is asked of every kind of place alike.

use crate::paper::{End, Files, Paper, difference, is_printed};
use crate::reader;

/// A place where a paper is put out.
pub trait Peer {
    /// The paper that has it as its target.
    fn paper(&self) -> &Paper;
    /// What is set in the environment.
    fn environment(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    /// What readers find there; what belongs to the host and to Byline aside.
    fn found(&self) -> Files;

    /// Publishes what was built.
    fn publish(&self) -> End {
        self.paper().publish(&self.environment())
    }
}

/// Demands that readers find what was built, and beside it at most stylesheets that fell out of use.
#[track_caller]
pub fn is_out(peer: &impl Peer, told: &str) {
    let (mut found, output) = (peer.found(), peer.paper().output());
    found.retain(|path, _| output.contains_key(path) || !is_printed(path));
    let [added, changed, removed] = difference(&output, &found);
    assert!(
        added.is_empty() && changed.is_empty() && removed.is_empty(),
        "{told}: too many {added:?}, other {changed:?}, missing {removed:?}"
    );
}

/// A first publish, an unchanged one, an article edited, an article removed; the stylesheet stays for one edition.
pub fn editions(peer: &impl Peer) {
    let paper = peer.paper();
    paper.build();
    let end = peer.publish().code(0);
    let all: Vec<String> = peer.paper().output().into_keys().collect();
    let mut added = end.paths("added");
    added.retain(|path| all.contains(path));
    assert_eq!(added, all);
    is_out(peer, "first");

    peer.publish().code(0).unchanged();
    is_out(peer, "unchanged");

    let before = paper.output();
    paper.article(3, "An edited text");
    paper.build();
    let end = peer.publish().code(0);
    let differing = difference(&before, &paper.output());
    assert!(!differing[1].is_empty());
    assert_eq!([end.paths("added"), end.paths("changed"), end.paths("removed")], differing);
    is_out(peer, "edited");

    let before = paper.output();
    paper.remove(4);
    paper.build();
    let end = peer.publish().code(0);
    let differing = difference(&before, &paper.output());
    assert!(differing[2].iter().any(|path| path.ends_with("story-4/plan.svg")), "{differing:?}");
    assert_eq!([end.paths("added"), end.paths("changed"), end.paths("removed")], differing);
    is_out(peer, "removed");

    styles_stay_for_one_edition(peer);
}

fn styles_stay_for_one_edition(peer: &impl Peer) {
    let paper = peer.paper();
    let styles = || peer.found().into_keys().filter(|path| is_printed(path)).collect::<Vec<_>>();
    let first = styles();
    assert_eq!(first.len(), 1);
    paper.restyle("green");
    paper.build();
    peer.publish().code(0);
    let second = styles();
    assert!(second.len() == 2 && second.contains(&first[0]), "{second:?}");
    is_out(peer, "restyled");
    peer.publish().code(0).unchanged();
    assert_eq!(styles(), second);
    paper.article(3, "Edited once more");
    paper.build();
    peer.publish().code(0);
    let third = styles();
    assert!(third.len() == 1 && third[0] != first[0], "{third:?}");
    is_out(peer, "after that");
}

/// Editions follow each other while a reader looks on.
pub fn readers(peer: &impl Peer, get: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync) {
    let paper = peer.paper();
    paper.build();
    peer.publish().code(0);
    let seen = reader::reading(get, || {
        for number in 1..=4 {
            paper.article(6, &format!("Version {number}"));
            paper.restyle(&format!("#00000{number}"));
            paper.build();
            peer.publish().code(0);
        }
    });
    assert!(seen > 0, "the reader read nothing");
    is_out(peer, "at the end");
}

/// Numbers that look random: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound
    }
}

/// One publish after the other is cut, each of another edition, earlier ones among them; then one is not. `cut` publishes until
/// the operation of a number.
pub fn cuts_in_a_row(peer: &impl Peer, operations: usize, mut cut: impl FnMut(usize)) {
    let paper = peer.paper();
    paper.build();
    peer.publish().code(0);
    let mut dice = Dice(1);
    for round in 0..8 {
        for _ in 0..1 + dice.below(4) {
            paper.article(2, &format!("Version {}", dice.below(3)));
            paper.restyle(&format!("#00000{}", dice.below(3)));
            match dice.below(2) {
                0 => paper.article(5, "Here again"),
                _ => paper.withdraw(5),
            }
            paper.build();
            cut(1 + dice.below(operations));
        }
        peer.publish().code(0);
        is_out(peer, &format!("round {round}"));
    }
}
