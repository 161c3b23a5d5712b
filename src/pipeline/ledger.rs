//! The ledger of published URLs, `permalinks.txt`: what was published once must stay, or redirect.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};
use crate::model::failure::Failure;
use crate::model::page::{Page, What};
use crate::model::path::{SitePath, Url};
use crate::model::site::{Role, Site};
use crate::model::source::Source;
use crate::model::suggest;

/// The ledger's name.
const LEDGER: &str = "permalinks.txt";

/// Checks that every recorded URL is still served, unless its article has expired; where new ones are to be recorded, the value is the new ledger.
pub fn check(source: Option<&Source>, site: &Site, pages: &[Page], record: bool) -> Noted<Option<String>> {
    let path = SitePath::new(LEDGER);
    let text = source.map_or_else(String::new, |source| String::from_utf8_lossy(&source.bytes).into_owned());
    let served: BTreeSet<&Url> = pages.iter().map(|page| &page.url).chain(&site.waiting.withdrawn).collect();
    let mut recorded: BTreeSet<Url> = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mark = Mark::at(&path, Position::new(number, 1));
        match Url::parse(line) {
            Ok(url) if served.contains(&url) => {
                recorded.insert(url);
            }
            Ok(url) => {
                let known =
                    pages.iter().filter(|page| matches!(page.what, What::Article(_))).map(|page| page.url.as_str());
                let near = suggest::nearest(url.as_str(), known).map(|near| format!(" (`{near}` is near)"));
                let message = format!("the published URL `{url}` is no longer served{}", near.unwrap_or_default());
                let hint = format!("give the article that took its place `aliases: [{url}]`, or remove the line");
                diagnostics.push(Diagnostic::error(Code::Ledger, message).at(mark).hint(hint));
                recorded.insert(url);
            }
            Err(fault) => {
                let message = format!("the line is no URL of the site: {fault}");
                diagnostics.push(
                    Diagnostic::error(Code::Ledger, message).at(mark).hint("write a path such as /news/a-story/"),
                );
            }
        }
    }
    let all = site.articles.iter().filter(|article| article.role != Role::Unlisted).map(|article| &article.url);
    let new: Vec<&Url> = all.filter(|url| !recorded.contains(*url)).collect();
    let value = (record && !new.is_empty()).then(|| {
        let mut lines = text.trim_end().to_owned();
        let mut urls: Vec<&str> = new.iter().map(|url| url.as_str()).collect();
        urls.sort_unstable();
        for url in urls {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(url);
        }
        lines.push('\n');
        lines
    });
    Noted { value, diagnostics }
}

/// Writes the new ledger in place of the old one, in one step.
///
/// # Errors
/// The machine's.
pub fn record(root: &Path, text: &str) -> Result<(), Failure> {
    let path = root.join(LEDGER);
    let fail = |error: &dyn std::fmt::Display| Failure::new("write", &path, error);
    let mut file = tempfile::NamedTempFile::new_in(root).map_err(|error| fail(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| fail(&error))?;
    file.persist(&path).map_err(|error| fail(&error))?;
    Ok(())
}
