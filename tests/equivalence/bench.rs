//! What a sequence works on: the site's folder, what is asked of the builds, and what was done to both.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::RwLock;

use byline::model::failure::Failure;
use byline::model::report::Report;
use byline::pipeline::{self, Observer, Request};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::dice::Dice;

/// The files that a site is made from.
pub type Inputs = BTreeMap<String, Vec<u8>>;

/// What changes while a build is under way: at the begin of which stage, and which files, to what; `None` removes one.
pub type Interruption = (&'static str, Vec<(PathBuf, Option<Vec<u8>>)>);

/// Held for writing while a process starts: it begins with all files of this one open, locks included, and closes them a moment
/// later.
pub static STARTING: RwLock<()> = RwLock::new(());

/// What is asked of a build.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Which of two outputs.
    pub output: usize,
    pub drafts: bool,
    pub strict: bool,
    pub record: bool,
    pub base_url: Option<&'static str>,
    /// The moment as of which the site is built, if it is not the present.
    pub as_of: Option<String>,
    pub now: String,
}

/// A site that is edited.
pub struct Bench {
    pub dice: Dice,
    pub asked: Asked,
    /// Where all of it lies: a folder for each copy of the site, and things that were put aside.
    pub folder: TempDir,
    /// The site.
    pub root: PathBuf,
    /// How many copies of the site there have been.
    pub copies: usize,
    /// How many articles were added.
    pub added: usize,
    /// Whether files of each output were changed by someone else since it was built.
    pub tampered: [bool; 2],
    /// Whether files were added to each output, or its manifest is gone.
    pub occupied: [bool; 2],
    /// Whether the cache was ever harmed.
    pub cache_harmed: bool,
    /// An edit that is to be made while the next build is under way: at the begin of a stage, these files change.
    pub meanwhile: Option<Interruption>,
}

impl Bench {
    /// A folder with nothing in it.
    pub fn new(seed: u64) -> Self {
        // One half on a disk, with its times and numbers of files; one half in memory, which is much faster.
        let folder = if seed.is_multiple_of(2) { memory() } else { tempfile::tempdir().expect("a folder") };
        let root = folder.path().join("site-0");
        fs::create_dir(&root).expect("a folder");
        let asked = Asked {
            output: 0,
            drafts: false,
            strict: false,
            record: false,
            base_url: None,
            as_of: None,
            now: "2024-03-01T12:00:00Z".to_owned(),
        };
        Self {
            dice: Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)),
            asked,
            folder,
            root,
            copies: 0,
            added: 0,
            tampered: [false; 2],
            occupied: [false; 2],
            cache_harmed: false,
            meanwhile: None,
        }
    }

    /// A file of the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Whether there is a file.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).is_file()
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        let bytes = fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        put(&self.path(path), bytes.as_ref());
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Moves a file or folder.
    pub fn rename(&self, from: &str, to: &str) {
        let to = self.path(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::rename(self.path(from), to).unwrap_or_else(|error| panic!("{from}: {error}"));
    }

    /// The files below a folder that have one of these extensions; all if none is given.
    pub fn files(&self, folder: &str, extensions: &[&str]) -> Vec<String> {
        let fits = |path: &String| {
            extensions.is_empty() || extensions.iter().any(|extension| path.ends_with(&format!(".{extension}")))
        };
        let all = all(&self.path(folder)).into_iter();
        all.map(|path| path.strip_prefix(&self.root).expect("below").to_str().expect("UTF-8").to_owned())
            .filter(fits)
            .collect()
    }

    /// One of a list, if there is any.
    pub fn pick<T>(&mut self, mut list: Vec<T>) -> Option<T> {
        if list.is_empty() { None } else { Some(list.swap_remove(self.dice.place(list.len()))) }
    }

    /// All that the site is made from.
    pub fn inputs(&self) -> Inputs {
        let below = |path: PathBuf| path.strip_prefix(&self.root).expect("below").to_str().expect("UTF-8").to_owned();
        let own = all(&self.root).into_iter().map(|path| (below(path.clone()), path));
        let own = own.filter(|(name, _)| !name.starts_with("public/") && !name.starts_with(".byline/"));
        own.map(|(name, path)| (name, fs::read(path).expect("bytes"))).collect()
    }

    /// Makes the site what it was, file by file.
    pub fn restore(&self, inputs: &Inputs) {
        let now = self.inputs();
        for path in now.keys().filter(|path| !inputs.contains_key(*path)) {
            self.remove(path);
        }
        for (path, bytes) in inputs.iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)) {
            self.write(path, bytes);
        }
    }

    /// The output that is asked for.
    pub fn output(&self) -> PathBuf {
        if self.asked.output == 0 { self.path("public") } else { self.folder.path().join("other") }
    }

    /// Builds the site, with an edit in the midst of it if there is to be one.
    pub fn build(&mut self, adopt: bool) -> (Report, Option<Failure>) {
        let request = Request { adopt, ..request(&self.root, &self.output(), &self.asked) };
        let edit = Meanwhile(std::sync::Mutex::new(self.meanwhile.take()));
        build(&request, &edit)
    }
}

/// A build is asked for.
pub fn request(root: &Path, output: &Path, asked: &Asked) -> Request {
    Request {
        root: root.to_owned(),
        output: output.to_owned(),
        base_url: asked.base_url.map(str::to_owned),
        drafts: asked.drafts,
        as_of: asked.as_of.clone(),
        now: asked.now.parse().expect("a moment"),
        strict: asked.strict,
        adopt: false,
        record: asked.record,
        fresh: false,
        verify: false,
        page_limit: pipeline::PAGE_LIMIT,
    }
}

/// Builds while no process is being started.
pub fn build(request: &Request, observer: &dyn Observer) -> (Report, Option<Failure>) {
    let _calm = STARTING.read().expect("nobody panicked");
    pipeline::build(request, observer)
}

/// Edits a site while it is being built.
struct Meanwhile(std::sync::Mutex<Option<Interruption>>);

impl Observer for Meanwhile {
    fn begin(&self, stage: &'static str, _: usize) {
        let mut edit = self.0.lock().expect("one thread");
        if edit.as_ref().is_some_and(|(at, _)| *at == stage) {
            for (path, bytes) in edit.take().expect("it is there").1 {
                match bytes {
                    Some(bytes) => put(&path, &bytes),
                    None => fs::remove_file(&path).expect("a file to remove"),
                }
            }
        }
    }

    fn step(&self) {}
}

/// A new folder in memory, if the system has a place there: file systems on disks take their time with many files that are soon
/// deleted.
pub fn memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// Writes a file; one that is there keeps its inode.
pub fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// All files below a folder, sorted.
pub fn all(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path).collect()
}
