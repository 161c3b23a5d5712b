//! Collections of hundreds of articles with everything that real ones hold: missing titles, odd dates, doubled slugs, names in
//! every script, front matter that never ends, Windows' line ends, byte order marks, tags in code, and dates in paths alone.

use crate::{Imported, Source};

/// How many articles a collection has.
const COUNT: usize = 320;

/// Forms of dates that people have written.
const DATES: &[&str] = &[
    "2015-MM-DD",
    "2015-MM-DD 10:11",
    "2015-MM-DDT10:11:12Z",
    "2015-MM-DD 10:11:12 +0800",
    "2015-MM-DDT10:11:12.345+02:00",
    "2015/MM/DD",
    "2015-MM-DD 10:11:12 +0000 UTC",
    "2015-MM-DD 3:04 PM",
];

/// Texts with something odd in them.
const BODIES: &[&str] = &[
    "Plain text.\n\nAnother paragraph.",
    "# A heading first\n\nText with a [link](../other/) and ![no image](missing.png).",
    "```liquid\n{% for x in y %}{{ x }}{% endfor %}\n```\n\n    {{ indented }}\n",
    "{{< outer >}}{{< inner a=\"b\" >}}x{{< /inner >}}{{< /outer >}} {% outer %}{% inner %}x{% endinner %}{% endouter %}",
    "{{ unclosed\n\n{% also\n\n{{< and this\n\n<div>\n\nnever closed",
    "<script>alert(1)</script>\n<p onclick=\"x()\">A <b>paragraph</p>\n\n[x](javascript:alert(1))",
    "Emoji 🎣, 中文, עברית, العربية, e\u{301}.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]\n\n[^1]: A note.",
    "",
    "---\n\nA rule, and then text.\n\n---\n\nmore: not front matter",
    "[[Wiki]] [ref][nowhere] <https://x.example/> https://y.example/ \\{{ escaped }}",
];

/// Names of files.
const NAMES: &[&str] = &[
    "a-post",
    "Ein Größerer",
    "中文标题",
    "with.dots.v1.2",
    "under_score",
    "UPPER",
    "a-post-2",
    "it's",
    "100%",
    "a+b",
];

/// A number of the article's date, so that no two days are the same too often.
fn dated(form: &str, number: usize) -> String {
    form.replace("MM", &format!("{:02}", number % 12 + 1)).replace("DD", &format!("{:02}", number % 28 + 1))
}

/// The keys of an article in YAML.
fn yaml(number: usize) -> String {
    let mut front = String::new();
    if !number.is_multiple_of(11) {
        front.push_str(&format!("title: \"Article {} of many\"\n", number / 2));
    }
    if number % 7 != 3 {
        front.push_str(&format!("date: {}\n", dated(DATES[number % DATES.len()], number)));
    }
    front.push_str(match number % 8 {
        0 => "tags: [one, Two, \"C++\", 2017]\n",
        1 => "tags: one two\n",
        2 => "tags:\n",
        3 => "tags: []\ncategories: News\n",
        4 => "categories: [News, \"Sea & Sky\"]\ncategory: Other\n",
        5 => "tags: [\"\", \"???\", ok]\ndraft: true\n",
        6 => "author: The Desk\ndate_of_crossing: 2001\nnested: {a: {b: [1, {c: d}]}}\n",
        _ => "slug: same-slug\naliases: [/old/, /old/, old/page.html]\n",
    });
    front
}

fn body(number: usize) -> &'static str {
    BODIES[number % BODIES.len()]
}

fn name(number: usize) -> String {
    format!("{}-{}", NAMES[number % NAMES.len()], number / 3)
}

/// A file as one or the other system saved it.
fn saved(text: &str, number: usize) -> Vec<u8> {
    match number % 13 {
        1 => text.replace('\n', "\r\n").into_bytes(),
        2 => format!("\u{feff}{text}").into_bytes(),
        3 => [text.as_bytes(), b"\nCaf\xe9\n"].concat(),
        _ => text.as_bytes().to_vec(),
    }
}

