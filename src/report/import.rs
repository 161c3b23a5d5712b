//! The report of an import: what came of the collection, and what could not be converted.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::figures::{count, duration, thousands};
use super::human::{self, Look};
use super::json::{Line, line};
use super::quote::Quotes;
use super::summary::{Lines, troubles};
use super::{Format, github, write_out};
use crate::model::report::{Imported, Report};

/// The object; the order of the fields is the order in the text.
#[derive(Serialize)]
struct Object<'a> {
    origin: &'a str,
    target: &'a str,
    dry_run: bool,
    articles: usize,
    pages: usize,
    drafts: usize,
    undated: usize,
    people: usize,
    permalink: Option<&'a str>,
    by_url: usize,
    redirects: usize,
    copied: usize,
    written: usize,
    duration_ms: u64,
    diagnostics: Vec<Line<'a>>,
}

/// Prints a report as [`print`](super::print) does; the lines that diagnostics speak of are read from the collection.
///
/// # Errors
/// Standard output or standard error cannot be written to.
pub fn print_import(imported: &Imported, format: Format, quiet: bool, source: &Path) -> io::Result<()> {
    let noted = Report { diagnostics: imported.diagnostics.clone(), ..Report::default() };
    let look = Look::of_stderr();
    let (mut stdout, mut stderr) = (String::new(), String::new());
    match format {
        Format::Json => stdout = object(imported),
        Format::Github => stdout = github::commands(&noted, &github::prefix(source)),
        Format::Human => {}
    }
    if format != Format::Github && !(quiet && format == Format::Json) {
        stderr.push_str(&human::diagnostics(&noted, &look, &mut Quotes::new(source, &|_| None)));
    }
    if !quiet {
        stderr.push_str(&summary(imported, &noted, look.colour));
    }
    write_out(&mut io::stdout().lock(), &stdout)?;
    write_out(&mut io::stderr().lock(), &stderr)
}

fn object(imported: &Imported) -> String {
    let object = Object {
        origin: imported.origin,
        target: &imported.target,
        dry_run: imported.dry_run,
        articles: imported.articles,
        pages: imported.pages,
        drafts: imported.drafts,
        undated: imported.undated,
        people: imported.people,
        permalink: imported.permalink.as_deref(),
        by_url: imported.by_url,
        redirects: imported.redirects,
        copied: imported.copied,
        written: imported.written,
        duration_ms: imported.duration_ms,
        diagnostics: imported.sorted().into_iter().map(line).collect(),
    };
    serde_json::to_string(&object).expect("a report serialises") + "\n"
}

fn summary(imported: &Imported, noted: &Report, colour: bool) -> String {
    let mut lines = Lines::new(colour);
    let what = format!("{} and {}", count(imported.articles, "article"), count(imported.pages, "page"));
    lines.first("Imported", &format!("{what} from {} in {}", imported.origin, duration(imported.duration_ms)));
    let copied = format!("{}, {} of them copied", count(imported.written, "file"), thousands(imported.copied));
    match imported.dry_run {
        true => lines.line("Files", &format!("{copied}; nothing was written")),
        false => lines.line("Written", &format!("{copied}, to {}", human::plain(&imported.target))),
    }
    let pattern = imported.permalink.as_deref().unwrap_or("/{section}/{slug}/");
    lines.line("Addresses", &format!("{pattern}; {} by `url`", thousands(imported.by_url)));
    let rest = [
        ("Redirects", imported.redirects, "former URL"),
        ("People", imported.people, "author"),
        ("Drafts", imported.drafts, "draft"),
        ("Undated", imported.undated, "article"),
    ];
    for (label, number, noun) in rest.into_iter().filter(|(_, number, _)| *number > 0) {
        lines.line(label, &count(number, noun));
    }
    lines.maybe("Noticed", troubles(noted));
    if !imported.dry_run {
        lines.line("Next", &format!("byline serve --site {} --open", human::plain(&imported.target)));
    }
    lines.into_text()
}
