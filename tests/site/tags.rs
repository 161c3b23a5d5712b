//! Tags and their vocabulary, series, and taxonomies of the site's own.

use byline::model::code::Code;

use crate::support::{Site, place};

#[test]
fn case_and_synonyms_make_one_tag() {
    let built = Site::new()
        .file("content/tags.yaml", "Harbour:\n  synonyms: [Port, Docks]\n  description: Ships and cranes\n")
        .article("content/a/1.md", "title: One\ndate: 2020-01-01\ntags: [harbour, Weather]")
        .article("content/a/2.md", "title: Two\ndate: 2020-01-02\ntags: [PORT, weather]")
        .article("content/a/3.md", "title: Three\ndate: 2020-01-03\ntags: docks")
        .build();
    assert_eq!(built.headlines("/tags/harbour/"), ["Three", "Two", "One"]);
    assert_eq!(built.page("/tags/harbour/").one("h1"), "Harbour");
    assert!(built.page("/tags/harbour/").one("main").contains("Ships and cranes"));
    assert_eq!(built.headlines("/tags/weather/"), ["Two", "One"]);
    assert_eq!(built.page("/tags/weather/").one("h1"), "Weather", "as the oldest article spells it");
    assert_eq!(built.page("/tags/").texts(".rows a"), ["Harbour", "Weather"]);
    assert_eq!(built.page("/a/3/").texts(".tags a"), ["Harbour"]);
}

#[test]
fn old_tags_redirect_and_their_feeds_carry_on() {
    let vocabulary = "Harbour:\n  synonyms: [Port]\nShipping:\n  deprecated: {use: Harbour}\n";
    let built = Site::new()
        .config("feeds: {atom: true, json: true, rss: true}")
        .file("content/tags.yaml", vocabulary)
        .article("content/a/1.md", "title: One\ndate: 2020-01-01\ntags: Shipping")
        .article("content/a/2.md", "title: Two\ndate: 2020-01-02\ntags: Harbour")
        .build();
    assert_eq!(built.headlines("/tags/harbour/"), ["Two", "One"]);
    for old in ["port", "shipping"] {
        let page = built.page(&format!("/tags/{old}/"));
        assert_eq!(page.attribute("link[rel=canonical]", "href"), "https://paper.example/tags/harbour/");
        for feed in ["feed.xml", "feed.json", "rss.xml"] {
            let text = built.text(&format!("tags/{old}/{feed}"));
            assert!(text.contains("/a/1/") && text.contains("/a/2/"), "{old}/{feed}: {text}");
        }
    }
    assert_eq!(built.page("/tags/").texts(".rows a"), ["Harbour"]);
    assert!(built.text("_redirects").contains("/tags/shipping/ /tags/harbour/ 301"));
}

#[test]
fn a_tag_may_have_a_slug_of_its_own() {
    let built = Site::new()
        .file("content/tags.yaml", "C++:\n  slug: cpp\n")
        .article("content/a/1.md", "title: One\ntags: [C++, C#, C]")
        .build();
    assert!(built.has("/tags/cpp/") && built.has("/tags/c-sharp/") && built.has("/tags/c/"), "{:#?}", built.paths());
    assert_eq!(built.page("/a/1/").attributes(".tags a", "href"), ["/tags/cpp/", "/tags/c-sharp/", "/tags/c/"]);
}

#[test]
fn text_that_names_a_tag_is_tagged() {
    let vocabulary = "Tide:\n  match: true\nHarbour wall:\n  match: [sea wall, breakwater]\nIce:\n  match: true\n";
    let body = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n{text}\n");
    let built = Site::new()
        .file("content/tags.yaml", vocabulary)
        .file("content/a/title.md", body("High tide today", "Nothing more."))
        .file("content/a/twice.md", body("Twice", "A breakwater. The old breakwater."))
        .file("content/a/once.md", body("Once", "A breakwater. Notice the price of rice."))
        .article("content/a/written.md", "title: Written tide\ntags: [tide]")
        .build();
    let tags = |url: &str| built.page(url).texts(".tags a");
    assert_eq!(tags("/a/title/"), ["Tide"]);
    assert_eq!(built.page("/a/title/").count(".tags a.inferred"), 1);
    assert_eq!(tags("/a/twice/"), ["Harbour wall"]);
    assert_eq!(tags("/a/once/"), Vec::<String>::new(), "once is not enough, and parts of words are no words");
    assert_eq!(built.page("/a/written/").count(".tags a.inferred"), 0);
    assert!(!built.has("/tags/ice/"));
}

