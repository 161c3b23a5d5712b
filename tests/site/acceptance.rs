//! A plain text article dropped alone into an empty site is published everywhere that it belongs.

use crate::support::Site;

const STORY: &str = "\
Ferry to the outer islands returns after a decade

The morning boat carries forty passengers, two bicycles and the post

PUBLISHED : Thursday, 26 October, 2017, 12:54pm

UPDATED : Friday, 27 October, 2017, 9:05am

The first boat left the pier at seven.

It was back before noon, and the islands had their newspapers.
";

const URL: &str = "/world/ferry-to-the-outer-islands-returns-after-a-decade/";
const TITLE: &str = "Ferry to the outer islands returns after a decade";

fn site() -> Site {
    Site::new().config("timezone: Asia/Hong_Kong").file("content/world/ferry.txt", STORY)
}

#[test]
fn the_article_has_its_page() {
    let built = site().build();
    let page = built.page(URL);
    assert_eq!(page.one("h1"), TITLE);
    assert_eq!(page.one(".standfirst"), "The morning boat carries forty passengers, two bicycles and the post");
    assert_eq!(
        page.texts(".e-content p"),
        ["The first boat left the pier at seven.", "It was back before noon, and the islands had their newspapers."]
    );
    assert_eq!(page.attribute("time.dt-published", "datetime"), "2017-10-26T12:54:00+08:00");
    assert_eq!(page.attribute("time.dt-updated", "datetime"), "2017-10-27T09:05:00+08:00");
    let data = page.json_ld();
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["headline"], TITLE);
    assert_eq!(data["datePublished"], "2017-10-26T12:54:00+08:00");
    assert_eq!(data["dateModified"], "2017-10-27T09:05:00+08:00");
    assert_eq!(data["articleSection"], "World");
    assert_eq!(data["mainEntityOfPage"], format!("https://paper.example{URL}"));
}

#[test]
fn the_article_stands_in_every_list() {
    let built = site().build();
    for list in ["/", "/world/", "/2017/10/", "/2017/10/26/"] {
        assert_eq!(built.headlines(list), [TITLE], "{list}");
        assert!(built.page(list).attributes("a", "href").contains(&URL.to_owned()), "{list}");
    }
    assert_eq!(built.page("/archive/").attributes(".periods a", "href"), ["/2017/"]);
    assert_eq!(built.page("/2017/").attributes(".periods a", "href"), ["/2017/10/"]);
    for feed in ["feed.xml", "world/feed.xml"] {
        assert!(built.text(feed).contains(&format!("https://paper.example{URL}")), "{feed}");
        assert!(built.text(feed).contains("<published>2017-10-26T12:54:00+08:00</published>"), "{feed}");
    }
    let address = format!("<loc>https://paper.example{URL}</loc><lastmod>2017-10-27T09:05:00+08:00</lastmod>");
    assert!(built.text("sitemap.xml").contains(&address), "{}", built.text("sitemap.xml"));
    assert_eq!(built.report().articles, 1);
    assert!(built.report().diagnostics.is_empty(), "{:?}", built.report().diagnostics);
}
