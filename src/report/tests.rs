//! Reports in each form.

use std::fs;

use super::human::{Look, diagnostics};
use super::quote::Quotes;
use super::{github, json, summary};
use crate::model::code::Code;
use crate::model::date::{Moment, Zone};
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::path::SitePath;
use crate::model::report::{Due, Outcome, Report};

const PLAIN: Look = Look { colour: false, width: 80 };

fn mark(path: &str, line: u32, column: u32) -> Mark {
    Mark::at(&SitePath::new(path), Position::new(line, column))
}

fn report(diagnostics: Vec<Diagnostic>) -> Report {
    Report { diagnostics, ..Report::default() }
}

/// The diagnostics as text, with `content/a.md` on disk.
fn shown(diagnostics_: Vec<Diagnostic>, text: &str, look: Look) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/a.md"), text).unwrap();
    let builtin = |path: &str| (path == "builtin/base.html").then(|| "{{ nothing }}".to_owned());
    diagnostics(&report(diagnostics_), &look, &mut Quotes::new(folder.path(), &builtin))
}

#[test]
fn a_diagnostic_shows_its_place_the_line_and_what_to_do() {
    let misspelt = Diagnostic::warning(Code::UnknownKey, "unknown key `titel`")
        .at(mark("content/a.md", 2, 1))
        .hint("did you mean `title`?");
    let text = shown(vec![misspelt], "---\ntitel: A\n---\n", PLAIN);
    let expected = "\
warning[unknown-key]: unknown key `titel`
  ╭▸ content/a.md:2:1
  │
2 │ titel: A
  │ ━━━━━
  │
  ╰ help: did you mean `title`?

";
    assert_eq!(text, expected);
}

#[test]
fn columns_are_counted_in_characters() {
    let error = Diagnostic::error(Code::BadDate, "m").at(mark("content/a.md", 1, 5));
    let text = shown(vec![error], "dá日e: x", PLAIN);
    assert!(text.contains("content/a.md:1:5\n"), "{text}");
}

#[test]
fn a_second_place_is_shown_with_its_label() {
    let twice = Diagnostic::error(Code::DuplicateKey, "the key `title` is given twice")
        .at(mark("content/a.md", 3, 1))
        .and(mark("content/a.md", 2, 1), "first given here");
    let text = shown(vec![twice], "---\ntitle: A\ntitle: B\n", PLAIN);
    assert!(text.contains("content/a.md:3:1") && text.contains("3 │ title: B"), "{text}");
    assert!(text.contains("content/a.md:2:1") && text.contains("first given here"), "{text}");
}

#[test]
fn a_long_line_is_cut_to_the_width_and_keeps_its_column() {
    let line = format!("{}here{}", "x ".repeat(50_000), " y".repeat(50_000));
    let text =
        shown(vec![Diagnostic::error(Code::BadDate, "no date").at(mark("content/a.md", 1, 100_001))], &line, PLAIN);
    assert!(text.contains("content/a.md:1:100001"), "{text}");
    assert!(text.contains("here"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 90), "{text}");
}

#[test]
fn a_place_that_cannot_be_read_is_still_named() {
    let error = |path| Diagnostic::error(Code::Template, "m").at(mark(path, 7, 3));
    let text =
        shown(vec![error("content/gone.md"), error("content/a.md"), error("builtin/gone.html")], "one line", PLAIN);
    for place in ["content/gone.md:7:3", "content/a.md:7:3", "builtin/gone.html:7:3"] {
        assert!(text.contains(place), "{text}");
    }
    let text = shown(vec![Diagnostic::error(Code::Template, "m").at(mark("builtin/base.html", 1, 4))], "", PLAIN);
    assert!(text.contains("{{ nothing }}"), "{text}");
}

#[test]
fn twenty_of_a_code_are_shown_and_the_rest_counted() {
    let many =
        (1..=25).map(|n| Diagnostic::error(Code::BrokenLink, format!("link {n}")).at(mark("content/a.md", 1, n)));
    let text = shown(many.collect(), "a line of some length, long enough", PLAIN);
    assert_eq!(text.matches("error[broken-link]: link").count(), 20);
    assert!(text.contains("… and 5 more like this: error[broken-link]\n"), "{text}");
}

