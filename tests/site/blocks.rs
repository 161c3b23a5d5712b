//! Blocks: data in an article, checked against what their kind declares, shown by a template.

use byline::model::code::Code;
use byline::model::diagnostic::Diagnostic;

use crate::support::{Site, photo};

/// A site of one article with this body.
fn with(body: &str) -> Site {
    Site::new()
        .file("content/news/a.md", format!("---\ntitle: A\ndate: 2001-01-01\n---\nBefore.\n\n{body}\n\nBehind.\n"))
}

/// A drawing of eight by eight pixels.
const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>";

fn block(text: &str) -> Site {
    with(&format!("```block {text}\n```"))
}

/// Where a diagnostic stands.
fn place(note: &Diagnostic) -> (u32, u32) {
    let place = note.mark.as_ref().and_then(|mark| mark.position).expect("a place");
    (place.line, place.column)
}

const NOTE: &str = "note\ntitle: Tides & times\ntext: |\n  See *here*,\n  and [there](b.md).\n\n  Two.";

#[test]
fn a_block_is_shown_by_its_template_in_its_place() {
    let built = block(NOTE).article("content/news/b.md", "title: B\ndate: 2001-01-02").build();
    let page = built.text("/news/a/");
    let (before, rest) = page.split_once("<p>Before.</p>\n").expect("what stands before it");
    assert!(!before.contains("block-note"));
    let (block, _) = rest.split_once("\n<p>Behind.</p>").expect("what stands behind it");
    let wanted = "<div class=\"block-note\" role=\"note\">\n<p class=\"block-title\">Tides &amp; times</p>\n\
                  <p>See <em>here</em>, and <a href=\"/news/b/\">there</a>.</p>\n<p>Two.</p>\n</div>";
    assert_eq!(block, wanted);
}

#[test]
fn the_data_of_a_block_are_text() {
    let built =
        block("note\ntitle: <b>{{ site.title }}</b>\ntext: <i onclick=x>{% raw %} [x](javascript:x)</i>").build();
    let page = built.page("/news/a/");
    assert_eq!(page.texts(".block-note .block-title"), ["<b>{{ site.title }}</b>"]);
    assert_eq!(page.count(".block-note b, .block-note i, .block-note a"), 0);
    assert!(page.texts(".block-note").concat().contains("{% raw %} x"));
    assert_eq!(built.warnings(Code::Scheme).len(), 1);
}

#[test]
fn each_fault_is_told_at_its_place_in_the_article() {
    let all = block("figure\nscr: x.png\nwide: yes\ncaption: [a]\nsrc: missing.png").fails_with(Code::Block);
    let told: Vec<_> = all.iter().map(|note| (place(note), note.message.as_str())).collect();
    assert_eq!(
        told,
        [
            ((7, 1), "the block `figure` has no `alt`"),
            ((8, 1), "unknown key `scr`"),
            ((9, 7), "`wide` must be true or false, and here is the text `yes`"),
            ((10, 10), "`caption` must be text, and here is a list"),
        ]
    );
    assert_eq!(all[1].hint.as_deref(), Some("did you mean `src`?"));
    let broken = block("figure\nalt: x\nsrc: missing.png").fails_once_with(Code::Asset);
    assert_eq!(place(&broken), (9, 6));
    let broken = block("note\ntext: |\n  A [link](missing.md).").fails_once_with(Code::BrokenLink);
    assert_eq!(place(&broken).0, 8);
}

#[test]
fn places_are_right_within_lists_and_quotations() {
    let site = with("- One\n\n  > ```block figure\n  > alt: ä\n  > src: x\n  > src: y\n  > captoin: z\n  > ```");
    let all = site.fails_with(Code::DuplicateKey);
    assert_eq!(all.iter().map(place).collect::<Vec<_>>(), [(12, 5), (13, 5)]);
    let other = all[0].other.as_ref().and_then(|(mark, _)| mark.position).expect("a second place");
    assert_eq!((other.line, other.column), (11, 5));
}

