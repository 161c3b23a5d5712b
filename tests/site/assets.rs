//! What a page is made of beside its text: stylesheets, headers, and nothing that a strict policy forbids.

use byline::model::code::Code;

use crate::support::Site;

fn dressed(css: &str) -> Site {
    let base = "{% extends \"builtin/base.html\" %}{% block styles %}<link rel=stylesheet href=\"{{ site.assets[\"a.css\"] }}\">{% endblock styles %}";
    Site::new()
        .article("content/news/a.md", "title: A\ndate: 2001-01-01")
        .file("themes/plain/templates/base.html", base)
        .file("themes/plain/static/a.css", css)
}

#[test]
fn a_themes_stylesheet_is_shortened_and_named_by_what_is_published() {
    let css = "/* Ink */\na , b { color : #000000 }\n";
    let built = dressed(css).build();
    let path = built.paths().into_iter().find(|path| path.ends_with(".css")).expect("a stylesheet").to_owned();
    assert_eq!(built.text(&path), "a,b{color:#000}");
    let print = byline::model::digest::Digest::of(built.bytes(&path)).short();
    assert_eq!(path, format!("a-{print}.css"));
    assert!(built.text("/news/a/").contains(&format!("href=\"/{path}\"")));
    // One that says the same in other words is the same file.
    let again = dressed("a,b{color:black}").build();
    assert_eq!(again.bytes(&path), built.bytes(&path));
}

#[test]
fn a_sites_own_stylesheet_keeps_its_name_and_its_bytes() {
    let built = dressed("a{}").file("static/own.css", "a , b { }\n").file("static/a.css", "b { c : d }\n").build();
    assert_eq!(built.text("own.css"), "a , b { }\n");
    // One that takes the place of the theme's is published at both addresses.
    assert_eq!(built.text("a.css"), "b { c : d }\n");
    assert!(built.paths().iter().any(|path| path.starts_with("a-") && built.text(path) == "b{c:d}"));
}

#[test]
fn a_stylesheet_that_cannot_be_read_is_told_and_published_as_it_stands() {
    let built = dressed("a { color: red }\nb { x y }\n}}\n").build();
    let notes = built.warnings(Code::Stylesheet);
    let place = notes[0].mark.as_ref().expect("a place");
    assert_eq!((place.path.as_str(), place.position.map(|at| at.line)), ("themes/plain/static/a.css", Some(2)));
    assert!(built.paths().iter().any(|path| path.ends_with(".css") && built.text(path).ends_with("}}\n")));
}

#[test]
fn headers_for_hosts_that_read_them_are_strict_and_the_sites_own_count() {
    let built = dressed("a{}").config("base_url: https://paper.example/daily/").build();
    let css = built.paths().into_iter().find(|path| path.ends_with(".css")).expect("a stylesheet").to_owned();
    let headers = built.text("_headers");
    assert!(headers.starts_with("/daily/*\n  Content-Security-Policy: default-src 'self'; "), "{headers}");
    let rule = format!("\n/daily/{css}\n  Cache-Control: public, max-age=31536000, immutable\n");
    assert!(headers.contains(&rule), "{headers}");
    assert!(!headers.contains("unsafe"));
    let own = dressed("a{}").file("static/_headers", "/*\n  X: y\n").build();
    assert_eq!(own.text("_headers"), "/*\n  X: y\n");
}

#[test]
fn pages_are_tidy_and_their_code_stands_as_written() {
    let body = "<div>\n\n\n  <p>One</p>\n\n  <!-- not for readers -->\n</div>\n\n    a\n\n\n      b\n\nTwo  <b>three</b>   four\n";
    let built = Site::new().file("content/news/a.md", format!("---\ntitle: A\n---\n{body}")).build();
    let page = built.text("/news/a/");
    assert!(page.contains("<div>\n<p>One</p>"), "{page}");
    assert!(!page.contains("not for readers"));
    assert!(page.contains("a\n\n\n  b\n") && page.contains("Two  <b>three</b>   four"), "{page}");
}

#[test]
fn no_page_has_an_inline_style_or_script() {
    let body = "# Head\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n- [x] done\n\n```rust\nfn a() {}\n```\n\n> [!NOTE]\n> n\n\nx[^1]\n\n[^1]: y\n";
    let site = Site::new()
        .config("theme: broadsheet\nfeeds: {atom: true, json: true, rss: true}")
        .file(
            "content/news/a.md",
            format!("---\ntitle: A\ndate: 2001-01-01\ntoc: true\ntags: [t]\nauthor: The Desk\n---\n{body}"),
        )
        .run_of("content/news/n", 45, "tags: [all]\nauthor: The Desk\nseries: Run");
    let built = site.build();
    let pages: Vec<&str> = built.paths().into_iter().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 50);
    for path in pages {
        let page = built.page(&format!("/{path}"));
        let data = "script:not([type='application/ld+json']):not([src])";
        assert_eq!(page.count(&format!("style, [style], {data}")), 0, "{path}");
        let handlers = ["onclick", "onload", "onerror", "onsubmit", "onchange", "onfocus", "onmouseover"];
        assert!(handlers.iter().all(|name| page.count(&format!("[{name}]")) == 0), "{path}");
    }
}
