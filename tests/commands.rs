//! The commands and their flags, from outside: what is typed, what comes back, and what stands on the disk afterwards.

#[path = "support/command.rs"]
mod command;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use byline::model::code::Code;
use command::{byline, with};
use support::{Site, files};
use tempfile::tempdir;

/// The finished page of a site's own output.
fn published(site: &Site, path: &str) -> String {
    site.read(&format!("public/{path}"))
}

fn exists(site: &Site, path: &str) -> bool {
    site.root().join("public").join(path).exists()
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder)
}

// init

#[test]
fn init_writes_a_site_that_builds_at_once_without_a_warning() {
    let folder = tempdir().expect("a folder");
    byline(folder.path(), &["init", "paper"]).code(0);
    let paper = folder.path().join("paper");
    let run = byline(&paper, &["build", "--strict", "--message-format", "json"]).code(0);
    let json = run.json();
    assert_eq!(json["diagnostics"].as_array().expect("a list").len(), 0, "{}", run.out);
    assert!(json["articles"].as_u64() >= Some(1) && json["held"].as_array().expect("a list").is_empty());
    assert!(paper.join("public/index.html").is_file());
    assert!(fs::read_to_string(paper.join(".gitignore")).expect("it hides what is made").contains("public"));
}

#[test]
fn init_in_the_current_folder_is_the_default() {
    let folder = tempdir().expect("a folder");
    byline(folder.path(), &["init"]).code(0);
    assert!(folder.path().join("site.yaml").is_file());
    byline(folder.path(), &["build"]).code(0);
}

#[test]
fn init_twice_changes_nothing() {
    let folder = tempdir().expect("a folder");
    byline(folder.path(), &["init", "paper"]).code(0);
    fs::write(folder.path().join("paper/site.yaml"), "title: Mine\n").expect("written");
    fs::remove_file(folder.path().join("paper/content/about.md")).expect("removed");
    let before = tree(folder.path());
    byline(folder.path(), &["init", "paper"]).code(1).says(&["is there already", "nothing was written", "help:"]);
    assert_eq!(before, tree(folder.path()));
}

#[test]
fn init_leaves_the_folder_of_a_stranger_alone_whatever_is_in_the_way() {
    for in_the_way in ["content/about.md", "content", "content/news"] {
        let folder = tempdir().expect("a folder");
        let path = folder.path().join(in_the_way);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, "A stranger's.").expect("written");
        fs::write(folder.path().join("notes.txt"), "Notes.").expect("written");
        let before = tree(folder.path());
        byline(folder.path(), &["init"]).code(1).says(&["nothing was written"]);
        assert_eq!(before, tree(folder.path()), "{in_the_way}");
    }
}

#[cfg(unix)]
#[test]
fn init_does_not_write_through_a_link_that_leads_nowhere() {
    let folder = tempdir().expect("a folder");
    let paper = folder.path().join("paper");
    fs::create_dir(&paper).expect("a folder");
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), paper.join("site.yaml")).expect("a link");
    byline(&paper, &["init"]).code(1);
    assert!(!folder.path().join("elsewhere").exists() && !paper.join("content").exists());
}

#[test]
fn init_beside_other_files_keeps_them() {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("README.md"), "Mine.").expect("written");
    byline(folder.path(), &["init"]).code(0);
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).expect("there"), "Mine.");
}

// new

#[test]
fn a_new_article_is_in_the_next_build_whatever_its_title() {
    let titles = [
        "A plain title",
        "Colons: \"quotes\", 'single' and a # sign",
        "[brackets] {braces} - & <b>markup</b>",
        "Ünïcode, 龍 and ελληνικά",
        "no",
        "2017-10-26",
        "Back\\slash %s {{ braces }}",
    ];
    for zone in ["UTC", "Etc/GMT+12", "Pacific/Kiritimati"] {
        let site = Site::new().config(&format!("timezone: {zone}\n"));
        for title in titles {
            let run = byline(site.root(), &["new", title, "--section", "news/asia"]).code(0);
            let path = run.out.trim();
            assert!(path.starts_with("content/news/asia/") && path.ends_with(".md"), "{path}");
            assert!(site.root().join(path).is_file(), "{path}");
        }
        let run = byline(site.root(), &["build", "--strict", "--message-format", "json"]).code(0);
        assert_eq!(run.json()["articles"], titles.len(), "{zone}: {}", run.out);
        let list = scraper::Html::parse_document(&published(&site, "news/asia/index.html"));
        let cards = scraper::Selector::parse(".card > .p-name").expect("a selector");
        let mut shown: Vec<String> = list.select(&cards).map(|card| card.text().collect::<String>()).collect();
        shown.iter_mut().for_each(|title| *title = title.trim().to_owned());
        shown.sort();
        let mut wanted = titles.to_vec();
        wanted.sort_unstable();
        assert_eq!(shown, wanted);
    }
}

