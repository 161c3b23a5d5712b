//! `byline theme check` from outside: what each override costs, and what it expects that is not there.

#[path = "support/command.rs"]
mod command;
mod support;

use command::{Run, byline};
use serde_json::Value;
use support::Site;

/// A site of some articles with a theme of its own.
fn paper() -> Site {
    let theme = "name: evening\ntheme_api: 1\noptions:\n  accent: {type: text, default: ink}\nqueries:\n  latest: {on: [home], list: articles}\n";
    Site::new()
        .config("theme: evening")
        .file("themes/evening/theme.yaml", theme)
        .run_of("content/news/", 5, "tags: [Ferry]\n")
        .article("content/about.md", "title: About")
}

fn check(site: &Site, more: &[&str]) -> Run {
    byline(site.root(), &[&["theme", "check"], more].concat())
}

/// The answer as JSON; the exit code is this one.
fn answer(site: &Site, code: i32) -> Value {
    check(site, &["--message-format", "json"]).code(code).json()
}

/// `path:line:column message` of each diagnostic, and its hint.
fn notes(site: &Site) -> Vec<(String, String)> {
    let answer = answer(site, 0);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = |note: &Value| {
        format!("{}:{}:{} {}", text(&note["path"]), note["line"], note["column"], text(&note["message"]))
    };
    answer["diagnostics"].as_array().expect("a list").iter().map(|note| (place(note), text(&note["hint"]))).collect()
}

/// What is said of one template.
fn template<'a>(answer: &'a Value, path: &str) -> &'a Value {
    let all = answer["templates"].as_array().expect("a list");
    all.iter().find(|one| one["path"] == path).unwrap_or_else(|| panic!("{path} is not in {all:?}"))
}

#[test]
fn each_override_tells_what_it_does_and_which_pages_a_change_renders() {
    let site = paper()
        .file(
            "templates/article.html",
            "{% extends \"builtin/article.html\" %}{% block headline %}{{ super() }}{% endblock %}",
        )
        .file("templates/partials/extra.html", "<p>{{ page.title }}</p>")
        .file("themes/evening/templates/tag.html", "<h1>{{ tag.name }}</h1>{% include \"partials/extra.html\" %}");
    let answer = answer(&site, 0);
    let article = template(&answer, "templates/article.html");
    assert_eq!((&article["effect"], &article["on"]), (&"changes".into(), &"builtin/templates/article.html".into()));
    assert_eq!(article["blocks"], serde_json::json!(["headline"]));
    assert_eq!(article["pages"], serde_json::json!({"article": 5}));
    let tag = template(&answer, "themes/evening/templates/tag.html");
    assert_eq!((&tag["effect"], &tag["on"]), (&"replaces".into(), &"builtin/templates/tag.html".into()));
    let extra = template(&answer, "templates/partials/extra.html");
    assert_eq!((&extra["effect"], &extra["pages"]), (&"adds".into(), &serde_json::json!({"tag": 1})));
    let layers: Vec<_> = answer["layers"].as_array().expect("a list").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(layers, ["templates/", "themes/evening/", "builtin/"]);
    assert_eq!(answer["layers"][1]["theme_api"], 1);
    assert_eq!(notes(&site), []);
    let text = check(&site, &[]).code(0).out;
    assert!(text.contains("a change renders 5 pages: article 5"), "{text}");
    assert!(!site.root().join("public").exists() && !site.root().join(".byline").exists(), "nothing is written");
}

#[test]
fn a_template_of_a_block_belongs_to_the_pages_that_show_it() {
    let site = paper()
        .file("templates/blocks/recipe.html", "<p>{{ block.dish }}</p>{% include \"partials/spoon.html\" %}")
        .file("templates/partials/spoon.html", "{{ block.serves }}, {{ strings.note }}")
        .file("content/news/soup.md", "---\ntitle: Soup\ndate: 2001-02-01\n---\n```block recipe\ndish: Soup\n```\n");
    let answer = answer(&site, 0);
    for path in ["templates/blocks/recipe.html", "templates/partials/spoon.html"] {
        assert_eq!(template(&answer, path)["pages"], serde_json::json!({"article": 1, "feed": 1}), "{path}");
    }
    assert_eq!(notes(&site), []);
    let site = site.article("content/news/soup.md", "title: Soup\ndate: 2001-02-01");
    let told = notes(&site);
    assert_eq!(told[0].0, "templates/blocks/recipe.html:null:null nothing uses this template");
    assert_eq!(told[0].1, "no article has such a block: remove it, unless one will");
}

