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
