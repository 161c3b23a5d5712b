//! Lists and their pages: stable numbers, the other style, the front page's lead, date pages and indexes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::support::{Built, Site};

/// The numbered pages that a list of `n` articles has at page size `s`.
fn numbered(n: usize, s: usize) -> usize {
    (n / s).saturating_sub(1)
}

fn paper(n: usize, s: usize) -> Site {
    Site::new().config(&format!("pagination: {{size: {s}}}")).run_of(
        "content/news/n",
        n,
        "tags: [all]\nauthor: The Desk",
    )
}

/// `Number high` down to `Number low`.
fn down(high: usize, low: usize) -> Vec<String> {
    (low..=high).rev().map(|number| format!("Number {number}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stable_pages_hold_what_the_rule_says(n in 0usize..24, s in 1usize..7) {
        let built = paper(n, s).build();
        let pages = numbered(n, s);
        let lists: &[&str] = if n == 0 { &["/"] } else { &["/", "/news/", "/tags/all/", "/authors/the-desk/"] };
        for list in lists {
            prop_assert_eq!(built.headlines(list), down(n, pages * s + 1));
            for k in 1..=pages {
                prop_assert_eq!(built.headlines(&format!("{list}page/{k}/")), down(k * s, (k - 1) * s + 1));
            }
            let next = format!("{list}page/{}/", pages + 1);
            prop_assert!(!built.has(&next));
            let zero = format!("{list}page/0/");
            prop_assert!(!built.has(&zero));
        }
        let head = built.headlines("/").len();
        let sound = if n < 2 * s { head == n } else { (s..2 * s).contains(&head) };
        prop_assert!(sound, "{} of {} at size {}", head, n, s);
    }

    #[test]
    fn newest_first_pages_hold_what_the_rule_says(n in 1usize..24, s in 1usize..7) {
        let built = paper(n, s).config(&format!("pagination: {{style: newest-first, size: {s}}}")).build();
        let pages = n.div_ceil(s);
        for k in 1..=pages {
            let url = if k == 1 { "/news/".to_owned() } else { format!("/news/page/{k}/") };
            let high = n - (k - 1) * s;
            prop_assert_eq!(built.headlines(&url), down(high, high.saturating_sub(s) + 1));
        }
        let next = format!("/news/page/{}/", pages + 1);
        prop_assert!(!built.has(&next));
    }
}

#[test]
fn pages_lead_to_newer_and_older_ones() {
    let built = paper(12, 3).build();
    let pager = |url: &str| {
        let page = built.page(url);
        (page.attributes(".pager .newer", "href"), page.attributes(".pager .older", "href"))
    };
    let links = |newer: &[&str], older: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>();
        (owned(newer), owned(older))
    };
    assert_eq!(pager("/news/"), links(&[], &["/news/page/3/"]));
    assert_eq!(pager("/news/page/3/"), links(&["/news/"], &["/news/page/2/"]));
    assert_eq!(pager("/news/page/2/"), links(&["/news/page/3/"], &["/news/page/1/"]));
    assert_eq!(pager("/news/page/1/"), links(&["/news/page/2/"], &[]));
}

/// The numbered pages of all lists.
fn numbered_pages(built: &Built) -> BTreeMap<&str, &[u8]> {
    let files = built.files().iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    files.filter(|(path, _)| path.contains("page/")).collect()
}

#[test]
fn a_newest_article_leaves_numbered_pages_as_they_are() {
    let size = 3;
    for n in [5, 6, 7, 8, 9, 11, 12] {
        let site = paper(n, size);
        let before = site.build();
        let after = site
            .article("content/news/zz.md", "title: The latest\ndate: 2005-01-01\ntags: [all, new]\nauthor: The Desk")
            .build();
        let (old, new) = (numbered_pages(&before), numbered_pages(&after));
        for (path, bytes) in &old {
            // What was the last numbered page led to the list's own URL; a page between them takes that place.
            let was_last = path.contains(&format!("page/{}/", numbered(n, size)));
            let grew = numbered(n + 1, size) > numbered(n, size);
            if !(was_last && grew) {
                assert!(new[path] == *bytes, "{path} changed when {n} became {}", n + 1);
            }
        }
        assert_eq!(
            new.len() - old.len(),
            4 * (numbered(n + 1, size) - numbered(n, size)),
            "home, section, tag, author"
        );
    }
}

