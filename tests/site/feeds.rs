//! Feeds, and the files for machines.

use serde_json::Value;

use crate::support::Site;

fn paper(count: usize) -> Site {
    let more = "tags: [all]\nauthor: The Desk\nseries: Run\nstandfirst: In *short* & clear";
    Site::new().config("feeds: {atom: true, json: true, rss: true}").run_of("content/news/n", count, more)
}

/// The titles of an Atom or RSS feed's entries.
fn titles<'a>(xml: &'a str, entry: &str) -> Vec<&'a str> {
    let start = format!("<{entry}>");
    let entries = xml.split(start.as_str()).skip(1);
    entries.filter_map(|entry| entry.split("<title>").nth(1)?.split("</title>").next()).collect()
}

fn down(high: usize, low: usize) -> Vec<String> {
    (low..=high).rev().map(|number| format!("Number {number}")).collect()
}

#[test]
fn the_front_pages_feed_has_fifty_entries_in_full() {
    let built = paper(53).build();
    for (file, entry) in [("feed.xml", "entry"), ("rss.xml", "item")] {
        assert_eq!(titles(built.text(file), entry), down(53, 4), "{file}");
    }
    let json: Value = serde_json::from_str(built.text("feed.json")).expect("JSON");
    let items = json["items"].as_array().expect("items");
    assert_eq!(items.iter().map(|item| item["title"].as_str().unwrap_or("")).collect::<Vec<_>>(), down(53, 4));
    assert!(built.text("feed.xml").contains("The text of content/news/n053.md."));
    assert!(items[0]["content_html"].as_str().is_some_and(|html| html.contains("The text of content/news/n053.md.")));
}

#[test]
fn other_feeds_have_twenty_summaries() {
    let built = paper(53).build();
    for list in ["news", "tags/all", "authors/the-desk", "series/run"] {
        for (file, entry) in [("feed.xml", "entry"), ("rss.xml", "item")] {
            let text = built.text(&format!("{list}/{file}"));
            assert_eq!(titles(text, entry), down(53, 34), "{list}/{file}");
            assert!(text.contains("In short &amp;") && !text.contains("The text of"), "{list}/{file}");
        }
        let json: Value = serde_json::from_str(built.text(&format!("{list}/feed.json"))).expect("JSON");
        assert_eq!(json["items"].as_array().map(Vec::len), Some(20));
        assert_eq!(json["items"][0]["summary"], "In short & clear");
    }
}

#[test]
fn feeds_that_are_switched_off_are_not_written() {
    let built = paper(1).config("").build();
    assert!(built.has("feed.xml") && built.has("news/feed.xml"));
    assert!(!built.has("feed.json") && !built.has("rss.xml"));
    let built = paper(1).config("feeds: {atom: false}").build();
    assert!(built.paths().iter().all(|path| !path.ends_with("feed.xml")), "{:#?}", built.paths());
    assert_eq!(built.page("/").count("link[rel=alternate]"), 0);
}

#[test]
fn a_json_feed_says_what_it_is() {
    let built = paper(2).build();
    let json: Value = serde_json::from_str(built.text("news/feed.json")).expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["title"], "The Test Paper: News");
    assert_eq!(json["home_page_url"], "https://paper.example/news/");
    assert_eq!(json["feed_url"], "https://paper.example/news/feed.json");
    let item = &json["items"][0];
    assert_eq!(item["id"], "https://paper.example/news/n002/");
    assert_eq!(item["url"], "https://paper.example/news/n002/");
    assert_eq!(item["date_published"], "2001-01-02T00:00:00Z");
    assert_eq!(item["authors"][0]["name"], "The Desk");
    assert_eq!(item["tags"][0], "all");
}

#[test]
fn links_in_feeds_are_absolute_and_keep_the_base_path() {
    let built = Site::new()
        .config("base_url: https://paper.example/daily/")
        .file("content/a/1.md", "---\ntitle: One\ndate: 2020-01-01\n---\nSee [two](2.md#part) and [a note][^1].\n\n![Map](map.svg)\n\n[^1]: Note.\n")
        .file("content/a/2.md", "---\ntitle: Two\ndate: 2020-01-02\n---\n## Part\n")
        .file("content/a/map.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .build();
    let feed = built.text("feed.xml");
    for link in [
        "https://paper.example/daily/a/2/#part",
        "https://paper.example/daily/a/map.svg",
        "https://paper.example/daily/a/1/#",
    ] {
        assert!(feed.contains(link), "{link}: {feed}");
    }
    assert!(!feed.contains("href=&quot;/") && !feed.contains("src=&quot;/"), "{feed}");
    let hrefs = built.page("/a/1/").attributes("[href], [src]", "href");
    let inside = hrefs.iter().filter(|href| href.starts_with('/'));
    assert!(inside.clone().all(|href| href.starts_with("/daily/")), "{hrefs:?}");
    assert!(inside.count() > 3);
}

#[test]
fn a_feed_tells_changes_corrections_and_the_source() {
    let built = Site::new()
        .article(
            "content/a/1.md",
            "title: One\ndate: 2020-01-01\nupdated: 2020-03-01\nsource: {name: Elsewhere, url: 'https://elsewhere.example/1'}\ncorrections:\n  - {date: 2020-02-01, text: 'It was <not> so.'}",
        )
        .article("content/a/2.md", "title: Two\ndate: 2020-01-02")
        .build();
    let feed = built.text("feed.xml");
    assert!(feed.contains("<updated>2020-03-01T00:00:00Z</updated>\n<author>"), "the feed's own: {feed}");
    assert!(feed.contains("It was &lt;not&gt; so."), "{feed}");
    assert!(feed.contains("https://elsewhere.example/1"));
    let page = built.page("/a/1/");
    assert_eq!(page.attribute("link[rel=canonical]", "href"), "https://elsewhere.example/1");
    assert!(page.one(".corrections").contains("It was <not> so."));
    assert_eq!(page.json_ld()["correction"][0]["text"], "It was <not> so.");
}

#[test]
fn the_sitemap_names_every_page_once() {
    let built = paper(9).config("pagination: {size: 3}\nbase_url: https://paper.example/daily").build();
    let sitemap = built.text("sitemap.xml");
    let mut named: Vec<String> = sitemap
        .split("<loc>https://paper.example/daily/")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .map(|url| if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() })
        .collect();
    named.sort();
    let pages: Vec<&str> =
        built.paths().into_iter().filter(|path| path.ends_with(".html") && *path != "404.html").collect();
    assert_eq!(named, pages);
}

