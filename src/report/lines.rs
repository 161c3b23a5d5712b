//! Answers for people: lines with a label in front.

use super::human::plain;
use super::summary::LABEL;

/// The widest that the first column of a table gets, in characters.
const COLUMN: usize = 60;

/// Lines with a label in front.
#[derive(Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line.
    pub fn line(&mut self, label: &str, text: &str) {
        self.0.push_str(&format!("  {label:LABEL$}{}\n", plain(text)));
    }

    /// Adds rows of two columns.
    pub fn table(&mut self, label: &str, rows: &[(String, String)]) {
        let width = rows.iter().map(|(first, _)| first.chars().count()).max().unwrap_or(0).min(COLUMN);
        for ((first, second), at) in rows.iter().zip(0..) {
            self.line(if at == 0 { label } else { "" }, format!("{first:width$}  {second}").trim_end());
        }
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.0
    }
}
