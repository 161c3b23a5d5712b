//! Bounds: whatever the input, an answer of bounded size in time that grows with it.

use proptest::prelude::*;

use super::{noticed, prose, prose_under, shown};
use crate::model::config::HtmlMode;

#[test]
fn tables_do_not_grow_without_bound() {
    let columns = 4_000;
    let head = "|a".repeat(columns) + "|\n" + &"|-".repeat(columns) + "|\n";
    let prose = prose(&(head + &"|x|\n".repeat(20_000)));
    assert!(prose.body.html.len() < 64 * 200_000);
}

#[test]
fn nesting_past_the_bound_is_an_error() {
    let prose = prose(&(">".repeat(5_000) + " a\n"));
    assert_eq!(noticed(&prose), [(1, 101, "limit")]);
}

#[test]
fn a_flood_of_bad_links_is_cut_short() {
    let prose = prose(&"[a](javascript:b) ".repeat(20_000));
    assert_eq!(prose.diagnostics.len(), 1_000);
}

#[test]
fn a_flood_of_links_is_an_error() {
    let prose = prose(&"[a](b) ".repeat(70_000));
    assert_eq!(noticed(&prose).last().map(|(_, _, code)| *code), Some("limit"));
    assert_eq!(prose.links.len(), 65_536);
}

#[test]
fn equal_headings_in_thousands_are_all_different_ids() {
    let prose = prose(&"## a\n\n".repeat(5_000));
    assert_eq!(prose.body.toc.last().map(|heading| heading.id.as_str()), Some("a-5000"));
}

#[test]
fn cleaned_html_has_bounds_of_depth_of_growth_and_of_attributes() {
    let limit = |text: String| {
        let prose = prose_under(&text, HtmlMode::Sanitized);
        assert!(prose.body.html.is_empty());
        noticed(&prose).first().map(|(_, _, code)| *code)
    };
    assert_eq!(limit("<div>\n\n".repeat(20_000)), Some("limit"));
    assert_eq!(limit(format!("<b title=\"{}\">\n\n", "x".repeat(100_000)) + &"a\n\n".repeat(10_000)), Some("limit"));
    assert_eq!(limit(format!("<p {}>\n", (0..10_000).map(|n| format!("a{n} ")).collect::<String>())), Some("limit"));
}

/// Pieces that Markdown and HTML are made of, to be put together at random.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## a {#b .c}\n",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "```rust\n",
        "```\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "[",
        "]",
        "(",
        ")",
        "(a.md)",
        "![",
        "[[",
        "]]",
        "|",
        "|-|\n",
        "[^1]",
        "[^1]: ",
        ": ",
        "<!-- more -->",
        "<",
        ">",
        "<a href=\"b.md\">",
        "</a>",
        "<h2>",
        "</h2>",
        "<div>",
        "</div>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<img src=x",
        "\"",
        "'",
        "&",
        "&amp;",
        "é",
        "章",
        "\u{0}",
        "\r\n",
        "\t",
        "{",
        "}",
        "\\",
        "javascript:",
        "[!NOTE]",
        "[x] ",
        "word ",
        "---\n",
        "===\n",
        "<input>",
        "<h1 id=\"",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_input_gives_a_body_whose_holes_are_in_order_and_in_pairs(text in pieces()) {
        for mode in [HtmlMode::Trusted, HtmlMode::Sanitized, HtmlMode::Escaped] {
            let prose = prose_under(&text, mode);
            prop_assert!(prose.body.holes.is_sorted_by_key(|hole| hole.at));
            prop_assert!(prose.body.holes.iter().all(|hole| (hole.link as usize) < prose.links.len()));
            let html = shown(&prose.body);
            prop_assert_eq!(html.matches('\u{7f}').count(), 0);
            if prose.opens_with_title && mode != HtmlMode::Sanitized {
                prop_assert!(html.starts_with("<h1"), "{}", html);
            }
            prop_assert!(prose.summary.chars().count() <= 201);
        }
    }

    #[test]
    fn places_lie_in_the_file(text in pieces()) {
        let lines = text.split('\n').count() as u32;
        for link in prose(&text).links {
            prop_assert!((1..=lines).contains(&link.position.line));
        }
    }
}