/// Demands that a collection came over whole: so many articles and pages, all of them built or held as drafts.
#[track_caller]
fn is_whole(imported: &Imported, least: u64) {
    let taken = imported.count("articles") + imported.count("pages");
    assert!(taken >= least, "{taken} of {least}: {:#?}", imported.notes());
    let number = |key: &str| imported.built[key].as_u64().expect("a number");
    assert!(number("articles") + number("drafts") + imported.count("pages") >= least, "{}", imported.built);
    let faulty = imported.notes().into_iter().filter(|note| note.starts_with("faulty")).collect::<Vec<_>>();
    assert!(faulty.is_empty(), "{faulty:#?}");
}

#[test]
fn hugo() {
    let mut source = Source::new()
        .file("config.toml", "baseURL = \"https://a.example/\"\n[permalinks]\nblog = \"/:year/:month/:title/\"\n[taxonomies]\ntag = \"tags\"\ncategory = \"categories\"\n")
        .file("content/blog/_index.md", "---\ntitle: Blog\ncascade:\n  - _target: {kind: page}\n    banner: x.jpg\n---\n")
        .file("content/deep/a/b/_index.md", "---\ntitle: B\n---\n")
        .file("content/posts/unclosed.md", "---\ntitle: Never closed\ndate: 2015-01-01\n\nText\n")
        .file("content/posts/colon.md", "---\ntitle: One: two\ndate: 2015-01-01\n---\nText\n")
        .file("content/posts/twice.md", "---\ntitle: One\ntitle: Two\n---\nText\n")
        .file("content/posts/org.org", "#+TITLE: Org\n\n* Heading\n")
        .file("content/posts/list.md", "---\n- a\n- b\n---\nText\n");
    for number in 0..COUNT {
        let text = match number % 5 {
            0 => format!(
                "+++\ntitle = \"TOML {number}\"\ndate = 2014-02-03T04:05:06Z\ntags = [\"t\"]\n+++\n{}\n",
                body(number)
            ),
            1 => format!("{{\"title\": \"JSON {number}\", \"date\": \"2013-02-03\"}}\n{}\n", body(number)),
            _ => format!("---\n{}---\n{}\n", yaml(number), body(number)),
        };
        let path = match number % 6 {
            0 => format!("blog/{}.md", name(number)),
            1 => format!("posts/2016/03/{}.md", name(number)),
            2 => format!("posts/{}/index.md", name(number)),
            3 => format!("deep/a/b/{}.md", name(number)),
            4 => format!("{}.md", name(number)),
            _ => format!("archive/{}.html", name(number)),
        };
        source = source.file(&format!("content/{path}"), saved(&text, number));
    }
    is_whole(&source.import("hugo"), COUNT as u64);
}

#[test]
fn zola() {
    let mut source = Source::new()
        .file(
            "config.toml",
            "base_url = \"https://a.example\"\ntaxonomies = [{name = \"tags\"}, {name = \"categories\"}]\n",
        )
        .file("content/blog/_index.md", "+++\ntitle = \"Blog\"\n+++\n")
        .file("content/Blog/_index.md", "+++\ntitle = \"Blog again\"\n+++\n");
    let mut by_name = 0;
    for number in 0..COUNT {
        let date = if number % 3 == 0 { String::new() } else { "date = 2014-02-03\n".to_owned() };
        let tags = [
            "",
            "[taxonomies]\ntags = [\"a\", \"b\"]\n",
            "[taxonomies]\ncategories = [\"News\"]\n[extra]\nx = {y = [1, 2]}\n",
        ][number % 3];
        let text = format!("+++\ntitle = \"Zola {number}\"\n{date}{tags}+++\n{}\n", body(number));
        let path = match number % 4 {
            0 => format!("blog/2016-04-{:02}-{}.md", number % 28 + 1, name(number)),
            1 => format!("blog/{}/index.md", name(number)),
            2 => format!("tags/{}.md", name(number)),
            _ => format!("2016/04/{:02}/{}.md", number % 28 + 1, name(number)),
        };
        by_name += usize::from(number % 3 == 0 && number % 2 == 1 && number % 4 == 1);
        source = source.file(&format!("content/{path}"), saved(&text, number));
    }
    let imported = source.import("zola");
    is_whole(&imported, COUNT as u64);
    // Those without a date in front matter have one in their name or their folders, but for the bundles and the pages on tags.
    let undated = (0..COUNT).filter(|number| number % 3 == 0 && matches!(number % 4, 1 | 2)).count();
    assert!(by_name > 0);
    assert_eq!(imported.built["undated"].as_u64(), Some(undated as u64));
}

