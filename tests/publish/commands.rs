//! The command itself: what it refuses, what it shows, and how it ends.

use std::fs;
use std::process::Command;

use crate::paper::{End, Paper, files};

fn dir() -> Paper {
    Paper::new("{kind: dir, path: ../www}")
}

fn publish(paper: &Paper, arguments: &[&str]) -> End {
    End::of(paper.byline(&[&["publish"], arguments].concat()))
}

#[test]
fn it_builds_first_shows_a_plan_and_ends_with_the_address() {
    let paper = dir();
    let end = publish(&paper, &[]).code(0);
    for text in
        ["Built", "Plan      t (dir): ", "+ robots-not.txt", "Published https://paper.example/ (t): ", " added, "]
    {
        assert!(end.err.contains(text), "no `{text}` in\n{}", end.err);
    }
    assert_eq!(end.out, "");
    assert_eq!(files(&paper.beside("www")).len(), paper.output().len() + 1);
    publish(&paper, &[]).code(0).says("Unchanged https://paper.example/ (t): nothing to do");
    let end = publish(&paper, &["--quiet"]).code(0);
    assert_eq!((end.out.as_str(), end.err.as_str()), ("", ""));
    paper.target("{kind: dir, path: ../www, url: \"https://elsewhere.example/\"}");
    publish(&paper, &[]).code(0).says("Unchanged https://elsewhere.example/ (t)");
}

#[test]
fn a_target_of_site_yaml_renders_no_page() {
    let paper = dir();
    publish(&paper, &[]).code(0);
    paper.target("{kind: archive, path: ../x.zip}");
    let end = End::of(paper.byline(&["build", "--message-format", "json"])).code(0);
    let report: serde_json::Value = serde_json::from_str(&end.out).expect("JSON");
    assert_eq!((report["rendered"].as_u64(), report["written"].as_u64()), (Some(0), Some(0)));
    assert_eq!(report.get("published"), None);
}

#[test]
fn a_dry_run_changes_nothing() {
    let paper = dir();
    publish(&paper, &["--dry-run"]).code(0).says("Planned");
    assert!(!paper.beside("www").exists());
    publish(&paper, &[]).code(0);
    let before = files(&paper.beside("www"));
    paper.change();
    publish(&paper, &["--dry-run"]).code(0).says("- news/story-5/index.html");
    assert_eq!(files(&paper.beside("www")), before);
}

#[test]
fn a_site_with_errors_is_not_published() {
    let paper = dir();
    publish(&paper, &[]).code(0);
    let before = files(&paper.beside("www"));
    paper.put("content/news/broken.md", "---\ntitle: [1]\n---\n");
    publish(&paper, &[]).code(1).says("broken.md");
    assert_eq!(files(&paper.beside("www")), before);
    paper.put("site.yaml", "titel: x\n");
    publish(&paper, &[]).code(1).says("did you mean `title`?");
}

#[test]
fn what_is_for_the_desk_alone_is_not_published() {
    let paper = dir();
    paper.put("content/news/draft.md", "---\ntitle: A draft\ndraft: true\n---\nNot yet.\n");
    for (flags, fault) in [
        (["--drafts", "--quiet"].as_slice(), "--drafts"),
        (["--as-of", "2999-01-01"].as_slice(), "yet to come"),
        (["--base-url", "http://localhost:8080/"].as_slice(), "an address of this machine"),
        (["--base-url", "http://127.0.0.1/"].as_slice(), "an address of this machine"),
    ] {
        End::of(paper.byline(&[["build"].as_slice(), flags].concat())).code(0);
        publish(&paper, &["--no-build"]).code(1).says(fault);
        assert!(!paper.beside("www").exists());
    }
    End::of(paper.byline(&["build", "--as-of", "2024-01-05"])).code(0);
    publish(&paper, &["--no-build"]).code(0);
    // Without --no-build the site is built as readers should see it.
    End::of(paper.byline(&["build", "--drafts"])).code(0);
    publish(&paper, &[]).code(0);
    let found = files(&paper.beside("www"));
    assert!(found.keys().all(|path| !path.contains("draft")), "{:?}", found.keys());
    assert!(found.keys().all(|path| !path.starts_with(".byline") || path == ".byline-published"));
    paper.put("site.yaml", "publish: {t: {kind: dir, path: ../www}}\n");
    publish(&paper, &[]).code(1).says("one of this machine's own");
}

