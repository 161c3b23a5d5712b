//! The body: paragraphs, escaping, links, captions and cross-references.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use crate::model::body::{HoleKind, LinkKind, fold_title};
use crate::model::config::TextOptions;
use crate::model::diagnostic::Position;
use crate::model::escape;

use super::{body, long_line, options, parse, parse_with, title};

/// The HTML of one paragraph of body.
fn html(paragraph: &str) -> String {
    parse(&format!("Ferries return\n\n{paragraph}\n")).body.html
}

#[test]
fn a_line_over_120_characters_makes_every_line_a_paragraph() {
    for (length, paragraphs) in [(120, 1), (121, 2)] {
        let prose = parse(&format!("Ferries return\n\n{}\nA second line.\n", "x".repeat(length)));
        assert_eq!(body(&prose).len(), paragraphs, "{length}");
    }
    let long = "維".repeat(121);
    assert_eq!(body(&parse(&format!("Ferries return\n{long}\n  A third line.  \n"))), [&long, "A third line."]);
}

#[test]
fn otherwise_blank_lines_separate_and_lines_join_with_a_space() {
    let prose = parse("Ferries\nreturn\n \t \nThey came\n  back.\n\n\nNobody knew.\n");
    assert_eq!(title(&prose), Some("Ferries return"));
    assert_eq!(prose.body.html, "<p>They came back.</p>\n<p>Nobody knew.</p>\n");
    assert_eq!(body(&parse("標題\n\n渡輪今早\n復航。\n早上 MTR\n照常。\n")), ["渡輪今早復航。早上 MTR 照常。"]);
    assert_eq!(body(&parse("제목\n\n배가\n왔다\n")), ["배가 왔다"]);
}

#[test]
fn nothing_is_markup_and_every_character_is_escaped() {
    assert_eq!(
        html("<script>alert(1)</script> & *stars* # _x_ [a](b) {{ c }}"),
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; *stars* # _x_ [a](b) {{ c }}</p>\n"
    );
    let prose = parse("A <b>headline</b>\n\nThe rest.\n");
    assert_eq!(title(&prose), Some("A <b>headline</b>"));
}

#[test]
fn control_characters_are_dropped() {
    let prose = parse("Ferries\u{1} return\n\nThey\u{0} came\u{b}back\u{7f}.\n");
    assert_eq!((title(&prose), prose.text.as_str()), (Some("Ferries return"), "They came back."));
    assert_eq!(prose.diagnostics, []);
}

#[test]
fn bare_addresses_link_without_the_punctuation_after_them() {
    for (text, address, after) in [
        ("See https://example.org/a.", "https://example.org/a", "."),
        ("(see http://example.org/a_(b))", "http://example.org/a_(b)", ")"),
        ("HTTP://EXAMPLE.ORG, and", "HTTP://EXAMPLE.ORG", ", and"),
        ("見https://example.org/查詢。好", "https://example.org/查詢", "。好"),
        ("https://example.org/?a=1&b=2!", "https://example.org/?a=1&b=2", "!"),
        ("“https://example.org/” he", "https://example.org/", "” he"),
    ] {
        let link = format!("<a href=\"{}\">{}</a>{after}</p>", escape::to_attribute(address), escape::to_text(address));
        assert!(html(text).contains(&link), "{text}: {}", html(text));
    }
    for text in ["xhttp://example.org", "https://", "http://.", "javascript://example.org", "://"] {
        assert!(!html(text).contains("<a"), "{text}");
    }
}

#[test]
fn a_paragraph_that_may_be_a_title_becomes_a_cross_reference() {
    let prose = parse("Ferries return\n\nRead: Why the Trams Stopped…\n\nSee it now\n\nAll is well again\n");
    let targets: Vec<_> = prose.links.iter().map(|link| (&*link.target, link.kind, link.position)).collect();
    assert_eq!(
        targets,
        [
            ("read why the trams stopped", LinkKind::CrossReference, Position::new(3, 1)),
            ("all is well again", LinkKind::CrossReference, Position::new(7, 1)),
        ]
    );
    assert_eq!(prose.body.html, "<p>Read: Why the Trams Stopped…</p>\n<p>See it now</p>\n<p>All is well again</p>\n");
    let holes: Vec<_> = prose.body.holes.iter().map(|hole| (hole.at, hole.link, hole.kind.clone())).collect();
    assert_eq!(
        holes,
        [
            (3, 0, HoleKind::Open(" class=\"crossref\"".into())),
            (33, 0, HoleKind::Close),
            (59, 1, HoleKind::Open(" class=\"crossref\"".into())),
            (76, 1, HoleKind::Close),
        ]
    );
}