#[test]
fn what_is_no_yaml_is_told_at_its_place() {
    let fault = block("note\ntitle: [a\ntext: b").fails_with(Code::Yaml);
    assert!(fault.iter().all(|note| (8..=10).contains(&place(note).0)), "{fault:#?}");
    let fault = block("note\n- one").fails_once_with(Code::Block);
    assert_eq!(fault.message, "a block holds keys and values, and here is a list");
}

#[test]
fn an_unknown_block_is_an_error_with_a_proposal() {
    let fault = block("figrue\nsrc: x").fails_once_with(Code::Block);
    assert_eq!((place(&fault), fault.hint.as_deref()), ((7, 1), Some("did you mean `figure`?")));
    let fault = with("```block\n```").fails_once_with(Code::Block);
    assert_eq!(fault.message, "the block has no name");
}

#[test]
fn files_that_a_block_names_are_published_and_no_others() {
    let body = "```block gallery\nimages:\n  - {src: a.svg, alt: A}\n  - {src: /news/b.svg, alt: B, caption: The *second*}\n```";
    let built = with(body)
        .file("content/news/a.svg", DRAWING)
        .file("content/news/b.svg", DRAWING)
        .file("content/news/c.svg", DRAWING);
    let built = built.config("base_url: https://paper.example/daily/").build();
    assert!(built.has("news/a.svg") && built.has("news/b.svg") && !built.has("news/c.svg"));
    let page = built.text("/news/a/");
    assert!(
        page.contains(
            "<img src=\"/daily/news/a.svg\" width=\"8\" height=\"8\" alt=\"A\" loading=\"lazy\" decoding=\"async\">"
        ),
        "{page}"
    );
    assert!(page.contains("<p>The <em>second</em></p>"));
}

#[test]
fn the_images_of_a_block_are_published_in_several_sizes() {
    let body = "```block figure\nsrc: a.png\nalt: A\n```\n\n```block gallery\nimages: [{src: https://elsewhere.example/b.png, alt: B}]\n```";
    let built = with(body)
        .file("content/news/a.png", photo::png(900, 450, 2))
        .config("feeds: {atom: true, json: true}")
        .build();
    let page = built.page("/news/a/");
    assert_eq!(page.count(".block-figure picture > source[type='image/webp'][srcset*='.400.webp 400w, ']"), 1);
    assert_eq!(page.count(".block-figure img[srcset*='.800.png 800w'][sizes][width='900'][height='450'][alt=A]"), 1);
    assert_eq!(page.count(".block-gallery img[src='https://elsewhere.example/b.png']:not([srcset])"), 1);
    assert!(!built.has("news/a.png"), "only its prints are published");
    let feed = built.text("feed.json");
    assert!(feed.contains("<img src=\\\"https://paper.example/_images/a.") && !feed.contains("srcset"), "{feed}");
}

#[test]
fn what_is_no_image_is_an_error_where_the_block_names_it() {
    let site = block("figure\nsrc: a.png\nalt: A").file("content/news/a.png", "x");
    assert_eq!(place(&site.fails_once_with(Code::Image)), (8, 6));
}

#[test]
fn a_link_to_a_draft_is_text_until_it_is_published() {
    let text = "embed\nurl: b.md\ntitle: The other one\ntext: More [there](b.md).";
    let site = block(text).article("content/news/b.md", "title: Secret\ndate: 2001-01-02\ndraft: true");
    let built = site.build();
    assert_eq!(built.warnings(Code::HiddenLink).len(), 2);
    assert_eq!(built.page("/news/a/").texts(".block-embed p"), ["The other one", "More there."]);
    assert_eq!(built.page("/news/a/").count(".block-embed a"), 0);
    assert!(built.naming("Secret").is_empty() && built.naming("news/b").is_empty());
    let built = site.article("content/news/b.md", "title: Secret\ndate: 2001-01-02").build();
    assert_eq!(built.page("/news/a/").count(".block-embed a[href='/news/b/']"), 2);
}

