//! Edits of sections, people, the vocabulary and the ledger.

use crate::bench::Bench;
use crate::edit::{Kind, set};

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("a section's own file", 3, |bench| {
        let path = index(bench);
        let (key, values): (_, &[&str]) = match bench.dice.below(6) {
            0 => ("title", &["Renamed", "News", "\"<News>\""]),
            1 => ("description", &["What is new.", "Old *news*."]),
            2 => ("sort", &["date", "weight", "title"]),
            3 => ("template", &["special.html", "day.html"]),
            4 => ("extra", &["{flag: true}", "{flag: 1}"]),
            _ => ("data", &["bay", "ships"]),
        };
        said(bench, &path, key, values)
    }),
    Kind::of("a section's text", 2, |bench| {
        let path = index(bench);
        let text = if bench.has(&path) { bench.read(&path) } else { String::new() };
        bench.write(&path, text + "\nA word more. [To a story](/news/one.md).\n");
        Some(format!("{path}: its text"))
    }),
    Kind::of("a cascade", 6, |bench| {
        let path = index(bench);
        said(bench, &path, "cascade", CASCADES)
    }),
    Kind::of("a section's own file deleted", 2, |bench| {
        let files = bench.files("content", &["md"]).into_iter().filter(|path| path.ends_with("_index.md")).collect();
        let path: String = bench.pick(files)?;
        bench.remove(&path);
        Some(format!("{path}: removed"))
    }),
    Kind::of("the people", 3, |bench| {
        replaced(
            bench,
            "content/authors.yaml",
            &[
                "copy-desk:\n  name: The Copy Desk\n  aliases: [Copy]\n  role: Editors\n",
                "copy-desk:\n  name: The Copy Table\n  aliases: [Copy, A Guest]\n  bio: They *read*.\n",
                "copy-desk:\n  name: The Copy Desk\n  former: true\n  url: https://desk.example/\nnight-desk:\n  name: The Night Desk\n  aliases: [Copy]\n",
                "guest:\n  name: A Guest\n  role: Visitors\n",
            ],
        )
    }),
    Kind::of("the vocabulary", 4, |bench| {
        replaced(
            bench,
            "content/tags.yaml",
            &[
                "Harbour:\n  synonyms: [Port]\n  match: true\nFerry:\n  synonyms: [Ferries]\n",
                "Harbour:\n  slug: port\n  description: Where ships rest.\nWinter:\n  synonyms: [Ice]\n  broader: [Harbour]\n",
                "Harbour:\n  match: [ferry, let]\nTides:\n  match: true\nFerries:\n  deprecated: {use: Harbour}\n",
                "winter:\n  match: true\n",
                "Archive:\n  description: Old.\nFog:\n  match: [fog]\n  broader: [Archive]\n",
            ],
        )
    }),
    Kind::of("the ledger", 2, |bench| {
        replaced(
            bench,
            "permalinks.txt",
            &[
                "/news/one/\n",
                "/news/one/\n/news/two/\n",
                "# nothing\n",
                "/old/pier/\n/news/six/\n",
                "/news/five/\n",
                "/news/gone/\n",
            ],
        )
    }),
];

const CASCADES: &[&str] = &[
    "{tags: [Cascaded]}",
    "{authors: [night-desk]}",
    "{draft: true}",
    "{unlisted: true}",
    "{featured: true, weight: 3}",
    "{html: escaped}",
    "{text: {drop: [Advertisement, The pier is closed], dates: dmy}}",
    "{text: {caption: The, encoding: windows-1252}}",
    "{template: special.html}",
    "{lang: de, toc: true}",
    "{extra: {kicker: Cascaded, depth: 1}}",
    "{extra: {kicker: Cascaded, depth: 1.0}}",
    "{faulty: withhold}",
    "{page: true}",
    "{data: bay, series: Ships}",
    "{section: sport}",
    "{places: [Quay]}",
    "{standfirst: From the desk.}",
];

fn index(bench: &mut Bench) -> String {
    let folder = bench.dice.one(&["", "news/", "news/abroad/", "morgue/", "letters/", "2024/"]);
    format!("content/{folder}_index.md")
}

/// Sets or removes a key of a file, which is made if it is not there.
fn said(bench: &mut Bench, path: &str, key: &str, values: &[&str]) -> Option<String> {
    let before = if bench.has(path) { bench.read(path) } else { "---\n---\n".to_owned() };
    let value = if bench.dice.once_in(5) { None } else { Some(bench.dice.one(values)) };
    let after = set(&before, key, value);
    (before != after).then(|| {
        bench.write(path, after);
        format!("{path}: {key}: {}", value.unwrap_or("(none)"))
    })
}

/// Gives a file one of several contents, or removes it.
pub fn replaced(bench: &mut Bench, path: &str, texts: &[&str]) -> Option<String> {
    if bench.has(path) && bench.dice.once_in(6) {
        bench.remove(path);
        return Some(format!("{path}: removed"));
    }
    let at = bench.dice.place(texts.len());
    if bench.has(path) && bench.read(path) == texts[at] {
        return None;
    }
    bench.write(path, texts[at]);
    Some(format!("{path}: version {at}"))
}
