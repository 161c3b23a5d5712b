//! What pages say: in which language, from which layer, and which pages are rendered again when it changes.

use byline::model::code::Code;

use crate::support::{Site, place};

/// A paper in English with an article in each of the other languages.
fn paper() -> Site {
    Site::new()
        .article(
            "content/news/one.md",
            "title: One\ndate: 2017-10-26\nauthors: [The Copy Desk, The Picture Desk]\ntags: [sea]",
        )
        .article(
            "content/news/ar.md",
            "title: واحد\nlang: ar\ndate: 2017-10-27\ntags: [sea]\nauthors: [The Copy Desk]\nupdated: 2017-10-28",
        )
        .article(
            "content/news/zh.md",
            "title: 一\nlang: zh-Hans-CN\ndate: 2017-10-28\ntags: [sea]\nauthors: [The Copy Desk, The Night Desk]",
        )
        .article(
            "content/news/es.md",
            "title: Uno\nlang: es-MX\ndate: 2017-10-29\ntags: [sea]\nauthors: [The Copy Desk]",
        )
}

#[test]
fn a_page_speaks_the_language_of_its_article() {
    let built = paper().build();
    let says = |url: &str| {
        let page = built.page(url);
        (page.one(".skip"), page.one("p.byline"), page.texts(".dates .dt-published").join(""))
    };
    let said = |skip: &str, byline: &str, date: &str| (skip.to_owned(), byline.to_owned(), date.to_owned());
    assert_eq!(
        says("/news/one/"),
        said("Skip to the content", "By The Copy Desk and The Picture Desk", "26 October 2017")
    );
    assert_eq!(says("/news/zh/"), said("跳到正文", "作者：The Copy Desk、The Night Desk", "2017年10月28日"));
    assert_eq!(says("/news/es/"), said("Ir al contenido", "Por The Copy Desk", "29 de octubre de 2017"));
    assert_eq!(says("/news/ar/"), said("انتقل إلى المحتوى", "بقلم The Copy Desk", "27 أكتوبر 2017"));
}

#[test]
fn an_article_in_another_language_says_so_and_in_which_direction() {
    let built = paper().build();
    let page = built.page("/news/ar/");
    for element in ["html", "article.h-entry"] {
        assert_eq!(
            (page.attribute(element, "lang"), page.attribute(element, "dir")),
            ("ar".to_owned(), "rtl".to_owned())
        );
    }
    assert_eq!(page.attribute(".site-title a", "lang"), "en");
    let front = built.page("/");
    assert_eq!(front.attribute("html", "dir"), "ltr");
    assert_eq!(front.attribute("article[lang=ar]", "dir"), "rtl");
    assert_eq!(built.page("/news/one/").count("article[lang]"), 0);
    // A mention of an article in another language is marked, too.
    assert_eq!(built.page("/news/one/").attribute("a[rel=next]", "lang"), "ar");
    assert_eq!(built.page("/news/zh/").attribute("a[rel=prev]", "dir"), "rtl");
}

#[test]
fn a_site_in_another_language_says_nothing_in_english() {
    let site = Site::new().config("language: ar\npagination: {size: 2}").run_of(
        "content/news/n",
        5,
        "authors: [The Copy Desk]\ntags: [bahr]\nseries: Silsila",
    );
    let built = site.build();
    let page = built.page("/authors/");
    assert_eq!(page.one("h1"), "الكتّاب");
    assert_eq!(page.one(".count"), "5 مقالات، 1 يناير 2001 – 5 يناير 2001");
    assert_eq!(built.page("/2001/01/").one("h1"), "يناير 2001");
    for word in ["Archive", "Tags", "Older", "Newer", "January", " article", "Previous", "Skip", "By ", "page 1"] {
        let found = built.naming(word);
        let found: Vec<_> = found.iter().filter(|path| path.ends_with(".html") || path.ends_with(".xml")).collect();
        assert_eq!(found, Vec::<&&str>::new(), "{word}");
    }
}

#[test]
fn a_site_says_it_in_its_own_words_and_the_rest_falls_back() {
    let site = paper()
        .file("strings/en.yaml", "related: See <also>\nextra: {motto: 'All & sundry'}\n")
        .file("themes/plain/strings/en.yaml", "skip: To the text\nrelated: From the theme\n")
        .file("templates/archive.html", "{% extends \"builtin/archive.html\" %}{% block indexes %}<p id=motto>{{ strings.extra.motto }}</p>{% endblock %}");
    let built = site.build();
    let page = built.page("/news/zh/");
    assert_eq!(page.one("#_related"), "相关文章");
    assert_eq!(built.page("/news/ar/").one(".skip"), "انتقل إلى المحتوى");
    let page = built.page("/news/es/");
    assert_eq!(page.one("#_related"), "Relacionado");
    let page = built.page("/archive/");
    assert_eq!((page.one(".skip"), page.inner("#motto")), ("To the text".to_owned(), "All &amp; sundry".to_owned()));
}

