//! Counting, cutting and matching, text in and answers out.

use crate::model::diagnostic::Mark;
use crate::model::path::SitePath;
use crate::model::tag::TagEntry;

use super::{Matcher, count, cut, match_tags};

fn tag(name: &str, phrases: &[&str]) -> TagEntry {
    TagEntry {
        name: name.to_owned(),
        slug: None,
        description: None,
        synonyms: Vec::new(),
        broader: Vec::new(),
        phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
        replaced_by: None,
        mark: Mark::file(&SitePath::new("content/tags.yaml")),
    }
}

#[test]
fn words_are_counted_and_characters_where_there_are_none() {
    assert_eq!(count("The well-known harbour, 3.5 km — it's wide."), 7);
    assert_eq!(count("維港兩岸。"), 4);
    assert_eq!(count("항구 도시"), 4);
    assert_eq!(count("港鐵 MTR 服務"), 5);
    assert_eq!(count(" … — \n"), 0);
}

#[test]
fn a_text_is_cut_at_a_words_end() {
    assert_eq!(cut("A short line", 12), "A short line");
    assert_eq!(cut("Ferries, buses and trams", 12), "Ferries…");
    assert_eq!(cut("Ferries\nand  trams", 40), "Ferries and trams");
    assert_eq!(cut("Ferries and trams", 12), "Ferries and…");
    assert_eq!(cut("渡輪與電車在海港兩岸行走", 6), "渡輪與電車…");
    assert_eq!(cut("incomprehensibilities", 8), "incompr…");
    assert_eq!(cut("anything", 0), "");
    assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 4), "e\u{301}…");
}

#[test]
fn a_tag_is_named_in_the_title_once_or_in_the_body_twice() {
    let vocabulary = [tag("Ferries", &["ferry", "ferries"]), tag("Trams", &["tram", "trams"])];
    let tags = |title, standfirst, body| match_tags(&vocabulary, title, standfirst, body);
    assert_eq!(tags("All trams and ferries", "", ""), ["Ferries", "Trams"]);
    assert_eq!(tags("", "A TRAM again", ""), ["Trams"]);
    assert_eq!(tags("", "", "One ferry leaves, no more"), [""; 0]);
    assert_eq!(tags("", "", "One ferry leaves; other ferries stay"), ["Ferries"]);
}

#[test]
fn only_whole_words_name_a_tag() {
    let vocabulary = [tag("Art", &["art"]), tag("C", &["C"]), tag("C++", &["C++"]), tag("Été", &["été"])];
    let tags = |title| match_tags(&vocabulary, title, "", "");
    assert_eq!(tags("Parts and starting artists"), [""; 0]);
    assert_eq!(tags("The art’s price"), ["Art"]);
    assert_eq!(tags("Written in C++"), ["C++"]);
    assert_eq!(tags("Written in C, not C#"), ["C"]);
    assert_eq!(tags("L’E\u{301}TE\u{301} est là"), ["Été"]);
}

#[test]
fn phrases_span_line_ends_and_cjk_needs_no_word_boundary() {
    let vocabulary = [tag("Hong Kong", &["Hong Kong", "香港"]), tag("Σίσυφος", &["ΣΊΣΥΦΟΣ"])];
    assert_eq!(match_tags(&vocabulary, "Hong\nKong waits", "", ""), ["Hong Kong"]);
    assert_eq!(match_tags(&vocabulary, "在香港島上", "", ""), ["Hong Kong"]);
    assert_eq!(match_tags(&vocabulary, "ο Σίσυφος", "", ""), ["Σίσυφος"]);
}

#[test]
fn overlapping_phrases_of_one_tag_count_once() {
    let vocabulary = [tag("Police", &["police", "police force"]), tag("Force", &["force"])];
    let matcher = Matcher::new(&vocabulary);
    assert_eq!(matcher.tags("", "", "the police force"), [""; 0]);
    assert_eq!(matcher.tags("", "", "the police force is a police force"), ["Police", "Force"]);
}

#[test]
fn an_empty_vocabulary_finds_nothing() {
    assert_eq!(match_tags(&[], "title", "", "text text"), [""; 0]);
    assert_eq!(match_tags(&[tag("Empty", &["", " "])], "title", "", "text text"), [""; 0]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn a_cut_keeps_its_limit_and_its_text(text in "(\\PC|[ \u{301}漢]){0,60}", limit in 1_usize..40) {
        let short = cut(&text, limit);
        proptest::prop_assert!(short.chars().count() <= limit);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        proptest::prop_assert!(line.starts_with(short.strip_suffix('…').unwrap_or(&short)) || short == line);
    }

    #[test]
    fn no_text_makes_matching_panic(text in "\\PC{0,60}", phrase in "\\PC{0,6}") {
        let _ = match_tags(&[tag("Any", &[&phrase])], &text, &text, &text);
        let _ = count(&text);
    }
}
