//! Builds that are killed at any instant: what readers see is the old site or the new one, or, while the change is being made,
//! a mixture in which nothing is missing; and the next build completes it.
//!
//! `BYLINE_KILLS` says how many instants there are (200), `BYLINE_SEED` where their numbers begin (1).

#![cfg(unix)]

#[path = "support/command.rs"]
mod command;
#[path = "support/dice.rs"]
mod dice;
#[path = "support/paper.rs"]
mod paper;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dice::{Dice, number};
use paper::{BUILD, Case, Phase};

/// How long is waited between two looks at a build: far less than its change takes.
const PAUSE: Duration = Duration::from_micros(20);

/// When a build is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after its start.
    After(Duration),
    /// So long after its staging folder came.
    Staging(Duration),
    /// So long after the manifest to be was prepared: just before its journal comes, or should come.
    Prepared(Duration),
    /// So long after its journal came.
    Journal(Duration),
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one_and_the_next_completes_it() {
    let (count, first) = (number("BYLINE_KILLS", 200), number("BYLINE_SEED", 1));
    let cases = paper::cases();
    let lengths: Vec<Duration> = cases.iter().map(length).collect();
    let mut met = [0; 3];
    for seed in first..first + count {
        let mut dice = Dice(seed);
        let case = dice.below(cases.len() as u64) as usize;
        let instant = match dice.below(6) {
            0 => Moment::After(dice.within(lengths[case] * 5 / 4)),
            1 => Moment::Staging(dice.within(lengths[case])),
            _ if cases[case].is_first() => Moment::Staging(dice.moment()),
            2 | 3 => Moment::Prepared(dice.moment()),
            _ => Moment::Journal(dice.moment()),
        };
        let phase = killed(&cases[case], instant, seed);
        met[phase as usize] += 1;
    }
    let [old, within, new] = met;
    println!("{count} instants from seed {first}: {old} before the change, {within} within it, {new} after it");
    assert!(count < 100 || (old > 0 && within > 0), "the instants are not spread: {met:?}");
}

/// How long a build takes that nobody kills.
fn length(case: &Case) -> Duration {
    let site = case.lay();
    let start = Instant::now();
    command::byline(site.path(), BUILD).code(0);
    start.elapsed()
}

/// Kills one build, and looks at what it left and at what the next one makes of that.
fn killed(case: &Case, instant: Moment, seed: u64) -> Phase {
    let site = case.lay();
    kill(site.path(), instant);
    let told = format!("BYLINE_SEED={seed} BYLINE_KILLS=1, {}, {instant:?}", case.name);
    let phase = case.check(site.path(), &told);
    case.completes(site.path(), &told);
    if seed.is_multiple_of(8) {
        case.rests(site.path(), &told);
    }
    phase
}

/// Starts a build and kills it at an instant, or lets it end if that comes too late.
fn kill(site: &Path, instant: Moment) {
    let mut build = Command::new(env!("CARGO_BIN_EXE_byline"));
    build.current_dir(site).args(BUILD).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = build.spawn().expect("the program starts");
    let (delay, mut triggered) = match instant {
        Moment::After(delay) => (delay, Some(Instant::now())),
        Moment::Staging(delay) | Moment::Prepared(delay) | Moment::Journal(delay) => (delay, None),
    };
    let there = |name: &str| fs::symlink_metadata(site.join(name)).is_ok();
    loop {
        match (triggered, instant) {
            (Some(since), _) if since.elapsed() >= delay => break,
            (None, Moment::Staging(_)) if there("public/.byline-stage") || there(".public.byline-new") => {
                triggered = Some(Instant::now());
            }
            (None, Moment::Prepared(_)) if there("public/.byline-stage/.byline-manifest") => {
                triggered = Some(Instant::now());
            }
            (None, Moment::Journal(_)) if there("public/.byline-journal") => triggered = Some(Instant::now()),
            // A build that has ended shows no trigger any more.
            _ if build.try_wait().expect("it can be waited for").is_some() => return,
            _ => std::thread::sleep(PAUSE),
        }
    }
    build.kill().expect("it can be killed");
    build.wait().expect("it can be waited for");
}
