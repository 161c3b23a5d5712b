//! The keys of the front matter, each to its place in the layer.

use crate::model::code::Code;
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Noted, Position};
use crate::model::front_matter::{FrontMatter, Spot, Terms};
use crate::model::path::SitePath;
use crate::parse::fields::{Fields, listed};
use crate::parse::node::{Entry, Kind, Node, json_map};

/// Every key by each of its names, and the name under which it is known.
pub const KEYS: &[(&str, &str)] = &[
    ("title", "title"),
    ("standfirst", "standfirst"),
    ("description", "standfirst"),
    ("summary", "standfirst"),
    ("dek", "standfirst"),
    ("subtitle", "standfirst"),
    ("excerpt", "standfirst"),
    ("date", "date"),
    ("published", "date"),
    ("updated", "updated"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("authors", "authors"),
    ("author", "authors"),
    ("tags", "tags"),
    ("categories", "categories"),
    ("category", "categories"),
    ("taxonomies", "taxonomies"),
    ("section", "section"),
    ("slug", "slug"),
    ("url", "url"),
    ("aliases", "aliases"),
    ("series", "series"),
    ("draft", "draft"),
    ("expires", "expires"),
    ("unlisted", "unlisted"),
    ("page", "page"),
    ("image", "image"),
    ("source", "source"),
    ("corrections", "corrections"),
    ("lang", "lang"),
    ("template", "template"),
    ("toc", "toc"),
    ("math", "math"),
    ("featured", "featured"),
    ("weight", "weight"),
    ("data", "data"),
    ("extra", "extra"),
    ("faulty", "faulty"),
    ("text", "text"),
    ("html", "html"),
];

/// What belongs to one article and cannot be a default of many.
const OF_ONE_ARTICLE: &[&str] = &["title", "slug", "url", "aliases", "date", "updated", "expires"];

/// Keys for which an empty value says nothing, as templates of new articles leave them.
const MAY_BE_EMPTY: &[&str] = &[
    "standfirst",
    "authors",
    "tags",
    "categories",
    "taxonomies",
    "section",
    "slug",
    "url",
    "aliases",
    "series",
    "image",
    "source",
    "corrections",
    "lang",
    "template",
    "data",
    "extra",
];

/// What the reading of a layer depends on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The zone of dates without one.
    pub zone: &'a Zone,
    /// Keys of the configured taxonomies.
    pub taxonomies: &'a [String],
    /// Whether the layer is a folder's `cascade:`.
    pub cascade: bool,
}

/// Reads a mapping of front matter keys: every fault is noted at its place, and the other keys are read.
pub fn layer(node: Node, path: &SitePath, context: &Context<'_>) -> Noted<FrontMatter> {
    let mut layer = Layer {
        fields: Fields::new(path, Code::FrontMatter),
        context: *context,
        out: FrontMatter::default(),
        given: Vec::new(),
    };
    if let Kind::Map(entries) = node.kind {
        for entry in entries {
            layer.entry(entry);
        }
    }
    Noted { value: layer.out, diagnostics: layer.fields.notes }
}

/// A layer in the making.
pub(super) struct Layer<'a> {
    pub(super) fields: Fields<'a>,
    pub(super) context: Context<'a>,
    pub(super) out: FrontMatter,
    /// The keys met so far: known name, name as written, place.
    given: Vec<(&'static str, String, Position)>,
}

