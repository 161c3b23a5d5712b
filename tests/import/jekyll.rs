//! Jekyll.

use crate::Source;

fn site(config: &str) -> Source {
    Source::new().file("_config.yml", format!("title: A\nurl: https://a.example\n{config}"))
}

#[test]
fn every_style_of_permalink_is_followed() {
    let cases = [
        ("date", "/cat/2017/10/26/a-b.html"),
        ("pretty", "/cat/2017/10/26/a-b/"),
        ("ordinal", "/cat/2017/299/a-b.html"),
        ("weekdate", "/cat/2017/W43/Thu/a-b.html"),
        ("none", "/cat/a-b.html"),
        ("/:year/:i_month/:title", "/2017/10/a-b.html"),
        ("/blog/:short_year/:title:output_ext", "/blog/17/a-b.html"),
        ("/:categories/:slug/", "/cat/a-b/"),
    ];
    for (style, url) in cases {
        let imported = site(&format!("permalink: {style}\n"))
            .file("_posts/2017-10-26-a-b.md", "---\ncategory: Cat\n---\nText\n")
            .import("jekyll");
        assert!(imported.page(url).contains("A B"), "{style}");
    }
}

#[test]
fn liquid_is_converted_or_stays_to_be_seen() {
    let imported = site("baseurl: /blog\n")
        .file(
            "_posts/2017-10-26-a.md",
            "---\ntitle: T & T\n---\n{{ page.title }} {{ 'x' | upcase }} {{ page.date | date: \"%Y\" }} {{ site.pages | size }}\n\n\
             {% highlight js %}\n{% raw %}{{ a }}{% endraw %}\n{% endhighlight %}\n\n{% comment %}hidden{% endcomment %}\
             {% for p in site.posts %}x{% endfor %}\n\n[b]({{ site.baseurl }}/2017/10/27/b.html) [c]({% post_url 2017-10-27-b %}#x)\n\n\
             ![i]({{ \"/i.png\" | absolute_url }}){: .wide}\n",
        )
        .file("_posts/2017-10-27-b.md", "---\n---\n## X\n{: #x}\n")
        .file("i.png", "x")
        .import("jekyll");
    let text = imported.read("content/posts/2017-10-26-a.md");
    for part in [
        "T & T X 2017 `{{ site.pages | size }}`",
        "```js\n{{ a }}\n```",
        "`{% for p in site.posts %}`x`{% endfor %}`",
        "[b](/posts/2017-10-27-b.md) [c](/posts/2017-10-27-b.md#x)",
        "![i](/i.png)\n",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(!text.contains("hidden"));
    assert!(imported.read("content/posts/2017-10-27-b.md").contains("## X {#x}"));
    imported.notes_that(&["unconverted _posts/2017-10-26-a.md:4:", "site.pages | size"]);
    imported.notes_that(&["unconverted _posts/2017-10-26-a.md:14:", "{:.wide}"]);
}

#[test]
fn drafts_collections_defaults_and_what_jekyll_passes_over() {
    let imported = site(
        "collections: {recipes: {output: true}}\ninclude: [_pages]\nexclude: [secret]\n\
         defaults:\n  - {scope: {path: '', type: posts}, values: {author: The Desk}}\n  - {scope: {path: _posts/special}, values: {tags: [special]}}\n",
    )
    .file("_posts/special/2017-10-26-a.md", "---\n---\nText\n")
    .file("_posts/undated.md", "---\n---\nText\n")
    .file("_posts/2017-10-26-bare.md", "No front matter\n")
    .file("_drafts/idea.md", "---\n---\nText\n")
    .file("_recipes/soup.md", "---\ntitle: Soup\n---\nText\n")
    .file("_pages/about.md", "---\ntitle: About\npermalink: /about/\n---\nText\n")
    .file("secret/plan.md", "---\ntitle: Plan\n---\nText\n")
    .file("feed.xml", "---\n---\n<feed/>\n")
    .file("404.html", "---\n---\nGone\n")
    .file("robots.txt", "User-agent: *\n")
    .import("jekyll");
    let text = imported.read("content/posts/special/2017-10-26-a.md");
    assert!(text.contains("authors: [The Desk]\ntags: [special]"), "{text}");
    assert!(imported.read("content/posts/idea.md").contains("draft: true"));
    for url in ["/recipes/soup.html", "/about/", "/robots.txt"] {
        imported.page(url);
    }
    assert!(!imported.has("content/secret/plan.md"));
    for (file, words) in
        [("undated.md", "no date"), ("bare.md", "no front matter"), ("feed.xml", "template"), ("404.html", "404.html")]
    {
        imported.notes_that(&["import", file, words]);
    }
    assert_eq!(imported.count("drafts"), 1);
}

#[test]
fn posts_are_served_by_the_permalink_of_their_collection() {
    let imported = site(
        "permalink: pretty\ncollections:\n  posts: {permalink: '/news/:year/:month/:day/:title/', output: true}\n",
    )
    .file("_posts/2017-10-26-a-b.md", "---\n---\nText\n")
    .file("_posts/2017-10-27-c.md", "---\npermalink: /c/\n---\nText\n")
    .file("about.md", "---\ntitle: About\n---\nText\n")
    .import("jekyll");
    for url in ["/news/2017/10/26/a-b/", "/c/", "/about/"] {
        imported.page(url);
    }
}

#[test]
fn a_page_that_only_leads_to_another_becomes_its_alias() {
    let imported = site("baseurl: /blog\n")
        .file("guide/knots.md", "---\ntitle: Knots\n---\nText\n")
        .file("guide/old.md", "---\nredirect_to: knots.html\n---\n")
        .file("tied.md", "---\nredirect_to: https://a.example/blog/guide/knots.html\n---\n")
        .file("tied-again.md", "---\nredirect_to:\n  - /tied.html\n---\n")
        .file("elsewhere.md", "---\ntitle: Elsewhere\nredirect_to: https://b.example/\n---\n")
        .import("jekyll");
    assert!(imported.read("content/guide/knots.md").contains("aliases: [/guide/old.html, /tied.html]"));
    for url in ["/guide/old.html", "/tied.html"] {
        assert!(imported.page(url).contains("/blog/guide/knots.html"), "{url}");
    }
    imported.notes_that(&["unconverted elsewhere.md:3:", "https://b.example/"]);
    imported.notes_that(&["unconverted tied-again.md:3:", "/tied.html"]);
}

#[test]
fn data_files_that_differ_in_their_extension_alone_get_names_of_their_own() {
    let imported = site("")
        .file("_data/crew.json", "[1]")
        .file("_data/crew.yml", "- 2\n")
        .file("_data/Crew-2.toml", "a = 1\n")
        .file("about.md", "---\ntitle: About\n---\nText\n")
        .import("jekyll");
    for path in ["data/Crew-2.toml", "data/crew.json", "data/crew-3.yml"] {
        assert!(imported.has(path), "{path}");
    }
    imported.notes_that(&["import _data/crew.yml", "data/crew-3.yml"]);
}

#[test]
fn a_tag_within_html_is_left_as_it_stands() {
    let imported = site("")
        .file("_posts/2017-10-26-a.md", "---\n---\n<a href=\"{{ site.nowhere }}\">{{ site.nowhere }}</a>\n")
        .import("jekyll");
    let text = imported.read("content/posts/2017-10-26-a.md");
    assert!(text.contains("<a href=\"{{ site.nowhere }}\">`{{ site.nowhere }}`</a>"), "{text}");
}
