//! Tidied pages: what goes, what stays, and that readers see no difference.

use proptest::prelude::*;
use scraper::{ElementRef, Html};

use super::tidy;

fn of(html: &str) -> String {
    tidy(html.to_owned())
}

#[test]
fn white_space_between_blocks_becomes_one_line_end() {
    assert_eq!(of("<ul>\n\n  <li>a</li>\n\t\n  <li>b  c</li>\n</ul>"), "<ul>\n<li>a</li>\n<li>b  c</li>\n</ul>");
}

#[test]
fn comments_go_and_conditional_ones_stay() {
    assert_eq!(of("<p><!-- b -->a <!-- c --><b>d</b></p>\n<!---->\n<p>"), "<p>a <b>d</b></p>\n\n<p>");
    for kept in [
        "<p>&am<!-- x -->p;</p>",
        "a <<!-- x -->b",
        "<!--[if IE]>x<![endif]-->",
        "<p><!--> x --></p>",
        "<!-- a --!> x -->",
        "<p>a <!-- open",
    ] {
        assert_eq!(of(kept), kept);
    }
}

#[test]
fn inline_content_and_what_is_shown_as_it_is_stay_as_they_are() {
    for kept in [
        "<p><b>a</b>\n\n <i>b</i>\n\n</p>",
        "<p>a</p>\n\n text <p>b</p>",
        "<pre><span>a</span>\n\n  <div>\n\n  <p>\n</pre>",
        "<textarea><p>\n\n  <p></textarea>",
        "<script type=\"application/ld+json\">{\"a\":\"<p>\\n\n\n  <p><!-- -->\"}</script>",
        "<p title=\"<p>\n\n  <p> <!-- x -->\">a</p>",
        "<div><pre>\n\n  <p>\n\n  <p>",
    ] {
        assert_eq!(of(kept), kept);
    }
}

/// What a page shows: its elements with their attributes, and its text, where white space counts as browsers count it.
fn shown(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let mut shown = Vec::new();
    walk(document.root_element(), false, &mut shown);
    let text = |token: String| if token.starts_with('"') { collapsed(&token) } else { token };
    shown.into_iter().map(text).collect()
}

/// A text with each run of white space as one blank, as browsers show it.
fn collapsed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

fn walk(element: ElementRef<'_>, kept: bool, shown: &mut Vec<String>) {
    let name = element.value().name();
    let kept = kept || super::KEPT.contains(&name);
    let mut attributes: Vec<String> = element.value().attrs().map(|(name, value)| format!("{name}={value}")).collect();
    attributes.sort();
    shown.push(format!("<{name} {attributes:?}>"));
    for child in element.children() {
        if let Some(below) = ElementRef::wrap(child) {
            walk(below, kept, shown);
        } else if let Some(text) = child.value().as_text() {
            let mark = if kept { '\'' } else { '"' };
            match shown.last_mut().filter(|last| last.starts_with(mark)) {
                Some(last) => last.push_str(text),
                None => shown.push(format!("{mark}{}", &**text)),
            }
        }
    }
    shown.push(format!("</{name}>"));
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<b>",
    "</b>",
    "<a title='",
    "<a title=\"",
    "'>",
    "\">",
    "<pre>",
    "</pre>",
    "<textarea>",
    "</textarea>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<!-- x -->",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<",
    ">",
    "</",
    "<?",
    "\n\n",
    "\n  ",
    " ",
    "text",
    "&lt;",
    "&am",
    "p;",
    "<br>\n\n",
    "<h2\n\n>",
];

proptest! {
    #[test]
    fn readers_see_no_difference(parts in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let page = format!("<!DOCTYPE html>\n<html><head><title>T</title></head>\n<body>{}</body></html>", parts.concat());
        let tidied = of(&page);
        prop_assert!(tidied.len() <= page.len());
        prop_assert_eq!(shown(&page), shown(&tidied));
    }
}
