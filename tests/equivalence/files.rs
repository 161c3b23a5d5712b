//! Edits of which files there are, and of how they look.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::articles::{articles, paragraph};
use crate::bench::Bench;
use crate::edit::Kind;

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("a new article", 5, new),
    Kind::of("an article deleted", 3, |bench| {
        let path = some(bench)?;
        bench.remove(&path);
        Some(format!("{path}: removed"))
    }),
    Kind::of("an article renamed", 3, |bench| {
        let path = some(bench)?;
        let (stem, extension) = path.rsplit_once('.')?;
        let to = match bench.dice.below(3) {
            0 => format!("{stem}-x.{extension}"),
            1 => format!("{}/2024-02-2{}-named.{extension}", stem.rsplit_once('/')?.0, bench.dice.below(10)),
            _ => format!("{stem}.{}", bench.dice.one(&["txt", "md", "html", "markdown"])),
        };
        moved(bench, &path, &to)
    }),
    Kind::of("an article moved to another section", 3, |bench| {
        let path = some(bench)?;
        let folder = bench.dice.one(&["news", "news/abroad", "morgue", "letters", "2024/02/14", "sport"]);
        let to = format!("content/{folder}/{}", path.rsplit('/').next()?);
        moved(bench, &path, &to)
    }),
    Kind::of("an article copied", 2, |bench| {
        let path = some(bench)?;
        let (stem, extension) = path.rsplit_once('.')?;
        let to = format!("{stem}-copy.{extension}");
        let text = bench.read(&path);
        bench.write(&to, text);
        Some(format!("{path}: copied to {to}"))
    }),
    Kind::of("two articles exchanged", 2, |bench| {
        let (a, b) = (some(bench)?, some(bench)?);
        (a != b).then(|| {
            bench.rename(&a, "aside");
            bench.rename(&b, &a);
            bench.rename("aside", &b);
            format!("{a} and {b}: exchanged")
        })
    }),
    Kind::of("a section moved", 4, |bench| {
        let from = bench.dice.one(&["news/abroad", "letters", "morgue", "world", "news"]);
        let to = bench.dice.one(&["world", "letters/abroad", "news/abroad", "morgue"]);
        let (from, to) = (format!("content/{from}"), format!("content/{to}"));
        if !bench.path(&from).is_dir() || bench.path(&to).exists() || to.starts_with(&from) {
            return None;
        }
        moved(bench, &from, &to)
    }),
    Kind::of("a change of the same length and time", 4, same_look),
    Kind::of("a file touched", 2, |bench| {
        let files = bench.inputs().into_keys().collect();
        let path: String = bench.pick(files)?;
        let then = SystemTime::now() - Duration::from_secs(bench.dice.below(1_000_000));
        let file = File::options().append(true).open(bench.path(&path)).expect("a file");
        file.set_modified(then).expect("a time");
        Some(format!("{path}: touched"))
    }),
    Kind::of("a file saved by renaming", 2, |bench| {
        let files = bench.inputs().into_keys().filter(|path| !is_image(path)).collect();
        let path: String = bench.pick(files)?;
        let text = bench.read(&path);
        bench.write("aside", text.replace("the", "The"));
        bench.rename("aside", &path);
        Some(format!("{path}: saved by renaming"))
    }),
    Kind::of("an asset of a bundle", 2, |bench| {
        let path =
            bench.dice.one(&["content/news/four/chart.svg", "content/news/four/extra.bin", "content/news/missing.png"]);
        change(bench, path)
    }),
    Kind::of("a static file", 2, |bench| {
        let path =
            bench.dice.one(&["static/plain.txt", "static/.nojekyll", "static/css/own.css", "static/evening.css"]);
        change(bench, path)
    }),
    Kind::of("a data file", 2, |bench| {
        let texts = ["depth: 12\nships: [one, two]\n", "depth: 13\n", "depth: 12.0\nships: []\n"];
        let (path, text) = match bench.dice.below(3) {
            0 => ("data/ships.csv", "name,length\nOne,12\n"),
            1 => ("data/ships.csv", "name,length\nOne,13\n"),
            _ => ("data/bay.yaml", texts[bench.dice.place(3)]),
        };
        bench.write(path, text);
        Some(format!("{path}: {text:?}"))
    }),
    Kind::of("time passes", 2, |_| {
        // Beyond the clock tick within which a change could hide, so that files are trusted by their looks.
        std::thread::sleep(Duration::from_millis(2100));
        Some(String::new())
    }),
];

