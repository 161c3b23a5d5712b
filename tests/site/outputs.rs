//! Files beside articles, static files, collisions, and the ledger of published URLs.

use byline::model::code::Code;

use crate::support::{Site, place};

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg'/>";

#[test]
fn the_files_of_a_bundle_follow_their_article() {
    let built = Site::new()
        .article("content/a/story/index.md", "title: Story\nurl: /elsewhere/tale/")
        .file("content/a/story/map.svg", SVG)
        .file("content/a/story/data/table.csv", "a,b\n")
        .build();
    assert!(built.has("elsewhere/tale/map.svg") && built.has("elsewhere/tale/data/table.csv"), "{:#?}", built.paths());
    assert!(!built.has("a/story/map.svg"));
}

#[test]
fn other_files_are_published_if_a_page_refers_to_them() {
    let built = Site::new()
        .file(
            "content/a/1.md",
            "---\ntitle: One\nimage: lead.svg\n---\n![Map](maps/map.svg)\n\n[Paper](../papers/paper.pdf)\n",
        )
        .file("content/a/lead.svg", SVG)
        .file("content/a/maps/map.svg", SVG)
        .file("content/papers/paper.pdf", "%PDF-1.4")
        .file("content/a/unused.svg", SVG)
        .build();
    for file in ["a/lead.svg", "a/maps/map.svg", "papers/paper.pdf"] {
        assert!(built.has(file), "{file}: {:#?}", built.paths());
    }
    assert!(!built.has("a/unused.svg"));
    let page = built.page("/a/1/");
    assert_eq!(page.attribute("img.u-photo", "src"), "/a/lead.svg");
    assert_eq!(page.attribute(".e-content img", "src"), "/a/maps/map.svg");
    assert_eq!(page.attribute("meta[property='og:image']", "content"), "https://paper.example/a/lead.svg");
    assert_eq!(page.json_ld()["image"], "https://paper.example/a/lead.svg");
}

#[test]
fn a_missing_image_is_an_error_at_its_place() {
    let fault = Site::new()
        .article("content/a/1.md", "title: One\nimage: {src: maps/map.svg, alt: Map}")
        .file("content/a/maps/mop.svg", SVG)
        .fails_once_with(Code::Asset);
    assert!(place(&fault).starts_with("content/a/1.md:3:"), "{fault:?}");
    assert_eq!(fault.hint.as_deref(), Some("did you mean `maps/mop.svg`?"));
}

#[test]
fn static_files_are_copied_as_they_are() {
    let built = Site::new()
        .file("static/.well-known/security.txt", "Contact: mailto:desk@paper.example\n")
        .file("static/.nojekyll", "")
        .file("static/.htaccess", "x")
        .file("static/files/A b.bin", [0u8, 159, 146, 150])
        .file("static/.env.local", "secret")
        .file("static/.git/config", "secret")
        .file("static/notes.txt~", "secret")
        .build();
    for file in [".well-known/security.txt", ".nojekyll", ".htaccess", "files/A b.bin"] {
        assert!(built.has(file), "{file}: {:#?}", built.paths());
    }
    assert_eq!(built.bytes("files/A b.bin"), [0u8, 159, 146, 150]);
    assert_eq!(built.naming("secret"), Vec::<&str>::new());
    assert!(!built.warnings(Code::Skipped).is_empty());
}

