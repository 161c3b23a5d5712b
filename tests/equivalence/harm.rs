//! What others do to the cache and the output, and to builds under way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::bench::{Bench, STARTING, all, put};
use crate::edit::Kind;

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("a byte of the cache flipped", 3, |bench| {
        cached(bench, |bench, bytes| {
            let at = bench.dice.place(bytes.len().max(1));
            let bit = 1 << bench.dice.below(8);
            bytes.get_mut(at).map(|byte| *byte ^= bit).map(|()| format!("byte {at} flipped"))
        })
    }),
    Kind::of("the cache cut", 2, |bench| {
        cached(bench, |bench, bytes| {
            bytes.truncate(bench.dice.place(bytes.len().max(1)));
            Some(format!("cut to {} bytes", bytes.len()))
        })
    }),
    Kind::of("the cache emptied", 2, |bench| {
        cached(bench, |_, bytes| {
            bytes.clear();
            Some("emptied".to_owned())
        })
    }),
    Kind::of("the cache of a newer version", 2, |bench| {
        cached(bench, |_, bytes| {
            let line = bytes.iter().position(|byte| *byte == b'\n')?;
            *bytes.get_mut(line.checked_sub(1)?)? = b'9';
            Some("a newer version's first line".to_owned())
        })
    }),
    Kind::of("the cache lengthened", 2, |bench| {
        cached(bench, |_, bytes| {
            bytes.extend([7; 100]);
            Some("100 bytes longer".to_owned())
        })
    }),
    Kind::of("two files of the cache exchanged", 2, |bench| {
        let (a, b) = (cache_file(bench)?, cache_file(bench)?);
        let (x, y) = (fs::read(&a).ok()?, fs::read(&b).ok()?);
        put(&a, &y);
        put(&b, &x);
        Some(format!("{} and {}: exchanged", short(&a), short(&b)))
    }),
    Kind::of("something else in the place of the cache", 2, |bench| {
        let path = cache_file(bench)?;
        fs::remove_file(&path).ok()?;
        let kind = bench.dice.below(3);
        match kind {
            0 => fs::create_dir(&path).ok()?,
            #[cfg(unix)]
            1 => std::os::unix::fs::symlink("/dev/null", &path).ok()?,
            #[cfg(unix)]
            _ => std::os::unix::fs::symlink(bench.path("site.yaml"), &path).ok()?,
            #[cfg(not(unix))]
            _ => {}
        }
        Some(format!("{}: replaced by {}", short(&path), ["a folder", "a link to nothing", "a link"][kind as usize]))
    }),
    Kind::of("a file of the cache deleted", 2, |bench| {
        let path = cache_file(bench)?;
        fs::remove_file(&path).ok()?;
        Some(format!("{}: deleted", short(&path)))
    }),
    Kind::of("the cache deleted", 3, |bench| {
        fs::remove_dir_all(bench.path(".byline")).ok()?;
        Some(String::new())
    }),
    Kind::of("the cache put aside", 5, |bench| {
        let aside = bench.folder.path().join("aside");
        let _ = fs::remove_dir_all(&aside);
        bench.path(".byline").is_dir().then(|| copy(&bench.path(".byline"), &aside, |_| true))?;
        Some(String::new())
    }),
    Kind::of("an older cache put back", 8, |bench| {
        let aside = bench.folder.path().join("aside");
        let part = bench.dice.one(&["", "stats", "builds", "memo", "images", "looks"]);
        if !aside.join(part).exists() {
            return None;
        }
        let place = bench.path(".byline").join(part);
        let _ = if place.is_dir() { fs::remove_dir_all(&place) } else { fs::remove_file(&place) };
        copy(&aside.join(part), &place, |_| true);
        Some(format!("of it: {}", if part.is_empty() { "all" } else { part }))
    }),
    Kind::of("an output changed", 3, |bench| {
        let path = published(bench)?;
        let mut bytes = fs::read(&path).ok()?;
        bytes.extend(b"tampered");
        fs::write(&path, bytes).ok()?;
        bench.tampered[bench.asked.output] = true;
        Some(short(&path))
    }),
    Kind::of("an output deleted", 3, |bench| {
        let path = published(bench)?;
        fs::remove_file(&path).ok()?;
        Some(short(&path))
    }),
    Kind::of("an output's times lost", 2, |bench| {
        let path = published(bench)?;
        let bytes = fs::read(&path).ok()?;
        fs::remove_file(&path).ok()?;
        put(&path, &bytes);
        Some(short(&path))
    }),
    Kind::of("all of the output deleted", 2, |bench| {
        fs::remove_dir_all(bench.output()).ok()?;
        Some(String::new())
    }),
    Kind::of("a file added to the output", 2, |bench| {
        published(bench)?;
        let name = bench.dice.one(ADDED);
        put(&bench.output().join(name), b"added");
        bench.occupied[bench.asked.output] = true;
        Some(name.to_owned())
    }),
    Kind::of("the manifest harmed", 2, |bench| {
        let path = bench.output().join(".byline-manifest");
        let mut bytes = fs::read(&path).ok()?;
        let how = bench.dice.below(3);
        match how {
            0 => fs::remove_file(&path).ok()?,
            1 => fs::write(&path, &bytes[..bytes.len() / 2]).ok()?,
            _ => {
                let at = bench.dice.place(bytes.len());
                bytes[at] ^= 1;
                fs::write(&path, bytes).ok()?;
            }
        }
        bench.occupied[bench.asked.output] = true;
        Some(["deleted", "cut", "a bit flipped"][how as usize].to_owned())
    }),
    Kind::of("the site copied", 4, |bench| {
        bench.copies += 1;
        let to = bench.folder.path().join(format!("site-{}", bench.copies));
        let parts = bench.dice.below(4);
        let left = ["", "public", ".byline", ""][parts as usize];
        copy(&bench.root, &to, |name| left.is_empty() || !name.starts_with(left));
        fs::remove_dir_all(&bench.root).ok()?;
        bench.root = to;
        Some(if left.is_empty() { String::new() } else { format!("without {left}") })
    }),
    Kind::of("a build killed", 4, kill),
];

