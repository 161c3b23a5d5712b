//! What is put out where: the plan before it is done, and a line for each target afterwards.

use super::human::plain;
use super::summary::{count, thousands};
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

/// `512 bytes`, `12.3 KB`, `4.5 MB`
fn bytes(n: u64) -> String {
    match n {
        0..1000 => count(usize::try_from(n).unwrap_or(0), "byte"),
        1000..1_000_000 => format!("{}.{} KB", n / 1000, n % 1000 / 100),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_as_exact_as_they_are_small() {
        let cases = [(1, "1 byte"), (999, "999 bytes"), (12_345, "12.3 KB"), (4_560_000, "4.5 MB")];
        for (n, text) in cases {
            assert_eq!(bytes(n), text);
        }
    }
}