#[test]
fn a_new_article_without_a_section_lies_in_content_and_is_found_from_below() {
    let site = Site::new();
    let deep = site.root().join("content/far/below");
    fs::create_dir_all(&deep).expect("a folder");
    let run = byline(&deep, &["new", "A note"]).code(0);
    assert_eq!(run.out.trim(), "content/a-note.md");
    byline(site.root(), &["build", "--strict"]).code(0);
    assert!(published(&site, "a-note/index.html").contains("A note"));
}

#[test]
fn new_never_overwrites() {
    let site = Site::new().file("content/news/a-note.md", "Mine.");
    byline(site.root(), &["new", "A note", "--section", "news"])
        .code(1)
        .says(&["content/news/a-note.md", "not touched"]);
    assert_eq!(site.read("content/news/a-note.md"), "Mine.");
}

#[test]
fn new_keeps_within_content() {
    let site = Site::new();
    byline(site.root(), &["new", "///"]).code(2);
    for section in ["../..", "..", "a/../../b"] {
        let run = byline(site.root(), &["new", "A note", "--section", section]);
        assert!(run.code == 2 || run.out.trim().starts_with("content/"), "{section}: {run:?}");
        assert!(!site.root().join("a-note.md").exists() && !site.root().join("../a-note.md").exists(), "{section}");
    }
    let run = byline(site.root(), &["new", "../../etc/passwd"]).code(0);
    assert_eq!(run.out.trim().matches('/').count(), 1, "{}", run.out);
}

// build

fn small_site() -> Site {
    Site::new()
        .article("content/news/old.md", "title: Old\ndate: 2020-05-01")
        .article("content/news/new.md", "title: New\ndate: 2099-05-01")
        .article("content/news/draft.md", "title: Draft\ndate: 2020-05-02\ndraft: true")
}

#[test]
fn the_site_is_found_upwards_and_named_by_a_flag() {
    let site = small_site();
    byline(&site.root().join("content/news"), &["build"]).code(0);
    assert!(exists(&site, "news/old/index.html"));
    let elsewhere = tempdir().expect("a folder");
    fs::remove_dir_all(site.root().join("public")).expect("removed");
    byline(elsewhere.path(), &["build", "--site", site.root().to_str().expect("UTF-8")]).code(0);
    assert!(exists(&site, "news/old/index.html"));
    byline(elsewhere.path(), &["build"]).code(2).says(&["site.yaml", "byline init"]);
    byline(site.root(), &["build", "--site", "content"]).code(2).says(&["site.yaml"]);
}

#[test]
fn the_output_goes_where_it_is_told() {
    let site = small_site();
    let elsewhere = tempdir().expect("a folder");
    let root = site.root().to_str().expect("UTF-8");
    byline(elsewhere.path(), &["build", "--site", root, "--output", "deep/er/out"]).code(0);
    assert!(elsewhere.path().join("deep/er/out/news/old/index.html").is_file());
    assert!(!site.root().join("public").exists());
}

#[test]
fn the_address_of_the_command_line_wins() {
    let site = small_site();
    byline(site.root(), &["build", "--base-url", "https://desk.example/sub/"]).code(0);
    let page = published(&site, "news/old/index.html");
    assert!(page.contains("https://desk.example/sub/news/old/") && page.contains("href=\"/sub/news/\""), "{page}");
    assert!(!page.contains("paper.example"), "{page}");
    byline(site.root(), &["build", "--base-url", "not an address"]).code(2).says(&["https://example.org/"]);
}

