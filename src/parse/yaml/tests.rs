//! YAML: kinds, places, and what its mistakes are explained to be.

use super::*;
use crate::model::path::SitePath;

fn path() -> SitePath {
    SitePath::new("content/a.md")
}

/// Reads text that begins on the file's second line.
fn parse(text: &str) -> Noted<Option<Node>> {
    read(&Excerpt::new(&path(), text, 2))
}

fn map(text: &str) -> Vec<Entry> {
    let noted = parse(text);
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    match noted.value.unwrap().kind {
        Kind::Map(entries) => entries,
        other => panic!("not a mapping: {other:?}"),
    }
}

/// The only fault of a text: message, line, column, hint.
fn fault(text: &str) -> (String, u32, u32, String) {
    let noted = parse(text);
    assert_eq!(noted.diagnostics.len(), 1, "{text:?}: {:?}", noted.diagnostics);
    let note = &noted.diagnostics[0];
    let at = note.mark.as_ref().unwrap().position.unwrap();
    (note.message.clone(), at.line, at.column, note.hint.clone().unwrap())
}

#[test]
fn scalars_keep_their_kinds_and_numbers_their_text() {
    let entries =
        map("a: null\nb: true\nc: 12\nd: 1.50\ne: no\nf: 2017-10-26\ng: '1'\nh: 99999999999999999999\ni: 007\nj:\n");
    let kinds: Vec<Kind> = entries.into_iter().map(|entry| entry.value.kind).collect();
    assert_eq!(kinds[0], Kind::Null);
    assert_eq!(kinds[1], Kind::Bool(true));
    assert_eq!(kinds[2], Kind::Integer(12, "12".into()));
    assert_eq!(kinds[3], Kind::Float(1.5, "1.50".into()));
    assert_eq!(kinds[4], Kind::Text("no".into()));
    assert_eq!(kinds[5], Kind::Text("2017-10-26".into()));
    assert_eq!(kinds[6], Kind::Text("1".into()));
    assert!(matches!(&kinds[7], Kind::Float(_, text) if &**text == "99999999999999999999"));
    assert_eq!(kinds[8], Kind::Text("007".into()));
    assert_eq!(kinds[9], Kind::Null);
}

#[test]
fn every_value_knows_its_place() {
    let entries = map("é: x\nlist: [a, {b: c}]\nblock:\n  - one\n  - k: v\nlong: |\n  text\n");
    assert_eq!((entries[0].at, entries[0].value.at), (Position::new(2, 1), Position::new(2, 4)));
    let Kind::List(items) = &entries[1].value.kind else { panic!() };
    assert_eq!((items[0].at, items[1].at), (Position::new(3, 8), Position::new(3, 11)));
    let Kind::List(items) = &entries[2].value.kind else { panic!() };
    assert_eq!((items[0].at, items[1].at), (Position::new(5, 5), Position::new(6, 5)));
    assert_eq!(entries[3].value.at, Position::new(7, 7));
}

#[test]
fn anchors_aliases_merges_and_tags_are_read() {
    let entries = map("base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\nagain: *b\nown: !thing text\n");
    assert_eq!(entries[1].value.clone().into_json(), serde_json::json!({"y": 3, "x": 1}));
    assert_eq!(entries[2].value.at, Position::new(6, 8));
    assert_eq!(entries[2].value.clone().into_json(), serde_json::json!({"x": 1, "y": 2}));
    assert_eq!(entries[3].value.kind, Kind::Text("text".into()));
}

#[test]
fn all_duplicates_are_shown_with_both_places() {
    let noted = parse("a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\n");
    let places: Vec<_> = noted
        .diagnostics
        .iter()
        .map(|note| (note.mark.as_ref().unwrap().position.unwrap(), note.other.as_ref().unwrap().0.position.unwrap()))
        .collect();
    assert!(places.contains(&(Position::new(4, 1), Position::new(2, 1))), "{places:?}");
    assert!(places.contains(&(Position::new(5, 11), Position::new(5, 5))), "{places:?}");
    assert!(noted.diagnostics.iter().all(|note| note.code == Code::DuplicateKey));
    assert!(matches!(noted.value.unwrap().kind, Kind::Map(entries) if entries.len() == 3));
}

#[test]
fn a_colon_in_a_title_says_to_quote_it() {
    let (message, line, column, hint) = fault("draft: true\ntitle: Foo: bar\n");
    assert_eq!((line, column), (3, 11));
    assert_eq!(message, "a colon followed by a blank stands in a value without quotes");
    assert_eq!(hint, "put the value in quotes: `title: \"Foo: bar\"`");
}

