//! Pelican.

use crate::Source;

#[test]
fn links_in_braces_lead_to_files() {
    let imported = Source::new()
        .file("pelicanconf.py", "SITEURL = 'https://a.example'\nDEFAULT_LANG = 'en'\n")
        .file(
            "content/sub/a.md",
            "Title: A\nDate: 2017-10-26\n\n[b]({filename}../b.md#x) [c]({filename}/c d.rst) ![i]({static}/images/i.png) ![j]({attach}j.png) \
             [t]({tag}News) [i]({index}) [gone]({filename}gone.md)\n",
        )
        .file("content/sub/j.png", "x")
        .file("content/images/i.png", "x")
        .file("content/b.md", "Title: B\nDate: 2017-10-27\nTags: News\n\n## X {: #x}\n")
        .file("content/c d.rst", "Cee\n===\n\n:date: 2017-10-28\n\n`a <{filename}/sub/a.md>`_\n")
        .import("pelican");
    let text = imported.read("content/sub/a.md");
    for part in
        ["[b](/b.md#x)", "[c](/c%20d.md)", "![i](/images/i.png)", "![j](/sub/j.png)", "[t](/tags/news/)", "[i](/)"]
    {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(imported.read("content/c d.md").contains("[a](/sub/a.md)"));
    assert!(imported.has("public/sub/j.png") && imported.has("public/images/i.png"));
    for url in ["/a.html", "/b.html", "/cee.html"] {
        imported.page(url);
    }
}

#[test]
fn restructured_text_that_is_not_simple_stays_as_it_is_written() {
    let imported = Source::new()
        .file("pelicanconf.py", "SITENAME = 'A'\n")
        .file(
            "content/a.rst",
            "A\n#\n\nShort underline\n",
        )
        .file(
            "content/b.rst",
            "Title of B\n##########\n\n:date: 2017-10-26\n:tags: x\n\nOne\n===\n\n.. math::\n\n   a^2\n\n+---+---+\n| a | b |\n+---+---+\n\n\
             .. [1] A note.\n\nSee [1]_.\n\n* a\n\n  * b\n\n.. epigraph::\n\n   Words.\n",
        )
        .import("pelican");
    let text = imported.read("content/b.md");
    for part in [
        "## One",
        "```rst\n.. math::\n\n   a^2\n```",
        "```rst\n+---+---+",
        "[^1]: A note.",
        "See [^1].",
        "- a\n\n  - b",
        "> Words.",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    imported.notes_that(&["unconverted content/b.rst:10:", "`math`"]);
    imported.notes_that(&["unconverted content/b.rst:14:", "a table"]);
    imported.notes_that(&["import content/a.rst", "without a title"]);
}

#[test]
fn settings_decide_where_things_are_saved() {
    let imported = Source::new()
        .file(
            "pelicanconf.py",
            "PATH = 'texts'\nARTICLE_SAVE_AS = '{category}/{date:%Y}/{slug}/index.html'\nPAGE_SAVE_AS = '{slug}/index.html'\n\
             SLUGIFY_SOURCE = 'basename'\nAUTHOR = 'The Desk'\nDEFAULT_PAGINATION = 5\nTIMEZONE = 'Asia/Tokyo'\n",
        )
        .file("texts/Sea News/2017-10-26-first.md", "Title: Another title\n\nText\n")
        .file("texts/pages/about.md", "Title: About us\n\nText\n")
        .file("texts/skipped.md", "Title: Skipped\nDate: 2017-10-26\nStatus: skip\n\nText\n")
        .import("pelican");
    let page = imported.page("/sea-news/2017/2017-10-26-first/");
    assert!(page.contains("The Desk") && page.contains("datetime=\"2017-10-26\""), "{page}");
    imported.page("/about/");
    assert!(imported.read("site.yaml").contains("timezone: Asia/Tokyo\npagination:\n  size: 5\n"));
    imported.notes_that(&["import texts/skipped.md", "skip"]);
}

#[test]
fn names_and_paths_of_files_say_what_the_settings_let_them_say() {
    let imported = Source::new()
        .file(
            "pelicanconf.py",
            "PATH_METADATA = r'(?P<path_no_ext>.*)\\..*'\nFILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'\n\
             ARTICLE_URL = ARTICLE_SAVE_AS = 'log/{date:%Y}/{slug}.html'\nPAGE_URL = '{path_no_ext}.html'\n\
             PAGE_SAVE_AS = PAGE_URL\n",
        )
        .file("content/2017-10-26_high-water.md", "Title: The quay stood under water\n\nText\n")
        .file("content/2017-10-27_own.md", "Title: Own\nSlug: mine\nDate: 2018-01-02\n\nText\n")
        .file("content/pages/crew/us.md", "Title: About us\n\nText\n")
        .import("pelican");
    for url in ["/log/2017/high-water.html", "/log/2018/mine.html", "/pages/crew/us.html"] {
        imported.page(url);
    }
    assert!(!imported.read("content/2017-10-26_high-water.md").contains("path_no_ext"));
}

#[test]
fn the_settings_of_old_may_have_their_old_name() {
    let imported = Source::new()
        .file("pelican.conf.py", "SITENAME = 'The Log'\n")
        .file("content/a.md", "Title: A\nDate: 2017-10-26\n\nText\n")
        .import("pelican");
    assert!(imported.read("site.yaml").contains("title: The Log\n"));
}

#[test]
fn what_holds_for_all_articles_is_overruled_by_each() {
    let imported = Source::new()
        .file(
            "pelicanconf.py",
            "DEFAULT_METADATA = {'Status': 'draft', 'tags': 'Quay'}\nARTICLE_URL = 'log/{date:%Y}/{date:%b}/{slug}/'\n\
             ARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'\n",
        )
        .file("content/a.md", "Title: \"High\" water\nDate: 06-10-2017 11:00\nStatus: published\n\nText\n")
        .file("content/b.md", "Title: B\nDate: 26.10.2017\nTags: \"Sea\"\n\nText\n")
        .import("pelican");
    imported.page("/log/2017/Jun/high-water/");
    let text = imported.read("content/a.md");
    assert!(text.contains(r#"title: "\"High\" water""#) && text.contains("tags: [Quay]"), "{text}");
    let draft = imported.read("content/b.md");
    assert!(draft.contains("tags: [Sea]") && draft.contains("draft: true"), "{draft}");
    assert_eq!(imported.count("undated"), 0);
}