#[test]
fn a_newest_article_changes_few_other_pages() {
    let site = paper(9, 3);
    let before = site.build();
    let front = "title: The latest\ndate: 2001-01-20\ntags: [all]\nauthor: The Desk";
    let after = site.article("content/news/zz.md", front).build();
    let changed: Vec<&str> = after
        .files()
        .iter()
        .filter(|(path, bytes)| before.files().get(*path) != Some(bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "2001/01/09/index.html",
            "2001/01/20/index.html",
            "2001/01/index.html",
            "2001/index.html",
            "archive/index.html",
            "authors/index.html",
            "authors/the-desk/feed.xml",
            "authors/the-desk/index.html",
            "feed.xml",
            "index.html",
            "news/feed.xml",
            "news/index.html",
            "news/n009/index.html",
            "news/zz/index.html",
            "sitemap.xml",
            "tags/all/feed.xml",
            "tags/all/index.html",
            "tags/index.html",
        ]
    );
}

#[test]
fn numbered_pages_carry_no_counts() {
    let built = paper(9, 3).build();
    let text = built.page("/news/page/1/").one("main");
    assert_eq!(text.matches('9').count(), 0, "{text}");
    assert!(!text.contains("page 1 of"), "{text}");
    assert_eq!(built.page("/news/page/1/").one("h1"), "News, page 1");
}

#[test]
fn the_lead_is_the_newest_featured_article_of_the_front_page() {
    let site = || paper(9, 3).config("pagination: {size: 3}\ntheme: plain");
    let lead = |built: &Built| built.page("/").one(".lead h2");
    assert_eq!(lead(&site().build()), "Number 9", "without a featured one, the newest");
    let featured = |n: usize| format!("title: Number {n}\ndate: 2001-01-0{n}\nfeatured: true");
    let built =
        site().article("content/news/n007.md", &featured(7)).article("content/news/n006.md", &featured(6)).build();
    assert_eq!(lead(&built), "Number 7");
    assert_eq!(built.headlines("/"), ["Number 7", "Number 9", "Number 8"], "and is not told twice");
    let built = site().article("content/news/n002.md", &featured(2)).build();
    assert_eq!(lead(&built), "Number 9", "what is no longer on the front page does not lead it");
}

fn dated() -> Site {
    Site::new()
        .article("content/a/1.md", "title: One\ndate: 2001-12-31")
        .article("content/a/2.md", "title: Two\ndate: 2003-02-01")
        .article("content/a/3.md", "title: Three\ndate: 2003-02-01T23:59:59Z")
        .article("content/a/4.md", "title: Four\ndate: 2003-02-03")
        .article("content/a/5.md", "title: Five\ndate: 2003-11-04")
}

#[test]
fn the_archive_has_years_and_years_have_months_with_counts() {
    let built = dated().build();
    assert_eq!(built.page("/archive/").texts(".periods li"), ["2003 4 articles", "2001 1 article"]);
    let year = built.page("/2003/");
    assert_eq!(year.texts(".periods li"), ["November 1 article", "February 3 articles"]);
    assert_eq!(year.attributes(".periods a", "href"), ["/2003/11/", "/2003/02/"]);
}

#[test]
fn months_have_cards_by_day_and_days_have_cards() {
    let built = dated().build();
    assert_eq!(built.headlines("/2003/02/"), ["Four", "Three", "Two"]);
    let month = built.page("/2003/02/");
    assert_eq!(month.attributes("main h2 time, main h2 a time", "datetime"), ["2003-02-03", "2003-02-01"]);
    assert_eq!(built.headlines("/2003/02/01/"), ["Three", "Two"]);
    assert!(!built.has("/2003/02/02/") && !built.has("/2003/01/") && !built.has("/2002/"));
}

#[test]
fn date_pages_lead_to_the_previous_and_next_date_with_articles() {
    let built = dated().build();
    let around = |url: &str| {
        let page = built.page(url);
        (
            page.attributes(".pager[aria-label=Dates] .older", "href"),
            page.attributes(".pager[aria-label=Dates] .newer", "href"),
        )
    };
    let pair = |older: &str, newer: &str| {
        let list = |url: &str| if url.is_empty() { vec![] } else { vec![url.to_owned()] };
        (list(older), list(newer))
    };
    assert_eq!(around("/2001/12/31/"), pair("", "/2003/02/01/"));
    assert_eq!(around("/2003/02/01/"), pair("/2001/12/31/", "/2003/02/03/"));
    assert_eq!(around("/2003/11/04/"), pair("/2003/02/03/", ""));
    assert_eq!(around("/2003/02/"), pair("/2001/12/", "/2003/11/"));
    assert_eq!(around("/2003/"), pair("/2001/", ""));
}

