//! Layers of templates, themes with their options and queries, and the rule that titles, names and tags are text wherever a
//! template, a feed or a file for machines shows them.

#[path = "support/command.rs"]
mod command;
mod support;

use byline::model::code::Code;
use command::byline;
use support::{Built, Site, place};

fn paper() -> Site {
    Site::new()
        .article("content/news/one.md", "title: One\ndate: 2020-05-01\ntags: [harbour]\nauthors: The Copy Desk")
        .article("content/news/two.md", "title: Two\ndate: 2020-05-02\nfeatured: true")
}

/// A theme of the site's own with this theme.yaml below its name.
fn theme(site: Site, name: &str, more: &str) -> Site {
    site.file(&format!("themes/{name}/theme.yaml"), format!("name: {name}\ntheme_api: 1\n{more}"))
}

// Layers

#[test]
fn a_site_replaces_one_block_and_keeps_the_rest() {
    for below in ["builtin/article.html", "themes/own/article.html"] {
        let site = theme(paper().config("theme: own"), "own", "")
            .file("themes/own/templates/article.html", "{% extends \"builtin/article.html\" %}\n{% block rail %}<p class=rail>The theme's</p>{% endblock %}\n")
            .file(
                "templates/article.html",
                format!("{{% extends \"{below}\" %}}\n{{% block headline %}}<h1 class=own>Now: {{{{ article.card.title }}}}</h1>{{% endblock %}}\n"),
            );
        let built = site.build();
        let page = built.page("/news/one/");
        assert_eq!(page.one("h1.own"), "Now: One");
        assert_eq!(page.count(".e-content"), 1);
        assert_eq!(page.count("p.rail"), usize::from(below.starts_with("themes/")), "{below}");
    }
}

#[test]
fn a_block_may_add_to_what_stands_below_it() {
    let site = paper().file(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block headline %}<p class=before>Before</p>{{ super() }}{% endblock %}\n",
    );
    let built = site.build();
    let page = built.page("/news/one/");
    assert_eq!((page.one("p.before"), page.one("h1")), ("Before".to_owned(), "One".to_owned()));
}

#[test]
fn the_uppermost_base_is_that_of_every_page() {
    let site = theme(paper().config("theme: own"), "own", "").file(
        "themes/own/templates/base.html",
        "{% extends \"builtin/base.html\" %}{% block head_end %}<meta name=theme content=yes>{% endblock %}",
    );
    let built = site.build();
    for url in [
        "/",
        "/news/",
        "/news/one/",
        "/tags/",
        "/tags/harbour/",
        "/authors/",
        "/archive/",
        "/2020/",
        "/2020/05/",
        "/2020/05/01/",
        "/404.html",
    ] {
        assert_eq!(built.page(url).count("meta[name=theme]"), 1, "{url}");
    }
    let site = site.file(
        "templates/base.html",
        "{% extends \"themes/own/base.html\" %}{% block footer_text %}<p id=ours>Ours</p>{% endblock %}",
    );
    let built = site.build();
    for url in ["/", "/news/one/", "/404.html"] {
        let page = built.page(url);
        assert_eq!((page.count("meta[name=theme]"), page.count("#ours")), (1, 1), "{url}");
    }
}

#[test]
fn a_template_equal_to_the_built_in_one_hides_nothing() {
    let copy =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/article.html")).expect("the built-in template");
    let own = "{% extends \"builtin/article.html\" %}{% block rail %}<p id=rail>The theme's</p>{% endblock %}";
    let site = theme(paper().config("theme: own"), "own", "")
        .file("themes/own/templates/article.html", own)
        .file("templates/article.html", copy);
    assert_eq!(site.build().page("/news/one/").count("#rail"), 1);
}

