//! Two S3 servers: moto's, which knows conditions and holds them, and s3s-fs, which checks signatures.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::Command;

use crate::disk::Disk;
use crate::paper::{End, Files, Paper, files};
use crate::peer::{self, Peer};
use crate::proxy::{Cut, Proxy};
use crate::server::{Server, free_port, program};

const KEY: &str = "AKEYOFTHEDESK";
const SECRET: &str = "a-secret-of-the-desk/which+nobody-sees";
/// Who asks, for a server that checks no signature.
const WHO: &str = "Authorization: AWS4-HMAC-SHA256 Credential=DESK/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n";
const SHEET: &str = ".byline-published";

/// What kind of server it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Moto,
    S3sFs,
}

/// A bucket.
struct Bucket {
    paper: Paper,
    proxy: Proxy,
    server: Server,
    kind: Kind,
    /// Where s3s-fs keeps its objects.
    disk: PathBuf,
}

impl Bucket {
    /// A bucket at a server of its own; `None` where that server is not installed.
    fn open(kind: Kind) -> Option<Self> {
        Self::with_disk(kind, |paper| {
            let disk = paper.beside("disk");
            fs::create_dir_all(&disk).expect("a folder");
            disk
        })
    }

    fn with_disk(kind: Kind, disk: impl FnOnce(&Paper) -> PathBuf) -> Option<Self> {
        let port = free_port();
        let paper = Paper::new("{kind: archive, path: x.zip}");
        let disk = disk(&paper);
        let command = match kind {
            Kind::Moto => {
                let mut moto = Command::new(program("moto_server")?);
                moto.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
                moto
            }
            Kind::S3sFs => {
                let mut s3s = Command::new(program("s3s-fs")?);
                s3s.args([
                    "--host",
                    "127.0.0.1",
                    "--port",
                    &port.to_string(),
                    "--access-key",
                    KEY,
                    "--secret-key",
                    SECRET,
                ]);
                s3s.arg(&disk).env("RUST_LOG", "error");
                s3s
            }
        };
        let server = Server::start(command, port);
        match kind {
            Kind::Moto => assert_eq!(http(port, "PUT", "/paper").0, 200),
            Kind::S3sFs => fs::create_dir(disk.join("paper")).expect("a bucket"),
        }
        let proxy = Proxy::to(port);
        let bucket = Self { paper, proxy, server, kind, disk };
        bucket.target("");
        Some(bucket)
    }

    fn target(&self, more: &str) {
        let port = self.proxy.port;
        self.paper.target(&format!("{{kind: s3, bucket: paper, endpoint: \"http://127.0.0.1:{port}\"{more}}}"));
    }

    /// The files below a prefix.
    fn below(&self, prefix: &str) -> Files {
        let mut found = match self.kind {
            Kind::S3sFs => {
                let mut found = files(&self.disk.join("paper"));
                found.retain(|path, _| !path.rsplit('/').next().is_some_and(|name| name.starts_with(".bucket-")));
                found
            }
            Kind::Moto => {
                let (_, _, list) = http(self.server.port, "GET", "/paper?list-type=2&max-keys=1000");
                let list = String::from_utf8(list).expect("UTF-8");
                let keys = list.split("<Key>").skip(1).map(|part| part.split("</Key>").next().unwrap_or_default());
                keys.map(|key| (key.to_owned(), http(self.server.port, "GET", &format!("/paper/{key}")).2)).collect()
            }
        };
        found.remove(&format!("{prefix}{SHEET}"));
        found.into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix(prefix)?.to_owned(), bytes))).collect()
    }
}

impl Peer for Bucket {
    fn paper(&self) -> &Paper {
        &self.paper
    }

    fn environment(&self) -> Vec<(String, String)> {
        let set = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("NO_PROXY", "*")];
        set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn found(&self) -> Files {
        self.below("")
    }
}

/// One request: status, head, body.
fn http(port: u16, method: &str, path: &str) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
    let head = format!("{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{WHO}Content-Length: 0\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("it is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, head, answer[end + 4..].to_vec())
}

fn each(test: impl Fn(Bucket)) {
    for kind in [Kind::Moto, Kind::S3sFs] {
        if let Some(bucket) = Bucket::open(kind) {
            test(bucket);
        }
    }
}

#[test]
fn editions() {
    each(|bucket| peer::editions(&bucket));
}

