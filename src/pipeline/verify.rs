//! The proof: the site is built again from nothing, beside its cache, and the two outputs are compared byte by byte.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cache::Cache;
use super::{Observer, Request, Stop, run_with};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::report::Report;
use crate::write::{self, Difference, Refusal};

/// How many differences are named.
const NAMED: usize = 10;

/// What to do about a difference.
const HINT: &str = "build with --fresh; if nobody changed the output, please report this";

/// Watches the second build: its stages are not shown, but it may be called off.
struct Unseen<'a>(&'a dyn Observer);

impl Observer for Unseen<'_> {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
    fn called_off(&self) -> bool {
        self.0.called_off()
    }
}

/// Builds again what was made from `key`, and reports how that differs from what `report` tells of.
///
/// # Errors
/// The machine failed, or the site can no longer be built.
pub fn verify(
    request: &Request,
    cache: &Cache,
    key: Digest,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<(), Stop> {
    observer.begin("verifying", 0);
    if !cache.is_ours() {
        report.diagnostics.push(Refusal::Busy.diagnostic());
        return Ok(());
    }
    clear(&request.root).map_err(Stop::Machine)?;
    let end = again(request, key, &folder(&request.root), &Unseen(observer), report);
    let removed = clear(&request.root).map_err(Stop::Machine);
    report.diagnostics.extend(end?);
    removed
}

/// Builds again in a folder, and tells of the differences.
fn again(
    request: &Request,
    key: Digest,
    folder: &Path,
    observer: &dyn Observer,
    report: &Report,
) -> Result<Vec<Diagnostic>, Stop> {
    fs::create_dir_all(folder).map_err(|error| Stop::Machine(Failure::new("create the folder", folder, error)))?;
    let output = folder.join("public");
    let again = Request { output, fresh: true, ..request.clone() };
    let mut proof = Report::default();
    let mut cache = Cache::open(&folder.join("cache"), true);
    match run_with(&again, &mut cache, observer, &mut proof) {
        // New lines in the ledger make another key.
        Ok(other) if other != key && !request.record => return Ok(vec![meanwhile()]),
        Ok(_) => {}
        Err(Stop::Site) => return Ok(proof.diagnostics),
        Err(stop) => return Err(stop),
    }
    let differences = write::compare(&request.output, &again.output).map_err(Stop::Machine)?;
    let mut notes = told(&differences);
    if noticed(report) != noticed(&proof) {
        let message = "a build from nothing notices something else than this one did";
        notes.push(Diagnostic::error(Code::Verify, message).hint(HINT));
    }
    Ok(notes)
}

fn folder(root: &Path) -> PathBuf {
    root.join(".byline").join("verify")
}

/// The files that differ: the first few by name.
fn told(differences: &[Difference]) -> Vec<Diagnostic> {
    let message = |difference: &Difference| match difference {
        Difference::Missing(path) => format!("`{path}` is missing in the output"),
        Difference::Extra(path) => format!("`{path}` in the output is not part of the site"),
        Difference::From(path, at) => {
            format!("`{path}` in the output differs from what a build from nothing gives, from byte {} on", at + 1)
        }
    };
    let named = differences.iter().take(NAMED).map(message);
    let more = differences.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("{more} more files of the output differ"));
    named.chain(rest).map(|message| Diagnostic::error(Code::Verify, message).hint(HINT)).collect()
}

/// What was noticed of the site itself, in the order of reports.
fn noticed(report: &Report) -> Vec<&Diagnostic> {
    report.sorted().into_iter().filter(|note| note.code != Code::ChangedOutput).collect()
}

fn meanwhile() -> Diagnostic {
    Diagnostic::error(Code::Verify, "the site was changed while it was being built again: nothing was compared")
        .hint("build once more")
}

/// Removes what a build was made in to be compared, if it is there: this one's, or that of one that was cut short.
///
/// # Errors
/// The machine's.
pub fn clear(root: &Path) -> Result<(), Failure> {
    let folder = folder(root);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::new("remove the folder", &folder, error)),
        _ => Ok(()),
    }
}
