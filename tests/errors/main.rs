//! What is wrong with a site is said all at once: sorted, each with its file, line and column, the line itself, and what to do.
//! `BYLINE_BLESS=1 cargo test --test errors` writes the texts that are compared anew.

#[path = "../support/command.rs"]
mod command;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use command::{Run, byline, with};
use serde_json::Value;
use support::Site;

/// Compares a text with the one that was found good.
fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors").join(name);
    if std::env::var_os("BYLINE_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, found).expect("written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    let differs = found.lines().zip(wanted.lines()).enumerate().find(|(_, (found, wanted))| found != wanted);
    assert!(found == wanted, "{name} differs at {differs:?}; found:\n{found}");
}

/// A site in which a dozen things are wrong, of every kind.
fn faulty() -> Site {
    Site::new()
        .config("titel: The Test Paper\nauthors: {strict: true}")
        .file("content/authors.yaml", "desk: {name: The Copy Desk}\n")
        .article("content/news/colon.md", "title: Harbour news: the ferry is late\ndate: 2020-05-01")
        .file("content/news/tab.md", "---\ntitle: A tab\nextra:\n\tkey: value\n---\nText.\n")
        .article("content/news/wrong-type.md", "title: A wrong type\ndraft: no")
        .article("content/news/date.md", "title: A wrong date\ndate: 2020-02-30")
        .article("content/news/twice.md", "title: Twice\ndate: 2020-05-01\ntitle: Once more")
        .article("content/news/unknown.md", "title: An unknown key\nstandfrist: So it is")
        .file(
            "content/news/links.md",
            "---\ntitle: Links\n---\nOne to [nowhere](nowhere.md).\n\nOne to [no heading](unknown.md#missing).\n\n![A view](view.png)\n",
        )
        .article("content/news/stranger.md", "title: A stranger\nauthors: The Copie Desk")
        .article("content/news/template.md", "title: A template\ntemplate: artikle.html")
        .article("content/news/one.md", "title: One\nurl: /same/")
        .article("content/news/two.md", "title: Two\nurl: /Same/")
        .file("templates/tag.html", "{% extends \"builtin/tag.html\" %}\n{% block main %}{{ tag.name }{% endblock %}\n")
        .file("templates/day.html", "{% extends \"builtin/day.html\" %}\n{% block main %}{{ date.text | uper }}{% endblock %}\n")
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let site = faulty();
    let run = byline(site.root(), &["build"]).code(1);
    golden("faulty.txt", &run.err);
    assert!(!site.root().join("public").exists());
}

