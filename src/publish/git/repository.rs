//! A repository of Byline's own, and what is asked of `git` in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::stream::WORK;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::pipeline::Observer;
use crate::publish::process::{Input, redacted, run, said};
use crate::publish::retry::{Attempt, persist};
use crate::publish::trouble::Trouble;

/// Who commits, where git does not know it.
const NOBODY: &str = "Byline <byline@localhost>";

/// Variables that would lead git to another repository: hooks set them.
const STRAY: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG_COUNT",
];

/// Settings of the site's repository that the way to its remotes depends on.
const SETTINGS: &str = r"^(http|credential|url|core\.sshcommand|core\.gitproxy|ssh)";

/// What a refusal of a remote says that no other attempt will change.
const FINAL: &[&str] = &[
    "authentication failed",
    "could not read username",
    "could not read password",
    "permission denied",
    "permission to",
    "access denied",
    "403",
    "401",
    "not found",
    "does not exist",
    "does not appear to be a git repository",
    "host key verification failed",
    "rejected",
    "unable to create temporary file",
    "no space left",
];

/// A file in a tree of git's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its mode: `100644`, `120000`.
    mode: String,
    /// The digest that git gives it.
    blob: String,
}

impl Entry {
    /// An ordinary file.
    pub fn file(blob: String) -> Self {
        Self { mode: "100644".to_owned(), blob }
    }

    /// By what two entries are compared.
    pub fn digest(&self) -> Digest {
        Digest::of(format!("{} {}", self.mode, self.blob).as_bytes())
    }
}

/// The repository.
pub struct Repository {
    folder: PathBuf,
    root: PathBuf,
    /// The remote's address.
    pub url: String,
    /// Settings of the site's repository.
    settings: Vec<(String, String)>,
}

