//! Edits of what articles say.

use crate::bench::Bench;
use crate::edit::{Kind, set};

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("a body", 4, body),
    Kind::of("a title", 3, |bench| key(bench, "title", TITLES)),
    Kind::of("a standfirst", 2, |bench| {
        key(bench, "standfirst", &["A short *word*.", "Fog, again.", "\"<b>Ice</b>\""])
    }),
    Kind::of("tags", 4, |bench| key(bench, "tags", TAGS)),
    Kind::of("places", 2, |bench| key(bench, "places", &["[Quay]", "[quay, Abroad]", "Harbour"])),
    Kind::of("authors", 3, |bench| key(bench, "authors", AUTHORS)),
    Kind::of("a date", 4, |bench| key(bench, "date", DATES)),
    Kind::of("an update", 2, |bench| key(bench, "updated", &["2024-02-20", "2024-03-01 10:00", "2024-04-01"])),
    Kind::of("a series", 2, |bench| key(bench, "series", &["Winter log", "{name: Winter log, part: 1}", "Ships"])),
    Kind::of("a draft", 3, |bench| key(bench, "draft", &["true", "true", "false"])),
    Kind::of("an expiry", 3, |bench| key(bench, "expires", DATES)),
    Kind::of("what is unlisted", 2, |bench| key(bench, "unlisted", &["true", "false"])),
    Kind::of("what is featured", 2, |bench| key(bench, "featured", &["true", "false"])),
    Kind::of("a weight", 2, |bench| key(bench, "weight", &["1", "2", "-5"])),
    Kind::of("aliases", 2, |bench| key(bench, "aliases", &["[/old/a/]", "[/old/b/, /older/c.html]", "[/old/pier/]"])),
    Kind::of("corrections", 2, |bench| {
        key(bench, "corrections", &["[{date: 2024-02-12, text: It was *two*.}]", "[{date: 2024-02-13, text: No.}]"])
    }),
    Kind::of("a source", 2, |bench| key(bench, "source", &["{name: The Gazette, url: \"https://gazette.example/\"}"])),
    Kind::of("an image", 2, |bench| key(bench, "image", &["/news/four/chart.svg", "{src: chart.svg, alt: A chart}"])),
    Kind::of("a template of its own", 2, |bench| {
        key(bench, "template", &["special.html", "page.html", "special.html"])
    }),
    Kind::of("data for an article", 2, |bench| key(bench, "data", &["bay", "[bay, ships]", "ships"])),
    Kind::of("extra keys", 2, |bench| key(bench, "extra", &["{depth: 1}", "{depth: 1.0}", "{kicker: Own}", "{}"])),
    Kind::of("an unknown key", 2, |bench| key(bench, "colour", &["red", "blue"])),
    Kind::of("formulas", 2, |bench| key(bench, "math", &["true", "false"])),
    Kind::of("a slug", 2, |bench| key(bench, "slug", &["renamed", "again", "Ünique"])),
    Kind::of("an address", 2, |bench| key(bench, "url", &["/elsewhere/", "/notes/here.html", "/2015/05/05/there/"])),
    Kind::of("a section by key", 2, |bench| key(bench, "section", &["news", "sport/water", "letters"])),
    Kind::of("a standing page", 2, |bench| key(bench, "page", &["true", "false"])),
    Kind::of("a table of contents, a language", 2, |bench| {
        let name = bench.dice.one(&["toc", "lang"]);
        key(bench, name, if name == "toc" { &["true", "false"] } else { &["de", "zh-Hant"] })
    }),
    Kind::of("what an article does with HTML", 2, |bench| key(bench, "html", &["escaped", "sanitized", "trusted"])),
    Kind::of("a link to another article", 4, link),
    Kind::of("a cross-reference", 3, crossref),
    Kind::of("the head of a plain text", 2, head),
    Kind::of("a sidecar", 4, sidecar),
];

const TITLES: &[&str] = &[
    "The pier is closed",
    "The ferry returns",
    "Fog on the river",
    "Harbour lights",
    "A spring tide",
    "\"<Ice> & fire\"",
    "潮汐",
    "2024",
    "The bell rings",
];
const TAGS: &[&str] = &[
    "[Harbour]",
    "[port, Winter]",
    "[Ferry, Ferries]",
    "[winter]",
    "[WINTER, Tides]",
    "Fog",
    "[]",
    "[\"C++\", \"Wind & tide\"]",
    "[Boats]",
];
const AUTHORS: &[&str] =
    &["copy-desk", "[Copy, A Guest]", "The Night Desk", "[{name: A Guest, role: pictures}]", "[]", "night-desk"];
const DATES: &[&str] = &[
    "2024-01-31",
    "2024-02-01",
    "2024-02-29 23:59",
    "2024-03-01",
    "2024-03-01T12:00:00Z",
    "2024-03-01T12:00:01Z",
    "2024-03-05",
    "2024-03-31 02:30",
    "2024-05-01",
    "2023-12-31",
];

/// Sets or removes a key of an article, in its front matter or its sidecar.
fn key(bench: &mut Bench, key: &str, values: &[&str]) -> Option<String> {
    let path = spoken(bench)?;
    let value = if bench.dice.once_in(6) { None } else { Some(bench.dice.one(values)) };
    let before = bench.read(&path);
    let after = set(&before, key, value);
    (before != after).then(|| {
        bench.write(&path, after);
        format!("{path}: {key}: {}", value.unwrap_or("(none)"))
    })
}

