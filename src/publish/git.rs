//! A branch of a git repository, by calling `git`. All work is done in a repository of its own below `.byline/`: the site's
//! repository, its working tree, its index and its branches are not touched.
//!
//! ```text
//! tip      the branch at the remote, fetched alone and without its history
//! trees    what the tip holds, and what the site has, by git's own digests
//! commit   one, with what differs, made by `git fast-import` upon the tip
//! push     refused by the remote if somebody else pushed meanwhile
//! ```

mod repository;
mod stream;

use std::collections::BTreeMap;
use std::fs::File;

use super::edition::Edition;
use super::mirror::wanted;
use super::plan::{Parcel, Plan, plan};
use super::process::redacted;
use super::sheet::{Row, Sheet, State, key};
use super::trouble::Trouble;
use super::{Destination, Done, Scope};
use crate::model::code::Code;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::Stage;
use crate::model::path::OutPath;
use crate::model::target::GitPlace;
use crate::pipeline::Observer;

use repository::{Entry, Repository};
use stream::{Stream, Upon};

/// The line of a commit's message by which Byline knows its own.
const MARK: &str = "Published-by: byline";

/// The line that names a file which the site no longer has.
const OUTGOING: &str = "Outgoing: ";

/// A branch of a remote repository.
pub struct Branch {
    place: GitPlace,
    scope: Scope,
    repository: Repository,
    tip: Option<Tip>,
}

/// The commit at the end of the branch.
struct Tip {
    commit: String,
    tree: String,
    entries: BTreeMap<String, Entry>,
}

