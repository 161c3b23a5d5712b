//! `byline why`, from outside: what it says of each kind of thing that it can be asked about, and of each reason for which a build
//! renders a page, after real edits.

#[path = "support/command.rs"]
mod command;
mod support;

use std::fs;

use command::byline;
use serde_json::Value;
use support::{Site, files};

const ARTICLE: &str =
    "{% extends \"builtin/article.html\" %}{% block head_end %}<meta name=\"a\">{% endblock head_end %}";

/// Eight articles of one section, with a sidecar, defaults, people, tags, data, a template and a query.
fn site() -> Site {
    Site::new()
        .config("menus: {main: [{name: News, url: /news/}]}")
        .file(
            "themes/plain/theme.yaml",
            "name: plain\ntheme_api: 1\nqueries:\n  latest:\n    on: [home]\n    list: articles\n    limit: 3\n",
        )
        .run_of("content/news/n", 6, "")
        .article("content/news/n007.md", "title: Seven\ndate: 2001-01-07\ndata: tides.yaml\naliases: [/old/seven/]")
        .file("content/news/old.txt", "Old story\n\nThe only paragraph of it, and it is long enough.\n")
        .file("content/news/old.yaml", "date: 1999-05-06\n")
        .file(
            "content/news/_index.md",
            "---\ntitle: News\ncascade:\n  authors: [desk]\n  tags: [Harbour]\n---\nNews.\n",
        )
        .file("content/authors.yaml", "desk:\n  name: The Copy Desk\n")
        .file("content/tags.yaml", "Harbour:\n  description: The harbour\n")
        .file("data/tides.yaml", "high: 7\n")
        .file("static/robots-notes.txt", "Notes.\n")
        .file("templates/article.html", ARTICLE)
}

fn build(site: &Site) {
    byline(site.root(), &["build"]).code(0);
}

/// The answer as JSON.
#[track_caller]
fn why(site: &Site, subject: &str) -> Value {
    byline(site.root(), &["why", subject, "--message-format", "json"]).code(0).json()
}

/// Why the page was rendered by the last build that changed something; the second value is what changed.
#[track_caller]
fn reason(site: &Site, url: &str) -> (String, Vec<String>) {
    let answer = why(site, url);
    let rendered = &answer["pages"][0]["rendered"];
    assert_eq!(rendered["by_last_build"], true, "{answer}");
    told(&rendered["because"])
}

