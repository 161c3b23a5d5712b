//! What makes a file an article or a page, where its date comes from, and its address: section, slug, permalink.

use byline::model::code::Code;

use crate::support::{Site, place};

#[test]
fn a_file_in_a_section_is_an_article() {
    let built = Site::new().article("content/news/undated.md", "title: Undated").build();
    assert_eq!(built.headlines("/news/"), ["Undated"]);
    assert_eq!(built.page("/news/undated/").json_ld()["@type"], "NewsArticle");
    assert_eq!((built.report().articles, built.report().undated), (1, 1));
}

#[test]
fn a_file_at_the_top_is_a_page_unless_it_has_a_date() {
    let built = Site::new()
        .article("content/about.md", "title: About us")
        .article("content/dated.md", "title: Dated at the top\ndate: 2020-02-02")
        .build();
    assert_eq!(built.page("/about/").json_ld()["@type"], "WebPage");
    assert_eq!(built.headlines("/"), ["Dated at the top"]);
    assert!(built.text("sitemap.xml").contains("https://paper.example/about/"));
    let naming: Vec<&str> = built.naming("About us");
    assert_eq!(naming, ["about/index.html"], "a standing page is in no index");
    assert_eq!(built.report().articles, 1);
}

#[test]
fn page_true_cascades_and_yields_to_a_date() {
    let built = Site::new()
        .file("content/help/_index.md", "---\ntitle: Help\ncascade:\n  page: true\n---\n")
        .article("content/help/contact.md", "title: Contact the desk")
        .article("content/help/change.md", "title: A change of hours\ndate: 2021-05-05")
        .build();
    assert_eq!(built.headlines("/help/"), ["A change of hours"]);
    assert_eq!(built.page("/help/contact/").json_ld()["@type"], "WebPage");
    assert_eq!(built.naming("Contact the desk"), ["help/contact/index.html"]);
}

#[test]
fn undated_articles_follow_the_dated_ones_by_title() {
    let built = Site::new()
        .article("content/news/x.md", "title: zebra\ntags: [zoo]\nauthor: The Zoo Desk")
        .article("content/news/y.md", "title: Aardvark\ntags: [zoo]\nauthor: The Zoo Desk")
        .article("content/news/z.md", "title: Old\ndate: 1999-01-01\ntags: [zoo]\nauthor: The Zoo Desk")
        .article("content/news/w.md", "title: New\ndate: 2019-01-01\ntags: [zoo]\nauthor: The Zoo Desk")
        .build();
    for list in ["/news/", "/tags/zoo/", "/authors/the-zoo-desk/"] {
        assert_eq!(built.headlines(list), ["New", "Old", "Aardvark", "zebra"], "{list}");
    }
    assert_eq!(built.headlines("/"), ["New", "Old"], "undated articles are not on the front page");
    for feed in ["feed.xml", "news/feed.xml", "tags/zoo/feed.xml"] {
        assert!(built.text(feed).contains("<title>Old</title>"), "{feed}");
        assert!(!built.text(feed).contains("Aardvark"), "{feed}");
    }
    assert_eq!(built.report().undated, 2);
}

#[test]
fn the_date_comes_from_sidecar_front_matter_name_or_folders() {
    let built = Site::new()
        .file("content/a/2001-01-01-side.html", "---\ntitle: Side\ndate: 2002-02-02\n---\n<p>Text.</p>\n")
        .file("content/a/2001-01-01-side.yaml", "date: 2003-03-03\n")
        .article("content/a/2001-01-01-front.md", "title: Front\ndate: 2002-02-02")
        .article("content/a/2001-01-01-name.md", "title: Name")
        .article("content/a/2005/06/07/folders.md", "title: Folders")
        .article("content/a/address.md", "title: Address\nurl: /2008/09/10/address/")
        .article("content/a/2011-12-13-bundle/index.md", "title: Bundle")
        .build();
    let date = |url: &str| built.page(url).attribute("time.dt-published", "datetime");
    assert_eq!(date("/a/side/"), "2003-03-03");
    assert_eq!(date("/a/front/"), "2002-02-02");
    assert_eq!(date("/a/name/"), "2001-01-01");
    assert_eq!(date("/a/folders/"), "2005-06-07", "folders named by digits are no sections");
    assert_eq!(date("/2008/09/10/address/"), "2008-09-10");
    assert_eq!(date("/a/bundle/"), "2011-12-13");
}

