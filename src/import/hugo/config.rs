//! Hugo's configuration, from one file or from the folder `config/_default/`.

use crate::import::formats;
use crate::import::front::{find, find_below, map, text, texts, truth};
use crate::import::tree::{Tree, extension, name, without_extension};
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Position};
use crate::model::path::Base;
use crate::parse::node::{Entry, Kind, Node};

/// The names of the main file, the newer one first.
const FILES: &[&str] =
    &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// A language's content: the folder, and the code of a language other than the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentFolder {
    /// The folder.
    pub path: String,
    /// The language, if it is another.
    pub language: Option<String>,
}

/// What the conversion needs to know of the configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// All of it.
    pub entries: Vec<Entry>,
    /// The site's address.
    pub base: Option<Base>,
    /// The zone of dates without one.
    pub zone: Zone,
    /// Folders with articles.
    pub folders: Vec<ContentFolder>,
    /// Patterns of addresses by top section.
    pub permalinks: Vec<(String, String)>,
    /// Keys of taxonomies.
    pub taxonomies: Vec<String>,
    /// Languages other than the site's own.
    pub languages: Vec<String>,
    /// Whether pages are files: `a.html`.
    pub ugly: bool,
    /// Top sections whose pages are files.
    pub ugly_sections: Vec<String>,
    /// What addresses in the site's own language begin with: nothing, or `/en`.
    pub prefix: String,
    /// Whether addresses keep capital letters.
    pub keeps_case: bool,
    /// Whether a date in a file's name counts.
    pub dated_names: bool,
}

impl Config {
    /// Reads the configuration.
    pub fn read(tree: &Tree, notes: &mut Vec<Diagnostic>) -> Self {
        let mut entries = formats::settings(tree, FILES, notes);
        for path in tree.below("config/_default") {
            if let Some(node) = formats::document(tree, path, notes) {
                merge(&mut entries, name(without_extension(path)), node);
            }
        }
        let mut config = Self {
            base: find(&entries, "baseURL").and_then(text).and_then(|url| Base::parse(&url)),
            zone: find(&entries, "timeZone")
                .and_then(text)
                .and_then(|name| Zone::named(&name))
                .unwrap_or_else(Zone::utc),
            folders: Vec::new(),
            permalinks: Vec::new(),
            taxonomies: vec!["tags".to_owned(), "categories".to_owned()],
            languages: Vec::new(),
            ugly: find(&entries, "uglyURLs").and_then(truth).unwrap_or(false),
            ugly_sections: find(&entries, "uglyURLs")
                .map(map)
                .unwrap_or_default()
                .iter()
                .filter(|entry| truth(&entry.value) == Some(true))
                .map(|entry| entry.key.to_lowercase())
                .collect(),
            prefix: String::new(),
            keeps_case: find(&entries, "disablePathToLower").and_then(truth).unwrap_or(false),
            dated_names: find_below(&entries, &["frontmatter", "date"])
                .is_some_and(|node| texts(node).iter().any(|name| name.eq_ignore_ascii_case(":filename"))),
            entries,
        };
        config.read_languages();
        config.read_permalinks();
        if find(&config.entries, "defaultContentLanguageInSubdir").and_then(truth) == Some(true) {
            config.prefix = format!("/{}", config.language().to_lowercase());
        }
        if let Some(node) = find(&config.entries, "taxonomies") {
            config.taxonomies = map(node).iter().filter_map(|entry| text(&entry.value)).collect();
        }
        config
    }

    /// The value of a key, be it at the top or below `params`.
    pub fn param(&self, keys: &[&str]) -> Option<String> {
        let params = find(&self.entries, "params").map(map).unwrap_or_default();
        keys.iter().find_map(|key| find(params, key).or_else(|| find(&self.entries, key))).and_then(text)
    }

    /// The language of the site.
    pub fn language(&self) -> String {
        find(&self.entries, "defaultContentLanguage").and_then(text).unwrap_or_else(|| "en".to_owned())
    }

    fn read_languages(&mut self) {
        let own = self.language();
        let main = find(&self.entries, "contentDir").and_then(text).unwrap_or_else(|| "content".to_owned());
        let mut folders = vec![ContentFolder { path: folder_path(&main), language: None }];
        for entry in find(&self.entries, "languages").map(map).unwrap_or_default() {
            let is_own = entry.key == own;
            if !is_own {
                self.languages.push(entry.key.clone());
            }
            if let Some(path) = find(map(&entry.value), "contentDir").and_then(text) {
                let language = (!is_own).then(|| entry.key.clone());
                folders.retain(|known| known.path != folder_path(&path));
                folders.push(ContentFolder { path: folder_path(&path), language });
            }
        }
        self.folders = folders;
    }

    fn read_permalinks(&mut self) {
        let patterns = |node: &Node| -> Vec<(String, String)> {
            map(node).iter().filter_map(|entry| Some((entry.key.to_lowercase(), text(&entry.value)?))).collect()
        };
        let Some(node) = find(&self.entries, "permalinks") else { return };
        let pages = find(map(node), "page").filter(|page| matches!(page.kind, Kind::Map(_)));
        self.permalinks = patterns(node);
        if let Some(pages) = pages {
            self.permalinks.extend(patterns(pages));
        }
    }
}

fn folder_path(path: &str) -> String {
    path.trim_start_matches("./").trim_matches('/').to_owned()
}

/// A file of `config/_default/`: the main one adds its keys, another one is the value of the key that it is named after.
fn merge(entries: &mut Vec<Entry>, stem: &str, node: Node) {
    let stem = stem.to_lowercase();
    let key = stem.split('.').next().unwrap_or(&stem).to_owned();
    if key == "hugo" || key == "config" {
        if let Kind::Map(more) = node.kind {
            entries.extend(more);
        }
        return;
    }
    // A file for one language says nothing of the others; the first one in order is taken.
    if find(entries, &key).is_none() {
        entries.push(Entry { key, at: Position::new(1, 1), value: node });
    }
}

/// Whether a file is one that configures Hugo.
pub fn is_there(tree: &Tree) -> bool {
    FILES.iter().any(|name| tree.has(name))
        || tree
            .below("config/_default")
            .any(|path| matches!(extension(path).as_str(), "toml" | "yaml" | "yml" | "json"))
}