#[test]
fn a_cross_reference_has_four_words_or_eight_characters_and_at_most_300() {
    for (text, refers) in [
        ("Three words only", false),
        ("Four words are enough", true),
        ("渡輪今早復航了", false),
        ("渡輪今早復航了嗎", true),
        (&format!("{} x x x", "y".repeat(294)), true),
        (&format!("{} x x x", "y".repeat(295)), false),
        ("See the story at https://example.org/a", false),
        ("— — — —", false),
    ] {
        let prose = parse(&format!("Ferries return\n\n{text}\n"));
        assert_eq!(prose.links.len(), usize::from(refers), "{text}");
        assert_eq!(prose.body.holes.len(), 2 * usize::from(refers), "{text}");
    }
}

#[test]
fn dropped_paragraphs_are_left_out() {
    let options = options(TextOptions {
        drop: vec!["Advertisement".to_owned(), "Read  more below".to_owned()],
        ..TextOptions::default()
    });
    let prose =
        parse_with("ADVERTISEMENT\n\nFerries return\n\nText.\n\nRead more\nBELOW\n\nAdvertisements work.\n", &options);
    assert_eq!(title(&prose), Some("Ferries return"));
    assert_eq!(body(&prose), ["Text.", "Advertisements work."]);
}

#[test]
fn a_caption_is_marked_and_loses_its_prefix() {
    let options = options(TextOptions { caption: Some("Photo:".to_owned()), ..TextOptions::default() });
    let prose = parse_with("Ferries return\n\nPHOTO: The boats & all who sail\n\nText.\n\nPhotograph\n", &options);
    assert_eq!(
        prose.body.html,
        "<p class=\"caption\">The boats &amp; all who sail</p>\n<p>Text.</p>\n<p>Photograph</p>\n"
    );
    assert_eq!((prose.summary.as_str(), prose.links.len()), ("Text.", 0));
    let beside_keys = parse_with("Ferries return\nDate: 2017-10-26\nPhoto: The boats\n\nText.\n", &options);
    assert!(beside_keys.body.html.starts_with("<p class=\"caption\">The boats</p>"), "{}", beside_keys.body.html);
}

#[test]
fn the_summary_is_the_first_paragraph_cut_at_a_words_end() {
    let prose = parse(&format!("Ferries return\n\n{}\n\nThe end.\n", long_line()));
    assert!(prose.summary.chars().count() <= 200 && prose.summary.ends_with('…'), "{}", prose.summary);
    assert_eq!(parse("Ferries return\n\nShort.\n\nMore.\n").summary, "Short.");
}

#[test]
fn paragraphs_are_known_by_their_folded_text() {
    let digests = parse("Ferries return\n\nSign up here!\n\nSIGN UP HERE\n\nOther\n").paragraphs;
    assert_eq!(digests.len(), 3);
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}

/// The text of HTML that has no markup but `p` and `a`.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<').skip(1) {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", shaped in "([A-Za-z:|.,&<>/ 26\n\r漢]|By |http://|DATE : |TAGS : |\n\n){0,60}") {
        let options = options(TextOptions {
            drop: vec!["a".to_owned()],
            caption: Some("By".to_owned()),
            ..TextOptions::default()
        });
        for text in [text, shaped] {
            let prose = parse_with(&text, &options);
            for hole in &prose.body.holes {
                prop_assert!(prose.body.html.is_char_boundary(hole.at as usize));
                prop_assert!((hole.link as usize) < prose.links.len());
            }
        }
    }

    #[test]
    fn every_character_of_text_is_escaped(words in "[a-z<>&\"'=/:. é漢]{1,80}") {
        // Between two paragraphs of the body, so that even `by:` is no line of the head or of a last block of keys.
        let prose = parse(&format!("Ferries return\n\nTAGS : Harbour\n\nThey sail.\n\n{words}\n\nThey call.\n"));
        let shown = text_of(&prose.body.html);
        let paragraph = if words.trim().is_empty() { String::new() } else { format!("{}\n", words.trim()) };
        prop_assert_eq!(shown, format!("They sail.\n{paragraph}They call.\n"));
        let open = prose.body.html.matches('<').count();
        let tags: usize = ["<p>", "</p>", "<a href=\"", "</a>"].iter().map(|tag| prose.body.html.matches(tag).count()).sum();
        prop_assert_eq!(open, tags);
        for link in &prose.links {
            prop_assert_eq!(&*link.target, fold_title(&words));
        }
    }
}
