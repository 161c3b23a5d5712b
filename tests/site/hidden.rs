//! What is not published: drafts, articles of the future, expired and unlisted ones. Nothing of them appears in any file.

use byline::model::code::Code;

use crate::support::{Built, Site, place, told};

/// A site with an article of each kind, each full of things that may leak.
fn site() -> Site {
    let hidden = |site: Site, name: &str, key: &str| {
        let front = format!(
            "title: Secret {name} headline\nslug: secret-{name}\naliases: [/former-{name}/]\ntags: [tag-{name}, shared]\n\
             author: The {name} Desk\nseries: Series {name}\nsection: section-{name}\nstandfirst: Standing {name}\n\
             image: picture-{name}.svg\nfeatured: true\n{key}"
        );
        site.file(&format!("content/news/folder-{name}/index.md"), format!("---\n{front}\n---\nThe body of {name}.\n"))
            .file(
                &format!("content/news/folder-{name}/picture-{name}.svg"),
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
            )
            .file(&format!("content/news/folder-{name}/other-{name}.bin"), format!("bytes of {name}"))
    };
    let text = "---\ntitle: Public\ndate: 2020-01-01\ntags: [shared]\n---\nSee [the quiet one](folder-quux/index.md), [[Secret corge headline|soon]],\n\
                [the future](/section-grault/secret-grault/) and [the past](folder-garply/index.md).\n";
    let site = Site::new().config("feeds: {atom: true, json: true, rss: true}").file("content/news/public.md", text);
    let site = hidden(site, "corge", "date: 2020-02-01\ndraft: true");
    let site = hidden(site, "grault", "date: 2030-02-01");
    let site = hidden(site, "garply", "date: 2020-02-01\nexpires: 2023-01-01");
    hidden(site, "quux", "date: 2020-02-01\ndraft: true")
}

