//! A process that is killed at any step of a change: the next command completes it, or it never began.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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
    let public = root.join("public");
    let session = begin(root, &public, false).unwrap();
    stage(&session, BEFORE);
    session.commit().unwrap();
    let mut session = begin(root, &public, false).unwrap();
    stage(&session, AFTER);
    let change = session.prepare().unwrap().unwrap();
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
