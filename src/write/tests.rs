//! A process that is killed at any step of a change: the next command completes it, or it never began.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::journal::Journal;
use super::session::{Session, begin};
use crate::model::digest::Digest;
use crate::model::output::{Content, Output, Stage};
use crate::model::path::OutPath;

const BEFORE: &[(&str, &str)] = &[
    ("a", "a file that becomes a folder"),
    ("folder/that/becomes.html", "a file"),
    ("gone/deep/index.html", "deleted"),
    ("index.html", "old front page"),
    ("kept.html", "the same"),
];

const AFTER: &[(&str, &str)] = &[
    ("a/index.html", "in a folder"),
    ("folder", "a file now"),
    ("index.html", "new front page"),
    ("kept.html", "the same"),
    ("style.css", "added"),
];

fn stage(session: &Session, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = OutPath::new(path).unwrap();
        let (content, key) = (Content::Bytes(text.as_bytes().into()), Digest::of(text.as_bytes()));
        session.stage(Output { path, content, key, stage: Stage::Page }).unwrap();
    }
}

/// All names below a folder, with the text of the files.
fn tree(folder: &Path) -> BTreeMap<String, Option<String>> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_name() != ".byline-manifest")
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (
                name,
                entry
                    .file_type()
                    .is_file()
                    .then(|| String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned()),
            )
        })
        .collect()
}

/// Builds `BEFORE`, then prepares `AFTER` and takes `count` steps of the change (`None`: the journal is not in force yet).
/// Returns how many steps the change has.
fn killed_after(root: &Path, count: Option<usize>) -> usize {
    killed_between(root, BEFORE, AFTER, count)
}

fn killed_between(root: &Path, before: &[(&str, &str)], after: &[(&str, &str)], count: Option<usize>) -> usize {
    let public = root.join("public");
    let session = begin(root, &public, false).unwrap();
    stage(&session, before);
    session.commit().unwrap();
    let mut session = begin(root, &public, false).unwrap();
    stage(&session, after);
    let Some(change) = session.prepare().unwrap() else { return 0 };
    let Some(count) = count else { return 0 };
    let journal = Journal::place(session.place(), change.plan.ops).unwrap();
    journal.apply_first(count).unwrap();
    session.settle();
    journal.len()
}

fn finished(files: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
    let clean = tempfile::tempdir().unwrap();
    let public = clean.path().join("public");
    let session = begin(clean.path(), &public, false).unwrap();
    stage(&session, files);
    session.commit().unwrap();
    tree(&public)
}

#[test]
fn a_change_cut_short_at_any_step_is_completed_by_the_next_command() {
    let expected = finished(AFTER);
    let mut count = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let public = folder.path().join("public");
        let steps = killed_after(folder.path(), Some(count));
        let session = begin(folder.path(), &public, false).unwrap();
        assert_eq!(tree(&public), expected, "after {count} of {steps} steps");
        assert!(session.is_intact(), "after {count} of {steps} steps");
        stage(&session, AFTER);
        let (changes, notes) = session.commit().unwrap();
        assert_eq!((changes.written, changes.kept, changes.removed, notes.len()), (0, AFTER.len(), 0, 0));
        count += 1;
        if count > steps {
            assert!(steps > AFTER.len());
            return;
        }
    }
}

#[test]
fn at_every_step_each_file_is_wholly_old_or_wholly_new() {
    let known: Vec<&str> = BEFORE.iter().chain(AFTER).map(|(_, text)| *text).collect();
    for count in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        killed_after(folder.path(), Some(count));
        let visible = tree(&folder.path().join("public"));
        for (path, text) in visible.iter().filter(|(path, _)| !path.starts_with(".byline")) {
            assert!(text.as_deref().is_none_or(|text| known.contains(&text)), "{path} after {count} steps");
        }
    }
}