#[test]
fn each_fault_has_its_place_and_a_hint() {
    let site = faulty();
    let run = byline(site.root(), &["build", "--message-format", "json", "--quiet"]).code(1);
    let wanted = [
        "error broken-link content/news/links.md:4:8",
        "error broken-link content/news/links.md:6:8",
        "error asset content/news/links.md:8:1",
        "error yaml content/news/colon.md:2:20",
        "error yaml content/news/tab.md:4:1",
        "error wrong-type content/news/wrong-type.md:3:8",
        "error bad-date content/news/date.md:3:7",
        "error duplicate-key content/news/twice.md:4:1",
        "warning unknown-key content/news/unknown.md:3:1",
        "error author content/news/stranger.md:3:10",
        "error template content/news/template.md:3:11",
        "error template templates/tag.html:2:29",
        "error template templates/day.html:2:32",
        "error config site.yaml:4:1",
    ];
    let mut notes = run.notes();
    let collision =
        notes.iter().position(|note| note.starts_with("error collision content/news/")).expect("a collision");
    notes.remove(collision);
    let (mut found, mut wanted) = (notes, wanted.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    for one in run.json()["diagnostics"].as_array().expect("a list") {
        assert!(one["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "no hint: {one}");
        let message = one["message"].as_str().expect("a message");
        assert!(!message.ends_with('.') && !message.is_empty(), "{message}");
    }
}

#[test]
fn a_template_that_fails_for_a_page_names_the_page() {
    let site = Site::new()
        .article("content/news/one.md", "title: One\ndate: 2020-05-01")
        .article("content/news/two.md", "title: Two\ndate: 2020-05-02")
        .file(
            "templates/article.html",
            "{% extends \"builtin/article.html\" %}\n{% block main %}\n<p>{{ article.card.title / 2 }}</p>{% endblock %}\n",
        );
    let run = byline(site.root(), &["build"]).code(1);
    run.says(&["error[template]", "templates/article.html:3:", "while rendering /news/", "and on 1 more", "help:"]);
}

#[test]
fn a_template_that_lacks_a_block_is_told_of_it() {
    let site = Site::new().file("templates/base.html", "<h1>{{ page.title }}</h1>\n");
    byline(site.root(), &["build"]).code(1).says(&["block `main`", "add `{% block main %}{% endblock %}`"]);
}

#[test]
fn an_unreadable_configuration_stops_at_once() {
    let site = Site::new().file("site.yaml", "title: [\n").article("content/a.md", "titel: x\ndate: 2020-05-01");
    let run = byline(site.root(), &["build", "--message-format", "json"]).code(1);
    assert!(run.notes().iter().all(|note| note.starts_with("error yaml site.yaml:")), "{:?}", run.notes());
}

#[test]
fn reports_are_the_same_every_time() {
    let site = faulty();
    let first = byline(site.root(), &["build", "--jobs", "1"]);
    for _ in 0..3 {
        assert_eq!(byline(site.root(), &["build", "--jobs", "4"]).err, first.err);
    }
}

/// The keys of a JSON object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_report_in_json_has_its_keys_whatever_happens() {
    let sound = Site::new().article("content/news/a.md", "title: A\ndate: 2020-05-01");
    let held = Site::new().article("content/news/a.md", "title: A\ndate: 2099-05-01");
    let broken_config = Site::new().file("site.yaml", "title: [\n");
    let unwritable = Site::new().file("public", "a file");
    let wanted = [
        "articles",
        "diagnostics",
        "drafts",
        "duration_ms",
        "expired",
        "held",
        "images",
        "next_due",
        "pages",
        "parsed",
        "printed",
        "removed",
        "rendered",
        "reused",
        "undated",
        "written",
    ];
    for (site, code) in [(sound, 0), (held, 0), (faulty(), 1), (broken_config, 1), (unwritable, 3)] {
        let run = byline(site.root(), &["build", "--message-format", "json"]);
        assert!(run.code == code || (code == 3 && run.code == 1), "{run:?}");
        let json = run.json();
        assert_eq!(keys(&json), wanted);
        for one in json["diagnostics"].as_array().expect("a list") {
            assert_eq!(keys(one), ["code", "column", "hint", "line", "message", "path", "severity"]);
        }
    }
}

#[test]
fn annotations_for_a_forge() {
    let site = Site::new()
        .article("content/news/odd.md", "title: Odd\ndate: 2020-05-01\nti%tel: x")
        .article("content/news/bad.md", "title: Bad\ndate: never");
    let run = byline(site.root(), &["build", "--message-format", "github"]).code(1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    assert!(lines[0].starts_with("::error file=content/news/bad.md,line=3,col=7,title=bad-date::"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("::warning file=content/news/odd.md,line=4,col=1,title=unknown-key::"),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains("ti%25tel"), "{}", lines[1]);
    let below = byline(
        site.root().parent().expect("a folder"),
        &["build", "--message-format", "github", "--site", site.root().to_str().expect("UTF-8")],
    );
    let folder = site.root().file_name().expect("a name").to_string_lossy();
    assert!(below.out.starts_with(&format!("::error file={folder}/content/news/bad.md,")), "{}", below.out);
}

#[test]
fn people_see_twenty_of_a_kind_and_programs_all() {
    let site = (0..27).fold(Site::new(), |site, n| {
        site.article(&format!("content/news/bad{n}.md"), &format!("title: Bad\ndate: never-{n}"))
    });
    let run = byline(site.root(), &["build"]).code(1);
    assert_eq!(run.err.matches("error[bad-date]").count() - 1, 20, "{}", run.err);
    assert!(run.err.contains("7 more like this: error[bad-date]") && run.err.contains("27 errors"), "{}", run.err);
    assert_eq!(byline(site.root(), &["build", "--message-format", "json"]).notes().len(), 27);
}

#[test]
fn one_unknown_key_in_many_files_is_one_warning_with_a_count() {
    let site = (0..30).fold(Site::new(), |site, n| {
        site.article(&format!("content/news/a{n}.md"), &format!("title: A {n}\ndate: 2020-05-01\nlayout: post"))
    });
    let run = byline(site.root(), &["build"]).code(0).says(&["unknown key `layout`", "the same in 29 more places"]);
    assert_eq!(run.err.matches("warning[unknown-key]").count(), 1, "{}", run.err);
    assert_eq!(byline(site.root(), &["build", "--message-format", "json"]).notes().len(), 30);
}

#[test]
fn no_escape_codes_where_no_terminal_is_or_none_are_wanted() {
    let site = faulty()
        .file("content/news/escape.md", "---\ntitle: x\n\"\\e[31mkey\": x\n---\n[\u{1b}[31mlink](no\u{1b}[31mwhere)\n");
    for variable in [None, Some("NO_COLOR")] {
        for format in ["human", "json", "github"] {
            let run = with(site.root(), &["build", "--message-format", format], |command| {
                command.envs(variable.map(|name| (name, "1")));
            });
            assert!(!run.err.contains('\u{1b}') && !run.out.contains('\u{1b}'), "{format}: {}{}", run.out, run.err);
        }
    }
}

#[test]
fn a_long_line_is_cut_to_what_fits() {
    let long = "word ".repeat(20_000);
    let site =
        Site::new().file("content/news/long.md", format!("---\ntitle: Long\n---\n{long}[broken](nowhere.md) {long}\n"));
    let run = byline(site.root(), &["build"]).code(1);
    let widest = run.err.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest <= 240, "a line of {widest} characters");
    assert!(run.err.contains("content/news/long.md:4:100001") && run.err.contains("[broken]"), "{}", run.err);
}

#[test]
fn under_withhold_a_faulty_article_is_left_out_and_the_others_are_published() {
    let site = Site::new()
        .config("faulty: withhold")
        .article("content/news/good.md", "title: Good\ndate: 2020-05-01")
        .article("content/news/bad.md", "title: Bad\ndate: never");
    let run: Run = byline(site.root(), &["build"]).code(0).says(&["content/news/bad.md"]);
    assert!(run.err.contains("[faulty]") || run.err.contains("[bad-date]"), "{}", run.err);
    assert!(site.root().join("public/news/good/index.html").exists());
    assert!(!site.root().join("public/news/bad").exists());
}