#[test]
fn dates_without_a_zone_are_in_the_sites_zone_and_days_begin_there() {
    let built = Site::new()
        .config("timezone: Asia/Hong_Kong")
        .article("content/a/local.md", "title: Local\ndate: 2017-10-26 00:30")
        .article("content/a/utc.md", "title: Universal\ndate: 2017-10-25T16:30:00Z")
        .article("content/a/offset.md", "title: Offset\ndate: 2017-10-25 11:45:00 -0500")
        .article("content/a/day.md", "title: Day alone\ndate: 2017-10-26")
        .build();
    assert_eq!(built.headlines("/2017/10/26/"), ["Offset", "Universal", "Local", "Day alone"]);
    let date = |url: &str| built.page(url).attribute("time.dt-published", "datetime");
    assert_eq!(date("/a/utc/"), "2017-10-26T00:30:00+08:00");
    assert_eq!(date("/a/day/"), "2017-10-26");
    assert!(built.text("feed.xml").contains("<published>2017-10-26T00:00:00+08:00</published>"));
}

#[test]
fn articles_of_one_moment_are_ordered_by_path() {
    let built = Site::new()
        .article("content/b/one.md", "title: B one\ndate: 2020-01-01")
        .article("content/a/two.md", "title: A two\ndate: 2020-01-01")
        .article("content/a/one.md", "title: A one\ndate: 2020-01-01")
        .build();
    assert_eq!(built.headlines("/2020/01/01/"), ["B one", "A two", "A one"], "newest, that is last by path, first");
}

#[test]
fn a_section_lists_what_lies_below_it() {
    let built = Site::new()
        .article("content/news/top.md", "title: Top\ndate: 2020-01-01")
        .article("content/news/asia/deep.md", "title: Deep\ndate: 2020-01-02")
        .article("content/news/asia/2020/deeper.md", "title: Deeper\ndate: 2020-01-03")
        .article("content/elsewhere.md", "title: Moved in\ndate: 2020-01-04\nsection: news/Asia")
        .build();
    assert_eq!(built.headlines("/news/"), ["Moved in", "Deeper", "Deep", "Top"]);
    assert_eq!(built.headlines("/news/asia/"), ["Moved in", "Deeper", "Deep"]);
    assert!(built.has("/news/asia/deeper/") && built.has("/news/asia/elsewhere/"));
    assert!(!built.has("/news/asia/2020/"));
    assert_eq!(built.page("/news/asia/deep/").attribute(".kicker a", "href"), "/news/asia/");
    assert_eq!(built.page("/news/").attributes(".subsections a", "href"), ["/news/asia/"]);
}

#[test]
fn slugs_come_from_the_stem_the_bundle_or_the_headline() {
    let built = Site::new()
        .article("content/a/2017-10-26-the-stem.md", "title: Not this\ndate: 2017-10-26")
        .article("content/a/story/index.md", "title: Nor this")
        .file("content/a/file0001.txt", "The headline makes it\n\nThe text.\n")
        .article("content/a/given.md", "title: Given\nslug: as-written")
        .article("content/a/C++ & C#.md", "title: Languages")
        .article("content/a/Überlauf am Fluß.md", "title: Umlauts")
        .article("content/a/潮汐表.md", "title: Tides")
        .article("content/a/It's Joe’s.md", "title: Apostrophes")
        .build();
    let slugs = ["the-stem", "story", "the-headline-makes-it", "as-written", "c-plus-plus-c-sharp", "its-joes"];
    for slug in slugs.into_iter().chain(["überlauf-am-fluß", "潮汐表"]) {
        assert!(built.has(&format!("/a/{slug}/")), "{slug}: {:#?}", built.paths());
    }
    let link = built.page("/a/").attributes(".card > .p-name a", "href");
    assert!(link.contains(&"/a/%C3%BCberlauf-am-flu%C3%9F/".to_owned()), "{link:?}");
}

#[test]
fn ascii_slugs_are_transliterated() {
    let built = Site::new()
        .config("slugs: ascii")
        .article("content/a/Überlauf am Fluß.md", "title: Umlauts\ntags: [Größe]")
        .article("content/a/潮汐.md", "title: Tides")
        .build();
    assert!(built.has("/a/uberlauf-am-fluss/"), "{:#?}", built.paths());
    assert!(built.has("/tags/grosse/"), "{:#?}", built.paths());
    assert!(built.paths().iter().all(|path| path.is_ascii()), "{:#?}", built.paths());
}

#[test]
fn a_headline_slug_is_cut_at_a_words_end() {
    let title = "The committee that oversees the harbour wall meets again to hear about the harbour wall";
    let built = Site::new().file("content/a/x.txt", format!("{title}\n\nText.\n")).build();
    let slug = "the-committee-that-oversees-the-harbour-wall-meets-again-to-hear-about-the";
    assert!(slug.len() <= 80 && format!("{slug}-harbour").len() > 80);
    assert!(built.has(&format!("/a/{slug}/")), "{:#?}", built.paths());
}

