//! Front matter in the making, and what the front matter of others comes to.

use serde_json::{Map, Value};

use super::yaml;
use crate::model::escape::single_line;
use crate::model::path::{Slug, SlugStyle};
use crate::parse::node::{Entry, Kind, Node};

/// The order of the keys; those of taxonomies follow `tags`, in the order in which they were set.
const ORDER: &[&str] = &[
    "title",
    "standfirst",
    "date",
    "updated",
    "expires",
    "authors",
    "tags",
    "series",
    "section",
    "slug",
    "url",
    "aliases",
    "draft",
    "unlisted",
    "page",
    "lang",
    "weight",
    "featured",
    "toc",
    "image",
    "source",
    "faulty",
    "extra",
];

/// The most that front matter may have, in bytes: somewhat less than what articles may have.
const LIMIT: usize = 60 * 1024;

/// The front matter of an article in the making.
#[derive(Clone, Debug, Default)]
pub struct Front {
    keys: Map<String, Value>,
    extra: Map<String, Value>,
}

impl Front {
    /// Sets a key.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.keys.insert(key.to_owned(), value.into());
    }

    /// Sets a key if there is a value for it.
    pub fn set_maybe(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// Sets a key to a list, unless that is empty.
    pub fn set_list(&mut self, key: &str, values: Vec<String>) {
        if !values.is_empty() {
            self.set(key, values);
        }
    }

    /// Adds a text to a key's list.
    pub fn add(&mut self, key: &str, text: &str) {
        match self.keys.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(texts) => texts.push(text.into()),
            one => *one = Value::Array(vec![one.take(), text.into()]),
        }
    }

    /// Keeps a value that has no key of its own, for templates.
    pub fn keep(&mut self, key: &str, value: Value) {
        let nothing = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        if !nothing {
            self.extra.insert(key.to_owned(), value);
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.keys.get(key)
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(Value::as_str)
    }

    /// The texts of a key that holds a list.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        self.keys.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The values without a key of their own.
    pub fn extra(&self) -> &Map<String, Value> {
        &self.extra
    }

    /// The keys that are set beside Byline's own: those of taxonomies.
    pub fn taxonomies(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str).filter(|key| !ORDER.contains(key))
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.keys.remove(key)
    }

    /// The lines between the fences; and whether what has no key of its own had to be left out, since it is too long.
    pub fn document(&self) -> (String, bool) {
        let mut sorted = Map::new();
        let place = |key: &str| ORDER.iter().position(|known| *known == key).map_or((6, 1), |at| (at, 0));
        let mut keys: Vec<(&String, &Value)> = self.keys.iter().collect();
        keys.sort_by_key(|(key, _)| place(key));
        for (key, value) in keys {
            sorted.insert(key.clone(), value.clone());
        }
        let short = yaml::document(&sorted);
        if self.extra.is_empty() {
            return (short, false);
        }
        sorted.insert("extra".to_owned(), Value::Object(self.extra.clone()));
        let whole = yaml::document(&sorted);
        if whole.len() <= LIMIT { (whole, false) } else { (short, true) }
    }
}

/// The one text of a value: a number is taken as text, a list of one as its item.
pub fn text(node: &Node) -> Option<String> {
    let line = match &node.kind {
        Kind::Text(text) => single_line(text),
        Kind::Integer(_, text) | Kind::Float(_, text) => text.to_string(),
        Kind::List(items) if items.len() == 1 => return text(&items[0]),
        _ => return None,
    };
    (!line.is_empty()).then_some(line)
}

/// All texts of a value: of a list, or the one that it is.
pub fn texts(node: &Node) -> Vec<String> {
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(text).collect(),
        _ => text(node).into_iter().collect(),
    }
}

/// `true`, or a word that means it.
pub fn truth(node: &Node) -> Option<bool> {
    match &node.kind {
        Kind::Bool(value) => Some(*value),
        Kind::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        },
        Kind::Integer(value, _) => Some(*value != 0),
        _ => None,
    }
}

/// The entries of a mapping.
pub fn map(node: &Node) -> &[Entry] {
    match &node.kind {
        Kind::Map(entries) => entries,
        _ => &[],
    }
}

/// The value of a key, letter case aside.
pub fn find<'n>(entries: &'n [Entry], key: &str) -> Option<&'n Node> {
    entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
}

/// The value of a key of a mapping within a mapping: `find_below(entries, &["params", "author"])`.
pub fn find_below<'n>(entries: &'n [Entry], keys: &[&str]) -> Option<&'n Node> {
    let (first, rest) = keys.split_first()?;
    let node = find(entries, first)?;
    if rest.is_empty() { Some(node) } else { find_below(map(node), rest) }
}

/// Names that an address can be made of, each once; and the others.
pub fn names(all: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut slugs = Vec::new();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for name in all {
        match Slug::whole(&name, SlugStyle::Unicode) {
            Some(slug) if slugs.contains(&slug) => {}
            Some(slug) => {
                slugs.push(slug);
                good.push(name);
            }
            None => bad.push(name),
        }
    }
    (good, bad)
}

/// A mapping of the keys that have a value.
pub fn keys(entries: Vec<(&str, Option<Value>)>) -> Map<String, Value> {
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_have_one_order() {
        let mut front = Front::default();
        front.keep("mood", json!("calm"));
        front.set("url", "/a/");
        front.set_list("topics", vec!["Sea".into()]);
        front.set_list("tags", vec!["Ferry".into()]);
        front.set("title", "A");
        assert_eq!(front.document().0, "title: A\ntags: [Ferry]\ntopics: [Sea]\nurl: /a/\nextra:\n  mood: calm\n");
    }

    #[test]
    fn names_without_letters_are_no_names() {
        let (good, bad) = names(vec!["Sea".into(), "???".into(), "sea".into()]);
        assert_eq!((good, bad), (vec!["Sea".to_owned()], vec!["???".to_owned()]));
    }
}
