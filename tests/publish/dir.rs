//! A folder of this machine.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paper::{End, Files, Paper, difference, files};
use crate::peer::{self, Peer};
use crate::server::program;

/// A folder, changed in place or by releases.
struct Folder {
    paper: Paper,
    seen: PathBuf,
}

impl Folder {
    fn in_place() -> Self {
        let paper = Paper::new("{kind: dir, path: ../www}");
        Self { seen: paper.beside("www"), paper }
    }

    fn releases() -> Self {
        let paper = Paper::new("{kind: dir, path: ../www, releases: 2}");
        Self { seen: paper.beside("www/current"), paper }
    }
}

impl Peer for Folder {
    fn paper(&self) -> &Paper {
        &self.paper
    }

    fn found(&self) -> Files {
        let seen = fs::canonicalize(&self.seen).unwrap_or(self.seen.clone());
        let mut files = files(&seen);
        files.retain(|path, _| !path.starts_with(".byline"));
        files
    }
}

#[test]
fn editions_in_place() {
    peer::editions(&Folder::in_place());
}

#[test]
fn editions_as_releases() {
    let folder = Folder::releases();
    peer::editions(&folder);
    assert_eq!(fs::read_dir(folder.paper.beside("www/releases")).expect("a folder").count(), 2);
}

/// The identity and times of all files.
fn looks(folder: &Path) -> Vec<(String, u64, i64, i64)> {
    let look = |path: String| {
        let found = fs::metadata(folder.join(&path)).expect("a file");
        (path, found.ino(), found.mtime(), found.mtime_nsec())
    };
    files(folder).into_keys().map(look).collect()
}

#[test]
fn what_did_not_change_is_not_touched() {
    let folder = Folder::in_place();
    folder.paper.build();
    folder.publish().code(0);
    let (before, output) = (looks(&folder.seen), folder.paper.output());
    folder.publish().code(0).unchanged();
    assert_eq!(looks(&folder.seen), before);
    folder.paper.article(3, "An edited text");
    folder.paper.build();
    folder.publish().code(0);
    let [added, changed, _] = difference(&output, &folder.paper.output());
    let touched: Vec<String> =
        looks(&folder.seen).into_iter().filter(|look| !before.contains(look)).map(|look| look.0).collect();
    let mut expected: Vec<String> = [added, changed, vec![".byline-published".to_owned()]].concat();
    expected.sort_unstable();
    assert_eq!(touched, expected);
}

#[test]
fn readers_in_place_and_of_releases_never_miss_an_asset() {
    for folder in [Folder::in_place(), Folder::releases()] {
        let seen = folder.seen.clone();
        peer::readers(&folder, move |path| fs::read(seen.join(path)).ok());
    }
}

/// Lays the paper out, publishes it, changes and builds it.
fn changed(folder: Folder) -> Folder {
    folder.paper.build();
    folder.publish().code(0);
    folder.paper.change();
    folder.paper.build();
    folder
}

/// Publishes under `strace`, which does something to the n-th call of a name.
fn traced(folder: &Folder, call: &str, what: &str, number: usize) -> End {
    let inject = format!("--inject={call}:{what}:when={number}");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", &format!("--trace={call}"), &inject]);
    strace.arg(env!("CARGO_BIN_EXE_byline"));
    End::of(folder.paper.through(strace, &["publish", "t", "--no-build", "--message-format", "json"]))
}

/// A publish is killed at each of its calls of some names in turn, and the next one completes it.
fn cut_everywhere(make: fn() -> Folder, calls: &[&str]) {
    if program("strace").is_none() {
        return;
    }
    for call in calls {
        let mut cuts = 0;
        for number in 1.. {
            let folder = changed(make());
            let old = folder.found();
            let end = traced(&folder, call, "signal=SIGKILL", number);
            let new = folder.paper.output();
            for (path, bytes) in folder.found() {
                let whole = old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes);
                assert!(whole || path.ends_with(".byline-carried"), "{call} {number}: {path} is neither old nor new");
            }
            folder.publish().code(0);
            peer::is_out(&folder, &format!("cut at {call} {number}"));
            if end.code == Some(0) {
                break;
            }
            cuts += 1;
        }
        assert!(cuts > 0, "no {call} was met");
    }
}

#[test]
fn a_publish_in_place_that_is_cut_anywhere_is_resumed() {
    cut_everywhere(Folder::in_place, &["?rename", "?unlink"]);
}

#[test]
fn cuts_in_a_row_of_different_editions_end_well() {
    if program("strace").is_some() {
        let folder = Folder::in_place();
        peer::cuts_in_a_row(&folder, 25, |number| drop(traced(&folder, "?rename", "signal=SIGKILL", number)));
    }
}