#[test]
fn a_language_of_a_sites_own_needs_no_more_than_a_file() {
    let site = Site::new()
        .config("language: pl")
        .run_of("content/news/n", 5, "tags: [morze]")
        .file("strings/pl.yaml", "tags: Tagi\narticles: {one: '{count} artykuł', few: '{count} artykuły', many: '{count} artykułów', other: '{count} artykułu'}\n");
    let built = site.build();
    let page = built.page("/tags/");
    assert_eq!(page.one("h1"), "Tagi");
    assert!(page.one(".count").starts_with("5 artykułów"), "{}", page.one(".count"));
    assert_eq!(page.one(".skip"), "Skip to the content");
    let notes = built.warnings(Code::Strings);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].message.starts_with("pl.yaml does not say `about_article`"), "{}", notes[0].message);
}

#[test]
fn a_slip_in_a_file_of_strings_is_found() {
    let site = paper().file("strings/en.yaml", "tags: Subjects\nrealted: Related\npage: Leaf {nubmer}\n");
    let built = site.build();
    let note = built.warnings(Code::UnknownKey)[0];
    assert_eq!(
        (place(note), note.hint.as_deref()),
        ("strings/en.yaml:2:1".to_owned(), Some("did you mean `related`?"))
    );
    let note = built.warnings(Code::Strings)[0];
    assert_eq!(
        (place(note), note.hint.as_deref()),
        ("strings/en.yaml:3:7".to_owned(), Some("did you mean `{number}`?"))
    );
    let site = site.file("strings/en.yaml", "months: [one]\narticles: some\n");
    assert_eq!(site.fails_with(Code::Strings).len(), 2);
}

#[test]
fn a_change_renders_the_pages_of_its_language_and_no_other() {
    let site = paper().file("strings/es.yaml", "skip: Uno\n");
    let first = site.build();
    let site = site.file("strings/es.yaml", "skip: Dos\n");
    let second = site.build();
    let changed: Vec<&str> =
        second.paths().into_iter().filter(|path| first.bytes(path) != second.bytes(path)).collect();
    assert_eq!((second.report().rendered, changed), (1, vec!["news/es/index.html"]));
    assert_eq!(second.page("/news/es/").one(".skip"), "Dos");
    // The built-in words come back, as in a site that never had others.
    let clean = paper().build();
    let third = site.remove("strings/es.yaml").build();
    assert_eq!(third.report().rendered, 1);
    assert!(clean.files() == third.files());
}

#[test]
fn what_parsing_says_in_a_body_is_in_its_language() {
    let body = "> [!WARNING]\n> Mind.\n\n> [!NOTE]\n> Note.\n\n|a|\n|-|\n|b|\n\nA[^1] B[^1]\n\n[^1]: C.\n\n<p class=\"alert-title\">Warning: own</p>\n";
    let text = |lang: &str| format!("---\ntitle: T\ndate: 2017-10-26\nlang: {lang}\n---\n{body}");
    let site = Site::new().file("content/news/es.md", text("es")).file("content/news/en.md", text("en"));
    let built = site.build();
    let page = built.page("/news/es/");
    assert_eq!(page.texts(".alert-title"), ["Aviso", "Nota", "Warning: own"]);
    assert_eq!(page.attribute(".table", "aria-label"), "Tabla");
    assert_eq!(
        page.attributes(".footnote-back", "aria-label"),
        ["Volver a la referencia 1", "Volver a la referencia 1-2"]
    );
    assert_eq!(built.page("/news/en/").texts(".alert-title"), ["Warning", "Note", "Warning: own"]);
    let feed = built.text("/feed.xml");
    assert!(feed.contains("Aviso&lt;") && feed.contains("Warning&lt;"), "{feed}");
    // A word in one language: its page, and the feed that carries the whole article.
    let built = site.file("strings/es.yaml", "warning: '¡Ojo!'\n").build();
    assert_eq!(built.report().rendered, 2);
    assert!(built.text("/feed.xml").contains("¡Ojo!&lt;"));
}

#[test]
fn names_in_the_gaps_are_text() {
    let name = "<b>Ink</b> & \"Oil\"";
    let site = Site::new()
        .file("content/authors.yaml", format!("ink: {{name: '{name}', former: true}}\n"))
        .article("content/news/one.md", "title: One\ndate: 2017-10-26\nauthors: [ink]\nsource: {name: '<i>Herald</i>'}\ncorrections: [{date: 2017-10-27, text: '<u>Oil</u> & ink'}]\nsection: news");
    let built = site.build();
    let page = built.page("/news/one/");
    assert_eq!(page.one("p.byline"), format!("By {name}"));
    assert_eq!(page.one("p.source"), "First published by <i>Herald</i>.");
    assert_eq!(built.page("/authors/ink/").count("b, i, u"), 0);
    let feed = built.text("/feed.xml");
    assert!(feed.contains("<summary>The text of content/news/one.md. Correction, 27 October 2017: &lt;u&gt;Oil&lt;/u&gt; &amp; ink</summary>"), "{feed}");
    assert!(feed.contains("&lt;li&gt;27 October 2017: &amp;lt;u&amp;gt;Oil"), "{feed}");
}
