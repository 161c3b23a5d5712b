//! Collections of other generators go in, and the sites that they become are built and read: `byline import` as its users meet it.

#[path = "../support/command.rs"]
mod command;

mod hostile;
mod hugo;
mod jekyll;
mod large;
mod pelican;
mod refusals;
mod text;
mod zola;

use std::fs;
use std::path::{Path, PathBuf};

use command::byline;
use tempfile::TempDir;

/// A collection in the making.
pub struct Source {
    folder: TempDir,
}

#[allow(clippy::new_without_default, reason = "a test begins with it, and says so")]
impl Source {
    /// An empty one.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("source")).expect("a folder");
        Self { folder }
    }

    /// Writes a file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// The collection's folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    /// The folder of all.
    pub fn above(&self) -> &Path {
        self.folder.path()
    }

    /// Imports the collection, and builds the site that came of it as it stands in the year 2030.
    #[track_caller]
    pub fn import(self, from: &str) -> Imported {
        let run =
            byline(self.above(), &["import", from, "source", "site", "--message-format", "json", "--quiet"]).code(0);
        let report = run.json();
        let site = self.above().join("site");
        let built =
            byline(&site, &["build", "--as-of", "2030-01-01", "--message-format", "json", "--quiet"]).code(0).json();
        Imported { source: self, report, built }
    }
}

/// A site that came of a collection.
pub struct Imported {
    source: Source,
    /// The importer's report.
    pub report: serde_json::Value,
    /// The report of the build.
    pub built: serde_json::Value,
}

impl Imported {
    /// A file of the site.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let path = self.source.above().join("site").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Whether the site has a file.
    pub fn has(&self, path: &str) -> bool {
        self.source.above().join("site").join(path).exists()
    }

    /// The page at an address.
    #[track_caller]
    pub fn page(&self, url: &str) -> String {
        let index = if url.ends_with('/') { "index.html" } else { "" };
        self.read(&format!("public{url}{index}"))
    }

    /// The importer's notes, each as `code path:line: message`, in the order of the report.
    pub fn notes(&self) -> Vec<String> {
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let note = |one: &serde_json::Value| {
            let [code, path, line, message] = ["code", "path", "line", "message"].map(|key| text(&one[key]));
            format!("{code} {path}:{line}: {message}")
        };
        self.report["diagnostics"].as_array().expect("a list").iter().map(note).collect()
    }

    /// The number under a key of the importer's report.
    pub fn count(&self, key: &str) -> u64 {
        self.report[key].as_u64().expect("a number")
    }

    /// Demands a note that has all these words.
    #[track_caller]
    pub fn notes_that(&self, words: &[&str]) {
        let notes = self.notes();
        let found = notes.iter().any(|note| words.iter().all(|word| note.contains(word)));
        assert!(found, "no note has {words:?} among\n{}", notes.join("\n"));
    }
}