#[test]
fn a_release_that_is_cut_anywhere_is_resumed() {
    cut_everywhere(Folder::releases, &["?symlink", "?rename", "?linkat"]);
}

#[test]
fn a_full_disk_leaves_whole_files_and_is_named() {
    if program("strace").is_none() {
        return;
    }
    for make in [Folder::in_place as fn() -> Folder, Folder::releases] {
        let folder = changed(make());
        let old = folder.found();
        let mut refused = 0;
        for number in 3..=8 {
            let end = traced(&folder, "write", "error=ENOSPC", number);
            // Only the list of what was sent can do without.
            if end.code != Some(0) {
                end.code(3).says("t: cannot ").says("No space left");
                refused += 1;
            }
            let new = folder.paper.output();
            for (path, bytes) in folder.found() {
                assert!(old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes), "{path} is torn");
            }
        }
        assert!(refused > 0);
        folder.publish().code(0);
        peer::is_out(&folder, "after a full disk");
    }
}

#[test]
fn rollback_goes_back_and_the_next_publish_goes_on() {
    let folder = changed(Folder::releases());
    let first = folder.found();
    folder.publish().code(0);
    let second = folder.found();
    assert_ne!(first, second);
    let back = || End::of(folder.paper.byline(&["publish", "--rollback", "--message-format", "json"]));
    let end = back().code(0);
    assert_eq!(end.published()["rolled_back"], true);
    assert_eq!(folder.found(), first);
    back().code(1).says("no release before");
    folder.publish().code(0);
    peer::is_out(&folder, "after going back");
    back().code(0);
    assert_eq!(folder.found(), first);
    let in_place = changed(Folder::in_place());
    End::of(in_place.paper.byline(&["publish", "--rollback"])).code(2).says("keeps no releases");
}

#[test]
fn files_of_others_are_safe() {
    let folder = Folder::in_place();
    folder.paper.build();
    fs::create_dir_all(folder.seen.join("news")).expect("a folder");
    fs::write(folder.seen.join("mine.txt"), "mine").expect("a file");
    fs::write(folder.seen.join("index.html"), "mine").expect("a file");
    folder.publish().code(1).says("`mine.txt`").says("adopt: true");
    assert_eq!(files(&folder.seen).len(), 2);
    folder.paper.target("{kind: dir, path: ../www, adopt: true}");
    folder.paper.build();
    folder.publish().code(0);
    assert_eq!(fs::read(folder.seen.join("mine.txt")).expect("a file"), b"mine");
    folder.paper.target("{kind: dir, path: ../www}");

    // A published file that someone changed is left when the site no longer has it; one that came later is not written over.
    let theirs = folder.seen.join("news/story-5/index.html");
    fs::write(&theirs, "changed").expect("a file");
    folder.paper.remove(5);
    folder.paper.build();
    let end = folder.publish().code(0);
    assert!(end.err.contains("was changed at") || end.out.contains("was changed at"), "{}{}", end.out, end.err);
    assert_eq!(fs::read(&theirs).expect("a file"), b"changed");
    fs::create_dir_all(folder.seen.join("news/story-7")).expect("a folder");
    fs::write(folder.seen.join("news/story-7/index.html"), "theirs").expect("a file");
    folder.paper.article(7, "The text");
    folder.paper.build();
    folder.publish().code(1).says("`news/story-7/index.html`");
    assert_eq!(fs::read(folder.seen.join("news/story-7/index.html")).expect("a file"), b"theirs");
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let folder = Folder::in_place();
    folder.paper.put("static/a", "a file");
    folder.paper.put("static/b/c", "in a folder");
    folder.paper.build();
    folder.publish().code(0);
    fs::remove_file(folder.paper.site().join("static/a")).expect("removed");
    fs::remove_dir_all(folder.paper.site().join("static/b")).expect("removed");
    folder.paper.put("static/a/d", "in a folder");
    folder.paper.put("static/b", "a file");
    folder.paper.build();
    folder.publish().code(0);
    peer::is_out(&folder, "changed places");
}

#[test]
fn the_site_and_its_folders_are_no_targets() {
    for path in [".", "..", "content", "content/news", "public", "public/x", ".byline", ".git", "static"] {
        let paper = Paper::new(&format!("{{kind: dir, path: {path}}}"));
        paper.build();
        paper.publish(&[]).code(1).says("one of its folders");
    }
    // A folder of the site that is nothing else is as good as any.
    let paper = Paper::new("{kind: dir, path: docs}");
    paper.build();
    paper.publish(&[]).code(0);
    assert_eq!(files(&paper.site().join("docs")).len(), paper.output().len() + 1);
}
