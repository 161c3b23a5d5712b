//! What is put out: a finished output that is fit to be shown, held fast until all is sent.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::plan::Parcel;
use super::trouble::Trouble;
use crate::model::code::Code;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::Origin;
use crate::model::path::{Base, OutPath, Url};
use crate::write::{self, Finished, FinishedFile};

/// How many changed files are named.
const NAMED: usize = 5;

/// A site that is to be put out.
#[derive(Debug)]
pub struct Edition {
    finished: Finished,
    /// The address that it was built for.
    pub base_url: String,
}

impl Edition {
    /// Takes the site in an output folder, if readers may see it. `now` is the present moment, in Unix seconds.
    ///
    /// # Errors
    /// There is no finished output, it is not fit to be shown, or a build is running.
    pub fn take(output: &Path, now: i64) -> Result<Self, Trouble> {
        let Some(finished) = write::finished(output)? else {
            let message = format!("there is no finished site in `{}`", output.display());
            return Err(Trouble::refused(Code::Unfit, message, "leave out --no-build, or run `byline build` first"));
        };
        let fault = match &finished.origin {
            None => Some("it does not say what it was built for".to_owned()),
            Some(origin) => unfit(origin, now),
        };
        if let Some(fault) = fault {
            let message = format!("the site in `{}` cannot be published: {fault}", output.display());
            return Err(Trouble::refused(Code::Unfit, message, "build it anew, for the address that readers use"));
        }
        if !finished.changed.is_empty() {
            return Err(changed(&finished.changed));
        }
        let base_url = finished.origin.as_ref().map(|origin| origin.base_url.clone()).unwrap_or_default();
        Ok(Self { finished, base_url })
    }

    /// The folder that it lies in.
    pub fn folder(&self) -> &Path {
        &self.finished.folder
    }

    /// Its files as a target holds them that keeps nothing but their bytes.
    pub fn parcels(&self) -> Vec<Parcel> {
        self.parcels_with(|file| file.content)
    }

    /// Its files, with the digest of what a target keeps of each.
    pub fn parcels_with(&self, sent: impl Fn(&FinishedFile) -> Digest) -> Vec<Parcel> {
        let parcel = |file: &FinishedFile| Parcel {
            path: file.path.clone(),
            content: file.content,
            sent: sent(file),
            size: file.size,
            stage: file.stage,
        };
        self.finished.files.iter().map(parcel).collect()
    }

    /// The bytes of one of its files.
    ///
    /// # Errors
    /// It cannot be read, or is no longer what was built.
    pub fn read(&self, parcel: &Parcel) -> Result<Vec<u8>, Trouble> {
        let path = self.folder().join(parcel.path.as_str());
        let bytes = fs::read(&path).map_err(|error| Failure::new("read", &path, error))?;
        if Digest::of(&bytes) == parcel.content { Ok(bytes) } else { Err(changed(std::slice::from_ref(&parcel.path))) }
    }

    /// The pages that lead on to other addresses, as `_redirects` lists them: path of the page, address it leads to.
    ///
    /// # Errors
    /// The list cannot be read.
    pub fn redirects(&self) -> Result<BTreeMap<OutPath, String>, Trouble> {
        let list = |parcel: &Parcel| parcel.path.as_str() == "_redirects";
        let Some(parcel) = self.parcels().into_iter().find(list) else { return Ok(BTreeMap::new()) };
        let text = self.read(&parcel)?;
        let base = Base::parse(&self.base_url).map(|base| base.path).unwrap_or_default();
        Ok(String::from_utf8_lossy(&text).lines().filter_map(|line| redirect(line, &base)).collect())
    }
}

/// A line of `_redirects`: from, to, status. Patterns, and statuses that are no redirects, are for hosts that read the list.
fn redirect(line: &str, base: &str) -> Option<(OutPath, String)> {
    let mut words = line.split_whitespace();
    let (from, to, status) = (words.next()?, words.next()?, words.next().unwrap_or("301"));
    let plain = !from.contains(['*', ':', '#']) && !to.contains([':', '*']) && to.starts_with('/');
    let from = from.strip_prefix(base).filter(|_| plain && status.starts_with("30"))?;
    Some((Url::parse(from).ok()?.out_path(), to.to_owned()))
}

/// What keeps an output from being shown.
fn unfit(origin: &Origin, now: i64) -> Option<String> {
    if origin.drafts {
        return Some("it was built with --drafts".to_owned());
    }
    if origin.as_of.is_some_and(|moment| moment > now) {
        return Some("it was built with --as-of for a moment that is yet to come".to_owned());
    }
    is_loopback(&origin.base_url).then(|| format!("it was built for {}, an address of this machine", origin.base_url))
}

/// Whether an address leads back to the machine that asks.
pub fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

fn changed(paths: &[OutPath]) -> Trouble {
    let names: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let more = paths.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("the output is not as it was built: {}{more} changed or went since", names.join(", "));
    Trouble::refused(Code::ChangedOutput, message, "build it anew")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(base_url: &str) -> Origin {
        Origin { base_url: base_url.to_owned(), drafts: false, as_of: None }
    }

    #[test]
    fn what_is_for_the_public_may_be_shown_and_nothing_else() {
        assert_eq!(unfit(&origin("https://paper.example/"), 100), None);
        assert_eq!(unfit(&Origin { as_of: Some(100), ..origin("https://paper.example/") }, 100), None);
        assert!(unfit(&Origin { as_of: Some(101), ..origin("https://paper.example/") }, 100).is_some());
        assert!(unfit(&Origin { drafts: true, ..origin("https://paper.example/") }, 100).is_some());
    }

    #[test]
    fn loopback_is_known_in_every_spelling() {
        for url in [
            "http://localhost:8080/",
            "http://LOCALHOST/",
            "http://127.0.0.1/x/",
            "http://127.8.8.8:1/",
            "http://[::1]:80/",
            "http://0.0.0.0:8080/",
            "http://paper.localhost/",
            "http://localhost./",
            "http://a@localhost/",
        ] {
            assert!(is_loopback(url), "{url}");
        }
        for url in ["https://localhost.example/", "https://paper.example/localhost/", "https://192.0.2.1/"] {
            assert!(!is_loopback(url), "{url}");
        }
    }

    #[test]
    fn redirects_are_read_below_the_base() {
        let line = |text| redirect(text, "/paper").map(|(from, to)| (from.as_str().to_owned(), to));
        assert_eq!(line("/paper/old/ /paper/new/ 301"), Some(("old/index.html".to_owned(), "/paper/new/".to_owned())));
        assert_eq!(line("/paper/* /x/ 301"), None);
        assert_eq!(line("/paper/a /paper/b 200"), None);
        assert_eq!(line("/elsewhere/ /paper/b 301"), None);
    }
}
