//! What a section says on behalf of its pages.

use serde_json::{Map, Value};

use crate::import::front::{find, map, texts, truth};
use crate::import::keys as keys_of;
use crate::parse::node::{Entry, Kind, Node};

/// What a section says on behalf of its pages, as far as Byline has the keys; and what was left.
pub(super) fn read(keys: &[Entry]) -> (Map<String, Value>, Vec<&Node>) {
    let mut map_of = Map::new();
    let mut left = Vec::new();
    let Some(node) = find(keys, "cascade") else { return (map_of, left) };
    let blocks: Vec<&Node> = match &node.kind {
        Kind::List(items) => items.iter().collect(),
        _ => vec![node],
    };
    for block in blocks {
        let entries = map(block);
        if find(entries, "_target").or_else(|| find(entries, "target")).is_some() {
            left.push(block);
            continue;
        }
        for entry in entries {
            match entry.key.to_lowercase().as_str() {
                "author" | "authors" => drop(map_of.insert("authors".to_owned(), keys_of::people(&entry.value).into())),
                "tags" => drop(map_of.insert("tags".to_owned(), texts(&entry.value).into())),
                "draft" => map_of.extend(truth(&entry.value).map(|draft| ("draft".to_owned(), draft.into()))),
                "params" => {
                    let extra =
                        map(&entry.value).iter().map(|entry| (entry.key.clone(), entry.value.clone().into_json()));
                    map_of.insert("extra".to_owned(), Value::Object(extra.collect()));
                }
                _ => left.push(&entry.value),
            }
        }
    }
    (map_of, left)
}
