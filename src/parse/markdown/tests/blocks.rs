//! Blocks: tables, tasks, alerts, figures, definitions, code, summaries.

use super::{html, prose};

#[test]
fn columns_align_by_class_and_never_by_style() {
    assert_eq!(
        html("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n"),
        "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr><th class=\"left\">a</th><th class=\"center\">b</th><th class=\"right\">c</th><th>d</th></tr>\n\
         </thead>\n<tbody>\n<tr><td class=\"left\">1</td><td class=\"center\">2</td><td class=\"right\">3</td><td>4</td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn tasks_are_labelled_checkboxes_and_labels_hold_no_blocks() {
    assert_eq!(
        html("- [x] done\n- [ ] open\n  - sub\n"),
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> done</label></li>\n\
         <li class=\"task\"><label><input type=\"checkbox\" disabled> open</label><ul>\n<li>sub</li>\n</ul>\n</li>\n</ul>\n"
    );
}

#[test]
fn a_loose_task_closes_its_label_within_the_paragraph() {
    let html = html("- [ ] one\n\n  more\n\n- [x] ![A](a.png \"T\")\n");
    assert!(html.starts_with("<ul>\n<li class=\"task\"><p><label>"), "{html}");
    assert!(
        html.contains("checked> <img{0 src} alt=\"A\" loading=\"lazy\"></label><figcaption>T</figcaption></figure>"),
        "{html}"
    );
    assert!(html.contains("<label><input type=\"checkbox\" disabled> one</label></p>\n<p>more</p>"), "{html}");
}

#[test]
fn alerts_have_titles() {
    assert_eq!(
        html("> [!WARNING]\n> Mind *this*.\n"),
        "<aside class=\"alert warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>Mind <em>this</em>.</p>\n</aside>\n"
    );
    assert_eq!(html("> plain\n"), "<blockquote>\n<p>plain</p>\n</blockquote>\n");
}

#[test]
fn an_image_alone_is_a_figure_and_its_title_the_caption() {
    assert_eq!(
        html("![A *map*](map.png \"The <route>\")\n"),
        "<figure><img{0 src} alt=\"A map\" loading=\"lazy\"><figcaption>The &lt;route&gt;</figcaption></figure>\n"
    );
    assert_eq!(html("![A](a.png)\n"), "<figure><img{0 src} alt=\"A\" loading=\"lazy\"></figure>\n");
}

#[test]
fn an_image_alone_in_a_link_is_a_figure_too_with_its_holes_in_place() {
    assert_eq!(
        html("[![A](a.png \"T\")](b.md) \n"),
        "<figure>{0>}<img{1 src} alt=\"A\" loading=\"lazy\">{<0}<figcaption>T</figcaption></figure>\n"
    );
}

#[test]
fn an_image_among_words_or_beside_another_is_no_figure_and_keeps_its_title() {
    assert_eq!(html("See ![A](a.png \"T\")\n"), "<p>See <img{0 src} alt=\"A\" loading=\"lazy\" title=\"T\"></p>\n");
    assert!(html("![A](a.png)\n![B](b.png)\n").starts_with("<p><img{0 src}"));
    assert!(html("- ![A](a.png)\n").contains("<li><img{0 src} alt=\"A\" loading=\"lazy\"></li>"));
}

#[test]
fn the_paragraph_after_a_figure_keeps_its_links() {
    assert_eq!(
        html("![A](a.png \"T\")\n\n[x](x.md)\n"),
        "<figure><img{0 src} alt=\"A\" loading=\"lazy\"><figcaption>T</figcaption></figure>\n<p>{1>}x{<1}</p>\n"
    );
}

#[test]
fn strikethrough_definitions_and_smart_punctuation() {
    assert_eq!(html("~~old~~ \"new\" -- it's...\n"), "<p><del>old</del> “new” – it’s…</p>\n");
    let html = html("Term\n: What it means\n");
    assert!(html.contains("<dt>Term</dt>\n<dd>What it means</dd>"), "{html}");
}

#[test]
fn ordered_lists_keep_their_start() {
    assert_eq!(html("3. a\n4. b\n"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
}

#[test]
fn fenced_code_is_classed_and_can_be_scrolled_by_keyboard() {
    let html = html("```rust,linenos\nfn main() {}\n```\n");
    assert!(
        html.starts_with("<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"k\">fn</span>"),
        "{html}"
    );
    assert_eq!(self::html("    a < b\n"), "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
}

#[test]
fn the_summary_is_the_first_paragraph_cut_at_a_word() {
    let prose = prose(&format!("## Head\n\n![A](a.png \"T\")\n\n{}\n\nSecond.\n", "word ".repeat(60)));
    assert!(prose.summary.starts_with("word word") && prose.summary.ends_with("word…"), "{}", prose.summary);
    assert!(prose.summary.chars().count() <= 201);
}

#[test]
fn an_article_without_paragraphs_is_summarised_by_its_first_line() {
    assert_eq!(prose("- tight *item*\n- other\n").summary, "tight item");
}

#[test]
fn text_holds_every_block_on_a_line_of_its_own() {
    let prose = prose("One *two*\nthree.\n\n- a\n- b\n\n| x |\n|---|\n| y |\n");
    assert_eq!(prose.text, "One two three.\na\nb\nx\ny");
}

#[test]
fn what_precedes_more_is_the_introduction() {
    let prose = prose("# T\n\nOne *two* [three](x.md).\n\nFour.\n\n<!-- more -->\n\nFive.\n");
    let more = prose.before_more.expect("an introduction");
    assert_eq!((more.html.as_str(), more.text.as_str()), ("One <em>two</em> three. Four.", "One two three. Four."));
    assert!(!prose.body.html.contains("more"));
    assert!(self::prose("None.\n").before_more.is_none());
}

#[test]
fn the_introduction_knows_what_is_defined_behind_it_and_leaves_no_markup_open() {
    let prose = prose("One [two][t] three[^n] *four <!-- more --> five*.\n\n[t]: x.md\n\n[^n]: Note.\n");
    assert_eq!(prose.before_more.expect("an introduction").html, "One two three <em>four</em>");
}

#[test]
fn inline_text_is_one_line_whatever_it_begins_with() {
    let inline = |text: &str| super::super::inline(text).html;
    assert_eq!(inline("1. FC *won*"), "1. FC <em>won</em>");
    assert_eq!(inline("# \"1\" `a<b`"), "# “1” <code>a&lt;b</code>");
    assert_eq!(inline("    _four_\n    blanks"), "<em>four</em> blanks");
    assert_eq!(inline("> 5 & - [a](b.md) ![c](d.png) <b>e</b>"), "&gt; 5 &amp; - a c e");
    assert_eq!(inline("<div>x</div>"), "x");
    assert_eq!(inline(""), "");
    assert_eq!(super::super::inline("\"It's\" **1 < 2**").text, "“It’s” 1 < 2");
}
