//! Which value of a key counts: sidecar, article, the nearest `_index.md`, those above, site.yaml.

use byline::model::code::Code;

use crate::support::{Built, Site, place};

fn site() -> Site {
    Site::new()
        .config("language: en")
        .file(
            "content/_index.md",
            "---\ncascade:\n  author: The Top Desk\n  tags: [top]\n  lang: fr\n  extra: {from: top, top: 1, deep: {a: 1, b: 1}}\n---\n",
        )
        .file(
            "content/news/_index.md",
            "---\ncascade:\n  author: The News Desk\n  tags: [news]\n  extra: {from: news, news: 1, deep: {b: 2}}\n---\n",
        )
        .file("content/news/asia/_index.md", "---\ncascade:\n  lang: zh\n  extra: {from: asia}\n---\n")
        .file("templates/article.html", "{{ article.card.extra | json }}<p class=tags>{% for tag in article.card.tags %}<a>{{ tag.name }}</a>{% endfor %}</p><p class=lang>{{ page.language }}</p><p class=by>{% for author in article.card.authors %}{{ author.name }}{% endfor %}</p>")
}

/// Author, tags and language of an article.
fn values(built: &Built, url: &str) -> (String, Vec<String>, String) {
    let page = built.page(url);
    (page.one(".by"), page.texts(".tags a"), page.one(".lang"))
}

fn expected(author: &str, tags: &[&str], language: &str) -> (String, Vec<String>, String) {
    (author.to_owned(), tags.iter().map(|tag| (*tag).to_owned()).collect(), language.to_owned())
}

#[test]
fn the_nearest_value_counts_and_lists_replace() {
    let built = site()
        .article("content/other/1.md", "title: One")
        .article("content/news/2.md", "title: Two")
        .article("content/news/asia/3.md", "title: Three")
        .article("content/news/asia/4.md", "title: Four\nauthor: The Own Desk\ntags: [own]\nlang: de")
        .file("content/news/asia/5.html", "---\ntitle: Five\ntags: [own]\nlang: de\n---\n<p>Text.</p>\n")
        .file("content/news/asia/5.yaml", "tags: [side]\nauthor: The Side Desk\n")
        .build();
    assert_eq!(values(&built, "/other/1/"), expected("The Top Desk", &["top"], "fr"));
    assert_eq!(values(&built, "/news/2/"), expected("The News Desk", &["news"], "fr"));
    assert_eq!(values(&built, "/news/asia/3/"), expected("The News Desk", &["news"], "zh"));
    assert_eq!(values(&built, "/news/asia/4/"), expected("The Own Desk", &["own"], "de"));
    assert_eq!(values(&built, "/news/asia/5/"), expected("The Side Desk", &["side"], "de"));
}

