//! Edits that make a site faulty: nothing may be published then.

use crate::articles::articles;
use crate::edit::{Kind, set};

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("a fault in an article", 3, |bench| {
        let files = articles(bench, &["md", "html"]);
        let path = bench.pick(files)?;
        let (key, values): (_, &[&str]) = match bench.dice.below(4) {
            0 => ("draft", &["no", "1"]),
            1 => ("date", &["2024-02-30", "soon"]),
            2 => ("tags", &["{a: 1}", "[a"]),
            _ => ("template", &["nowhere.html"]),
        };
        let value = bench.dice.one(values).to_owned();
        let text = set(&bench.read(&path), key, Some(&value));
        bench.write(&path, text);
        Some(format!("{path}: {key}: {value}"))
    }),
    Kind::of("bytes that are no text", 2, |bench| {
        let files = articles(bench, &["md", "html", "txt"]);
        let path = bench.pick(files)?;
        let mut bytes = bench.read(&path).into_bytes();
        bytes.extend([0xff, 0xfe, b'\n']);
        bench.write(&path, bytes);
        Some(format!("{path}: bytes that are no text"))
    }),
    Kind::of("a fault in a template", 2, |bench| {
        let path =
            bench.dice.one(&["templates/article.html", "templates/tag.html", "themes/daily/templates/base.html"]);
        let text = bench.dice.one(&[
            "{% extends \"nowhere.html\" %}",
            "{% if %}",
            "{{ nothing.at.all }}",
            "{{ <no_such /> }}",
        ]);
        bench.write(path, text);
        Some(format!("{path}: {text}"))
    }),
    Kind::of("a fault in site.yaml", 2, |bench| {
        let line = bench.dice.one(&[
            "colour: red\n",
            "theme: nowhere\n",
            "timezone: Nowhere/At_All\n",
            "pagination: {size: 0}\n",
        ]);
        let key = line.split(':').next()?;
        let text = set(&bench.read("site.yaml"), key, None) + line;
        bench.write("site.yaml", text);
        Some(format!("site.yaml: {}", line.trim()))
    }),
    Kind::of("a fault in another file", 2, |bench| {
        let (path, text) = [
            ("content/authors.yaml", "a: [\n"),
            ("content/tags.yaml", "Harbour: {synonyms: [Ferry]}\nFerry: {synonyms: [Harbour]}\n"),
            ("data/bay.yaml", "depth: [\n"),
            ("data/bay.json", "{}\n"),
            ("content/news/_index.md", "---\ncascade: {title: no}\n---\n"),
            ("permalinks.txt", "/never/served/\n"),
        ][bench.dice.place(6)];
        bench.write(path, text);
        Some(format!("{path}: {text:?}"))
    }),
    Kind::of("two claim one address", 2, |bench| {
        let files = articles(bench, &["md"]);
        let path = bench.pick(files)?;
        let text = set(&bench.read(&path), "url", Some("/about/"));
        bench.write(&path, text);
        Some(format!("{path}: url: /about/"))
    }),
];
