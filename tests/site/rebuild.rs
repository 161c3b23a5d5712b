//! What a later build renders anew: what changed, and nothing else; and its bytes are those of a clean build.

use crate::support::{Built, Site};

fn site() -> Site {
    Site::new()
        .config("theme_options: {}\nextra: {flag: true}")
        .run_of("content/news/n", 6, "tags: [sea]\nauthors: [The Copy Desk]")
        .article("content/letters/one.md", "title: One\ndate: 2019-01-01\nextra: {rating: 0}")
        .file("templates/section.html", "{% extends \"builtin/section.html\" %}{% block description %}D{% endblock %}")
        .file(
            "templates/article.html",
            "{% extends \"builtin/article.html\" %}{% block head_end %}<meta name=\"r\" content=\"{{ article.card.extra | json }} {{ site.extra | json }}\">{% endblock %}",
        )
}

/// A build of what stands, held against one from nothing.
fn rebuilt(site: &Site) -> Built {
    let built = site.build();
    let published = |built: &Built| {
        let mut files = built.files().clone();
        files.remove(".byline-manifest");
        files
    };
    let later = published(&built);
    std::fs::remove_dir_all(site.root().join("public")).expect("the output is there");
    assert!(later == published(&site.build()), "the output differs from a clean build's");
    built
}

#[test]
fn nothing_changed_renders_nothing() {
    let site = site();
    let first = site.build();
    assert_eq!(first.report().reused, 0);
    let second = site.build();
    assert_eq!((second.report().rendered, second.report().written), (0, 0));
    assert_eq!(second.report().reused, first.report().rendered);
}

#[test]
fn a_body_renders_its_page_and_the_feed_that_carries_it() {
    let site = site();
    site.build();
    let site = site.file(
        "content/letters/one.md",
        "---\ntitle: One\ndate: 2019-01-01\nextra: {rating: 0}\nstandfirst: S\n---\nA\n",
    );
    site.build();
    let site = site.file(
        "content/letters/one.md",
        "---\ntitle: One\ndate: 2019-01-01\nextra: {rating: 0}\nstandfirst: S\n---\nB\n",
    );
    let built = rebuilt(&site);
    assert_eq!((built.report().rendered, built.report().written), (2, 2));
}

#[test]
fn a_template_renders_what_reaches_it() {
    let site = site();
    site.build();
    let section = "{% extends \"builtin/section.html\" %}{% block description %}E{% endblock %}";
    let site = site.file("templates/section.html", section);
    let built = rebuilt(&site);
    assert_eq!(built.report().rendered, 2, "the two sections");
}

#[test]
fn free_values_differ_by_their_type() {
    for (front, config) in [("1", "true"), ("true", "1"), ("\"\"", "true"), ("false", "[]"), ("[]", "null")] {
        let site = site();
        site.build();
        let site = site
            .article("content/letters/one.md", &format!("title: One\ndate: 2019-01-01\nextra: {{rating: {front}}}"))
            .config(&format!("theme_options: {{}}\nextra: {{flag: {config}}}"));
        let built = rebuilt(&site);
        assert!(built.report().rendered > 0, "{front} {config}");
    }
}

#[test]
fn the_order_of_themes_counts() {
    let themes = |first: &str, second: &str| {
        let base = |name: &str| {
            format!(
                "{{% extends \"builtin/base.html\" %}}{{% block head_end %}}<meta name=theme content={name}>{{% endblock %}}"
            )
        };
        Site::new()
            .config(&format!("theme: {first}"))
            .file(
                "themes/a/theme.yaml",
                if first == "a" { "name: a\ntheme_api: 1\nparent: b\n" } else { "name: a\ntheme_api: 1\n" },
            )
            .file(
                "themes/b/theme.yaml",
                if first == "b" { "name: b\ntheme_api: 1\nparent: a\n" } else { "name: b\ntheme_api: 1\n" },
            )
            .file(&format!("themes/{first}/templates/base.html"), base(first))
            .file(&format!("themes/{second}/templates/base.html"), base(second))
            .article("content/news/one.md", "title: One\ndate: 2019-01-01")
    };
    let site = themes("a", "b");
    assert!(site.build().text("news/one/index.html").contains("content=a>"));
    let site = site
        .config("theme: b")
        .file("themes/a/theme.yaml", "name: a\ntheme_api: 1\n")
        .file("themes/b/theme.yaml", "name: b\ntheme_api: 1\nparent: a\n");
    assert!(rebuilt(&site).text("news/one/index.html").contains("content=b>"));
}
