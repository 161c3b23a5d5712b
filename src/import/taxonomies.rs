//! The taxonomies of the new site beyond tags, authors and series.

use serde_json::{Value, json};

use super::collection::Collection;
use super::settings;
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;

/// Their keys, as site.yaml will have them.
pub fn of(collection: &Collection) -> Vec<String> {
    let list = collection.settings.get("taxonomies").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Takes away those that Byline does not know as one, since their addresses are its own or cannot be made. The terms move to `extra`.
pub fn settle(collection: &mut Collection) {
    let (good, bad): (Vec<String>, Vec<String>) =
        of(collection).into_iter().partition(|key| settings::fault("taxonomies", &json!([key])).is_none());
    if bad.is_empty() {
        return;
    }
    collection.settings.remove("taxonomies");
    if !good.is_empty() {
        collection.set("taxonomies", good);
    }
    for key in bad {
        for article in &mut collection.articles {
            if let Some(terms) = article.front.remove(&key) {
                article.front.keep(&key, terms);
            }
        }
        let message = format!("`{key}` cannot be a taxonomy of the site's own; its terms moved to `extra`");
        let note = Diagnostic::warning(Code::Import, message);
        collection.notes.push(note.hint("write them under another key, and name that one in `taxonomies:`"));
    }
}