#[test]
fn of_equal_text_slugs_the_oldest_keeps_it() {
    let text = |date: &str| format!("Letters to the editor\n\nPUBLISHED : {date}\n\nText of {date}.\n");
    let built = Site::new()
        .file("content/a/zz.txt", text("2001-01-01"))
        .file("content/a/mm.txt", text("2002-02-02"))
        .file("content/a/aa.txt", text("2003-03-03"))
        .file("content/a/bb.txt", text("2003-03-03"))
        .build();
    let body = |slug: &str| built.page(&format!("/a/{slug}/")).one(".e-content");
    assert_eq!(body("letters-to-the-editor"), "Text of 2001-01-01.");
    assert_eq!(body("letters-to-the-editor-2002-02-02"), "Text of 2002-02-02.");
    assert_eq!(body("letters-to-the-editor-2003-03-03"), "Text of 2003-03-03.");
    assert_eq!(body("letters-to-the-editor-2003-03-03-bb"), "Text of 2003-03-03.");
}

#[test]
fn equal_headlines_in_two_sections_do_not_collide() {
    let built =
        Site::new().file("content/a/1.txt", "Letters\n\nOne.\n").file("content/b/2.txt", "Letters\n\nTwo.\n").build();
    assert!(built.has("/a/letters/") && built.has("/b/letters/"));
}

#[test]
fn a_written_slug_does_not_yield_to_a_headline() {
    let built = Site::new()
        .file("content/a/1.txt", "Letters\n\nPUBLISHED : 2001-01-01\n\nOne.\n")
        .article("content/a/letters.md", "title: Written\ndate: 2010-01-01")
        .build();
    assert_eq!(built.page("/a/letters/").one("h1"), "Written");
    assert_eq!(built.page("/a/letters-2001-01-01/").one("h1"), "Letters");
}

#[test]
fn reserved_names_are_refused_with_a_proposal() {
    for name in ["archive", "tags", "authors", "series", "search", "page", "2017"] {
        let site = Site::new().article(&format!("content/{name}.md"), "title: Title");
        let fault = site.fails_once_with(Code::Slug);
        assert!(fault.message.contains(name), "{}", fault.message);
        assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("slug:")), "{fault:?}");
        assert_eq!(place(&fault), format!("content/{name}.md"));
    }
    let fault = Site::new().article("content/tags/a.md", "title: Title").fails_once_with(Code::Slug);
    assert!(fault.message.contains("tags"), "{}", fault.message);
    Site::new().article("content/news/archive.md", "title: Below the top all names are free").build();
}

#[test]
fn permalink_has_its_parts() {
    let built = Site::new()
        .config("permalink: /{year}/{month}/{day}/{author}/{section}/{slug}.html")
        .article("content/news/a.md", "title: A\ndate: 2017-03-04\nauthors: [The Night Desk, The Copy Desk]")
        .article("content/about.md", "title: About")
        .build();
    assert!(built.has("2017/03/04/the-night-desk/news/a.html"), "{:#?}", built.paths());
    assert!(built.has("/about/"), "standing pages have no pattern");
    assert_eq!(
        built.page("/news/").attributes(".card > .p-name a", "href"),
        ["/2017/03/04/the-night-desk/news/a.html"]
    );
}

#[test]
fn url_overrides_everything() {
    let built = Site::new()
        .article("content/a/x.md", "title: Folder\nurl: /2015/some-slug/")
        .article("content/a/y.md", "title: File\nurl: /old/page.html")
        .article("content/a/z.md", "title: Other\nurl: notes.htm")
        .build();
    assert_eq!(built.page("/2015/some-slug/").one("h1"), "Folder");
    assert_eq!(built.page("old/page.html").one("h1"), "File");
    assert_eq!(built.page("notes.htm").one("h1"), "Other");
}

#[test]
fn aliases_redirect() {
    let built = Site::new()
        .config("base_url: https://paper.example/daily/")
        .article("content/a/x.md", "title: Moved\naliases: [/old/place/, old/file.html, /plain]")
        .build();
    for file in ["old/place/index.html", "old/file.html", "plain/index.html"] {
        let page = built.page(file);
        assert_eq!(page.attribute("link[rel=canonical]", "href"), "https://paper.example/daily/a/x/", "{file}");
        assert!(page.attribute("meta[http-equiv=refresh]", "content").ends_with("/daily/a/x/"), "{file}");
    }
    let redirects = built.text("_redirects");
    assert!(redirects.contains("/daily/old/place/ /daily/a/x/ 301\n"), "{redirects}");
    assert!(!built.text("sitemap.xml").contains("old/place"));
}

#[test]
fn slugs_that_leave_their_folder_are_refused() {
    for key in ["slug: ../x", "url: /../x/", "aliases: [/a/../../x/]", "url: '/a/con/'", "slug: 'a/b'"] {
        let site = Site::new().article("content/a/x.md", &format!("title: Out\n{key}"));
        let (report, _) = site.attempt();
        let fault = &report.sorted()[0];
        assert!(matches!(fault.code, Code::Slug | Code::Path | Code::WrongType), "{key}: {fault:?}");
        assert!(place(fault).starts_with("content/a/x.md:3:"), "{key}: {fault:?}");
    }
}