fn without_leaks(built: &Built, names: &[&str]) {
    for name in names {
        assert_eq!(built.naming(name), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn nothing_of_what_is_hidden_appears_in_any_file() {
    let built = site().build();
    without_leaks(&built, &["corge", "grault", "garply", "quux"]);
    assert_eq!(built.headlines("/"), ["Public"]);
    let report = built.report();
    assert_eq!((report.articles, report.drafts, report.expired), (1, 2, 1));
    let held: Vec<&str> = report.held.iter().map(|due| due.title.as_str()).collect();
    assert_eq!(held, ["Secret grault headline"]);
    assert_eq!(report.next_due.map(|due| due.rfc3339()), Some("2030-02-01T00:00:00Z".to_owned()));
}

#[test]
fn links_to_what_is_hidden_show_as_text_with_a_warning() {
    let built = site().build();
    let page = built.page("/news/public/");
    assert_eq!(page.count(".e-content a"), 0, "{}", page.inner(".e-content"));
    let text = page.one(".e-content");
    assert!(text == "See the quiet one, soon, the future and the past.", "{text}");
    let places: Vec<String> = built.warnings(Code::HiddenLink).into_iter().map(place).collect();
    let line = |line: u32, column: u32| format!("content/news/public.md:{line}:{column}");
    assert_eq!(places, [line(6, 5), line(6, 44), line(7, 1), line(7, 50)], "{}", told(&built.report().sorted()));
}

#[test]
fn hidden_articles_appear_when_they_are_due() {
    let built = site().as_of("2031-01-01").build();
    without_leaks(&built, &["corge", "garply", "quux"]);
    assert!(
        built.has("/section-grault/secret-grault/") && built.has("section-grault/secret-grault/picture-grault.svg")
    );
    assert!(built.has("/former-grault/"));
    let built = site().as_of("2022-12-31").build();
    without_leaks(&built, &["corge", "grault", "quux"]);
    assert!(built.has("/section-garply/secret-garply/"));
    assert_eq!(built.report().expires_next.as_ref().map(|due| due.title.as_str()), Some("Secret garply headline"));
}

#[test]
fn drafts_appear_where_they_are_asked_for() {
    let built = site().asking(|request| request.drafts = true).build();
    without_leaks(&built, &["grault", "garply"]);
    assert!(built.has("/section-corge/secret-corge/") && built.has("/section-quux/secret-quux/"));
}

#[test]
fn the_very_moment_publishes_and_withdraws() {
    let site = |as_of: &str| {
        Site::new()
            .config("timezone: Asia/Hong_Kong")
            .article("content/a/1.md", "title: Morning\ndate: 2020-05-05\nexpires: 2020-05-06")
            .as_of(as_of)
            .build()
    };
    assert!(!site("2020-05-04T23:59:59+08:00").has("/a/1/"));
    assert!(site("2020-05-04T16:00:00Z").has("/a/1/"), "a date alone counts from local midnight");
    assert!(site("2020-05-05T23:59:59+08:00").has("/a/1/"));
    assert!(!site("2020-05-06T00:00:00+08:00").has("/a/1/"));
}

#[test]
fn an_unlisted_article_has_a_url_and_is_named_nowhere() {
    let built = Site::new()
        .config("feeds: {atom: true, json: true, rss: true}")
        .article("content/a/1.md", "title: Public\ndate: 2020-01-01\ntags: [shared]\nseries: Run")
        .article("content/a/3.md", "title: Later\ndate: 2020-01-03\ntags: [shared]\nseries: Run")
        .file(
            "content/b/quux/index.md",
            "---\ntitle: Quuxy headline\ndate: 2020-01-02\ntags: [shared, quuxtag]\nauthor: Quux Desk\nseries: Run\nunlisted: true\nfeatured: true\n---\nText.\n",
        )
        .file("content/b/quux/picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .build();
    let page = built.page("/b/quux/");
    assert_eq!(page.one("h1"), "Quuxy headline");
    assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
    assert!(built.has("b/quux/picture.svg"));
    assert_eq!(built.naming("uux"), ["b/quux/index.html", "b/quux/picture.svg"]);
    assert!(!built.has("/b/") && !built.has("/2020/01/02/"), "it makes no section and no date page");
}

#[test]
fn a_cross_reference_or_a_tag_does_not_give_an_unlisted_article_away() {
    let built = Site::new()
        .file("content/a/1.txt", "The first story\n\nText.\n\nThe hidden path to town\n\nMore text.\n")
        .file("content/a/2.txt", "The hidden path to town\n\nText.\n\nThe first story of all\n")
        .file("content/a/2.yaml", "unlisted: true\n")
        .build();
    let page = built.page("/a/the-first-story/");
    assert_eq!(page.count("a.crossref"), 0);
    assert_eq!(page.count(".related"), 0);
    assert_eq!(built.naming("the-hidden-path-to-town"), ["a/the-hidden-path-to-town/index.html"]);
}

#[test]
fn a_file_beside_a_draft_is_published_only_if_another_page_refers_to_it() {
    let site = || {
        Site::new()
            .file("content/a/draft.md", "---\ntitle: Draft\ndraft: true\n---\n![Plan](plan.svg)\n")
            .file("content/a/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    };
    assert!(!site().build().has("a/plan.svg"));
    let built = site().file("content/a/public.md", "---\ntitle: Public\n---\n![Plan](plan.svg)\n").build();
    assert!(built.has("a/plan.svg"));
}

#[test]
fn a_draft_yields_its_section_tag_and_author_pages() {
    let built =
        Site::new().article("content/quux/1.md", "title: Draft\ndraft: true\ntags: [tag]\nauthor: The Desk").build();
    for page in ["/quux/", "/tags/tag/", "/authors/the-desk/", "quux/feed.xml"] {
        assert!(!built.has(page), "{page}");
    }
}

#[test]
fn the_alias_of_a_hidden_article_is_free_for_another() {
    Site::new()
        .article("content/a/1.md", "title: Draft\ndraft: true\naliases: [/a/2/]")
        .article("content/a/2.md", "title: Public")
        .build();
}

#[test]
fn links_to_lists_that_only_a_hidden_article_has_do_not_break_the_build() {
    let lists = [
        "/quux/",
        "/quux/deep/",
        "../quux/",
        "/quux/deep/feed.xml",
        "/tags/tag-slug/",
        "/authors/desk-id/",
        "/series/run/",
        "/places/pier/",
        "/2020/",
        "/2020/02/",
        "/2020/02/03/",
        "/former/place/",
    ];
    let links: String = lists.iter().map(|list| format!("[link]({list})\n\n")).collect();
    let site = Site::new()
        .config("taxonomies: [places]")
        .file("content/authors.yaml", "desk-id:\n  name: The Desk\n")
        .file("content/tags.yaml", "Tag:\n  slug: tag-slug\n")
        .file("content/news/public.md", format!("---\ntitle: Public\n---\n{links}"))
        .article(
            "content/quux/deep/1.md",
            "title: Passing\ndate: 2020-02-03\nexpires: 2021-01-01\ntags: [tag]\nauthor: the desk\nseries: Run\nplaces: [Pier]\naliases: [/former/place/]",
        );
    let site = site.as_of("2020-06-01");
    assert_eq!(site.build().page("/news/public/").count(".e-content a"), lists.len());
    let built = site.as_of("2022-01-01").build();
    assert_eq!(built.page("/news/public/").count(".e-content a"), 0);
    assert_eq!(built.warnings(Code::HiddenLink).len(), lists.len());
}

#[test]
fn a_recorded_url_may_expire() {
    let site = Site::new()
        .article("content/a/1.md", "title: Passing\ndate: 2020-02-03\nexpires: 2021-01-01")
        .asking(|request| request.record = true)
        .as_of("2020-06-01");
    site.build();
    assert_eq!(site.read("permalinks.txt"), "/a/1/\n");
    let site = site.as_of("2022-01-01");
    assert!(site.build().report().diagnostics.is_empty(), "what is withdrawn on its day is no mistake");
    let site = site.article("content/a/1.md", "title: Passing\ndate: 2020-02-03\ndraft: true");
    site.fails_once_with(Code::Ledger);
}

#[test]
fn an_unlisted_articles_author_without_a_page_is_no_link() {
    let built = Site::new().article("content/a/1.md", "title: One\nauthor: The Quiet Desk\nunlisted: true").build();
    let page = built.page("/a/1/");
    assert_eq!(page.one(".byline"), "By The Quiet Desk");
    assert_eq!(page.count(".byline a"), 0, "{}", page.inner(".byline"));
}