#[test]
fn the_files_for_machines_say_where_things_are() {
    let built = paper(1)
        .config("base_url: https://paper.example/daily/\ndescription: News of the harbour")
        .file("content/news/_index.md", "---\ntitle: The News\ndescription: What happened\n---\n")
        .build();
    assert!(built.text("robots.txt").contains("Sitemap: https://paper.example/daily/sitemap.xml"));
    let llms = built.text("llms.txt");
    assert!(llms.starts_with("# The Test Paper\n\n> News of the harbour\n"), "{llms}");
    assert!(llms.contains("- [The News](https://paper.example/daily/news/): What happened"), "{llms}");
    let missing = built.page("/404.html");
    assert_eq!(missing.attribute("meta[name=robots]", "content"), "noindex");
    assert_eq!(missing.count("link[rel=canonical]"), 0);
}

#[test]
fn titles_are_text_in_every_file() {
    let built = Site::new()
        .config("title: 'The <Test> & \"Paper\"'\nfeeds: {atom: true, json: true, rss: true}")
        .article(
            "content/a/1.md",
            "title: '</script><b>\"& '\ndate: 2020-01-01\ntags: ['<i>tag</i>']\nauthor: '<u>Desk</u>'",
        )
        .build();
    for (path, bytes) in built.files() {
        let text = String::from_utf8_lossy(bytes);
        for raw in ["</script><b>", "<Test>", "<i>tag", "<u>Desk"] {
            assert!(path.ends_with(".json") || path == "llms.txt" || !text.contains(raw), "{raw} in {path}");
        }
    }
    assert_eq!(built.page("/a/1/").json_ld()["headline"], "</script><b>\"&");
    assert_eq!(built.page("/a/1/").one("h1"), "</script><b>\"&");
}

#[test]
fn entries_tell_their_image_authors_change_and_corrections() {
    let front = "title: A\ndate: 2001-01-01\nupdated: 2001-01-02\nauthors: [The Desk, The Press Room]\nimage: {src: a.svg, alt: A}\n\
                 standfirst: S\ncorrections: [{date: 2001-01-03, text: \"It was <Tuesday>.\"}]";
    let built = Site::new()
        .config("base_url: https://paper.example/daily/\nfeeds: {atom: true, json: true, rss: true}")
        .article("content/news/a.md", front)
        .file("content/news/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>")
        .build();
    let image = "https://paper.example/daily/news/a.svg";
    let atom = built.text("feed.xml");
    assert!(atom.contains(&format!("<link rel=\"enclosure\" type=\"image/svg+xml\" href=\"{image}\"/>")), "{atom}");
    let author =
        "<author><name>The Press Room</name><uri>https://paper.example/daily/authors/the-press-room/</uri></author>";
    assert!(atom.contains(author) && atom.contains("xml:base=\"https://paper.example/daily/news/a/\""), "{atom}");
    let rss = built.text("rss.xml");
    assert!(
        rss.contains(&format!("<media:content url=\"{image}\" type=\"image/svg+xml\" medium=\"image\"/>")),
        "{rss}"
    );
    assert!(rss.contains("<atom:updated>2001-01-02T00:00:00Z</atom:updated>"), "{rss}");
    for file in ["feed.json", "news/feed.json"] {
        let json: Value = serde_json::from_str(built.text(file)).expect("JSON");
        let item = &json["items"][0];
        assert_eq!(item["image"], image);
        assert_eq!(item["authors"][1]["url"], "https://paper.example/daily/authors/the-press-room/");
        assert_eq!(item["summary"], "S Correction, 3 January 2001: It was <Tuesday>.");
        let (key, said) = match file {
            "feed.json" => ("content_html", "<p>Correction, 3 January 2001: It was &lt;Tuesday&gt;.</p>"),
            _ => ("content_text", "Correction, 3 January 2001: It was <Tuesday>."),
        };
        assert!(item[key].as_str().is_some_and(|text| text.ends_with(said)), "{item}");
    }
}
