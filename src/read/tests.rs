//! Reading small sites from disk.

use std::fs;
use std::path::Path;

use super::{Stats, site};
use crate::model::code::Code;
use crate::model::diagnostic::Severity;
use crate::model::source::Inputs;

/// Writes files below a fresh folder, each with its own path as its text.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

/// Reads a site, and gives its diagnostics as (severity, code, path).
fn read(root: &Path) -> (Inputs, Vec<(Severity, Code, String)>) {
    let (noted, _) = site(root, &Stats::default()).unwrap();
    let notes = noted.diagnostics.iter();
    (noted.value, notes.map(|note| (note.severity, note.code, note.mark.as_ref().unwrap().path.to_string())).collect())
}

fn article_paths(inputs: &Inputs) -> Vec<&str> {
    inputs.articles.iter().map(|source| source.path.as_str()).collect()
}

#[test]
fn every_file_is_sorted_by_what_it_is_for() {
    let folder = folder(&[
        "site.yaml",
        "permalinks.txt",
        "content/about.md",
        "content/a-b/one.md",
        "content/a/two.txt",
        "content/a/two.yml",
        "content/a/photo.jpg",
        "data/rows.csv",
        "static/.well-known/security.txt",
        "static/.nojekyll",
        "templates/base.html",
        "themes/plain/theme.yaml",
        "themes/plain/static/plain.css",
        "public/index.html",
    ]);
    let (inputs, notes) = read(folder.path());
    assert_eq!(notes, []);
    assert_eq!(article_paths(&inputs), ["content/a-b/one.md", "content/a/two.txt", "content/about.md"]);
    assert_eq!(&**inputs.articles[0].bytes.as_ref().unwrap(), b"content/a-b/one.md");
    assert_eq!(inputs.sidecars[0].path.as_str(), "content/a/two.yml");
    assert_eq!(inputs.content_assets[0].length, "content/a/photo.jpg".len() as u64);
    assert_eq!(inputs.statics.len(), 2);
    assert_eq!(inputs.themes[0].name, "plain");
    assert!(inputs.config.is_some() && inputs.ledger.is_some());
    assert_eq!((inputs.data.len(), inputs.templates.len()), (1, 1));
}

#[test]
fn an_asset_has_the_digest_of_its_bytes() {
    let folder = folder(&[]);
    let long = vec![7; 300_000];
    fs::create_dir(folder.path().join("static")).unwrap();
    fs::write(folder.path().join("static/long.bin"), &long).unwrap();
    let (inputs, _) = read(folder.path());
    assert_eq!(inputs.statics[0].digest, crate::model::digest::Digest::of(&long));
    assert_eq!(inputs.statics[0].length, 300_000);
}

#[test]
fn leftovers_are_passed_over_with_one_warning_each() {
    let folder = folder(&[
        "content/a.md",
        "content/a.md~",
        "content/.#a.md",
        "content/.git/objects/aa/bb",
        "content/.hidden/x.md",
        "static/.env.production",
        "static/.git/config",
        "content/lonely.yaml",
    ]);
    let (inputs, notes) = read(folder.path());
    assert_eq!(article_paths(&inputs), ["content/a.md"]);
    assert!(inputs.statics.is_empty() && inputs.content_assets.is_empty());
    let skipped: Vec<_> = notes.iter().filter(|note| note.1 == Code::Skipped).map(|note| note.2.as_str()).collect();
    let expected =
        ["static/.env.production", "static/.git", "content/.#a.md", "content/.git", "content/.hidden", "content/a.md~"];
    assert_eq!(skipped, expected);
    assert!(notes.contains(&(Severity::Warning, Code::OrphanSidecar, "content/lonely.yaml".to_owned())));
}

#[test]
fn a_file_that_looks_as_before_is_not_read() {
    let folder = folder(&["content/a.md", "content/b.md", "content/photo.jpg"]);
    let (first, stats) = site(folder.path(), &Stats::default()).unwrap();
    let at_hand =
        |inputs: &Inputs| -> Vec<bool> { inputs.articles.iter().map(|found| found.bytes.is_some()).collect() };
    assert_eq!(at_hand(&first.value), [true, true]);
    // The files were written a moment before they were read: that proves nothing.
    let (again, _) = site(folder.path(), &stats).unwrap();
    assert_eq!(at_hand(&again.value), [true, true]);
    let stats = stats.later();
    fs::write(folder.path().join("content/b.md"), "content/B.md").unwrap();
    let (later, _) = site(folder.path(), &stats).unwrap();
    assert_eq!(at_hand(&later.value), [false, true]);
    assert_eq!(later.value.articles[0].digest, first.value.articles[0].digest);
    assert_eq!(later.value.content_assets, first.value.content_assets);
    let source = super::again(folder.path(), &later.value.articles[0]).unwrap();
    assert_eq!(&*source.bytes, b"content/a.md");
}

