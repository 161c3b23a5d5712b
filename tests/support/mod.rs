//! A small site goes in, and the finished files are asserted: the site is written to a folder of its own, built by the
//! pipeline, and read back.

// Each test crate uses the part that it needs.
#![allow(dead_code)]

pub mod photo;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use byline::model::code::Code;
use byline::model::diagnostic::{Diagnostic, Severity};
use byline::model::failure::Failure;
use byline::model::report::{Outcome, Report};
use byline::pipeline::{self, Request, Unobserved};
use scraper::{Html, Selector};

/// What site.yaml says where a test says nothing else. The theme has no templates of its own: the built-in ones show.
const DEFAULTS: &[(&str, &str)] =
    &[("title", "The Test Paper"), ("base_url", "https://paper.example/"), ("theme", "plain")];

/// A site in the making.
pub struct Site {
    folder: tempfile::TempDir,
    request: Request,
}

impl Site {
    /// An empty site, as it stands at the beginning of 2024.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let request = Request {
            output: root.join("public"),
            root,
            base_url: None,
            drafts: false,
            as_of: None,
            now: "2024-01-01T00:00:00Z".parse().expect("a moment"),
            strict: false,
            adopt: false,
            record: false,
            fresh: false,
            verify: false,
            page_limit: pipeline::PAGE_LIMIT,
        };
        Self { folder, request }.config("").file("themes/plain/theme.yaml", "name: plain\ntheme_api: 1\n")
    }

    /// Writes site.yaml anew: these lines, and defaults for the keys that they lack.
    pub fn config(self, lines: &str) -> Self {
        let given = |key: &str| lines.lines().any(|line| line.starts_with(&format!("{key}:")));
        let missing = DEFAULTS.iter().filter(|(key, _)| !given(key));
        let defaults: String = missing.map(|(key, value)| format!("{key}: {value}\n")).collect();
        self.file("site.yaml", format!("{defaults}{lines}\n"))
    }

    /// Writes a file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Writes a Markdown article: the lines of its front matter, and a body that repeats its title.
    pub fn article(self, path: &str, front: &str) -> Self {
        self.file(path, format!("---\n{front}\n---\nThe text of {path}.\n"))
    }

    /// Writes `count` articles `PREFIX001.md` ..., one a day from the first of January 2001 on.
    pub fn run_of(self, prefix: &str, count: usize, more: &str) -> Self {
        (1..=count).fold(self, |site, number| {
            let day = jiff::civil::date(2001, 1, 1) + jiff::Span::new().days(number as i64 - 1);
            site.article(&format!("{prefix}{number:03}.md"), &format!("title: Number {number}\ndate: {day}\n{more}"))
        })
    }

    /// Removes a file.
    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.root().join(path)).expect("a file to remove");
        self
    }

    /// Changes what is asked of the build.
    pub fn asking(mut self, change: impl FnOnce(&mut Request)) -> Self {
        change(&mut self.request);
        self
    }

    /// Builds the site as it stands at a moment.
    #[allow(clippy::wrong_self_convention, reason = "it is called as the flag is: --as-of")]
    pub fn as_of(self, moment: &str) -> Self {
        self.asking(|request| request.as_of = Some(moment.to_owned()))
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file of the site.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Builds, whatever comes of it.
    pub fn attempt(&self) -> (Report, Option<Failure>) {
        pipeline::build(&self.request, &Unobserved)
    }

    /// Builds a site that has no errors.
    pub fn build(&self) -> Built {
        let (report, failure) = self.attempt();
        assert!(failure.is_none(), "{failure:?}");
        assert_eq!(report.outcome, Outcome::Built, "{}", told(&report.sorted()));
        Built { files: files(&self.request.output), report }
    }

    /// Builds a site that has an error of this kind; gives all diagnostics in the order of the report. Nothing was published.
    pub fn fails_with(&self, code: Code) -> Vec<Diagnostic> {
        let before = files(&self.request.output);
        let (report, failure) = self.attempt();
        assert!(failure.is_none(), "{failure:?}");
        assert_eq!(report.outcome, Outcome::Stopped, "the build succeeded");
        let all = report.sorted();
        let fitting = all.iter().any(|one| one.code == code && one.severity == Severity::Error);
        assert!(fitting, "no error `{code}` among:\n{}", told(&all));
        assert!(before == files(&self.request.output), "a failed build changed the output");
        all.into_iter().cloned().collect()
    }

    /// The one diagnostic of a site that has this error and no other.
    pub fn fails_once_with(&self, code: Code) -> Diagnostic {
        let mut all = self.fails_with(code);
        assert_eq!(all.len(), 1, "{}", told(&all.iter().collect::<Vec<_>>()));
        all.remove(0)
    }
}

