//! One build's hold on one output folder, from the lock to the commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use super::conflict;
use super::diff::{Plan, Wanted, diff};
use super::inventory::{Inventory, State};
use super::journal::{Journal, sync_folder};
use super::lock::Lock;
use super::manifest::{self, Found, Manifest, Row, Stat, Tail};
use super::place::Place;
use super::refusal::Refusal;
use super::stage::Staging;
use super::survey::{Survey, survey};
use super::{JOURNAL, MANIFEST};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::{Changes, Content, Origin, Output};
use crate::model::path::OutPath;

/// One build's hold on one output folder. Dropped without [`commit`](Session::commit), it leaves the output as it was.
#[derive(Debug)]
pub struct Session {
    site_root: PathBuf,
    place: Place,
    old: Inventory,
    /// Whether the manifest is to be written anew even if nothing else changes.
    stale: bool,
    /// What the site that stands was built for, and then what the site to be is built for.
    origin: Option<Origin>,
    /// Since when folders of others' files would show, if that is known.
    quiet: Option<i64>,
    /// The digest of the manifest that stands.
    manifest: Digest,
    staging: Staging,
    /// The files of the site to be, but for those that are kept as they stand.
    wanted: Mutex<BTreeMap<OutPath, Wanted>>,
    notes: Vec<Diagnostic>,
    /// Whether the staging folder is no longer this session's to remove.
    settled: bool,
    _lock: Lock,
}

/// Takes hold of an output folder: completes a change that was cut short, and looks at what stands there. With `adopt`, files of
/// others are accepted, and stay as they are.
///
/// # Errors
/// Another build is running; the folder holds what Byline did not write, or is no place for an output; the machine failed.
pub fn begin(site_root: &Path, output: &Path, adopt: bool) -> Result<Session, Refusal> {
    let mut lock = Lock::take(site_root)?;
    let place = occupy(&mut lock, site_root, output)?;
    let mut notes = Vec::new();
    if let Some(journal) = Journal::left_behind(&place)? {
        notes.extend(journal.apply()?.left.iter().map(left));
    }
    place.clear_staging()?;
    let (survey, origin, manifest) = if place.exists { examine(&place, output, adopt)? } else { Default::default() };
    Ok(Session {
        site_root: site_root.to_owned(),
        staging: Staging::new(place.staging.clone()),
        place,
        old: Inventory::new(survey.standing),
        stale: survey.stale,
        origin,
        quiet: survey.quiet,
        manifest,
        wanted: Mutex::default(),
        notes,
        settled: false,
        _lock: lock,
    })
}

/// Finds the output and takes hold of it: again, if whoever held it until then moved it or made it appear.
fn occupy(lock: &mut Lock, site_root: &Path, output: &Path) -> Result<Place, Refusal> {
    loop {
        let place = Place::find(site_root, output)?;
        if lock.hold(place.claim()?)? && place.output.exists() == place.exists {
            return Ok(place);
        }
    }
}

/// Reads the manifest of an output that is there, and compares it with what stands. The further values are what the output was
/// built for, and the manifest's digest.
fn examine(place: &Place, output: &Path, adopt: bool) -> Result<(Survey, Option<Origin>, Digest), Refusal> {
    let found = manifest::load(&place.manifest())?;
    let lost = matches!(found, Found::Unknown);
    let mut known = if let Found::Known(manifest) = found { manifest } else { Manifest::default() };
    let (origin, digest) = (known.origin.take(), known.digest);
    let mut survey = survey(&place.output, known)?;
    survey.stale |= !place.manifest().is_file() || lost;
    if survey.foreign.is_empty() || adopt {
        Ok((survey, origin, digest))
    } else {
        Err(Refusal::occupied(output, &survey.foreign, lost))
    }
}

impl Session {
    /// Says what the site to be is built for.
    #[must_use]
    pub fn built_for(mut self, origin: Origin) -> Self {
        self.stale |= self.place.exists && self.origin.as_ref() != Some(&origin);
        self.origin = Some(origin);
        self
    }

    /// The key and the content's digest of a file that the output holds unchanged since a build wrote it.
    pub fn known(&self, path: &OutPath) -> Option<(Digest, Digest)> {
        let row = self.old.intact(path)?;
        Some((row.key, row.content))
    }

    /// Whether a build wrote a file here, whatever became of it since.
    pub fn is_listed(&self, path: &OutPath) -> bool {
        self.old.get(path).is_some()
    }

