//! `publish`: the places where the site is put out, by name.

use super::set;
use crate::model::config::Config;
use crate::model::path::Base;
use crate::model::target::{
    ArchiveForm, ArchivePlace, CacheControl, DirPlace, GitPlace, Place, S3Place, SshPlace, Target,
};
use crate::parse::fields::Fields;
use crate::parse::node::{Entry, Node};

/// The keys of every target.
const SHARED: [&str; 2] = ["kind", "url"];
/// The keys of each kind.
const GIT: &[&str] = &["remote", "branch", "history", "cname", "nojekyll", "adopt"];
const S3: &[&str] = &["bucket", "endpoint", "region", "prefix", "profile", "path_style", "cache", "adopt"];
const SSH: &[&str] = &["host", "path", "port", "config", "releases", "adopt"];
const DIR: &[&str] = &["path", "releases", "adopt"];
const ARCHIVE: &[&str] = &["path"];
const CACHE: &[&str] = &["fingerprinted", "assets", "pages", "feeds"];

/// The keys of each kind of target, those that all have aside.
pub const KINDS: &[(&str, &[&str])] = &[("git", GIT), ("s3", S3), ("ssh", SSH), ("dir", DIR), ("archive", ARCHIVE)];

/// The most releases that can be kept.
const RELEASES: i64 = 1000;

/// Reads `publish`: names to mappings with a `kind`.
pub(super) fn publish(config: &mut Config, fields: &mut Fields<'_>, node: &Node) {
    for entry in fields.map("publish", node).unwrap_or_default() {
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !entry.key.chars().all(sound) {
            let message = format!("`{}` cannot be the name of a target", entry.key);
            fields.error(entry.at, message, "use letters, digits, `-` and `_`");
            continue;
        }
        if let Some(target) = target(fields, entry) {
            config.publish.push(target);
        }
    }
}

fn target(fields: &mut Fields<'_>, entry: &Entry) -> Option<Target> {
    let key = format!("publish.{}", entry.key);
    let entries = fields.map(&key, &entry.value)?;
    let kinds: Vec<(&str, &(&str, &[&str]))> = KINDS.iter().map(|kind| (kind.0, kind)).collect();
    let Some(given) = entries.iter().find(|entry| entry.key == "kind") else {
        let message = format!("`{key}` needs a `kind`");
        fields.error(entry.at, message, "write `kind: git`, `s3`, `ssh`, `dir` or `archive`");
        return None;
    };
    let (kind, keys) = fields.choice(&format!("{key}.kind"), &given.value, &kinds)?;
    let known: Vec<&str> = SHARED.iter().chain(keys.iter()).copied().collect();
    let before = fields.notes.len();
    for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        unknown(fields, entry, &key, &known);
    }
    let mut reader = Reader { fields, key: &key, entries, at: entry };
    let url = reader.text("url").filter(|url| Base::parse(url).is_some() || reader.refuse_url(url));
    let place = match *kind {
        "git" => Place::Git(git(&mut reader)),
        "s3" => Place::S3(s3(&mut reader)),
        "ssh" => Place::Ssh(ssh(&mut reader)),
        "dir" => Place::Dir(dir(&mut reader)),
        _ => Place::Archive(archive(&mut reader)),
    };
    let sound = reader.fields.notes.len() == before;
    sound.then(|| Target { name: entry.key.clone(), url, place })
}

/// A key that is none; what looks like a secret does not belong into a file that others read.
fn unknown(fields: &mut Fields<'_>, entry: &Entry, key: &str, known: &[&str]) {
    let name = entry.key.to_lowercase();
    if ["secret", "password", "token", "access_key"].iter().any(|word| name.contains(word)) {
        let hint = "credentials come from the environment, or from the files of the tool concerned: see the manual";
        fields.error(entry.at, format!("`{key}.{}` has no place in site.yaml", entry.key), hint);
    } else {
        fields.unknown(entry, &format!("{key}."), known, true);
    }
}

/// Reads the keys of one target.
struct Reader<'r, 'f> {
    fields: &'r mut Fields<'f>,
    key: &'r str,
    entries: &'r [Entry],
    at: &'r Entry,
}

