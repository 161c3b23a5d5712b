//! What the head's values become, and what is said where about those that cannot be read.

use crate::model::config::{DateOrder, TextOptions};
use crate::model::diagnostic::{Position, Severity};

use super::{authors, date, diagnostics, options, parse, parse_with, tags};

fn with(keys: &str) -> crate::parse::prose::Prose {
    parse(&format!("Ferries return\n{keys}\n\nThe rest.\n"))
}

#[test]
fn a_date_that_cannot_be_read_is_an_error_at_its_place() {
    let prose =
        parse("Ferries return\r\n\r\n  PUBLISHED :  26 Octember 2017\r\nUPDATED: 32 October 2017\r\n\r\nThe rest.\r\n");
    assert_eq!(diagnostics(&prose), [("bad-date", 3, 16), ("bad-date", 4, 10)]);
    assert!(prose.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
    assert!(prose.diagnostics[0].message.contains("`Octember`"), "{}", prose.diagnostics[0].message);
    assert!(prose.diagnostics[1].message.contains("October has 31 days"), "{}", prose.diagnostics[1].message);
}

#[test]
fn line_ends_of_every_kind_count_as_one_line() {
    for end in ["\n", "\r\n", "\r"] {
        let prose = parse(&"Ferries return\n\nDATE: 26 Octember 2017\n".replace('\n', end));
        assert_eq!(diagnostics(&prose), [("bad-date", 3, 7)], "{end:?}");
    }
}

#[test]
fn a_contradicting_weekday_or_zone_is_a_warning_at_its_place() {
    let prose = with("PUBLISHED : Friday, 26 October, 2017, 12:54pm EST | UPDATED : Thu 27 Oct 2017");
    assert_eq!(diagnostics(&prose), [("weekday", 2, 13), ("zone", 2, 47), ("weekday", 2, 63)]);
    assert!(prose.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning));
    assert_eq!(date(&prose).as_deref(), Some("2017-10-26T12:54:00+08:00"));
}

#[test]
fn slashed_dates_follow_text_dates() {
    let prose = with("DATE: 04/10/2017");
    assert_eq!(diagnostics(&prose), [("bad-date", 2, 7)]);
    assert!(prose.diagnostics[0].message.contains("`text.dates`"));
    assert!(prose.diagnostics[0].hint.as_deref().is_some_and(|hint| hint.contains("text: {dates: dmy}")));
    for (order, expected) in [(DateOrder::DayFirst, "2017-10-04"), (DateOrder::MonthFirst, "2017-04-10")] {
        let options = options(TextOptions { dates: Some(order), ..TextOptions::default() });
        assert_eq!(date(&parse_with("Ferries return\nDATE: 04/10/2017\n", &options)).as_deref(), Some(expected));
    }
}

#[test]
fn authors_are_split_and_their_place_is_the_dateline() {
    for (value, names, place) in [
        ("The Copy Desk", vec!["The Copy Desk"], None),
        ("By The Copy Desk, and The City Desk", vec!["The Copy Desk", "The City Desk"], None),
        ("A, B & C; D and E", vec!["A", "B", "C", "D", "E"], None),
        ("The Copy Desk in Macau and The City Desk", vec!["The Copy Desk", "The City Desk"], Some("Macau")),
        ("THE COPY DESK AND THE CITY DESK IN MACAU", vec!["THE COPY DESK", "THE CITY DESK"], Some("MACAU")),
        ("A Desk in Macau and B Desk in Zhuhai", vec!["A Desk", "B Desk"], Some("Macau, Zhuhai")),
        ("Desk in charge", vec!["Desk in charge"], None),
    ] {
        let prose = with(&format!("BY : {value}"));
        assert_eq!(authors(&prose), names, "{value}");
        assert_eq!(prose.front.dateline.as_deref(), place, "{value}");
    }
}

#[test]
fn tags_and_keywords_add_up() {
    assert_eq!(tags(&with("TAGS : Harbour, Ferries\nKEYWORDS : ferries; tides,")), ["Harbour", "Ferries", "tides"]);
}

#[test]
fn a_source_is_a_name_an_address_or_both() {
    for (value, name, url) in [
        ("The Sample Post", Some("The Sample Post"), None),
        ("https://example.org/a?b=1", None, Some("https://example.org/a?b=1")),
        ("The Sample Post, https://example.org/a", Some("The Sample Post"), Some("https://example.org/a")),
        ("The Sample Post (http://example.org/)", Some("The Sample Post"), Some("http://example.org/")),
    ] {
        let prose = with(&format!("SOURCE : {value}"));
        let source = prose.front.source.expect("a source").value;
        assert_eq!((source.name.as_deref(), source.url.as_deref()), (name, url), "{value}");
    }
}

#[test]
fn a_section_is_a_path() {
    let section = |value: &str| with(&format!("SECTION : {value}")).front.section.map(|section| section.value);
    assert_eq!(section("News / Hong Kong").as_deref(), Some("news/hong-kong"));
    assert_eq!(section("Comment").as_deref(), Some("comment"));
    assert_eq!(section("///"), None);
}

#[test]
fn a_key_said_twice_is_an_error_that_shows_both_lines() {
    let prose = with("PUBLISHED : 26 Oct 2017\nDATE : 27 Oct 2017");
    assert_eq!(diagnostics(&prose), [("duplicate-key", 3, 8)]);
    let (first, _) = prose.diagnostics[0].other.as_ref().expect("a second place");
    assert_eq!(first.position, Some(Position::new(2, 13)));
    assert_eq!(diagnostics(&with("PUBLISHED : 26 Oct 2017\nDATE : 2017-10-26")), []);
}

#[test]
fn a_key_without_a_value_says_nothing() {
    let prose = with("PUBLISHED : 26 Oct 2017\nUPDATED :\nTAGS:");
    assert!(prose.front.updated.is_none() && prose.front.tags.is_none() && prose.diagnostics.is_empty());
}

#[test]
fn an_unknown_key_said_twice_is_a_list() {
    let prose = with("DATE : 2017-10-26\nTOPIC : Ferries\nTOPIC : Harbour\nTOPIC : Tides");
    assert_eq!(prose.front.extra["topic"], serde_json::json!(["Ferries", "Harbour", "Tides"]));
}

#[test]
fn every_value_knows_its_place() {
    let prose =
        parse("  Ferries return\n\nBoats are back\n\nPUBLISHED : 26 Oct 2017 | BY: The Copy Desk\n\nThe rest.\n");
    let place = |mark: &crate::model::diagnostic::Mark| mark.position.map(|at| (at.line, at.column));
    let front = &prose.front;
    assert_eq!(front.title.as_ref().and_then(|spot| place(&spot.mark)), Some((1, 3)));
    assert_eq!(front.standfirst.as_ref().and_then(|spot| place(&spot.mark)), Some((3, 1)));
    assert_eq!(front.date.as_ref().and_then(|spot| place(&spot.mark)), Some((5, 13)));
    assert_eq!(front.authors.as_ref().and_then(|spot| place(&spot.mark)), Some((5, 31)));
}
