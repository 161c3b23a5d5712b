//! Builds that are told to end: they clear up and say so, and what readers see is the old site or the new one.

#![cfg(unix)]

#[path = "support/command.rs"]
mod command;
#[path = "support/paper.rs"]
mod paper;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use paper::{BUILD, Case, Phase};
use rustix::process::{Pid, Signal, kill_process};

/// How long is waited for what has to happen: far longer than it takes.
const PATIENCE: Duration = Duration::from_secs(120);

fn start(site: &Path) -> Child {
    let mut build = Command::new(env!("CARGO_BIN_EXE_byline"));
    build.current_dir(site).args(BUILD).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    build.spawn().expect("the program starts")
}

fn tell(build: &Child, signal: Signal) {
    let process = i32::try_from(build.id()).ok().and_then(Pid::from_raw).expect("a process");
    kill_process(process, signal).expect("it can be told");
}

/// The exit code of a build that has to end, and its report.
fn end(mut build: Child) -> (Option<i32>, serde_json::Value) {
    let start = Instant::now();
    while build.try_wait().expect("it can be waited for").is_none() {
        if start.elapsed() > PATIENCE {
            build.kill().expect("it can be killed");
            panic!("the build does not end");
        }
        sleep(Duration::from_millis(2));
    }
    let output = build.wait_with_output().expect("its output");
    let report = serde_json::from_slice(&output.stdout).expect("a report");
    (output.status.code(), report)
}

/// Waits until something is there; `false` if the build ends first.
fn appears(build: &mut Child, places: &[&Path]) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if places.iter().any(|place| fs::symlink_metadata(place).is_ok()) {
            return true;
        }
        if build.try_wait().expect("it can be waited for").is_some() {
            return false;
        }
        sleep(Duration::from_micros(20));
    }
    panic!("{places:?} do not appear");
}

/// Makes one article's template a loop that no build comes to the end of.
fn endless(site: &Path) {
    let nine = "{% for a in range(end=90000) %}".repeat(3) + &"{% endfor %}".repeat(3);
    fs::create_dir_all(site.join("templates")).expect("a folder");
    fs::write(site.join("templates/endless.html"), nine).expect("a template");
    let text = "---\ntitle: Endless\ndate: 2024-01-01\ntemplate: endless.html\n---\n\nA text.\n";
    fs::write(site.join("content/news/story-00.md"), text).expect("an article");
}

#[test]
fn a_build_in_the_midst_of_its_pages_ends_when_it_is_told_to_and_clears_up() {
    for case in [Case::first("a first build"), paper::cases().remove(1)] {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
            let site = case.lay();
            endless(site.path());
            let mut build = start(site.path());
            let staged = [".public.byline-new/index.html", "public/.byline-stage/index.html"];
            let staged = staged.map(|name| site.path().join(name));
            assert!(appears(&mut build, &[&staged[0], &staged[1]]), "{}: it ends by itself", case.name);
            tell(&build, signal);
            let (ended, report) = end(build);
            assert_eq!(
                (ended, &report["diagnostics"][0]["code"]),
                (Some(code), &"interrupted".into()),
                "{}",
                case.name
            );
            assert_eq!(case.check(site.path(), case.name), Phase::Before);
            paper::leaves_nothing(site.path(), case.name);
        }
    }
}

#[test]
fn a_build_that_is_told_to_end_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let case = paper::cases().pop().expect("cases");
    let mut codes = [0; 2];
    for moment in 0..24 {
        let site = case.lay();
        let told = format!("moment {moment}");
        fs::remove_dir_all(site.path().join(".byline")).expect("a cache");
        let mut build = start(site.path());
        let awaited = [".byline/lock", "public/.byline-stage", "public/.byline-journal"][moment % 3];
        if appears(&mut build, &[&site.path().join(awaited)]) {
            sleep(Duration::from_micros(1 << (moment / 2)));
        }
        tell(&build, Signal::INT);
        let (code, report) = end(build);
        match code {
            Some(130) if report["written"] == 0 => assert_eq!(case.check(site.path(), &told), Phase::Before, "{told}"),
            Some(130 | 0) => case.is_new(site.path(), &told),
            _ => panic!("{told}: {code:?} {report}"),
        }
        codes[usize::from(code == Some(0))] += 1;
        paper::leaves_nothing(site.path(), &told);
        case.completes(site.path(), &told);
    }
    println!("{} told in time, {} too late", codes[0], codes[1]);
    assert!(codes[0] > 0);
}

#[test]
fn a_second_build_at_the_same_time_says_so_and_changes_nothing() {
    let case = paper::cases().remove(1);
    let site = case.lay();
    endless(site.path());
    let mut build = start(site.path());
    assert!(appears(&mut build, &[&site.path().join("public/.byline-stage")]));
    let second = command::byline(site.path(), BUILD).code(1);
    assert_eq!(second.notes(), ["error busy null:null:null"]);
    tell(&build, Signal::TERM);
    assert_eq!(end(build).0, Some(143));
    assert_eq!(case.check(site.path(), case.name), Phase::Before);
}
