//! A collection made for another generator, to a site of Byline's: its files are read, converted by pure functions of text in, text
//! and notes out, and written to a new folder. What could not be converted stays readable in the article, and is noted.

mod address;
mod arguments;
mod attribute_lists;
mod claims;
mod collection;
mod conversion;
mod dates;
mod dialect;
mod embed;
mod files;
mod formats;
mod front;
mod gather;
mod hugo;
mod index;
mod jekyll;
mod keys;
mod lay;
mod links;
mod outputs;
mod pelican;
mod people;
mod settings;
mod tags;
mod taxonomies;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod yaml;
mod zola;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::model::failure::Failure;
use crate::model::report::Imported;
use collection::Collection;
use dialect::Dialect;
use files::Outputs;
use index::Index;
use tree::Tree;

/// Where a collection comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Zola.
    Zola,
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Pelican.
    Pelican,
    /// A folder of plain-text articles.
    Text,
}

impl Origin {
    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Zola => "Zola",
            Origin::Hugo => "Hugo",
            Origin::Jekyll => "Jekyll",
            Origin::Pelican => "Pelican",
            Origin::Text => "plain text",
        }
    }
}

/// What is to be imported, and where to.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where it comes from.
    pub origin: Origin,
    /// The folder of the collection.
    pub source: PathBuf,
    /// The folder for the new site: not there, or empty.
    pub target: PathBuf,
    /// Whether only the report is wanted.
    pub dry_run: bool,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The folders are not what they should be: what is wrong, and what to do.
    Usage(String, &'static str),
    /// The machine failed.
    Machine(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::Machine(failure)
    }
}

/// Imports a collection. The report's diagnostics name files of the collection.
///
/// # Errors
/// A folder that is not there, in the way, or within the other; a file that could not be read or written.
pub fn run(request: &Request) -> Result<Imported, Refusal> {
    let (source, target) = places(request)?;
    let tree = gather::tree(&source, passed_over(request.origin))?;
    let (outputs, mut report) = convert(request.origin, &tree, &source);
    if report.articles + report.pages == 0 {
        let message =
            format!("there is nothing of {} to import in {}", request.origin.name(), request.source.display());
        return Err(Refusal::Usage(message, "name the folder that holds its configuration and its articles"));
    }
    if !request.dry_run {
        lay::site(&outputs, &source, &target)?;
    }
    report.dry_run = request.dry_run;
    report.target = request.target.display().to_string();
    Ok(report)
}

/// Both folders, with links resolved.
fn places(request: &Request) -> Result<(PathBuf, PathBuf), Refusal> {
    let usage = |message: String, hint| Err(Refusal::Usage(message, hint));
    let (from, to) = (request.source.display(), request.target.display());
    if !request.source.is_dir() {
        return usage(
            format!("{from} is no folder"),
            "name the folder of the collection: `byline import hugo my-blog my-paper`",
        );
    }
    let real = |path: &Path| lay::real(path).map_err(|error| Failure::new("open", path, error));
    let (source, target) = (real(&request.source)?, real(&request.target)?);
    if target.starts_with(&source) || source.starts_with(&target) {
        return usage(format!("{to} and {from} lie one within the other"), "choose a folder apart from the collection");
    }
    if !lay::is_free(&request.target).map_err(|error| Failure::new("open", &request.target, error))? {
        return usage(
            format!("{to} is not empty; nothing was written"),
            "choose a new folder: nothing is ever overwritten",
        );
    }
    Ok((source, target))
}

/// Folders at the top of a collection that are its generator's own.
fn passed_over(origin: Origin) -> &'static [&'static str] {
    match origin {
        Origin::Hugo => hugo::PASS,
        Origin::Zola => zola::PASS,
        Origin::Pelican => pelican::PASS,
        Origin::Jekyll => jekyll::PASS,
        Origin::Text => &[],
    }
}

/// The files of the new site, and what there is to say about them.
fn convert(origin: Origin, tree: &Tree, source: &Path) -> (Outputs, Imported) {
    match origin {
        Origin::Zola => {
            let (collection, zola) = zola::read(tree);
            settled(origin, tree, collection, |collection| Index::new(collection, zola.base()), &zola)
        }
        Origin::Jekyll => {
            let (collection, jekyll) = jekyll::read(tree);
            settled(origin, tree, collection, |collection| jekyll.index(collection), &jekyll)
        }
        Origin::Pelican => {
            let (collection, pelican) = pelican::read(tree);
            settled(origin, tree, collection, |collection| Index::new(collection, pelican.base()), &pelican)
        }
        Origin::Text => {
            let name = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            text::convert(tree, &name)
        }
        Origin::Hugo => {
            let (collection, hugo) = hugo::read(tree);
            let index = |collection: &Collection| {
                let mut index = Index::new(collection, hugo.base());
                hugo.names(collection, &mut index);
                index
            };
            settled(origin, tree, collection, index, &hugo)
        }
    }
}

/// The steps that all generators have in common.
fn settled(
    origin: Origin,
    tree: &Tree,
    mut collection: Collection,
    index: impl FnOnce(&Collection) -> Index,
    dialect: &dyn Dialect,
) -> (Outputs, Imported) {
    taxonomies::settle(&mut collection);
    claims::rename(&mut collection);
    address::settle(&mut collection);
    claims::settle(&mut collection);
    let index = index(&collection);
    let mut report = counted(origin, &collection);
    let mut notes = std::mem::take(&mut collection.notes);
    notes.extend(tree.notes.iter().cloned());
    let outputs = outputs::all(collection, &index, dialect, &mut notes);
    report.written = outputs.texts.len() + outputs.copies.len();
    report.diagnostics = notes;
    (outputs, report)
}

fn counted(origin: Origin, collection: &Collection) -> Imported {
    let pages = collection.articles.iter().filter(|article| article.is_standing()).count();
    let has = |key: &str| collection.articles.iter().filter(|article| article.front.get(key).is_some()).count();
    let aliases = collection.articles.iter().map(|article| article.front.texts("aliases").len()).sum();
    Imported {
        origin: origin.name(),
        articles: collection.articles.len() - pages,
        pages,
        drafts: collection.articles.iter().filter(|article| article.is_draft()).count(),
        undated: collection.articles.iter().filter(|article| !article.is_standing() && article.date.is_none()).count(),
        people: collection.people.len(),
        permalink: collection.settings.get("permalink").and_then(Value::as_str).map(str::to_owned),
        by_url: has("url"),
        redirects: aliases,
        copied: collection.copies.len(),
        ..Imported::default()
    }
}
