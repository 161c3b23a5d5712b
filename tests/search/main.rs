//! Searching a site, as its readers do: sites are built, and the script of their search page reads the index in Node. Without Node
//! such a test passes over with a note, unless `CI` or `BYLINE_REQUIRE_SUITES` is set.

#[path = "../support/dice.rs"]
mod dice;
#[path = "../support/mod.rs"]
mod support;

mod index;
mod page;
mod question;

use std::path::{Path, PathBuf};
use std::process::Command;

use dice::Dice;
use support::{Built, Site};

/// Words as a made-up paper uses them: the first often, the last hardly ever.
fn word(dice: &mut Dice) -> String {
    const PARTS: &[&str] =
        &["ka", "lo", "mi", "ren", "tas", "vu", "bel", "dor", "fin", "gor", "hal", "jun", "pex", "qua"];
    // The square of an even number between 0 and 1 falls near 0 three times as often as near 1.
    let (first, second) = (dice.below(1_000), dice.below(1_000));
    let rank = usize::try_from(first * second / 1_000).expect("a small number");
    let mut name = String::from(PARTS[rank % PARTS.len()]);
    name.push_str(PARTS[rank / PARTS.len() % PARTS.len()]);
    name.push_str(PARTS[rank / PARTS.len() / PARTS.len() % PARTS.len()]);
    name
}

/// So many words.
fn prose(dice: &mut Dice, words: usize) -> String {
    (0..words).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

/// A paper of so many articles, searched.
fn paper(articles: usize, search: &str) -> Site {
    let mut dice = Dice(41);
    let site = Site::new().config(&format!("search: {search}"));
    (0..articles).fold(site, |site, number| site.file(&path(number), article(&mut dice, number)))
}

fn path(number: usize) -> String {
    format!("content/news/story-{number}.md")
}

fn article(dice: &mut Dice, number: usize) -> String {
    let (title, standfirst, tag, author) = (prose(dice, 6), prose(dice, 12), word(dice), dice.below(9));
    let words = 40 + dice.place(160);
    format!(
        "---\ntitle: {title}\nstandfirst: {standfirst}\ndate: {}-{:02}-11\ntags: [{tag}]\nauthors: [Desk {author}]\n---\n{}\n",
        2001 + number % 20,
        1 + number % 12,
        prose(dice, words),
    )
}

/// Runs one of the scripts beside this file on a finished site, with what else it is to be given. `None` without Node.
fn node(script: &str, built: &Built, arguments: &[&str]) -> Option<String> {
    let output = tempfile::tempdir().expect("a folder");
    for (path, bytes) in built.files().iter().filter(|(path, _)| path.starts_with("search/")) {
        let path = output.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    // Node takes a file for a module by its name.
    let module = output.path().join("search.mjs");
    std::fs::copy(root().join("src/builtin/search.js"), &module).expect("a copy");
    let run = Command::new("node")
        .arg(root().join("tests/search").join(script))
        .args([module.as_path(), &output.path().join("search")])
        .args(arguments)
        .output();
    let Ok(run) = run else {
        let required = ["CI", "BYLINE_REQUIRE_SUITES"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(!required, "there is no Node");
        eprintln!("passed over: there is no Node");
        return None;
    };
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{text}{}", String::from_utf8_lossy(&run.stderr));
    Some(text)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The bytes of all files of the index that `wanted` picks.
fn size(built: &Built, wanted: impl Fn(&str) -> bool) -> usize {
    let of_index =
        built.files().iter().filter(|(path, _)| path.starts_with("search/") && path.as_str() != "search/index.html");
    of_index.filter(|(path, _)| wanted(path)).map(|(_, bytes)| bytes.len()).sum()
}

/// The files that two builds have not in common.
fn changed<'a>(before: &Built, after: &'a Built) -> Vec<&'a str> {
    after
        .paths()
        .into_iter()
        .filter(|path| before.files().get(*path).map(Vec::as_slice) != Some(after.bytes(path)))
        .collect()
}

/// Where a site's own output is.
fn output(site: &Site) -> PathBuf {
    site.root().join("public")
}