/// Whether a file is not to be edited as text.
fn is_image(path: &str) -> bool {
    [".svg", ".jpg", ".png"].iter().any(|extension| path.ends_with(extension))
}

fn some(bench: &mut Bench) -> Option<String> {
    let files = articles(bench, &["md", "txt", "html", "markdown"]);
    bench.pick(files)
}

fn moved(bench: &mut Bench, from: &str, to: &str) -> Option<String> {
    (from != to && !bench.path(to).exists()).then(|| {
        bench.rename(from, to);
        format!("{from}: moved to {to}")
    })
}

/// Writes, changes or removes a file whose bytes are published as they are.
fn change(bench: &mut Bench, path: &str) -> Option<String> {
    if bench.has(path) && bench.dice.once_in(3) {
        bench.remove(path);
        return Some(format!("{path}: removed"));
    }
    let number = bench.dice.below(10);
    bench.write(path, format!("/* {number} */\n"));
    Some(format!("{path}: {number}"))
}

fn new(bench: &mut Bench) -> Option<String> {
    bench.added += 1;
    let number = bench.added;
    let folder = bench.dice.one(&["news", "news/abroad", "morgue", "letters", "sport/water", "2024/02/29"]);
    let (day, text) = (1 + bench.dice.below(28), paragraph(bench));
    let month = bench.dice.one(&["02", "02", "03", "04"]);
    let front = format!("title: Number {number}\ndate: 2024-{month}-{day:02}\ntags: [Winter, Harbour]\n");
    let (path, text) = match bench.dice.below(5) {
        0 => (format!("content/{folder}/n{number}/index.md"), format!("---\n{front}---\n{text}\n![Own](own.bin)\n")),
        1 => (
            format!("content/{folder}/n{number}.txt"),
            format!("Number {number}\n\nDATE : 2024-{month}-{day:02}\n\n{text}"),
        ),
        2 => (format!("content/{folder}/n{number}.html"), format!("---\n{front}---\n<p>{text}</p>\n")),
        3 => (format!("content/{folder}/2024-{month}-{day:02}-n{number}.md"), format!("# Number {number}\n\n{text}")),
        _ => (format!("content/{folder}/n{number}.md"), format!("---\n{front}---\n{text}")),
    };
    if path.ends_with("index.md") {
        bench.write(&path.replace("index.md", "own.bin"), [0, 1, 2]);
    }
    bench.write(&path, text);
    Some(format!("{path}: new"))
}

/// Changes letters of a file in place and puts its time back: only the time of the change itself tells.
fn same_look(bench: &mut Bench) -> Option<String> {
    let files = bench.inputs().into_keys().filter(|path| !is_image(path)).collect();
    let path: String = bench.pick(files)?;
    let text = bench.read(&path);
    let changed = [
        ("The ", "Thy "),
        ("Winter", "Summer"),
        ("harbour", "HARBOUR"),
        ("is", "Is"),
        ("black", "white"),
        ("one", "two"),
    ];
    let changed = changed.into_iter().map(|(from, to)| text.replace(from, to)).find(|changed| *changed != text)?;
    let time = fs::metadata(bench.path(&path)).and_then(|metadata| metadata.modified()).expect("a time");
    bench.write(&path, changed);
    File::options().append(true).open(bench.path(&path)).and_then(|file| file.set_modified(time)).expect("a time");
    Some(format!("{path}: letters changed, its time put back"))
}
