//! Whatever was edited, and whatever became of cache and output: a build gives what a build from nothing gives, byte for byte, and
//! says the same; and the build after it finds nothing to do.
//!
//! A sequence is a small paper and 20 random edits of it. `BYLINE_SEQUENCES` says how many there are (50), `BYLINE_SEED` where
//! their numbers begin (1). All is the same for the same seed but the instants at which builds are killed. A thousand take some
//! minutes, and belong to any change of what a build is made from or keeps:
//!
//! ```text
//! BYLINE_SEQUENCES=1000 cargo test --release --test equivalence -- --nocapture
//! ```

#[path = "../support/dice.rs"]
mod dice;
#[path = "../support/photo.rs"]
mod photo;

mod articles;
mod bench;
mod edit;
mod faulty;
mod files;
mod harm;
mod house;
mod paper;
mod pictures;
mod request;
mod sections;
mod trial;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use trial::{EDITS, Tally};

/// How many sequences are under way at once: some of them wait for the clock.
const THREADS: usize = 6;

#[test]
fn a_later_build_gives_what_a_build_from_nothing_gives() {
    let (count, first) = (dice::number("BYLINE_SEQUENCES", 50), dice::number("BYLINE_SEED", 1));
    let kinds = edit::kinds();
    let next = AtomicU64::new(first);
    let (tally, faults) = (Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        break;
                    }
                    match trial::run(seed, &kinds) {
                        Ok(done) => tally.lock().expect("a tally").add(&done),
                        Err(told) => faults.lock().expect("a list").push((seed, told)),
                    }
                }
            });
        }
    });
    let (tally, mut faults) = (tally.into_inner().expect("a tally"), faults.into_inner().expect("a list"));
    faults.sort();
    for (seed, told) in &faults {
        println!("BYLINE_SEED={seed} BYLINE_SEQUENCES=1 cargo test --test equivalence\n{told}\n");
    }
    let seeds: Vec<u64> = faults.iter().map(|(seed, _)| *seed).collect();
    assert!(seeds.is_empty(), "{} of {count} sequences differ: {seeds:?}", seeds.len());
    let Tally { edits, built, stopped, parsed, rendered, pages } = tally;
    println!(
        "{count} sequences of {EDITS} edits from seed {first}: {built} builds and {stopped} with errors, {parsed} articles \
         parsed, {rendered} of {pages} pages rendered"
    );
    for (kind, count) in &edits {
        println!("{count:6} {kind}");
    }
    if count >= 50 {
        let missed: Vec<&str> = kinds.iter().map(|kind| kind.name).filter(|name| !edits.contains_key(name)).collect();
        assert!(missed.is_empty(), "these edits were never made: {missed:?}");
        assert!(built > stopped, "{stopped} builds had errors, {built} had not");
        assert!(
            rendered * 2 < pages,
            "{rendered} of {pages} pages were rendered: too few builds made use of earlier ones"
        );
    }
}