#[test]
fn an_unchanged_publish_asks_once_and_a_change_sends_what_changed() {
    each(|bucket| {
        bucket.paper.build();
        bucket.publish().code(0);
        bucket.proxy.requests();
        bucket.publish().code(0).unchanged();
        assert_eq!(bucket.proxy.requests(), [format!("GET /paper/{SHEET}")], "{:?}", bucket.kind);
        bucket.paper.article(3, "An edited text");
        bucket.paper.build();
        let end = bucket.publish().code(0);
        let mut sent = bucket.proxy.requests();
        let sheets = [format!("GET /paper/{SHEET}"), format!("PUT /paper/{SHEET}")];
        assert_eq!([&sent[0], &sent[1], &sent[sent.len() - 1]], [&sheets[0], &sheets[1], &sheets[1]]);
        sent.retain(|request| !sheets.contains(request));
        sent.sort_unstable();
        let mut expected: Vec<String> = [end.paths("added"), end.paths("changed")].concat();
        expected = expected.iter().map(|path| format!("PUT /paper/{path}")).collect();
        expected.sort_unstable();
        assert_eq!(sent, expected, "{:?}", bucket.kind);
    });
}

#[test]
fn what_readers_can_reach_comes_after_what_it_needs() {
    each(|bucket| {
        bucket.paper.build();
        bucket.publish().code(0);
        bucket.paper.change();
        bucket.paper.article(7, "A new text");
        bucket.paper.build();
        bucket.proxy.requests();
        bucket.publish().code(0);
        let requests = bucket.proxy.requests();
        let stage = |request: &String| {
            match request.as_str() {
                request if request.starts_with("DELETE") => 3,
                request if request.contains(SHEET) || request.starts_with("GET") => return None,
                request if request.ends_with(".css") || request.ends_with(".svg") => 0,
                request if request.ends_with(".html") => 1,
                _ => 2,
            }
            .into()
        };
        let stages: Vec<i32> = requests.iter().filter_map(stage).collect();
        assert!(stages.is_sorted(), "{requests:#?}");
        assert!([0, 1, 2, 3].iter().all(|stage| stages.contains(stage)), "{requests:#?}");
    });
}

#[test]
fn a_publish_that_is_cut_at_any_request_is_resumed() {
    each(|bucket| {
        bucket.paper.build();
        bucket.publish().code(0);
        for cut in [Cut::Before, Cut::After] {
            bucket.paper.article(5, "Here again");
            let mut at = 1;
            loop {
                bucket.paper.article(2, &format!("Version {at} {cut:?}"));
                bucket.paper.restyle(&format!("#{at:06}"));
                if at % 2 == 0 {
                    bucket.paper.article(5, "Here again")
                } else {
                    bucket.paper.remove(5)
                }
                bucket.paper.build();
                let was_cut = bucket.proxy.cutting(at, cut, bucket.paper.publishing(&bucket.environment()));
                let told = format!("{:?}, {cut:?}, request {at}", bucket.kind);
                bucket.proxy.requests();
                bucket.publish().code(0);
                peer::is_out(&bucket, &told);
                if !was_cut {
                    break;
                }
                at += 1;
            }
            assert!(at > 15, "{at} requests only");
        }
    });
}

#[test]
fn cuts_in_a_row_of_different_editions_end_well() {
    let Some(bucket) = Bucket::open(Kind::S3sFs) else { return };
    let mut after = false;
    peer::cuts_in_a_row(&bucket, 40, |number| {
        after = !after;
        let cut = if after { Cut::After } else { Cut::Before };
        bucket.proxy.cutting(number, cut, bucket.paper.publishing(&bucket.environment()));
        bucket.proxy.requests();
    });
}

#[test]
fn what_was_sent_before_a_cut_is_not_sent_again() {
    let Some(bucket) = Bucket::open(Kind::S3sFs) else { return };
    bucket.paper.build();
    assert!(bucket.proxy.cutting(30, Cut::Before, bucket.paper.publishing(&bucket.environment())));
    bucket.proxy.requests();
    bucket.publish().code(0);
    let again = bucket.proxy.requests().into_iter().filter(|request| request.starts_with("PUT")).count();
    let all = bucket.paper.output().len();
    // Those that were under way at the cut, and the two sheets, may go twice.
    assert!(again < all - 30 + 1 + 8 + 2 + 2, "{again} of {all}");
    peer::is_out(&bucket, "resumed");
}

