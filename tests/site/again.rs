//! What a second build makes of the first: what it need not do, and that nothing which it keeps can mislead it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use byline::model::code::Code;
use byline::model::report::Report;

use crate::support::{Built, Site};

/// A site of a few articles of each format, with a warning in one of them.
fn site() -> Site {
    Site::new()
        .article("content/news/one.md", "title: One\ndate: 2001-01-01\ntags: [harbour]\nextra: {depth: 0.1, on: true}")
        .article("content/news/two.md", "title: Two\ndate: 2001-01-02\ncolour: red")
        .file("content/news/three.txt", "Three\n\nThe text of three.\n")
        .file("content/news/three.yaml", "date: 2001-01-03\n")
        .file("content/news/four.html", "---\ntitle: Four\ndate: 2001-01-04\n---\n<p>The text of four.</p>\n")
        .file("static/a.txt", "a")
}

/// Sets the time of a file's last change to the year before, so that a build trusts how it looks; the time of the change of its
/// metadata cannot be set, and is waited for.
fn age(site: &Site) {
    let then = SystemTime::now() - Duration::from_secs(365 * 24 * 3600);
    for path in all(site.root()) {
        let inside = path.strip_prefix(site.root()).expect("below");
        if !inside.starts_with("public") && !inside.starts_with(".byline") {
            fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(then)).expect("a time");
        }
    }
}

/// Every file below a folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The files of the cache that hold something.
fn cache(site: &Site) -> Vec<PathBuf> {
    let files = all(&site.root().join(".byline")).into_iter();
    files.filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0)).collect()
}

fn work(report: &Report) -> [usize; 4] {
    [report.parsed, report.rendered, report.written, report.removed]
}

/// Demands that a build shows and says what another one did.
#[track_caller]
fn same(built: &Built, clean: &Built) {
    assert_eq!(built.files(), clean.files());
    assert_eq!(built.report().sorted(), clean.report().sorted());
    let counts = |report: &Report| [report.articles, report.undated, report.pages, report.drafts, report.expired];
    assert_eq!(counts(built.report()), counts(clean.report()));
    assert_eq!(built.report().held, clean.report().held);
    assert_eq!(built.report().next_due, clean.report().next_due);
}

#[test]
fn what_a_build_left_that_was_cut_short_goes_even_where_the_site_did_not_change() {
    let site = site();
    site.build();
    let staged = site.root().join("public/.byline-stage/news");
    fs::create_dir_all(&staged).expect("a folder");
    fs::write(staged.join("half.html"), "half").expect("a file");
    let again = site.build();
    assert_eq!(work(again.report()), [0; 4]);
    assert!(!site.root().join("public/.byline-stage").exists());
}

#[test]
fn a_site_that_did_not_change_is_left_alone_and_its_warnings_are_repeated() {
    let site = site();
    let first = site.build();
    assert_eq!(first.report().parsed, 4);
    assert_eq!(first.warnings(Code::UnknownKey).len(), 1);
    for _ in 0..3 {
        let again = site.build();
        assert_eq!(work(again.report()), [0; 4]);
        assert_eq!(again.report().reused, again.report().pages);
        same(&again, &first);
    }
}

#[test]
fn one_edited_body_is_parsed_alone() {
    let site = site();
    site.build();
    let site = site.file("content/news/four.html", "---\ntitle: Four\ndate: 2001-01-04\n---\n<p>Another text.</p>\n");
    let built = site.build();
    assert_eq!(built.report().parsed, 1);
    assert!(built.text("/news/four/").contains("Another text."));
    assert_eq!(work(site.build().report()), [0; 4]);
}

#[test]
fn an_edited_sidecar_or_cascade_is_noticed() {
    let site = site();
    site.build();
    let site = site.file("content/news/three.yaml", "date: 2001-01-03\ntitle: Drei\n");
    assert_eq!(site.build().report().parsed, 1);
    // A renamed sidecar says the same, but what it says is elsewhere.
    let text = site.read("content/news/three.yaml");
    let site = site.remove("content/news/three.yaml").file("content/news/three.yml", text);
    assert_eq!(site.build().report().parsed, 1);
    let site = site.file("content/news/_index.md", "---\ncascade: {extra: {flag: true}}\n---\n");
    assert_eq!(site.build().report().parsed, 4);
    let site = site.file("content/news/_index.md", "---\ncascade: {extra: {flag: 1}}\n---\n");
    assert_eq!(site.build().report().parsed, 4);
}

#[test]
fn an_edit_that_keeps_size_and_time_is_noticed() {
    let site = site();
    age(&site);
    site.build();
    let path = site.root().join("content/news/one.md");
    let time = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time");
    let text = site.read("content/news/one.md").replace("The text", "The TEXT");
    let site = site.file("content/news/one.md", text);
    fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("a time");
    let built = site.build();
    assert_eq!(built.report().parsed, 1);
    assert!(built.text("/news/one/").contains("The TEXT"));
}