#[test]
fn what_a_change_renders_is_what_a_build_renders() {
    let site = paper()
        .file("templates/article.html", "{% extends \"builtin/article.html\" %}{% block kicker %}a{% endblock %}");
    let pages: u64 = template(&answer(&site, 0), "templates/article.html")["pages"]
        .as_object()
        .expect("kinds")
        .values()
        .filter_map(Value::as_u64)
        .sum();
    site.build();
    let site =
        site.file("templates/article.html", "{% extends \"builtin/article.html\" %}{% block kicker %}b{% endblock %}");
    assert_eq!(site.build().report().rendered as u64, pages);
}

#[test]
fn a_query_on_articles_tells_what_it_costs() {
    let theme = "name: evening\ntheme_api: 1\nqueries:\n  latest: {on: [home], list: articles}\n  read: {on: [article, day], list: articles}\n";
    let site = paper().file("themes/evening/theme.yaml", theme);
    let answer = answer(&site, 0);
    let read = &answer["queries"][1];
    assert_eq!((&read["name"], &read["line"], &read["column"]), (&"read".into(), &5.into(), &3.into()));
    assert_eq!((&read["pages"], &read["articles"]), (&10.into(), &5.into()), "five articles on five days");
    assert_eq!((&answer["queries"][0]["pages"], &answer["queries"][0]["articles"]), (&1.into(), &0.into()));
    let text = check(&site, &[]).out;
    assert!(text.contains("all 5 pages of articles are rendered with it"), "{text}");
}

#[test]
fn blocks_that_show_nowhere_are_found() {
    let site = paper()
        .file(
            "themes/evening/templates/home.html",
            "{% extends \"builtin/home.html\" %}{% block main %}<h1>News</h1>{% endblock main %}",
        )
        .file("templates/home.html", "{% extends \"themes/evening/home.html\" %}\n{% block lead %}x{% endblock lead %}")
        .file("templates/base.html", "{% extends \"builtin/base.html\" %}{% block main %}y{% endblock main %}");
    let notes = notes(&site);
    let messages: Vec<&str> = notes.iter().map(|(message, _)| message.as_str()).collect();
    let lost = "templates/home.html:2:10 the block `lead` shows on no page";
    assert_eq!(messages, ["templates/base.html:1:43 the block `main` shows on no page", lost]);
    assert!(notes[1].1.contains("`main`, in which it stood"), "{notes:?}");
    // A layer in between that shows what lies below it loses nothing.
    let site = site.file(
        "themes/evening/templates/home.html",
        "{% extends \"builtin/home.html\" %}{% block main %}{{ super() }}{% endblock main %}",
    );
    assert!(!self::notes(&site).iter().any(|(message, _)| message.contains("`lead`")));
}

#[test]
fn blocks_parents_and_includes_that_are_gone_are_errors_at_their_place() {
    for (text, complaint) in [
        ("{% extends \"builtin/article.html\" %}{% block headlin %}x{% endblock %}", "headlin"),
        ("{% extends \"themes/evening/article.html\" %}", "extends `themes/evening/article.html`"),
        ("{% include \"partials/gone.html\" %}", "partials/gone.html"),
    ] {
        let site = paper().file("templates/article.html", text);
        let answer = answer(&site, 1);
        let note = &answer["diagnostics"][0];
        assert!(note["message"].as_str().expect("text").contains(complaint), "{note}");
        assert_eq!((&note["path"], &note["line"]), (&"templates/article.html".into(), &1.into()));
        assert!(check(&site, &[]).code(1).err.contains("templates/article.html:1"), "people are told, too");
    }
}

