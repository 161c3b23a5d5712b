//! What Pelican reads off a file's name and path: the named groups of two regular expressions of its settings.

use std::collections::BTreeMap;

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;

use super::headers::Field;
use crate::import::tree::{name, without_extension};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::SitePath;

/// What holds where the settings say nothing.
const FILENAME: &str = r"(?P<date>\d{4}-\d{2}-\d{2}).*";

/// The largest program that an expression may become, in bytes.
const LARGEST: usize = 1 << 18;

/// Fields that an article may say of itself as well; other groups are for patterns of addresses.
pub const FIELDS: &[&str] = &[
    "title", "date", "modified", "author", "authors", "tags", "category", "slug", "status", "lang", "summary",
    "save_as", "url", "series",
];

/// The expressions.
pub struct Named {
    filename: Option<Regex>,
    path: Option<Regex>,
}

impl Named {
    /// Reads `FILENAME_METADATA` and `PATH_METADATA`. One that cannot be read is noted.
    pub fn read(settings: &BTreeMap<String, Value>, notes: &mut Vec<Diagnostic>) -> Self {
        let mut expression = |key: &str, usual: Option<&str>| {
            let written = settings.get(key).map_or(usual, Value::as_str)?;
            // Python's expressions begin at the beginning of the text, but need not reach its end.
            let read = RegexBuilder::new(&format!("^(?:{written})")).size_limit(LARGEST).build();
            if read.is_err() {
                let message = format!("`{key}` could not be read; what it says of files is not known");
                let note = Diagnostic::warning(Code::Import, message).at(Mark::file(&SitePath::new("pelicanconf.py")));
                notes.push(note.hint("write it without look-around and references, and import again"));
            }
            read.ok()
        };
        Self { filename: expression("FILENAME_METADATA", Some(FILENAME)), path: expression("PATH_METADATA", None) }
    }

    /// Adds to an article's fields what its name and path say and it does not say itself. Gives all groups.
    pub fn add(&self, below: &str, fields: &mut Vec<Field>) -> BTreeMap<String, String> {
        let mut groups = BTreeMap::new();
        let stem = name(without_extension(below));
        for (expression, text) in [(&self.filename, stem), (&self.path, below)] {
            let Some(expression) = expression else { continue };
            let Some(found) = expression.captures(text) else { continue };
            for group in expression.capture_names().flatten() {
                if let Some(value) = found.name(group) {
                    groups.entry(group.to_lowercase()).or_insert_with(|| value.as_str().to_owned());
                }
            }
        }
        for (key, value) in &groups {
            if FIELDS.contains(&key.as_str()) && !fields.iter().any(|field| field.key == *key) {
                fields.push(Field { key: key.clone(), value: value.clone(), line: 1 });
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(settings: &[(&str, &str)], below: &str) -> (BTreeMap<String, String>, usize) {
        let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
        let mut notes = Vec::new();
        (Named::read(&settings, &mut notes).add(below, &mut Vec::new()), notes.len())
    }

    #[test]
    fn names_and_paths_are_read_as_pelican_reads_them() {
        let read = |settings: &[(&str, &str)], below: &str| groups(settings, below).0.into_iter().collect::<Vec<_>>();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(read(&[], "a/2017-10-26.md"), [pair("date", "2017-10-26")]);
        assert_eq!(read(&[], "a/on-2017-10-26.md"), []);
        let both = [
            ("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<Slug>.*)"),
            ("PATH_METADATA", r"(?P<path_no_ext>(?P<slug>[^/]*)/.*)\..*"),
        ];
        let expected = [pair("date", "2017-10-26"), pair("path_no_ext", "a/2017-10-26_b"), pair("slug", "b")];
        assert_eq!(read(&both, "a/2017-10-26_b.md"), expected);
    }

    #[test]
    fn an_expression_that_cannot_be_read_is_noted() {
        assert_eq!(groups(&[("PATH_METADATA", "(?P<slug>.*")], "a.md"), (BTreeMap::new(), 1));
        assert_eq!(groups(&[("PATH_METADATA", r"(a{500}){500}")], "a.md").1, 1);
    }
}