/// A finished site.
pub struct Built {
    files: BTreeMap<String, Vec<u8>>,
    report: Report,
}

impl Built {
    /// What the build reported.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The warnings of one kind, in the order of the report.
    pub fn warnings(&self, code: Code) -> Vec<&Diagnostic> {
        self.report.sorted().into_iter().filter(|one| one.code == code).collect()
    }

    /// All published files, by path.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The paths of all published files.
    pub fn paths(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }

    /// Whether there is a file at a path, or a page at an address that begins with `/`.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(&file_of(path))
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> &[u8] {
        let file = file_of(path);
        self.files.get(&file).unwrap_or_else(|| panic!("no {file} among {:#?}", self.paths()))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.bytes(path)).expect("UTF-8")
    }

    /// The page at an address.
    pub fn page(&self, url: &str) -> PageText {
        PageText { html: Html::parse_document(self.text(url)) }
    }

    /// The headlines that a list's page shows, in order.
    pub fn headlines(&self, url: &str) -> Vec<String> {
        self.page(url).texts(".card > .p-name")
    }

    /// The files that hold a text, or bear it in their path.
    pub fn naming(&self, text: &str) -> Vec<&str> {
        let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        let named = self.files.iter().filter(|(path, bytes)| path.contains(text) || holds(bytes));
        named.map(|(path, _)| path.as_str()).collect()
    }
}

/// A page as a browser reads it.
pub struct PageText {
    html: Html,
}

impl PageText {
    /// The texts of the elements that a selector finds, white space brought together.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let text = |element: scraper::ElementRef| element.text().collect::<String>();
        self.html.select(&css(selector)).map(|element| squeezed(&text(element))).collect()
    }

    /// The text of the one element that a selector finds.
    pub fn one(&self, selector: &str) -> String {
        let mut all = self.texts(selector);
        assert_eq!(all.len(), 1, "`{selector}` finds {all:?} in {}", self.html.html());
        all.remove(0)
    }

    /// The values of an attribute of the elements that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = css(selector);
        let found = self.html.select(&selector);
        found.filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
    }

    /// The value of an attribute of the one element that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        let mut all = self.attributes(selector, name);
        assert_eq!(all.len(), 1, "`{selector}` finds {all:?} in {}", self.html.html());
        all.remove(0)
    }

    /// The HTML within the one element that a selector finds.
    pub fn inner(&self, selector: &str) -> String {
        let found: Vec<String> = self.html.select(&css(selector)).map(|element| element.inner_html()).collect();
        assert_eq!(found.len(), 1, "`{selector}` in {}", self.html.html());
        found[0].trim().to_owned()
    }

    /// How many elements a selector finds.
    pub fn count(&self, selector: &str) -> usize {
        self.html.select(&css(selector)).count()
    }

    /// The structured data of the page.
    pub fn json_ld(&self) -> serde_json::Value {
        serde_json::from_str(&self.inner("script[type='application/ld+json']")).expect("JSON")
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file that serves an address; a path without its first `/` is taken as it stands.
fn file_of(path: &str) -> String {
    match path.strip_prefix('/') {
        Some(url) if url.is_empty() || url.ends_with('/') => format!("{url}index.html"),
        Some(url) => url.to_owned(),
        None => path.to_owned(),
    }
}

/// The published files of an output folder: all but the manifest.
pub fn files(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![output.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != ".byline-manifest") {
                let below = path.strip_prefix(output).expect("below").to_str().expect("UTF-8").to_owned();
                found.insert(below, fs::read(&path).expect("bytes"));
            }
        }
    }
    found
}

/// Diagnostics as a failing test shows them.
pub fn told(all: &[&Diagnostic]) -> String {
    let line = |one: &&Diagnostic| format!("{:?} {}: {} ({:?})\n", one.severity, one.code, one.message, one.mark);
    all.iter().map(line).collect()
}

/// The place of a diagnostic, as `path:line:column`.
pub fn place(diagnostic: &Diagnostic) -> String {
    let mark = diagnostic.mark.as_ref().expect("a place");
    let position = mark.position.map(|at| format!(":{}:{}", at.line, at.column));
    format!("{}{}", mark.path, position.unwrap_or_default())
}
