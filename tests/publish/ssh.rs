//! A server on this machine: sshd, with a key and a configuration of its own, and rsync.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::disk::Disk;
use crate::paper::{End, Files, Paper, difference, files};
use crate::peer::{self, Peer};
use crate::server::{Server, free_port, program};

/// A folder of a server.
struct Host {
    paper: Paper,
    seen: PathBuf,
    _server: Server,
}

impl Host {
    /// A server with a folder that is changed in place; `None` where there is no sshd or no rsync.
    fn in_place() -> Option<Self> {
        Self::with("", "www")
    }

    fn releases() -> Option<Self> {
        Self::with(", releases: 2", "www/current")
    }

    fn with(more: &str, seen: &str) -> Option<Self> {
        let (sshd, _, _) = (program("sshd")?, program("ssh")?, program("rsync")?);
        let paper = Paper::new("{kind: archive, path: x.zip}");
        let www = paper.beside("www");
        paper.target(&format!("{{kind: ssh, host: peer, path: {}, config: ../ssh/config{more}}}", www.display()));
        let port = free_port();
        Self::configure(&paper, port);
        let mut command = Command::new(sshd);
        command.args(["-D", "-e", "-f"]).arg(paper.beside("ssh/sshd_config"));
        let server = Server::start(command, port);
        Some(Self { seen: paper.beside(seen), paper, _server: server })
    }

    /// Keys and configurations of both sides.
    fn configure(paper: &Paper, port: u16) {
        let folder = paper.beside("ssh");
        fs::create_dir_all(&folder).expect("a folder");
        // Where sshd locks itself in as root, it wants a folder of its own.
        let _ = fs::create_dir_all("/run/sshd");
        for name in ["host", "desk", "stranger"] {
            let key = folder.join(name);
            let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
            assert!(made.expect("ssh-keygen runs").success());
        }
        let own = |name: &str| folder.join(name).display().to_string();
        fs::copy(folder.join("desk.pub"), folder.join("authorized_keys")).expect("a copy");
        let public = fs::read_to_string(folder.join("host.pub")).expect("a key");
        fs::write(folder.join("known_hosts"), format!("[127.0.0.1]:{port} {public}")).expect("a file");
        let server = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\n\
             UsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nMaxStartups 100\n",
            own("host"),
            own("authorized_keys")
        );
        fs::write(folder.join("sshd_config"), server).expect("a file");
        for (name, key) in [("config", "desk"), ("stranger_config", "stranger")] {
            let user = std::env::var("USER").unwrap_or_else(|_| "root".to_owned());
            let client = format!(
                "Host peer\n  HostName 127.0.0.1\n  Port {port}\n  User {user}\n  IdentityFile {}\n  IdentitiesOnly yes\n  \
                 UserKnownHostsFile {}\n",
                own(key),
                own("known_hosts")
            );
            fs::write(folder.join(name), client).expect("a file");
        }
    }
}

impl Peer for Host {
    fn paper(&self) -> &Paper {
        &self.paper
    }

    fn found(&self) -> Files {
        let seen = fs::canonicalize(&self.seen).unwrap_or(self.seen.clone());
        let mut files = files(&seen);
        files.retain(|path, _| !path.starts_with(".byline"));
        files
    }
}

fn each(test: impl Fn(Host)) {
    for host in [Host::in_place(), Host::releases()].into_iter().flatten() {
        test(host);
    }
}

#[test]
fn editions() {
    each(|host| peer::editions(&host));
}

/// The number and the time of change of each file: rsync puts another file in the place of one that changed.
fn looks(folder: &Path) -> Vec<(String, u64)> {
    use std::os::unix::fs::MetadataExt;
    files(folder)
        .into_keys()
        .map(|path| (path.clone(), fs::metadata(folder.join(path)).expect("a file").ino()))
        .collect()
}

#[test]
fn only_what_changed_is_sent() {
    each(|host| {
        host.paper.build();
        host.publish().code(0);
        let look = || looks(&fs::canonicalize(&host.seen).expect("a folder"));
        let (before, output) = (look(), host.paper.output());
        host.publish().code(0).unchanged();
        assert_eq!(look(), before);
        host.paper.article(3, "An edited text");
        host.paper.build();
        host.publish().code(0);
        let [added, changed, _] = difference(&output, &host.paper.output());
        let mut touched: Vec<String> =
            look().into_iter().filter(|look| !before.contains(look)).map(|look| look.0).collect();
        touched.retain(|path| path != ".byline-published");
        let mut expected = [added, changed].concat();
        expected.sort_unstable();
        assert_eq!(touched, expected);
    });
}

#[test]
fn readers_never_miss_an_asset() {
    each(|host| {
        let seen = host.seen.clone();
        peer::readers(&host, move |path| fs::read(seen.join(path)).ok());
    });
}

