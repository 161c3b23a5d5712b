//! Keys that several generators have: dates, terms, authors, series, pictures; each to its place in an article's front matter.

use serde_json::{Value, json};

use super::collection::Article;
use super::dates;
use super::formats;
use super::front::{find, map, names, text, texts};
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Position};
use crate::parse::node::{Entry, Kind, Node, excerpt};

/// Keys by which themes name the picture of a page.
pub const IMAGES: &[&str] = &["image", "images", "featured_image", "featuredimage", "cover", "thumbnail", "feature"];

/// Sets the date. Whether it could be read, or says that there is none.
pub fn set_date(article: &mut Article, written: &str, zone: &Zone) -> bool {
    let found = dates::read(written, zone);
    if let Some((written, moment)) = found {
        article.front.set("date", written);
        article.date = Some(moment);
        return true;
    }
    written.trim().is_empty() || written.starts_with("0001-01-01")
}

/// Sets a date under a key of Byline's, or notes that it cannot be read.
pub fn moment(article: &mut Article, own: &str, entry: &Entry, zone: &Zone, notes: &mut Vec<Diagnostic>) {
    let Some(written) = text(&entry.value) else { return };
    let known = if own == "date" {
        set_date(article, &written, zone)
    } else {
        let found = dates::read(&written, zone);
        article.front.set_maybe(own, found.as_ref().map(|(written, _)| written.as_str()));
        found.is_some() || written.starts_with("0001-01-01")
    };
    if !known {
        unreadable(article, &entry.key, &written, entry.value.at, notes);
    }
}

/// Notes a date that cannot be read, and keeps it.
pub fn unreadable(article: &mut Article, key: &str, written: &str, at: Position, notes: &mut Vec<Diagnostic>) {
    article.front.keep(key, Value::from(written));
    let message = format!("`{key}: {}` is no date that can be read; it moved to `extra`", excerpt(written));
    notes.push(formats::at(&article.source, at, message, "write 2017-10-26, or RFC 3339, and import again"));
}

/// Sets the terms of a taxonomy: each that an address can be made of.
pub fn terms(article: &mut Article, key: &str, written: Vec<String>, at: Position, notes: &mut Vec<Diagnostic>) {
    let before = article.front.texts(key).into_iter().map(str::to_owned);
    let (good, bad) = names(before.chain(written).collect());
    for name in bad {
        let message = format!("`{}` among the {key} was left out: an address cannot be made of it", excerpt(&name));
        notes.push(formats::at(&article.source, at, message, "give it letters or digits"));
    }
    article.front.set_list(key, good);
}

/// The names of authors: texts, or mappings with a name.
pub fn people(node: &Node) -> Vec<String> {
    let name = |node: &Node| text(node).or_else(|| find(map(node), "name").and_then(text));
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(name).collect(),
        _ => name(node).into_iter().collect(),
    }
}

/// An article belongs to one series; further ones are kept for templates.
pub fn series(article: &mut Article, node: &Node) {
    let (good, _) = names(texts(node));
    let mut all = good.into_iter();
    article.front.set_maybe("series", all.next());
    let rest: Vec<String> = all.collect();
    article.front.keep("further_series", Value::from(rest));
}

/// A picture: its path, or a mapping with its path, what it shows, and its caption.
pub fn image(node: &Node) -> Option<Value> {
    match &node.kind {
        Kind::List(items) => image(items.first()?),
        Kind::Map(entries) => {
            let part = |names: &[&str]| names.iter().find_map(|name| find(entries, name)).and_then(text);
            let src = part(&["src", "image", "url", "path"])?;
            Some(json!({"src": src, "alt": part(&["alt"]).unwrap_or_default()}).as_object().map(|map| {
                let mut map = map.clone();
                map.extend(part(&["caption"]).map(|caption| ("caption".to_owned(), caption.into())));
                Value::Object(map)
            })?)
        }
        _ => text(node).map(Value::from),
    }
}
