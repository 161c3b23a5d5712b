//! What is put out where: the plan before it is done, and a line for each target afterwards.

use super::figures::{bytes, thousands};
use super::human::plain;
use crate::model::published::Published;

/// How many paths of a kind a plan shows.
const SHOWN: usize = 10;

/// A plan, for people.
pub fn plan(published: &Published) -> String {
    let change = &published.change;
    let mut text = format!("  {:10}{}\n", "Plan", said(published));
    for (sign, paths) in [("+", &change.added), ("~", &change.changed), ("-", &change.removed)] {
        for path in paths.iter().take(SHOWN) {
            text.push_str(&format!("  {:10}{sign} {}\n", "", plain(path)));
        }
        if paths.len() > SHOWN {
            text.push_str(&format!("  {:10}{sign} and {} more\n", "", thousands(paths.len() - SHOWN)));
        }
    }
    text
}

/// `paper (dir): 3 added, 2 changed, 1 removed, 12.3 KB to send`
fn said(published: &Published) -> String {
    format!("{} ({}): {}", plain(&published.target), published.kind, changes(published))
}

/// `3 added, 2 changed, 1 removed, 12.3 KB`
pub fn changes(published: &Published) -> String {
    let change = &published.change;
    if change.is_empty() {
        return "nothing to do".to_owned();
    }
    let (added, changed, removed) = (change.added.len(), change.changed.len(), change.removed.len());
    let parts = [(added, "added"), (changed, "changed"), (removed, "removed")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", thousands(*n))).collect();
    format!("{}, {}", parts.join(", "), bytes(change.bytes))
}

/// The line of a target, and its label.
pub fn line(published: &Published) -> (&'static str, String) {
    let release = published.release.as_ref().map(|name| format!(", as {}", plain(name))).unwrap_or_default();
    let what = format!("{} ({}): {}{release}", plain(&published.url), plain(&published.target), changes(published));
    match published {
        Published { rolled_back: true, .. } => {
            ("Back", format!("{} ({}){release}", plain(&published.url), plain(&published.target)))
        }
        Published { dry: true, .. } => ("Planned", what),
        _ if published.change.is_empty() => ("Unchanged", what),
        _ => ("Published", what),
    }
}