#[test]
fn what_was_found_and_read_later_must_be_the_same() {
    let folder = folder(&["content/a.md"]);
    let (_, stats) = site(folder.path(), &Stats::default()).unwrap();
    let (inputs, _) = site(folder.path(), &stats.later()).unwrap();
    fs::write(folder.path().join("content/a.md"), "changed").unwrap();
    let failure = super::again(folder.path(), &inputs.value.articles[0]).unwrap_err();
    assert!(failure.to_string().contains("it changed while the site was being built"), "{failure}");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_within_the_site_are_followed() {
        let folder = folder(&["content/a.md", "drafts/b.md", "drafts/deep/c.md"]);
        symlink("../drafts", folder.path().join("content/linked")).unwrap();
        symlink("a.md", folder.path().join("content/again.md")).unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(notes, []);
        let expected = ["content/a.md", "content/again.md", "content/linked/b.md", "content/linked/deep/c.md"];
        assert_eq!(article_paths(&inputs), expected);
    }

    #[test]
    fn links_out_of_the_site_are_errors() {
        let outside = folder(&["secret.md"]);
        let folder = folder(&["content/a.md", "static/b.css"]);
        symlink(outside.path(), folder.path().join("content/out")).unwrap();
        symlink(outside.path().join("secret.md"), folder.path().join("content/out.md")).unwrap();
        symlink("nowhere", folder.path().join("content/dead.md")).unwrap();
        symlink(outside.path(), folder.path().join("data")).unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(article_paths(&inputs), ["content/a.md"]);
        let marks: Vec<_> = notes.iter().filter(|note| note.0 == Severity::Error && note.1 == Code::Symlink).collect();
        let paths: Vec<_> = marks.iter().map(|note| note.2.as_str()).collect();
        assert_eq!(paths, ["data", "content/dead.md", "content/out", "content/out.md"]);
    }

    #[test]
    fn loops_are_found() {
        let folder = folder(&["content/a/b.md", "content/c/d.md"]);
        symlink("..", folder.path().join("content/a/up")).unwrap();
        symlink("../..", folder.path().join("content/a/root")).unwrap();
        symlink("self.md", folder.path().join("content/self.md")).unwrap();
        symlink("../c", folder.path().join("content/a/c")).unwrap();
        symlink("../a", folder.path().join("content/c/a")).unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(article_paths(&inputs).len(), 4);
        let paths: Vec<_> = notes.iter().map(|note| (note.0, note.1, note.2.as_str())).collect();
        let expected = [
            "content/a/c/a",
            "content/a/root",
            "content/a/up",
            "content/c/a/c",
            "content/c/a/root",
            "content/c/a/up",
            "content/self.md",
        ];
        for path in expected {
            assert!(paths.contains(&(Severity::Error, Code::Symlink, path)), "{path} in {paths:?}");
        }
    }

    #[test]
    fn links_that_multiply_paths_come_to_an_end() {
        let names: Vec<_> = (0..9).map(|n| format!("content/{n}/a.md")).collect();
        let folder = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
        for (from, to) in (0..9).flat_map(|from| (0..9).map(move |to| (from, to))).filter(|(from, to)| from != to) {
            symlink(format!("../{to}"), folder.path().join(format!("content/{from}/to{to}"))).unwrap();
        }
        let (_, notes) = read(folder.path());
        assert!(notes.iter().any(|note| note.0 == Severity::Error && note.1 == Code::Limit));
    }

    #[test]
    fn a_link_to_a_secret_or_an_output_is_passed_over() {
        let folder = folder(&[".env", "public/.byline-manifest", "public/index.html", "static/a.css"]);
        symlink("../.env", folder.path().join("static/settings")).unwrap();
        symlink("../public", folder.path().join("static/old")).unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(inputs.statics.len(), 1);
        assert!(notes.iter().all(|note| note.1 == Code::Skipped));
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn a_pipe_is_named_and_never_opened() {
        let folder = folder(&["content/a.md"]);
        let pipe = folder.path().join("content/pipe.md");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(article_paths(&inputs), ["content/a.md"]);
        assert_eq!(notes, [(Severity::Warning, Code::Skipped, "content/pipe.md".to_owned())]);
    }

    #[test]
    fn a_name_that_is_not_utf8_is_a_located_error() {
        let folder = folder(&["content/a.md"]);
        fs::write(folder.path().join("content").join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
        let (inputs, notes) = read(folder.path());
        assert_eq!(inputs.articles.len(), 1);
        assert_eq!(notes, [(Severity::Error, Code::Path, "content/caf\u{fffd}.md".to_owned())]);
    }
}

#[test]
fn the_site_is_looked_for_upwards() {
    let folder = folder(&["site.yaml", "content/a/b.md"]);
    assert_eq!(super::locate(&folder.path().join("content/a")).as_deref(), Some(folder.path()));
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(super::locate(elsewhere.path()), None);
}

#[test]
fn a_missing_site_folder_is_a_failure_that_names_it() {
    let folder = folder(&[]);
    let failure = site(&folder.path().join("gone"), &Stats::default()).unwrap_err();
    assert!(failure.to_string().contains("gone"), "{failure}");
    assert!(site(folder.path(), &Stats::default()).unwrap().0.value.articles.is_empty());
}
