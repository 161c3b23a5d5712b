//! Whatever is written where structured text is read: no panic, and every diagnostic has a place in the file and a hint.

use byline::model::article::ParseOptions;
use byline::model::config::{Faulty, HtmlMode, TextOptions};
use byline::model::date::Zone;
use byline::model::diagnostic::Diagnostic;
use byline::model::front_matter::FrontMatter;
use byline::model::path::SitePath;
use byline::model::shared::Shared;
use byline::model::source::Source;
use byline::parse::{article, config, data, people, section, theme, vocabulary};
use proptest::prelude::*;

/// Keys of all files, so that each reader meets its own and others'.
const KEYS: &[&str] = &[
    "title",
    "standfirst",
    "date",
    "authors",
    "tags",
    "taxonomies",
    "section",
    "slug",
    "url",
    "aliases",
    "series",
    "draft",
    "image",
    "source",
    "corrections",
    "lang",
    "template",
    "data",
    "extra",
    "text",
    "html",
    "faulty",
    "weight",
    "menus",
    "feeds",
    "pagination",
    "permalink",
    "timezone",
    "base_url",
    "options",
    "queries",
    "name",
    "theme_api",
    "cascade",
    "sort",
    "<<",
    "role",
    "match",
    "deprecated",
    "use",
    "synonyms",
    "broader",
    "bio",
    "links",
];

const SCALARS: &[&str] = &[
    "",
    "null",
    "true",
    "12",
    "1.5e9",
    "*a",
    "&a x",
    "!t x",
    "2017-10-26",
    "'it''s'",
    "\"q\\u0000\"",
    "a: b",
    "-0x1",
    ".inf",
    "{",
    "]",
    "|\n  x\n",
    "\t",
];

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![prop::sample::select(SCALARS).prop_map(str::to_owned), "\\PC{0,12}"];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(", ")));
        let entries = prop::collection::vec((prop::sample::select(KEYS), inner), 0..5);
        let map = entries.prop_map(|entries| {
            let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{{{}}}", entries.join(", "))
        });
        prop_oneof![list, map]
    })
}

fn options() -> ParseOptions {
    ParseOptions {
        timezone: Zone::utc(),
        defaults: FrontMatter::default(),
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: false,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: vec!["topics".to_owned()],
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

fn check(notes: &[Diagnostic], text: &str) {
    for note in notes {
        assert!(note.hint.is_some(), "{note:?}");
        let Some(at) = note.mark.as_ref().and_then(|mark| mark.position) else { continue };
        assert!(at.line >= 1 && at.column >= 1, "{note:?}");
        let line = text.split('\n').nth(at.line as usize - 1);
        let length = line.map(|line| line.chars().count());
        assert!(length.is_some_and(|length| at.column as usize <= length + 1), "{note:?} does not lie in {text:?}");
    }
}

fn source(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path), text.as_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn every_note_lies_in_its_file(
        entries in prop::collection::vec((prop::sample::select(KEYS), value()), 0..8),
        rest in "\\PC{0,20}",
    ) {
        let yaml: String = entries.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        let yaml = format!("{yaml}{rest}\n");
        let toml = yaml.replace(": ", " = ");
        for text in [format!("---\n{yaml}---\nBody\n"), format!("+++\n{toml}+++\nBody\n"), format!("{{\"a\": {yaml}}}")] {
            check(&article::parse(&source("content/a.md", &text), None, &options()).diagnostics, &text);
            check(&section::parse(&source("content/_index.md", &text), &options()).diagnostics, &text);
        }
        check(&config::parse(&source("site.yaml", &yaml)).diagnostics, &yaml);
        check(&people::parse(&source("content/authors.yaml", &yaml)).diagnostics, &yaml);
        check(&vocabulary::parse(&source("content/tags.yaml", &yaml)).diagnostics, &yaml);
        check(&theme::parse(&source("themes/a/theme.yaml", &yaml)).diagnostics, &yaml);
    }

    #[test]
    fn any_bytes_come_to_a_value_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for path in ["data/a.yaml", "data/a.toml", "data/a.json", "data/a.csv"] {
            let noted = data::parse(&Source::new(SitePath::new(path), bytes.clone()));
            prop_assert_eq!(noted.value.is_none(), !noted.diagnostics.is_empty());
        }
        for encoding in ["utf-8", "gb18030", "utf-16le", "shift_jis", "iso-2022-jp", "replacement"] {
            let mut options = options();
            options.text.encoding = Some(encoding.to_owned());
            let parsed = article::parse(&Source::new(SitePath::new("content/a.txt"), bytes.clone()), None, &options);
            prop_assert!(parsed.article.is_some() || !parsed.diagnostics.is_empty());
        }
    }
}