fn told(because: &Value) -> (String, Vec<String>) {
    let list = |key: &str| because[key].as_array().expect("a list").iter().map(text).collect::<Vec<_>>();
    (text(&because["reason"]), [list("templates"), list("fields")].concat())
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn changed(what: &[&str]) -> (String, Vec<String>) {
    ("changed".to_owned(), what.iter().map(|name| (*name).to_owned()).collect())
}

fn because(reason: &str) -> (String, Vec<String>) {
    (reason.to_owned(), Vec::new())
}

fn places(page: &Value, key: &str, name: &str) -> Vec<String> {
    page[key].as_array().expect("a list").iter().map(|one| text(&one[name])).collect()
}

/// `(what, count)` of the groups of pages that show something.
fn shown(answer: &Value) -> Vec<(String, u64)> {
    let groups = answer["shown"].as_array().expect("a list");
    groups.iter().map(|group| (text(&group["what"]), group["count"].as_u64().expect("a count"))).collect()
}

#[track_caller]
fn shows(answer: &Value, what: &str, count: u64) {
    assert!(shown(answer).contains(&(what.to_owned(), count)), "{what}: {:#?}", shown(answer));
}

fn edit(site: &Site, path: &str, change: impl FnOnce(String) -> String) {
    fs::write(site.root().join(path), change(site.read(path))).expect("written");
}

#[test]
fn a_page_is_found_however_its_address_is_written() {
    let site = site();
    build(&site);
    let spellings = [
        "/news/n001/",
        "/news/n001",
        "news/n001/",
        "/news/n001/index.html",
        "/news/n001/#part",
        "https://paper.example/news/n001/",
        "public/news/n001/index.html",
        "content/news/n001.md",
        "./content/news/n001.md",
    ];
    for spelling in spellings {
        let answer = why(&site, spelling);
        assert_eq!(answer["pages"][0]["url"], "/news/n001/", "{spelling}");
        assert_eq!(answer["pages"][0]["output"], "public/news/n001/index.html");
    }
    let below = byline(&site.root().join("content/news"), &["why", "n001.md", "--message-format", "json"]).code(0);
    assert_eq!(below.json()["pages"][0]["url"], "/news/n001/");
}

#[test]
fn an_address_below_the_path_of_the_base_url_is_found_with_and_without_it() {
    let site = Site::new().config("base_url: https://host.example/paper/").run_of("content/news/n", 1, "");
    build(&site);
    for spelling in ["/news/n001/", "/paper/news/n001/", "https://host.example/paper/news/n001/"] {
        assert_eq!(why(&site, spelling)["pages"][0]["url"], "/news/n001/", "{spelling}");
    }
    byline(site.root(), &["why", "https://elsewhere.example/news/n001/"]).code(1);
}

#[test]
fn a_page_tells_its_sources_templates_queries_and_data() {
    let site = site();
    build(&site);
    let page = &why(&site, "/news/n007/")["pages"][0];
    assert_eq!((text(&page["kind"]), text(&page["section"])), ("article".to_owned(), "news".to_owned()));
    let sources = places(page, "sources", "place");
    for source in ["content/news/n007.md", "content/news/_index.md", "content/news/n006.md", "content/tags.yaml:1"] {
        assert!(sources.iter().any(|place| place == source), "{source}: {sources:?}");
    }
    assert!(places(page, "sources", "what").contains(&"defaults: authors, tags".to_owned()));
    let templates = places(page, "templates", "path");
    assert_eq!(templates[..2], ["templates/article.html", "builtin/templates/article.html"]);
    assert!(templates.contains(&"builtin/templates/base.html".to_owned()), "{templates:?}");
    assert_eq!(places(page, "templates", "layer")[..2], ["the site", "Byline"]);
    assert_eq!(page["data"][0], "data/tides.yaml");
    let front = &why(&site, "/")["pages"][0];
    assert_eq!((&front["queries"][0], &front["articles"]), (&Value::from("latest"), &Value::from(8)));
}

#[test]
fn a_source_tells_its_page_and_where_else_it_shows() {
    let site = site();
    build(&site);
    let answer = why(&site, "content/news/n003.md");
    assert_eq!(answer["what"], "an article");
    shows(&answer, "home: articles", 1);
    shows(&answer, "section: articles", 1);
    shows(&answer, "tag: articles", 1);
    shows(&answer, "author: articles", 1);
    shows(&answer, "article: newer", 1);
    shows(&answer, "article: older", 1);
    shows(&answer, "day: articles", 1);
    assert!(!shown(&answer).iter().any(|(what, _)| what == "home: query.latest"), "it is not among the latest three");
    shows(&why(&site, "content/news/n006.md"), "home: query.latest", 1);
    let sidecar = why(&site, "content/news/old.yaml");
    assert_eq!((&sidecar["what"], &sidecar["pages"][0]["url"]), (&"a sidecar".into(), &"/news/old-story/".into()));
    assert!(places(&sidecar["pages"][0], "sources", "place").contains(&"content/news/old.yaml".to_owned()));
}

#[test]
fn every_kind_of_file_and_page_has_an_answer() {
    let site = site();
    build(&site);
    let template = why(&site, "templates/article.html");
    assert_eq!(
        (text(&template["what"]), shown(&template)),
        ("a template of the site".into(), vec![("article.html".into(), 8)])
    );
    shows(&why(&site, "builtin/templates/base.html"), "section.html", 1);
    shows(&why(&site, "data/tides.yaml"), "article.html", 1);
    shows(&why(&site, "content/authors.yaml"), "author pages", 1);
    shows(&why(&site, "content/tags.yaml"), "articles with these tags", 8);
    assert!(shown(&why(&site, "site.yaml"))[0].1 > 20);
    let section = why(&site, "content/news/_index.md");
    assert_eq!((&section["pages"][0]["url"], &section["notes"]["articles"]), (&"/news/".into(), &"8".into()));
    for file in ["static/robots-notes.txt", "/robots-notes.txt", "public/robots-notes.txt"] {
        assert_eq!(why(&site, file)["notes"]["source"], "static/robots-notes.txt", "{file}");
    }
    let alias = why(&site, "/old/seven/");
    assert_eq!(alias["what"], "a redirect");
    assert_eq!(places(&alias["pages"][0], "sources", "place"), ["content/news/n007.md"]);
    for (url, what) in [
        ("/feed.xml", "a feed"),
        ("/sitemap.xml", "the sitemap"),
        ("/2001/01/", "a month"),
        ("/404.html", "the page for what is not there"),
    ] {
        assert_eq!(why(&site, url)["what"], what, "{url}");
    }
    let site = site.article("content/news/later.md", "title: Later\ndate: 2999-01-01");
    let held = text(&why(&site, "content/news/later.md")["what"]);
    assert!(held.starts_with("an article that is held until 2999-01-01"), "{held}");
}

#[test]
fn further_pages_of_a_list_are_pages() {
    let site = Site::new().config("pagination: {size: 2}").run_of("content/news/n", 7, "");
    build(&site);
    let page = &why(&site, "/news/page/2/")["pages"][0];
    assert_eq!((&page["kind"], &page["articles"]), (&"section".into(), &2.into()));
    shows(&why(&site, "content/news/n003.md"), "section: articles", 1);
}

#[test]
fn what_is_not_known_is_an_error_with_a_guess() {
    let site = site();
    build(&site);
    for (asked, near) in [
        ("/news/n0001/", "did you mean `/news/n001/`?"),
        ("content/news/n01.md", "did you mean `content/news/n001.md`?"),
        ("templates/artcle.html", "did you mean `templates/article.html`?"),
        ("/nothing-of-the-kind-is-here/", "give an address"),
    ] {
        byline(site.root(), &["why", asked]).code(1).says(&["nothing of the site is called", near]);
    }
}

#[test]
fn nothing_is_written() {
    let site = site();
    let bare = files(site.root());
    assert_eq!(why(&site, "/news/n001/")["last_build"], Value::Null);
    assert!(bare == files(site.root()), "before a build");
    build(&site);
    let built = files(site.root());
    edit(&site, "content/news/n002.md", |text| text.replace("title: Number 2", "title: Number Two"));
    let edited = files(site.root());
    assert!(built != edited);
    why(&site, "content/news/n001.md");
    assert!(edited == files(site.root()), "after a build and an edit");
}

#[test]
fn a_first_build_makes_new_pages_and_the_next_one_tells_what_an_edit_changed() {
    let site = site();
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), because("new"));
    edit(&site, "content/news/n002.md", |text| text.replace("The text of", "Another text of"));
    let due = &why(&site, "/news/n002/")["pages"][0]["due"];
    let (kind, fields) = told(due);
    assert!(kind == "changed" && fields.contains(&"article.body".to_owned()), "{fields:?}");
    build(&site);
    let (kind, fields) = reason(&site, "/news/n002/");
    assert_eq!(kind, "changed");
    assert!(fields.contains(&"article.body".to_owned()), "{fields:?}");
    assert!(!fields.contains(&"article.card.title".to_owned()), "{fields:?}");
    let other = &why(&site, "/news/n005/")["pages"][0];
    assert_eq!((&other["rendered"]["by_last_build"], &other["rendered"]["builds_ago"]), (&false.into(), &1.into()));
    assert_eq!((told(&other["rendered"]["because"]), &other["due"]), (because("new"), &Value::Null));
}