#[test]
fn a_theme_stands_on_its_parent() {
    let site = theme(theme(paper().config("theme: child\ntheme_options: {shade: dark}"), "child", "parent: mother\n"), "mother",
        "options:\n  shade: {type: choice, choices: [light, dark], default: light}\n  size: {type: integer, default: 3}\nqueries:\n  latest: {on: [home], list: articles, limit: 1}\n")
        .file("themes/mother/templates/partials/note.html", "<p id=note>{{ site.theme_options.shade }} {{ site.theme_options.size }}</p>")
        .file("themes/mother/templates/home.html", "{% extends \"builtin/home.html\" %}{% block main %}<p id=mother>{{ query.latest | length }}</p>{% endblock %}")
        .file("themes/mother/static/mother.css", "p {}")
        .file("themes/child/templates/home.html", "{% extends \"themes/mother/home.html\" %}{% block main %}{{ super() }}{% include \"partials/note.html\" %}{% endblock %}");
    let built = site.build();
    let page = built.page("/");
    assert_eq!((page.one("#mother"), page.one("#note")), ("1".to_owned(), "dark 3".to_owned()));
    assert_eq!(built.paths().iter().filter(|path| path.starts_with("mother-") && path.ends_with(".css")).count(), 1);
}

#[test]
fn a_theme_of_the_site_wins_over_the_bundled_one_of_its_name() {
    let site = theme(paper().config("theme: broadsheet"), "broadsheet", "").file(
        "themes/broadsheet/templates/base.html",
        "{% extends \"builtin/base.html\" %}{% block head_end %}<meta name=ours content=yes>{% endblock %}",
    );
    let built = site.build();
    assert_eq!(built.page("/").count("meta[name=ours]"), 1);
    assert!(!built.paths().iter().any(|path| path.starts_with("broadsheet")), "{:?}", built.paths());
}

#[test]
fn themes_that_are_not_there_or_go_in_a_circle_are_errors() {
    let missing = paper().config("theme: broadshet").fails_once_with(Code::Theme);
    assert_eq!(missing.hint.as_deref(), Some("did you mean `broadsheet`?"));
    assert!(place(&missing).starts_with("site.yaml"));
    let circle = theme(theme(paper().config("theme: a"), "a", "parent: b\n"), "b", "parent: a\n");
    let circle = circle.fails_once_with(Code::Theme);
    assert!(place(&circle).starts_with("themes/b/theme.yaml"), "{}", place(&circle));
    let itself = theme(paper().config("theme: a"), "a", "parent: a\n").fails_once_with(Code::Theme);
    assert!(place(&itself).starts_with("themes/a/theme.yaml"));
    let future =
        paper().config("theme: a").file("themes/a/theme.yaml", "name: a\ntheme_api: 2\n").fails_once_with(Code::Theme);
    assert_eq!(place(&future), "themes/a/theme.yaml:2:12");
}

// Options

const OPTIONS: &str = "options:\n  shade: {type: choice, choices: [light, dark]}\n  size: {type: integer, default: 3}\n  \
    wide: {type: bool, default: true}\n  motto: {type: text, default: All}\n  names: {type: list, default: [a, b]}\n";

fn with_options(values: &str) -> Site {
    theme(paper().config(&format!("theme: own\n{values}")), "own", OPTIONS)
        .file("templates/404.html", "<p id=all>{{ site.theme_options | json }}</p>")
}

fn options_of(site: &Site) -> serde_json::Value {
    let html = site.build().page("/404.html").one("#all");
    serde_json::from_str(&html).expect("JSON")
}

#[test]
fn options_have_the_site_s_value_or_the_theme_s() {
    use serde_json::json;
    let defaults = json!({"shade": "light", "size": 3, "wide": true, "motto": "All", "names": ["a", "b"]});
    assert_eq!(options_of(&with_options("")), defaults);
    let set = "theme_options: {shade: dark, size: 7, wide: false, motto: None, names: [c]}";
    let wanted = json!({"shade": "dark", "size": 7, "wide": false, "motto": "None", "names": ["c"]});
    assert_eq!(options_of(&with_options(set)), wanted);
}

#[test]
fn options_are_checked_at_their_line() {
    for (values, code, hint) in [
        ("shaed: dark", Code::Config, Some("did you mean `shade`?")),
        ("shade: drak", Code::WrongType, Some("did you mean `dark`?")),
        ("size: big", Code::WrongType, None),
        ("wide: no", Code::WrongType, None),
        ("names: {a: 1}", Code::WrongType, None),
        ("motto: [x]", Code::WrongType, None),
    ] {
        let fault = with_options(&format!("theme_options:\n  {values}")).fails_once_with(code);
        assert!(place(&fault).starts_with("site.yaml:"), "{values}: {}", place(&fault));
        assert!(hint.is_none() || fault.hint.as_deref() == hint, "{values}: {fault:?}");
    }
}

