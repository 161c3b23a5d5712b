//! A place that is changed file by file, while readers look on.
//!
//! ```text
//! survey   the target's own sheet is compared with the site; a place without one has to be empty
//! begin    the sheet says what may be sent from now on; where the store can, only if nobody else wrote it meanwhile
//! send     group by group: assets, pages, what announces them
//! remove   what the site no longer has
//! end      the sheet says what is there
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::edition::Edition;
use super::plan::{Gone, Parcel, Plan, Put, plan};
use super::sent::Sent;
use super::sheet::{Row, SHEET, Sheet, key};
use super::trouble::Trouble;
use super::{Destination, Done, Scope, named};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::pipeline::Observer;
use crate::write::FinishedFile;

/// A sheet as it was found: its bytes, and by what the store tells versions of it apart.
#[derive(Clone, Debug)]
pub struct Found {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The version.
    pub version: String,
}

/// A file to be removed, by its name.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its path at the target.
    pub path: String,
    /// What is known of it.
    pub row: Row,
}

/// A place that holds files by their paths.
pub trait Store {
    /// Reads the sheet, if there is one.
    fn sheet(&self) -> Result<Option<Found>, Trouble>;
    /// Writes the sheet in place of the one that was found, and gives its version.
    fn write_sheet(&self, bytes: &[u8], found: Option<&str>) -> Result<String, Trouble>;
    /// The paths of all files but the sheet.
    fn list(&self) -> Result<Vec<String>, Trouble>;
    /// The digest of all that is kept of a file.
    fn kept(&self, file: &FinishedFile) -> Digest {
        file.content
    }
    /// What stands where new files are to go, though this site did not put it there.
    fn in_the_way(&self, _: &[&Put]) -> Result<Vec<String>, Trouble> {
        Ok(Vec::new())
    }
    /// Puts files, in any order. Each one that is there is told to `watch`.
    fn put(&self, edition: &Edition, parcels: &[&Parcel], watch: &Watch<'_>) -> Result<(), Trouble>;
    /// Removes files, in this order. Those that others changed are left, and returned.
    fn remove(&self, files: &[Named], watch: &Watch<'_>) -> Result<Vec<String>, Trouble>;
    /// How the place is called in messages.
    fn name(&self) -> String;
    /// Whether files of others are accepted.
    fn adopts(&self) -> bool;
}

/// Whoever is told what was done, and may call off what is left to do.
pub struct Watch<'a> {
    pub observer: &'a dyn Observer,
    sent: &'a Sent,
}

impl Watch<'_> {
    /// Goes on only if nobody called it off.
    pub fn wanted(&self) -> Result<(), Trouble> {
        wanted(self.observer)
    }

    /// A file is where it belongs.
    pub fn put(&self, parcel: &Parcel) {
        self.sent.note(parcel);
        self.observer.step();
    }

    /// A file is gone, or left.
    pub fn removed(&self) {
        self.observer.step();
    }
}

/// A place that is changed file by file.
pub struct Mirror<S> {
    store: S,
    scope: Scope,
    standing: Sheet,
    found: Option<Found>,
    names: BTreeMap<Digest, String>,
}

impl<S: Store> Mirror<S> {
    /// The place that `store` leads to.
    pub fn new(store: S, scope: Scope) -> Self {
        Self { store, scope, standing: Sheet::default(), found: None, names: BTreeMap::new() }
    }

    /// Without a sheet, whatever is there is not ours.
    fn first(&self) -> Result<(), Trouble> {
        if self.store.adopts() {
            return Ok(());
        }
        let mut others = self.store.list()?;
        others.retain(|path| !is_tolerated(path));
        others.sort_unstable();
        if others.is_empty() { Ok(()) } else { Err(self.foreign(&others)) }
    }

    fn foreign(&self, paths: &[String]) -> Trouble {
        let message = format!("{} holds {}", self.store.name(), named(paths, "that Byline did not publish"));
        let hint = "choose another place, or write `adopt: true` into the target: files of others then stay, save where the site has its own";
        Trouble::refused(Code::ForeignTarget, message, hint)
    }

    /// The names of the files to be removed, which the sheet does not tell.
    fn named(&self, gone: &[Gone]) -> Vec<Named> {
        gone.iter()
            .filter_map(|gone| Some(Named { path: self.names.get(&gone.key)?.clone(), row: gone.row.clone() }))
            .collect()
    }
}

