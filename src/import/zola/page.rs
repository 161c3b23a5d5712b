//! A page of Zola's: its front matter key by key, its file and its address.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Slugs, Zola};
use crate::import::address;
use crate::import::collection::{Article, Markup};
use crate::import::dates::{self, day_prefix};
use crate::import::formats::{self, Opening};
use crate::import::front::{Front, find, map, names, text, texts, truth};
use crate::import::keys;
use crate::import::tree::{folder, name, without_extension};
use crate::model::date::Zone;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{SitePath, Slug, SlugStyle};
use crate::parse::node::{Entry, Kind};

/// Keys that say how Zola renders a page.
const OF_TEMPLATES: &[&str] =
    &["template", "render", "in_search_index", "insert_anchor_links", "slug", "path", "aliases", "generate_feeds"];

impl Zola {
    /// Reads a page.
    pub(super) fn page(&self, path: &str, below: &str, opening: &Opening, notes: &mut Vec<Diagnostic>) -> Article {
        let mut article = blank(path, below, opening);
        let (stem, language) = self.language_of(name(without_extension(below)));
        for entry in &opening.keys {
            key(&mut article, entry, notes);
        }
        article.front.set_maybe("lang", language.map(str::to_owned));
        let bundle = stem == "index";
        let named = if bundle && below.contains('/') { name(folder(below)) } else { stem };
        let dated = dated_name(named);
        if let (None, Some((date, _))) = (article.date, dated) {
            keys::set_date(&mut article, date, &Zone::utc());
        }
        let bare = dated.map(|(_, rest)| rest).filter(|rest| !rest.is_empty() && !self.keeps_dates).unwrap_or(named);
        let written = |key| find(&opening.keys, key).and_then(text);
        let home = if bundle { folder(folder(below)) } else { folder(below) };
        let prefix = language.map(|language| format!("{language}/")).unwrap_or_default();
        let slug = self.slug(written("slug").as_deref().unwrap_or(bare));
        let usual = address::old_decoded(&format!("{prefix}{home}/{slug}/"));
        article.old = match written("path") {
            Some(path) => {
                let own = address::old_decoded(&format!("{}/", path.trim_end_matches('/')));
                if own.is_none() {
                    let at = find(&opening.keys, "path").map(|node| node.at).unwrap_or_default();
                    notes.push(formats::at(
                        &article.source,
                        at,
                        "`path` cannot be published",
                        "the page has another address now",
                    ));
                }
                own.or(usual)
            }
            None => usual,
        };
        for written in find(&opening.keys, "aliases").map(texts).unwrap_or_default() {
            let Some(url) = address::old_decoded(&written) else {
                let at = find(&opening.keys, "aliases").map(|node| node.at).unwrap_or_default();
                let message =
                    format!("the alias `{}` is no address of the site", crate::parse::node::excerpt(&written));
                notes.push(formats::at(&article.source, at, message, "nothing is served there"));
                continue;
            };
            let mut all: Vec<String> = article.front.texts("aliases").into_iter().map(str::to_owned).collect();
            all.push(url.as_str().to_owned());
            article.front.set_list("aliases", all);
        }
        article
    }

    /// A name as a part of an address.
    fn slug(&self, name: &str) -> String {
        match self.slugs {
            Slugs::Off => name.to_owned(),
            Slugs::Safe => name.trim_end_matches([' ', '.']).chars().filter(|c| !"<>:\"/\\|?*".contains(*c)).collect(),
            Slugs::On => slugified(name),
        }
    }
}

/// A text as a part of an address, or as an id, in ASCII.
pub fn slugified(text: &str) -> String {
    let ascii = text.replace(['\'', '’', '+', '#'], " ");
    Slug::whole(&ascii, SlugStyle::Ascii).map(|slug| slug.to_string()).unwrap_or_default()
}

/// A page of which only its file is known.
pub fn blank(path: &str, below: &str, opening: &Opening) -> Article {
    Article {
        source: SitePath::new(path),
        target: below.to_owned(),
        front: Front::default(),
        body: opening.body.clone(),
        first_line: opening.first_line,
        markup: Markup::Markdown,
        old: None,
        date: None,
        values: BTreeMap::new(),
    }
}

/// The date that a name begins with, and what follows: a day, or a whole date of RFC 3339.
fn dated_name(name: &str) -> Option<(&str, &str)> {
    if let Some(found) = day_prefix(name) {
        return Some(found);
    }
    let rest = name.get(10..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "T:.+-Z".contains(c))).unwrap_or(rest.len());
    // The offset's own hyphen may be the last one: the longest date that can be read counts.
    let ends = (0..=end).rev().map(|end| 10 + end);
    let date = ends
        .filter(|end| name.is_char_boundary(*end))
        .find(|end| dates::read(&name[..*end], &Zone::utc()).is_some())?;
    let rest = name[date..].trim_start().strip_prefix(['-', '_'])?;
    name[10..].starts_with('T').then_some((&name[..date], rest))
}

fn key(article: &mut Article, entry: &Entry, notes: &mut Vec<Diagnostic>) {
    let node = &entry.value;
    let zone = Zone::utc();
    match entry.key.as_str() {
        "title" => article.front.set_maybe("title", text(node)),
        "description" => article.front.set_maybe("standfirst", text(node)),
        "date" => keys::moment(article, "date", entry, &zone, notes),
        "updated" => keys::moment(article, "updated", entry, &zone, notes),
        "weight" => match node.kind {
            Kind::Integer(weight, _) => article.front.set("weight", weight),
            _ => article.front.keep("weight", node.clone().into_json()),
        },
        "draft" if truth(node) == Some(true) => article.front.set("draft", true),
        "draft" => {}
        "authors" => {
            let before = article.front.texts("authors").into_iter().map(str::to_owned);
            let (good, _) = names(before.chain(keys::people(node)).collect());
            article.front.set_list("authors", good);
        }
        "taxonomies" => map(node).iter().for_each(|entry| taxonomy(article, entry, notes)),
        "extra" => map(node).iter().for_each(|entry| extra(article, entry)),
        key if OF_TEMPLATES.contains(&key) => {}
        key => article.front.keep(key, node.clone().into_json()),
    }
}

fn taxonomy(article: &mut Article, entry: &Entry, notes: &mut Vec<Diagnostic>) {
    let node = &entry.value;
    match entry.key.to_lowercase().as_str() {
        "authors" | "author" => keys::terms(article, "authors", texts(node), node.at, notes),
        "tags" | "tag" => keys::terms(article, "tags", texts(node), node.at, notes),
        "series" => keys::series(article, node),
        other => keys::terms(article, other, texts(node), node.at, notes),
    }
}

/// A key of the page's own: the picture and the table of contents have a key in Byline.
fn extra(article: &mut Article, entry: &Entry) {
    let key = entry.key.to_lowercase();
    if key == "toc" && truth(&entry.value) == Some(true) {
        article.front.set("toc", true);
    } else if keys::IMAGES.contains(&key.as_str()) && article.front.get("image").is_none() {
        match keys::image(&entry.value) {
            Some(image) => article.front.set("image", image),
            None => article.front.keep(&entry.key, entry.value.clone().into_json()),
        }
    } else {
        let value: Value = entry.value.clone().into_json();
        article.front.keep(&entry.key, value);
    }
}
