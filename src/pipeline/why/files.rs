//! The files of a site, by what they are for: what was read is used up on the way to the pages.

use crate::model::article::Format;
use crate::model::path::SitePath;
use crate::model::source::{Asset, Found, Inputs, Source};
use crate::model::tag::TagEntry;
use crate::parse;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is the file of its name.
pub enum Kind {
    Article,
    Sidecar,
    Section,
    People,
    Vocabulary,
    Data,
    Template,
    Strings,
    Theme,
    Asset,
    Config,
    Ledger,
}

/// All files.
pub struct Files {
    all: Vec<(SitePath, Kind)>,
    /// tags.yaml.
    pub vocabulary: Vec<TagEntry>,
}

impl Files {
    /// Notes the files that were read.
    pub fn of(read: &Inputs) -> Self {
        let mut all = Vec::new();
        let mut add = |path: &SitePath, kind| all.push((path.clone(), kind));
        let single = [
            (&read.config, Kind::Config),
            (&read.people, Kind::People),
            (&read.vocabulary, Kind::Vocabulary),
            (&read.ledger, Kind::Ledger),
        ];
        let one = |(source, kind): (&Option<Source>, Kind)| Some((source.as_ref()?.path.clone(), kind));
        let found = |list: &[Found], kind, add: &mut dyn FnMut(&SitePath, Kind)| {
            list.iter().for_each(|found| add(&found.path, kind));
        };
        found(&read.articles, Kind::Article, &mut add);
        found(&read.sidecars, Kind::Sidecar, &mut add);
        let sources = |list: &[Source], kind, add: &mut dyn FnMut(&SitePath, Kind)| {
            list.iter().for_each(|source| add(&source.path, kind));
        };
        sources(&read.sections, Kind::Section, &mut add);
        sources(&read.data, Kind::Data, &mut add);
        sources(&read.templates, Kind::Template, &mut add);
        sources(&read.strings, Kind::Strings, &mut add);
        let assets = |list: &[Asset], add: &mut dyn FnMut(&SitePath, Kind)| {
            list.iter().for_each(|asset| add(&asset.path, Kind::Asset));
        };
        assets(&read.statics, &mut add);
        assets(&read.content_assets, &mut add);
        for theme in &read.themes {
            for source in &theme.sources {
                add(&source.path, of_theme(&source.path));
            }
            assets(&theme.statics, &mut add);
        }
        all.extend(single.into_iter().filter_map(one));
        let vocabulary = read.vocabulary.as_ref().map(|source| parse::vocabulary::parse(source).value);
        Self { all, vocabulary: vocabulary.unwrap_or_default() }
    }

    /// What the file at a path is for.
    pub fn kind(&self, path: &SitePath) -> Option<Kind> {
        self.all.iter().find(|(known, _)| known == path).map(|(_, kind)| *kind)
    }

    /// All paths.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.all.iter().map(|(path, _)| path)
    }

    /// The sidecar of an article; Markdown has none.
    pub fn sidecar(&self, article: &SitePath) -> Option<&SitePath> {
        let text = Format::of(article) != Some(Format::Markdown);
        let beside = |path: &SitePath| path.folder() == article.folder() && path.stem() == article.stem();
        let mut sidecars = self.all.iter().filter(|(path, kind)| *kind == Kind::Sidecar && beside(path));
        sidecars.next().map(|(path, _)| path).filter(|_| text)
    }

    /// The article of a sidecar.
    pub fn partner(&self, sidecar: &SitePath) -> Option<&SitePath> {
        let articles = self.all.iter().filter(|(_, kind)| *kind == Kind::Article);
        let mut articles = articles.map(|(path, _)| path);
        articles.find(|path| self.sidecar(path) == Some(sidecar))
    }

    /// The data file of a name, with or without extension.
    pub fn data(&self, name: &str) -> Option<&SitePath> {
        let stem = stem(name);
        let mut data = self.all.iter().filter(|(_, kind)| *kind == Kind::Data).map(|(path, _)| path);
        data.find(|path| path.below("data").is_some_and(|below| self::stem(below) == stem))
    }
}

/// What a file of a theme is for.
fn of_theme(path: &SitePath) -> Kind {
    let below = path.below("themes").and_then(|below| below.split_once('/'));
    match below.map(|(_, below)| below) {
        Some("theme.yaml") => Kind::Theme,
        Some(below) if below.starts_with("strings/") => Kind::Strings,
        _ => Kind::Template,
    }
}

/// A data file's name without its extension.
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
