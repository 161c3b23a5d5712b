//! Links between articles, to headings, lists and files; and those that lead nowhere.

use byline::model::code::Code;
use byline::model::diagnostic::Severity;

use crate::support::{Built, Site, place};

/// A site with some targets, and an article `content/news/here.md` with a body.
fn site(body: &str) -> Site {
    Site::new()
        .file(
            "content/news/there.md",
            "---\ntitle: Over there\ndate: 2020-01-01\n---\n## The heading\n\n### Named {#own-id}\n",
        )
        .file("content/opinion/letter.md", "---\ntitle: A letter\ndate: 2020-02-01\ntags: [post]\n---\nText.\n")
        .file("content/opinion/bundle/index.md", "---\ntitle: A bundle\nurl: /2015/some-slug/\n---\nText.\n")
        .file("content/news/here.md", format!("---\ntitle: Here\ndate: 2021-01-01\n---\n{body}\n"))
}

fn hrefs(built: &Built) -> Vec<String> {
    built.page("/news/here/").attributes(".e-content a", "href")
}

#[test]
fn every_way_of_writing_a_link_leads_there() {
    let ways = [
        ("there.md", "/news/there/"),
        ("./there.md#the-heading", "/news/there/#the-heading"),
        ("there.md#own-id", "/news/there/#own-id"),
        ("../opinion/letter.md", "/opinion/letter/"),
        ("/opinion/letter.md", "/opinion/letter/"),
        ("@/opinion/letter.md", "/opinion/letter/"),
        ("/opinion/bundle/index.md", "/2015/some-slug/"),
        ("/opinion/bundle/", "/2015/some-slug/"),
        ("/2015/some-slug/", "/2015/some-slug/"),
        ("/2015/some-slug", "/2015/some-slug/"),
        ("/news/there/#the-heading", "/news/there/#the-heading"),
        ("/opinion/", "/opinion/"),
        ("../opinion/_index.md", "/opinion/"),
        ("/tags/post/", "/tags/post/"),
        ("/2020/01/", "/2020/01/"),
        ("/feed.xml", "/feed.xml"),
        ("/", "/"),
        ("?print=1", "/news/here/?print=1"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("mailto:desk@paper.example", "mailto:desk@paper.example"),
    ];
    for (written, led) in ways {
        let built =
            site(&format!("[Link]({written})")).file("content/opinion/_index.md", "---\ntitle: Opinion\n---\n").build();
        assert_eq!(hrefs(&built), [led], "{written}");
    }
}

#[test]
fn a_wikilink_names_a_title() {
    let built = site("[[Over there]], [[over THERE|that way]].").build();
    assert_eq!(hrefs(&built), ["/news/there/", "/news/there/"]);
    assert_eq!(built.page("/news/here/").texts(".e-content a"), ["Over there", "that way"]);
}

#[test]
fn of_several_namesakes_the_nearest_in_time_is_linked_with_a_warning() {
    let built = site("[[Notes]]")
        .article("content/news/far.md", "title: Notes\ndate: 1999-01-01")
        .article("content/news/near.md", "title: Notes\ndate: 2021-02-02")
        .build();
    assert_eq!(hrefs(&built), ["/news/near/"]);
    assert_eq!(built.warnings(Code::AmbiguousLink).len(), 1);
}

#[test]
fn links_carry_the_path_of_the_base_url() {
    let built = site("[a](there.md) [b](/opinion/) [c](#) [d](https://elsewhere.example/)")
        .config("base_url: https://paper.example/daily/")
        .build();
    let found = hrefs(&built);
    assert_eq!(found[..2], ["/daily/news/there/", "/daily/opinion/"]);
    assert_eq!(found[3], "https://elsewhere.example/");
}

#[test]
fn a_broken_link_is_an_error_at_its_place() {
    let cases = [
        ("Text\nwith [a link](their.md).", "7:6", "there.md"),
        ("[Link](/opinion/lettre.md)", "6:1", "/opinion/letter.md"),
        ("[Link](there.md#the-haeding)", "6:1", "#the-heading"),
        ("[[Over their]]", "6:1", "Over there"),
        ("[Link](#nowhere)", "6:1", ""),
    ];
    for (body, at, near) in cases {
        // The front matter of `here.md` has four lines; a blank one follows.
        let fault = site(&format!("\n{body}")).fails_once_with(Code::BrokenLink);
        assert_eq!(place(&fault), format!("content/news/here.md:{at}"), "{body}");
        let hint = fault.hint.clone().unwrap_or_default();
        assert!(near.is_empty() || hint.contains(&format!("`{near}`")), "{body}: {hint}");
    }
}

#[test]
fn columns_count_characters() {
    let fault = site("潮汐は[link](nowhere.md)").fails_once_with(Code::BrokenLink);
    assert_eq!(place(&fault), "content/news/here.md:5:4");
}

#[test]
fn broken_links_may_be_warnings() {
    let built = site("A [dead link](nowhere.md), ![lost](lost.png).").config("links: {broken: warn}").build();
    assert_eq!(hrefs(&built), Vec::<String>::new());
    assert!(built.page("/news/here/").one(".e-content").starts_with("A dead link"));
    assert_eq!(built.warnings(Code::BrokenLink)[0].severity, Severity::Warning);
    assert_eq!(built.warnings(Code::Asset).len(), 1);
}

#[test]
fn all_broken_links_are_reported_together() {
    let faults = site("[a](x.md)\n\n[b](y.md)\n\n![c](z.png)")
        .file("content/a/1.md", "[d](w.md)\n")
        .fails_with(Code::BrokenLink);
    let places: Vec<String> = faults.iter().map(place).collect();
    assert_eq!(
        places,
        ["content/a/1.md:1:1", "content/news/here.md:5:1", "content/news/here.md:7:1", "content/news/here.md:9:1"]
    );
}

#[test]
fn links_in_a_sections_text_are_followed() {
    let section = |body: &str| {
        Site::new()
            .article("content/news/a.md", "title: A")
            .file("content/news/_index.md", format!("---\ntitle: News\n---\n{body}\n"))
    };
    let built = section("[First](a.md)").build();
    assert_eq!(built.page("/news/").attributes("main .body a", "href"), ["/news/a/"]);
    let fault = section("[First](b.md)").fails_once_with(Code::BrokenLink);
    assert_eq!(place(&fault), "content/news/_index.md:4:1");
    let built =
        Site::new().article("content/news/a.md", "title: A").file("content/_index.md", "[First](news/a.md)\n").build();
    assert_eq!(built.page("/").attributes("main .body a", "href"), ["/news/a/"]);
}

#[test]
fn schemes_that_run_are_dropped_with_a_warning() {
    let built = site("[a](javascript:alert(1)) [b](data:text/html,x) [c](JaVaScRiPt:x)").build();
    assert_eq!(hrefs(&built), Vec::<String>::new());
    assert_eq!(built.warnings(Code::Scheme).len(), 3);
    assert_eq!(built.naming("alert(1)"), Vec::<&str>::new());
}

#[test]
fn a_title_that_stands_alone_in_plain_text_is_a_cross_reference() {
    let built = Site::new()
        .file("content/a/1.txt", "The ferry is back at last\n\nPUBLISHED : 2020-01-01\n\nText.\n")
        .file("content/a/2.txt", "Another story altogether\n\nPUBLISHED : 2020-02-01\n\nText.\n\nTHE FERRY is back, at last…\n\nThe end of it all.\n")
        .build();
    let page = built.page("/a/another-story-altogether/");
    assert_eq!(page.attributes(".e-content a.crossref", "href"), ["/a/the-ferry-is-back-at-last/"]);
    assert_eq!(page.one(".e-content a.crossref"), "THE FERRY is back, at last…");
    assert_eq!(page.texts(".related a"), ["The ferry is back at last"]);
    assert_eq!(built.page("/a/the-ferry-is-back-at-last/").texts(".related a"), ["Another story altogether"]);
}

#[test]
fn short_paragraphs_are_no_cross_references() {
    let built = Site::new()
        .file("content/a/1.txt", "In other news\n\nText.\n")
        .file("content/a/2.txt", "Another story altogether\n\nText.\n\nIn other news\n\nMore.\n")
        .build();
    assert_eq!(
        built.page("/a/another-story-altogether/").count("a"),
        built.page("/a/another-story-altogether/").count("a:not(.crossref)")
    );
}

mod related {
    use super::*;

    fn related(built: &Built, url: &str) -> Vec<String> {
        built.page(url).texts(".related li a")
    }

    fn article(site: Site, number: usize, tags: &str) -> Site {
        site.article(
            &format!("content/a/{number:03}.md"),
            &format!(
                "title: Story {number}\ndate: 2001-01-{:02} {:02}:00\ntags: [{tags}]",
                1 + number / 24,
                number % 24
            ),
        )
    }

    #[test]
    fn it_looks_back_and_never_forward() {
        let site = (1..=4).fold(Site::new(), |site, number| article(site, number, "sea"));
        let before = site.build();
        assert_eq!(related(&before, "/a/001/"), Vec::<String>::new());
        assert_eq!(related(&before, "/a/003/"), ["Story 2", "Story 1"]);
        let after = article(site, 5, "sea").build();
        assert_eq!(before.bytes("/a/003/"), after.bytes("/a/003/"));
    }

    #[test]
    fn the_most_and_rarest_shared_tags_come_first_then_the_nearest() {
        let site = article(Site::new(), 1, "sea, wind");
        let site = article(site, 2, "wind");
        let site = article(site, 3, "sea");
        let site = article(site, 4, "sea");
        let built = article(site, 5, "sea, wind").build();
        // Story 1 shares both tags; of the others, `wind` is rarer; then the nearest.
        assert_eq!(related(&built, "/a/005/"), ["Story 1", "Story 2", "Story 4", "Story 3"]);
    }

    #[test]
    fn five_at_most_from_the_sixteen_next_older_of_each_tag() {
        // Story 1 shares two tags, but is the seventeenth before story 18 under each.
        let site = article(Site::new(), 1, "sea, wind");
        let site = (2..=17).fold(site, |site, number| article(site, number, "sea"));
        let site = (40..=55).fold(site, |site, number| article(site, number, "wind"));
        let built = article(site, 60, "sea, wind").build();
        let found = related(&built, "/a/060/");
        assert_eq!(found.len(), 5);
        assert!(!found.contains(&"Story 1".to_owned()), "{found:?}");
        let built = article(
            (2..=16).fold(article(Site::new(), 1, "sea, wind"), |site, number| article(site, number, "sea")),
            60,
            "sea, wind",
        )
        .build();
        assert_eq!(related(&built, "/a/060/")[0], "Story 1", "within reach it comes first");
    }

    #[test]
    fn cross_references_come_before_shared_tags() {
        let site = (1..=6).fold(Site::new(), |site, number| article(site, number, "sea"));
        let built = site
            .file("content/a/x.txt", "The oldest story of all here\n\nPUBLISHED : 1999-01-01\n\nText.\n")
            .file("content/a/y.txt", "Another story altogether\n\nPUBLISHED : 2002-01-01\n\nTAGS : sea\n\nText.\n\nThe oldest story of all here\n")
            .build();
        assert_eq!(
            related(&built, "/a/another-story-altogether/"),
            ["The oldest story of all here", "Story 6", "Story 5", "Story 4", "Story 3"]
        );
    }
}

#[test]
fn a_list_that_a_hidden_article_shares_is_linked_all_the_same() {
    let hidden = "---\ntitle: Hidden\ndate: 2020-03-01\ndraft: true\ntags: [post, secret]\n---\nText.\n";
    let built = site("[a](/tags/post/) [b](/tags/secret/)").file("content/opinion/hidden.md", hidden).build();
    assert_eq!(hrefs(&built), ["/tags/post/"]);
    assert_eq!(built.warnings(Code::HiddenLink).len(), 1);
}

#[test]
fn a_path_with_a_part_of_digits_leads_to_no_section() {
    let site = site("[a](/news/1234/)").file("content/news/1234.md", "---\ntitle: N\ndate: 2020-03-01\n---\nText.\n");
    assert_eq!(hrefs(&site.build()), ["/news/1234/"]);
    site.file("content/news/here.md", "---\ntitle: Here\ndate: 2021-01-01\n---\n[a](/news/99/)\n")
        .fails_once_with(Code::BrokenLink);
}

#[test]
fn a_series_is_paged_from_its_first_part_and_its_pages_can_be_linked() {
    let parts = Site::new().config("pagination: {size: 2}").run_of("content/news/p", 5, "series: Tides");
    let built = parts.article("content/news/map.md", "title: Map\ndate: 2030-01-01\ndraft: true").build();
    assert!(built.has("series/tides/page/3/index.html") && !built.has("series/tides/page/1/index.html"));
    let link = "---\ntitle: Map\ndate: 2022-01-01\n---\n[a](/series/tides/page/3/) [b](/tags/)\n";
    Site::new()
        .config("pagination: {size: 2}")
        .run_of("content/news/p", 5, "series: Tides")
        .file("content/news/map.md", link)
        .build();
}

#[test]
fn menus_lead_somewhere_and_name_nothing_hidden() {
    let menu = |url: &str| format!("menus: {{main: [{{name: Way, url: {url}}}]}}");
    site("Text.").config(&menu("/nowhere/")).fails_once_with(Code::BrokenLink);
    let hidden = "---\ntitle: Hidden\ndate: 2020-03-01\ndraft: true\n---\nText.\n";
    let built = site("Text.").config(&menu("/opinion/hidden/")).file("content/opinion/hidden.md", hidden).build();
    assert!(built.naming("/opinion/hidden/").is_empty());
    assert_eq!(built.warnings(Code::HiddenLink).len(), 1);
    let kept = site("Text.").config(&menu("/opinion/")).build();
    assert_eq!(kept.page("/").count(".menu a[href='/opinion/']"), 1);
}