#[test]
fn drafts_show_only_when_asked_for() {
    let site = small_site();
    let run = byline(site.root(), &["build", "--message-format", "json"]).code(0);
    assert_eq!(run.json()["drafts"], 1);
    assert!(!exists(&site, "news/draft/index.html"));
    byline(site.root(), &["build", "--drafts"]).code(0);
    assert!(exists(&site, "news/draft/index.html"));
    byline(site.root(), &["build"]).code(0);
    assert!(!exists(&site, "news/draft/index.html"));
}

#[test]
fn the_site_as_it_stands_at_a_moment() {
    let site = small_site();
    let json = byline(site.root(), &["build", "--message-format", "json"]).code(0).json();
    assert_eq!((&json["articles"], &json["held"][0]["path"]), (&1.into(), &"content/news/new.md".into()));
    assert_eq!(json["held"][0]["title"], "New");
    assert!(json["next_due"].as_str().is_some_and(|due| due.starts_with("2099-05-01T00:00:00")), "{json}");
    let json = byline(site.root(), &["build", "--as-of", "2099-05-01", "--message-format", "json"]).code(0).json();
    assert_eq!((&json["articles"], &json["next_due"]), (&2.into(), &serde_json::Value::Null));
    assert!(exists(&site, "news/new/index.html"));
    let json =
        byline(site.root(), &["build", "--as-of", "2020-04-30T23:59:59Z", "--message-format", "json"]).code(0).json();
    assert_eq!(json["articles"], 0);
    assert!(!exists(&site, "news/old/index.html") && !exists(&site, "news/new/index.html"));
    byline(site.root(), &["build", "--as-of", "yesterday"]).code(2).says(&["2017-10-26"]);
}

#[test]
fn under_strict_a_warning_stops_the_build() {
    let site = small_site().article("content/news/odd.md", "title: Odd\ndate: 2020-05-03\ntitel: x");
    byline(site.root(), &["build"]).code(0).says(&["warning[unknown-key]"]);
    fs::remove_dir_all(site.root().join("public")).expect("removed");
    byline(site.root(), &["build", "--strict"]).code(1).says(&["error[unknown-key]"]);
    assert!(!site.root().join("public").exists());
}

#[test]
fn a_folder_with_files_of_others_has_to_be_adopted() {
    let site = small_site().file("public/theirs.txt", "Theirs.");
    byline(site.root(), &["build"]).code(1).says(&["foreign-output", "theirs.txt", "--adopt"]);
    assert!(!exists(&site, "index.html"));
    byline(site.root(), &["build", "--adopt"]).code(0);
    assert!(exists(&site, "index.html"));
    assert_eq!(published(&site, "theirs.txt"), "Theirs.");
}

