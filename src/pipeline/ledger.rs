//! The ledger of published URLs, `permalinks.txt`: what was published once must stay, or redirect.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};
use crate::model::failure::Failure;
use crate::model::page::{Page, What};
use crate::model::path::{SitePath, Url};
use crate::model::site::{Article, Role, Site};
use crate::model::source::Source;
use crate::model::suggest;

/// The ledger's name.
const LEDGER: &str = "permalinks.txt";
/// For how many lost URLs a near one is looked for.
const GUESSES: usize = 100;

/// What is asked of the ledger.
pub struct Asked {
    /// Whether new URLs are to be added.
    pub record: bool,
    /// Whether the site is built as of another moment than now: what appears later is then no loss.
    pub another_time: bool,
    /// The present moment, in Unix seconds: what is not public by then is not recorded.
    pub now: i64,
}

/// Checks that every recorded URL is still served, unless its article has expired; where new ones are to be recorded, the value
/// is the new ledger.
pub fn check(source: Option<&Source>, site: &Site, pages: &[Page], asked: &Asked) -> Noted<Option<String>> {
    let path = SitePath::new(LEDGER);
    let text = source.map_or_else(String::new, |source| String::from_utf8_lossy(&source.bytes).into_owned());
    let mut served: BTreeSet<&Url> = pages.iter().map(|page| &page.url).chain(&site.waiting.withdrawn).collect();
    if asked.another_time {
        served.extend(&site.waiting.to_come);
    }
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
                let guess = diagnostics.len() < GUESSES;
                let near = suggest::nearest(url.as_str(), known.filter(|_| guess));
                let near = near.map(|near| format!(" (`{near}` is near)"));
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
    let public = |article: &&Article| {
        let due = article.meta.date.is_none_or(|date| date.seconds() <= asked.now);
        article.role != Role::Unlisted && !article.meta.draft && due
    };
    let all = site.articles.iter().filter(public).map(|article| &article.url);
    let new: Vec<&Url> = all.filter(|url| !recorded.contains(*url)).collect();
    let value = (asked.record && !new.is_empty()).then(|| {
        let mut lines = text.trim_end().to_owned();
        // What is read is percent-decoded once.
        let mut urls: Vec<String> = new.iter().map(|url| url.as_str().replace('%', "%25")).collect();
        urls.sort_unstable();
        for url in urls {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(&url);
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
    // A temporary file is its owner's alone; the ledger is read as the old one was, or as site.yaml is.
    let like = std::fs::metadata(&path).or_else(|_| std::fs::metadata(root.join("site.yaml")));
    if let Ok(like) = like {
        file.as_file().set_permissions(like.permissions()).map_err(|error| fail(&error))?;
    }
    file.as_file().sync_all().map_err(|error| fail(&error))?;
    file.persist(&path).map_err(|error| fail(&error))?;
    Ok(())
}
