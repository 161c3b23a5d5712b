//! The template engine's errors as diagnostics: at the template's file, line and column.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind, ReportError};

use super::filters;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::page::Page;
use crate::model::path::SitePath;
use crate::model::suggest;

/// The longest message that is shown whole, in characters.
const MESSAGE_LIMIT: usize = 300;

/// What to do about a template that is not well formed.
const SYNTAX: &str =
    "`{{ … }}` prints a value, `{% … %}` is an instruction, `{# … #}` a comment: mend what is open here";

/// What to do about a template that fails for a page.
const VALUES: &str = "the manual lists what the view of each page holds; ask first where a value may be null";

/// An error of one template on its own.
pub(super) fn of_one(error: &Error, files: &BTreeMap<String, SitePath>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) => of_report(report, files).hint(SYNTAX),
        ErrorKind::RenderingError(report) => of_report(report, files).hint(VALUES),
        _ => Diagnostic::error(Code::Template, lower_first(&short(&error.to_string()))),
    }
}

/// An error met while rendering a page.
pub(super) fn of_page(error: &Error, files: &BTreeMap<String, SitePath>, page: &Page) -> Diagnostic {
    let mut diagnostic = of_one(error, files);
    let cause = std::error::Error::source(error).map(|cause| format!(": {}", short(&cause.to_string())));
    diagnostic.message = format!("{}{} (while rendering {})", diagnostic.message, cause.unwrap_or_default(), page.url);
    diagnostic
}

fn of_report(report: &ReportError, files: &BTreeMap<String, SitePath>) -> Diagnostic {
    let span = report.span();
    let position = Position::new(span.start_line as u32, span.start_col as u32 + 1);
    at(
        Diagnostic::error(Code::Template, lower_first(&short(report.message()))),
        report.filename(),
        Some(position),
        files,
    )
}

/// Errors of the set as a whole: unknown filters and templates, blocks that no parent has, loops. The engine gives them as one
/// text of reports, each naming its place.
pub(super) fn of_set(
    error: &Error,
    files: &BTreeMap<String, SitePath>,
    sources: &[(String, String)],
) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::Msg(text) => text.split("\n\n").filter_map(|report| of_text(report, files)).collect(),
        ErrorKind::MissingParent { current, parent } => {
            let position = place_of(current, parent, sources);
            let hint = nearest_template(parent, files);
            let message = format!("the template extends `{parent}`, which does not exist");
            vec![at(Diagnostic::error(Code::Template, message), current, position, files).hint_maybe(hint)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => vec![circle("extends", tpl, inheritance_chain, files)],
        ErrorKind::CircularInclude { tpl, include_chain } => vec![circle("includes", tpl, include_chain, files)],
        _ => vec![of_one(error, files)],
    }
}

fn circle(what: &str, name: &str, chain: &[String], files: &BTreeMap<String, SitePath>) -> Diagnostic {
    let message = format!("the template {what} itself: {}", chain.join(" → "));
    at(Diagnostic::error(Code::Template, message), name, None, files).hint("take one of them out of the circle")
}

/// One report of the engine's text: `error: MESSAGE`, then `--> FILE:LINE:COLUMN`.
fn of_text(report: &str, files: &BTreeMap<String, SitePath>) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.trim_start_matches("error: ");
    let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")).unwrap_or("");
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next().and_then(|number| number.parse().ok());
    let line = parts.next().and_then(|number| number.parse().ok());
    let name = parts.next().unwrap_or("");
    let position = line.zip(column).map(|(line, column)| Position::new(line, column));
    let hint = message.split('`').nth(1).and_then(|word| {
        if message.starts_with("Unknown filter") {
            near(word, filters::NAMES.iter().copied())
        } else if message.starts_with("Unknown test") {
            near(word, filters::TESTS.iter().copied())
        } else if message.starts_with("Unknown template") {
            nearest_template(word, files)
        } else if message.starts_with("Block") {
            Some(format!("a template that this one extends was replaced by one without the block: add `{{% block {word} %}}{{% endblock %}}` to it"))
        } else {
            None
        }
    });
    let message = lower_first(&short(message));
    Some(at(Diagnostic::error(Code::Template, message), name, position, files).hint_maybe(hint))
}

/// Whether a fault of the set is one of the template alone that it stands in.
pub(super) fn is_local(fault: &Diagnostic) -> bool {
    ["unknown filter", "unknown test", "unknown function"].iter().any(|what| fault.message.starts_with(what))
}

fn near<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

fn nearest_template(name: &str, files: &BTreeMap<String, SitePath>) -> Option<String> {
    near(name, files.keys().map(|name| name.rsplit('/').next().unwrap_or(name)))
}

fn at(
    diagnostic: Diagnostic,
    name: &str,
    position: Option<Position>,
    files: &BTreeMap<String, SitePath>,
) -> Diagnostic {
    match files.get(name) {
        Some(path) => diagnostic.at(Mark { path: path.clone(), position }),
        None => diagnostic,
    }
}

/// Where a template names another.
fn place_of(current: &str, named: &str, sources: &[(String, String)]) -> Option<Position> {
    let (_, text) = sources.iter().find(|(name, _)| name == current)?;
    let at = text.find(&format!("\"{named}\"")).or_else(|| text.find(&format!("'{named}'")))?;
    Some(Position::of_offset(text, at))
}

/// A message cut to what a terminal can show: the engine may quote a whole page.
fn short(message: &str) -> String {
    let line = message.lines().next().unwrap_or("").trim_end_matches('.');
    let cut: String = line.chars().take(MESSAGE_LIMIT).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}

fn lower_first(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