impl Repository {
    /// Opens the repository, which is made if need be. `remote` is an address, or the name of a remote of the site's own.
    pub fn open(root: &Path, folder: &Path, remote: &str) -> Result<Self, Trouble> {
        let site = |arguments: &[&str]| run(git().current_dir(root).args(arguments), Input::Nothing);
        let named = site(&["remote", "get-url", "--push", "--", remote])?;
        let url = match named.status.success() {
            true => text(&named),
            false if is_name(remote) => {
                return Err(Trouble::remote(format!("the site's repository has no remote `{remote}`"))
                    .hint("write `remote:` and an address into the target, or add the remote with `git remote add`"));
            }
            false => remote.to_owned(),
        };
        // A relative path counts from the site's folder.
        let url = if !url.contains(':') && root.join(&url).exists() {
            root.join(&url).to_string_lossy().into_owned()
        } else {
            url
        };
        let found = site(&["config", "--local", "--includes", "-z", "--get-regexp", SETTINGS])?;
        let found = String::from_utf8_lossy(&found.stdout);
        let settings = found.split('\0').filter_map(|setting| {
            let (key, value) = setting.split_once('\n')?;
            Some((key.to_owned(), value.to_owned()))
        });
        let repository = Self { folder: folder.to_owned(), root: root.to_owned(), url, settings: settings.collect() };
        if !folder.join("HEAD").is_file() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::new("create the folder", folder, error))?;
            let made = run(git().args(["init", "--quiet", "--bare", "--template="]).arg(folder), Input::Nothing)?;
            repository.good(made, "make a repository in")?;
        }
        Ok(repository)
    }

    /// `git`, in this repository, with the settings of the site's.
    fn git(&self) -> Command {
        let mut command = git();
        command.arg("--git-dir").arg(&self.folder);
        let own = [("core.autocrlf", "false"), ("gc.autoDetach", "false"), ("transfer.unpackLimit", "1")];
        let settings = self.settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain(own);
        let mut count = 0;
        for (key, value) in settings {
            // In the environment, where other users of the machine do not see them.
            command.env(format!("GIT_CONFIG_KEY_{count}"), key).env(format!("GIT_CONFIG_VALUE_{count}"), value);
            count += 1;
        }
        command.env("GIT_CONFIG_COUNT", count.to_string());
        command
    }

    fn ask<S: AsRef<OsStr>>(&self, arguments: &[S], attempt: &str) -> Result<Output, Trouble> {
        let output = run(self.git().args(arguments), Input::Nothing)?;
        self.good(output, attempt)
    }

    /// What a program left, if it ended well.
    fn good(&self, output: Output, attempt: &str) -> Result<Output, Trouble> {
        if output.status.success() { Ok(output) } else { Err(self.trouble(&output, attempt)) }
    }

    fn trouble(&self, output: &Output, attempt: &str) -> Trouble {
        Trouble::remote(format!("git cannot {attempt} {}: {}", redacted(&self.url), said(output)))
            .hint("see to the network and to git's credentials; the next `byline publish` tries again")
    }

    /// Asks the remote something, more than once if need be.
    fn ask_remote(
        &self,
        arguments: &[&str],
        attempt: &str,
        observer: Option<&dyn Observer>,
    ) -> Result<Output, Trouble> {
        persist(observer, || {
            let output = run(self.git().args(arguments), Input::Nothing).map_err(Attempt::Never)?;
            if output.status.success() {
                return Ok(output);
            }
            let words = String::from_utf8_lossy(&output.stderr).to_lowercase();
            let trouble = self.trouble(&output, attempt);
            let is_final = FINAL.iter().any(|word| words.contains(word)) || self.is_local();
            Err(if is_final { Attempt::Never(trouble) } else { Attempt::Again(trouble) })
        })
    }

    /// Whether the remote is a folder of this machine.
    fn is_local(&self) -> bool {
        !self.url.contains(':') || self.url.starts_with("file:")
    }

    /// The commit that a branch of the remote ends with.
    pub fn tip(&self, reference: &str) -> Result<Option<String>, Trouble> {
        let output = self.ask_remote(&["ls-remote", "--", &self.url, reference], "read", None)?;
        let line = |line: &str| {
            line.split_once('\t').filter(|(_, name)| *name == reference).map(|(commit, _)| commit.to_owned())
        };
        Ok(text(&output).lines().find_map(line))
    }

    /// Fetches a commit, without those before it, unless it is here.
    pub fn fetch(&self, commit: &str, reference: &str) -> Result<(), Trouble> {
        let here = run(self.git().args(["cat-file", "-e", &format!("{commit}^{{tree}}")]), Input::Nothing)?;
        if here.status.success() && self.ask(&["rev-list", "--objects", "--max-count=1", commit], "read").is_ok() {
            return Ok(());
        }
        let arguments =
            ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--", &self.url, reference];
        self.ask_remote(&arguments, "fetch from", None).map(drop)
    }

    /// The tree of a commit.
    pub fn tree(&self, commit: &str) -> Result<String, Trouble> {
        Ok(text(&self.ask(&["rev-parse", "--verify", &format!("{commit}^{{tree}}")], "read")?))
    }

    /// The message of a commit.
    pub fn message(&self, commit: &str) -> Result<String, Trouble> {
        Ok(text(&self.ask(&["log", "-1", "--format=%B", commit], "read")?))
    }

    /// The files of a commit.
    pub fn entries(&self, commit: &str) -> Result<BTreeMap<String, Entry>, Trouble> {
        let output = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit], "read")?;
        let entry = |line: &str| {
            let (about, path) = line.split_once('\t')?;
            let mut words = about.split(' ');
            let (mode, _, blob) = (words.next()?, words.next()?, words.next()?);
            Some((path.to_owned(), Entry { mode: mode.to_owned(), blob: blob.to_owned() }))
        };
        Ok(String::from_utf8_lossy(&output.stdout).split('\0').filter_map(entry).collect())
    }

    /// The digests that git gives to some files.
    pub fn hash(&self, paths: &[PathBuf]) -> Result<Vec<String>, Trouble> {
        let mut input = Vec::new();
        for path in paths {
            input.extend_from_slice(path.as_os_str().as_encoded_bytes());
            input.push(b'\n');
        }
        let output = run(self.git().args(["hash-object", "--no-filters", "--stdin-paths"]), Input::Bytes(input))?;
        let output = self.good(output, "prepare files for")?;
        let blobs: Vec<String> = text(&output).lines().map(str::to_owned).collect();
        if blobs.len() == paths.len() { Ok(blobs) } else { Err(self.trouble(&output, "prepare files for")) }
    }

    /// The digest that git gives to some bytes.
    pub fn hash_bytes(&self, bytes: &[u8]) -> Result<String, Trouble> {
        let output = run(self.git().args(["hash-object", "--no-filters", "--stdin"]), Input::Bytes(bytes.to_vec()))?;
        Ok(text(&self.good(output, "prepare files for")?))
    }

    /// Whether a file's name has the fingerprint of its content. Only names that look so have their content read.
    pub fn is_fingerprinted(&self, path: &str, entry: &Entry) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let Some((_, print)) = stem.rsplit_once('-') else { return false };
        let hexadecimal = print.len() == 8 && print.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal
            && self
                .ask(&["cat-file", "blob", &entry.blob], "read")
                .is_ok_and(|output| Digest::of(&output.stdout).short() == print)
    }

    /// Who commits, and when, as `fast-import` wants it.
    pub fn author(&self) -> String {
        let known = run(git().current_dir(&self.root).args(["var", "GIT_COMMITTER_IDENT"]), Input::Nothing);
        match known {
            Ok(output) if output.status.success() => text(&output),
            _ => format!("{NOBODY} {} +0000", jiff::Timestamp::now().as_second()),
        }
    }

    /// The commit of the site's own repository that is checked out, if there is one.
    pub fn source(&self) -> Option<String> {
        let output =
            run(git().current_dir(&self.root).args(["rev-parse", "--verify", "--quiet", "HEAD"]), Input::Nothing)
                .ok()?;
        output.status.success().then(|| text(&output))
    }

    /// A file for a stream of `fast-import`: it may be larger than memory, and goes when it is closed.
    pub fn scratch(&self) -> Result<File, Failure> {
        tempfile::tempfile_in(&self.folder).map_err(|error| Failure::new("create a file in", &self.folder, error))
    }

    /// Makes a commit from a stream of `fast-import`, and gives its name.
    pub fn import(&self, stream: File) -> Result<String, Trouble> {
        let arguments = ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"];
        let output = run(self.git().args(arguments), Input::File(stream))?;
        self.good(output, "make a commit for")?;
        Ok(text(&self.ask(&["rev-parse", "--verify", WORK], "make a commit for")?))
    }

    /// Pushes a commit to a branch that ends with `tip`.
    pub fn push(
        &self,
        commit: &str,
        reference: &str,
        tip: Option<&str>,
        observer: &dyn Observer,
    ) -> Result<(), Trouble> {
        let lease = format!("--force-with-lease={reference}:{}", tip.unwrap_or_default());
        let refspec = format!("{commit}:{reference}");
        self.ask_remote(
            &["push", "--quiet", "--no-verify", &lease, "--", &self.url, &refspec],
            "push to",
            Some(observer),
        )
        .map(drop)
    }

    /// Packs what has gathered, now and then. What fails here is tried again by the next publish.
    pub fn tidy(&self) {
        let _ = run(self.git().args(["gc", "--auto", "--quiet"]), Input::Nothing);
    }
}

/// `git` that asks nobody anything.
fn git() -> Command {
    let mut command = Command::new("git");
    for name in STRAY {
        command.env_remove(name);
    }
    command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

/// Whether a remote is a name, not an address.
fn is_name(remote: &str) -> bool {
    !remote.contains([':', '/', '\\'])
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}