#[test]
fn a_template_of_the_site_adds_a_block_and_another_replaces_one() {
    let site = block("recipe\nserves: 4\nparts: [flour, <water>]").file(
        "templates/blocks/recipe.html",
        "<p class=recipe>{{ block.serves }}: {{ block.parts | join(sep=\", \") }}</p>",
    );
    assert!(site.build().text("/news/a/").contains("<p class=recipe>4: flour, &lt;water&gt;</p>"));
    let site = site.file("templates/blocks/recipe.yaml", "fields: {serves: integer, parts: {type: list}}\n");
    assert!(site.build().text("/news/a/").contains("<p class=recipe>4: flour, &lt;water&gt;</p>"));
    let site = site.file("templates/blocks/recipe.yaml", "fields: {serves: text}\n");
    assert_eq!(site.fails_once_with(Code::UnknownKey).message, "unknown key `parts`");
    let site =
        block(NOTE).article("content/news/b.md", "title: B").file("templates/blocks/note.html", "NB {{ block.title }}");
    assert!(site.build().text("/news/a/").contains("NB Tides &amp; times"));
}

#[test]
fn a_declaration_without_a_template_is_an_error() {
    let fault = Site::new().file("templates/blocks/map.yaml", "fields: {place: text}\n").fails_once_with(Code::Block);
    assert_eq!(fault.message, "the block `map` is declared, and no template shows it");
}

#[test]
fn a_template_that_fails_is_told_with_its_page() {
    let site = block("recipe\na: 1").file("templates/blocks/recipe.html", "x\n{{ block.a.b.c }}");
    let fault = site.fails_once_with(Code::Template);
    assert_eq!(place(&fault).0, 2);
    assert!(fault.message.ends_with("(while rendering /feed.xml and on 1 more)"), "{}", fault.message);
}

#[test]
fn a_changed_template_renders_the_pages_that_have_its_block_and_no_others() {
    let site = block("note\ntext: One.").run_of("content/news/n", 3, "author: The Desk");
    let site = site.file("content/news/q.md", "---\ntitle: Q\n---\n```block quote\ntext: Two.\n```\n");
    site.build();
    let site = site.file("templates/blocks/note.html", "<p>NB {{ block.text | first }}</p>");
    let built = site.build();
    // The article's own page, and the feed that carries it in full.
    assert_eq!(built.report().rendered, 2);
    assert!(built.text("/news/a/").contains("<p>NB One.</p>") && built.text("feed.xml").contains("NB One."));
    let site = site.file("templates/blocks/note.yaml", "fields: {title: text, text: paragraphs}\n");
    assert_eq!(site.build().report().rendered, 0);
}

#[test]
fn the_texts_of_sections_have_blocks_and_follow_their_templates() {
    let site =
        Site::new().file("content/news/_index.md", "---\ntitle: News\n---\n```block note\ntext: Of the desk.\n```\n");
    let site = site.file("content/_index.md", "```block note\ntext: Of the house.\n```\n");
    let site = site.article("content/news/a.md", "title: A\ndate: 2001-01-01");
    let built = site.build();
    assert_eq!(built.page("/news/").texts(".block-note p"), ["Of the desk."]);
    assert_eq!(built.page("/").texts(".block-note p"), ["Of the house."]);
    let site = site.file("templates/blocks/note.html", "<p>NB</p>");
    assert_eq!(site.build().report().rendered, 2);
}

#[test]
fn feeds_carry_blocks_with_absolute_links() {
    let built = block("figure\nsrc: a.svg\nalt: A\nurl: b.md\ncaption: See [b](b.md)")
        .file("content/news/a.svg", DRAWING)
        .article("content/news/b.md", "title: B\ndate: 2001-01-02")
        .config("feeds: {atom: true, json: true}")
        .build();
    let json: serde_json::Value = serde_json::from_str(built.text("feed.json")).expect("JSON");
    let html = json["items"][1]["content_html"].as_str().expect("the text in full");
    assert!(
        html.contains("<a href=\"https://paper.example/news/b/\"><img src=\"https://paper.example/news/a.svg\""),
        "{html}"
    );
    assert!(html.contains("See <a href=\"https://paper.example/news/b/\">b</a>"), "{html}");
    assert!(built.text("feed.xml").contains("block-figure"));
}