#[test]
fn two_sources_of_one_output_are_an_error_that_names_both() {
    let cases: &[(&str, &str, &str)] = &[
        ("content/a/x.md", "title: One", "title: Two\nslug: x"),
        ("content/a/x.md", "title: One", "title: Two\nslug: X"),
        ("content/a/é.md", "title: One", "title: Two\nurl: \"/a/e\\u0301/\""),
        ("content/a/x.md", "title: One", "title: Two\naliases: [/a/x/]"),
        ("content/a/x.md", "title: One\naliases: [/old/]", "title: Two\naliases: [/old/]"),
        ("content/a/x.md", "title: One", "title: Two\nurl: /a/x/index.html"),
        ("content/a/x.md", "title: One\nurl: /a/file.html", "title: Two\nurl: /a/file.html/below/"),
    ];
    for (path, one, two) in cases {
        let fault = Site::new().article(path, one).article("content/a/y.md", two).fails_once_with(Code::Collision);
        let told = format!("{} {:?}", fault.message, fault.other);
        let told = place(&fault) + &told;
        assert!(told.contains(path) && told.contains("content/a/y.md"), "{two}: {fault:?}");
        assert!(fault.hint.is_some());
    }
}

#[test]
fn articles_collide_with_lists_and_files() {
    let collides = |site: Site, names: &[&str]| {
        let fault = site.fails_once_with(Code::Collision);
        let told = format!("{} {:?} {:?}", fault.message, fault.mark, fault.other);
        assert!(names.iter().all(|name| told.contains(name)), "{told}");
    };
    let site = Site::new().article("content/about.md", "title: About");
    collides(site.article("content/about/us.md", "title: Us"), &["content/about.md", "section `about`"]);
    let site = Site::new().article("content/a/1.md", "title: One");
    collides(site.file("static/a/1/index.html", "x"), &["content/a/1.md", "static/a/1/index.html"]);
    let site = Site::new().article("content/a/1.md", "title: One\nurl: /2020/");
    collides(site.article("content/a/2.md", "title: Two\ndate: 2020-02-02"), &["content/a/1.md", "date page"]);
    let site = Site::new().article("content/a/1.md", "title: One").file("static/ROBOTS.txt", "x");
    collides(site, &["static/ROBOTS.txt"]);
}

#[test]
fn an_alias_may_be_given_twice_or_be_the_articles_own_address() {
    let built = Site::new().article("content/a/1.md", "title: One\naliases: [/a/1/, /old/, /old, old/]").build();
    assert!(built.has("/old/"));
    assert_eq!(built.text("_redirects").matches("/old/").count(), 1);
    assert_eq!(built.page("/a/1/").one("h1"), "One");
}

#[test]
fn data_files_are_there_for_those_who_ask() {
    let site = || {
        Site::new()
            .file("data/table.csv", "name,value\nbuoy,2\n")
            .file("templates/article.html", "{{ article.data.table | json }}")
            .file("templates/section.html", "{{ section.data.table | json }}")
    };
    let built = site()
        .article("content/a/1.md", "title: One\ndata: table.csv")
        .file("content/a/_index.md", "---\ntitle: A\ndata: [table]\n---\n")
        .build();
    assert_eq!(built.text("/a/1/"), r#"[{"name":"buoy","value":"2"}]"#);
    assert_eq!(built.text("/a/"), built.text("/a/1/"));
    let fault = site().article("content/a/1.md", "title: One\ndata: tabel").fails_once_with(Code::Data);
    assert_eq!((place(&fault).as_str(), fault.hint.as_deref()), ("content/a/1.md:3:7", Some("did you mean `table`?")));
    let fault = site().file("content/a/_index.md", "---\ntitle: A\ndata: [tabel]\n---\n").fails_once_with(Code::Data);
    assert!(place(&fault).starts_with("content/a/_index.md:3:"), "{fault:?}");
}

#[test]
fn a_recorded_url_must_stay() {
    let site =
        Site::new().article("content/a/1.md", "title: One").article("content/a/2.md", "title: Two\nunlisted: true");
    let site = site.asking(|request| request.record = true);
    site.build();
    assert_eq!(site.read("permalinks.txt"), "/a/1/\n", "unlisted ones are not written down");
    let site = site.article("content/a/3.md", "title: Three");
    site.build();
    assert_eq!(site.read("permalinks.txt"), "/a/1/\n/a/3/\n");
    let site = site.remove("content/a/1.md").article("content/a/one.md", "title: One");
    let fault = site.fails_once_with(Code::Ledger);
    assert_eq!(place(&fault), "permalinks.txt:1:1");
    assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("aliases: [/a/1/]")), "{fault:?}");
    assert_eq!(site.read("permalinks.txt"), "/a/1/\n/a/3/\n", "a failed build records nothing");
    site.article("content/a/one.md", "title: One\naliases: [/a/1/]").build();
}

