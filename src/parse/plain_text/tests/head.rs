//! Headline, standfirst, key block and byline: where the head ends.

use super::{authors, body, date, diagnostics, long_line, parse, standfirst, tags, title};

const BLOCK: &str = "PUBLISHED : Thursday, 26 October, 2017, 12:54pm\nUPDATED : Thursday, 26 October, 2017, 1:30pm\n";

#[test]
fn without_a_block_the_first_paragraph_is_the_headline_and_the_rest_is_body() {
    let prose = parse("Ferries return\n\nThey came back at noon.\n\nNobody knew why.\n");
    assert_eq!(title(&prose), Some("Ferries return"));
    assert_eq!(standfirst(&prose), None);
    assert_eq!(body(&prose), ["They came back at noon.", "Nobody knew why."]);
    assert_eq!(prose.first_line.as_deref(), Some("Ferries return"));
    assert_eq!(diagnostics(&prose), []);
}

#[test]
fn headline_standfirst_and_block_are_told_apart() {
    let long = long_line();
    for gap in ["\n", "\n\n"] {
        let text =
            format!("Ferries return\nBoats are back on the harbour\n{BLOCK}{long}\nThe end.\n").replace('\n', gap);
        let prose = parse(&text);
        assert_eq!(title(&prose), Some("Ferries return"));
        assert_eq!(standfirst(&prose), Some("Boats are back on the harbour"));
        assert_eq!(date(&prose).as_deref(), Some("2017-10-26T12:54:00+08:00"));
        assert_eq!(prose.front.updated.as_ref().map(|spot| spot.value.civil().hour()), Some(13));
        assert_eq!(body(&prose), [long.as_str(), "The end."]);
        assert_eq!(diagnostics(&prose), []);
    }
}

#[test]
fn a_key_line_always_stands_alone() {
    let prose = parse(&format!("Ferries\nreturn\n{BLOCK}They came\nback.\n"));
    assert_eq!(title(&prose), Some("Ferries return"));
    assert!(date(&prose).is_some() && prose.front.updated.is_some());
    assert_eq!(body(&prose), ["They came back."]);
}

#[test]
fn the_standfirst_is_one_paragraph_and_more_is_body() {
    let prose = parse(&format!("Ferries return\n\nBoats are back\n\nA second thought\n\n{BLOCK}\nThe rest.\n"));
    assert_eq!(standfirst(&prose), Some("Boats are back"));
    assert_eq!(body(&prose), ["A second thought", "The rest."]);
}

#[test]
fn a_standfirst_has_at_most_400_characters() {
    for (length, is_standfirst) in [(400, true), (401, false)] {
        let text = "é".repeat(length);
        let prose = parse(&format!("Ferries return\n{text}\n{BLOCK}The rest.\n"));
        assert_eq!(standfirst(&prose).is_some(), is_standfirst, "{length}");
        assert_eq!(body(&prose).len(), if is_standfirst { 1 } else { 2 });
    }
}

#[test]
fn the_block_lies_within_the_first_eight_paragraphs() {
    for (before, is_block) in [(7, true), (8, false)] {
        let text = format!("{}DATE: 2017-10-26\n\nThe rest.\n", "A paragraph\n\n".repeat(before));
        let prose = parse(&text);
        assert_eq!(date(&prose).is_some(), is_block, "{before}");
        assert_eq!(standfirst(&prose).is_some(), is_block, "{before}");
    }
}

#[test]
fn keys_are_read_in_any_case_with_any_space_around_the_colon() {
    for key in ["PUBLISHED : ", "Published:", "date   :   ", "Date\t:\t", "DATE：", "date:"] {
        let prose = parse(&format!("Ferries return\n\n{key}2017-10-26\n\nThe rest.\n"));
        assert_eq!(date(&prose).as_deref(), Some("2017-10-26"), "{key}");
    }
    for key in ["UPDATED", "Last updated", "LAST  UPDATED", "last_updated"] {
        let prose = parse(&format!("Ferries return\n\n{key}: 2017-10-26\n\nThe rest.\n"));
        assert!(prose.front.updated.is_some(), "{key}");
    }
    for key in ["By", "AUTHOR", "Authors", "AUTHOR(S)", "Author (s)"] {
        let prose = parse(&format!("Ferries return\n\n{key}: The Copy Desk\n\nThe rest.\n"));
        assert_eq!(authors(&prose), ["The Copy Desk"], "{key}");
    }
    for key in ["Tags", "KEYWORDS"] {
        assert_eq!(tags(&parse(&format!("Ferries return\n{key}: a; b\n"))), ["a", "b"], "{key}");
    }
}

