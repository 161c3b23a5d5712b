//! Menus: those of the configuration, and those in which pages say that they stand.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Hugo;
use crate::import::collection::{Article, Collection};
use crate::import::front::{find, map, text, texts};
use crate::import::settings;
use crate::parse::node::{Entry, Kind};

impl Hugo {
    /// The menus of the configuration: names to weighed links.
    pub(super) fn menus(&self) -> Menus {
        let mut menus = Menus::new();
        let node = find(&self.config.entries, "menus").or_else(|| find(&self.config.entries, "menu"));
        for entry in node.map(map).unwrap_or_default() {
            let Kind::List(items) = &entry.value.kind else { continue };
            for item in items {
                let part = |key| find(map(item), key).and_then(text);
                let url = part("url").or_else(|| part("pageRef"));
                let (Some(name), Some(url)) = (part("name").or_else(|| part("identifier")), url) else { continue };
                self.add(&mut menus, &entry.key, &name, &url, weight(map(item)));
            }
        }
        menus
    }

    fn add(&self, menus: &mut Menus, menu: &str, name: &str, url: &str, weight: i64) {
        let item = settings::menu_item(name, url, self.config.base.as_ref());
        menus.entry(menu.to_owned()).or_default().extend(item.map(|item| (weight, item)));
    }

    /// A page that says itself in which menus it stands.
    pub(super) fn own_menus(&self, article: &Article, keys: &[Entry], menus: &mut Menus) {
        let Some(node) = find(keys, "menus").or_else(|| find(keys, "menu")) else { return };
        let Some(url) = &article.old else { return };
        let title = article.front.text("title").unwrap_or("");
        for menu in texts(node) {
            self.add(menus, &menu, title, url.as_str(), 0);
        }
        for entry in map(node) {
            let name = find(map(&entry.value), "name").and_then(text);
            self.add(menus, &entry.key, name.as_deref().unwrap_or(title), url.as_str(), weight(map(&entry.value)));
        }
    }
}

/// Names of menus to weighed links.
pub(super) type Menus = BTreeMap<String, Vec<(i64, Value)>>;

fn weight(entries: &[Entry]) -> i64 {
    match find(entries, "weight").map(|node| &node.kind) {
        Some(Kind::Integer(weight, _)) => *weight,
        _ => 0,
    }
}

/// Sets the menus, each in the order of its links' weights.
pub(super) fn set(collection: &mut Collection, menus: Menus) {
    let mut map = Map::new();
    for (name, mut items) in menus {
        items.sort_by_key(|(weight, _)| *weight);
        let items: Vec<Value> = items.into_iter().map(|(_, item)| item).collect();
        if !items.is_empty() {
            map.insert(name, items.into());
        }
    }
    if !map.is_empty() {
        collection.set("menus", Value::Object(map));
    }
}
