//! Footnotes.

use super::{html, prose};

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_references() {
    assert_eq!(
        html("A[^b] B[^a].\n\n[^a]: Second [x](x.md).\n\n[^b]: First.\n\nEnd.\n"),
        "<p>A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         B<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup>.</p>\n<p>End.</p>\n\
         <div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>First. <a href=\"#fnref-1\" \
         class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Second {0>}x{<0}. <a href=\"#fnref-2\" class=\"footnote-back\" role=\"doc-backlink\" \
         aria-label=\"Back to reference 2\">↩</a></p>\n</li>\n</ol>\n</div>\n"
    );
}

#[test]
fn every_reference_has_a_way_back() {
    let prose = prose("A[^1] B[^1]\n\n[^1]: Note.\n");
    for part in ["id=\"fnref-1\"", "id=\"fnref-1-2\"", "href=\"#fnref-1\"", "href=\"#fnref-1-2\""] {
        assert_eq!(prose.body.html.matches(part).count(), 1, "{part} in {}", prose.body.html);
    }
    for id in ["fn-1", "fnref-1", "fnref-1-2"] {
        assert!(prose.anchors.iter().any(|anchor| &**anchor == id), "{id}");
    }
}

#[test]
fn footnotes_that_nothing_refers_to_are_left_out_with_what_they_refer_to() {
    let html = html("A[^1]\n\n[^1]: One[^2].\n\n[^2]: Two.\n\n[^3]: Lost[^4].\n\n[^4]: Gone.\n");
    assert!(html.contains("One") && html.contains("Two"), "{html}");
    assert!(!html.contains("Lost") && !html.contains("Gone"), "{html}");
    assert!(html.find("One").unwrap() < html.find("Two").unwrap());
}

#[test]
fn a_reference_to_no_footnote_is_text() {
    assert_eq!(html("A[^nope]\n"), "<p>A[^nope]</p>\n");
}

#[test]
fn headings_do_not_take_the_ids_of_footnotes() {
    let html = html("## Fn 1\n\nA[^x]\n\n[^x]: Note.\n");
    assert!(html.contains("<h2 id=\"fn-1-2\">") && html.contains("<li id=\"fn-1\">"), "{html}");
}

#[test]
fn a_footnote_that_ends_in_code_has_its_way_back_behind_it() {
    let html = html("A[^1]\n\n[^1]: Note:\n\n        code\n");
    assert!(html.contains("</code></pre>\n <a href=\"#fnref-1\""), "{html}");
}
