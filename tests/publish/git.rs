//! A branch of a bare git repository.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use crate::backend::{BASIC, Backend, PASSWORD, USER};
use crate::disk::Disk;
use crate::paper::{End, Files, Paper};
use crate::peer::{self, Peer};

/// A bare repository with the branch `gh-pages`.
struct Branch {
    paper: Paper,
    remote: PathBuf,
}

impl Branch {
    fn new(more: &str) -> Self {
        let paper = Paper::new(&format!("{{kind: git, remote: ../remote.git{more}}}"));
        let remote = paper.beside("remote.git");
        git(&paper, &["init", "--quiet", "--bare", "--initial-branch=main", &remote.to_string_lossy()]);
        Self { paper, remote }
    }

    fn remote(&self, arguments: &[&str]) -> String {
        let folder = self.remote.to_string_lossy().into_owned();
        git(&self.paper, &[&["-C", &folder], arguments].concat())
    }

    fn tip(&self) -> String {
        self.remote(&["rev-parse", "gh-pages"]).trim().to_owned()
    }

    fn commits(&self) -> usize {
        self.remote(&["rev-list", "--count", "gh-pages"]).trim().parse().expect("a number")
    }
}

impl Peer for Branch {
    fn paper(&self) -> &Paper {
        &self.paper
    }

    fn found(&self) -> Files {
        let mut files = tree(&self.remote);
        files.remove(".nojekyll");
        files.remove("CNAME");
        files
    }
}

