//! Builds in which the machine refuses a call that changes a disk: each such call of a build is refused in turn, or the build is
//! killed at it. The build says so with exit code 3 and names the file; the old output stands, or the next build completes the
//! change.
//!
//! The calls are refused by `strace`. `BYLINE_FAULTS=all` refuses each of them; otherwise every 41st is, with one kind of refusal.

#![cfg(target_os = "linux")]

#[path = "support/command.rs"]
mod command;
#[path = "support/paper.rs"]
mod paper;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use paper::{BUILD, Case, Phase};

/// The calls that change a disk. Not every kind of machine has all of them.
const CALLS: &[&str] = &[
    "openat",
    "open",
    "creat",
    "write",
    "pwrite64",
    "writev",
    "copy_file_range",
    "sendfile",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "mkdirat",
    "unlink",
    "unlinkat",
    "rmdir",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
];

/// A call of a build: its name, and which of its thread's calls of that name it is.
type Place = (String, usize);

/// Runs a build under `strace` with these options; the log goes to `log`.
fn traced(site: &Path, log: &Path, options: &[&str]) -> Output {
    let mut strace = Command::new("strace");
    strace.current_dir(site).args(["-f", "-qq", "-y", "-s", "0", "-o"]).arg(log).args(options);
    strace.arg(env!("CARGO_BIN_EXE_byline")).args(BUILD).args(["--jobs", "1"]).stdin(Stdio::null());
    strace.output().expect("strace is installed")
}

/// All calls of a build that change something below its site.
fn places(case: &Case) -> BTreeSet<Place> {
    let (site, log) = (case.lay(), tempfile::NamedTempFile::new().expect("a file"));
    let calls: Vec<String> = CALLS.iter().map(|call| format!("?{call}")).collect();
    let output = traced(site.path(), log.path(), &[&format!("--trace={}", calls.join(","))]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(log.path()).expect("a log");
    let below = format!("{}/", site.path().display());
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut places = BTreeSet::new();
    for line in text.lines() {
        let Some((thread, (name, rest))) = call(line) else { continue };
        let count = counts.entry((thread, name)).or_default();
        *count += 1;
        if rest.contains(&below) && !only_reads(name, rest) {
            places.insert((name.to_owned(), *count));
        }
    }
    places
}

/// Whether a call changes nothing whatever comes of it.
fn only_reads(name: &str, rest: &str) -> bool {
    name.starts_with("open") && !rest.contains("O_WRONLY") && !rest.contains("O_RDWR")
}

/// The thread, name and arguments of the call that begins on a line of a log.
fn call(line: &str) -> Option<(&str, (&str, &str))> {
    let (thread, rest) = line.split_once(' ')?;
    let (name, rest) = rest.trim_start().split_once('(')?;
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then_some((thread, (name, rest)))
}

/// What befalls the build at a call.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Refused(&'static str),
    Killed,
}

/// How often each end was met: nothing happened, refused with the old output, within the change, after it.
type Ends = BTreeMap<&'static str, usize>;

