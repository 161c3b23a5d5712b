//! site.yaml: the settings that a generator and Byline have in common.

use serde_json::{Map, Value, json};

use super::files::Output;
use super::yaml;
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{Base, SitePath};
use crate::model::source::Source;
use crate::parse;

/// The order of the keys.
const ORDER: &[&str] = &[
    "title",
    "description",
    "base_url",
    "language",
    "timezone",
    "permalink",
    "pagination",
    "taxonomies",
    "menus",
    "links",
    "faulty",
    "text",
    "extra",
];

/// What stands above the settings.
const HEAD: &str = "# Settings of the imported site. The manual lists all keys: \"site.yaml, key by key\".\n";

/// The file. A value that Byline would refuse is left out and noted.
pub fn file(settings: &Map<String, Value>, notes: &mut Vec<Diagnostic>) -> Output {
    let mut settings = settings.clone();
    settings.insert("links".to_owned(), json!({"broken": "warn"}));
    let mut keys: Vec<&String> = settings.keys().collect();
    keys.sort_by_key(|key| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    let mut text = HEAD.to_owned();
    for key in keys {
        match fault(key, &settings[key]) {
            None => text.push_str(&document(key, &settings[key])),
            Some(fault) => {
                let message = format!("the setting `{key}` was left out: {}", fault.message);
                notes.push(Diagnostic::warning(Code::Import, message).hint_maybe(fault.hint));
            }
        }
    }
    Output { to: "site.yaml".to_owned(), text }
}

fn document(key: &str, value: &Value) -> String {
    yaml::document(&Map::from_iter([(key.to_owned(), value.clone())]))
}

/// Why a setting would stop a build, if it would.
pub fn fault(key: &str, value: &Value) -> Option<Diagnostic> {
    let source = Source::new(SitePath::new("site.yaml"), document(key, value).into_bytes());
    parse::config::parse(&source).diagnostics.into_iter().find(Diagnostic::is_error)
}

/// A link of a menu, if it can be one: an address of the site, or one elsewhere.
pub fn menu_item(name: &str, url: &str, base: Option<&Base>) -> Option<Value> {
    let name = name.trim();
    let url = url.trim();
    let inside = base.and_then(|base| url.strip_prefix(&base.origin)?.strip_prefix(&base.path));
    let url = inside.map_or_else(|| url.to_owned(), |path| format!("/{}", path.trim_start_matches('/')));
    let outside = ["http://", "https://", "mailto:"].iter().any(|start| url.starts_with(start));
    let url = if outside || url.starts_with('/') { url } else { format!("/{url}") };
    let page = !outside && !url.ends_with('/') && !url.rsplit('/').next().unwrap_or("").contains(['.', '#', '?']);
    let url = if page { format!("{url}/") } else { url };
    (!name.is_empty() && url.len() > 1 || url == "/").then(|| json!({"name": name, "url": url}))
}

/// The address of a site as `base_url` has it.
pub fn base_url(text: &str) -> Option<String> {
    Base::parse(text).map(|base| format!("{}{}/", base.origin, base.path))
}

/// A language tag as Byline takes it: `en_US.UTF-8` is `en-US`.
pub fn language(text: &str) -> Option<String> {
    let tag = text.split('.').next().unwrap_or("").replace('_', "-");
    let parts: Vec<&str> = tag.split('-').collect();
    let good =
        parts.iter().all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    (good && (2..=8).contains(&parts[0].len()) && parts[0].chars().all(|c| c.is_ascii_alphabetic())).then_some(tag)
}