#[test]
fn jekyll() {
    let mut source = Source::new()
        .file("_config.yml", "title: A\nurl: https://a.example\ncollections:\n  notes: {output: true}\n")
        .file("_posts/2015-01-01-unclosed.md", "---\ntitle: Never closed\n\nText\n")
        .file("index.html", "---\n---\n{% for post in site.posts %}{% endfor %}")
        .file("posts/index.html", "---\ntitle: All\n---\n{% for post in site.posts %}{% endfor %}")
        .file("css/main.scss", "---\n---\n@import 'x';");
    for number in 0..COUNT {
        let text =
            format!("---\nlayout: post\n{}---\n{}\n", yaml(number).replace("aliases", "redirect_from"), body(number));
        let day = dated("2016-MM-DD", number);
        let path = match number % 5 {
            0 => format!("_posts/{day}-{}.md", name(number)),
            1 => format!("news/_posts/2016/{day}-{}.markdown", name(number)),
            2 => format!("_notes/{}.md", name(number)),
            3 => format!("pages/{}.html", name(number)),
            _ => format!("_drafts/{}.md", name(number)),
        };
        source = source.file(&path, saved(&text, number));
    }
    let imported = source.import("jekyll");
    let with_mark = (0..COUNT).filter(|number| number % 13 == 2).count();
    is_whole(&imported, (COUNT - with_mark) as u64);
    // A post's date is in its name, whatever its front matter leaves out.
    for number in (0..COUNT).filter(|number| number % 5 == 0 && number % 7 == 3 && number % 8 != 5 && number % 13 != 2)
    {
        let day = dated("2016-MM-DD", number);
        let path = format!("content/posts/{day}-{}.md", name(number));
        assert!(imported.read(&path).contains(&format!("date: {day}")), "{path}");
    }
}

#[test]
fn pelican() {
    let mut source =
        Source::new().file("pelicanconf.py", "SITENAME = 'A'\nSITEURL = 'https://a.example'\nTIMEZONE = 'UTC'\n");
    for number in 0..COUNT {
        let title = if number % 17 == 5 { "Same title" } else { "Title" };
        let date = dated(DATES[number % DATES.len()], number);
        let tags = ["Tags: a, b", "Tags:", "Tags: a; b, c", "Category: News", "Author: The Desk\nLang: de"][number % 5];
        let text = match number % 4 {
            0 => format!("{title} {number}\n####\n\n:date: {date}\n:tags: a, b\n\n{}\n", body(number)),
            1 => format!(
                "<html><head><title>{title} {number}</title><meta name=\"date\" content=\"{date}\"></head><body>{}</body></html>",
                body(number)
            ),
            _ => format!(
                "Title: {title} {}\nDate: {date}\n{tags}\n\n{}\n",
                if number % 17 == 5 { 0 } else { number },
                body(number)
            ),
        };
        let folder = ["", "news/", "Große Fahrt/", "2016/05/", "pages/"][number % 5];
        let kind = ["rst", "html", "md", "md"][number % 4];
        source = source.file(&format!("content/{folder}{}.{kind}", name(number)), saved(&text, number));
    }
    is_whole(&source.import("pelican"), COUNT as u64);
}