#[test]
fn two_keys_on_one_line_are_split_by_a_bar() {
    let prose =
        parse("Ferries return\nPUBLISHED : 26 Oct 2017 | TAGS : harbour, ferries | BY : The Copy Desk\nThe rest.\n");
    assert_eq!(date(&prose).as_deref(), Some("2017-10-26"));
    assert_eq!(tags(&prose), ["harbour", "ferries"]);
    assert_eq!(authors(&prose), ["The Copy Desk"]);
    assert_eq!(tags(&parse("Ferries return\nTAGS : harbour | ferries\n")), ["harbour", "ferries"]);
}

#[test]
fn unknown_keys_beside_a_known_one_go_to_extra_with_a_warning() {
    let prose = parse("Ferries return\nEDITION : Late\nPUBLISHED : 2017-10-26\nUPDATE : none\n\nNote: this is text.\n");
    assert_eq!(prose.front.extra["edition"], "Late");
    assert_eq!(prose.front.extra["update"], "none");
    assert_eq!(diagnostics(&prose), [("unknown-key", 2, 1), ("unknown-key", 4, 1)]);
    let hint = prose.diagnostics[1].hint.as_deref().unwrap_or_default();
    assert!(hint.contains("did you mean `UPDATED`"), "{hint}");
    assert_eq!(body(&prose), ["Note: this is text."]);
}

#[test]
fn a_block_needs_a_known_key() {
    let prose = parse("Ferries return\n\nEDITION : Late\n\nThe rest.\n");
    assert_eq!(body(&prose), ["EDITION : Late", "The rest."]);
    assert!(prose.front.extra.is_empty());
}

#[test]
fn a_sentence_with_a_colon_after_the_block_is_body() {
    let long = long_line();
    let prose = parse(&format!(
        "Ferries return\n{BLOCK}HONG KONG: The ferries came back in the night, their crews said.\n{long}\n"
    ));
    assert_eq!(body(&prose).len(), 2);
    assert_eq!(diagnostics(&prose), []);
}

#[test]
fn a_last_paragraph_of_key_lines_counts_too() {
    let long = long_line();
    let wrapped = "Ferries return\n\nThey came back.\n\nTAGS : harbour\nSOURCE : The Sample Post\n";
    let one_line_each = format!("Ferries return\n{long}\nThey came back.\nTAGS : harbour\nSOURCE : The Sample Post\n");
    let spaced = one_line_each.replace('\n', "\n\n");
    for text in [wrapped, &one_line_each, &spaced] {
        let prose = parse(text);
        assert_eq!(tags(&prose), ["harbour"], "{text}");
        assert!(prose.front.source.is_some(), "{text}");
        assert_eq!(body(&prose).last(), Some(&"They came back."), "{text}");
    }
    let prose = parse("Ferries return\n\nThey came back.\nTAGS : harbour\n");
    assert_eq!(tags(&prose), ["harbour"], "within the head a key line always stands alone");
    assert_eq!((standfirst(&prose), body(&prose)), (None, vec!["They came back."]));
    let far = format!("{}They came back.\nTags : harbour\n", "A paragraph\n\n".repeat(9));
    assert_eq!(tags(&parse(&far)), [""; 0], "a key line that ends a paragraph of text is text");
}

#[test]
fn a_headline_with_a_colon_is_a_headline() {
    for headline in ["Updated: the harbour's new rules", "Source: ministers to quit", "By the book: a harbour's rules"]
    {
        let prose = parse(&format!("{headline}\n\nThe story.\n\nMore of it.\n"));
        assert_eq!(title(&prose), Some(headline));
        let prose = parse(&format!("{headline}\nPublished: 2017-10-26\nThe story.\n"));
        assert_eq!((title(&prose), date(&prose).as_deref()), (Some(headline), Some("2017-10-26")));
    }
}