impl Reader<'_, '_> {
    fn value<T>(&mut self, name: &str, read: impl FnOnce(&mut Fields<'_>, &str, &Node) -> Option<T>) -> Option<T> {
        let entry = self.entries.iter().find(|entry| entry.key == name)?;
        read(self.fields, &format!("{}.{name}", self.key), &entry.value)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.value(name, |fields, key, node| fields.line(key, node))
    }

    fn flag(&mut self, name: &str, otherwise: bool) -> bool {
        self.value(name, |fields, key, node| fields.boolean(key, node)).unwrap_or(otherwise)
    }

    /// Text that the target cannot do without; nothing is read from an empty one, since it is an error.
    fn needed(&mut self, name: &str, example: &str) -> String {
        if !self.entries.iter().any(|entry| entry.key == name) {
            let message = format!("`{}` needs a `{name}`", self.key);
            self.fields.error(self.at.at, message, format!("write `{name}: {example}`"));
        }
        let text = self.text(name).unwrap_or_default();
        if text.starts_with('-') {
            self.refuse(name, &format!("`{}.{name}` cannot begin with a hyphen", self.key), "write it otherwise");
        }
        text
    }

    fn refuse(&mut self, name: &str, message: &str, hint: &str) {
        let at = self.entries.iter().find(|entry| entry.key == name).map_or(self.at.at, |entry| entry.value.at);
        self.fields.error(at, message, hint);
    }

    fn refuse_url(&mut self, url: &str) -> bool {
        let message = format!("`{}.url` must be an http or https address, and here is `{url}`", self.key);
        self.refuse("url", &message, "write `https://example.org/`");
        false
    }

    fn number(&mut self, name: &str, most: i64) -> Option<i64> {
        let number = self.value(name, |fields, key, node| fields.integer(key, node))?;
        if !(1..=most).contains(&number) {
            let message = format!("`{}.{name}` must be a whole number from 1 to {most}", self.key);
            self.refuse(name, &message, "leave the key out if you do not need it");
        }
        Some(number)
    }

    fn releases(&mut self) -> Option<usize> {
        self.number("releases", RELEASES).and_then(|number| usize::try_from(number).ok())
    }
}

fn git(reader: &mut Reader<'_, '_>) -> GitPlace {
    let remote = if reader.entries.iter().any(|entry| entry.key == "remote") {
        reader.needed("remote", "origin")
    } else {
        "origin".to_owned()
    };
    let branch = reader.text("branch").unwrap_or_else(|| "gh-pages".to_owned());
    let bad = |c: char| c.is_whitespace() || matches!(c, '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    if branch.contains(bad) || branch.contains("..") || branch.starts_with(['-', '/']) || branch.ends_with(['/', '.']) {
        reader.refuse("branch", &format!("`{branch}` cannot be the name of a branch"), "write `branch: gh-pages`");
    }
    let histories = [("keep", true), ("squash", false)];
    let history = reader.value("history", |fields, key, node| fields.choice(key, node, &histories));
    let cname = reader.text("cname");
    if let Some(name) = cname.as_ref().filter(|name| name.contains(['/', ' ', ':'])) {
        let message = format!("`{}.cname` is a domain alone, and here is `{name}`", reader.key);
        reader.refuse("cname", &message, "write `cname: www.example.org`");
    }
    GitPlace {
        remote,
        branch,
        keep_history: history.unwrap_or(true),
        cname,
        nojekyll: reader.flag("nojekyll", true),
        adopt: reader.flag("adopt", false),
    }
}

fn s3(reader: &mut Reader<'_, '_>) -> S3Place {
    let endpoint = reader.text("endpoint");
    if let Some(address) = endpoint.as_ref().filter(|address| Base::parse(address).is_none() || address.contains('@')) {
        let message = format!("`{}.endpoint` must be an http or https address, and here is `{address}`", reader.key);
        let message = if address.contains('@') { format!("`{}.endpoint` names a user", reader.key) } else { message };
        reader.refuse("endpoint", &message, "write `endpoint: https://s3.example.org`");
    }
    let prefix = reader.text("prefix").unwrap_or_default();
    let prefix = prefix.trim_matches('/');
    S3Place {
        bucket: reader.needed("bucket", "www.example.org"),
        region: reader.text("region"),
        prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        profile: reader.text("profile"),
        path_style: reader.flag("path_style", endpoint.is_some()),
        cache: cache(reader),
        adopt: reader.flag("adopt", false),
        endpoint,
    }
}

fn cache(reader: &mut Reader<'_, '_>) -> CacheControl {
    let mut cache = CacheControl::default();
    let Some(entry) = reader.entries.iter().find(|entry| entry.key == "cache") else { return cache };
    let key = format!("{}.cache", reader.key);
    for entry in reader.fields.map(&key, &entry.value).unwrap_or_default() {
        let place = match entry.key.as_str() {
            "fingerprinted" => &mut cache.fingerprinted,
            "assets" => &mut cache.assets,
            "pages" => &mut cache.pages,
            "feeds" => &mut cache.feeds,
            _ => {
                reader.fields.unknown(entry, &format!("{key}."), CACHE, true);
                continue;
            }
        };
        set(place, reader.fields.line(&format!("{key}.{}", entry.key), &entry.value));
    }
    cache
}

fn ssh(reader: &mut Reader<'_, '_>) -> SshPlace {
    let host = reader.needed("host", "editor@www.example.org");
    if host.contains(|c: char| c.is_whitespace() || matches!(c, ':' | '/')) {
        let message = format!("`{}.host` is a server, or a user and a server, and here is `{host}`", reader.key);
        reader.refuse("host", &message, "write `host: editor@www.example.org`, and `path` and `port` for the rest");
    }
    let path = reader.needed("path", "/srv/www");
    if !path.is_empty() && path.trim_matches('/').is_empty() {
        reader.refuse("path", "a site cannot be put into the root of a server's disk", "name a folder below it");
    }
    SshPlace {
        host,
        path,
        port: reader.number("port", i64::from(u16::MAX)).and_then(|port| u16::try_from(port).ok()),
        config: reader.text("config"),
        releases: reader.releases(),
        adopt: reader.flag("adopt", false),
    }
}

fn dir(reader: &mut Reader<'_, '_>) -> DirPlace {
    DirPlace {
        path: reader.needed("path", "/srv/www"),
        releases: reader.releases(),
        adopt: reader.flag("adopt", false),
    }
}

fn archive(reader: &mut Reader<'_, '_>) -> ArchivePlace {
    let path = reader.needed("path", "paper.tar.zst");
    let zip = path.ends_with(".zip");
    if !path.is_empty() && !zip && !path.ends_with(".tar.zst") {
        let message = format!("`{}.path` ends in .tar.zst or .zip, and here is `{path}`", reader.key);
        reader.refuse("path", &message, "write `path: paper.tar.zst`");
    }
    ArchivePlace { path, form: if zip { ArchiveForm::Zip } else { ArchiveForm::TarZst } }
}