#[test]
fn extra_merges() {
    let built = site().article("content/news/asia/1.md", "title: One\nextra: {own: 1, deep: {c: 3}}").build();
    let text = built.text("/news/asia/1/");
    let json: serde_json::Value = serde_json::from_str(text.split("<p").next().unwrap_or("")).expect("JSON");
    assert_eq!(json["from"], "asia");
    assert_eq!((&json["top"], &json["news"], &json["own"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(json["deep"]["c"], 3);
}

#[test]
fn what_belongs_to_one_article_does_not_cascade() {
    for key in [
        "title: All the same",
        "slug: same",
        "url: /same/",
        "aliases: [/same/]",
        "date: 2020-01-01",
        "updated: 2020-01-01",
    ] {
        let fault = Site::new()
            .file("content/a/_index.md", format!("---\ntitle: A\ncascade:\n  {key}\n---\n"))
            .article("content/a/1.md", "title: One")
            .fails_once_with(Code::Cascade);
        assert_eq!(place(&fault), "content/a/_index.md:4:3", "{key}");
    }
}

#[test]
fn an_empty_list_replaces_the_cascade() {
    let built = site().article("content/news/1.md", "title: One\ntags: []").build();
    assert_eq!(built.page("/news/1/").texts(".tags a"), Vec::<String>::new());
}

#[test]
fn drafts_cascade_and_can_be_lifted() {
    let built = Site::new()
        .file("content/a/_index.md", "---\ntitle: A\ncascade:\n  draft: true\n---\n")
        .article("content/a/1.md", "title: One")
        .article("content/a/2.md", "title: Two\ndraft: false")
        .build();
    assert_eq!(built.headlines("/a/"), ["Two"]);
}

#[test]
fn a_sidecar_without_its_article_is_a_warning() {
    let built = Site::new().file("content/a/story.yaml", "tags: [x]\n").article("content/a/1.md", "title: One").build();
    let warnings = built.warnings(Code::OrphanSidecar);
    assert_eq!(warnings.len(), 1);
    assert_eq!(place(warnings[0]), "content/a/story.yaml");
}

#[test]
fn unknown_keys_are_told_with_a_guess() {
    let built = Site::new()
        .article("content/a/1.md", "title: One\ntgas: [x]")
        .article("content/a/2.md", "title: Two\ntgas: [x]")
        .build();
    let warnings = built.warnings(Code::UnknownKey);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].hint.as_ref().is_some_and(|hint| hint.contains("`tags`")), "{warnings:?}");
    let strict = Site::new().article("content/a/1.md", "title: One\ntgas: [x]").asking(|request| request.strict = true);
    strict.fails_once_with(Code::UnknownKey);
}

#[test]
fn an_article_template_of_the_sites_own_may_stand_alone() {
    let built = Site::new()
        .file("templates/article.html", "<h1>{{ article.card.title }}</h1>")
        .article("content/about.md", "title: About")
        .article("content/a/1.md", "title: One")
        .build();
    assert_eq!(built.text("/a/1/"), "<h1>One</h1>");
    assert_eq!(built.page("/about/").one("h1"), "About");
}

#[test]
fn a_section_s_templates_and_page_size_are_its_own() {
    let built = Site::new()
        .run_of("content/a/n", 5, "")
        .file(
            "content/a/_index.md",
            "---\ntitle: A\ntemplate: special.html\npagination: {size: 2}\n---\n[Back](/a/page/1/)\n",
        )
        .file(
            "templates/special.html",
            "{% extends \"section.html\" %}{% block head_end %}<meta name=special content=yes>{% endblock head_end %}",
        )
        .build();
    assert_eq!(built.page("/a/").attribute("meta[name=special]", "content"), "yes");
    assert_eq!(built.headlines("/a/"), ["Number 5", "Number 4", "Number 3"]);
    assert_eq!(built.headlines("/a/page/1/"), ["Number 2", "Number 1"]);
    assert!(!built.has("/page/1/"), "other lists keep the site's size");
    let fault = Site::new()
        .article("content/a/1.md", "title: One\ntemplate: speciall.html")
        .file("templates/special.html", "x")
        .fails_once_with(Code::Template);
    assert_eq!(place(&fault), "content/a/1.md:3:11");
    assert!(fault.hint.as_ref().is_some_and(|hint| hint.contains("special.html")), "{fault:?}");
}

#[test]
fn faulty_articles_fail_the_build_or_are_withheld() {
    let site = || {
        Site::new()
            .article("content/old/bad.md", "title: Unreadable quux\ndraft: no")
            .article("content/old/good.md", "title: Good")
            .file("content/old/links.md", "---\ntitle: Links\n---\n[Bad](bad.md)\n")
    };
    let fault = site().fails_once_with(Code::WrongType);
    assert_eq!(place(&fault), "content/old/bad.md:3:8");
    let built = site().file("content/old/_index.md", "---\ntitle: Old\ncascade: {faulty: withhold}\n---\n").build();
    assert_eq!(built.headlines("/old/"), ["Good", "Links"]);
    assert_eq!(built.naming("quux"), Vec::<&str>::new());
    let warnings = built.warnings(Code::Faulty).len() + built.warnings(Code::WrongType).len();
    assert!(warnings > 0, "{:?}", built.report().diagnostics);
    assert_eq!(built.page("/old/links/").one(".e-content"), "Bad");
    let built = site().config("faulty: withhold").build();
    assert_eq!(built.headlines("/old/"), ["Good", "Links"]);
}

#[test]
fn all_faults_of_all_files_are_reported_together() {
    let faults = Site::new()
        .file("content/a/1.md", "---\ntitle: 1\ndraft: no\ntags: {a: 1}\n---\n")
        .article("content/a/2.md", "title: Two\ndate: 2020-13-01")
        .file("content/authors.yaml", "desk:\n  nmae: Desk\n")
        .fails_with(Code::WrongType);
    let places: Vec<String> = faults.iter().map(place).collect();
    assert!(places.contains(&"content/a/1.md:3:8".to_owned()), "{places:?}");
    assert!(places.contains(&"content/a/1.md:4:7".to_owned()), "{places:?}");
    assert!(places.contains(&"content/a/2.md:3:7".to_owned()), "{places:?}");
    assert!(places.iter().any(|place| place.starts_with("content/authors.yaml:2:")), "{places:?}");
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
}