fn meet(case: &Case, (name, count): &Place, fault: Fault, ends: &mut Ends) {
    let (site, log) = (case.lay(), tempfile::NamedTempFile::new().expect("a file"));
    let what = match fault {
        Fault::Refused(error) => format!("error={error}"),
        Fault::Killed => "signal=SIGKILL".to_owned(),
    };
    let inject = format!("--inject={name}:{what}:when={count}");
    let told = format!("{}, {inject}", case.name);
    let output = traced(site.path(), log.path(), &[&format!("--trace={name}"), &inject]);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let end = match (output.status.code(), fault) {
        (Some(0), _) => {
            case.is_new(site.path(), &told);
            // What is kept for the next build only may be lost without a word; nothing else.
            let log = fs::read_to_string(log.path()).expect("a log");
            let site = fs::canonicalize(site.path()).expect("a folder").display().to_string();
            for line in log.lines().filter(|line| line.contains("(INJECTED)")) {
                assert!(may_be_lost(line, &site), "{told}: passed over:\n{line}");
            }
            "harmless"
        }
        (Some(3), Fault::Refused(_)) => {
            let site = fs::canonicalize(site.path()).expect("a folder");
            let below = format!("{}/", site.display());
            // A thread's call of that number may also be the one that prints the report.
            let refused = fs::read_to_string(log.path()).expect("a log");
            let ours = refused.lines().filter(|line| line.contains("(INJECTED)")).all(|line| line.contains(&below));
            assert!(!ours || said.contains(&below), "{told}: no path is named in\n{said}");
            phase(case, &site, &told)
        }
        (None, Fault::Killed) => phase(case, site.path(), &told),
        (code, _) => panic!("{told}: exit code {code:?}\n{said}\n{}", fs::read_to_string(log.path()).expect("a log")),
    };
    *ends.entry(end).or_default() += 1;
    case.completes(site.path(), &told);
}

/// Whether a call that was refused concerns what one build keeps for the next, or no change of the site's folder.
fn may_be_lost(line: &str, site: &str) -> bool {
    let Some((_, (name, rest))) = call(line) else { return false };
    let kept = ["cache.lock", "stats", "builds", "memo"];
    let of_the_cache = kept.iter().any(|name| rest.contains(&format!("{site}/.byline/{name}")));
    of_the_cache || only_reads(name, rest) || !rest.contains(&format!("{site}/"))
}

fn phase(case: &Case, site: &Path, told: &str) -> &'static str {
    match case.check(site, told) {
        Phase::Before => "before the change",
        Phase::Within => "within the change",
        Phase::After => "after the change",
    }
}

fn each_call(case: &Case, faults: &[Fault], must_meet: &[&str]) {
    let all = std::env::var("BYLINE_FAULTS").is_ok_and(|value| value == "all");
    let places = places(case);
    let step = if all { 1 } else { 41 };
    for fault in faults {
        if !all && matches!(fault, Fault::Refused("EIO")) {
            continue;
        }
        let mut ends = Ends::new();
        // Of each name the first and the last call, and some between.
        let mut names: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
        places.iter().for_each(|place| names.entry(&place.0).or_default().push(place));
        for of_name in names.values() {
            for (number, place) in of_name.iter().enumerate() {
                if number % step == 0 || number + 1 == of_name.len() {
                    meet(case, place, *fault, &mut ends);
                }
            }
        }
        println!("{}, {fault:?}: {} calls; {ends:?}", case.name, places.len());
        for end in must_meet {
            assert!(ends.contains_key(end), "{}, {fault:?}: nothing happened {end}: {ends:?}", case.name);
        }
    }
}

/// Whether calls can be refused here. On machines that test for everybody they have to be.
fn is_possible() -> bool {
    let traced = Command::new("strace").args(["-f", "-qq", "true"]).stderr(Stdio::null()).status();
    let possible = traced.is_ok_and(|status| status.success());
    assert!(possible || std::env::var_os("CI").is_none(), "strace is missing, or may not trace");
    if !possible {
        eprintln!("SKIPPED: strace is missing, or may not trace");
    }
    possible
}

#[test]
fn a_first_build_that_meets_a_fault_leaves_nothing_or_everything() {
    if is_possible() {
        let case = Case::first("a first build");
        each_call(&case, &[Fault::Refused("ENOSPC"), Fault::Killed], &["before the change"]);
    }
}

#[test]
fn a_rebuild_that_meets_a_fault_leaves_the_old_site_or_a_change_that_the_next_build_completes() {
    if is_possible() {
        let case = paper::cases().pop().expect("cases");
        let ends = ["before the change", "within the change"];
        each_call(&case, &[Fault::Refused("ENOSPC"), Fault::Refused("EIO"), Fault::Killed], &ends);
    }
}