#[test]
fn the_moment_decides_even_if_no_file_changed() {
    let site = site().article("content/news/five.md", "title: Five\ndate: 2024-05-01").as_of("2024-04-01");
    assert_eq!(site.build().report().held.len(), 1);
    let site = site.as_of("2024-04-30");
    assert_eq!(work(site.build().report()), [0; 4]);
    let site = site.as_of("2024-05-01");
    let built = site.build();
    assert_eq!((built.report().parsed, built.report().held.len()), (0, 0));
    assert!(built.has("/news/five/"));
    let site = site.as_of("2024-04-30");
    assert!(!site.build().has("/news/five/"));
}

#[test]
fn an_article_that_expires_before_its_date_is_no_longer_held_then() {
    let site = site().article("content/news/five.md", "title: Five\ndate: 2024-05-01\nexpires: 2024-04-15");
    let waiting = |site: &Site| {
        let built = site.build();
        (built.report().held.len(), built.report().expired)
    };
    let site = site.as_of("2024-04-14");
    assert_eq!(waiting(&site), (1, 0));
    let site = site.as_of("2024-04-15");
    assert_eq!(waiting(&site), (0, 1));
    let site = site.as_of("2024-04-14");
    assert_eq!(waiting(&site), (1, 0));
}

#[test]
fn urls_are_recorded_even_if_nothing_else_has_changed() {
    let site = site().asking(|request| request.record = true);
    site.build();
    let ledger = site.read("permalinks.txt");
    let site = site.remove("permalinks.txt");
    assert_eq!(work(site.build().report()), [0; 4]);
    assert_eq!(site.read("permalinks.txt"), ledger);
}

#[test]
fn another_request_is_another_site() {
    let site = site().article("content/news/five.md", "title: Five\ndraft: true");
    let plain = site.build();
    let site = site.asking(|request| request.drafts = true);
    let built = site.build();
    assert!(built.has("/news/five/"));
    assert_eq!(built.report().parsed, 0);
    let site = site.asking(|request| request.drafts = false);
    same(&site.build(), &plain);
    let site = site.asking(|request| request.base_url = Some("https://other.example/".to_owned()));
    assert!(site.build().text("/sitemap.xml").contains("https://other.example/news/one/"));
}

#[test]
fn an_output_that_was_tampered_with_or_is_gone_is_made_anew() {
    let site = site();
    let first = site.build();
    fs::write(site.root().join("public/news/one/index.html"), "tampered").expect("written");
    let again = site.build();
    assert_eq!(again.files(), first.files());
    assert_eq!(again.warnings(Code::ChangedOutput).len(), 1);
    assert_eq!(site.build().report().sorted(), first.report().sorted());
    fs::remove_file(site.root().join("public/news/one/index.html")).expect("removed");
    same(&site.build(), &first);
    for folders in [&["public"][..], &[".byline"], &["public", ".byline"]] {
        folders.iter().for_each(|folder| fs::remove_dir_all(site.root().join(folder)).expect("removed"));
        let built = site.build();
        same(&built, &first);
        assert_eq!(built.report().parsed, if folders.contains(&".byline") { 4 } else { 0 }, "{folders:?}");
        assert_eq!(work(site.build().report()), [0; 4]);
    }
}

