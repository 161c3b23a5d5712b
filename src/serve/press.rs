//! The press: builds the site again and again, and tells of each time what whoever is writing needs to know.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::reload::Editions;
use super::{Build, Order, say};
use crate::builtin;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::report::{Outcome, Report};
use crate::pipeline::Request;
use crate::report::{self, Format};

/// How long another build of the site is waited for at first, and at most, before the next try.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Everything that a build needs, and what was told of the last one.
pub struct Press {
    request: Request,
    build: Build,
    /// What the last build noticed: it is not told twice.
    told: Option<Vec<Diagnostic>>,
    /// Whether the last build was good.
    good: bool,
    /// Whether the last build goes on without an end, and with it its hold on the site.
    spent: bool,
    /// The hold on the output: another server of the same site takes another folder.
    _hold: Option<File>,
}

impl Press {
    /// Builds as `order` says, for the server on `port`.
    ///
    /// # Errors
    /// The site's cache folder cannot be made.
    pub fn new(order: &Order, port: u16) -> Result<Self, Box<Diagnostic>> {
        let cache = order.root.join(".byline");
        let hold = hold(&cache).map_err(|failure| Box::new(failure.diagnostic()))?;
        let folder = if hold.is_some() { "serve".to_owned() } else { format!("serve-{port}") };
        let request = Request {
            base_url: Some(format!("http://localhost:{port}/")),
            drafts: order.drafts,
            as_of: order.as_of.clone(),
            ..Request::new(order.root.clone(), cache.join(folder), jiff::Timestamp::now())
        };
        Ok(Self { request, build: order.build, told: None, good: false, spent: false, _hold: hold })
    }

    /// The folder that is built.
    pub fn output(&self) -> &Path {
        &self.request.output
    }

    /// Whether nothing can be built any more in this process.
    pub fn is_spent(&self) -> bool {
        self.spent
    }

    /// Builds once, tells how it went, and lets a new edition appear if there is one. Returns the moment (Unix time in seconds) at
    /// which the same files give another site.
    pub fn print(&mut self, editions: &Editions) -> Option<i64> {
        let (mut report, failure) = self.run();
        let first = self.told.is_none();
        report.diagnostics.extend(failure.map(|failure| failure.diagnostic()));
        let good = report.outcome == Outcome::Built;
        let changed = report.written + report.removed > 0;
        if good && (changed || !self.good) {
            editions.appear();
        }
        self.good = good;
        self.spent = report.runaway;
        self.tell(&report, first);
        // Under --as-of, time stands still.
        let due = report.next_due.filter(|_| self.request.as_of.is_none()).map(|due| due.seconds());
        let due = due.filter(|due| *due > self.request.now.as_second());
        self.told = Some(report.diagnostics);
        due
    }

    /// One build; another one that holds the site is waited for.
    fn run(&mut self) -> (Report, Option<Failure>) {
        let (mut pause, longest) = PAUSE;
        loop {
            self.request.now = jiff::Timestamp::now();
            let (report, failure) = (self.build)(&self.request);
            if !report.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Busy) {
                return (report, failure);
            }
            if pause == PAUSE.0 {
                say("Waiting", "for another build of this site to end");
            }
            thread::sleep(pause);
            pause = (pause * 2).min(longest);
        }
    }

    /// Tells of a build: the first one at length, later ones in a line, with what was noticed if it is not what was told before.
    fn tell(&self, report: &Report, first: bool) {
        let good = report.outcome == Outcome::Built;
        if first || !good || self.told.as_ref() != Some(&report.diagnostics) {
            let lookup = |path: &str| builtin::text(&SitePath::new(path)).map(str::to_owned);
            // A terminal that is gone is no reason to stop.
            let _ = report::print(report, Format::Human, !first, &self.request.root, &lookup);
        }
        match (first, good) {
            (true, true) => {}
            (true, false) => say("", "mend it and save: the site is built again"),
            (false, true) => say("Rebuilt", &line(report)),
            (false, false) => say("Stopped", "the last good pages stay; mend it and save"),
        }
    }
}

/// `3 files written, 1 removed, in 120 ms; 2 warnings`
fn line(report: &Report) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut line = match (report.written, report.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{} written", count(written, "file")),
        (0, removed) => format!("{} removed", count(removed, "file")),
        (written, removed) => format!("{} written, {removed} removed", count(written, "file")),
    };
    line.push_str(&format!(", in {} ms", report.duration_ms));
    match report.count(Severity::Warning) {
        0 => {}
        warnings => line.push_str(&format!("; {}", count(warnings, "warning"))),
    }
    line
}

/// Takes hold of the server's usual output; `None` if another server has it. Where files cannot be locked, nobody else can either.
fn hold(cache: &Path) -> Result<Option<File>, Failure> {
    fs::create_dir_all(cache).map_err(|error| Failure::new("create the folder", cache, error))?;
    let path = cache.join("serve.lock");
    let file = File::options().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(|error| Failure::new("open", &path, error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        _ => Ok(Some(file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rebuild_is_told_in_one_line() {
        let report = Report { written: 1, removed: 2, duration_ms: 80, ..Report::default() };
        assert_eq!(line(&report), "1 file written, 2 removed, in 80 ms");
        let report = Report {
            diagnostics: vec![Diagnostic::warning(Code::Skipped, "a file was passed over")],
            duration_ms: 5,
            ..Report::default()
        };
        assert_eq!(line(&report), "nothing changed, in 5 ms; 1 warning");
    }
}