impl Branch {
    /// Opens a branch as a destination.
    pub fn open(place: &GitPlace, scope: Scope) -> Result<Self, Trouble> {
        let repository =
            Repository::open(&scope.root, &scope.cache.join(format!("{}.git", scope.target)), &place.remote)?;
        Ok(Self { place: place.clone(), scope, repository, tip: None })
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.place.branch)
    }

    /// The branch as it is at the remote, and which of its files are outgoing.
    fn fetch(&mut self) -> Result<Vec<String>, Trouble> {
        let Some(commit) = self.repository.tip(&self.reference())? else {
            self.tip = None;
            return Ok(Vec::new());
        };
        self.repository.fetch(&commit, &self.reference())?;
        let message = self.repository.message(&commit)?;
        if !self.place.adopt && !message.lines().any(|line| line == MARK) {
            let message = format!(
                "the last commit on the branch `{}` of {} was not made by Byline",
                self.place.branch,
                redacted(&self.repository.url)
            );
            let hint = "choose another branch, or write `adopt: true` into the target to have its files replaced";
            return Err(Trouble::refused(Code::ForeignTarget, message, hint));
        }
        let outgoing = message.lines().filter_map(|line| line.strip_prefix(OUTGOING)).map(str::to_owned).collect();
        self.tip =
            Some(Tip { entries: self.repository.entries(&commit)?, tree: self.repository.tree(&commit)?, commit });
        Ok(outgoing)
    }

    /// The files of the host: `CNAME` and `.nojekyll`, unless the site has its own.
    fn extras(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut extras = Vec::new();
        if let Some(name) = &self.place.cname {
            extras.push(("CNAME", format!("{name}\n").into_bytes()));
        }
        if self.place.nojekyll {
            extras.push((".nojekyll", Vec::new()));
        }
        extras
    }

    /// The files that the branch is to have: those of the site, and those of the host.
    fn wanted(&self, edition: &Edition) -> Result<Vec<(Parcel, Entry)>, Trouble> {
        let parcels = edition.parcels();
        let paths: Vec<_> = parcels.iter().map(|parcel| edition.folder().join(parcel.path.as_str())).collect();
        let entries = self.repository.hash(&paths)?;
        let mut wanted: BTreeMap<String, (Parcel, Entry)> = parcels
            .into_iter()
            .zip(entries)
            .map(|(parcel, blob)| (parcel.path.to_string(), (sent(parcel, &blob), Entry::file(blob))))
            .collect();
        for (name, bytes) in self.extras() {
            let Ok(path) = OutPath::new(name) else { continue };
            if !wanted.contains_key(name) {
                let blob = self.repository.hash_bytes(&bytes)?;
                let content = Digest::of(&bytes);
                let parcel = Parcel { path, content, sent: content, size: bytes.len() as u64, stage: Stage::Asset };
                wanted.insert(name.to_owned(), (sent(parcel, &blob), Entry::file(blob)));
            }
        }
        Ok(wanted.into_values().collect())
    }

    /// What the branch holds, as a sheet would tell it.
    fn sheet(&self, wanted: &[(Parcel, Entry)], outgoing: &[String]) -> Sheet {
        let stages: BTreeMap<&str, Stage> =
            wanted.iter().map(|(parcel, _)| (parcel.path.as_str(), parcel.stage)).collect();
        let entries = self.tip.iter().flat_map(|tip| &tip.entries);
        // A domain that was set at the host, which writes it into the branch itself, stays.
        let entries = entries.filter(|(path, _)| path.as_str() != "CNAME" || stages.contains_key("CNAME"));
        let row = |(path, entry): (&String, &Entry)| {
            let row = Row {
                state: State::Sent(entry.digest()),
                stage: stages.get(path.as_str()).copied().unwrap_or(Stage::Page),
                fingerprinted: self.repository.is_fingerprinted(path, entry),
                outgoing: outgoing.contains(path),
            };
            (key(path), row)
        };
        Sheet { rows: entries.map(row).collect() }
    }

    /// The paths of what the branch holds, by their digests.
    fn names(&self) -> BTreeMap<Digest, &String> {
        self.tip.iter().flat_map(|tip| tip.entries.keys()).map(|path| (key(path), path)).collect()
    }

    /// The commit, as `fast-import` reads it.
    fn stream(
        &self,
        edition: &Edition,
        plan: &Plan,
        upon: &Upon<'_>,
        observer: &dyn Observer,
    ) -> Result<File, Trouble> {
        let failed = |error| Failure::new("write a commit for", &self.scope.cache, error);
        let (author, message) = (self.repository.author(), self.message(edition, plan));
        let extras: BTreeMap<&str, Vec<u8>> = self.extras().into_iter().collect();
        let mut stream = Stream::new(self.repository.scratch()?, &author, &message, upon).map_err(failed)?;
        for path in self.removed(plan) {
            stream.delete(&path).map_err(failed)?;
        }
        for put in &plan.puts {
            wanted(observer)?;
            let path = put.parcel.path.as_str();
            let own = edition.folder().join(path).is_file();
            match extras.get(path).filter(|_| !own) {
                Some(bytes) => stream.file(path, bytes).map_err(failed)?,
                None => stream.file(path, &edition.read(&put.parcel)?).map_err(failed)?,
            }
            observer.step();
        }
        Ok(stream.finish().map_err(failed)?)
    }

    /// The commit's message.
    fn message(&self, edition: &Edition, plan: &Plan) -> String {
        let title = if self.scope.title.is_empty() { "the site" } else { &self.scope.title };
        let counts = format!("{} added, {} changed, {} removed", plan.added(), plan.changed(), plan.gone.len());
        let mut message = format!("Publish {title}: {counts}\n\n{}\n", edition.base_url);
        if let Some(source) = self.repository.source() {
            message.push_str(&format!("Made from {source}\n"));
        }
        message.push_str(&format!("\n{MARK}\n"));
        let names = self.names();
        for (key, _) in plan.next.rows.iter().filter(|(_, row)| row.outgoing) {
            message.extend(names.get(key).map(|path| format!("{OUTGOING}{path}\n")));
        }
        message
    }
}

/// A file as the branch holds it: known by git's digest.
fn sent(parcel: Parcel, blob: &str) -> Parcel {
    Parcel { sent: Entry::file(blob.to_owned()).digest(), ..parcel }
}

impl Destination for Branch {
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble> {
        let outgoing = self.fetch()?;
        let wanted = self.wanted(edition)?;
        let parcels: Vec<Parcel> = wanted.iter().map(|(parcel, _)| parcel.clone()).collect();
        Ok(plan(&parcels, &self.sheet(&wanted, &outgoing)))
    }

    fn removed(&self, plan: &Plan) -> Vec<String> {
        let names = self.names();
        plan.gone.iter().filter_map(|gone| names.get(&gone.key).map(|path| (*path).clone())).collect()
    }

    fn carry_out(&mut self, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<Done, Trouble> {
        observer.begin("committing", plan.puts.len());
        let upon = match &self.tip {
            None => Upon::Nothing,
            Some(tip) if self.place.keep_history => Upon::Commit(&tip.commit),
            Some(tip) => Upon::Tree(&tip.tree),
        };
        let commit = self.repository.import(self.stream(edition, plan, &upon, observer)?)?;
        observer.begin("pushing", 0);
        let tip = self.tip.as_ref().map(|tip| tip.commit.as_str());
        self.repository.push(&commit, &self.reference(), tip, observer)?;
        self.repository.tidy();
        Ok(Done { notes: Vec::new(), release: Some(commit.chars().take(12).collect()) })
    }
}
