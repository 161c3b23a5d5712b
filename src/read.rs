//! Files to sources: the only stage that reads the site. Every file is found, sorted by what it is for, and hashed; what can
//! never be published (a device, an editor's lock file, a link out of the site) is named and passed over.

mod file;
mod name;
mod site;
mod sort;
mod walk;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::model::diagnostic::{Diagnostic, Noted};
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::source::{Inputs, Source, ThemeFolder};

pub use name::FOLDERS;
pub use site::locate;

use file::{assets, sources};
use name::Rule;
use walk::{Site, tree};

/// Reads the site in the folder `root`: all that any later stage may know of it. Diagnostics name files that were passed over
/// and links that lead astray.
///
/// # Errors
/// A file or folder that cannot be read, or that vanished in the meantime.
pub fn site(root: &Path) -> Result<Noted<Inputs>, Failure> {
    let site = Site::open(root)?;
    let mut notes = Vec::new();
    let mut inputs = Inputs {
        config: top_level(&site, name::CONFIG, &mut notes)?,
        ledger: top_level(&site, name::LEDGER, &mut notes)?,
        templates: sources(&site, tree(&site, "templates", Rule::Plain, &mut notes)?, &mut notes)?,
        statics: assets(&site, tree(&site, "static", Rule::Static, &mut notes)?)?,
        data: sources(&site, data_files(tree(&site, "data", Rule::Plain, &mut notes)?, &mut notes), &mut notes)?,
        themes: themes(&site, &mut notes)?,
        ..Inputs::default()
    };
    content(&site, &mut inputs, &mut notes)?;
    Ok(Noted { value: inputs, diagnostics: notes })
}

/// Reads site.yaml alone.
///
/// # Errors
/// It cannot be read, or vanished in the meantime.
pub fn config(root: &Path) -> Result<Noted<Option<Source>>, Failure> {
    let mut notes = Vec::new();
    let value = top_level(&Site::open(root)?, name::CONFIG, &mut notes)?;
    Ok(Noted { value, diagnostics: notes })
}

/// Whether a build may read what lies at this path, as far as its name tells: for whoever watches the site for changes.
pub fn concerns(path: &SitePath) -> bool {
    name::is_read(path)
}

/// Reads what lies below `content/`.
fn content(site: &Site, inputs: &mut Inputs, notes: &mut Vec<Diagnostic>) -> Result<(), Failure> {
    let found = sort::content(tree(site, "content", Rule::Plain, notes)?);
    notes.extend(found.orphans.iter().map(|orphan| sort::orphan(orphan, &found.articles)));
    inputs.articles = sources(site, found.articles, notes)?;
    inputs.sections = sources(site, found.sections, notes)?;
    inputs.sidecars = sources(site, found.sidecars, notes)?;
    inputs.people = sources(site, found.people.into_iter().collect(), notes)?.pop();
    inputs.vocabulary = sources(site, found.vocabulary.into_iter().collect(), notes)?.pop();
    inputs.content_assets = assets(site, found.assets)?;
    Ok(())
}

/// Reads one file directly in the site folder, if it is there.
fn top_level(site: &Site, name: &str, notes: &mut Vec<Diagnostic>) -> Result<Option<Source>, Failure> {
    match walk::single(site, name, notes)? {
        Some(path) => Ok(sources(site, vec![path], notes)?.pop()),
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
fn themes(site: &Site, notes: &mut Vec<Diagnostic>) -> Result<Vec<ThemeFolder>, Failure> {
    let found = sort::themes(tree(site, "themes", Rule::Theme, notes)?);
    let mut themes = Vec::with_capacity(found.len());
    for (name, files) in found {
        let sources = sources(site, files.sources, notes)?;
        themes.push(ThemeFolder { name, sources, statics: assets(site, files.statics)? });
    }
    Ok(themes)
}
