//! The report as one JSON object, for programs: all diagnostics, the same keys always.

use serde::Serialize;

use crate::model::code::Code;
use crate::model::date::Moment;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::published::Published;
use crate::model::report::Report;

/// The object; the order of the fields is the order in the text.
#[derive(Serialize)]
struct Object<'a> {
    articles: usize,
    undated: usize,
    pages: usize,
    held: Vec<Held<'a>>,
    drafts: usize,
    expired: usize,
    parsed: usize,
    rendered: usize,
    reused: usize,
    written: usize,
    removed: usize,
    images: usize,
    printed: usize,
    next_due: Option<String>,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    published: Vec<Target<'a>>,
    diagnostics: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Target<'a> {
    target: &'a str,
    kind: &'a str,
    url: &'a str,
    dry_run: bool,
    rolled_back: bool,
    release: Option<&'a str>,
    bytes: u64,
    added: &'a [String],
    changed: &'a [String],
    removed: &'a [String],
}

#[derive(Serialize)]
struct Held<'a> {
    title: &'a str,
    path: &'a str,
    until: String,
}

/// A diagnostic.
#[derive(Serialize)]
pub struct Line<'a> {
    severity: Severity,
    code: Code,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    hint: Option<&'a str>,
}

/// The report as one line of JSON.
pub fn object(report: &Report) -> String {
    let mut held: Vec<_> = report.held.iter().collect();
    held.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    let held = held.iter().map(|due| Held { title: &due.title, path: due.path.as_str(), until: due.at.machine() });
    let object = Object {
        articles: report.articles,
        undated: report.undated,
        pages: report.pages,
        held: held.collect(),
        drafts: report.drafts,
        expired: report.expired,
        parsed: report.parsed,
        rendered: report.rendered,
        reused: report.reused,
        written: report.written,
        removed: report.removed,
        images: report.images,
        printed: report.printed,
        next_due: report.next_due.as_ref().map(Moment::rfc3339),
        duration_ms: report.duration_ms,
        published: report.published.iter().map(target).collect(),
        diagnostics: report.sorted().into_iter().map(line).collect(),
    };
    serde_json::to_string(&object).expect("a report serialises") + "\n"
}

fn target(published: &Published) -> Target<'_> {
    let change = &published.change;
    Target {
        target: &published.target,
        kind: published.kind,
        url: &published.url,
        dry_run: published.dry,
        rolled_back: published.rolled_back,
        release: published.release.as_deref(),
        bytes: change.bytes,
        added: &change.added,
        changed: &change.changed,
        removed: &change.removed,
    }
}

/// A diagnostic as its line of the list.
pub fn line(diagnostic: &Diagnostic) -> Line<'_> {
    let position = diagnostic.mark.as_ref().and_then(|mark| mark.position);
    Line {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: &diagnostic.message,
        path: diagnostic.mark.as_ref().map(|mark| mark.path.as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        hint: diagnostic.hint.as_deref(),
    }
}
