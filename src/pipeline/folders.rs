//! The defaults of folders: what parsing in each of them depends on beside the bytes, by the cascades above it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::article::ParseOptions;
use crate::model::block::BlockKind;
use crate::model::config::Config;
use crate::model::front_matter::FrontMatter;
use crate::model::path::SitePath;
use crate::model::section::SectionFile;
use crate::model::shared::Shared;
use crate::model::tag::TagEntry;
use crate::parse::article::ArticleParser;
use crate::parse::words::Matcher;

/// The options of each folder that has a cascade. Any other has those of the nearest one above it.
pub struct Folders {
    /// By path below `content/`; the one of `content/` itself is always there.
    options: BTreeMap<String, ParseOptions>,
}

impl Folders {
    /// A site without cascades.
    pub fn new(config: &Config, vocabulary: Vec<TagEntry>, blocks: Vec<BlockKind>) -> Self {
        let options = ParseOptions {
            timezone: config.timezone.clone(),
            defaults: FrontMatter::default(),
            text: config.text.clone(),
            html: config.html,
            highlight: config.highlight,
            math: false,
            faulty: config.faulty,
            taxonomies: config.taxonomies.iter().map(|taxonomy| taxonomy.key.clone()).collect(),
            vocabulary: Shared::new(vocabulary),
            blocks: Shared::new(blocks),
        };
        Self { options: BTreeMap::from([(String::new(), options)]) }
    }

    /// Takes the cascade of a section. Those above it have to be there already.
    pub fn add(&mut self, section: &SectionFile, config: &Config) {
        let above = self.below(&section.folder);
        let defaults = section.cascade.clone().over(above.defaults.clone());
        let options = ParseOptions {
            text: defaults.text.as_ref().map_or_else(|| config.text.clone(), |text| text.on(&config.text)),
            html: defaults.html.unwrap_or(config.html),
            faulty: defaults.faulty.unwrap_or(config.faulty),
            math: defaults.math.unwrap_or_default(),
            defaults,
            ..above.clone()
        };
        self.options.insert(section.folder.clone(), options);
    }

    /// The options of the folder that a file lies in.
    pub fn of(&self, path: &SitePath) -> &ParseOptions {
        self.below(below_content(path))
    }

    fn below(&self, folder: &str) -> &ParseOptions {
        nearest(&self.options, folder)
    }

    /// The parsers of all folders.
    pub fn parsers(&self, matcher: &Arc<Matcher>) -> Parsers<'_> {
        let parser = |options| ArticleParser::new(options, Arc::clone(matcher));
        Parsers(self.options.iter().map(|(folder, options)| (folder.as_str(), parser(options))).collect())
    }
}

/// The parsers of all folders.
pub struct Parsers<'a>(BTreeMap<&'a str, ArticleParser<'a>>);

impl<'a> Parsers<'a> {
    /// The parser for a file.
    pub fn of(&self, path: &SitePath) -> &ArticleParser<'a> {
        nearest(&self.0, below_content(path))
    }
}

fn below_content(path: &SitePath) -> &str {
    path.folder().strip_prefix("content").unwrap_or_default().trim_start_matches('/')
}

/// What the map has for a folder, or else for the nearest one above it.
fn nearest<'m, K: std::borrow::Borrow<str> + Ord, V>(map: &'m BTreeMap<K, V>, folder: &str) -> &'m V {
    let mut folder = folder;
    loop {
        match map.get(folder) {
            Some(value) => return value,
            None => folder = folder.rsplit_once('/').map_or("", |(above, _)| above),
        }
    }
}