// Queries

#[test]
fn queries_are_answered_where_they_are_declared_and_nowhere_else() {
    let queries = "queries:\n  latest: {on: [home, article], list: articles, limit: 3}\n  \
        lead: {on: [home], list: articles, filter: {featured: true}}\n  \
        blocks: {on: [section], list: sections, limit: 2, each: 1, order: count}\n  \
        top: {on: [home], list: tags, order: count, limit: 1}\n  \
        desk: {on: [home], list: articles, filter: {author: The Copy Desk}}\n  \
        years: {on: [home], list: years}\n";
    let show = |name: &str, kind: &str| {
        (
            format!("templates/{kind}.html"),
            format!(
                "{{% extends \"builtin/{kind}.html\" %}}{{% block {name} %}}<p id=answers>{{{{ query | json }}}}</p>{{% endblock %}}"
            ),
        )
    };
    let site = theme(paper().config("theme: own"), "own", queries)
        .article("content/sport/three.md", "title: Three\ndate: 2019-01-01\ntags: [harbour]")
        .article("content/news/four.md", "title: Four\ndate: 2018-01-01\ntags: [crabs]");
    let site = ["home", "article", "section", "day"].into_iter().fold(site, |site, kind| {
        let (path, text) = show("main", kind);
        site.file(&path, text)
    });
    let built = site.build();
    let answers =
        |url: &str| -> serde_json::Value { serde_json::from_str(&built.page(url).one("#answers")).expect("JSON") };
    let titles = |value: &serde_json::Value| -> Vec<String> {
        value
            .as_array()
            .expect("a list")
            .iter()
            .map(|card| card["title"].as_str().or(card["name"].as_str()).expect("a name").to_owned())
            .collect()
    };
    let home = answers("/");
    assert_eq!(titles(&home["latest"]), ["Two", "One", "Three"]);
    assert_eq!(titles(&home["lead"]), ["Two"]);
    assert_eq!(titles(&home["top"]), ["harbour"]);
    assert_eq!(titles(&home["desk"]), ["One"]);
    assert_eq!(titles(&home["years"]), ["2020", "2019", "2018"]);
    assert!(home.get("blocks").is_none());
    let section = answers("/news/");
    assert_eq!(titles(&section["blocks"]), ["News", "Sport"]);
    assert_eq!(titles(&section["blocks"][0]["articles"]), ["Two"]);
    assert_eq!(titles(&answers("/news/four/")["latest"]), ["Two", "One", "Three"]);
    assert_eq!(answers("/2020/05/01/"), serde_json::json!({}));
}

#[test]
fn queries_are_checked() {
    for (query, hint) in [
        ("{on: [hoem], list: articles}", "did you mean `home`?"),
        ("{on: [home], list: articels}", "did you mean `articles`?"),
        ("{on: [home], list: articles, limti: 3}", "did you mean `limit`?"),
        ("{on: [home]}", "add `list: articles`"),
    ] {
        let site = theme(paper().config("theme: own"), "own", &format!("queries:\n  latest: {query}\n"));
        let run = byline(site.root(), &["build"]).code(1);
        run.says(&["themes/own/theme.yaml:4:", hint]);
    }
}

// Static files

