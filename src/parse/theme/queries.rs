//! A theme's queries: what it asks of the collection.

use crate::model::suggest::nearest;
use crate::model::theme::{Query, QueryFilter, QueryList, QueryOrder};
use crate::parse::fields::{Fields, listed};
use crate::parse::node::{Entry, Kind, Node};

/// The kinds of page whose views may hold an answer.
pub const PAGES: &[&str] = &[
    "home",
    "article",
    "page",
    "section",
    "tag",
    "author",
    "tags",
    "authors",
    "archive",
    "year",
    "month",
    "day",
    "series",
    "series_index",
    "term",
    "terms",
    "search",
    "404",
];

const LISTS: &[(&str, QueryList)] = &[
    ("articles", QueryList::Articles),
    ("sections", QueryList::Sections),
    ("tags", QueryList::Tags),
    ("authors", QueryList::Authors),
    ("series", QueryList::Series),
    ("years", QueryList::Years),
];

const ORDERS: &[(&str, QueryOrder)] =
    &[("newest", QueryOrder::Newest), ("count", QueryOrder::Count), ("name", QueryOrder::Name)];

const KEYS: &[&str] = &["on", "list", "limit", "each", "filter", "order"];

/// Reads one query: `{on, list, limit, each, filter, order}`.
pub fn query(fields: &mut Fields<'_>, entry: &Entry) -> Option<Query> {
    let key = format!("queries.{}", entry.key);
    let entries = fields.map(&key, &entry.value)?;
    let mut query = Query {
        name: entry.key.clone(),
        on: Vec::new(),
        list: QueryList::Articles,
        limit: 5,
        each: 0,
        filter: None,
        order: QueryOrder::Newest,
    };
    for below in entries {
        let name = format!("{key}.{}", below.key);
        match below.key.as_str() {
            "on" => query.on = pages(fields, &name, &below.value),
            "list" => query.list = fields.choice(&name, &below.value, LISTS)?,
            "limit" => query.limit = bounded(fields, &name, &below.value, 1, 1000)?,
            "each" => query.each = bounded(fields, &name, &below.value, 0, 100)?,
            "filter" => query.filter = filter(fields, &name, &below.value),
            "order" => query.order = fields.choice(&name, &below.value, ORDERS)?,
            _ => fields.unknown(below, &format!("{key}."), KEYS, true),
        }
    }
    for required in ["on", "list"] {
        if !entries.iter().any(|below| below.key == required) {
            let hint = if required == "on" { "add `on: [home]`" } else { "add `list: articles`" };
            fields.error(entry.at, format!("the query `{}` has no `{required}`", entry.key), hint);
        }
    }
    Some(query)
}

fn pages(fields: &mut Fields<'_>, key: &str, node: &Node) -> Vec<String> {
    let mut pages = fields.lines(key, node).unwrap_or_default();
    pages.retain(|page| {
        let known = PAGES.contains(&page.as_str());
        if !known {
            let hint = match nearest(page, PAGES.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("the kinds of page are {}", listed(PAGES)),
            };
            fields.error(node.at, format!("`{key}` names no kind of page: `{page}`"), hint);
        }
        known
    });
    pages
}

fn bounded(fields: &mut Fields<'_>, key: &str, node: &Node, least: i64, most: i64) -> Option<usize> {
    let number = fields.integer(key, node)?;
    if (least..=most).contains(&number) {
        return usize::try_from(number).ok();
    }
    fields.wrong(key, &format!("a whole number from {least} to {most}"), node, "choose a number within these bounds");
    None
}

/// `featured`, or one of `{section: …}`, `{tag: …}`, `{author: …}`, `{featured: true}`.
fn filter(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<QueryFilter> {
    if let Kind::Map(entries) = &node.kind
        && let [entry] = entries.as_slice()
    {
        let name = format!("{key}.{}", entry.key);
        return match entry.key.as_str() {
            "section" => {
                fields.line(&name, &entry.value).map(|path| QueryFilter::Section(path.trim_matches('/').to_owned()))
            }
            "tag" => fields.line(&name, &entry.value).map(QueryFilter::Tag),
            "author" => fields.line(&name, &entry.value).map(QueryFilter::Author),
            "featured" => fields.boolean(&name, &entry.value)?.then_some(QueryFilter::Featured),
            _ => {
                fields.unknown(entry, &format!("{key}."), &["section", "tag", "author", "featured"], true);
                None
            }
        };
    }
    if matches!(&node.kind, Kind::Text(word) if word == "featured") {
        return Some(QueryFilter::Featured);
    }
    fields.wrong(key, "one of section, tag, author and featured", node, "write `filter: {section: news}`");
    None
}