#[test]
fn a_title_shows_in_its_card_and_in_its_neighbours() {
    let site = site();
    build(&site);
    edit(&site, "content/news/n003.md", |text| text.replace("title: Number 3", "title: Number Three"));
    build(&site);
    assert!(reason(&site, "/news/n003/").1.contains(&"article.card.title".to_owned()));
    assert!(reason(&site, "/news/n002/").1.contains(&"newer".to_owned()));
    assert!(reason(&site, "/news/n004/").1.contains(&"older".to_owned()));
    assert_eq!(reason(&site, "/news/"), changed(&["articles"]));
    edit(&site, "content/news/n006.md", |text| text.replace("title: Number 6", "title: Number Six"));
    build(&site);
    assert!(reason(&site, "/").1.contains(&"query.latest".to_owned()));
}

#[test]
fn a_template_that_changed_is_named_and_so_is_a_field_of_the_site() {
    let site = site();
    build(&site);
    edit(&site, "templates/article.html", |text| text.replace("name=\"a\"", "name=\"b\""));
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), changed(&["templates/article.html"]));
    assert_eq!(why(&site, "/news/")["pages"][0]["rendered"]["by_last_build"], false);
    let site = site.config("menus: {main: [{name: All News, url: /news/}]}");
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), changed(&["site.menus"]));
    let site = site.file("themes/plain/templates/base.html", "{% extends \"builtin/base.html\" %}");
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), changed(&["themes/plain/templates/base.html"]));
    let site = site.remove("templates/article.html");
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), changed(&["templates/article.html"]));
    edit(&site, "content/news/n001.md", |text| text.replace("date:", "template: page.html\ndate:"));
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), changed(&["template"]));
    edit(&site, "data/tides.yaml", |_| "high: 8\n".to_owned());
    build(&site);
    assert_eq!(reason(&site, "/news/n007/"), changed(&["article.data"]));
}