    /// Whether the output is just as the last build left it: nothing missing, nothing changed.
    pub fn is_intact(&self) -> bool {
        self.place.exists
            && self.notes.is_empty()
            && self.old.files().iter().all(|(_, file)| file.state == State::Intact)
    }

    /// Takes an output into the site to be. Its bytes are written only if the output does not hold them already. May be called
    /// from many threads at once.
    ///
    /// # Errors
    /// The file cannot be written or copied, or two outputs claim the path.
    pub fn stage(&self, output: Output) -> Result<(), Failure> {
        let Output { path, content, key, stage } = output;
        if path.as_str().starts_with(".byline") {
            return Err(Failure::new(
                "write",
                &self.place.output.join(path.as_str()),
                "Byline keeps this name for itself",
            ));
        }
        let digest = match &content {
            Content::Bytes(bytes) => Digest::of(bytes),
            Content::Copy(_, digest) => *digest,
        };
        let wanted = match self.holds(&path, digest) {
            Some(row) => Wanted { row: Row { key, stage, ..row }, staged: false },
            None => {
                let stat = self.staging.write(&path, &content, &self.site_root)?;
                Wanted { row: Row { key, content: digest, stage, stat }, staged: true }
            }
        };
        self.want(path, wanted)
    }

    /// Takes a file into the site to be just as it stands in the output. `false` if it does not stand there unchanged: then it
    /// has to be staged.
    pub fn keep(&self, path: &OutPath) -> bool {
        !self.wanted().contains_key(path) && self.old.keep(path)
    }

    /// Makes the change: all that was staged or kept is the site, and what the last build wrote besides is deleted. Tells what
    /// was done, and which files someone else had changed.
    ///
    /// # Errors
    /// Files of others stand in the way, or the machine failed. Before the journal is in force the old output stands untouched;
    /// after that, the next command completes the change.
    pub fn commit(mut self) -> Result<(Changes, Vec<Diagnostic>), Refusal> {
        let kept = self.old.kept().count() + self.wanted().values().filter(|wanted| !wanted.staged).count();
        let Some(change) = self.prepare()? else {
            let changes = Changes { kept, manifest: self.manifest, ..Changes::default() };
            return Ok((changes, std::mem::take(&mut self.notes)));
        };
        let written = change.plan.puts().count();
        let mut removed = change.plan.deletes().count();
        if self.place.exists {
            let journal = Journal::place(&self.place, change.plan.ops)?;
            self.settled = true;
            sync_folder(&self.place.output)?;
            let applied = journal.apply()?;
            removed -= applied.left.len();
            self.notes.extend(applied.left.iter().map(left));
        } else {
            self.appear()?;
        }
        let changes = Changes { written, kept: kept + change.same, removed, manifest: change.manifest };
        Ok((changes, std::mem::take(&mut self.notes)))
    }

    /// Gives up: what was staged goes, and a thread that is left behind stages nothing more.
    pub fn abandon(&self) {
        self.staging.close();
    }

    /// Everything that comes before the change itself: afterwards the staging folder holds the new files, the new manifest and
    /// the journal. `None` if there is nothing to do.
    pub(super) fn prepare(&mut self) -> Result<Option<Change>, Refusal> {
        let mut wanted = std::mem::take(&mut *self.wanted());
        let mut plan = diff(&self.old, &wanted);
        let same = self.clear_the_way(&mut plan, &mut wanted)?;
        self.notes.extend(plan.replaced.iter().map(replaced));
        self.notes.extend(plan.left.iter().map(left));
        let rows = self.rows_to_be(&plan, &wanted);
        let before = self.old.files().iter().map(|(path, standing)| (path, standing.row));
        if self.place.exists && !self.stale && plan.ops.is_empty() && before.eq(rows.iter().copied()) {
            return Ok(None);
        }
        let manifest = manifest::encode(&rows, &Tail { origin: self.origin.clone(), quiet: self.quiet_since(&rows) });
        drop(rows);
        self.staging.write_durably(MANIFEST, &manifest)?;
        if self.place.exists {
            self.staging.write_durably(JOURNAL, &Journal::encode(&plan.ops))?;
        }
        Ok(Some(Change { plan, same, manifest: Digest::of(&manifest) }))
    }