/// An `ssh` and an `rsync` on the path that are killed together with their caller once the n-th call of either did its work: the
/// caller does not hear that it did.
fn cutting(paper: &Paper, number: usize) -> String {
    let (folder, count) = (paper.beside("bin"), paper.beside("calls"));
    let _ = fs::remove_file(&count);
    fs::create_dir_all(&folder).expect("a folder");
    for name in ["ssh", "rsync"] {
        let real = program(name).expect("it is installed");
        let (real, count) = (real.display(), count.display());
        let script = format!(
            "#!/bin/sh\necho x >> '{count}'\nif [ \"$(wc -l < '{count}')\" -eq {number} ]; then\n  '{real}' \"$@\"\n  \
             kill -9 $PPID\n  exit 1\nfi\nexec '{real}' \"$@\"\n"
        );
        fs::write(folder.join(name), script).expect("a file");
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).expect("a program");
    }
    format!("{}:{}", folder.display(), std::env::var("PATH").expect("a path"))
}

fn cut_everywhere(host: &Host) {
    host.paper.build();
    host.publish().code(0);
    for number in 1.. {
        host.paper.article(2, &format!("Version {number}"));
        host.paper.restyle(&format!("#{number:06}"));
        if number % 2 == 0 {
            host.paper.article(5, "Here again")
        } else {
            host.paper.remove(5)
        }
        host.paper.build();
        let path = cutting(&host.paper, number);
        let end = host.paper.publish(&[("PATH".to_owned(), path)]);
        host.publish().code(0);
        peer::is_out(host, &format!("cut at call {number}"));
        if end.code == Some(0) {
            assert!(number > 6, "{number} calls only");
            break;
        }
    }
}

#[test]
fn a_publish_in_place_that_is_cut_at_any_call_is_resumed() {
    if let Some(host) = Host::in_place() {
        cut_everywhere(&host);
    }
}

#[test]
fn a_release_that_is_cut_at_any_call_is_resumed() {
    if let Some(host) = Host::releases() {
        cut_everywhere(&host);
        // What was cut short leaves nothing behind.
        let names = fs::read_dir(host.paper.beside("www/releases")).expect("a folder").flatten();
        assert!(names.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().starts_with('.')));
    }
}

#[test]
fn rollback_goes_back_and_the_next_publish_goes_on() {
    let Some(host) = Host::releases() else { return };
    host.paper.build();
    host.publish().code(0);
    let first = host.found();
    host.paper.change();
    host.paper.build();
    host.publish().code(0);
    assert_ne!(host.found(), first);
    let back = || End::of(host.paper.byline(&["publish", "--rollback", "--message-format", "json"]));
    assert_eq!(back().code(0).published()["rolled_back"], true);
    assert_eq!(host.found(), first);
    back().code(1).says("no release before");
    host.publish().code(0);
    peer::is_out(&host, "after going back");
}

#[test]
fn a_server_that_refuses_or_is_not_there_is_named() {
    let Some(host) = Host::in_place() else { return };
    host.paper.build();
    let path = host.paper.beside("www");
    host.paper.target(&format!("{{kind: ssh, host: peer, path: {}, config: ../ssh/stranger_config}}", path.display()));
    host.publish().code(3).says("t: the folder `").says("Permission denied");
    assert!(!path.exists());
    host.paper.target(&format!("{{kind: ssh, host: peer, port: 1, path: {}, config: ../ssh/config}}", path.display()));
    host.publish().code(3).says("Connection refused");
    let config = host.paper.beside("ssh/known_hosts");
    let other = fs::read_to_string(&config).expect("a file").replace("AAAA", "AAAB");
    fs::write(&config, other).expect("a file");
    host.paper.target(&format!("{{kind: ssh, host: peer, path: {}, config: ../ssh/config}}", path.display()));
    host.publish().code(3).says("Host key verification failed");
}

#[test]
fn files_of_others_are_safe() {
    let Some(host) = Host::in_place() else { return };
    host.paper.build();
    fs::create_dir_all(&host.seen).expect("a folder");
    fs::write(host.seen.join("mine.txt"), "mine").expect("a file");
    host.publish().code(1).says("`mine.txt`");
    assert_eq!(files(&host.seen).len(), 1);
}

#[test]
fn a_full_disk_is_named_and_the_next_publish_goes_on() {
    for host in [Host::in_place(), Host::releases()].into_iter().flatten() {
        let Some(_disk) = Disk::mount(&host.paper.beside("www"), "1m") else { return };
        host.paper.build();
        host.publish().code(0);
        let before = host.found();
        host.paper.put("static/large.txt", &"large ".repeat(400_000));
        host.paper.article(2, "Another text");
        host.paper.build();
        let end = host.publish().code(3).says("t: the folder `");
        assert!(end.err.contains("No space left") || end.err.contains("may be full"), "{}", end.err);
        let mut found = host.found();
        found.retain(|path, _| before.contains_key(path));
        assert!(found == before, "pages changed though their assets did not come");
        fs::remove_file(host.paper.site().join("static/large.txt")).expect("removed");
        host.paper.build();
        host.publish().code(0);
        peer::is_out(&host, "after a full disk");
    }
}