impl Layer<'_> {
    fn entry(&mut self, entry: Entry) {
        if self.context.taxonomies.contains(&entry.key) {
            self.terms(&entry);
            return;
        }
        let Some((_, name)) = KEYS.iter().find(|(key, _)| *key == entry.key) else {
            self.unknown(&entry);
            return;
        };
        if self.given_before(name, &entry) {
            return;
        }
        if self.context.cascade && OF_ONE_ARTICLE.contains(name) {
            let message = format!("`{}` cannot be a default of a folder", entry.key);
            self.fields.error_of(Code::Cascade, entry.at, message, "set it in the articles that it belongs to");
            return;
        }
        if MAY_BE_EMPTY.contains(name) && is_empty(&entry.value) {
            return;
        }
        self.value(name, entry);
    }

    /// Notes a key that was given already, perhaps under another of its names.
    fn given_before(&mut self, name: &'static str, entry: &Entry) -> bool {
        let Some((_, other, at)) = self.given.iter().find(|(known, ..)| *known == name) else {
            self.given.push((name, entry.key.clone(), entry.at));
            return false;
        };
        let message = format!("`{}` is another name of `{other}`, which is given, too", entry.key);
        let first = self.fields.mark(*at);
        let again = self.fields.mark(entry.at);
        self.fields.note(
            Diagnostic::error(Code::DuplicateKey, message)
                .at(again)
                .and(first, "it is given here first")
                .hint("keep one of the two"),
        );
        true
    }

    fn unknown(&mut self, entry: &Entry) {
        let own = self.context.taxonomies.iter().map(String::as_str);
        let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).chain(own).collect();
        let message = format!("unknown key `{}`", crate::parse::node::excerpt(&entry.key));
        let near = crate::model::suggest::nearest(&entry.key, known);
        let hint = match near {
            Some(name) => format!("did you mean `{name}`?"),
            None => "put keys of your own below `extra:`".to_owned(),
        };
        let mark = self.fields.mark(entry.at);
        // A slip in one of these would publish what was meant to stay hidden.
        let hides = near.is_some_and(|name| matches!(name, "draft" | "expires" | "unlisted"));
        let kind = if hides { Diagnostic::error } else { Diagnostic::warning };
        self.fields.note(kind(Code::UnknownKey, message).at(mark).hint(hint));
    }

    fn value(&mut self, name: &str, entry: Entry) {
        let node = &entry.value;
        match name {
            "title" => self.out.title = self.line("title", node),
            "standfirst" => self.out.standfirst = self.prose(&entry.key, node),
            "date" => self.out.date = self.date(&entry.key, node),
            "updated" => self.out.updated = self.date(&entry.key, node),
            "expires" => self.out.expires = self.date("expires", node),
            "authors" => self.out.authors = self.authors(&entry.key, node),
            "tags" | "categories" => self.tags(&entry.key, node),
            "taxonomies" => self.taxonomies(node),
            "section" => self.out.section = self.section(node),
            "slug" => self.out.slug = self.slug(node),
            "url" => self.out.url = self.url(node),
            "aliases" => self.out.aliases = self.aliases(node),
            "series" => self.out.series = self.series(node),
            "image" => self.out.image = self.image(node),
            "source" => self.out.source = self.source(node),
            "corrections" => self.out.corrections = self.corrections(node),
            "lang" => self.out.lang = self.lang(node),
            "template" => self.out.template = self.template(node),
            "data" => self.out.data = self.data(node),
            "weight" => self.out.weight = self.fields.integer("weight", node),
            "text" => self.out.text = super::text_overrides(&mut self.fields, node),
            "html" => self.out.html = self.fields.choice("html", node, super::HTML),
            "faulty" => self.out.faulty = self.fields.choice("faulty", node, super::FAULTY),
            "extra" => self.extra(entry.value),
            _ => self.switch(name, node),
        }
    }

    fn switch(&mut self, name: &str, node: &Node) {
        let value = self.fields.boolean(name, node);
        match name {
            "draft" => self.out.draft = value,
            "unlisted" => self.out.unlisted = value,
            "page" => self.out.page = value,
            "toc" => self.out.toc = value,
            "math" => self.out.math = value,
            _ => self.out.featured = value,
        }
    }

    fn extra(&mut self, value: Node) {
        if self.fields.map("extra", &value).is_some()
            && let Kind::Map(entries) = value.kind
        {
            self.out.extra = json_map(entries);
        }
    }

    /// `tags`, `categories`, and tags below `taxonomies` add up.
    fn tags(&mut self, key: &str, node: &Node) {
        let Some(names) = self.fields.lines(key, node) else { return };
        let mark = self.fields.mark(node.at);
        let tags = self.out.tags.get_or_insert_with(|| Spot::new(Vec::new(), mark));
        for name in names {
            if !tags.value.contains(&name) {
                tags.value.push(name);
            }
        }
    }

    fn terms(&mut self, entry: &Entry) {
        if is_empty(&entry.value) {
            return;
        }
        let Some(mut names) = self.fields.lines(&entry.key, &entry.value) else { return };
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let mark = self.fields.mark(entry.value.at);
        if self.out.terms.iter().any(|terms| terms.value.taxonomy == entry.key) {
            let message = format!("the terms of `{}` are given twice, once below `taxonomies`", entry.key);
            self.fields.error_of(Code::DuplicateKey, entry.at, message, "keep one of the two");
            return;
        }
        self.out.terms.push(Spot::new(Terms { taxonomy: entry.key.clone(), names }, mark));
    }

    /// `taxonomies: {tags: […]}`, as Zola writes them.
    fn taxonomies(&mut self, node: &Node) {
        let Some(entries) = self.fields.map("taxonomies", node) else { return };
        for entry in entries {
            match entry.key.as_str() {
                key if self.context.taxonomies.iter().any(|own| own == key) => self.terms(entry),
                _ if is_empty(&entry.value) => {}
                "tags" | "categories" | "category" => self.tags(&format!("taxonomies.{}", entry.key), &entry.value),
                "authors" | "author" if self.given_before("authors", entry) => {}
                "authors" | "author" => self.out.authors = self.authors("authors", &entry.value),
                "series" if self.given_before("series", entry) => {}
                "series" => self.out.series = self.series(&entry.value),
                _ => self.unknown_taxonomy(entry),
            }
        }
    }

    fn unknown_taxonomy(&mut self, entry: &Entry) {
        let own = self.context.taxonomies.iter().map(String::as_str);
        let known: Vec<&str> = ["tags", "categories", "authors", "series"].into_iter().chain(own).collect();
        let hint = match crate::model::suggest::nearest(&entry.key, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("known are {}; others are configured in site.yaml, below `taxonomies`", listed(&known)),
        };
        let message = format!("unknown taxonomy `{}`", crate::parse::node::excerpt(&entry.key));
        let mark = self.fields.mark(entry.at);
        self.fields.note(Diagnostic::warning(Code::UnknownKey, message).at(mark).hint(hint));
    }
}

/// Whether a value says nothing: null, or text of blanks.
fn is_empty(node: &Node) -> bool {
    match &node.kind {
        Kind::Null => true,
        Kind::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Whether a key, by any of its names, may stand in a folder's `cascade:`.
pub fn may_cascade(name: &str) -> bool {
    let known = KEYS.iter().find(|(key, _)| *key == name);
    known.is_none_or(|(_, known)| !OF_ONE_ARTICLE.contains(known))
}

/// Whether front matter has a key of this name.
pub fn is_key(name: &str) -> bool {
    KEYS.iter().any(|(key, _)| *key == name)
}
