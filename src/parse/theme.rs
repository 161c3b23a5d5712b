//! theme.yaml to a theme's description, and a site's `theme_options` to the values of its options.

mod options;
mod queries;
#[cfg(test)]
mod tests;

use super::config::document;
use super::fields::Fields;
use super::node::{Entry, Kind};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Noted, Position};
use crate::model::path::OutPath;
use crate::model::source::Source;
use crate::model::theme::{THEME_API, ThemeFile};

pub use options::check_options;

/// The most that theme.yaml may have, in bytes.
const LIMIT: usize = 256 * 1024;

const KEYS: &[&str] =
    &["name", "theme_api", "parent", "options", "queries", "description", "license", "homepage", "version"];

/// Reads theme.yaml. The value is `None` where any of it is in error.
pub fn parse(source: &Source) -> Noted<Option<ThemeFile>> {
    let mut fields = Fields::new(&source.path, Code::Theme);
    let entries = document(source, LIMIT, &mut fields);
    let mut theme = ThemeFile { name: String::new(), parent: None, options: Vec::new(), queries: Vec::new() };
    for entry in &entries {
        key(&mut theme, &mut fields, entry);
    }
    for required in ["name", "theme_api"] {
        if !entries.iter().any(|entry| entry.key == required) {
            let hint = if required == "name" { "add the name of the theme's folder" } else { "add `theme_api: 1`" };
            fields.error(Position::new(1, 1), format!("theme.yaml has no `{required}`"), hint);
        }
    }
    let failed = fields.notes.iter().any(Diagnostic::is_error);
    Noted { value: (!failed).then_some(theme), diagnostics: fields.notes }
}

fn key(theme: &mut ThemeFile, fields: &mut Fields<'_>, entry: &Entry) {
    let node = &entry.value;
    match entry.key.as_str() {
        "name" => theme.name = folder_name(fields, entry).unwrap_or_default(),
        "theme_api" => {
            if let Some(version) = fields.integer("theme_api", node)
                && u64::try_from(version) != Ok(THEME_API)
            {
                let message =
                    format!("the theme is made for version {version} of the views, and this Byline has {THEME_API}");
                fields.error(
                    node.at,
                    message,
                    "use a version of the theme for this Byline, or the Byline that it was made for",
                );
            }
        }
        "parent" if matches!(node.kind, Kind::Null) => {}
        "parent" => theme.parent = folder_name(fields, entry),
        "options" => {
            let entries = fields.map("options", node).unwrap_or_default();
            theme.options = entries.iter().filter_map(|entry| options::option(fields, entry)).collect();
        }
        "queries" => {
            let entries = fields.map("queries", node).unwrap_or_default();
            theme.queries = entries.iter().filter_map(|entry| queries::query(fields, entry)).collect();
        }
        // For those who look for a theme; Byline has no use for them.
        "description" | "license" | "homepage" | "version" => {
            fields.text(&entry.key, node);
        }
        _ => fields.unknown(entry, "", KEYS, true),
    }
}

fn folder_name(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let name = fields.line(&entry.key, &entry.value)?;
    if !name.contains('/') && OutPath::new(&name).is_ok() {
        return Some(name);
    }
    fields.error(
        entry.value.at,
        format!("`{name}` cannot be the name of a theme"),
        "write the name of a folder of themes/",
    );
    None
}
