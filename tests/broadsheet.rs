//! What the built-in templates and the theme Broadsheet promise, read from their sources: a small style sheet that fetches
//! nothing, text that can be read in light and dark, and markup that a strict content security policy lets pass.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::Site;

/// The most that the style sheet may have, in bytes.
const SHEET_LIMIT: usize = 20_000;

/// The least contrast of text with its ground: level AA of WCAG 2.2, success criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// The templates that pages ask for by name.
const PAGES: [&str; 23] = [
    "404.html",
    "archive.html",
    "article.html",
    "atom.xml",
    "author.html",
    "authors.html",
    "base.html",
    "day.html",
    "home.html",
    "month.html",
    "page.html",
    "redirect.html",
    "rss.xml",
    "section.html",
    "series.html",
    "series_index.html",
    "tag.html",
    "tags.html",
    "term.html",
    "terms.html",
    "year.html",
    "components.html",
    "partials/card.html",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sheet() -> String {
    fs::read_to_string(root().join("themes/broadsheet/static/broadsheet.css")).expect("the style sheet")
}

/// Every template below a folder with its source.
fn templates(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            templates(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("UTF-8");
            found.push((path, text));
        }
    }
}

fn all_templates() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["templates", "themes/broadsheet/templates"] {
        templates(&root().join(folder), &mut found);
    }
    found
}

/// The colours among the custom properties of the sheet, in one of its schemes: `light-dark(LIGHT,DARK)`.
fn colours(css: &str, scheme: usize) -> BTreeMap<&str, [f64; 3]> {
    let declarations = css.split(['{', '}', ';']).filter_map(|part| part.trim().split_once(':'));
    let colours = declarations.filter_map(|(name, value)| {
        let pair = value.trim().strip_prefix("light-dark(")?.strip_suffix(')')?;
        let digits = pair.split(',').nth(scheme)?.trim().strip_prefix('#')?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok().map(f64::from);
        Some((name.strip_prefix("--")?, [channel(0)?, channel(2)?, channel(4)?]))
    });
    colours.collect()
}

/// The relative luminance of a colour in sRGB, as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_that_of_the_standard() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([119.0; 3], [255.0; 3]) - 4.48).abs() < 0.01);
}

#[test]
fn text_can_be_read_in_light_and_dark() {
    let sheet = sheet();
    for (scheme, colours) in [("light", colours(&sheet, 0)), ("dark", colours(&sheet, 1))] {
        for ground in ["paper", "tint"] {
            for text in ["ink", "soft", "accent", "blue", "green", "violet", "amber"] {
                let found = contrast(colours[text], colours[ground]);
                assert!(found >= LEAST_CONTRAST, "{scheme}: --{text} on --{ground} has a contrast of {found:.2}");
            }
        }
    }
}

#[test]
fn the_sheet_is_small_and_fetches_nothing() {
    let sheet = sheet();
    assert!(sheet.len() < SHEET_LIMIT, "the sheet has {} bytes", sheet.len());
    for word in ["url(", "@import", "@font-face", "http:", "https:"] {
        assert!(!sheet.contains(word), "the sheet has {word}");
    }
}

#[test]
fn every_page_has_a_template() {
    for name in PAGES {
        assert!(root().join("templates").join(name).is_file(), "templates/{name} is missing");
    }
}

