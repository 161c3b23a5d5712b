//! What every article's page carries, for readers, browsers and machines; and what holds for all pages of the default theme.

use crate::support::{Built, Site};

fn full() -> Built {
    Site::new()
        .config("base_url: https://paper.example/daily/\nlanguage: en\ntimezone: Asia/Hong_Kong")
        .article("content/news/0.md", "title: Before\ndate: 2020-01-01\ntags: [sea]\nseries: {name: Run, part: 1}")
        .file(
            "content/news/1.md",
            "---\ntitle: The headline\nstandfirst: What *this* is about\ndate: 2020-02-02 10:00\nupdated: 2020-02-03 11:00\n\
             authors: [The Copy Desk, {name: The Dark Room, role: photographs}]\ntags: [sea, wind]\nseries: {name: Run, part: 2}\n\
             image: {src: pier.svg, alt: The pier, caption: At dawn, credit: The Dark Room}\ntoc: true\n\
             corrections: [{date: 2020-02-04, text: 'The pier is longer.'}]\n---\n## First part\n\nText.\n\n## Second part\n\nMore.\n",
        )
        .file("content/news/pier.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .article("content/news/2.md", "title: After\ndate: 2020-03-03\nseries: {name: Run, part: 3}")
        .build()
}

#[test]
fn readers_find_everything_that_the_front_matter_says() {
    let page = full().page("/news/1/");
    assert_eq!(page.one("h1"), "The headline");
    assert_eq!(page.inner(".standfirst"), "What <em>this</em> is about");
    assert_eq!(page.one(".byline"), "By The Copy Desk and The Dark Room (photographs)");
    assert_eq!(page.attribute("figure.lead-image img", "alt"), "The pier");
    assert_eq!(page.one("figure.lead-image figcaption"), "At dawn The Dark Room");
    assert_eq!(page.texts("nav.toc a"), ["First part", "Second part"]);
    assert_eq!(page.attributes("nav.toc a", "href"), ["#first-part", "#second-part"]);
    assert!(page.one(".corrections").contains("4 February 2020: The pier is longer."));
    assert_eq!(page.texts("nav.series li a"), ["Before", "After"]);
    assert_eq!(page.attribute("a[rel=prev]", "href"), "/daily/news/0/");
    assert_eq!(page.attribute("a[rel=next]", "href"), "/daily/news/2/");
    assert_eq!(page.texts(".related a"), ["Before"]);
    assert_eq!(page.texts(".tags a"), ["sea", "wind"]);
}

#[test]
fn machines_find_it_as_microformats_metadata_and_structured_data() {
    let page = full().page("/news/1/");
    let url = "https://paper.example/daily/news/1/";
    for class in [
        "p-name",
        "p-summary",
        "p-author.h-card",
        "p-category",
        "dt-published",
        "dt-updated",
        "e-content",
        "u-url",
        "u-photo",
    ] {
        assert!(page.count(&format!(".h-entry .{class}")) > 0, "{class}");
    }
    assert_eq!(page.attribute(".h-entry > .u-url", "value"), url);
    assert_eq!(page.attribute("link[rel=canonical]", "href"), url);
    assert_eq!(page.attribute("meta[name=description]", "content"), "What this is about");
    for (name, value) in [
        ("og:type", "article"),
        ("og:title", "The headline"),
        ("og:url", url),
        ("og:site_name", "The Test Paper"),
        ("og:description", "What this is about"),
        ("og:image", "https://paper.example/daily/news/pier.svg"),
        ("article:published_time", "2020-02-02T10:00:00+08:00"),
        ("article:modified_time", "2020-02-03T11:00:00+08:00"),
    ] {
        assert_eq!(page.attribute(&format!("meta[property='{name}']"), "content"), value, "{name}");
    }
    let data = page.json_ld();
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["description"], "What this is about");
    assert_eq!(data["author"][1]["name"], "The Dark Room");
    assert_eq!(data["author"][1]["url"], "https://paper.example/daily/authors/the-dark-room/");
    assert_eq!(data["keywords"].to_string(), r#"["sea","wind"]"#);
    assert_eq!(data["inLanguage"], "en");
    assert_eq!(data["dateModified"], "2020-02-03T11:00:00+08:00");
    assert_eq!(data["correction"][0]["datePublished"], "2020-02-04");
}

#[test]
fn the_type_of_articles_is_configurable() {
    let built = Site::new().config("article_type: BlogPosting").article("content/a/1.md", "title: One").build();
    assert_eq!(built.page("/a/1/").json_ld()["@type"], "BlogPosting");
}

#[test]
fn a_summary_stands_in_for_a_missing_standfirst() {
    let long = "word ".repeat(80);
    let built = Site::new()
        .file("content/a/first.md", format!("---\ntitle: First\ndate: 2020-01-01\n---\n{long}\n\nNot this.\n"))
        .file(
            "content/a/more.md",
            "---\ntitle: More\ndate: 2020-01-02\n---\nUp to here.\n\n<!-- more -->\n\nNot this.\n",
        )
        .build();
    let description = |url: &str| built.page(url).attribute("meta[name=description]", "content");
    assert_eq!(description("/a/more/"), "Up to here.");
    let cut = description("/a/first/");
    assert!(
        cut.chars().count() <= 201 && cut.starts_with("word word") && cut.trim_end_matches('…').ends_with("word"),
        "{cut}"
    );
    assert_eq!(built.page("/a/first/").count(".standfirst"), 0);
}

#[test]
fn an_articles_language_is_its_own() {
    let built = Site::new()
        .article("content/a/1.md", "title: عنوان\ndate: 2020-01-01\nlang: ar")
        .article("content/a/2.md", "title: Plain\ndate: 2020-01-02")
        .build();
    let page = built.page("/a/1/");
    assert_eq!((page.attribute("html", "lang"), page.attribute("html", "dir")), ("ar".to_owned(), "rtl".to_owned()));
    assert_eq!(built.page("/a/").attributes(".card[lang]", "lang"), ["ar"]);
    assert_eq!(page.json_ld()["inLanguage"], "ar");
}

/// A site of everything, in the theme that is there by default.
fn broadsheet() -> Built {
    let site = Site::new().config("theme: broadsheet\npagination: {size: 4}\ntaxonomies: [places]");
    site.run_of(
        "content/news/n",
        12,
        "tags: [sea, wind]\nauthor: The Desk\nseries: Run\nplaces: [Pier]\nfeatured: true",
    )
    .article("content/about.md", "title: About\naliases: [/who/]")
    .file("content/a/1.txt", "A headline in text\n\nBy The Night Desk\n\nThe text.\n")
    .build()
}

#[test]
fn the_default_theme_runs_no_scripts_and_has_no_styles_of_others() {
    for (path, bytes) in broadsheet().files().iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("<style") && !text.contains(" style="), "{path}");
        assert!(!text.contains(" onclick=") && !text.contains("javascript:"), "{path}");
        let own = ["<script type=\"application/ld+json\">", "<script src=\"/", "<script defer src=\"/"];
        let own: usize = own.iter().map(|start| text.matches(start).count()).sum();
        assert_eq!(text.matches("<script").count(), own, "{path}");
    }
}

#[test]
fn every_page_of_the_default_theme_has_one_h1_and_no_dead_link() {
    let built = broadsheet();
    let mut pages = 0;
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html") && *path != "who/index.html") {
        pages += 1;
        let page = built.page(path);
        assert_eq!(page.count("h1"), 1, "{path}");
        assert_eq!(page.count("main"), 1, "{path}");
        for name in ["href", "src"] {
            for link in page.attributes(&format!("[{name}^='/']"), name) {
                let target = link.split(['#', '?']).next().unwrap_or("");
                assert!(built.has(target), "{path} leads to {link}");
            }
        }
    }
    assert!(pages > 40, "{pages}");
}
