//! The rules of raw HTML, each by its name.

use proptest::prelude::*;

use super::parse;
use crate::model::config::HtmlMode;
use crate::model::diagnostic::Position;
use crate::model::path::SitePath;
use crate::parse::markdown::tests::{noticed, options, shown};
use crate::parse::prose::Prose;

fn prose_under(html: &str, mode: HtmlMode) -> Prose {
    parse(html, 0, &SitePath::new("content/news/a.html"), &options(mode))
}

fn prose(html: &str) -> Prose {
    prose_under(html, HtmlMode::Trusted)
}

#[test]
fn what_points_into_the_site_is_a_hole() {
    let prose = prose(
        "<a href='x.md?a=1&amp;b' class=\"k\">x</a><img alt=\"q\" src=y.png><video poster=p.jpg src=v.mp4></video>\
         <a href=\"https://example.org/\">z</a>",
    );
    assert_eq!(
        shown(&prose.body),
        "<a{0 href} class=\"k\">x</a><img alt=\"q\"{1 src}><video{2 poster}{3 src}></video>\
         <a href=\"https://example.org/\">z</a>\n"
    );
    let targets: Vec<&str> = prose.links.iter().map(|link| &*link.target).collect();
    assert_eq!(targets, ["x.md?a=1&b", "y.png", "p.jpg", "v.mp4"]);
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let text = "---\n---\n<p>é <a href=x>x</a>";
    let prose = parse(text, 8, &SitePath::new("content/a.html"), &options(HtmlMode::Trusted));
    assert_eq!(prose.links[0].position, Position::new(3, 9));
}

#[test]
fn the_body_of_a_whole_document_is_the_article() {
    let document = "\u{feff}<!-- x --><!DOCTYPE html>\n<html lang=en><head><title>T</title><style>p{}</style></head>\
                    <body class=b><p>Text</p></body></html>\n";
    assert_eq!(prose(document.trim_start_matches('\u{feff}')).body.html, "<p>Text</p>\n");
    assert_eq!(prose("<!doctype html><title>T</title><body><p>a").body.html, "<p>a\n");
    assert_eq!(prose("<html><head></head><p>a</p></html>").body.html, "<p>a</p>\n");
    assert_eq!(prose("<p>a</p><body>b</body>").body.html, "<p>a</p><body>b</body>\n");
}

#[test]
fn headings_get_ids_and_enter_the_contents() {
    let prose = prose("<h1>Title</h1><p id=p>One<h2 class=x>A <b>B</b></h2><a name=old></a><h3 id='c\"d'>C</h3>");
    assert!(prose.opens_with_title);
    assert_eq!(
        prose.body.html,
        "<h1 id=\"title\">Title</h1>\n<p id=p>One<h2 id=\"a-b\" class=\"x\">A <b>B</b></h2>\n<a name=old></a>\
         <h3 id=\"c&quot;d\">C</h3>\n\n"
    );
    assert_eq!(prose.body.toc.len(), 2);
    for id in ["title", "p", "a-b", "old", "c\"d"] {
        assert!(prose.anchors.iter().any(|anchor| &**anchor == id), "{id}");
    }
}

#[test]
fn text_is_what_readers_see() {
    let prose = prose("<p>A&amp;B<br>C</p><script>no()</script><style>no{}</style><ul><li>D<li>E</ul>");
    assert_eq!(prose.text, "A&B\nC\nD\nE");
}

#[test]
fn the_summary_is_the_first_paragraph_with_its_lines_joined() {
    let prose = prose("<h2>Head</h2>\n<figure><img src=a.png></figure>\n<p> </p><p>One\n  two<br>three\n<p>Four");
    assert_eq!(prose.summary, "One two three");
    assert_eq!(prose.text, "Head\nOne two\nthree\nFour");
    assert_eq!(self::prose("<p>Only\nthis").summary, "Only this");
}

#[test]
fn what_precedes_more_is_the_introduction() {
    let prose = prose("<h1>T</h1><p>One <em>two</em></p><!--more--><p>Three</p>");
    assert_eq!(prose.before_more.map(|more| more.text).as_deref(), Some("One two"));
}

#[test]
fn refused_schemes_lose_their_attribute() {
    let prose = prose(
        "<a href=\" &#106;avascript:x\" id=a>a</a>\n<form action=javascript:y></form><iframe src='data:z'></iframe>",
    );
    assert_eq!(prose.body.html, "<a id=\"a\">a</a>\n<form></form><iframe></iframe>\n");
    assert_eq!(noticed(&prose), [(1, 4, "scheme"), (2, 7, "scheme"), (2, 42, "scheme")]);
}

#[test]
fn escaped_documents_are_text_and_sanitized_ones_clean() {
    assert_eq!(prose_under("<p>a</p>", HtmlMode::Escaped).body.html, "<pre>&lt;p&gt;a&lt;/p&gt;</pre>\n");
    let clean =
        prose_under("<p onclick=x>a<svg><script>b</script></svg><input type=text><a href=c.md>c", HtmlMode::Sanitized);
    assert_eq!(shown(&clean.body), "<p>a<a{0 href}>c\n</a></p>");
}

