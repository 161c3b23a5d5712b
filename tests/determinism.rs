//! One site, one output: whatever the number of threads, the folder, the time zone, the locale, or the order of the files.

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::files;

/// Where a build happens.
struct Setting {
    jobs: &'static str,
    zone: &'static str,
    locale: &'static str,
    /// Whether the site's files are written last to first.
    backwards: bool,
}

const SETTINGS: &[Setting] = &[
    Setting { jobs: "1", zone: "UTC", locale: "C", backwards: false },
    Setting { jobs: "2", zone: "Asia/Kathmandu", locale: "tr_TR.UTF-8", backwards: true },
    Setting { jobs: "8", zone: "America/St_Johns", locale: "de_DE.UTF-8", backwards: false },
];

/// A site with something of everything whose order or form could depend on the surroundings.
fn site() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut put = |path: &str, text: String| files.push((path.to_owned(), text));
    put(
        "site.yaml",
        "title: The Test Paper\nbase_url: https://paper.example/\ntimezone: Asia/Hong_Kong\npagination: {size: 7}\n\
         feeds: {atom: true, json: true, rss: true}\nsearch: {recency: 365}\ntaxonomies: [places]\nextra: {z: 1, a: 2, m: {q: 1, b: 2}}\n\
         menus:\n  main:\n    - {name: Archive, url: /archive/}\n  footer:\n    - {name: Tags, url: /tags/}\n"
            .to_owned(),
    );
    put("content/authors.yaml", "desk-1:\n  name: Istanbul Desk\n  aliases: [I Desk]\n".to_owned());
    put("content/tags.yaml", "Islands:\n  synonyms: [ISLES]\n  match: true\nTide:\n  broader: Islands\n".to_owned());
    put("static/extra.txt", "As it is.\n".to_owned());
    put("data/table.csv", "name,value\nb,2\na,1\n".to_owned());
    for number in 0..60 {
        let day = 1 + number % 28;
        let tags = ["Islands", "isles", "INSIDE", "Tide", "ıssız", "Çay"];
        let (one, two) = (tags[number % 6], tags[(number * 5 + 1) % 6]);
        let section = ["world", "INDEX", "world/asia", "culture"][number % 4];
        put(
            &format!("content/{section}/story-{number}.md"),
            format!(
                "---\ntitle: IT IS Story {number}\ndate: 2019-{:02}-{day:02} 23:30\ntags: [{one}, {two}]\nplaces: [Pier {}]\n\
                 author: Desk {}\nseries: Run {}\nextra: {{zeta: 1, alpha: 2}}\n---\nThe tide came to the islands.\n\n\
                 ```rust\nlet x = {number};\n```\n\n[Next](story-{}.md)\n",
                1 + number % 3,
                number % 5,
                number % 4,
                number % 3,
                if number >= 4 { number - 4 } else { number },
            ),
        );
        put(
            &format!("content/archive-desk/text-{number}.txt"),
            format!(
                "Letters from the islands\n\nPUBLISHED : Thursday, 26 October, 2017, 12:{:02}pm\n\nIT IS Story {number}\n\nInside text.\n",
                number
            ),
        );
    }
    files
}

/// Builds the site in a folder of its own; the published files, and what was reported.
fn build(setting: &Setting) -> (BTreeMap<String, Vec<u8>>, String) {
    let folder = tempfile::Builder::new().prefix(&format!("jobs-{}-", setting.jobs)).tempdir().expect("a folder");
    let mut all = site();
    if setting.backwards {
        all.reverse();
    }
    for (path, text) in all {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let report = run(folder.path(), setting);
    (files(&folder.path().join("public")), report)
}

fn run(folder: &Path, setting: &Setting) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["build", "--as-of", "2024-01-01", "--message-format", "json", "--jobs", setting.jobs])
        .current_dir(folder)
        .env("TZ", setting.zone)
        .envs([("LC_ALL", setting.locale), ("LANG", setting.locale)])
        .output()
        .expect("byline");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{report}");
    let (before, after) = report.split_once("\"duration_ms\":").expect("a duration");
    format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[test]
fn surroundings_leave_no_trace() {
    let (first, first_report) = build(&SETTINGS[0]);
    assert!(first.len() > 250, "only {} files", first.len());
    for setting in &SETTINGS[1..] {
        let (other, report) = build(setting);
        assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "with {} threads", setting.jobs);
        for (path, bytes) in &first {
            let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[path]));
            assert!(bytes == &other[path], "{path} with {} threads:\n{a}\n---\n{b}", setting.jobs);
        }
        assert_eq!(first_report, report, "with {} threads", setting.jobs);
    }
}

#[test]
fn a_second_build_is_the_same() {
    let (first, _) = build(&SETTINGS[0]);
    let (second, _) = build(&SETTINGS[0]);
    assert!(first == second);
}

#[test]
fn no_path_of_the_machine_is_published() {
    let (files, _) = build(&SETTINGS[0]);
    let here = env!("CARGO_MANIFEST_DIR");
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(here) && !text.contains("jobs-1-"), "{path}");
    }
}