#[test]
fn a_byline_in_the_head_names_the_authors() {
    for text in [
        format!("Ferries return\nBy The Copy Desk and The City Desk in Hong Kong\n{BLOCK}The rest.\n"),
        format!("Ferries return\n{BLOCK}By The Copy Desk and The City Desk in Hong Kong\nThe rest.\n"),
        format!("Ferries return\n{BLOCK}By The Copy Desk & The City Desk in Hong Kong\nTAGS : harbour\nThe rest.\n"),
        format!("Ferries return\n\n{BLOCK}\nBY The Copy Desk, The City Desk in Hong Kong\n\nThe rest.\n"),
        "Ferries return\n\nBy The Copy Desk and The City Desk in Hong Kong\n\nThe rest.\n".to_owned(),
    ] {
        let prose = parse(&text);
        assert_eq!(authors(&prose), ["The Copy Desk", "The City Desk"], "{text}");
        assert_eq!(prose.front.dateline.as_deref(), Some("Hong Kong"), "{text}");
        assert_eq!(body(&prose), ["The rest."], "{text}");
        assert_eq!(standfirst(&prose), None, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_byline_is_text() {
    let capitals = "By Night All Ferries ".repeat(10);
    for line in ["By noon the ferries were back", "By Noon It Was Over. Nobody Knew", "Bystanders Cheered", &capitals] {
        let prose = parse(&format!("Ferries return\n{BLOCK}{line}\n\nThe rest.\n"));
        assert_eq!(authors(&prose), [""; 0], "{line}");
        assert_eq!(body(&prose).len(), 2, "{line}");
    }
    let prose = parse(&format!("Ferries return\n{BLOCK}The rest.\n\nBy The Copy Desk\n"));
    assert_eq!(authors(&prose), [""; 0], "a byline stands in the head");
}

#[test]
fn a_file_that_is_only_a_block_has_no_headline() {
    let prose = parse(BLOCK);
    assert_eq!((title(&prose), prose.first_line.as_deref(), prose.body.html.as_str()), (None, None, ""));
    assert!(date(&prose).is_some());
    for text in ["", "\n \n\t\n", "\u{feff}", "\u{1}\n"] {
        let prose = parse(text);
        assert_eq!((title(&prose), prose.body.html.as_str(), prose.diagnostics.len()), (None, "", 0), "{text:?}");
    }
}

#[test]
fn a_block_may_open_the_file() {
    let prose = parse("DATE : 2017-10-26\nBY : The Copy Desk\n\nFerries return\n\nThe rest.\n");
    assert_eq!((title(&prose), date(&prose).as_deref()), (Some("Ferries return"), Some("2017-10-26")));
    assert_eq!(body(&prose), ["The rest."]);
    let prose = parse("TITLE : Ferries return\nDATE : 2017-10-26\n\nThe rest.\n");
    assert_eq!((title(&prose), body(&prose)), (Some("Ferries return"), vec!["The rest."]));
}

#[test]
fn title_and_summary_keys_win_and_no_text_is_lost() {
    let prose = parse("HARBOUR\n\nA paragraph\n\nTITLE : Ferries return\nSUMMARY : Boats are back\n\nThe rest.\n");
    assert_eq!((title(&prose), standfirst(&prose)), (Some("Ferries return"), Some("Boats are back")));
    assert_eq!(body(&prose), ["HARBOUR", "A paragraph", "The rest."]);
    let prose = parse("Ferries Return!\n\nTITLE : Ferries return\n\nThe rest.\n");
    assert_eq!((title(&prose), body(&prose)), (Some("Ferries return"), vec!["The rest."]));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn wherever_the_head_ends_no_text_is_lost(kinds in proptest::collection::vec(0_usize..8, 0..16), long in proptest::bool::ANY) {
        let mut text = String::new();
        for (at, kind) in kinds.iter().enumerate() {
            text.push_str(&match kind {
                0 | 1 => String::new(),
                2 | 3 => format!("word{at}x is here"),
                4 => "DATE : 2017-10-26".to_owned(),
                5 => format!("EDITION : word{at}x"),
                6 => format!("By Word{at}x"),
                _ => format!("Tags : word{at}x"),
            });
            text.push('\n');
        }
        if long {
            text.push_str(&long_line());
        }
        let prose = parse(&text);
        let known = format!("{:?} {}", prose.front, prose.text).to_lowercase();
        for (at, kind) in kinds.iter().enumerate() {
            proptest::prop_assert!(!matches!(kind, 2 | 3 | 5..) || known.contains(&format!("word{at}x")), "{}\n{:?}", text, prose);
        }
    }
}