#[test]
fn cache_and_output_serve_in_another_folder() {
    let site = site();
    let first = site.build();
    let other = Site::new();
    for path in all(site.root()) {
        let to = other.root().join(path.strip_prefix(site.root()).expect("below"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::write(to, fs::read(&path).expect("bytes")).expect("written");
    }
    let built = other.build();
    assert_eq!(work(built.report()), [0; 4]);
    same(&built, &first);
    assert_eq!(work(other.build().report()), [0; 4]);
}

#[test]
fn a_cache_that_is_damaged_is_as_good_as_none() {
    let clean = site().file("content/news/one.md", "---\ntitle: Changed\ndate: 2001-01-01\n---\nText.\n").build();
    let site = site();
    site.build();
    let site = site.file("content/news/one.md", "---\ntitle: Changed\ndate: 2001-01-01\n---\nText.\n");
    let kept: BTreeMap<PathBuf, Vec<u8>> =
        cache(&site).into_iter().map(|path| (path.clone(), fs::read(path).expect("bytes"))).collect();
    assert!(kept.len() >= 4, "{:?}", kept.keys());
    for (damaged, bytes) in &kept {
        let cuts =
            [0, 1, 10, 40, bytes.len() / 2, bytes.len() - 1].map(|length| bytes[..length.min(bytes.len())].to_owned());
        let flipped = (0..40).map(|n| {
            let mut flipped = bytes.clone();
            let at = n * bytes.len() / 40;
            flipped[at] ^= 1 << (n % 8);
            flipped
        });
        let others = [b"someone else's".to_vec(), [bytes.clone(), vec![0; 100]].concat(), vec![255; bytes.len()]];
        for (number, wrong) in cuts.into_iter().chain(flipped).chain(others).enumerate() {
            for (path, bytes) in &kept {
                fs::write(path, if path == damaged { &wrong } else { bytes }).expect("written");
            }
            let built = site.build();
            let what = format!("{} in form {number}", damaged.display());
            assert!(built.files() == clean.files(), "{what}");
            assert_eq!(built.report().sorted(), clean.report().sorted(), "{what}");
            let output = site.root().join("public");
            if number % 8 == 0 {
                // Now every page asks for its body.
                fs::remove_dir_all(output).expect("removed");
                assert!(site.build().files() == clean.files(), "{what}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_among_the_files_of_the_cache_is_not_written_through() {
    let site = site();
    site.build();
    let mut links = cache(&site);
    links.extend(["stats.new", "builds.new", "parts.new"].map(|name| site.root().join(".byline").join(name)));
    for number in 0..6 {
        let pair = [format!("{number}.articles.new"), format!("{number}.bodies.new")];
        links.extend(pair.map(|name| site.root().join(".byline/memo").join(name)));
    }
    let before = fs::read(site.root().join("site.yaml")).expect("site.yaml");
    for link in links {
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(site.root().join("site.yaml"), &link).expect("a link");
    }
    let site = site.article("content/news/one.md", "title: One more\ndate: 2001-01-01");
    site.build();
    assert_eq!(fs::read(site.root().join("site.yaml")).expect("site.yaml"), before);
    assert_eq!(work(site.build().report()), [0; 4]);
}

#[test]
fn a_damaged_body_is_parsed_anew_where_a_page_needs_it() {
    let site = site();
    let first = site.build();
    let bodies = cache(&site).into_iter().find(|path| path.extension().is_some_and(|kind| kind == "bodies"));
    let bodies = bodies.expect("a file of bodies");
    let mut bytes = fs::read(&bodies).expect("bytes");
    bytes.iter_mut().for_each(|byte| *byte ^= 1);
    fs::write(&bodies, bytes).expect("written");
    fs::remove_dir_all(site.root().join("public")).expect("removed");
    same(&site.build(), &first);
    fs::remove_dir_all(site.root().join("public")).expect("removed");
    let again = site.build();
    assert_eq!(again.report().parsed, 4, "the damaged records are given up");
    same(&again, &first);
}

#[test]
fn what_is_no_longer_asked_for_is_dropped() {
    let text = |n: usize| format!("---\ntitle: One\ndate: 2001-01-01\n---\n{}\n", format!("Word {n}. ").repeat(2000));
    let mut site = Site::new().file("content/news/one.md", text(0));
    let size = |site: &Site| cache(site).iter().map(|path| fs::metadata(path).expect("a file").len()).sum::<u64>();
    site.build();
    let first = size(&site);
    for n in 1..20 {
        site = site.file("content/news/one.md", text(n));
        assert_eq!(site.build().report().parsed, 1);
    }
    assert!(size(&site) < 3 * first, "{first} bytes became {}", size(&site));
}

#[test]
fn a_build_with_errors_keeps_what_it_parsed() {
    let site = site().article("content/news/bad.md", "title: Bad\ndraft: no");
    site.fails_with(Code::WrongType);
    let site = site.article("content/news/bad.md", "title: Good\ndraft: false");
    assert_eq!(site.build().report().parsed, 1);
}

#[test]
fn a_fresh_build_takes_nothing_from_those_before() {
    let site = site();
    let first = site.build();
    let site = site.asking(|request| request.fresh = true);
    let fresh = site.build();
    same(&fresh, &first);
    assert_eq!(work(fresh.report()), [4, first.report().pages, 0, 0]);
    let site = site.asking(|request| request.fresh = false);
    assert_eq!(work(site.build().report()), [0; 4]);
}

#[test]
fn verification_finds_what_looks_untouched() {
    let site = site().asking(|request| request.verify = true);
    site.build();
    assert_eq!(work(site.build().report()), [0; 4]);
    // As old as what is trusted, and of the same size and time: only its bytes can tell.
    let path = site.root().join("public/news/one/index.html");
    let time = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time");
    let text = site.read("public/news/one/index.html").replacen("The text", "The TEXT", 1);
    std::thread::sleep(Duration::from_millis(20));
    fs::write(&path, text).expect("written");
    fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("a time");
    let (report, failure) = site.attempt();
    assert!(failure.is_none(), "{failure:?}");
    let found: Vec<_> = report.diagnostics.iter().filter(|note| note.code == Code::Verify).collect();
    assert_eq!(found.len(), 1, "{:?}", report.diagnostics);
    assert!(found[0].message.contains("`news/one/index.html`"), "{}", found[0].message);
    assert!(!site.root().join(".byline/verify").exists());
}
