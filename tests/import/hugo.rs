//! Hugo.

use crate::Source;

fn site() -> Source {
    Source::new().file("hugo.toml", "baseURL = \"https://a.example/sub/\"\ntitle = \"A\"\n")
}

#[test]
fn shortcodes_become_markdown_and_unknown_ones_stay_to_be_seen() {
    let imported = site()
        .file(
            "content/posts/a.md",
            "---\ntitle: A\ndate: 2017-10-26\n---\n\
             {{< figure src=\"/i.png\" caption=\"C\" >}}\n\n{{< vimeo 12345 >}}\n\n{{< gist user 0f0f >}}\n\n\
             {{<box kind=\"x\">}}in{{</box>}} and `{{< box >}}` and {{</* box */>}}\n\n\
             [b]({{< relref \"b\" >}}) [nowhere]({{< ref \"zzz\" >}})\n",
        )
        .file("content/posts/b.md", "+++\ntitle = \"B\"\n+++\nText\n")
        .file("static/i.png", "x")
        .import("hugo");
    let text = imported.read("content/posts/a.md");
    for part in [
        "![C](/i.png \"C\")",
        "<iframe src=\"https://player.vimeo.com/video/12345\"",
        "[Gist: user/0f0f](https://gist.github.com/user/0f0f)",
        "`{{<box kind=\"x\">}}`in`{{</box>}}` and `{{< box >}}` and {{< box >}}",
        "[b](/posts/b.md)",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    imported.notes_that(&["unconverted content/posts/a.md:13:", "`ref` was not converted"]);
    imported.notes_that(&["unconverted content/posts/a.md:11:", "`box`"]);
    imported.notes_that(&["`gist` became a link"]);
}

#[test]
fn addresses_are_kept_by_permalink_slug_or_url() {
    let imported = Source::new()
        .file("config.yaml", "baseURL: https://a.example/\npermalinks:\n  posts: /:year/:month/:slugorfilename/\n")
        .file("content/posts/one.md", "---\ntitle: One\ndate: 2017-10-26\n---\nText\n")
        .file("content/posts/two.md", "---\ntitle: Two\ndate: 2017-10-27\nslug: zwei\n---\nText\n")
        .file("content/posts/three.md", "---\ntitle: Three\ndate: 2017-10-28\nurl: /far/away.html\n---\nText\n")
        .file("content/notes/2017/four.md", "---\ntitle: Four\ndate: 2017-10-29\n---\nText\n")
        .import("hugo");
    assert_eq!(imported.report["permalink"], "/{year}/{month}/{slug}/");
    for url in ["/2017/10/one/", "/2017/10/zwei/", "/far/away.html", "/notes/2017/four/"] {
        imported.page(url);
    }
    assert!(imported.read("content/posts/two.md").contains("slug: zwei\n"));
    assert!(!imported.read("content/posts/one.md").contains("url:"));
}

#[test]
fn pages_that_byline_makes_itself_give_way() {
    let imported = site()
        .file(
            "content/posts/a.md",
            "---\ntitle: A\ndate: 2017-10-26\ntags: [x]\naliases: [/posts/, /tags/x/, /old/]\n---\nText\n",
        )
        .file("content/archive.md", "---\ntitle: Archive\nlayout: archive\n---\n")
        .file("content/search.md", "---\ntitle: Search\n---\nSearch for fish.\n")
        .file("content/tags/x.md", "---\ntitle: A page on a tag\n---\nText\n")
        .import("hugo");
    imported.notes_that(&["import content/archive.md", "was left out"]);
    imported.notes_that(&["old-address content/search.md", "/search-page/"]);
    imported.notes_that(&["old-address content/posts/a.md", "`/posts/`"]);
    imported.page("/search-page/");
    assert!(imported.page("/old/").contains("/posts/a/"));
    assert_eq!(imported.count("redirects"), 1);
}

#[test]
fn what_has_no_key_is_kept_below_extra_and_bad_dates_are_reported() {
    let imported = site()
        .file(
            "content/posts/a.md",
            "---\ntitle: 1.10\ndate: someday\nmood: calm\ntags: [\"???\", \"good\", 2017]\nimage: gone.png\n---\nText\n",
        )
        .import("hugo");
    let text = imported.read("content/posts/a.md");
    assert_eq!(
        text,
        "---\ntitle: \"1.10\"\ntags: [good, \"2017\"]\nextra:\n  date: someday\n  mood: calm\n  image: gone.png\n---\n\nText\n"
    );
    imported.notes_that(&["unconverted content/posts/a.md:3:", "someday"]);
    imported.notes_that(&["unconverted content/posts/a.md:5:", "???"]);
    imported.notes_that(&["asset content/posts/a.md", "gone.png"]);
    assert_eq!(imported.built["undated"], 1);
}

#[test]
fn configuration_in_a_folder_and_languages_are_read() {
    let imported = Source::new()
        .file("config/_default/hugo.toml", "baseURL = \"https://a.example/\"\ndefaultContentLanguage = \"de\"\n")
        .file("config/_default/params.toml", "description = \"Was schwimmt.\"\n")
        .file("config/_default/menus.toml", "[[main]]\nname = \"Log\"\nurl = \"/posts/\"\n")
        .file("config/_default/languages.yaml", "de: {contentDir: content/de}\nen: {contentDir: content/en}\n")
        .file("content/de/posts/a.md", "---\ntitle: Eins\ndate: 2017-10-26\n---\nText\n")
        .file("content/en/posts/a.md", "---\ntitle: One\ndate: 2017-10-26\n---\nText\n")
        .import("hugo");
    assert!(imported.page("/posts/a/").contains("Eins"));
    assert!(imported.page("/en/posts/a/").contains("lang=\"en\""));
    let site = imported.read("site.yaml");
    for line in ["description: Was schwimmt.", "language: de", "- name: Log"] {
        assert!(site.contains(line), "{site}");
    }
}

#[test]
fn a_date_that_only_the_path_gives_moves_no_article() {
    let imported = Source::new()
        .file("config.yaml", "baseURL: https://a.example/\npermalinks:\n  posts: /:year/:month/:slugorfilename/\n")
        .file("content/posts/one.md", "---\ntitle: One\ndate: 2017-10-26\n---\nText\n")
        .file("content/posts/two.md", "---\ntitle: Two\ndate: 2017-10-27\n---\nText\n")
        .file("content/2016-04-05-top.md", "---\ntitle: Top\n---\nText\n")
        .file("content/notes/2015/04/05/deep.md", "---\ntitle: Deep\n---\nText\n")
        .file("content/about.md", "---\ntitle: About\nurl: /2014/03/02/about/\n---\nText\n")
        .import("hugo");
    let dates = [
        ("/2016-04-05-top/", "2016-04-05"),
        ("/notes/2015/04/05/deep/", "2015-04-05"),
        ("/2014/03/02/about/", "2014-03-02"),
    ];
    for (url, day) in dates {
        assert!(imported.page(url).contains(&format!("datetime=\"{day}\"")), "{url}");
    }
    assert_eq!(imported.report["permalink"], "/{year}/{month}/{slug}/");
    assert_eq!(imported.built["undated"], 0);
}

#[test]
fn a_section_that_no_build_could_read_keeps_its_title() {
    let imported = site()
        .file(
            "content/posts/_index.md",
            "---\ntitle: Posts\ncascade:\n  authors: [\"A\", \"\"]\n  tags: [\"a\"]\n---\nText\n",
        )
        .file("content/notes/_index.md", format!("---\ntitle: Notes\n---\n{}\n", "[a](b) ".repeat(70_000)))
        .file("content/posts/a.md", "---\ntitle: A\n---\nText\n")
        .import("hugo");
    assert_eq!(imported.read("content/notes/_index.md"), "---\ntitle: Notes\n---\n");
    imported.notes_that(&["unconverted content/notes/_index.md", "left out"]);
}

#[test]
fn the_sites_own_language_may_have_a_folder_of_its_own() {
    let imported = Source::new()
        .file(
            "hugo.toml",
            "baseURL = 'https://a.example/'\ndefaultContentLanguageInSubdir = true\n[languages.en]\n[languages.fr]\n",
        )
        .file("content/posts/_index.md", "---\ntitle: Posts\n---\n[all](/en/posts/)\n")
        .file("content/posts/a.md", "---\ntitle: A\ndate: 2017-10-26\naliases: [/was/]\n---\nText\n")
        .file("content/posts/a.fr.md", "---\ntitle: A\ndate: 2017-10-26\n---\nText\n")
        .file("content/posts/b.md", "---\ntitle: B\nurl: /b/\n---\nText\n")
        .file("content/posts/c.fr.md", "---\ntitle: C\nurl: c/\n---\nText\n")
        .import("hugo");
    for url in ["/en/posts/a/", "/fr/posts/a/", "/en/was/", "/b/", "/fr/c/"] {
        imported.page(url);
    }
    assert!(imported.read("content/posts/_index.md").contains("[all](/posts/_index.md)"));
}

#[test]
fn the_pages_of_one_section_may_be_files() {
    let imported = Source::new()
        .file("hugo.toml", "[uglyURLs]\nPosts = true\nnews = false\n")
        .file("content/posts/a.md", "---\ntitle: A\ndate: 2017-10-26\n---\nText\n")
        .file("content/news/b.md", "---\ntitle: B\ndate: 2017-10-26\n---\nText\n")
        .import("hugo");
    for url in ["/posts/a.html", "/news/b/"] {
        imported.page(url);
    }
}

#[test]
fn a_taxonomy_that_byline_has_another_use_for_is_kept_for_templates() {
    let imported = Source::new()
        .file("hugo.toml", "[taxonomies]\narchive = 'archive'\ntopic = 'topics'\n")
        .file("content/posts/a.md", "---\ntitle: A\ndate: 2017-10-26\narchive: ['2017']\ntopics: [Sea]\n---\nText\n")
        .import("hugo");
    assert!(imported.read("site.yaml").contains("taxonomies: [topics]\n"));
    assert!(
        imported.read("content/posts/a.md").contains("topics: [Sea]\nextra:\n  archive: [\"2017\"]\n"),
        "{}",
        imported.read("content/posts/a.md")
    );
    imported.page("/topics/sea/");
    imported.notes_that(&["import", "`archive`", "`extra`"]);
}
