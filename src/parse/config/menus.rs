//! `menus` and `taxonomies`: lists of named things.

use crate::model::config::{Menu, MenuItem, Taxonomy};
use crate::model::escape::{Scheme, scheme};
use crate::model::path::Slug;
use crate::parse::fields::{Fields, listed};
use crate::parse::node::{Kind, Node};

/// What a taxonomy cannot be called: Byline's own indexes, and keys of the front matter.
const TAKEN: &[&str] = &["tags", "authors", "series", "archive", "search", "page"];

/// Reads `menus`: names to lists of `{name, url}`.
pub fn menus(fields: &mut Fields<'_>, node: &Node) -> Option<Vec<Menu>> {
    let mut menus = Vec::new();
    for entry in fields.map("menus", node)? {
        let key = format!("menus.{}", entry.key);
        let items = fields.items(&key, &entry.value).unwrap_or_default();
        let items = items.iter().filter_map(|item| menu_item(fields, &key, item)).collect();
        menus.push(Menu { name: entry.key.clone(), items });
    }
    Some(menus)
}

fn menu_item(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<MenuItem> {
    let Kind::Map(entries) = &node.kind else {
        fields.wrong(key, "a list of {name, url}", node, "write `- {name: About, url: /about/}`");
        return None;
    };
    let (mut name, mut url) = (None, None);
    for entry in entries {
        match entry.key.as_str() {
            "name" => name = fields.line(&format!("{key}.name"), &entry.value),
            "url" => url = link(fields, &format!("{key}.url"), &entry.value),
            _ => fields.unknown(entry, &format!("{key}."), &["name", "url"], true),
        }
    }
    for required in ["name", "url"] {
        if !entries.iter().any(|entry| entry.key == required) {
            fields.error(
                node.at,
                format!("a link of `{key}` needs a `{required}`"),
                "write `{name: About, url: /about/}`",
            );
        }
    }
    Some(MenuItem { name: name?, url: url? })
}

fn link(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<String> {
    let url = fields.line(key, node)?;
    let good = match scheme(&url) {
        Scheme::Relative => url.starts_with('/'),
        Scheme::Allowed => true,
        Scheme::Refused => false,
    };
    if good {
        return Some(url);
    }
    let message = format!("`{key}` cannot be linked: `{url}`");
    fields.error(
        node.at,
        message,
        "write a path of the site that begins with `/`, or an http, https or mailto address",
    );
    None
}

/// Reads `taxonomies`: a list of keys, or of `{key, title}` (`name` for `key` is understood, too).
pub fn taxonomies(fields: &mut Fields<'_>, node: &Node) -> Option<Vec<Taxonomy>> {
    let mut taxonomies: Vec<Taxonomy> = Vec::new();
    for item in fields.items("taxonomies", node)? {
        let Some(taxonomy) = taxonomy(fields, item) else { continue };
        if TAKEN.contains(&taxonomy.key.as_str()) {
            let message = format!("`{}` cannot be a taxonomy of the site's own", taxonomy.key);
            fields.error(item.at, message, format!("{} are built in: remove it here", listed(TAKEN)));
        } else if taxonomies.iter().any(|other| other.key == taxonomy.key) {
            fields.error(item.at, format!("the taxonomy `{}` is given twice", taxonomy.key), "remove one of the two");
        } else {
            taxonomies.push(taxonomy);
        }
    }
    Some(taxonomies)
}

fn taxonomy(fields: &mut Fields<'_>, node: &Node) -> Option<Taxonomy> {
    let (mut key, mut title) = (None, None);
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                match entry.key.as_str() {
                    "key" | "name" => key = taxonomy_key(fields, &entry.value),
                    "title" => title = fields.line("taxonomies.title", &entry.value),
                    _ => fields.unknown(entry, "taxonomies.", &["key", "title"], true),
                }
            }
            if !entries.iter().any(|entry| matches!(entry.key.as_str(), "key" | "name")) {
                fields.error(node.at, "a taxonomy needs a `key`", "write `- {key: topics, title: Topics}`");
            }
        }
        _ => key = taxonomy_key(fields, node),
    }
    let key = key?;
    let title = title.unwrap_or_else(|| capitalised(&key));
    Some(Taxonomy { key, title })
}

/// A key is a segment of URLs as it stands, so that it must be its own slug (underscores aside).
fn taxonomy_key(fields: &mut Fields<'_>, node: &Node) -> Option<String> {
    let key = fields.line("taxonomies", node)?;
    let slug = Slug::written(&key).ok().filter(|_| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
    if slug.is_none() {
        let message = format!("`{key}` cannot be the key of a taxonomy: it is a segment of URLs");
        fields.error(node.at, message, "write letters, digits and hyphens; its name as a heading is its `title`");
    }
    slug.map(|slug| slug.as_str().to_owned())
}

fn capitalised(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