#[test]
fn a_tampered_output_a_fresh_build_and_a_page_that_came_back_are_told_apart() {
    let site = site();
    build(&site);
    fs::write(site.root().join("public/news/n001/index.html"), "tampered").expect("written");
    fs::remove_file(site.root().join("public/news/n002/index.html")).expect("removed");
    assert_eq!(told(&why(&site, "/news/n002/")["pages"][0]["due"]), because("output-changed"));
    build(&site);
    assert_eq!(reason(&site, "/news/n001/"), because("output-changed"));
    assert_eq!(reason(&site, "/news/n002/"), because("output-changed"));
    byline(site.root(), &["build", "--fresh"]).code(0);
    assert_eq!(reason(&site, "/news/n001/"), because("fresh"));
    let text = site.read("content/news/n004.md");
    let site = site.remove("content/news/n004.md");
    build(&site);
    let site = site.file("content/news/n004.md", text);
    build(&site);
    assert_eq!(reason(&site, "/news/n004/"), because("new"));
    fs::remove_dir_all(site.root().join("public")).expect("removed");
    build(&site);
    assert_eq!(reason(&site, "/news/n004/"), because("output-changed"));
}

#[test]
fn what_is_lost_or_damaged_is_not_known_and_comes_back_with_what_is_rendered() {
    let site = site();
    build(&site);
    let parts = site.root().join(".byline/parts");
    for damage in ["lost", "cut", "flipped"] {
        let mut bytes = fs::read(&parts).expect("the file");
        match damage {
            "lost" => fs::remove_file(&parts).expect("removed"),
            "cut" => fs::write(&parts, &bytes[..bytes.len() / 2]).expect("written"),
            _ => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(&parts, bytes).expect("written");
            }
        }
        assert_eq!(why(&site, "/news/n001/")["last_build"], Value::Null, "{damage}");
        edit(&site, "content/news/n001.md", |text| format!("{text}\n{damage}\n"));
        build(&site);
        assert_eq!(reason(&site, "/news/n001/"), because("unknown"), "{damage}");
        edit(&site, "content/news/n001.md", |text| format!("{text}\n{damage} again\n"));
        build(&site);
        assert!(reason(&site, "/news/n001/").1.contains(&"article.body".to_owned()), "{damage}");
    }
}

#[test]
fn people_read_aligned_lines() {
    let site = site();
    build(&site);
    edit(&site, "content/news/n002.md", |text| format!("{text}\nMore.\n"));
    build(&site);
    let run = byline(site.root(), &["why", "content/news/n002.md"]).code(0);
    for line in [
        "  Page      /news/n002/",
        "  Output    public/news/n002/index.html",
        "  Kind      article, section news",
        "  Next time it would be kept",
    ] {
        assert!(run.out.lines().any(|one| one == line), "no `{line}` in\n{}", run.out);
    }
    assert!(run.out.contains("  Rendered  yes, by the last build that changed something ("), "{}", run.out);
    assert!(run.out.contains("changed: article.body"), "{}", run.out);
    assert_eq!(run.err, "");
}

#[test]
fn a_site_with_errors_shows_them() {
    let site = Site::new().file("site.yaml", "title: [\n");
    byline(site.root(), &["why", "/"]).code(1).says(&["site.yaml", "error"]);
}

#[test]
fn an_image_tells_its_sizes_and_the_place_that_shows_it() {
    let site = site()
        .file("content/news/view.png", support::photo::png(500, 250, 1))
        .file("content/news/n002.md", "---\ntitle: Two\ndate: 2001-01-02\n---\n![A view](view.png)\n");
    build(&site);
    let own: Vec<String> =
        files(&site.root().join("public")).into_keys().filter(|path| path.contains("/view.")).collect();
    assert_eq!(own.len(), 4, "{own:?}");
    for subject in ["content/news/view.png".to_owned(), format!("/{}", own[0]), format!("public/{}", own[3])] {
        let run = byline(site.root(), &["why", &subject]).code(0);
        let told = [run.out, run.err].concat();
        for words in ["published in several sizes", "400, 500", "content/news/n002.md:5:1"] {
            assert!(told.contains(words), "{subject}: {words:?} is not in {told}");
        }
    }
}
