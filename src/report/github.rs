//! Diagnostics as workflow commands (`::error file=…,line=…::message`), which GitHub and compatible forges show beside the lines
//! that they concern. Format: GitHub Docs, "Workflow commands", and actions/toolkit's escaping of it.

use std::path::Path;

use super::human::word;
use crate::model::diagnostic::Diagnostic;
use crate::model::report::Report;

/// One command a line. `prefix` leads from the repository to the site (`""` or `docs/`).
pub fn commands(report: &Report, prefix: &str) -> String {
    report.sorted().into_iter().map(|diagnostic| command(diagnostic, prefix)).collect()
}

/// Where the site lies in the repository that the workflow checked out, or below the current folder: `docs/`, or nothing.
pub fn prefix(site_root: &Path) -> String {
    let base = std::env::var_os("GITHUB_WORKSPACE").map(Into::into).or_else(|| std::env::current_dir().ok());
    let below = || {
        let base = std::fs::canonicalize(base?).ok()?;
        let root = std::fs::canonicalize(site_root).ok()?;
        Some(root.strip_prefix(base).ok()?.to_string_lossy().replace('\\', "/"))
    };
    below().filter(|below| !below.is_empty()).map_or(String::new(), |below| below + "/")
}

fn command(diagnostic: &Diagnostic, prefix: &str) -> String {
    let mut properties = Vec::new();
    if let Some(mark) = &diagnostic.mark {
        // What is compiled in has no line in the repository.
        let built_in = mark.path.below("builtin").is_some();
        properties.extend((!built_in).then(|| format!("file={}", property(&format!("{prefix}{}", mark.path)))));
        if let Some(position) = mark.position.filter(|_| !built_in) {
            properties.push(format!("line={},col={}", position.line, position.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.name())));
    let hint = diagnostic.hint.as_ref().map_or(String::new(), |hint| format!("\n{hint}"));
    let message = data(&format!("{}{hint}", diagnostic.message));
    format!("::{} {}::{message}\n", word(diagnostic.severity), properties.join(","))
}

/// Escapes a message, so that no title of an article can end it and begin a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