#[test]
fn the_ledger_grows_only_when_asked_and_watches_ever_after() {
    let site = small_site();
    byline(site.root(), &["build"]).code(0);
    assert!(!site.root().join("permalinks.txt").exists());
    byline(site.root(), &["build", "--record"]).code(0);
    assert!(
        site.read("permalinks.txt").lines().any(|line| line.contains("/news/old/")),
        "{}",
        site.read("permalinks.txt")
    );
    let recorded = site.read("permalinks.txt");
    byline(site.root(), &["build", "--record"]).code(0);
    assert_eq!(site.read("permalinks.txt"), recorded);
    let site = site.remove("content/news/old.md").article("content/news/moved.md", "title: Old\ndate: 2020-05-01");
    let run = byline(site.root(), &["build"]);
    run.says(&["[ledger]", "/news/old/"]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let site = small_site().run_of("content/many/", 60, "tags: [alpha, beta]");
    byline(site.root(), &["build", "--jobs", "1", "--output", "one"]).code(0);
    byline(site.root(), &["build", "--jobs", "7", "--output", "seven"]).code(0);
    assert_eq!(files(&site.root().join("one")), files(&site.root().join("seven")));
    byline(site.root(), &["build", "--jobs", "0"]).code(2);
}

#[test]
fn the_forms_of_the_report() {
    let site = small_site();
    let run = byline(site.root(), &["build"]).code(0);
    assert!(
        run.out.is_empty() || run.err.is_empty(),
        "the human report goes to one stream:\n{}---\n{}",
        run.out,
        run.err
    );
    let run = byline(site.root(), &["build", "--message-format", "json"]).code(0);
    assert_eq!(run.out.lines().count(), 1, "the object and nothing else: {}", run.out);
    assert!(run.err.contains("Built"), "the text for people goes to standard error: {}", run.err);
    run.json();
    byline(site.root(), &["build", "--message-format", "xml"]).code(2).says(&["human", "json", "github"]);
    let run = byline(site.root(), &["build", "--quiet"]).code(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let site = site.article("content/news/odd.md", "title: Odd\ndate: 2020-05-03\ntitel: x");
    let run = byline(site.root(), &["build", "--quiet"]).code(0).says(&["warning[unknown-key]"]);
    assert!(!run.err.contains("Built"), "{}", run.err);
}

// exit codes

#[test]
fn the_machine_s_failures_have_a_code_of_their_own_and_the_old_output_stands() {
    let site = small_site().file("a-file", "No folder.");
    byline(site.root(), &["build", "--output", "a-file/below"]).code(3).says(&["a-file"]);
    let run = byline(site.root(), &["build", "--output", "a-file/below", "--message-format", "json"]).code(3);
    assert_eq!(run.json()["diagnostics"][0]["code"], "io");
    assert_eq!(site.read("a-file"), "No folder.");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_a_failure_of_the_machine() {
    let site = small_site();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let run = with(site.root(), &["build", "--message-format", "json"], |command| {
        command.stdout(full());
    });
    assert_eq!(run.code, 3, "{run:?}");
}

#[test]
fn wrong_usage_is_told_apart_from_wrong_sites() {
    let site = small_site();
    for wrong in [&["biuld"][..], &[], &["build", "--outptu", "x"], &["new"], &["build", "extra"]] {
        let run = byline(site.root(), wrong).code(2);
        assert!(!run.err.is_empty(), "{wrong:?}");
    }
    byline(site.root(), &["biuld"]).says(&["build"]);
    let site = site.article("content/news/bad.md", "title: Bad\ndate: 2020-13-45");
    byline(site.root(), &["build"]).code(1);
}

#[test]
fn every_command_explains_itself() {
    let folder = tempdir().expect("a folder");
    for command in [
        &["-h"][..],
        &["--help"],
        &["build", "-h"],
        &["new", "-h"],
        &["init", "-h"],
        &["explain", "-h"],
        &["serve", "-h"],
    ] {
        let run = byline(folder.path(), command).code(0);
        assert!(run.out.contains("Usage: byline") && run.err.is_empty(), "{command:?}: {run:?}");
    }
    assert!(byline(folder.path(), &["--version"]).code(0).out.starts_with("byline "));
}

// explain

#[test]
fn every_code_is_explained_and_a_misspelt_one_is_guessed() {
    let folder = tempdir().expect("a folder");
    let all = byline(folder.path(), &["explain"]).code(0).out;
    for code in Code::ALL {
        let run = byline(folder.path(), &["explain", code.name()]).code(0);
        assert!(run.out.contains(code.meaning()) && run.out.contains(code.remedy()), "{}", run.out);
        assert!(all.lines().any(|line| line.starts_with(code.name()) && line.contains(code.meaning())), "{all}");
    }
    byline(folder.path(), &["explain", "borken-link"]).code(2).says(&["borken-link", "did you mean `broken-link`?"]);
    byline(folder.path(), &["explain", "xyzzy-plugh"]).code(2).says(&["byline explain"]);
}

// completions

#[test]
fn a_shell_completes_commands_flags_and_codes() {
    let folder = tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = byline(folder.path(), &["completions", shell]).code(0).out;
        let codes = if matches!(shell, "bash" | "zsh") { "broken-link" } else { "" };
        for word in ["publish", "explain", "message-format", codes] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    byline(folder.path(), &["completions", "tcsh"]).code(2);
    let script = byline(folder.path(), &["completions", "bash"]).out;
    let ask =
        "\nCOMP_WORDS=(byline explain brok) COMP_CWORD=2; _byline byline brok explain; echo \"${COMPREPLY[*]}\"\n";
    let answer = std::process::Command::new("bash").args(["-c", &format!("{script}{ask}")]).output().expect("bash");
    assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), "broken-link");
}
