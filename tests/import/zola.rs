//! Zola.

use crate::Source;

#[test]
fn a_page_keeps_its_address_its_date_and_its_links() {
    let imported = Source::new()
        .file("config.toml", "base_url = \"https://a.example\"\ntitle = \"A\"\n[slugify]\npaths = \"safe\"\n")
        .file("content/log/_index.md", "+++\ntitle = \"Log\"\nsort_by = \"weight\"\npaginate_by = 7\n+++\n")
        .file("content/log/2018-10-10-Grüße.md", "+++\n+++\n[b](@/log/b/index.md#x) ![p](/log/b/p.svg)\n")
        .file(
            "content/log/b/index.md",
            "+++\ntitle = \"B\"\naliases = [\"old\"]\n+++\n![p](p.svg) {{ image(src=\"p.svg\", alt=\"P\") }}\n",
        )
        .file("content/log/b/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .import("zola");
    assert!(imported.page("/log/Grüße/").contains("datetime=\"2018-10-10\""));
    assert!(imported.page("/old/").contains("/log/b/"));
    assert!(imported.has("site.yaml") && imported.has("public/log/b/p.svg"));
    let text = imported.read("content/log/2018-10-10-Grüße.md");
    assert!(text.contains("[b](/log/b/index.md#x)") && text.contains("slug: Grüße"), "{text}");
    assert!(imported.read("content/log/b/index.md").contains("![P](p.svg)"));
    assert_eq!(imported.read("content/log/_index.md"), "---\ntitle: Log\nsort: weight\npagination:\n  size: 7\n---\n");
}

#[test]
fn braces_that_are_no_shortcode_are_text() {
    let imported = Source::new()
        .file("config.toml", "base_url = \"https://a.example\"\n")
        .file(
            "content/log/a.md",
            "+++\ntitle = \"A\"\n+++\n{{ page.title }} {% if x %} {{/* call() */}} {{ other(x=1) }}\n",
        )
        .import("zola");
    let text = imported.read("content/log/a.md");
    assert!(text.ends_with("{{ page.title }} {% if x %} {{ call() }} `{{ other(x=1) }}`\n"), "{text}");
    assert_eq!(imported.notes().iter().filter(|note| note.starts_with("unconverted")).count(), 1);
}
