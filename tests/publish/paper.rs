//! A small paper with a stylesheet, pictures and a redirect, and the changes that are made to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

/// All files of a place, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The template that links the theme's stylesheet.
const STYLES: &str = "{% extends \"builtin/base.html\" %}\n{% block styles %}\n\
    <link rel=\"stylesheet\" href=\"{{ site.assets[\"paper.css\"] }}\">\n{% endblock styles %}\n";

/// The paper's folder, and room beside it.
pub struct Paper {
    folder: TempDir,
}

impl Paper {
    /// A paper with a target `t`: the lines that follow its name, indented.
    pub fn new(target: &str) -> Self {
        let paper = Self { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(paper.home()).expect("a folder");
        paper.target(target);
        paper.put("themes/paper/theme.yaml", "name: paper\ntheme_api: 1\n");
        paper.put("themes/paper/templates/base.html", STYLES);
        paper.put("themes/paper/static/paper.css", "body { color: black }\n");
        paper.put("static/robots-not.txt", "static\n");
        for number in 1..=6 {
            paper.article(number, "The text");
        }
        paper
    }

    /// Writes site.yaml with a target `t`.
    pub fn target(&self, target: &str) {
        let site = "title: The Morning Paper\nbase_url: https://paper.example/\ntheme: paper\npagination: {size: 4}\n";
        self.put("site.yaml", &format!("{site}publish:\n  t: {target}\n"));
    }

    /// Writes an article: a bundle with a picture, reached by a former address, too.
    pub fn article(&self, number: usize, text: &str) {
        let front = format!("title: Story {number}\ndate: 2024-01-0{number}\naliases: [/old/{number}/]");
        self.put(
            &format!("content/news/story-{number}/index.md"),
            &format!("---\n{front}\n---\n{text} of story {number}.\n\n![A plan](plan.svg)\n"),
        );
        let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{number}\" height=\"1\"/>\n");
        self.put(&format!("content/news/story-{number}/plan.svg"), &picture);
    }

    /// Removes an article.
    pub fn remove(&self, number: usize) {
        fs::remove_dir_all(self.site().join(format!("content/news/story-{number}"))).expect("it is removed");
    }

    /// Removes an article if it is there.
    pub fn withdraw(&self, number: usize) {
        let _ = fs::remove_dir_all(self.site().join(format!("content/news/story-{number}")));
    }

    /// Gives the paper another stylesheet.
    pub fn restyle(&self, colour: &str) {
        self.put("themes/paper/static/paper.css", &format!("body {{ color: {colour} }}\n"));
    }

    /// An article edited, one removed, another stylesheet: a change with everything in it.
    pub fn change(&self) {
        self.article(2, "Another text");
        self.remove(5);
        self.restyle("navy");
    }

    /// The site's folder.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A place beside the site.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The home of whoever publishes.
    pub fn home(&self) -> PathBuf {
        self.beside("home")
    }

    /// Writes a file of the site.
    pub fn put(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The files of the output that are for readers.
    pub fn output(&self) -> Files {
        let mut files = files(&self.site().join("public"));
        files.retain(|path, _| !path.starts_with(".byline"));
        files
    }

    /// The program, in the site's folder, with an environment of its own.
    pub fn byline(&self, arguments: &[&str]) -> Command {
        self.through(Command::new(env!("CARGO_BIN_EXE_byline")), arguments)
    }

    /// The program, started by another one.
    pub fn through(&self, mut command: Command, arguments: &[&str]) -> Command {
        command.current_dir(self.site()).args(arguments);
        command.env_clear().env("HOME", self.home()).env("LC_ALL", "C.UTF-8");
        command.env("PATH", std::env::var_os("PATH").expect("a path"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Builds.
    pub fn build(&self) {
        End::of(self.byline(&["build", "--quiet"])).code(0);
    }

    /// Publishes what was built, with an environment.
    pub fn publish(&self, environment: &[(String, String)]) -> End {
        End::of(self.publishing(environment))
    }

    /// The command that publishes what was built.
    pub fn publishing(&self, environment: &[(String, String)]) -> Command {
        let mut command = self.byline(&["publish", "t", "--no-build", "--message-format", "json"]);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// How the program ended.
pub struct End {
    /// The exit code; `None` if it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl End {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Self {
        Self::from(command.output().expect("it starts"))
    }

    /// Waits for a command that was started.
    pub fn wait(child: Child) -> Self {
        Self::from(child.wait_with_output().expect("it ends"))
    }

    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Demands an exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}{}", self.out, self.err);
        self
    }

    /// Demands a text on standard error.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no `{text}` in\n{}", self.err);
        self
    }

    /// Demands that texts are nowhere.
    #[track_caller]
    pub fn hides(self, secrets: &[&str]) -> Self {
        for secret in secrets {
            assert!(!self.err.contains(secret) && !self.out.contains(secret), "{secret} in\n{}{}", self.out, self.err);
        }
        self
    }

    /// What was published, as the report has it.
    #[track_caller]
    pub fn published(&self) -> Value {
        let report: Value = serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.out));
        report["published"][0].clone()
    }

    /// The paths of one kind of change.
    #[track_caller]
    pub fn paths(&self, kind: &str) -> Vec<String> {
        let published = self.published();
        let paths = published[kind].as_array().unwrap_or_else(|| panic!("no {kind} in {}", self.out));
        let mut paths: Vec<String> = paths.iter().map(|path| path.as_str().expect("a path").to_owned()).collect();
        paths.sort_unstable();
        paths
    }

    /// Demands that nothing was to do.
    #[track_caller]
    pub fn unchanged(self) -> Self {
        for kind in ["added", "changed", "removed"] {
            assert_eq!(self.paths(kind), Vec::<String>::new(), "{kind}");
        }
        self
    }
}

/// All files below a folder.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
        // A reader may look on while files come and go.
        if let Ok(bytes) = fs::read(entry.path()) {
            files.insert(path, bytes);
        }
    }
    files
}

/// The paths that differ from one state to another: added, changed, removed.
pub fn difference(old: &Files, new: &Files) -> [Vec<String>; 3] {
    let added = new.keys().filter(|path| !old.contains_key(*path)).cloned().collect();
    let changed = new.iter().filter(|(path, bytes)| old.get(*path).is_some_and(|old| old != *bytes));
    let removed = old.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
    [added, changed.map(|(path, _)| path.clone()).collect(), removed]
}

/// Whether a path is that of a stylesheet with a fingerprint.
pub fn is_printed(path: &str) -> bool {
    path.starts_with("paper-") && path.ends_with(".css")
}