#[test]
fn an_output_that_is_not_as_it_was_built_is_not_published() {
    let paper = dir();
    publish(&paper, &["--no-build"]).code(1).says("no finished site");
    paper.build();
    fs::write(paper.site().join("public/index.html"), "changed").expect("a file");
    publish(&paper, &["--no-build"]).code(1).says("`index.html`");
    assert!(!paper.beside("www").exists());
    publish(&paper, &[]).code(0);
}

#[test]
fn targets_are_found_by_name() {
    let paper = dir();
    paper.target("{kind: dir, path: ../www}\n  zip: {kind: archive, path: ../paper.zip}");
    publish(&paper, &[]).code(2).says("several targets: `t`, `zip`").says("--all");
    publish(&paper, &["zpi"]).code(2).says("did you mean `zip`?");
    publish(&paper, &["zip", "--all"]).code(2);
    publish(&paper, &["zip", "--nothing"]).code(2);
    publish(&paper, &["zip"]).code(0);
    assert!(paper.beside("paper.zip").is_file() && !paper.beside("www").exists());
    publish(&paper, &["--all"]).code(0).says("Published").says("Unchanged");
    paper.target("");
    paper.put("site.yaml", "base_url: https://paper.example/\n");
    publish(&paper, &[]).code(2).says("names no target");
}

#[test]
fn one_target_that_fails_does_not_keep_the_others_back() {
    let paper = dir();
    paper.target("{kind: dir, path: ../www/file/x}\n  zip: {kind: archive, path: ../paper.zip}");
    fs::create_dir_all(paper.beside("www")).expect("a folder");
    fs::write(paper.beside("www/file"), "").expect("a file");
    publish(&paper, &["--all"])
        .code(3)
        .says("t: cannot ")
        .says("Published https://paper.example/ (zip)")
        .says("not all was published");
    assert!(paper.beside("paper.zip").is_file());
}

#[test]
fn targets_are_checked_key_by_key() {
    for (target, fault) in [
        ("{kind: gti}", "did you mean `git`?"),
        ("{path: x}", "`publish.t` needs a `kind`"),
        ("{kind: dir}", "`publish.t` needs a `path`"),
        ("{kind: dir, path: ../www, relases: 3}", "did you mean `releases`?"),
        ("{kind: dir, path: ../www, releases: 0}", "from 1 to 1000"),
        ("{kind: git, history: sqash}", "did you mean `squash`?"),
        ("{kind: git, branch: \"a b\"}", "cannot be the name of a branch"),
        ("{kind: git, remote: --upload-pack=x}", "cannot begin with a hyphen"),
        ("{kind: git, cname: \"https://a.example\"}", "a domain alone"),
        ("{kind: s3}", "needs a `bucket`"),
        ("{kind: s3, bucket: x, secret_access_key: y}", "has no place in site.yaml"),
        ("{kind: s3, bucket: x, endpoint: \"ftp://a\"}", "must be an http or https address"),
        ("{kind: s3, bucket: x, cache: {page: a}}", "did you mean `pages`?"),
        ("{kind: ssh, host: \"a b\", path: /x}", "a user and a server"),
        ("{kind: ssh, host: -oProxyCommand=x, path: /x}", "cannot begin with a hyphen"),
        ("{kind: ssh, host: a, path: /}", "the root of a server's disk"),
        ("{kind: archive, path: x.rar}", "ends in .tar.zst or .zip"),
        ("x", "must be a mapping"),
    ] {
        let paper = Paper::new(target);
        publish(&paper, &[]).code(1).says(fault).says("site.yaml:6");
    }
}

#[test]
fn an_interrupt_ends_it_tidily_and_the_next_publish_goes_on() {
    let paper = dir();
    paper.build();
    let child = paper.publishing(&[]).spawn().expect("it starts");
    std::thread::sleep(std::time::Duration::from_millis(30));
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    let end = End::wait(child);
    assert!(matches!(end.code, Some(143) | Some(0) | None), "{:?}\n{}", end.code, end.err);
    paper.publish(&[]).code(0);
    assert_eq!(files(&paper.beside("www")).len(), paper.output().len() + 1);
}