/// Runs git, and gives what it prints.
#[track_caller]
fn git(paper: &Paper, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").expect("a path"))
        .env("HOME", paper.home());
    for (name, value) in [("AUTHOR_NAME", "The Desk"), ("AUTHOR_EMAIL", "desk@paper.example")] {
        command.env(format!("GIT_{name}"), value).env(format!("GIT_{}", name.replace("AUTHOR", "COMMITTER")), value);
    }
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The files of the branch.
fn tree(remote: &Path) -> Files {
    tree_of(remote, "gh-pages")
}

/// The files of a commit.
fn tree_of(remote: &Path, commit: &str) -> Files {
    let run =
        |arguments: &[&str]| Command::new("git").arg("-C").arg(remote).args(arguments).output().expect("git runs");
    let listed = run(&["ls-tree", "-r", "-z", "--name-only", commit]);
    let listed = String::from_utf8(listed.stdout).expect("UTF-8");
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    paths.map(|path| (path.to_owned(), run(&["cat-file", "blob", &format!("{commit}:{path}")]).stdout)).collect()
}

#[test]
fn editions() {
    let branch = Branch::new("");
    peer::editions(&branch);
    assert!(tree(&branch.remote).contains_key(".nojekyll"));
    // First, edited, removed, restyled, edited again: each one commit; those without a change, none.
    assert_eq!(branch.commits(), 5);
    let message = branch.remote(&["log", "-1", "--format=%B", "gh-pages~3"]);
    assert!(message.starts_with("Publish The Morning Paper: 0 added, "), "{message}");
    assert!(message.contains("https://paper.example/\n"), "{message}");
    branch.remote(&["fsck", "--strict"]);
}

#[test]
fn history_may_be_squashed() {
    let branch = Branch::new(", history: squash, cname: www.paper.example");
    peer::editions(&branch);
    assert_eq!(branch.commits(), 1);
    assert_eq!(tree(&branch.remote)["CNAME"], b"www.paper.example\n");
    branch.remote(&["fsck", "--strict"]);
}

#[test]
fn a_clone_on_another_machine_goes_on_from_the_remote() {
    let branch = Branch::new("");
    branch.paper.build();
    branch.publish().code(0);
    let before = branch.tip();
    for _ in 0..2 {
        fs::remove_dir_all(branch.paper.site().join(".byline/publish")).expect("removed");
        branch.publish().code(0).unchanged();
        assert_eq!(branch.tip(), before);
    }
    branch.paper.change();
    branch.paper.build();
    fs::remove_dir_all(branch.paper.site().join(".byline/publish")).expect("removed");
    branch.publish().code(0);
    peer::is_out(&branch, "from another machine");
    assert_eq!(branch.remote(&["rev-parse", "gh-pages~1"]).trim(), before);
    branch.remote(&["fsck", "--strict"]);
}

#[test]
fn the_sites_own_repository_is_not_touched() {
    let branch = Branch::new("");
    let paper = &branch.paper;
    let site = paper.site().to_string_lossy().into_owned();
    let own = |arguments: &[&str]| git(paper, &[&["-C", &site], arguments].concat());
    own(&["init", "--quiet", "--initial-branch=main"]);
    own(&["remote", "add", "origin", &branch.remote.to_string_lossy()]);
    // How a remote is reached is said in the site's repository: so workflows give it their credentials.
    own(&["config", &format!("url.{}/.insteadOf", paper.beside("").display()), "https://git.paper.example/"]);
    paper.target("{kind: git}");
    paper.put(".gitignore", "/public\n/.byline\n");
    own(&["add", "."]);
    own(&["commit", "--quiet", "-m", "The paper"]);
    paper.put("content/half-done.md", "Not staged.\n");
    paper.put("content/staged.md", "---\ntitle: Staged\ndraft: true\n---\nStaged.\n");
    own(&["add", "content/staged.md"]);
    paper.build();
    let look = || {
        let git = paper.site().join(".git");
        let mut files = crate::paper::files(&git);
        files.remove("index");
        (files, own(&["status", "--porcelain"]), own(&["stash", "list"]), own(&["for-each-ref"]))
    };
    let before = look();
    branch.publish().code(0);
    assert!(before == look(), "the repository of the site was touched");
    peer::is_out(&branch, "to the remote `origin`");
    paper.target("{kind: git, remote: \"https://git.paper.example/remote.git\"}");
    paper.build();
    branch.publish().code(0).unchanged();
    let commit = own(&["rev-parse", "HEAD"]);
    let message = branch.remote(&["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.contains(commit.trim()), "{message}");
}

#[test]
fn what_others_pushed_is_safe() {
    let branch = Branch::new("");
    let paper = &branch.paper;
    let clone = paper.beside("clone").to_string_lossy().into_owned();
    let theirs = |arguments: &[&str]| git(paper, &[&["-C", &clone], arguments].concat());
    git(paper, &["clone", "--quiet", &branch.remote.to_string_lossy(), &clone]);
    theirs(&["checkout", "--quiet", "-b", "gh-pages"]);
    fs::write(Path::new(&clone).join("theirs.txt"), "theirs").expect("a file");
    theirs(&["add", "."]);
    theirs(&["commit", "--quiet", "-m", "Theirs"]);
    theirs(&["push", "--quiet", "origin", "gh-pages"]);
    let before = branch.tip();
    paper.build();
    branch.publish().code(1).says("was not made by Byline").says("adopt: true");
    assert_eq!(branch.tip(), before);
    paper.target("{kind: git, remote: ../remote.git, adopt: true}");
    branch.publish().code(0);
    peer::is_out(&branch, "adopted");
    assert_eq!(branch.remote(&["rev-parse", "gh-pages~1"]).trim(), before, "their commit stays in the history");
    // A domain that was set at the host stays.
    theirs(&["pull", "--quiet", "--no-rebase", "origin", "gh-pages"]);
    fs::write(Path::new(&clone).join("CNAME"), "www.paper.example\n").expect("a file");
    theirs(&["add", "."]);
    theirs(&["commit", "--quiet", "-m", "Create CNAME"]);
    theirs(&["push", "--quiet", "origin", "gh-pages"]);
    paper.article(2, "Another text");
    paper.build();
    branch.publish().code(0);
    assert_eq!(tree(&branch.remote)["CNAME"], b"www.paper.example\n");
}

/// A `git` on the path that is killed together with its caller: at the n-th call, before it does anything or after it did.
fn cutting(paper: &Paper, number: usize, after: bool) -> PathBuf {
    let folder = paper.beside("bin");
    let real = crate::server::program("git").expect("git is installed");
    let count = paper.beside("calls");
    let _ = fs::remove_file(&count);
    fs::create_dir_all(&folder).expect("a folder");
    let (real, count) = (real.display(), count.display());
    let end = format!("'{real}' \"$@\" <&0; kill -9 $PPID; exit 1");
    let end = if after { end } else { "kill -9 $PPID; exit 1".to_owned() };
    let script = format!(
        "#!/bin/sh\necho x >> '{count}'\nif [ \"$(wc -l < '{count}')\" -eq {number} ]; then {end}; fi\nexec '{real}' \"$@\"\n"
    );
    let path = folder.join("git");
    fs::write(&path, script).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    folder
}

#[test]
fn a_publish_that_is_cut_at_any_call_is_resumed() {
    for after in [false, true] {
        let branch = Branch::new("");
        branch.paper.build();
        branch.publish().code(0);
        for number in 1.. {
            branch.paper.article(2, &format!("Version {number} {after}"));
            branch.paper.restyle(&format!("#{number:06}"));
            branch.paper.build();
            let commits = branch.commits();
            let folder = cutting(&branch.paper, number, after);
            let path = format!("{}:{}", folder.display(), std::env::var("PATH").expect("a path"));
            let end = branch.paper.publish(&[("PATH".to_owned(), path)]);
            assert!(branch.commits() <= commits + 1);
            branch.publish().code(0);
            peer::is_out(&branch, &format!("cut at call {number}"));
            assert_eq!(branch.commits(), commits + 1, "one commit for one edition, cut at call {number}");
            if end.code == Some(0) {
                assert!(number > 8, "{number} calls only");
                break;
            }
        }
        branch.remote(&["fsck", "--strict"]);
    }
}

#[test]
fn a_remote_that_refuses_is_named_and_no_secret_is_shown() {
    let branch = Branch::new("");
    branch.paper.build();
    branch.publish().code(0);
    let before = branch.tip();
    branch.paper.change();
    branch.paper.build();
    hook(&branch, "pre-receive", "#!/bin/sh\necho 'fatal: no space left on device' >&2\nexit 1\n");
    branch.publish().code(3).says("t: git cannot push to").says("no space left");
    assert_eq!(branch.tip(), before);
    fs::remove_file(branch.remote.join("hooks/pre-receive")).expect("removed");
    branch.publish().code(0);
    peer::is_out(&branch, "after a refusal");

    for remote in ["https://desk:s3cret-word@127.0.0.1:1/paper.git", "http://t0ken-of-mine@127.0.0.1:1/paper.git"] {
        branch.paper.target(&format!("{{kind: git, remote: \"{remote}\"}}"));
        branch.publish().code(3).says("127.0.0.1").hides(&["s3cret-word", "t0ken-of-mine"]);
    }
    branch.paper.target("{kind: git, remote: ../nowhere.git}");
    branch.publish().code(3).says("nowhere.git");
    branch.paper.target("{kind: git, remote: upstream}");
    branch.publish().code(3).says("has no remote `upstream`");
}

#[test]
fn a_dry_run_sends_nothing() {
    let branch = Branch::new("");
    branch.paper.build();
    branch.publish().code(0);
    let before = branch.tip();
    branch.paper.change();
    branch.paper.build();
    let mut command = branch.paper.publishing(&[]);
    command.arg("--dry-run");
    let end = End::of(command).code(0);
    assert_eq!(end.published()["dry_run"], true);
    assert!(!end.paths("removed").is_empty());
    assert_eq!(branch.tip(), before);
}

/// Has the host put the branch out whenever it changes, as hosts do: into a new folder, then a link turns.
fn put_out_by_the_host(branch: &Branch) -> PathBuf {
    let live = branch.paper.beside("live");
    let script = format!(
        "#!/bin/sh\nset -e\ncd \"$GIT_DIR\"\nnew='{}'-$(git rev-parse gh-pages)\nmkdir \"$new\"\n\
         git archive gh-pages | tar -x -C \"$new\"\nln -s \"$new\" '{0}.new'\nmv -T '{0}.new' '{0}'\n",
        live.display()
    );
    hook(branch, "post-receive", &script);
    live
}

fn hook(branch: &Branch, name: &str, script: &str) {
    let path = branch.remote.join("hooks").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, script).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
}

#[test]
fn a_reader_at_a_host_that_checks_the_branch_out_never_meets_a_page_without_its_assets() {
    let branch = Branch::new("");
    let live = put_out_by_the_host(&branch);
    peer::readers(&branch, |path| fs::read(live.join(path)).ok());
    let mut found = crate::paper::files(&fs::canonicalize(&live).expect("it is out"));
    found.remove(".nojekyll");
    found.retain(|path, _| !crate::paper::is_printed(path));
    let mut output = branch.paper.output();
    output.retain(|path, _| !crate::paper::is_printed(path));
    assert!(found == output, "the host shows something else");
}

#[test]
fn the_branch_is_a_whole_site_at_every_look() {
    let branch = Branch::new("");
    branch.paper.build();
    branch.publish().code(0);
    let seen = crate::reader::looking(
        || tree_of(&branch.remote, branch.tip().as_str()),
        || {
            for number in 1..=4 {
                branch.paper.article(6, &format!("Version {number}"));
                branch.paper.restyle(&format!("#00000{number}"));
                branch.paper.build();
                branch.publish().code(0);
            }
        },
    );
    assert!(seen > 0, "the reader read nothing");
    peer::is_out(&branch, "at the end");
}

#[test]
fn a_full_disk_at_the_remote_leaves_the_branch_as_it_was() {
    let paper = Paper::new("{kind: git, remote: ../full/remote.git}");
    let Some(_disk) = Disk::mount(&paper.beside("full"), "512k") else { return };
    let remote = paper.beside("full/remote.git");
    git(&paper, &["init", "--quiet", "--bare", "--initial-branch=main", "--template=", &remote.to_string_lossy()]);
    let branch = Branch { paper, remote };
    branch.paper.build();
    branch.publish().code(0);
    let (before, files) = (branch.tip(), branch.found());
    // Random enough that no compression makes it small.
    let noise: String = (0..60_000_u64).map(|n| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    branch.paper.put("static/noise.txt", &noise);
    branch.paper.change();
    branch.paper.build();
    branch.publish().code(3).says("t: git cannot push to").says("No space left");
    assert_eq!(branch.tip(), before);
    assert!(branch.found() == files, "the branch lost something");
    fs::remove_file(branch.paper.site().join("static/noise.txt")).expect("removed");
    branch.paper.build();
    branch.publish().code(0);
    peer::is_out(&branch, "after a full disk");
    assert_eq!(branch.remote(&["rev-parse", "gh-pages~1"]).trim(), before);
    branch.remote(&["fsck", "--strict"]);
}

#[test]
fn a_host_that_asks_for_a_password_gets_it_from_git_and_nobody_sees_it() {
    let branch = Branch::new("");
    branch.remote(&["config", "http.receivepack", "true"]);
    let host = Backend::serve(branch.paper.beside(""));
    let (paper, port) = (&branch.paper, host.port);
    let secrets = [PASSWORD, BASIC];
    let edition = |told: &str| {
        paper.article(2, told);
        paper.build();
        let end = branch.publish().code(0).hides(&secrets);
        peer::is_out(&branch, told);
        assert!(!end.paths("added").is_empty() || !end.paths("changed").is_empty(), "{told}");
        for (path, bytes) in crate::paper::files(&paper.site().join(".byline")) {
            for secret in secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{told}: {path} holds a secret");
            }
        }
    };
    // In the address, the plainest and worst of all places.
    paper.target(&format!("{{kind: git, remote: \"http://{USER}:{PASSWORD}@127.0.0.1:{port}/remote.git\"}}"));
    edition("with the password in the address");
    // From a helper of the site's repository, and from a header in its settings, as workflows have it.
    paper.target(&format!("{{kind: git, remote: \"http://127.0.0.1:{port}/remote.git\"}}"));
    let site = paper.site().to_string_lossy().into_owned();
    let own = |arguments: &[&str]| git(paper, &[&["-C", &site], arguments].concat());
    own(&["init", "--quiet", "--initial-branch=main"]);
    let helper = format!("!printf 'username={USER}\\npassword={PASSWORD}\\n'; :");
    own(&["config", "credential.helper", &helper]);
    edition("with the password from a helper");
    own(&["config", "--unset", "credential.helper"]);
    own(&["config", &format!("http.http://127.0.0.1:{port}/.extraheader"), &format!("Authorization: Basic {BASIC}")]);
    edition("with a header");
    // More than git sends in one piece.
    paper.put(
        "static/large.txt",
        &(0..400_000_u64).map(|n| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect::<String>(),
    );
    edition("with a large file");
    own(&["config", "--unset", &format!("http.http://127.0.0.1:{port}/.extraheader")]);
    let before = branch.tip();
    paper.article(2, "Not let in");
    paper.build();
    branch.publish().code(3).says("could not read Username").says("git's credentials");
    let wrong = "an0ther-word";
    paper.target(&format!("{{kind: git, remote: \"http://{USER}:{wrong}@127.0.0.1:{port}/remote.git\"}}"));
    branch.publish().code(3).says("uthentication failed").hides(&[wrong]);
    assert_eq!(branch.tip(), before);
    assert!(host.served.load(Ordering::Relaxed) > 0 && host.refused.load(Ordering::Relaxed) > 0);
}
