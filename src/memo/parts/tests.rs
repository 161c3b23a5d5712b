//! What one build keeps of its pages, and what the next one tells of them.

use std::path::{Path, PathBuf};

use super::*;

/// A page to be noted: its path, its key, what stood there, its shape, and its checks.
type Noted<'a> = (&'a str, &'a [u8], Before, &'a str, &'a [u16]);

const SHAPE: &str = "a.html\nsite\npage\narticle.body\n";

fn state(engine: &[u8], template: &[u8], menus: u16) -> State {
    State {
        engine: Digest::of(engine),
        output: Digest::of(b"public"),
        templates: vec![("templates/a.html".to_owned(), Digest::of(template))],
        entries: vec![("a.html".to_owned(), Digest::of(template))],
        site: vec![("site.title".to_owned(), 1), ("site.menus".to_owned(), menus)],
    }
}

fn path(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

fn build(file: &Path, state: State, pages: &[Noted], standing: Option<&[&str]>) {
    let made = Made::default();
    for (at, key, before, shape, checks) in pages {
        made.take(&path(at), Digest::of(key), *before, shape, checks);
    }
    let standing = standing.map(|paths| paths.iter().map(|at| path(at)).collect());
    let reached = |_: &str| vec!["templates/a.html".to_owned()];
    let done = Done { state, at: 7, made, standing, reached: &reached };
    save(file, done, Parts::open(file).unwrap()).unwrap();
}

fn known(file: &Path, at: &str) -> Option<Known> {
    Parts::open(file).unwrap().unwrap().find(&[&path(at)]).unwrap().remove(0)
}

fn reason(file: &Path, at: &str) -> Reason {
    known(file, at).unwrap().reason
}

fn changed(templates: &[&str], fields: &[&str]) -> Reason {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Reason::Changed { templates: own(templates), fields: own(fields) }
}

/// A file after a first build of two pages.
fn first() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parts");
    let pages: &[Noted] =
        &[("a.html", b"a1", Before::Nothing, SHAPE, &[1, 1, 1]), ("b.html", b"b1", Before::Nothing, SHAPE, &[1, 1, 1])];
    build(&file, state(b"e", b"t", 1), pages, None);
    (folder, file)
}

#[test]
fn rows_of_other_pages_stay_as_they_were() {
    let (_folder, file) = first();
    let before = known(&file, "b.html");
    assert_eq!((known(&file, "a.html").unwrap().build, reason(&file, "a.html")), (1, Reason::New));
    let page = Before::Page(Digest::of(b"a1"));
    build(&file, state(b"e", b"t", 1), &[("a.html", b"a2", page, SHAPE, &[1, 2, 3])], None);
    assert_eq!(reason(&file, "a.html"), changed(&[], &["page", "article.body"]));
    assert_eq!(known(&file, "a.html").unwrap().build, 2);
    assert_eq!(known(&file, "b.html"), before);
    assert_eq!(known(&file, "c.html"), None);
}

#[test]
fn pages_that_are_gone_are_forgotten() {
    let (_folder, file) = first();
    build(&file, state(b"e", b"t", 1), &[], Some(&["a.html"]));
    assert!(known(&file, "a.html").is_some() && known(&file, "b.html").is_none());
}

#[test]
fn what_pages_have_in_common_is_told_by_its_parts() {
    let (_folder, file) = first();
    let page = |key: &[u8]| Before::Page(Digest::of(key));
    build(&file, state(b"e", b"t2", 2), &[("a.html", b"a2", page(b"a1"), SHAPE, &[2, 1, 1])], None);
    assert_eq!(reason(&file, "a.html"), changed(&["templates/a.html"], &["site.menus"]));
    build(&file, state(b"e2", b"t2", 2), &[("a.html", b"a3", page(b"a2"), SHAPE, &[2, 1, 1])], None);
    assert_eq!(reason(&file, "a.html"), Reason::Engine);
}

#[test]
fn another_shape_is_compared_by_the_names_of_fields() {
    let (_folder, file) = first();
    let shape = "a.html\nsite\nquery.latest\npage\n";
    let page = Before::Page(Digest::of(b"a1"));
    build(&file, state(b"e", b"t", 1), &[("a.html", b"a2", page, shape, &[1, 1, 1])], None);
    assert_eq!(reason(&file, "a.html"), changed(&[], &["query.latest", "article.body"]));
}

#[test]
fn a_row_of_another_state_of_the_page_says_nothing() {
    let (_folder, file) = first();
    let page = Before::Page(Digest::of(b"made by a build that left no row"));
    build(&file, state(b"e", b"t", 1), &[("a.html", b"a3", page, SHAPE, &[1, 2, 1])], None);
    assert_eq!(reason(&file, "a.html"), Reason::Unknown);
}

#[test]
fn any_damage_is_noticed() {
    let (folder, file) = first();
    let bytes = std::fs::read(&file).unwrap();
    let damaged = folder.path().join("damaged");
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        std::fs::write(&damaged, flipped).unwrap();
        assert!(Parts::open(&damaged).is_err(), "byte {at}");
        std::fs::write(&damaged, &bytes[..at]).unwrap();
        assert!(Parts::open(&damaged).is_err(), "cut at {at}");
    }
    assert!(Parts::open(&folder.path().join("nothing")).unwrap().is_none());
}