#[test]
fn busy_days_and_months_are_paginated() {
    let day = |site: Site, number: usize| {
        site.article(
            &format!("content/a/{number}.md"),
            &format!("title: Number {number}\ndate: 2003-02-01 0{number}:00"),
        )
    };
    let built = (1..=7).fold(Site::new().config("pagination: {size: 2}"), day).build();
    for list in ["/2003/02/01/", "/2003/02/"] {
        assert_eq!(built.headlines(list), down(7, 5), "{list}");
        assert_eq!(built.headlines(&format!("{list}page/2/")), down(4, 3), "{list}");
        assert_eq!(built.headlines(&format!("{list}page/1/")), down(2, 1), "{list}");
    }
}

#[test]
fn sections_follow_the_order_that_they_ask_for() {
    let section = |sort: &str| {
        Site::new()
            .file(
                "content/guide/_index.md",
                format!("---\ntitle: The Guide\ndescription: How to.\nsort: {sort}\n---\nRead *this*.\n"),
            )
            .article("content/guide/a.md", "title: beta\nweight: 2\ndate: 2020-01-03")
            .article("content/guide/b.md", "title: Alpha\nweight: 3\ndate: 2020-01-02")
            .article("content/guide/c.md", "title: Gamma\nweight: 1\ndate: 2020-01-01")
            .article("content/guide/d.md", "title: Delta\ndate: 2020-01-04")
            .build()
    };
    assert_eq!(section("weight").headlines("/guide/"), ["Gamma", "beta", "Alpha", "Delta"]);
    assert_eq!(section("title").headlines("/guide/"), ["Alpha", "beta", "Delta", "Gamma"]);
    assert_eq!(section("date").headlines("/guide/"), ["Delta", "beta", "Alpha", "Gamma"]);
    let built = section("weight");
    assert_eq!(built.page("/guide/").one("h1"), "The Guide");
    assert_eq!(built.page("/guide/").inner("main .body"), "<p>Read <em>this</em>.</p>");
    assert_eq!(
        built.page("/guide/a/").attribute("a[rel=next]", "href"),
        "/guide/b/",
        "neighbours are in reading order"
    );
    assert_eq!(built.page("/guide/a/").attribute("a[rel=prev]", "href"), "/guide/c/");
}

#[test]
fn a_sections_index_alone_makes_a_section() {
    let built = Site::new().file("content/empty/_index.md", "---\ntitle: Nothing yet\n---\n").build();
    assert_eq!(built.page("/empty/").one("h1"), "Nothing yet");
    assert!(built.page("/").texts("nav.sections a").contains(&"Nothing yet".to_owned()));
}

#[test]
fn neighbours_are_those_of_the_articles_own_section() {
    let built = Site::new()
        .article("content/a/1.md", "title: One\ndate: 2020-01-01")
        .article("content/a/b/2.md", "title: Two\ndate: 2020-01-02")
        .article("content/a/3.md", "title: Three\ndate: 2020-01-03")
        .build();
    assert_eq!(built.page("/a/1/").attribute("a[rel=next]", "href"), "/a/3/");
    assert_eq!(built.page("/a/3/").attribute("a[rel=prev]", "href"), "/a/1/");
    assert_eq!(built.page("/a/b/2/").count(".neighbours"), 0);
}

#[test]
fn alphabetical_indexes_hold_a_thousand_rows_a_page() {
    let tags: Vec<String> = (0..1001).map(|number| format!("tag {number:04}")).collect();
    let (some, others) = tags.split_at(500);
    let built = Site::new()
        .article("content/a/1.md", &format!("title: One\ntags: [{}]", some.join(", ")))
        .article("content/a/2.md", &format!("title: Two\ntags: [{}]", others.join(", ")))
        .build();
    assert_eq!(built.page("/tags/").count(".rows li"), 1000);
    assert_eq!(built.page("/tags/page/2/").texts(".rows a"), ["tag 1000"]);
    assert_eq!(built.page("/tags/").attribute(".pager .older", "href"), "/tags/page/2/");
}

#[test]
fn an_empty_site_builds() {
    let built = Site::new().build();
    for page in ["/", "/archive/", "/tags/", "/authors/", "/404.html"] {
        assert!(built.has(page), "{page}");
    }
    for file in ["feed.xml", "sitemap.xml", "robots.txt", "llms.txt", "_redirects"] {
        assert!(built.has(file), "{file}");
    }
    assert!(!built.has("/series/"));
}
