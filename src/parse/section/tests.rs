//! `_index.md` files: keys, cascades, and the place of every mistake.

use super::*;
use crate::model::config::{Faulty, HtmlMode, TextOptions};
use crate::model::date::Zone;
use crate::model::path::SitePath;
use crate::model::shared::Shared;

fn options() -> ParseOptions {
    ParseOptions {
        timezone: Zone::utc(),
        defaults: FrontMatter::default(),
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: true,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

fn read(text: &str) -> Noted<SectionFile> {
    parse(&Source::new(SitePath::new("content/news/_index.md"), text.as_bytes()), &options())
}

#[test]
fn a_section_is_read_whole() {
    let noted = read(concat!(
        "\u{feff}---\ntitle: News\ndescription: What happened\nsort: weight\ntemplate: news.html\ndata: [tides]\n",
        "extra: {a: 1}\npagination: {size: 5}\ncascade:\n  tags: [News]\n  faulty: withhold\n---\n\nBody.\n",
    ));
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    let section = noted.value;
    assert_eq!(section.title.unwrap(), "News");
    assert_eq!((section.sort, section.page_size), (Sort::Weight, Some(5)));
    assert_eq!(section.body.html, "<p>Body.</p>\n");
    assert_eq!(section.cascade.tags.unwrap().value, ["News"]);
    assert_eq!(section.template.unwrap().value, "news.html");
    assert_eq!((section.data.unwrap().value, section.extra["a"].clone()), (vec!["tides".to_owned()], 1.into()));
    assert_eq!(read("Body alone.\n").value.body.html, "<p>Body alone.</p>\n");
}

#[test]
fn faults_are_located_in_the_file() {
    let noted = read("---\ntitle: News\nsrot: date\ntags: [a]\ncascade:\n  slug: x\n  draft: no\nsort: random\n---\n");
    let found: Vec<(Code, u32, u32)> = noted
        .diagnostics
        .iter()
        .map(|note| (note.code, note.mark.as_ref().unwrap().position.unwrap()))
        .map(|(code, at)| (code, at.line, at.column))
        .collect();
    let expected = [
        (Code::UnknownKey, 3, 1),
        (Code::UnknownKey, 4, 1),
        (Code::Cascade, 6, 3),
        (Code::WrongType, 7, 10),
        (Code::WrongType, 8, 7),
    ];
    assert_eq!(found, expected);
    assert_eq!(noted.diagnostics[0].hint.as_deref(), Some("did you mean `sort`?"));
    assert!(noted.diagnostics[1].hint.as_ref().unwrap().contains("`cascade:`"));
}
