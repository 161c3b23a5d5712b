//! Headings: levels, ids, attributes, the table of contents, the title.

use super::{html, prose};

#[test]
fn ids_keep_every_script_and_repeat_with_numbers() {
    let prose = prose("## Über uns\n\n## Über uns\n\n### 章\n\n## !!!\n\n## Con\n");
    let ids: Vec<&str> = prose.body.toc.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["über-uns", "über-uns-2", "章", "section", "con-section"]);
}

#[test]
fn explicit_ids_win_wherever_they_stand() {
    let prose = prose("## A\n\n## A\n\n## B {#a}\n\n## C {#a-2}\n\n<p id=\"a-3\">x</p>\n");
    let ids: Vec<&str> = prose.body.toc.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["a-4", "a-5", "a", "a-2"]);
    for id in ["a", "a-2", "a-3", "a-4", "a-5"] {
        assert!(prose.anchors.iter().any(|anchor| &**anchor == id), "{id}");
    }
}

#[test]
fn of_attributes_only_id_and_classes_survive() {
    assert_eq!(
        html("## H {#x .big .red onclick=alert(1) style=color:red}\n"),
        "<h2 id=\"x\" class=\"big red\">H</h2>\n"
    );
}

#[test]
fn an_opening_title_is_the_first_thing_in_the_body() {
    let prose = prose("# The *Title*\n\nText.\n\n## Sub\n");
    assert!(prose.opens_with_title);
    assert_eq!(prose.first_line.as_deref(), Some("The Title"));
    assert!(prose.body.html.starts_with("<h1 id=\"the-title\">The <em>Title</em></h1>\n"));
    assert!(prose.body.html.contains("<h2 id=\"sub\">"));
    assert_eq!(prose.text, "Text.\nSub");
}

#[test]
fn a_comment_before_the_title_does_not_hide_it() {
    let prose = prose("<!-- Checked by the desk -->\n\n# T\n\nText.\n");
    assert!(prose.opens_with_title && prose.body.html.starts_with("<h1 id=\"t\">"), "{}", prose.body.html);
}

#[test]
fn a_heading_in_a_footnote_is_no_title() {
    assert!(!prose("[^1]: # T\n\nText[^1]\n").opens_with_title);
}

#[test]
fn under_a_title_of_its_own_an_article_has_no_other() {
    let options = super::options(crate::model::config::HtmlMode::Trusted);
    let path = crate::model::path::SitePath::new("content/a.md");
    let prose = super::super::parse_titled("# A\n\n## B\n\n# C\n", 0, &path, &options, &mut Default::default());
    assert!(!prose.opens_with_title);
    assert_eq!(prose.body.html, "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h2 id=\"c\">C</h2>\n");
    assert_eq!(prose.text, "A\nB\nC");
}

#[test]
fn other_top_headings_and_all_below_them_move_down() {
    assert_eq!(
        html("# T\n\n# A\n\n## B\n\n###### F\n"),
        "<h1 id=\"t\">T</h1>\n<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h6 id=\"f\">F</h6>\n"
    );
    assert_eq!(html("Text\n\n# A\n\n## B\n"), "<p>Text</p>\n<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n");
}

#[test]
fn raw_headings_count_as_headings() {
    let prose = prose("<h1 class=\"x\">A &amp; B</h1>\n\n## C\n");
    assert!(prose.opens_with_title);
    assert_eq!(prose.body.html, "<h1 id=\"a-b\" class=\"x\">A &amp; B</h1>\n\n<h2 id=\"c\">C</h2>\n");
    assert_eq!(prose.first_line.as_deref(), Some("A & B"));
}

#[test]
fn the_contents_hold_levels_two_to_four() {
    let prose = prose("# T\n\n## A\n\n### B\n\n#### C\n\n##### D\n");
    let levels: Vec<u8> = prose.body.toc.iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [2, 3, 4]);
}

#[test]
fn a_link_in_a_heading_keeps_its_holes_within_it() {
    assert_eq!(html("## [A](a.md)\n"), "<h2 id=\"a\">{0>}A{<0}</h2>\n");
}

#[test]
fn without_a_heading_the_first_line_is_the_title() {
    let prose = prose("First line.\n\nSecond.\n");
    assert!(!prose.opens_with_title);
    assert_eq!(prose.first_line.as_deref(), Some("First line."));
    assert_eq!(self::prose("").first_line, None);
}
