//! The search page, and the key of site.yaml.

use byline::model::code::Code;

use super::*;

#[test]
fn the_page_leads_on_without_a_script_and_is_not_for_search_engines() {
    let site =
        paper(3, "{enabled: true}").article("content/news/part.md", "title: A part\nseries: A log\ndate: 2001-01-01");
    let built = site.build();
    let page = built.page("/search/");
    let ways = page.attributes("main nav a", "href");
    assert_eq!(ways, ["/archive/", "/tags/", "/authors/", "/series/"]);
    assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
    assert_eq!(page.count("link[rel=canonical]"), 0);
    assert_eq!(page.count("form[hidden][role=search][data-search]"), 1);
    assert!(!built.text("sitemap.xml").contains("/search/"));
    assert_eq!(page.count("script:not([src]), style, [style], [onclick]"), 0);
    let script = page.attribute("script[src]", "src");
    assert!(script.starts_with("/search-") && built.has(&script), "{script}");
    assert_eq!(built.page("/").attribute("nav.menu a[rel=search]", "href"), "/search/");
    assert!(!built.text("/").contains(&script), "other pages need no script");
}

#[test]
fn the_page_works_below_a_path() {
    let built = paper(3, "true\nbase_url: https://paper.example/daily/").build();
    let page = built.page("/search/");
    assert_eq!(page.attribute("form[data-search]", "data-index"), "/daily/search/");
    assert!(page.attribute("script[src]", "src").starts_with("/daily/search-"));
}

#[test]
fn names_are_text_wherever_results_are_narrowed_by_them() {
    let sign = "\"><script>alert(1)</script>";
    let front = format!("title: '{sign}'\ndate: 2001-01-01\ntags: ['{sign}']\nauthors: ['{sign}']");
    let built = Site::new().config("search: true").article("content/news/one.md", &front).build();
    let page = built.page("/search/");
    assert_eq!(page.attributes("select[name=tag] option", "value"), ["", sign]);
    assert_eq!(page.attributes("select[name=author] option", "value"), ["", sign]);
    assert_eq!(page.attributes("select[name=section] option", "value"), ["", "news"]);
    assert_eq!(page.attributes("select[name=year] option", "value"), ["", "2001"]);
    assert_eq!(page.count("script:not([src])"), 0);
}

#[test]
fn a_site_may_have_a_script_and_a_page_of_its_own() {
    let site = paper(2, "true").file("static/search.js", "// Mine.\n");
    let site = site
        .file("templates/search.html", "{% extends \"builtin/search.html\" %}{% block search_indexes %}{% endblock %}");
    let built = site.build();
    let script = built.page("/search/").attribute("script[src]", "src");
    assert_eq!(built.text(&script), "// Mine.\n");
}

#[test]
fn what_is_wrong_with_the_key_is_told_where_it_stands() {
    let fault = |search: &str| paper(1, search).fails_once_with(Code::Config);
    let unknown = fault("{recencey: 30}");
    assert_eq!(unknown.message, "unknown key `search.recencey`");
    assert_eq!(unknown.hint.as_deref(), Some("did you mean `recency`?"));
    for wrong in ["{recency: 0}", "{recency: soon}", "{body: 1}", "[]"] {
        let fault = paper(1, wrong).fails_once_with(Code::WrongType);
        let position = fault.mark.expect("a file").position.expect("a place");
        assert_eq!(position.line, 4, "{wrong}");
    }
}