#[test]
fn one_unknown_key_in_many_files_is_one_warning() {
    let in_file =
        |n| Diagnostic::warning(Code::UnknownKey, "unknown key `titel`").at(mark(&format!("content/{n}.md"), 1, 1));
    let text = shown((0..30).map(in_file).collect(), "", PLAIN);
    assert_eq!(text.matches("unknown key").count(), 1);
    assert!(text.contains("the same in 29 more places"), "{text}");
}

#[test]
fn nothing_that_an_author_wrote_commands_the_terminal() {
    let hostile = Diagnostic::error(Code::Title, "a\u{1b}[2Jb\u{9b}c\nd")
        .at(mark("content/a.md", 1, 1))
        .hint("\u{1b}]0;title\u{7}");
    let text = shown(vec![hostile], "\u{1b}[31mred\u{202e}", PLAIN);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n') && !text.contains('\u{202e}'), "{text:?}");
}

#[test]
fn colour_is_used_only_where_it_is_asked_for() {
    let error = || vec![Diagnostic::error(Code::Title, "m").at(mark("content/a.md", 1, 1))];
    assert!(!shown(error(), "x", PLAIN).contains('\u{1b}'));
    assert!(shown(error(), "x", Look { colour: true, width: 80 }).contains('\u{1b}'));
}

fn due(title: &str, day: i8) -> Due {
    let at = Moment::day(jiff::civil::date(2026, 12, day), &Zone::utc().rules).unwrap();
    Due { title: title.to_owned(), path: SitePath::new("content/held.md"), at }
}

#[test]
fn the_summary_says_what_was_done_and_what_waits() {
    let report = Report {
        articles: 38,
        pages: 1214,
        parsed: 1,
        rendered: 3,
        reused: 1211,
        written: 3,
        held: vec![due("Later", 9), due("Soon", 2)],
        duration_ms: 412,
        ..report(vec![Diagnostic::warning(Code::Weekday, "m")])
    };
    let expected = "  \
  Built     1,214 pages from 38 articles in 0.41 s
  Made      1 source parsed, 3 pages rendered, 1,211 reused
  Output    3 files written
  Held      2 articles until their date
            2026-12-02  Soon (content/held.md)
            2026-12-09  Later (content/held.md)
  Noticed   1 warning
";
    assert_eq!(summary::text(&report, &PLAIN), expected);
}

#[test]
fn a_stopped_build_says_that_nothing_was_published() {
    let stopped = Report { outcome: Outcome::Stopped, ..report(vec![Diagnostic::error(Code::Title, "m")]) };
    let text = summary::text(&stopped, &PLAIN);
    assert!(text.contains("nothing was published") && text.contains("1 error\n"), "{text}");
}

#[test]
fn json_has_every_key_and_every_diagnostic() {
    let many = (1..=25).map(|n| Diagnostic::error(Code::BrokenLink, "m").at(mark("content/a.md", 30 - n, 1)));
    let report = Report { held: vec![due("Soon", 2)], next_due: Some(due("", 2).at), ..report(many.collect()) };
    let object: serde_json::Value = serde_json::from_str(&json::object(&report)).unwrap();
    let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "articles",
        "undated",
        "pages",
        "held",
        "drafts",
        "expired",
        "parsed",
        "rendered",
        "reused",
        "written",
        "removed",
        "images",
        "printed",
        "next_due",
        "duration_ms",
        "diagnostics",
    ];
    assert_eq!(keys, expected);
    assert_eq!(object["held"][0]["until"], "2026-12-02");
    assert_eq!(object["next_due"], "2026-12-02T00:00:00Z");
    let lines: Vec<_> = object["diagnostics"].as_array().unwrap().iter().map(|line| line["line"].as_u64()).collect();
    assert_eq!(lines, (5..30).map(Some).collect::<Vec<_>>());
    let first = serde_json::json!({
        "severity": "error", "code": "broken-link", "message": "m", "path": "content/a.md", "line": 5, "column": 1, "hint": null
    });
    assert_eq!(object["diagnostics"][0], first);
}

#[test]
fn workflow_commands_are_escaped() {
    let hostile = Diagnostic::error(Code::Title, "100%\n::warning::x").at(mark("content/a,b:c.md", 2, 3)).hint("h");
    let text = github::commands(&report(vec![hostile]), "site/");
    let expected = "::error file=site/content/a%2Cb%3Ac.md,line=2,col=3,title=title::100%25%0A::warning::x%0Ah\n";
    assert_eq!(text, expected);
}