#[test]
fn the_text_of_a_block_is_counted_and_matched_but_is_no_summary() {
    let tags = "Ferries:\n  match: [patience]\n";
    let built = Site::new()
        .config("search: true")
        .file("content/tags.yaml", tags)
        .file("content/news/a.md", "---\ntitle: A\n---\n```block note\ntitle: The Patience\ntext: The *Patience* sails.\n```\n\nSecond.\n\n<!-- more -->\n")
        .build();
    let page = built.page("/news/a/");
    assert_eq!(page.texts(".p-category"), ["Ferries"]);
    let searched = |text: &str| built.naming(text).iter().filter(|path| path.starts_with("search/")).count();
    assert!(searched("The Patience sails. Second.") == 1 && searched("block-note") == 0, "{:#?}", built.paths());
    assert!(
        built.text("/news/a/").contains("<p class=\"standfirst p-summary\">Second.</p>"),
        "{}",
        built.text("/news/a/")
    );
}

#[test]
fn a_block_keeps_its_place_where_html_is_cleaned() {
    let body = "<div><b>open\n\n```block note\ntext: Kept.\n```\n\n<img src=\"byline-block:0\"><script>x</script>";
    let built = with(body).config("html: sanitized").build();
    assert_eq!(built.page("/news/a/").texts(".block-note p"), ["Kept."]);
    assert!(!built.text("/news/a/").contains("byline-block"));
    let body = format!("{body}\n\n<p class=\"byline-block:0\"><img alt=\"byline-block:0\" src=\"a.svg\"></p>");
    let built = with(&body).file("content/news/a.svg", DRAWING).config("html: sanitized").build();
    assert_eq!(built.page("/news/a/").texts(".block-note p"), ["Kept."]);
    assert_eq!(built.page("/news/a/").count("p[class='byline-block:0'] > img[alt='byline-block:0']"), 1);
}

#[test]
fn every_bundled_block_is_shown_without_scripts_or_inline_styles() {
    let body = "```block figure\nsrc: a.svg\nalt: A\ncredit: The Desk\nwide: true\n```\n\n\
                ```block quote\ntext: We *never* slept.\nby: The Pilot\nsource: Log\nurl: https://elsewhere.example/log\n```\n\n\
                ```block video\nsrc: a.mp4\ntitle: The launch\nposter: a.svg\ncaptions: a.vtt\ntranscript: a.md#x\nwidth: 640\nheight: 360\n```\n\n\
                ```block audio\nsrc: a.mp3\ntitle: The bell\ncredit: The Sound Desk\n```\n\n\
                ```block embed\nurl: https://elsewhere.example/?a=1&b=\"2\"\ntitle: A map\nsite: Elsewhere\nimage: a.svg\n```\n\n\
                ```block timeline\ntitle: The ferry\nevents:\n  - {date: 1912, title: Launched}\n  - {date: March 1931, text: Sold to the *Harbour Board*.}\n```\n\n\
                ## X {#x}";
    let files = ["a.svg", "a.mp4", "a.vtt", "a.mp3"];
    let site = files.iter().fold(with(body), |site, name| site.file(&format!("content/news/{name}"), DRAWING));
    let built = site.build();
    let page = built.page("/news/a/");
    assert_eq!(page.count("figure.block-figure.block-wide > img[src='/news/a.svg'][alt=A]"), 1);
    assert_eq!(page.texts(".block-quote figcaption"), ["The Pilot, Log"]);
    assert_eq!(
        page.count(".block-video video[controls][poster='/news/a.svg'][width='640'] > track[src='/news/a.vtt']"),
        1
    );
    assert_eq!(page.count(".block-video .transcript[href='#x']"), 1);
    assert_eq!(page.texts(".block-audio .block-title"), ["The bell"]);
    assert_eq!(page.count(".block-embed a[href='https://elsewhere.example/?a=1&b=%222%22']"), 1);
    assert_eq!(page.texts(".block-timeline .block-date"), ["1912", "March 1931"]);
    assert_eq!(page.count("iframe, [style], script:not([type='application/ld+json'])"), 0);
    assert!(files.iter().all(|name| built.has(&format!("news/{name}"))));
}