/// Files that nobody's build wrote.
const ADDED: &[&str] = &["news/added.html", "added.txt"];

impl Bench {
    /// Takes the files of others out of the output.
    pub fn evict(&self) {
        for name in ADDED {
            let _ = fs::remove_file(self.output().join(name));
        }
    }
}

/// Does something to the bytes of a file of the cache.
fn cached(bench: &mut Bench, act: fn(&mut Bench, &mut Vec<u8>) -> Option<String>) -> Option<String> {
    let path = cache_file(bench)?;
    let mut bytes = fs::read(&path).ok()?;
    let told = act(bench, &mut bytes)?;
    put(&path, &bytes);
    Some(format!("{}: {told}", short(&path)))
}

/// A file of the cache, noted as harmed.
fn cache_file(bench: &mut Bench) -> Option<PathBuf> {
    let files = all(&bench.path(".byline"));
    let held = |path: &PathBuf| path.ends_with("cache.lock") || path.ends_with("lock");
    let files = files.into_iter().filter(|path| path.is_file() && !held(path)).collect();
    bench.cache_harmed = true;
    bench.pick(files)
}

/// A file of the output.
fn published(bench: &mut Bench) -> Option<PathBuf> {
    let own = |path: &PathBuf| path.file_name().is_some_and(|name| name != ".byline-manifest");
    let files = all(&bench.output()).into_iter().filter(own).collect();
    bench.pick(files)
}

/// The last parts of a path.
fn short(path: &Path) -> String {
    let parts: Vec<_> = path.iter().rev().take(3).map(|part| part.to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// Copies a file, or the files of a folder, as `cp -r` does: with times of their own.
fn copy(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) {
    for path in all(from).into_iter().filter(|path| path.is_file()) {
        let below = path.strip_prefix(from).expect("below");
        if wanted(below.to_str().expect("UTF-8")) {
            let to = if below.as_os_str().is_empty() { to.to_owned() } else { to.join(below) };
            put(&to, &fs::read(&path).expect("bytes"));
        }
    }
}

/// Starts a build in a process of its own and kills it.
fn kill(bench: &mut Bench) -> Option<String> {
    let asked = &bench.asked;
    let mut build = Command::new(env!("CARGO_BIN_EXE_byline"));
    build.arg("build").arg("--site").arg(&bench.root).arg("--output").arg(bench.output());
    build.args(["--as-of", asked.as_of.as_ref().unwrap_or(&asked.now)]);
    build.args(asked.base_url.iter().flat_map(|url| ["--base-url", url]));
    build.args(
        [(asked.drafts, "--drafts"), (asked.strict, "--strict")].into_iter().filter(|flag| flag.0).map(|flag| flag.1),
    );
    build.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = {
        let _calm = STARTING.write().expect("nobody panicked");
        build.spawn().expect("the program starts")
    };
    let delay = bench.dice.within(Duration::from_millis(150));
    std::thread::sleep(delay);
    build.kill().expect("it can be killed");
    build.wait().expect("it can be waited for");
    Some(format!("after {delay:?}"))
}
