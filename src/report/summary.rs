//! The last lines of a command: what was done, and what waits. A line is there only if it has something to say.

use super::figures::{count, duration, thousands};
use super::human::{Look, plain};
use super::published;
use crate::model::diagnostic::Severity;
use crate::model::report::{Due, Outcome, Report};

/// How many held articles are named.
const NAMED: usize = 5;

/// The longest headline that is shown, in characters.
const HEADLINE: usize = 60;

/// The width of the first column.
pub(super) const LABEL: usize = 10;

/// The summary of a report.
pub fn text(report: &Report, look: &Look) -> String {
    let mut lines = Lines::new(look.colour);
    let time = duration(report.duration_ms);
    let articles = count(report.articles, "article");
    match report.outcome {
        Outcome::Built => built(report, &articles, &time, &mut lines),
        Outcome::Published | Outcome::Unfinished => {
            if report.pages > 0 {
                built(report, &articles, &time, &mut lines);
            }
            published(report, &mut lines);
        }
        Outcome::Checked => lines.first("Checked", &format!("{articles} in {time}")),
        Outcome::Stopped => lines.first_in(RED, "Stopped", "nothing was published: what stood before stands unchanged"),
    }
    waiting(report, &mut lines);
    if report.cache_damaged {
        lines.line("Cache", "a part of it was damaged, and was not used");
    }
    lines.maybe("Noticed", troubles(report));
    lines.text
}

/// How many errors and warnings there are; nothing where there are none.
pub fn troubles(report: &Report) -> String {
    let troubles = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let troubles = troubles.map(|(severity, word)| (report.count(severity), word));
    let troubles: Vec<_> = troubles.iter().filter(|(n, _)| *n > 0).map(|(n, word)| count(*n, word)).collect();
    troubles.join(", ")
}

/// That it was built, and from what.
fn built(report: &Report, articles: &str, time: &str, lines: &mut Lines) {
    lines.first("Built", &format!("{} from {articles} in {time}", count(report.pages, "page")));
    work(report, lines);
}

/// What was put out where.
fn published(report: &Report, lines: &mut Lines) {
    for published in &report.published {
        let (label, what) = published::line(published);
        lines.first(label, &what);
    }
    if report.outcome == Outcome::Unfinished {
        lines.first_in(RED, "Stopped", "not all was published; the next `byline publish` goes on where this one ended");
    }
}

/// What the build did and did not have to do.
fn work(report: &Report, lines: &mut Lines) {
    let mut made = Vec::new();
    made.extend((report.parsed > 0).then(|| format!("{} parsed", count(report.parsed, "source"))));
    made.extend((report.rendered > 0).then(|| format!("{} rendered", count(report.rendered, "page"))));
    made.extend((report.reused > 0).then(|| format!("{} reused", thousands(report.reused))));
    if !made.is_empty() {
        lines.line("Made", &made.join(", "));
    }
    let mut files = Vec::new();
    files.extend((report.written > 0).then(|| format!("{} written", count(report.written, "file"))));
    files.extend((report.removed > 0).then(|| format!("{} removed", thousands(report.removed))));
    if !files.is_empty() {
        lines.line("Output", &files.join(", "));
    }
}

/// What is not published, or not for ever.
fn waiting(report: &Report, lines: &mut Lines) {
    if report.undated > 0 {
        lines.line("Undated", &count(report.undated, "article"));
    }
    if report.drafts > 0 {
        lines.line("Drafts", &thousands(report.drafts));
    }
    if report.expired > 0 {
        lines.line("Expired", &count(report.expired, "article"));
    }
    let mut held: Vec<&Due> = report.held.iter().collect();
    held.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    if !held.is_empty() {
        lines.line("Held", &format!("{} until their date", count(held.len(), "article")));
        held.iter().take(NAMED).for_each(|due| lines.line("", &when(due)));
        if held.len() > NAMED {
            lines.line("", &format!("and {} more", thousands(held.len() - NAMED)));
        }
    }
    if let Some(due) = &report.expires_next {
        lines.line("Expires", &when(due));
    }
}

/// `2026-12-01  Headline (content/a.md)`
fn when(due: &Due) -> String {
    let mut title: String = due.title.chars().take(HEADLINE).collect();
    if title.len() < due.title.len() {
        title.push('…');
    }
    format!("{}  {} ({})", due.at, plain(&title), plain(due.path.as_str()))
}

const GREEN: &str = "\u{1b}[1;32m";
const RED: &str = "\u{1b}[1;31m";

/// Lines with a label in front.
pub struct Lines {
    text: String,
    colour: bool,
}

impl Lines {
    /// No lines yet.
    pub fn new(colour: bool) -> Self {
        Self { text: String::new(), colour }
    }

    /// The first line, which says that all went well.
    pub fn first(&mut self, label: &str, what: &str) {
        self.first_in(GREEN, label, what);
    }

    fn first_in(&mut self, colour: &str, label: &str, what: &str) {
        let (on, off) = if self.colour { (colour, "\u{1b}[0m") } else { ("", "") };
        self.text.push_str(&format!("  {on}{label:LABEL$}{off}{what}\n"));
    }

    /// A further line.
    pub fn line(&mut self, label: &str, what: &str) {
        self.text.push_str(&format!("  {label:LABEL$}{what}\n"));
    }

    /// A further line, if it has something to say.
    pub fn maybe(&mut self, label: &str, what: String) {
        if !what.is_empty() {
            self.line(label, &what);
        }
    }

    /// All lines.
    pub fn into_text(self) -> String {
        self.text
    }
}