#[test]
fn no_template_needs_an_exception_from_the_security_policy() {
    let data = "<script type=\"application/ld+json\">";
    for (path, text) in all_templates() {
        let fetched = ["<script src=", "<script defer src=", "<script type=\"module\" src="];
        let text = fetched.iter().fold(text.replace(data, ""), |text, start| text.replace(start, ""));
        for word in [" style=", "<style", "<script", " onclick=", " onload=", "javascript:", "src=\"http", "src=\"//"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn no_id_of_a_template_can_be_that_of_a_heading() {
    for (path, text) in all_templates() {
        for id in text.split(" id=\"").skip(1) {
            assert!(id.starts_with('_'), "{} has the id {}", path.display(), id.split('"').next().unwrap_or_default());
        }
    }
}

/// The article that a reader of the demonstration meets first, built as it is published.
fn article() -> (String, String) {
    let site = Site::new().config("theme: broadsheet").article(
        "content/news/one.md",
        "title: A story of usual length\nstandfirst: What it says in one sentence.\ndate: 2020-05-01 10:00\nauthors: [The Copy Desk]\ntags: [harbour, ferry]\ntoc: true",
    );
    let words = "The crane arrived late and the bell went up early, and by half past ten it hung in its old frame. ";
    let body: String = (0..40).map(|part| format!("## Part {part}\n\n{}{part}\n\n", words.repeat(2))).collect();
    let front = site.read("content/news/one.md");
    let built = site.file("content/news/one.md", format!("{front}\n{body}")).build();
    let sheet = built.paths().into_iter().find(|path| path.ends_with(".css")).expect("a sheet").to_owned();
    (built.text("/news/one/").to_owned(), built.text(&sheet).to_owned())
}

#[test]
fn an_article_is_light_and_asks_for_little() {
    let (page, sheet) = article();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, format!("{page}{sheet}").as_bytes()).expect("memory");
    let packed = packed.finish().expect("memory").len();
    assert!(packed <= 15_000, "an article and the sheet have {packed} bytes when compressed");
    let blocking = page.matches("<link rel=\"stylesheet\"").count() + page.matches("<script src=").count();
    assert_eq!(blocking, 2, "beside the page itself, two files may hold up its reading");
    assert!(!page.contains("style="), "a strict policy forbids it");
}

#[test]
fn what_only_scripts_do_is_there_only_with_scripts() {
    let (page, _) = article();
    assert!(!page.contains("<button"), "{page}");
    for label in ["data-dark=\"Switch to the dark scheme\"", "data-copy=\"Copy\"", "defer src=\"/broadsheet-"] {
        assert!(page.contains(label), "{label}");
    }
}

#[test]
fn a_calendar_leads_to_the_days_that_have_articles() {
    let site = Site::new()
        .config("theme: broadsheet\nlanguage: ar")
        .article("content/news/one.md", "title: One\ndate: 2019-05-01")
        .article("content/news/two.md", "title: Two\ndate: 2020-02-29")
        .article("content/news/three.md", "title: Three\ndate: 2020-02-29")
        .article("content/news/four.md", "title: Four\ndate: 2020-12-31");
    let built = site.build();
    let days = |url: &str| built.page(url).attributes(".calendar svg a", "href");
    assert_eq!(days("/archive/"), ["/2020/02/29/", "/2020/12/31/"]);
    assert_eq!(days("/2019/"), ["/2019/05/01/"]);
    let page = built.page("/2020/");
    assert_eq!(page.texts(".calendar svg a title"), ["29 فبراير 2020، مقالان", "31 ديسمبر 2020، مقال واحد"]);
    assert_eq!((page.count(".month"), page.count(".month text")), (12, 366));
    // The week runs from right to left: Saturday, the sixth day, is the second from the left.
    assert_eq!(page.attributes(".month rect", "x"), ["28", "84"]);
    assert_eq!(page.attributes(".month rect", "class"), ["level-4", "level-4"]);
}

#[test]
fn an_author_has_a_heading_for_each_year() {
    let site = Site::new()
        .config("theme: broadsheet")
        .article("content/news/one.md", "title: One\ndate: 2019-05-01\nauthors: [The Copy Desk]")
        .article("content/news/two.md", "title: Two\ndate: 2020-02-29\nauthors: [The Copy Desk]")
        .article("content/news/three.md", "title: Three\ndate: 2020-03-01\nauthors: [The Copy Desk]")
        .article("content/news/none.md", "title: None\nauthors: [The Copy Desk]");
    let page = site.build().page("/authors/the-copy-desk/");
    assert_eq!(page.texts(".cards h2, .cards h3"), ["2020", "Three", "Two", "2019", "One", "None"]);
}

#[test]
fn an_article_ends_with_those_who_wrote_it() {
    let site = Site::new()
        .config("theme: broadsheet")
        .file(
            "content/authors.yaml",
            "copy-desk: {name: The Copy Desk, role: Words, bio: \"Reads <all>.\\n\\nTwice.\", former: true}\n",
        )
        .article("content/news/one.md", "title: One\ndate: 2019-05-01\nauthors: [The Copy Desk, The Night Desk]");
    let built = site.build();
    let page = built.page("/news/one/");
    assert_eq!(page.one(".profiles h2"), "About the author");
    assert_eq!(page.one(".profile"), "The Copy Desk Formerly Words Reads <all>.");
    assert_eq!(page.attributes(".profile a", "href"), ["/authors/copy-desk/"]);
    let site = site.file("content/authors.yaml", "copy-desk: {name: The Copy Desk, role: Words}\n");
    assert_eq!(site.build().page("/news/one/").count(".profiles"), 0);
}