#[test]
fn a_theme_s_stylesheet_bears_a_fingerprint_of_its_content() {
    let link = "{% extends \"builtin/base.html\" %}{% block styles %}<link rel=stylesheet href=\"{{ site.assets[\"own.css\"] }}\">{% endblock %}";
    let site = theme(paper().config("theme: own\nbase_url: https://paper.example/sub/"), "own", "")
        .file("themes/own/templates/base.html", link)
        .file("themes/own/static/own.css", "p { margin: 1px }")
        .file("themes/own/static/pictures/mark.png", "PNG");
    let linked = |built: &Built| {
        let href = built.page("/news/one/").attribute("link[rel=stylesheet]", "href");
        let path = href.strip_prefix("/sub/").expect("the base path").to_owned();
        assert!(path.starts_with("own-") && path.ends_with(".css"), "{path}");
        (built.text(&path).to_owned(), path)
    };
    let built = site.build();
    let (text, first) = linked(&built);
    assert_eq!(text, "p{margin:1px}");
    assert_eq!(built.text("pictures/mark.png"), "PNG");
    let site = site.file("themes/own/static/own.css", "p { margin: 0 }");
    let built = site.build();
    let (text, second) = linked(&built);
    assert_eq!(text, "p{margin:0}");
    assert!(first != second && !built.has(&first), "{first} {second}");
    let site = site.file("static/own.css", "p { color: red }").file("static/pictures/mark.png", "Ours");
    let built = site.build();
    assert_eq!(linked(&built).0, "p{color:red}");
    assert_eq!(built.text("pictures/mark.png"), "Ours");
}

// Order

#[test]
fn grouping_and_maps_keep_their_order_in_every_process() {
    let site = Site::new()
        .config("extra: {zebra: 1, apple: 2, mango: 3, kiwi: 4, fig: 5, lime: 6}")
        .run_of("content/news/", 40, "tags: [alpha]")
        .file(
            "templates/home.html",
            "{% for key, value in site.extra %}{{ key }} {% endfor %}|{% for day, cards in articles | group_by(attribute=\"published.day\") %}{{ day }}:{{ cards | length }} {% endfor %}",
        );
    let build = |output: &str| {
        byline(site.root(), &["build", "--output", output]).code(0);
        site.read(&format!("{output}/index.html"))
    };
    let first = build("out0");
    assert!(first.starts_with("zebra apple mango kiwi fig lime |"), "{first}");
    // The newest lies with the lead.
    assert!(first.contains("|8:1 7:1 6:1 "), "{first}");
    for n in 1..6 {
        assert_eq!(build(&format!("out{n}")), first);
    }
}

// Text is text

const NASTY: &str = r#"</title><script>alert("x")</script>&amp;'<!--<script>]]>"#;

/// A site whose every text is hostile.
fn nasty(theme: &str) -> Site {
    let nasty = serde_json::Value::from(NASTY).to_string();
    let tag = serde_json::Value::from(format!("tag {NASTY}")).to_string();
    let front = format!(
        "title: {nasty}\nstandfirst: 'Plain'\ndate: 2020-05-01\nauthors: [{{name: {nasty}, role: {nasty}}}]\ntags: [{tag}, other]\n\
         series: {nasty}\nplaces: [{nasty}]\nsource: {{name: {nasty}, url: 'https://other.example/'}}\n\
         image: {{src: view.png, alt: {nasty}, caption: {nasty}, credit: {nasty}}}\ncorrections: [{{date: 2020-05-02, text: {nasty}}}]\n\
         toc: true\naliases: [/old-address/]"
    );
    Site::new()
        .config(&format!(
            "title: {nasty}\ndescription: {nasty}\ntheme: {theme}\ntaxonomies: [{{key: places, title: {nasty}}}]\nfeeds: {{atom: true, json: true, rss: true}}\n\
             menus: {{main: [{{name: {nasty}, url: /news/}}], footer: [{{name: {nasty}, url: /news/}}]}}\npagination: {{style: stable, size: 2}}"
        ))
        .file("content/_index.md", format!("---\ntitle: {nasty}\ndescription: {nasty}\n---\n"))
        .file("content/news/_index.md", format!("---\ntitle: {nasty}\ndescription: {nasty}\n---\n"))
        .file("content/news/view.png", support::photo::png(8, 8, 1))
        .file("content/authors.yaml", format!("desk: {{name: {nasty}, aliases: [{nasty}b], role: {nasty}, bio: {nasty}}}\n").replace(&format!("{nasty}b"), "desk-alias"))
        .file("content/tags.yaml", format!("{tag}: {{description: {nasty}, broader: [other]}}\nother: {{}}\n"))
        .article("content/news/one.md", &front)
        .article("content/news/two.md", &front.replace("2020-05-01", "2020-05-03").replace("old-address", "older"))
        .article("content/news/three.md", &front.replace("2020-05-01", "2020-06-03").replace("old-address", "oldest"))
        .article("content/about.md", &format!("title: {nasty}"))
}

