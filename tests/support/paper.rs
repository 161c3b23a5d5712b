//! A small paper before and after a change: what its output may look like while a build makes that change, and what it must be
//! afterwards.

// Each test crate uses the part that it needs.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::command::byline;

/// The build under test.
pub const BUILD: &[&str] = &["build", "--message-format", "json", "--as-of", "2024-06-01"];

/// The names that a build uses while it works, below the site's folder.
const TRACES: &[&str] = &["public/.byline-journal", "public/.byline-stage", ".public.byline-new"];

/// All names of an output, with the bytes of the files; the manifest, which holds times, is none of them.
type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// A change of the sources of a site.
type Edit = fn(&Path);

/// Where a build was in its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The change had not begun: the output is the old one.
    Before,
    /// The journal was in force.
    Within,
    /// The output is the new one.
    After,
}

/// One change of a paper, ready to be built any number of times.
pub struct Case {
    /// What changed.
    pub name: &'static str,
    /// The sources after the change, and the output from before it.
    laid: TempDir,
    old: Option<Tree>,
    new: Tree,
}

/// A first build, and changes of every kind.
pub fn cases() -> Vec<Case> {
    let edits: [(&'static str, Edit); 6] = [
        ("an article edited", |site| put(site, "content/news/story-07.md", &article(7, "A New Title"))),
        ("an article renamed", |site| {
            fs::rename(site.join("content/news/story-07.md"), site.join("content/sport/match-07.md"))
                .expect("a rename");
        }),
        ("an article deleted", |site| fs::remove_file(site.join("content/news/story-10.md")).expect("a deletion")),
        ("the stylesheet changed", |site| put(site, "themes/paper/static/paper.css", "body { color: navy }\n")),
        ("the title of the paper changed", |site| put(site, "site.yaml", &config("The Evening Paper"))),
        ("everything changed", |site| {
            put(site, "site.yaml", &config("The Evening Paper"));
            put(site, "themes/paper/static/paper.css", "body { color: navy }\n");
            put(site, "static/added.txt", "added\n");
            fs::rename(site.join("content/sport"), site.join("content/games")).expect("a rename");
            put(site, "content/news/story-99.md", &article(99, "The Newest"));
        }),
    ];
    let first = std::iter::once(Case::first("a first build"));
    first.chain(edits.into_iter().map(|(name, edit)| Case::of(name, edit))).collect()
}

impl Case {
    /// A first build.
    pub fn first(name: &'static str) -> Self {
        let laid = site();
        let new = clean(laid.path());
        Self { name, laid, old: None, new }
    }

    /// A build after an edit.
    pub fn of(name: &'static str, edit: impl Fn(&Path)) -> Self {
        let laid = site();
        byline(laid.path(), BUILD).code(0);
        let old = tree(&laid.path().join("public"));
        edit(laid.path());
        let new = clean(laid.path());
        assert!(old != new, "{name}: the edit changes nothing");
        Self { name, laid, old: Some(old), new }
    }

    /// Whether the output is not there before.
    pub fn is_first(&self) -> bool {
        self.old.is_none()
    }

    /// The site in a folder of its own, ready to be built.
    pub fn lay(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        copy(self.laid.path(), folder.path());
        folder
    }

    /// Demands that the output is what readers may see at some instant of the build.
    #[track_caller]
    pub fn check(&self, site: &Path, told: &str) -> Phase {
        let output = site.join("public");
        let Some(old) = &self.old else {
            if !output.exists() {
                return Phase::Before;
            }
            assert_same(&tree(&output), &self.new, told);
            return Phase::After;
        };
        if output.join(".byline-journal").exists() {
            mixed(&tree(&output), old, &self.new, told);
            return Phase::Within;
        }
        let manifest = |site: &Path| fs::read(site.join("public/.byline-manifest")).expect("a manifest");
        let begun = manifest(site) != manifest(self.laid.path());
        assert_same(&tree(&output), if begun { &self.new } else { old }, told);
        if begun { Phase::After } else { Phase::Before }
    }

    /// Demands that a build makes the output what a clean build makes, has nothing to remark, and leaves nothing beside it.
    #[track_caller]
    pub fn completes(&self, site: &Path, told: &str) {
        let run = byline(site, BUILD);
        assert_eq!(run.code, 0, "{told}\n{}{}", run.out, run.err);
        assert_eq!(run.notes(), Vec::<String>::new(), "{told}");
        self.is_new(site, told);
    }

    /// Demands that the output is what a clean build makes, with nothing beside it.
    #[track_caller]
    pub fn is_new(&self, site: &Path, told: &str) {
        assert_same(&tree(&site.join("public")), &self.new, told);
        leaves_nothing(site, told);
    }

    /// Demands that another build finds nothing to do.
    #[track_caller]
    pub fn rests(&self, site: &Path, told: &str) {
        let json = byline(site, BUILD).code(0).json();
        assert_eq!((json["written"].as_u64(), json["removed"].as_u64()), (Some(0), Some(0)), "{told}");
    }
}

/// Demands that no build left what it uses while it works.
#[track_caller]
pub fn leaves_nothing(site: &Path, told: &str) {
    for name in TRACES {
        assert!(fs::symlink_metadata(site.join(name)).is_err(), "{told}: {name} is left");
    }
}

/// Copies a folder with all times.
fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().expect("cp runs");
    assert!(done.success());
}