#[test]
fn what_stood_before_a_syntax_error_is_kept() {
    let noted = parse("draft: no\ntitle: Foo: bar\n");
    assert!(matches!(noted.value.unwrap().kind, Kind::Map(entries) if entries[0].key == "draft"));
}

#[test]
fn a_tab_is_named() {
    let (message, line, column, _) = fault("image:\n\tsrc: a.png\n");
    assert_eq!((message.as_str(), line, column), ("a tab is used for indentation", 3, 1));
}

#[test]
fn an_unclosed_quote_is_shown_where_it_opens() {
    let (message, line, column, _) = fault("a: 1\ntitle: \"Foo\ntags: [a]\nb: 2\n");
    assert_eq!((message.as_str(), line, column), ("the quote `\"` that opens here is never closed", 3, 8));
}

#[test]
fn other_slips_explain_themselves() {
    let (message, line, column, hint) = fault("title: @home\n");
    assert_eq!((message.as_str(), line, column), ("a value cannot begin with `@`", 2, 8));
    assert_eq!(hint, "put the value in quotes: `title: \"@home\"`");
    let (message, line, _, hint) = fault("title: [Draft] Foo\n");
    assert_eq!((message.as_str(), line), ("text follows a value that begins with `[`", 2));
    assert!(hint.contains("`title: \"[Draft] Foo\"`"), "{hint}");
    let (message, line, _, hint) = fault("title: 'It's here'\n");
    assert_eq!((message.as_str(), line), ("text follows the closing quote", 2));
    assert!(hint.contains("`''`"));
    let (message, _, _, hint) = fault("title: *Foo\n");
    assert!(message.contains("alias") && hint.contains("\"*Foo\""), "{message} {hint}");
    let (message, line, _, _) = fault("tags: [a, b\ntitle: x\n");
    assert!(message.contains("`]`"), "{message}");
    assert_eq!(line, 3);
    let (message, _, _, _) = fault("a: 1\n---\nb: 2\n");
    assert!(message.contains("more than one"), "{message}");
    let (message, line, column, _) = fault("title: a\u{7}b\n");
    assert_eq!((message.as_str(), line, column), ("the control character U+0007 is not allowed in YAML", 2, 9));
    let (message, line, column, _) = fault("title: {{ page.title }}\n");
    assert!(message.starts_with("a key must be text"), "{message}");
    assert_eq!((line, column), (2, 9));
}

#[test]
fn bombs_and_depths_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let last = level - 1;
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{last}"); 9].join(", ")));
    }
    let (message, ..) = fault(&bomb);
    assert!(message.contains("aliases"), "{message}");
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(30_000), vec!["*a"; 10_000].join(", "));
    assert!(fault(&long).0.contains("aliases"));
    let deep = format!("a: {}{}\n", "[".repeat(60), "]".repeat(60));
    let (message, line, column, _) = fault(&deep);
    assert_eq!((message.as_str(), line), ("values are nested more than 32 levels deep", 2));
    assert_eq!(column, 4 + 31);
    assert_eq!(parse(&format!("a: &a [{}*a]\n", "*a,".repeat(3))).diagnostics.len(), 1);
}

#[test]
fn separators_of_lines_do_not_shift_places() {
    let entries = map("a: x\u{2028}y\nb: 1\n");
    assert_eq!(entries[1].at, Position::new(3, 1));
}

#[test]
fn faults_behind_a_colon_are_found_in_the_same_run() {
    let noted = parse("title: Foo: bar\ndraft: no\nsource: a: b: c\ndraft: yes\n");
    let found: Vec<(Code, Position)> =
        noted.diagnostics.iter().map(|note| (note.code, note.mark.as_ref().unwrap().position.unwrap())).collect();
    let expected = [
        (Code::DuplicateKey, Position::new(5, 1)),
        (Code::Yaml, Position::new(2, 11)),
        (Code::Yaml, Position::new(4, 10)),
    ];
    assert_eq!(found[..3], expected);
    assert!(matches!(noted.value.unwrap().kind, Kind::Map(entries) if entries.len() == 3));
}

#[test]
fn numbers_on_a_long_line_cost_no_more_than_their_length() {
    let text = format!("a: [{}]\n", vec!["1.50"; 200_000].join(","));
    let Kind::List(items) = map(&text).remove(0).value.kind else { panic!() };
    assert_eq!(items.last().unwrap().kind, Kind::Float(1.5, "1.50".into()));
}