/// HTML put together at random, without anything that is written anew.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=\"a b\">",
        "<b title='x&amp;y'>",
        "</b>",
        "&amp;",
        "&eacute;",
        "&#x3c;",
        "&",
        "&nosuch;",
        "é",
        "章",
        "text ",
        "\n",
        "\r\n",
        "<br/>",
        "<!-- c -->",
        "<!---->",
        "<td nowrap>",
        "<script>a<b</script>",
        "<style>p>q</style>",
        "<textarea>&lt;<b></textarea>",
        " < ",
        ">",
        "\"",
        "'",
        "=",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// HTML put together at random, with much that could run.
fn hostile_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<a href=\"",
        "<a href=x.md ",
        "<a href='javascript:alert(1)'",
        "\"",
        "'",
        ">",
        "<",
        "/>",
        "</a>",
        "<img src=x ",
        "onerror=alert(1) ",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "</svg>",
        "<math>",
        "<mtext>",
        "<table>",
        "<td>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<noscript>",
        "</noscript>",
        "<template>",
        "<!--",
        "-->",
        "--!>",
        "<![CDATA[",
        "]]>",
        "<form action=x>",
        "<iframe srcdoc=\"<script>\">",
        "<h2 id=x onclick=y>",
        "</h2>",
        "<p>",
        "&#106;avascript:",
        "&lt;script&gt;",
        "byline-link:0",
        " href=\"byline-link:0\"",
        "<input type=checkbox onfocus=x>",
        "<body onload=x>",
        "<plaintext>",
        "<xmp>",
        "<b style=\"x\">",
        "\u{0}",
        "é",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Whether nothing in the HTML can run: read by a tokenizer, not by searching for words.
fn is_harmless(html: &str) -> bool {
    use html5gum::{Token, Tokenizer};
    Tokenizer::new(html).flatten().all(|token| match token {
        Token::StartTag(tag) => {
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            !matches!(
                name.as_str(),
                "script" | "style" | "iframe" | "form" | "svg" | "math" | "template" | "noscript" | "textarea"
            ) && tag.attributes.iter().all(|(name, value)| {
                let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(&value.value));
                !name.starts_with("on")
                    && name != "style"
                    && (!matches!(&*name, "href" | "src")
                        || crate::model::escape::scheme(&value) != crate::model::escape::Scheme::Refused)
            })
        }
        _ => true,
    })
}

#[test]
fn an_article_cannot_use_the_scheme_that_links_travel_by() {
    for html in [
        "<a href=\"byline-link:0<a href=\">b</a>",
        "<a href=\"byline-link:0\">b</a>",
        "<a href=\"byline-link:x\">b</a>",
    ] {
        let prose = prose_under(html, HtmlMode::Sanitized);
        assert_eq!((prose.body.html.as_str(), prose.body.holes.len()), ("<a>b</a>\n", 0), "{html}");
    }
}

proptest! {
    #[test]
    fn sanitized_html_cannot_run_whatever_it_is_made_of(html in hostile_pieces()) {
        let of_html = prose_under(&html, HtmlMode::Sanitized);
        let of_markdown = crate::parse::markdown::tests::prose_under(&html, HtmlMode::Sanitized);
        for prose in [of_html, of_markdown] {
            prop_assert!(is_harmless(&prose.body.html), "{}", prose.body.html);
            prop_assert!(prose.body.holes.is_sorted_by_key(|hole| hole.at));
            prop_assert!(prose.body.holes.iter().all(|hole| (hole.link as usize) < prose.links.len()));
        }
    }

    #[test]
    fn escaped_html_has_no_markup_of_its_own(html in hostile_pieces()) {
        let body = prose_under(&html, HtmlMode::Escaped).body.html;
        let inner = body.strip_prefix("<pre>").and_then(|body| body.strip_suffix("</pre>\n")).expect("one element");
        prop_assert!(!inner.contains('<'));
        let body = crate::parse::markdown::tests::prose_under(&html, HtmlMode::Escaped).body.html;
        prop_assert!(is_harmless(&body) && !body.contains("<!"), "{}", body);
    }

    #[test]
    fn trusted_html_never_links_to_scripts(html in hostile_pieces()) {
        let body = prose(&html).body.html;
        let text = crate::model::escape::to_text(&body);
        prop_assert!(!text.contains("=\"javascript:"), "{}", body);
    }

    #[test]
    fn trusted_html_without_links_passes_byte_for_byte(html in pieces()) {
        prop_assert_eq!(prose(&html).body.html, format!("{html}\n"));
    }

    #[test]
    fn a_link_anywhere_leaves_what_surrounds_it_alone(before in pieces(), after in pieces()) {
        let prose = prose(&format!("{before}<a href=x.md>x</a>{after}"));
        prop_assert_eq!(shown(&prose.body), format!("{before}<a{{0 href}}>x</a>{after}\n"));
    }
}