/// A file that says something about an article in keys.
fn spoken(bench: &mut Bench) -> Option<String> {
    let own =
        |path: &String| !path.ends_with("_index.md") && !path.ends_with("authors.yaml") && !path.ends_with("tags.yaml");
    let files = bench.files("content", &["md", "html", "yaml"]).into_iter().filter(own).collect();
    bench.pick(files)
}

/// The articles with one of these extensions.
pub fn articles(bench: &Bench, extensions: &[&str]) -> Vec<String> {
    bench.files("content", extensions).into_iter().filter(|path| !path.ends_with("_index.md")).collect()
}

/// A paragraph.
pub fn paragraph(bench: &mut Bench) -> String {
    let number = bench.dice.below(1000);
    let texts = [
        "The harbour was quiet, and the harbour slept.",
        "A ferry passed. The other ferry waited.",
        "A spring tide came; it was a spring tide like no other.",
        "## Evening {#evening}",
        "```rust\nlet tide = \"high\";\n```",
        "He said it[^1].\n\n[^1]: Nobody heard.",
        "Before.\n\n<!-- more -->\n\nAfter.",
        "<p onclick=\"x()\">Raw <i>words</i></p>",
        "![A chart](/news/four/chart.svg)",
        "![Missing](missing.png)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```block note\ntitle: Tide\ntext: See [it](/news/one.md).\n```\n\nBelow it,",
        "```block figure\nsrc: /news/four/chart.svg\nalt: A chart\nurl: /news/five.md\n```\n\nBelow it,",
        "A formula, $a_1 < \\frac{b}{2}$, and",
    ];
    format!("{} {number}\n", texts[bench.dice.place(texts.len())])
}

fn body(bench: &mut Bench) -> Option<String> {
    let files = articles(bench, &["md", "html", "txt"]);
    let path = bench.pick(files)?;
    let text = bench.read(&path);
    let new = paragraph(bench);
    let text = match bench.dice.below(3) {
        0 if text.matches("\n\n").count() > 1 => text[..text.rfind("\n\n").unwrap_or(text.len())].to_owned() + "\n",
        1 => text.replacen(". ", "; ", 1) + "\n" + &new,
        _ => text + "\n" + &new,
    };
    bench.write(&path, text);
    Some(format!("{path}: the body"))
}

fn link(bench: &mut Bench) -> Option<String> {
    let (from, to) = (articles(bench, &["md"]), articles(bench, &["md", "txt", "html"]));
    let (path, target) = (bench.pick(from)?, bench.pick(to)?);
    let below = target.strip_prefix("content").unwrap_or(&target);
    let title = bench.dice.one(TITLES).trim_matches('"').to_owned();
    let link = match bench.dice.below(5) {
        0 => format!("[[{title}]]"),
        1 => format!("[See]({below}#evening)"),
        2 => "[See](/tags/harbour/)".to_owned(),
        3 => "[See](/news/one/)".to_owned(),
        _ => format!("[See]({below})"),
    };
    let text = format!("{}\n{link}\n", bench.read(&path));
    bench.write(&path, text);
    Some(format!("{path}: {link}"))
}

fn crossref(bench: &mut Bench) -> Option<String> {
    let files = articles(bench, &["txt"]);
    let path = bench.pick(files)?;
    let title =
        bench.dice.one(&["The pier is closed", "the FERRY returns…", "Letter from abroad", "A chart of the bay"]);
    let text = format!("{}\n{title}\n", bench.read(&path));
    bench.write(&path, text);
    Some(format!("{path}: refers to {title}"))
}

fn head(bench: &mut Bench) -> Option<String> {
    let files = articles(bench, &["txt"]);
    let path = bench.pick(files)?;
    let lines = [
        "PUBLISHED : Friday, 27 October, 2017, 1:05pm",
        "BY : The Copy Desk | TAGS : Harbour, Fog",
        "DATE: 26/10/2017",
        "Published: Thursday, 27 October, 2017",
        "TITLE : The bell rings",
    ];
    let line = lines[bench.dice.place(lines.len())];
    let text = bench.read(&path);
    let (first, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let text = match bench.dice.below(3) {
        0 => format!("Another headline\n\n{rest}"),
        1 => format!("{first}\n\nBy The Night Desk in Port\n\n{rest}"),
        _ => format!("{first}\n\n{line}\n\n{rest}"),
    };
    bench.write(&path, text);
    Some(format!("{path}: its head"))
}

fn sidecar(bench: &mut Bench) -> Option<String> {
    let files = articles(bench, &["txt", "html"]);
    let article = bench.pick(files)?;
    let stem = article.rsplit_once('.')?.0.to_owned();
    let (yaml, yml) = (format!("{stem}.yaml"), format!("{stem}.yml"));
    let there = [&yaml, &yml].into_iter().find(|path| bench.has(path)).cloned();
    Some(match (there, bench.dice.below(4)) {
        (Some(path), 0) => {
            bench.remove(&path);
            format!("{path}: removed")
        }
        (Some(path), 1) => {
            let to = if path == yaml { yml } else { yaml };
            bench.rename(&path, &to);
            format!("{path}: now {to}")
        }
        (there, _) => {
            let path = there.unwrap_or(yaml);
            let text = if bench.has(&path) { bench.read(&path) } else { String::new() };
            let (key, values): (_, &[&str]) = match bench.dice.below(4) {
                0 => ("title", TITLES),
                1 => ("tags", TAGS),
                2 => ("date", DATES),
                _ => ("text", &["{drop: [Advertisement]}", "{dates: dmy}", "{caption: \"The\"}"]),
            };
            let value = bench.dice.one(values).to_owned();
            bench.write(&path, set(&text, key, Some(&value)));
            format!("{path}: {key}: {value}")
        }
    })
}