/// What a build of these sources makes where nothing stood before.
fn clean(site: &Path) -> Tree {
    let folder = tempfile::tempdir().expect("a folder");
    copy(site, folder.path());
    for name in ["public", ".byline"] {
        let _ = fs::remove_dir_all(folder.path().join(name));
    }
    byline(folder.path(), BUILD).code(0);
    tree(&folder.path().join("public"))
}

/// All names of an output but those that Byline keeps for itself.
fn tree(output: &Path) -> Tree {
    let own = |name: &str| name.starts_with(".byline");
    let entries = WalkDir::new(output).min_depth(1).into_iter();
    let entries = entries.filter_entry(|entry| !entry.file_name().to_str().is_some_and(own)).map(|entry| {
        let entry = entry.expect("an entry");
        let name = entry.path().strip_prefix(output).expect("below").to_str().expect("UTF-8").to_owned();
        (name, entry.file_type().is_file().then(|| fs::read(entry.path()).expect("bytes")))
    });
    entries.collect()
}

#[track_caller]
fn assert_same(found: &Tree, expected: &Tree, told: &str) {
    let differ = |name: &&String| found.get(*name) != expected.get(*name);
    let names: Vec<_> = found.keys().chain(expected.keys()).filter(differ).collect();
    assert!(names.is_empty(), "{told}: these differ: {names:?}");
}

/// Demands that each file of an output in the midst of a change is wholly old or wholly new, and that nothing is missing that
/// its readers need.
#[track_caller]
fn mixed(found: &Tree, old: &Tree, new: &Tree, told: &str) {
    for (name, bytes) in found {
        assert!(old.get(name) == Some(bytes) || new.get(name) == Some(bytes), "{told}: {name} is neither old nor new");
    }
    for name in old.keys().filter(|name| new.contains_key(*name)) {
        assert!(found.contains_key(name), "{told}: {name} is missing");
    }
    let pages = found.iter().filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes.as_ref()?).ok()?)));
    for (name, text) in pages {
        let lasting = old.contains_key(name) && new.contains_key(name);
        let targets = match name.as_str() {
            name if name.ends_with(".html") => links(text, lasting),
            "sitemap.xml" => addresses(text),
            _ => Vec::new(),
        };
        for target in targets {
            assert!(found.contains_key(&file(target)), "{told}: {name} refers to {target}, which is missing");
        }
    }
}

/// The addresses within the site that a page refers to: of its stylesheets, scripts and images; of other pages, too, if readers
/// can reach the page itself. Feeds are announced after the pages.
fn links(page: &str, reached: bool) -> Vec<&str> {
    let values = ["href=\"/", "src=\"/"].into_iter().flat_map(|start| page.split(start).skip(1));
    let values = values.filter_map(|rest| rest.split(['"', '#', '?']).next());
    let wanted = |link: &&str| match link.rsplit_once('.') {
        Some((_, "xml" | "json")) => false,
        Some((_, extension)) if !extension.contains('/') => true,
        _ => reached,
    };
    values.filter(wanted).collect()
}

/// The addresses that a sitemap announces.
fn addresses(sitemap: &str) -> Vec<&str> {
    let locations = sitemap.split("<loc>https://paper.example/").skip(1);
    locations.filter_map(|rest| rest.split("</loc>").next()).collect()
}

/// The file that serves an address.
fn file(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() }
}

/// A paper of 60 articles in three sections, with a theme whose stylesheet and script bear a fingerprint.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path();
    put(site, "site.yaml", &config("The Morning Paper"));
    put(site, "themes/paper/theme.yaml", "name: paper\ntheme_api: 1\n");
    let styles = "{% extends \"builtin/base.html\" %}\n{% block styles %}\n\
        <link rel=\"stylesheet\" href=\"{{ site.assets[\"paper.css\"] }}\">\n\
        <script src=\"{{ site.assets[\"paper.js\"] }}\" defer></script>\n{% endblock styles %}\n";
    put(site, "themes/paper/templates/base.html", styles);
    put(site, "themes/paper/static/paper.css", "body { color: black }\n");
    put(site, "themes/paper/static/paper.js", "document.title += \"\";\n");
    put(site, "static/robots-not.txt", "static\n");
    for number in 1..=60 {
        let section = ["news", "sport", "arts"][number / 3 % 3];
        let section = if number == 7 || number == 10 { "news" } else { section };
        put(site, &format!("content/{section}/story-{number:02}.md"), &article(number, &format!("Story {number}")));
    }
    folder
}

fn config(title: &str) -> String {
    format!("title: {title}\nbase_url: https://paper.example/\ntheme: paper\npagination: {{size: 10}}\n")
}

fn article(number: usize, title: &str) -> String {
    let (month, day) = (number / 20 % 4 + 1, number % 20 + 1);
    format!(
        "---\ntitle: {title}\ndate: 2024-{month:02}-{day:02}\nauthors: [Desk {}]\ntags: [Tag {}, Tag {}]\n---\n\
        The text of story {number}.\n\nIts second paragraph.\n",
        number % 4,
        number % 5,
        number % 7
    )
}

fn put(site: &Path, path: &str, text: &str) {
    let path = site.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