#[test]
fn a_connection_that_breaks_is_tried_again() {
    each(|bucket| {
        bucket.paper.build();
        for at in [1, 2, 7] {
            bucket.paper.article(2, &format!("Version {at}"));
            bucket.paper.build();
            bucket.proxy.cutting(at, Cut::Broken, bucket.paper.publishing(&bucket.environment()));
            peer::is_out(&bucket, &format!("{:?}, broken at {at}", bucket.kind));
        }
    });
}

#[test]
fn readers_never_miss_an_asset() {
    let Some(bucket) = Bucket::open(Kind::Moto) else { return };
    let port = bucket.server.port;
    peer::readers(&bucket, move |path| {
        let (status, _, body) = http(port, "GET", &format!("/paper/{path}"));
        (status == 200).then_some(body)
    });
}

#[test]
fn headers_tell_kinds_lifetimes_and_redirects() {
    let Some(bucket) = Bucket::open(Kind::Moto) else { return };
    bucket.target(", cache: {pages: \"max-age=7\"}");
    bucket.paper.put("static/plain.txt", "text\n");
    bucket.paper.build();
    bucket.publish().code(0);
    let head = |path: &str| http(bucket.server.port, "GET", &format!("/paper/{path}")).1.to_lowercase();
    let style = bucket.found().into_keys().find(|path| path.ends_with(".css")).expect("a stylesheet");
    for (path, kind, cache) in [
        ("index.html", "text/html; charset=utf-8", "max-age=7"),
        (style.as_str(), "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("feed.xml", "application/xml; charset=utf-8", "public, max-age=300"),
        ("plain.txt", "text/plain; charset=utf-8", "public, max-age=3600"),
        ("news/story-1/plan.svg", "image/svg+xml", "public, max-age=3600"),
    ] {
        let head = head(path);
        assert!(head.contains(&format!("content-type: {kind}\r\n")), "{path}: {head}");
        assert!(head.contains(&format!("cache-control: {cache}\r\n")), "{path}: {head}");
    }
    let old = head("old/3/index.html");
    assert!(old.contains("x-amz-website-redirect-location: /news/story-3/"), "{old}");
    // Another lifetime is a change of what goes with the pages, though not of the pages.
    bucket.target(", cache: {pages: \"max-age=8\"}");
    bucket.paper.build();
    let end = bucket.publish().code(0);
    assert!(end.paths("changed").iter().all(|path| path.ends_with(".html")));
    assert!(head("index.html").contains("cache-control: max-age=8\r\n"));
}

#[test]
fn a_prefix_is_a_place_of_its_own() {
    each(|bucket| {
        bucket.target(", prefix: /papers/morning/");
        bucket.paper.build();
        bucket.publish().code(0);
        assert!(bucket.below("papers/morning/") == bucket.paper.output(), "{:?}", bucket.kind);
        bucket.target(", prefix: papers/evening");
        bucket.publish().code(0);
        bucket.paper.remove(5);
        bucket.paper.build();
        bucket.publish().code(0);
        assert!(bucket.below("papers/evening/") == bucket.paper.output(), "{:?}", bucket.kind);
        assert_ne!(bucket.below("papers/morning/"), bucket.paper.output());
    });
}

#[test]
fn objects_of_others_are_safe() {
    each(|bucket| {
        bucket.paper.build();
        match bucket.kind {
            Kind::Moto => assert_eq!(http(bucket.server.port, "PUT", "/paper/mine.txt").0, 200),
            Kind::S3sFs => fs::write(bucket.disk.join("paper/mine.txt"), "").expect("an object"),
        }
        bucket.publish().code(1).says("`mine.txt`").says("adopt: true");
        assert_eq!(bucket.found().len(), 1);
        bucket.target(", adopt: true");
        bucket.publish().code(0);
        bucket.paper.change();
        bucket.paper.build();
        bucket.publish().code(0);
        assert!(bucket.found().contains_key("mine.txt"), "{:?}", bucket.kind);
    });
}

#[test]
fn of_two_who_publish_at_once_one_is_refused() {
    let Some(bucket) = Bucket::open(Kind::Moto) else { return };
    bucket.paper.build();
    bucket.publish().code(0);
    let copied = Command::new("cp").arg("-r").arg(bucket.paper.site()).arg(bucket.paper.beside("other")).status();
    assert!(copied.expect("cp runs").success());
    bucket.paper.change();
    bucket.paper.build();
    // The other one looks, sends and ends after this one has looked, and before it says that it sends.
    let end = bucket.proxy.holding(2, bucket.paper.publishing(&bucket.environment()), || {
        let article = bucket.paper.beside("other/content/news/story-1/index.md");
        fs::write(article, "---\ntitle: Theirs\ndate: 2024-01-01\n---\nTheirs.\n").expect("a file");
        let mut other = bucket.paper.byline(&["publish", "t"]);
        other.current_dir(bucket.paper.beside("other")).envs(bucket.environment());
        End::of(other).code(0);
    });
    end.code(1).says("somebody else published").says("once more");
    assert!(bucket.found().values().any(|bytes| bytes.windows(7).any(|seven| seven == b"Theirs.")));
    bucket.publish().code(0);
    peer::is_out(&bucket, "once more");
}

#[test]
fn wrong_credentials_are_refused_and_never_shown() {
    let Some(bucket) = Bucket::open(Kind::S3sFs) else { return };
    bucket.paper.build();
    let wrong = "another-secret/nobody+sees";
    let environment = |key: &str, secret: &str| {
        [("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", secret)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let end = bucket.paper.publish(&environment(KEY, wrong)).code(3);
    end.says("t: the bucket `paper`").says("SignatureDoesNotMatch").hides(&[wrong, SECRET, "Signature="]);
    bucket.paper.publish(&environment("NOKEY", wrong)).code(3).says("see to the credentials").hides(&[wrong, SECRET]);
    assert!(bucket.found().is_empty());
    bucket.paper.publish(&[]).code(3).says("there are no credentials").says("AWS_ACCESS_KEY_ID");

    // From the files of Amazon's tools: a profile.
    let folder = bucket.paper.home().join(".aws");
    fs::create_dir_all(&folder).expect("a folder");
    let text = format!(
        "[default]\naws_access_key_id = NOKEY\naws_secret_access_key = {wrong}\n\n[desk]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
    );
    fs::write(folder.join("credentials"), text).expect("a file");
    bucket.paper.publish(&[]).code(3).hides(&[wrong]);
    bucket.paper.publish(&[("AWS_PROFILE".to_owned(), "desk".to_owned())]).code(0);
    peer::is_out(&bucket, "by a profile");
    bucket.target(", profile: desk");
    bucket.paper.publish(&[]).code(0).unchanged();
    let mut command = bucket.paper.byline(&["publish", "--no-build"]);
    command.env("AWS_PROFILE", "nobody");
    bucket.target("");
    command.env("RUST_LOG", "trace");
    End::of(command).code(3).says("no profile `nobody`").hides(&[SECRET, wrong]);
}

#[test]
fn a_store_that_is_not_there_is_named() {
    let paper = Paper::new("{kind: s3, bucket: paper, endpoint: \"http://127.0.0.1:1\"}");
    paper.build();
    let environment = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    paper
        .publish(&environment)
        .code(3)
        .says("t: the bucket `paper` at http://127.0.0.1:1 cannot be reached")
        .hides(&[SECRET]);
    let Some(bucket) = Bucket::open(Kind::Moto) else { return };
    bucket.paper.target(&format!("{{kind: s3, bucket: papers, endpoint: \"http://127.0.0.1:{}\"}}", bucket.proxy.port));
    bucket.paper.build();
    bucket.publish().code(3).says("NoSuchBucket");
}

#[test]
fn a_full_disk_is_named_and_the_next_publish_goes_on() {
    let mut mounted = None;
    let bucket = Bucket::with_disk(Kind::S3sFs, |paper| {
        let disk = paper.beside("disk");
        mounted = Disk::mount(&disk, "1m");
        disk
    });
    let (Some(bucket), Some(_disk)) = (bucket, mounted) else { return };
    bucket.paper.build();
    bucket.publish().code(0);
    let before = bucket.found();
    bucket.paper.put("static/large.txt", &"large ".repeat(400_000));
    bucket.paper.article(2, "Another text");
    bucket.paper.build();
    bucket.publish().code(3).says("t: the bucket `paper`");
    let mut found = bucket.found();
    found.retain(|path, _| before.contains_key(path));
    assert!(found == before, "pages changed though their assets did not come");
    fs::remove_file(bucket.paper.site().join("static/large.txt")).expect("removed");
    bucket.paper.build();
    bucket.publish().code(0);
    peer::is_out(&bucket, "after a full disk");
}
