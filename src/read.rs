//! Files to sources: the only stage that reads the site. Every file is found, sorted by what it is for, and hashed, unless it
//! looks as it did when it was hashed last; what can
//! never be published (a device, an editor's lock file, a link out of the site) is named and passed over.

mod file;
mod name;
mod site;
mod sort;
mod stats;
mod walk;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::model::diagnostic::{Diagnostic, Noted};
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::source::{Inputs, Source, ThemeFolder};

pub use file::{again, single};
pub use name::FOLDERS;
pub use site::locate;
pub use stats::Stats;

use file::Reading;
use name::Rule;
use walk::{Site, tree};

/// Reads the site in the folder `root`: all that any later stage may know of it. What looks as it did in the reading `known` is
/// not read. Diagnostics name files that were passed over and links that lead astray. The second value is for the next reading.
///
/// # Errors
/// A file or folder that cannot be read, or that vanished in the meantime.
pub fn site(root: &Path, known: &Stats) -> Result<(Noted<Inputs>, Stats), Failure> {
    let site = Site::open(root)?;
    let mut reading = Reading::begin(&site, known);
    let mut inputs = Inputs {
        config: top_level(&mut reading, name::CONFIG)?,
        ledger: top_level(&mut reading, name::LEDGER)?,
        ..Inputs::default()
    };
    let templates = tree(&site, "templates", Rule::Plain, &mut reading.notes)?;
    inputs.templates = reading.sources(templates)?;
    let strings = tree(&site, "strings", Rule::Plain, &mut reading.notes)?;
    inputs.strings = reading.sources(strings)?;
    let statics = tree(&site, "static", Rule::Static, &mut reading.notes)?;
    inputs.statics = reading.assets(statics)?;
    let data = tree(&site, "data", Rule::Plain, &mut reading.notes)?;
    let data = data_files(data, &mut reading.notes);
    inputs.data = reading.sources(data)?;
    inputs.themes = themes(&mut reading)?;
    content(&mut reading, &mut inputs)?;
    let Reading { stats, notes, .. } = reading;
    Ok((Noted { value: inputs, diagnostics: notes }, stats.settle(known)))
}

/// Reads site.yaml alone.
///
/// # Errors
/// It cannot be read, or vanished in the meantime.
pub fn config(root: &Path) -> Result<Noted<Option<Source>>, Failure> {
    let (site, known) = (Site::open(root)?, Stats::default());
    let mut reading = Reading::begin(&site, &known);
    let value = top_level(&mut reading, name::CONFIG)?;
    Ok(Noted { value, diagnostics: reading.notes })
}

/// Whether a build may read what lies at this path, as far as its name tells: for whoever watches the site for changes.
pub fn concerns(path: &SitePath) -> bool {
    name::is_read(path)
}

/// Reads what lies below `content/`.
fn content(reading: &mut Reading, inputs: &mut Inputs) -> Result<(), Failure> {
    let found = sort::content(tree(reading.site, "content", Rule::Plain, &mut reading.notes)?);
    reading.notes.extend(found.orphans.iter().map(|orphan| sort::orphan(orphan, &found.articles)));
    inputs.articles = reading.found(found.articles)?;
    inputs.sections = reading.sources(found.sections)?;
    inputs.sidecars = reading.found(found.sidecars)?;
    inputs.people = reading.sources(found.people.into_iter().collect())?.pop();
    inputs.vocabulary = reading.sources(found.vocabulary.into_iter().collect())?.pop();
    inputs.content_assets = reading.assets(found.assets)?;
    Ok(())
}

/// Reads one file directly in the site folder, if it is there.
fn top_level(reading: &mut Reading, name: &str) -> Result<Option<Source>, Failure> {
    match walk::single(reading.site, name, &mut reading.notes)? {
        Some(path) => Ok(reading.sources(vec![path])?.pop()),
        None => Ok(None),
    }
}

/// Keeps the files whose format is one for data; the others are named.
fn data_files(paths: Vec<SitePath>, notes: &mut Vec<Diagnostic>) -> Vec<SitePath> {
    let (data, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(sort::is_data);
    notes.extend(others.iter().map(sort::not_data));
    data
}

/// Reads the themes of the site's own `themes/` folder, sorted by name.
fn themes(reading: &mut Reading) -> Result<Vec<ThemeFolder>, Failure> {
    let found = sort::themes(tree(reading.site, "themes", Rule::Theme, &mut reading.notes)?);
    let mut themes = Vec::with_capacity(found.len());
    for (name, files) in found {
        let sources = reading.sources(files.sources)?;
        themes.push(ThemeFolder { name, sources, statics: reading.assets(files.statics)? });
    }
    Ok(themes)
}
