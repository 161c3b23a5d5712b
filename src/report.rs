//! Diagnostics and counts, for people and for programs: one file for each form.

mod figures;
mod fitting;
mod github;
mod human;
mod import;
mod json;
mod lines;
mod published;
mod quote;
mod summary;
mod why;

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::model::fitting::Fitting;
use crate::model::published::Published;
use crate::model::report::Report;
use crate::model::why::Answer;

pub use import::print_import;

use human::Look;
use quote::Quotes;

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal or a log.
    #[default]
    Human,
    /// One JSON object on standard output.
    Json,
    /// Workflow commands, which a forge shows beside the lines that they concern.
    Github,
}

/// Finds the text of a file that is compiled in, by its path (`builtin/templates/base.html`).
pub type Builtin<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Prints a report: text for people to standard error, text for programs to standard output. `quiet` leaves out the summary, and
/// beside a form for programs all that is for people. The lines that diagnostics speak of are read from `site_root`, or found
/// by `builtin`. A reader who hung up is no error.
///
/// # Errors
/// Standard output or standard error cannot be written to.
pub fn print(report: &Report, format: Format, quiet: bool, site_root: &Path, builtin: Builtin<'_>) -> io::Result<()> {
    let mut stdout = String::new();
    let mut stderr = String::new();
    let look = Look::of_stderr();
    match format {
        Format::Json => stdout = json::object(report),
        Format::Github => stdout = github::commands(report, &github::prefix(site_root)),
        Format::Human => {}
    }
    if format != Format::Github && !(quiet && format == Format::Json) {
        stderr.push_str(&human::diagnostics(report, &look, &mut Quotes::new(site_root, builtin)));
    }
    if !quiet {
        stderr.push_str(&summary::text(report, &look));
    }
    write_out(&mut io::stdout().lock(), &stdout)?;
    write_out(&mut io::stderr().lock(), &stderr)
}

/// Prints an answer to standard output, for people or as JSON. A reader who hung up is no error.
///
/// # Errors
/// Standard output cannot be written to.
pub fn print_answer(answer: &Answer, as_json: bool) -> io::Result<()> {
    let text = if as_json { why::object(answer) } else { why::text(answer) };
    write_out(&mut io::stdout().lock(), &text)
}

/// Prints to standard output how templates sit, for people or, with all that was noticed, as JSON. A reader who hung up is no
/// error.
///
/// # Errors
/// Standard output cannot be written to.
pub fn print_fitting(fitting: &Fitting, as_json: Option<&Report>) -> io::Result<()> {
    let text = as_json.map_or_else(|| fitting::text(fitting), |report| fitting::object(fitting, report));
    write_out(&mut io::stdout().lock(), &text)
}

/// Prints what is about to be done at a target, for people.
pub fn plan(change: &Published) {
    // A plan that cannot be shown is no reason to stop.
    let _ = write_out(&mut io::stderr().lock(), &published::plan(change));
}

fn write_out(to: &mut dyn Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

impl Look {
    /// Colour and width of standard error: colour only on a terminal, and not where `NO_COLOR` asks for none.
    fn of_stderr() -> Self {
        let terminal = io::stderr().is_terminal();
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self { colour: terminal && !refused && !dumb, width: width().filter(|_| terminal).unwrap_or(human::WIDTH) }
    }
}

/// The width of the terminal, in columns.
#[cfg(unix)]
fn width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stderr()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// The width of the terminal, in columns; elsewhere it is not asked for.
#[cfg(not(unix))]
fn width() -> Option<usize> {
    None
}