#[test]
fn a_change_whose_journal_was_not_in_force_never_began() {
    let folder = tempfile::tempdir().unwrap();
    killed_after(folder.path(), None);
    let public = folder.path().join("public");
    assert_eq!(tree(&public), finished(BEFORE));
    assert!(begin(folder.path(), &public, false).unwrap().is_intact());
}

#[test]
fn a_file_changed_after_the_kill_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    killed_after(folder.path(), Some(1));
    let precious = folder.path().join("public/gone/deep/index.html");
    fs::write(&precious, "precious").unwrap();
    let refused = begin(folder.path(), &folder.path().join("public"), false);
    assert!(refused.is_err());
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
}

#[cfg(unix)]
#[test]
fn a_forged_change_does_not_reach_out_of_the_output() {
    use super::diff::Op;
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    for made in ["mine", "public/.byline-stage/news"] {
        fs::create_dir_all(folder.path().join(made)).unwrap();
    }
    fs::write(folder.path().join("mine/a.html"), "mine").unwrap();
    fs::write(public.join(".byline-stage/news/a.html"), "forged").unwrap();
    std::os::unix::fs::symlink("../mine", public.join("news")).unwrap();
    let path = OutPath::new("news/a.html").unwrap();
    for op in [Op::Put(path.clone()), Op::Delete(path, Digest::of(b"mine"))] {
        fs::write(public.join(".byline-journal"), Journal::encode(&[op])).unwrap();
        assert!(begin(folder.path(), &public, true).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("mine/a.html")).unwrap(), "mine");
    }
}

/// What a survey finds in a folder with two files, of which one is others'.
#[cfg(unix)]
fn found(quiet: i64) -> super::survey::Survey {
    use super::manifest::{Manifest, Row, Rows, Stat};
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    for name in ["a/index.html", "a/mine.txt"] {
        fs::write(folder.path().join(name), "text").unwrap();
    }
    let (path, metadata) = (OutPath::new("a/index.html").unwrap(), folder.path().join("a/index.html").metadata());
    let (key, content) = (Digest::of(b"key"), Digest::of(b"text"));
    let row = Row { key, content, stage: Stage::Page, stat: Stat::of(&metadata.unwrap()) };
    let manifest = Manifest { rows: Rows::from([(path, row)]), quiet, written: i64::MAX, ..Manifest::default() };
    super::survey::survey(folder.path(), manifest).unwrap()
}

#[cfg(unix)]
#[test]
fn only_what_changed_since_it_was_quiet_is_listed() {
    let (listed, passed) = (found(0), found(i64::MAX));
    assert_eq!((listed.foreign, listed.quiet), (vec!["a/mine.txt".to_owned()], None));
    assert_eq!(passed.foreign, [""; 0]);
    assert!(passed.quiet.is_some());
    for standing in [listed.standing, passed.standing] {
        assert_eq!(standing[0].1.state, super::inventory::State::Intact);
    }
}

/// Some of a few paths that get in each other's way as file and folder, each with one of a few texts.
fn site() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    const PATHS: [&str; 9] = ["a", "a/b", "a/b/c", "a/index.html", "B", "b/c/d", "b/c/e", "d.css", "index.html"];
    let text = prop::sample::select(vec!["one", "two", "three"]);
    prop::collection::btree_map(prop::sample::select(PATHS.to_vec()), text, 0..9).prop_map(|files| {
        let mut kept: Vec<(&str, &str)> = Vec::new();
        for (path, text) in files {
            let clash = |other: &str| path.starts_with(&format!("{other}/")) || path.eq_ignore_ascii_case(other);
            if !kept.iter().any(|(other, _)| clash(other)) {
                kept.push((path, text));
            }
        }
        kept
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_change_cut_short_anywhere_is_completed(before in site(), after in site(), count in 0..16_usize) {
        let folder = tempfile::tempdir().unwrap();
        killed_between(folder.path(), &before, &after, Some(count));
        let public = folder.path().join("public");
        let session = begin(folder.path(), &public, false).unwrap();
        prop_assert!(session.is_intact());
        prop_assert_eq!(tree(&public), finished(&after));
    }
}
