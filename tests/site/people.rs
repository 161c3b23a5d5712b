//! People: who wrote what, under which name, and where that is shown.

use byline::model::code::Code;

use crate::support::{Site, place};

const PEOPLE: &str = "\
copy-desk:
  name: The Copy Desk
  aliases: [Copy, The Subs]
  role: Sub-editing
  bio: |
    Reads everything twice.

    Then once more.
  email: copy@paper.example
  url: https://copy.example/
  links: [{name: Elsewhere, url: 'https://elsewhere.example/copy'}]
night-desk:
  name: The Night Desk
  former: true
";

fn site() -> Site {
    Site::new().file("content/authors.yaml", PEOPLE)
}

#[test]
fn id_name_and_alias_lead_to_one_author() {
    let built = site()
        .article("content/a/1.md", "title: By id\ndate: 2020-01-01\nauthor: copy-desk")
        .article("content/a/2.md", "title: By name\ndate: 2020-01-02\nauthor: The Copy Desk")
        .article("content/a/3.md", "title: By alias\ndate: 2020-01-03\nauthors: [The Subs, copy]")
        .build();
    assert_eq!(built.headlines("/authors/copy-desk/"), ["By alias", "By name", "By id"]);
    for url in ["/a/1/", "/a/2/", "/a/3/"] {
        assert_eq!(built.page(url).texts(".p-author .p-name"), ["The Copy Desk"], "{url}");
        assert_eq!(built.page(url).attribute(".p-author .p-name", "href"), "/authors/copy-desk/");
    }
    assert_eq!(built.page("/authors/").texts(".rows a"), ["The Copy Desk"], "nobody without an article");
    assert!(!built.has("/authors/the-copy-desk/") && !built.has("/authors/night-desk/"));
}

#[test]
fn the_authors_page_tells_who_it_is() {
    let page = site().article("content/a/1.md", "title: One\nauthor: copy-desk").build().page("/authors/copy-desk/");
    assert_eq!(page.one("h1"), "The Copy Desk");
    let text = page.one("main");
    for said in ["Sub-editing", "Reads everything twice.", "Then once more.", "The Subs"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let links = page.attributes("main a", "href");
    for link in ["mailto:copy@paper.example", "https://copy.example/", "https://elsewhere.example/copy"] {
        assert!(links.contains(&link.to_owned()), "{link}: {links:?}");
    }
}

#[test]
fn an_unlisted_author_has_a_page_from_the_name_alone() {
    let built = site()
        .article("content/a/1.md", "title: One\ndate: 2020-01-01\nauthor: The Weather Desk")
        .article("content/a/2.md", "title: Two\ndate: 2020-01-02\nauthor: the weather desk")
        .build();
    assert_eq!(built.headlines("/authors/the-weather-desk/"), ["Two", "One"]);
    assert_eq!(
        built.page("/authors/the-weather-desk/").one("h1"),
        "The Weather Desk",
        "as the oldest article spells it"
    );
    assert!(built.report().diagnostics.is_empty());
}

#[test]
fn strict_authors_must_be_listed() {
    let strict = || site().config("authors: {strict: true}");
    let fault = strict().article("content/a/1.md", "title: One\nauthor: The Copy Dest").fails_once_with(Code::Author);
    assert_eq!(place(&fault), "content/a/1.md:3:9");
    assert_eq!(fault.hint.as_deref(), Some("did you mean `The Copy Desk`?"));
    strict().article("content/a/1.md", "title: One\nauthor: The Subs").build();
}

#[test]
fn roles_are_credited() {
    let built = site()
        .article("content/a/1.md", "title: One\nauthors:\n  - copy-desk\n  - {name: The Dark Room, role: photographs}")
        .build();
    let page = built.page("/a/1/");
    assert_eq!(page.one(".byline"), "By The Copy Desk and The Dark Room (photographs)");
    assert!(built.page("/authors/the-dark-room/").one("main").contains("photographs"));
}

#[test]
fn the_index_is_alphabetical_with_counts_and_dates() {
    let built = Site::new()
        .article("content/a/1.md", "title: One\ndate: 2001-02-03\nauthors: [Zeppelin Desk, éclair desk]")
        .article("content/a/2.md", "title: Two\ndate: 2002-02-03\nauthors: [Eagle Desk, Zeppelin Desk]")
        .article("content/a/3.md", "title: Three\ndate: 2003-02-03\nauthors: Zeppelin Desk")
        .build();
    let page = built.page("/authors/");
    assert_eq!(page.texts(".rows a"), ["Eagle Desk", "éclair desk", "Zeppelin Desk"]);
    let last = page.texts(".rows li").pop().unwrap_or_default();
    assert!(last.starts_with("Zeppelin Desk 3 articles"), "{last}");
    assert_eq!(page.attributes(".letter:last-child time", "datetime"), ["2001-02-03", "2003-02-03"]);
}

#[test]
fn one_name_of_two_people_is_an_error() {
    let people = "a-desk:\n  name: Alpha\n  aliases: [Same]\nb-desk:\n  name: Beta\n  aliases: [same]\n";
    let fault = Site::new().file("content/authors.yaml", people).fails_once_with(Code::People);
    assert!(place(&fault).starts_with("content/authors.yaml:"), "{fault:?}");
}

#[test]
fn a_portrait_is_published_with_its_author() {
    let built = Site::new()
        .file("content/authors.yaml", "copy-desk:\n  name: The Copy Desk\n  image: portraits/copy.svg\n")
        .file("content/portraits/copy.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .article("content/a/1.md", "title: One\nauthor: copy-desk")
        .build();
    assert!(built.has("portraits/copy.svg"));
    assert_eq!(built.page("/authors/copy-desk/").attribute("main img", "src"), "/portraits/copy.svg");
}

#[test]
fn permalinks_name_the_author_as_the_authors_page_does() {
    let built = site()
        .config("permalink: /{author}/{slug}/")
        .article("content/a/1.md", "title: One\nauthor: The Subs")
        .article("content/a/2.md", "title: Two\nauthor: The Weather Desk")
        .build();
    assert!(built.has("/copy-desk/1/") && built.has("/the-weather-desk/2/"), "{:#?}", built.paths());
}