#[test]
fn fields_options_and_queries_that_are_not_there_are_found() {
    let text = "{% extends \"builtin/article.html\" %}
{% block headline %}
{% if article.card.titel %}x{% endif %}
{% for tag in article.card.tags %}{% if tag.slug %}x{% endif %}{{ tag.name }}{% endfor %}
{% if site.theme_options.acent %}x{% endif %}{{ site.theme_options.accent }}
{% for card in query.lates %}{{ card.title }}{% endfor %}
{% if section.name %}x{% endif %}{{ strings.corrected }}{% if strings.corected %}x{% endif %}
{% if article.card.extra.anything.at.all or site.extra.x %}x{% endif %}
{% if brand.new is defined %}{{ brand.new }}{% endif %}
{% set series = article.series %}{% if series.parts %}x{% endif %}
{% endblock headline %}";
    let notes = notes(&paper().file("templates/article.html", text));
    let wanted = [
        ("3:7 the views have no `article.card.titel`: there is nothing called `titel` in it", "did you mean `title`?"),
        ("4:41 the views have no `tag.slug`: there is nothing called `slug` in it", ""),
        ("5:7 the theme declares no option `acent`", "did you mean `accent`?"),
        ("6:16 the theme declares no query `lates`", "did you mean `latest`?"),
        ("7:7 the views of the pages that reach this template have no `section`", ""),
        ("7:63 no file of strings has a text `corected`", "did you mean `corrected`?"),
        ("10:40 the views have no `series.parts`: there is nothing called `parts` in it", "did you mean `part`?"),
    ];
    assert_eq!(notes.len(), wanted.len(), "{notes:#?}");
    for ((message, hint), (place, advice)) in notes.iter().zip(wanted) {
        assert_eq!(message, &format!("templates/article.html:{place}"));
        assert!(hint.contains(advice), "{hint}");
    }
}

#[test]
fn a_partial_knows_the_names_of_those_that_include_it() {
    let site = paper()
        .file(
            "templates/tag.html",
            "{% for card in articles %}{% set day = card.published %}{% include \"partials/row.html\" %}{% endfor %}",
        )
        .file("templates/partials/row.html", "{{ card.title }}{{ day.year }}{% if card.nothing %}x{% endif %}");
    let notes = notes(&site);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].0.starts_with("templates/partials/row.html:1:37 the views have no `card.nothing`"), "{notes:?}");
}

#[test]
fn templates_that_nothing_uses_are_found() {
    let site = paper().file("templates/artcle.html", "x").file("templates/partials/mine.html", "y");
    let notes = notes(&site);
    let path = |at: usize| notes[at].0.split(':').next().expect("a path").to_owned();
    assert_eq!(
        (notes.len(), path(0), path(1)),
        (2, "templates/artcle.html".to_owned(), "templates/partials/mine.html".to_owned())
    );
    assert_eq!(notes[0].1, "did you mean `article.html`?");
}

#[test]
fn custom_properties_that_the_theme_does_not_have_are_found() {
    let css = "/* --not-this: 1 */\n:root {\n  --accnt: red;\n  --ink: black;\n  --mine: 1px;\n}\na { width: var(--mine); color: var(--gone); top: var(--no, 1px) }\n";
    let site = paper()
        .file(
            "themes/evening/static/evening.css",
            ":root { --accent: navy; --ink: #111 } a { color: var(--accent); fill: var( --ink ) }",
        )
        .file("static/site.css", css);
    let notes = notes(&site);
    let wanted = [
        (
            "static/site.css:3:3 no stylesheet reads the property `--accnt`".to_owned(),
            "did you mean `--accent`?".to_owned(),
        ),
        ("static/site.css:7:36 no stylesheet sets the property `--gone`".to_owned(), notes[1].1.clone()),
    ];
    assert_eq!(notes, wanted);
}

#[test]
fn strict_takes_warnings_for_errors_and_faults_of_articles_are_left_to_the_build() {
    let site = paper().file("templates/artcle.html", "x");
    check(&site, &[]).code(0);
    check(&site, &["--strict"]).code(1);
    let site = paper().article("content/news/bad.md", "title: Bad\ndate: never");
    let answer = answer(&site, 0);
    assert_eq!((answer["complete"].as_bool(), answer["diagnostics"].as_array().map(Vec::len)), (Some(false), Some(0)));
    let site = paper().file("themes/evening/theme.yaml", "name: evening\ntheme_api: 2\n");
    let run = check(&site, &[]).code(1);
    assert!(run.err.contains("version 2 of the views"), "{}", run.err);
}

#[test]
fn the_bundled_templates_read_only_what_there_is() {
    // Copied into a site they are its own, and looked at.
    let site = Site::new().config("theme: mine").run_of("content/news/", 3, "tags: [Ferry]\nseries: Fog\n");
    let site = site.file("themes/mine/theme.yaml", "name: mine\ntheme_api: 1\n");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let site = support::files(&folder)
        .into_iter()
        .fold(site, |site, (name, bytes)| site.file(&format!("themes/mine/templates/{name}"), bytes));
    let unknown: Vec<_> = notes(&site).into_iter().filter(|(note, _)| !note.contains("nothing uses")).collect();
    assert!(unknown.is_empty(), "{:#?}", &unknown[..unknown.len().min(12)]);
}