    /// Refuses if others' files stand where this change writes. Those that hold what would be written stay theirs; their number
    /// is returned.
    fn clear_the_way(&self, plan: &mut Plan, wanted: &mut BTreeMap<OutPath, Wanted>) -> Result<usize, Refusal> {
        if !self.place.exists {
            return Ok(0);
        }
        let known = |path: &OutPath| self.old.get(path).is_some();
        let content = |path: &OutPath| wanted.get(path).map(|wanted| wanted.row.content);
        let conflicts = conflict::look(&self.place.output, plan, known, content)?;
        if !conflicts.in_the_way.is_empty() {
            let paths: Vec<_> = conflicts.in_the_way.into_iter().collect();
            return Err(Refusal::in_the_way(&self.place.output, &paths));
        }
        for path in &conflicts.same {
            self.staging.discard(path)?;
            wanted.remove(path);
        }
        plan.forget(&conflicts.same);
        Ok(conflicts.same.len())
    }

    /// The rows of the new manifest. Files that are left because someone changed them stay listed, or the next build would take
    /// them for someone else's and refuse the folder.
    fn rows_to_be<'a>(&'a self, plan: &'a Plan, wanted: &'a BTreeMap<OutPath, Wanted>) -> Vec<(&'a OutPath, Row)> {
        let kept = self.old.kept().map(|(path, standing)| (path, standing.row));
        let left = plan.left.iter().filter_map(|path| Some((path, self.old.get(path)?.row)));
        let mut rows: Vec<_> = kept.chain(left).chain(wanted.iter().map(|(path, wanted)| (path, wanted.row))).collect();
        rows.sort_by_key(|(path, _)| *path);
        rows
    }

    /// Since when folders of the site to be would show that someone put something into them. Nobody knows of a new output before
    /// it appears: what changes in it after its last file was made, others changed.
    fn quiet_since(&self, rows: &[(&OutPath, Row)]) -> i64 {
        if self.place.exists {
            self.quiet.unwrap_or(0)
        } else {
            rows.iter().map(|(_, row)| row.stat.mtime).max().unwrap_or(0)
        }
    }

    /// A first build: the finished folder takes the output's name.
    fn appear(&mut self) -> Result<(), Failure> {
        let (from, to) = (self.staging.folder(), &self.place.output);
        sync_folder(from)?;
        fs::rename(from, to).map_err(|error| Failure::new("create the folder", to, error))?;
        self.settled = true;
        to.parent().map_or(Ok(()), sync_folder)
    }

    /// Where the output is.
    #[cfg(test)]
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Leaves the staging folder to the journal, as a process does that is killed.
    #[cfg(test)]
    pub(super) fn settle(mut self) {
        self.settled = true;
    }

    /// The row of a file that holds this content, whoever wrote it.
    fn holds(&self, path: &OutPath, content: Digest) -> Option<Row> {
        let file = self.old.get(path)?;
        match file.state {
            State::Intact => (file.row.content == content).then_some(file.row),
            State::Changed(found) if found == Some(content) => {
                let metadata = fs::symlink_metadata(self.place.output.join(path.as_str())).ok()?;
                Some(Row { content, stat: Stat::of(&metadata), ..file.row })
            }
            _ => None,
        }
    }

    fn want(&self, path: OutPath, wanted: Wanted) -> Result<(), Failure> {
        let place = self.place.output.join(path.as_str());
        let kept = self.old.is_kept(&path);
        match self.wanted().insert(path, wanted) {
            None if !kept => Ok(()),
            _ => Err(Failure::new("write", &place, "two outputs claim this path")),
        }
    }

    fn wanted(&self) -> MutexGuard<'_, BTreeMap<OutPath, Wanted>> {
        self.wanted.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.settled {
            self.staging.close();
        }
    }
}

/// A change that is prepared and not yet in force.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) plan: Plan,
    /// How many files of others hold what would have been written.
    same: usize,
    /// The digest of the new manifest.
    manifest: Digest,
}

fn replaced(path: &OutPath) -> Diagnostic {
    let message = format!("`{path}` in the output was changed by someone else; the build's own version replaces it");
    Diagnostic::warning(Code::ChangedOutput, message).hint("change the source, the template or static/ instead")
}

fn left(path: &OutPath) -> Diagnostic {
    let message =
        format!("`{path}` in the output is no longer part of the site, but was changed by someone else: it is left");
    Diagnostic::warning(Code::ChangedOutput, message).hint("delete it, or move it away, if it is not needed")
}
