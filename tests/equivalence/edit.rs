//! An edit: its name, how often it is drawn, and what it does.

use crate::bench::Bench;

/// Does something to the bench, and says what; `None` where there is nothing to do it to.
pub type Act = fn(&mut Bench) -> Option<String>;

/// A kind of edit.
pub struct Kind {
    pub name: &'static str,
    /// How many of the lots are its own.
    pub lots: u64,
    pub act: Act,
}

impl Kind {
    /// A kind of edit.
    pub const fn of(name: &'static str, lots: u64, act: Act) -> Self {
        Self { name, lots, act }
    }
}

/// All kinds.
pub fn kinds() -> Vec<&'static Kind> {
    let all = [
        crate::articles::KINDS,
        crate::files::KINDS,
        crate::sections::KINDS,
        crate::house::KINDS,
        crate::pictures::KINDS,
        crate::request::KINDS,
        crate::harm::KINDS,
        crate::faulty::KINDS,
    ];
    all.into_iter().flatten().collect()
}

/// Sets, or with `None` removes, a key that stands at the beginning of a line, in front matter or, where there is none, in the
/// whole text. What is indented below it goes with it.
pub fn set(text: &str, key: &str, value: Option<&str>) -> String {
    let start = if text.starts_with("---\n") { 4 } else { 0 };
    let end = if start > 0 { text[start..].find("---\n").map_or(text.len(), |at| start + at) } else { text.len() };
    let mut lines: Vec<String> = Vec::new();
    let mut dropping = false;
    for line in text[start..end].lines() {
        dropping = if line.starts_with(' ') { dropping } else { line.starts_with(&format!("{key}:")) };
        if !dropping {
            lines.push(line.to_owned());
        }
    }
    lines.extend(value.map(|value| format!("{key}: {value}")));
    let block: String = lines.into_iter().map(|line| line + "\n").collect();
    format!("{}{block}{}", &text[..start], &text[end..])
}
