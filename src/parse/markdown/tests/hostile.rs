//! Attempts to break out of where text belongs.

use super::{html, noticed, prose, prose_under};
use crate::model::config::HtmlMode;

#[test]
fn titles_and_alternatives_stay_within_their_attributes() {
    let html = html("x ![\" onerror=\"alert(1)](a.png '\" onload=\"alert(1)') [l](b.md '\"><script>')\n");
    assert!(html.contains("alt=\"“ onerror=“alert(1)\" loading"), "{html}");
    assert!(html.contains("title=\"&quot; onload=&quot;alert(1)\""), "{html}");
    assert!(html.contains("{1 title=\"&quot;&gt;&lt;script&gt;\">}"), "{html}");
}

#[test]
fn fence_languages_stay_within_their_class() {
    let html = html("```a\"onmouseover=alert(1)//<b>\nx\n```\n");
    assert_eq!(html, "<pre tabindex=\"0\"><code class=\"language-a\">x\n</code></pre>\n");
}

#[test]
fn heading_ids_and_classes_stay_within_their_attributes() {
    let html = html("## H {#a\"b .d\"e}\n");
    assert_eq!(html, "<h2 id=\"a&quot;b\" class=\"d&quot;e\">H</h2>\n");
}

#[test]
fn scripts_in_addresses_are_refused_however_they_are_spelt() {
    for target in [
        "JaVaScRiPt:alert(1)",
        "<java&#x09;script:alert(1)>",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "<&#1;javascript:alert(1)>",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:x",
    ] {
        let prose = prose(&format!("[a]({target})\n"));
        assert_eq!(prose.body.html, "<p>a</p>\n", "{target}");
        assert_eq!(noticed(&prose), [(1, 1, "scheme")], "{target}");
    }
}

#[test]
fn scripts_in_addresses_of_raw_html_are_refused_too() {
    let prose = prose("<a class=x href=\"java\nscript:alert(1)\">a</a> <img src=data:x alt='\"'>\n");
    assert_eq!(prose.body.html, "<p><a class=\"x\">a</a> <img alt=\"&quot;\"></p>\n");
    assert_eq!(noticed(&prose), [(1, 12, "scheme"), (2, 29, "scheme")]);
}

#[test]
fn a_tag_that_never_ends_is_text() {
    let html = html("<div class=\"a\n\nnext\n");
    assert!(html.starts_with("&lt;div class=\"a"), "{html}");
    assert!(html.contains("<p>next</p>"), "{html}");
}

#[test]
fn escaped_html_is_text() {
    let shown = prose_under(
        "<div onclick=x>a</div>\n\nb <b>c</b> <!-- no -->\n\n<!-- --!><script>d</script> -->\n",
        HtmlMode::Escaped,
    );
    assert_eq!(shown.body.html, "<pre>&lt;div onclick=x&gt;a&lt;/div&gt;</pre>\n<p>b &lt;b&gt;c&lt;/b&gt; </p>\n");
}

#[test]
fn the_introduction_ends_where_it_should_in_every_mode() {
    for mode in [HtmlMode::Trusted, HtmlMode::Sanitized, HtmlMode::Escaped] {
        let prose = prose_under("One.\n\n<!-- more -->\n\nTwo.\n", mode);
        assert_eq!(prose.before_more.map(|more| more.text).as_deref(), Some("One."), "{mode:?}");
        assert!(!prose.body.html.contains("more"), "{mode:?}");
    }
}

#[test]
fn sanitized_html_keeps_what_is_harmless_and_the_dialect_whole() {
    let source = "<div onclick=x class=k>a<script>b</script></div>\n\n- [x] t\n\n![A](a.png \"T\")\n\nn[^1] [l](l.md)\n\n\
                  <a href=\"m.md\" style=\"x\">m</a></p></div></article>\n\n[^1]: N.\n\n> [!NOTE]\n> q\n\n```rust\nfn a() {}\n```\n";
    let clean = prose_under(source, HtmlMode::Sanitized);
    let html = super::shown(&clean.body);
    for gone in ["onclick", "script", "style", "</article>"] {
        assert!(!html.contains(gone), "{gone} in {html}");
    }
    for kept in [
        "<div class=\"k\">a",
        "type=\"checkbox\"",
        "<figure><img{0 src} alt=\"A\" loading=\"lazy\"><figcaption>T</figcaption></figure>",
        "<a{1 href}>l</a>",
        "<a{2 href}>m</a>",
        "role=\"doc-endnotes\"",
        "aria-label=\"Back to reference 1\"",
        "<aside class=\"alert note\" role=\"note\">",
        "tabindex=\"0\"",
        "<span class=\"k\">fn</span>",
    ] {
        assert!(html.contains(kept), "{kept} in {html}");
    }
}

#[test]
fn the_private_scheme_of_holes_is_closed_to_articles() {
    let clean = prose_under("[a](b.md) <a href=\"byline-link:0\">c</a> [d](byline-link:0)\n", HtmlMode::Sanitized);
    assert_eq!(super::shown(&clean.body), "<p><a{0 href}>a</a> <a>c</a> d</p>\n");
}
