//! All templates of a site in their layers, each with what it says and with the pages that reach it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::page::Page;
use crate::model::path::SitePath;
use crate::model::site::Site;
use crate::plan;
use crate::render::outline::{Outline, outline};
use crate::render::{self, Layer, Templates};

/// How many templates may extend one another.
const DEPTH: usize = 32;

/// A template.
pub struct Garment<'a> {
    /// Its name with the prefix of its layer.
    pub full: String,
    /// Its name within the layer.
    pub name: &'a str,
    /// Its layer, the topmost being 0.
    pub layer: usize,
    /// Its file.
    pub path: &'a SitePath,
    /// Its text.
    pub text: &'a str,
    /// What it says.
    pub outline: Outline<'a>,
    /// The pages that reach it.
    pub pages: Vec<&'a Page>,
    /// Whether it is the template of a block, or reached by one: it sees the block's data and no view.
    pub in_block: bool,
    /// Whether the site, or a theme in its folder, has it.
    pub own: bool,
}

/// The kind of block that a template shows.
fn kind(name: &str) -> Option<&str> {
    name.strip_prefix("blocks/")?.strip_suffix(".html")
}

/// All templates.
pub struct Wardrobe<'a> {
    garments: Vec<Garment<'a>>,
    prefixes: Vec<&'a str>,
    /// By the names of templates that make pages: the full names of all that they reach.
    made: BTreeMap<&'a str, &'a [String]>,
}

impl<'a> Wardrobe<'a> {
    /// Takes the templates of the layers, the topmost first. One that is not UTF-8 is left out: that is an error already.
    pub fn new(layers: &'a [Layer], pages: &'a [Page], templates: &'a Templates, site: &Site) -> Self {
        let mut by_template: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        for page in pages {
            by_template.entry(page.template.as_deref().unwrap_or_default()).or_default().push(page);
        }
        by_template.remove("");
        let mut reaching: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        let made: BTreeMap<&str, &[String]> = by_template.keys().map(|name| (*name, templates.reached(name))).collect();
        for (name, reached) in &made {
            for full in *reached {
                reaching.entry(full).or_default().extend(&by_template[name]);
            }
        }
        let kinds: BTreeSet<&str> =
            layers.iter().flat_map(|layer| &layer.templates).filter_map(|(name, _)| kind(name)).collect();
        let mut showing: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        for page in pages {
            for kind in plan::block_kinds(site, page) {
                showing.entry(kinds.get(kind).copied().unwrap_or_default()).or_default().push(page);
            }
        }
        let mut in_blocks = BTreeSet::new();
        for kind in kinds {
            for full in templates.reached(&render::block_template(kind)) {
                in_blocks.insert(full.as_str());
                reaching.entry(full).or_default().extend(showing.get(kind).into_iter().flatten());
            }
        }
        let mut garments = Vec::new();
        for (place, layer) in layers.iter().enumerate() {
            for (name, source) in &layer.templates {
                let Ok(text) = std::str::from_utf8(&source.bytes) else { continue };
                let full = format!("{}{name}", layer.prefix);
                let mut pages = reaching.remove(full.as_str()).unwrap_or_default();
                // By their addresses: each once, though a page may show the blocks of several templates that reach it.
                pages.sort_by(|a, b| a.url.cmp(&b.url));
                pages.dedup_by(|a, b| a.url == b.url);
                let in_block = in_blocks.contains(full.as_str());
                let own = source.path.below("builtin").is_none();
                let outline = outline(text);
                garments.push(Garment {
                    full,
                    name,
                    layer: place,
                    path: &source.path,
                    text,
                    outline,
                    pages,
                    in_block,
                    own,
                });
            }
        }
        let prefixes = layers.iter().map(|layer| layer.prefix.as_str()).collect();
        Self { garments, prefixes, made }
    }

    /// The templates of the site and of the themes in its folder.
    pub fn own(&self) -> impl Iterator<Item = &Garment<'a>> {
        self.garments.iter().filter(|garment| garment.own)
    }

    /// The template that a name leads to.
    pub fn find(&self, name: &str) -> Option<&Garment<'a>> {
        let mut fulls = std::iter::once(name.to_owned()).chain(self.prefixes.iter().map(|one| format!("{one}{name}")));
        fulls.find_map(|full| self.garments.iter().find(|garment| garment.full == full))
    }

    /// The uppermost template of the same name in the layers below.
    pub fn below(&self, garment: &Garment) -> Option<&Garment<'a>> {
        self.garments.iter().find(|other| other.layer > garment.layer && other.name == garment.name)
    }

    /// The names of templates in the layers below.
    pub fn names_below(&self, garment: &Garment) -> impl Iterator<Item = &'a str> {
        let layer = garment.layer;
        self.garments.iter().filter(move |other| other.layer > layer).map(|other| other.name)
    }

    /// A template, the one that it extends, and so on.
    pub fn chain<'s>(&'s self, garment: &'s Garment<'a>) -> impl Iterator<Item = &'s Garment<'a>> {
        let next = |garment: &&'s Garment<'a>| garment.outline.extends.and_then(|name| self.find(name));
        std::iter::successors(Some(garment), next).take(DEPTH)
    }

    /// The templates that make pages.
    pub fn makers(&self) -> impl Iterator<Item = &Garment<'a>> {
        self.made.keys().filter_map(|name| self.find(name))
    }

    /// The templates that make pages, articles' own among them, and that reach this one.
    pub fn beside(&self, garment: &Garment) -> Vec<&Garment<'a>> {
        let reached: BTreeSet<&str> = self
            .made
            .values()
            .filter(|reached| reached.contains(&garment.full))
            .flat_map(|reached| reached.iter().map(String::as_str))
            .collect();
        self.garments.iter().filter(|other| reached.contains(other.full.as_str())).collect()
    }

    /// Whether the text of another template has the name of this one.
    pub fn is_named(&self, garment: &Garment) -> bool {
        let others = self.garments.iter().filter(|other| other.full != garment.full);
        let quoted = ["\"", "'", "`", "/"].map(|mark| format!("{mark}{}", garment.name));
        others.into_iter().any(|other| quoted.iter().any(|name| other.text.contains(name.as_str())))
    }
}