#[test]
fn the_ledger_is_written_only_when_asked() {
    let site = Site::new().article("content/a/1.md", "title: One");
    site.build();
    assert!(!site.root().join("permalinks.txt").exists());
    let site = site.file("permalinks.txt", "# The first year\n\n/a/1/\n").article("content/a/2.md", "title: Two");
    site.build();
    assert_eq!(site.read("permalinks.txt"), "# The first year\n\n/a/1/\n");
    let site = site.asking(|request| request.record = true);
    site.build();
    assert_eq!(site.read("permalinks.txt"), "# The first year\n\n/a/1/\n/a/2/\n");
}

#[test]
fn a_removed_article_s_files_are_removed() {
    let site = Site::new().article("content/a/1.md", "title: One").article("content/b/2.md", "title: Two\ntags: [two]");
    assert!(site.build().has("/b/2/"));
    let built = site.remove("content/b/2.md").build();
    for page in ["/b/2/", "/b/", "/tags/two/", "b/feed.xml"] {
        assert!(!built.has(page), "{page}");
    }
    assert!(built.report().removed >= 4);
}

#[test]
fn a_rebuild_writes_only_what_changed() {
    let one = |text: &str| format!("---\ntitle: One\ndate: 2020-01-01\nstandfirst: A word before.\n---\n{text}\n");
    let site =
        Site::new().file("content/a/1.md", one("Text.")).article("content/a/2.md", "title: Two\ndate: 2020-01-02");
    site.build();
    assert_eq!(site.build().report().written, 0);
    let built = site.file("content/a/1.md", one("Another text.")).build();
    assert_eq!(built.report().written, 2, "the article, and the front page's feed with its full text");
}

#[test]
fn menus_and_pages_take_the_address_that_the_build_is_asked_for() {
    let built = Site::new()
        .config(
            "menus:\n  main:\n    - {name: News, url: /a/}\n    - {name: Elsewhere, url: 'https://elsewhere.example/'}",
        )
        .article("content/a/1.md", "title: One")
        .asking(|request| request.base_url = Some("https://other.example/preview/".to_owned()))
        .build();
    let page = built.page("/a/1/");
    assert_eq!(page.attributes("nav.menu a", "href"), ["/preview/a/", "https://elsewhere.example/"]);
    assert_eq!(page.attribute("link[rel=canonical]", "href"), "https://other.example/preview/a/1/");
    assert_eq!(built.naming("paper.example"), Vec::<&str>::new());
}

#[test]
fn nothing_takes_the_place_of_the_manifest_or_the_journal() {
    let path = "static/.Byline-Manifest";
    assert_eq!(place(&Site::new().file(path, "not ours").fails_once_with(Code::Path)), path);
    let built = Site::new().file("static/.byline-journal", "not ours").build();
    assert!(!built.has(".byline-journal"));
    assert_eq!(built.warnings(Code::Skipped).len(), 1);
    let site = Site::new().article("content/a/1.md", "title: One\naliases: [/.byline-manifest/x]");
    assert!(place(&site.fails_once_with(Code::Path)).starts_with("content/a/1.md"));
}

#[test]
fn the_ledger_allows_for_other_moments() {
    let site = Site::new()
        .article("content/news/old.md", "title: Old\ndate: 2019-01-01")
        .article("content/news/new.md", "title: New\ndate: 2021-01-01")
        .file("permalinks.txt", "/news/old/\n/news/new/\n");
    site.build();
    site.as_of("2020-01-01").build();
}
