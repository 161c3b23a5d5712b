//! A folder of releases: each edition is a folder of its own, and a link turns to the new one in one step.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::WalkDir;

use super::place;
use crate::model::code::Code;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::pipeline::Observer;
use crate::publish::edition::Edition;
use crate::publish::mirror::wanted;
use crate::publish::plan::{Plan, plan};
use crate::publish::releases::{self, CURRENT, FOLDER, UNFINISHED};
use crate::publish::sheet::{SHEET, Sheet, State, key};
use crate::publish::trouble::Trouble;
use crate::publish::{Destination, Done};

/// The folder.
pub struct Releases {
    path: PathBuf,
    keep: usize,
    /// The release that readers see, and its files.
    current: Option<(String, BTreeMap<Digest, String>)>,
    standing: Sheet,
}

impl Releases {
    /// A folder, there or yet to be made.
    pub fn new(path: PathBuf, keep: usize) -> Self {
        Self { path, keep, current: None, standing: Sheet::default() }
    }

    fn folder(&self) -> PathBuf {
        self.path.join(FOLDER)
    }

    fn names(&self) -> Result<Vec<String>, Failure> {
        let folder = self.folder();
        let failed = |error: io::Error| Failure::new("list the folder", &folder, error);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        entries.map(|entry| Ok(entry.map_err(failed)?.file_name().to_string_lossy().into_owned())).collect()
    }

    /// The name of the release that the link leads to.
    fn linked(&self) -> Result<Option<String>, Trouble> {
        let link = self.path.join(CURRENT);
        let name = match fs::read_link(&link) {
            Ok(to) => to.file_name().map(|name| name.to_string_lossy().into_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) => None,
        };
        let name = name.filter(|name| releases::is_release(name));
        if name.is_none() {
            let message = format!("`{}` is no link to a release", link.display());
            return Err(Trouble::refused(Code::ForeignTarget, message, "move it away, or choose another folder"));
        }
        Ok(name)
    }

    /// Turns the link to a release, in one step.
    fn turn(&self, name: &str) -> Result<(), Failure> {
        let (link, new) = (self.path.join(CURRENT), self.path.join(".byline-current"));
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failure::new("remove", &new, error)),
            _ => {}
        }
        symlink(&Path::new(FOLDER).join(name), &new)
            .and_then(|()| fs::rename(&new, &link))
            .map_err(|error| Failure::new("turn the link", &link, error))
    }

    /// Fills a new release: what the current one has is linked from there, the rest is copied.
    fn fill(&self, new: &Path, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<(), Trouble> {
        let old = self.current.as_ref().map(|(name, files)| (self.folder().join(name), files));
        observer.begin("publishing", plan.next.rows.len());
        for parcel in edition.parcels() {
            wanted(observer)?;
            let known = self.standing.rows.get(&key(parcel.path.as_str())).map(|row| &row.state);
            let same = known == Some(&State::Sent(parcel.sent));
            let path = parcel.path.as_str();
            let linked = same && old.as_ref().is_some_and(|(old, _)| link(&old.join(path), &new.join(path)).is_ok());
            if !linked {
                place(new, path, &edition.read(&parcel)?)?;
            }
            observer.step();
        }
        let outgoing = plan.next.rows.iter().filter(|(_, row)| row.outgoing);
        for (key, _) in outgoing {
            let Some((old, files)) = &old else { break };
            let Some(path) = files.get(key) else { continue };
            let (from, to) = (old.join(path), new.join(path));
            link(&from, &to).map_err(|error| Failure::new("keep", &to, error))?;
            observer.step();
        }
        place(new, SHEET, &plan.next.encode())?;
        Ok(())
    }
}

impl Destination for Releases {
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble> {
        self.current = match self.linked()? {
            Some(name) => {
                let folder = self.folder().join(&name);
                self.standing =
                    fs::read(folder.join(SHEET)).ok().and_then(|bytes| Sheet::decode(&bytes)).unwrap_or_default();
                Some((name, files(&folder)?))
            }
            None => None,
        };
        Ok(plan(&edition.parcels(), &self.standing))
    }

    fn removed(&self, plan: &Plan) -> Vec<String> {
        let files = self.current.as_ref().map(|(_, files)| files);
        plan.gone.iter().filter_map(|gone| files?.get(&gone.key).cloned()).collect()
    }

    fn carry_out(&mut self, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<Done, Trouble> {
        let new = self.folder().join(UNFINISHED);
        remove(&new)?;
        let filled = self.fill(&new, edition, plan, observer);
        if let Err(trouble) = filled {
            // On a full disk half a release only makes things worse.
            let _ = fs::remove_dir_all(&new);
            return Err(trouble);
        }
        let existing = self.names()?;
        let name = releases::name(Timestamp::now(), &existing);
        let target = self.folder().join(&name);
        fs::rename(&new, &target).map_err(|error| Failure::new("create the folder", &target, error))?;
        self.turn(&name)?;
        let before = self.current.as_ref().map(|(name, _)| name.as_str());
        for old in releases::outdated(&existing, before, &name, self.keep) {
            remove(&self.folder().join(old))?;
        }
        Ok(Done { notes: Vec::new(), release: Some(name) })
    }

    fn roll_back(&mut self) -> Result<String, Trouble> {
        let current = self.linked()?.unwrap_or_default();
        let Some(before) = releases::before(&self.names()?, &current) else {
            let message = format!("`{}` has no release before the present one", self.path.display());
            return Err(Trouble::refused(Code::ForeignTarget, message, "publish an older state of the site instead"));
        };
        self.turn(&before)?;
        Ok(before)
    }
}

/// The files of a release by the digests of their paths.
fn files(folder: &Path) -> Result<BTreeMap<Digest, String>, Failure> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(|error| Failure::new("list the folder", folder, error))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            files.insert(key(&path), path);
        }
    }
    Ok(files)
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::new("remove the folder", folder, error)),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn symlink(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "releases need a system with symbolic links"))
}