impl<S: Store> Destination for Mirror<S> {
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble> {
        self.found = self.store.sheet()?;
        let sheet = self.found.as_ref().and_then(|found| Sheet::decode(&found.bytes));
        if sheet.is_none() {
            self.first()?;
        }
        self.standing = sheet.unwrap_or_default();
        let plan = plan(&edition.parcels_with(|file| self.store.kept(file)), &self.standing);
        if !plan.gone.is_empty() {
            self.names = self.store.list()?.into_iter().map(|path| (key(&path), path)).collect();
        }
        Ok(plan)
    }

    fn removed(&self, plan: &Plan) -> Vec<String> {
        self.named(&plan.gone).into_iter().map(|file| file.path).collect()
    }

    fn carry_out(&mut self, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<Done, Trouble> {
        if !self.store.adopts() {
            let new: Vec<&Put> = plan.puts.iter().filter(|put| put.new).collect();
            let others = self.store.in_the_way(&new)?;
            if !others.is_empty() {
                return Err(self.foreign(&others));
            }
        }
        let (sent, version) = self.begin(plan)?;
        let watch = Watch { observer, sent: &sent };
        let (early, late) = room(self.named(&plan.gone), &plan.puts);
        observer.begin("publishing", plan.puts.len() + plan.gone.len());
        let mut left = self.store.remove(&early, &watch)?;
        for group in plan.groups() {
            let (already, rest): (Vec<&Parcel>, Vec<&Parcel>) =
                group.iter().map(|put| &put.parcel).partition(|parcel| sent.has(parcel));
            already.iter().for_each(|_| observer.step());
            watch.wanted()?;
            if !rest.is_empty() {
                self.store.put(edition, &rest, &watch)?;
            }
        }
        watch.wanted()?;
        if !late.is_empty() {
            left.extend(self.store.remove(&late, &watch)?);
        }
        self.store.write_sheet(&plan.next.encode(), Some(&version))?;
        sent.end();
        Ok(Done { notes: left.iter().map(|path| self.left(path)).collect(), release: None })
    }
}

impl<S: Store> Mirror<S> {
    /// Says at the target what is about to be sent. Gives the list of what was sent already, and the sheet's version.
    fn begin(&self, plan: &Plan) -> Result<(Sent, String), Trouble> {
        let under_way = plan.under_way(&self.standing).encode();
        let found = self.found.as_ref();
        let before = found.map_or_else(Digest::default, |found| Digest::of(&found.bytes));
        let mut sent = Sent::of(&self.scope.cache, &self.scope.target, before);
        let version = match found.filter(|found| found.bytes == under_way) {
            Some(found) => found.version.clone(),
            None => self.store.write_sheet(&under_way, found.map(|found| found.version.as_str()))?,
        };
        sent.begin(Digest::of(&under_way), plan.puts.iter().map(|put| &put.parcel))?;
        Ok((sent, version))
    }

    fn left(&self, path: &str) -> Diagnostic {
        let message =
            format!("`{path}` is no longer part of the site, but was changed at {}: it is left", self.store.name());
        Diagnostic::warning(Code::ForeignTarget, message).hint("remove it there if it is not needed")
    }
}

/// Goes on only if nobody called it off.
pub fn wanted(observer: &dyn Observer) -> Result<(), Trouble> {
    if observer.called_off() { Err(Trouble::CalledOff) } else { Ok(()) }
}

/// Parts removals that make room for what is put (a file where a folder is needed, a folder where a file is) from the others.
fn room(gone: Vec<Named>, puts: &[Put]) -> (Vec<Named>, Vec<Named>) {
    let paths: BTreeSet<&str> = puts.iter().map(|put| put.parcel.path.as_str()).collect();
    gone.into_iter().partition(|file| {
        let folder = format!("{}/", file.path);
        let becomes_folder = paths.range(folder.as_str()..).next().is_some_and(|next| next.starts_with(&folder));
        becomes_folder || file.path.match_indices('/').any(|(at, _)| paths.contains(&file.path[..at]))
    })
}

/// Whether hosts and version control keep something of that name at the top of a site.
fn is_tolerated(path: &str) -> bool {
    path.starts_with('.') && path != SHEET || path == "CNAME"
}