#[test]
fn titles_names_and_tags_are_text_on_every_page_of_every_layer() {
    for theme in ["plain", "broadsheet"] {
        let built = nasty(theme).build();
        let mut shown = 0;
        for (path, bytes) in built.files().iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let page = built.page(&format!("/{path}"));
            let scripts = page.attributes("script", "type");
            assert!(scripts.iter().all(|kind| kind == "application/ld+json"), "{path}: {scripts:?}");
            assert_eq!(scripts.len(), page.count("script:not([src^='/'])"), "{path}");
            assert!(scripts.len() <= 1, "{path}");
            if scripts.len() == 1 {
                assert_nasty_json(&page.json_ld(), path);
                let raw = page.inner("script[type]");
                assert!(!raw.contains('<') && !raw.contains("]]>"), "{path}: {raw}");
            }
            assert!(!text.contains("<!--<script") && !text.contains("alert(\"x\")</script"), "{path}");
            assert!(!text.contains("&amp;amp;amp;"), "escaped twice in {path}");
            assert!(
                page.one("head > title").contains("</title><script>alert(\"x\")</script>&amp;'<!--<script>")
                    || path == "404.html",
                "{path}: {}",
                page.one("head > title")
            );
            shown += usize::from(page.texts("body").concat().contains(NASTY));
        }
        assert!(shown > 15, "the title stands on {shown} pages only");
    }
}

/// Structured data says the title as it is.
fn assert_nasty_json(json: &serde_json::Value, path: &str) {
    let text = json.to_string();
    let wanted = serde_json::Value::from(NASTY).to_string();
    assert!(text.contains(wanted.trim_matches('"')), "{path}: {text}");
}

#[test]
fn titles_names_and_tags_are_text_in_feeds_and_files_for_machines() {
    let built = nasty("plain").build();
    let mut feeds = 0;
    for path in built.paths() {
        let text = || built.text(path);
        if path.ends_with(".xml") {
            let document =
                roxmltree::Document::parse(text()).unwrap_or_else(|error| panic!("{path}: {error}\n{}", text()));
            let names = |name: &str| document.descendants().any(|node| node.has_tag_name(name));
            assert!(!names("script"), "{path}");
            if path.contains("feed") || path.contains("rss") {
                let title = document.descendants().find(|node| node.tag_name().name() == "title").expect("a title");
                assert!(title.text().is_some_and(|text| text.contains(NASTY)), "{path}: {:?}", title.text());
                feeds += 1;
            }
        } else if path.ends_with(".json") {
            let json: serde_json::Value =
                serde_json::from_str(text()).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(json["title"].as_str().is_some_and(|title| title.contains(NASTY)), "{path}: {}", json["title"]);
            assert_eq!(json["items"][0]["title"], NASTY, "{path}");
            feeds += 1;
        }
    }
    assert!(feeds > 6, "{feeds} feeds");
    for line in built.text("_redirects").lines() {
        assert_eq!(line.split(' ').count(), 3, "{line}");
        assert!(line.is_ascii() && !line.contains(['<', '"', '>']), "{line}");
    }
    let llms = built.text("llms.txt");
    assert!(llms.lines().filter(|line| line.starts_with("- [")).all(|line| line.matches("](").count() == 1), "{llms}");
    assert_eq!(llms.lines().filter(|line| line.starts_with("# ")).count(), 1, "{llms}");
}

#[test]
fn a_title_cannot_break_out_of_llms_txt() {
    let site = Site::new()
        .config("title: \"A [paper](https://evil.example/)\"\ndescription: \"One\\n# Two\"")
        .file("content/news/_index.md", "---\ntitle: \"News](https://evil.example/) [x\"\n---\n")
        .article("content/news/one.md", "title: One\ndate: 2020-05-01");
    let built = site.build();
    let llms = built.text("llms.txt");
    assert!(llms.contains("evil.example") && !llms.contains("](https://evil.example"), "{llms}");
    assert_eq!(llms.lines().filter(|line| line.starts_with("# ")).count(), 1, "{llms}");
}