#[test]
fn wider_narrower_and_neighbouring_tags_are_shown() {
    let vocabulary = "Tide:\n  broader: Sea\n";
    let beside: Vec<String> = (b'a'..=b'j').map(|letter| format!("tag {}", char::from(letter))).collect();
    let site = Site::new()
        .file("content/tags.yaml", vocabulary)
        .article("content/a/1.md", "title: One\ntags: [Tide, Sea]")
        .article("content/a/2.md", "title: Two\ntags: [Tide, tag j]")
        .article("content/a/3.md", &format!("title: Three\ntags: [Tide, {}]", beside.join(", ")));
    let built = site.build();
    let links = |url: &str| built.page(url).attributes("header.list-header a, main nav a, main aside a", "href");
    assert!(links("/tags/tide/").contains(&"/tags/sea/".to_owned()), "{:?}", links("/tags/tide/"));
    assert!(links("/tags/sea/").contains(&"/tags/tide/".to_owned()), "{:?}", links("/tags/sea/"));
    let text = built.text("/tags/tide/");
    let shown: Vec<&String> = beside.iter().filter(|tag| text.contains(&format!(">{tag}</a>"))).collect();
    assert_eq!(shown, ["tag a", "tag b", "tag c", "tag d", "tag e", "tag f", "tag j"], "with Sea, the nearest eight");
}

#[test]
fn a_name_of_two_tags_is_an_error() {
    let vocabulary = "Harbour:\n  synonyms: [Port]\nWine:\n  synonyms: [port]\n";
    let fault = Site::new().file("content/tags.yaml", vocabulary).fails_once_with(Code::Vocabulary);
    assert!(place(&fault).starts_with("content/tags.yaml:"), "{fault:?}");
}

#[test]
fn categories_are_tags_unless_they_are_a_taxonomy() {
    let front = "title: One\ndate: 2020-01-01\ncategories: [Opinion]\ntags: [Sea]";
    let built = Site::new().article("content/a/1.md", front).build();
    assert_eq!(built.page("/tags/").texts(".rows a"), ["Opinion", "Sea"]);
    let built = Site::new()
        .config("taxonomies: [categories]")
        .article("content/a/1.md", front)
        .article("content/a/2.md", "title: Two\ndate: 2020-01-02\ntaxonomies:\n  categories: [opinion]\n  tags: [Sky]")
        .build();
    assert_eq!(built.page("/tags/").texts(".rows a"), ["Sea", "Sky"]);
    assert_eq!(built.page("/categories/").texts(".rows a"), ["Opinion"]);
    assert_eq!(built.headlines("/categories/opinion/"), ["Two", "One"]);
}

#[test]
fn a_series_is_read_in_the_order_of_its_parts() {
    let built = Site::new()
        .article("content/a/1.md", "title: Last\ndate: 2020-01-01\nseries: {name: The Wall, part: 3}")
        .article("content/a/2.md", "title: First\ndate: 2020-01-02\nseries: {name: The Wall, part: 1}")
        .article("content/a/3.md", "title: Middle\ndate: 2020-01-03\nseries: {name: the wall, part: 2}")
        .article("content/a/4.md", "title: Later\ndate: 2020-01-05\nseries: The Wall")
        .article("content/a/5.md", "title: Sooner\ndate: 2020-01-04\nseries: The Wall")
        .build();
    assert_eq!(built.headlines("/series/the-wall/"), ["First", "Middle", "Last", "Sooner", "Later"]);
    assert_eq!(built.page("/series/").texts(".rows a"), ["The Wall"]);
    let page = built.page("/a/3/");
    assert_eq!(page.texts("nav.series li a"), ["First", "Last"]);
    assert!(page.one("nav.series").contains("Part 2"));
    let feed = built.text("series/the-wall/feed.xml");
    let newest = feed.find("<title>Later</title>").expect("Later");
    assert!(newest < feed.find("<title>First</title>").expect("First"), "feeds are newest first, whatever the list");
}

#[test]
fn a_tag_without_letters_is_an_error() {
    let fault = Site::new().article("content/a/1.md", "title: One\ntags: ['???']").fails_once_with(Code::Slug);
    assert!(place(&fault).starts_with("content/a/1.md:3"), "{fault:?}");
}
