//! Sources to values: every file of the site through the parser that it needs, each article with the defaults of its folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::articles::Workshop;
use super::dress::Dress;
use super::folders::Folders;
use super::shelf::Shelf;
use super::{Observer, Stop, wanted};
use crate::memo::Memo;
use crate::model::article::Meta;
use crate::model::block::BlockKind;
use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::escape::{Scheme, scheme};
use crate::model::path::{Base, SitePath, Url};
use crate::model::person::Person;
use crate::model::section::SectionFile;
use crate::model::source::{Inputs, Source};
use crate::model::strings;
use crate::model::tag::TagEntry;
use crate::model::view::head::{LinkView, SiteView};
use crate::parse;

/// What parsing makes of the files that are not articles.
#[derive(Default)]
struct Own {
    sections: Vec<SectionFile>,
    people: Vec<Person>,
    vocabulary: Vec<TagEntry>,
    data: BTreeMap<String, Value>,
    diagnostics: Vec<Diagnostic>,
}

/// Everything that parsing made.
pub struct Parsing {
    pub metas: Vec<Box<Meta>>,
    /// The bodies of those, in their order.
    pub bodies: Shelf,
    pub sections: Vec<SectionFile>,
    pub people: Vec<Person>,
    pub vocabulary: Vec<TagEntry>,
    pub data: BTreeMap<String, Value>,
    /// Articles that have errors.
    pub faulty: Vec<SitePath>,
    /// How many articles were parsed, not remembered.
    pub parsed: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// site.yaml as far as it can be read, with the base URL of the command line in place of its own.
pub fn config(read: &Inputs, base_url: Option<&str>) -> Noted<Option<Config>> {
    let mut noted = match &read.config {
        Some(source) => parse::config::salvage(source),
        None => Noted { value: Some(parse::config::default_config()), diagnostics: Vec::new() },
    };
    if let (Some(config), Some(text)) = (&mut noted.value, base_url) {
        match Base::parse(text) {
            Some(base) => config.base = base,
            None => noted.diagnostics.push(
                Diagnostic::error(Code::Config, format!("`{text}` is no address of a site"))
                    .hint("write --base-url https://example.org/"),
            ),
        }
    }
    noted
}

/// The moment as which the site is built, in Unix seconds.
pub fn as_of(written: Option<&str>, now: jiff::Timestamp, config: &Config) -> Noted<i64> {
    let now = now.as_second();
    let Some(text) = written else { return Noted { value: now, diagnostics: Vec::new() } };
    match parse::date::front_matter_date(text, &config.timezone) {
        Ok(moment) => Noted { value: moment.seconds(), diagnostics: Vec::new() },
        Err(reason) => {
            let fault = Diagnostic::error(Code::BadDate, format!("--as-of is no moment: {reason}"))
                .hint("write 2017-10-26, 2017-10-26T12:54 or 2017-10-26T12:54:00+08:00");
            Noted { value: now, diagnostics: vec![fault] }
        }
    }
}

/// Parses everything but site.yaml and the theme. The articles are taken out of what was read, and what comes of them is kept in
/// the memo, whatever comes of the build.
///
/// # Errors
/// An article that can no longer be read, or a build that was called off.
pub fn parse(
    root: &Path,
    read: &mut Inputs,
    config: &Config,
    blocks: &[BlockKind],
    memo: Memo,
    observer: &dyn Observer,
) -> Result<Parsing, Stop> {
    let mut own = Own::default();
    if let Some(source) = &read.people {
        own.people = own.keep(parse::people::parse(source));
    }
    if let Some(source) = &read.vocabulary {
        own.vocabulary = own.keep(parse::vocabulary::parse(source));
    }
    let mut folders = Folders::new(config, own.vocabulary.clone(), blocks.to_vec());
    // They come by path, so that each lies below those before it.
    for source in &read.sections {
        let section = parse::section::parse(source, folders.of(&source.path));
        folders.add(&section.value, config);
        own.sections.push(section.value);
        own.diagnostics.extend(section.diagnostics);
    }
    own.data = data(&read.data, &mut own.diagnostics);
    let (articles, sidecars) = (std::mem::take(&mut read.articles), std::mem::take(&mut read.sidecars));
    let workshop = Workshop::new(root, folders, sidecars, &own.vocabulary);
    let done = workshop.parse(articles, &memo, observer).map_err(Stop::Machine)?;
    // A memo that was not asked for every article would take the others for unwanted.
    wanted(observer)?;
    observer.begin("remembering", 0);
    let library = memo.settle();
    own.diagnostics.extend(done.diagnostics);
    Ok(Parsing {
        metas: done.metas,
        bodies: Shelf::new(done.slots, library, workshop),
        sections: own.sections,
        people: own.people,
        vocabulary: own.vocabulary,
        data: own.data,
        faulty: done.faulty,
        parsed: done.parsed,
        diagnostics: own.diagnostics,
    })
}

impl Own {
    fn keep<T>(&mut self, noted: Noted<T>) -> T {
        self.diagnostics.extend(noted.diagnostics);
        noted.value
    }
}

/// Data files by name without extension; two that differ in their extension alone are an error.
fn data(sources: &[Source], notes: &mut Vec<Diagnostic>) -> BTreeMap<String, Value> {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    let mut origins: BTreeMap<String, SitePath> = BTreeMap::new();
    for source in sources {
        let below = source.path.below("data").unwrap_or(source.path.as_str());
        let name = below.rsplit_once('.').map_or(below, |(stem, _)| stem).to_owned();
        let parsed = parse::data::parse(source);
        notes.extend(parsed.diagnostics);
        if let Some(first) = origins.get(&name) {
            let message = format!("two data files have the name `{name}`");
            let diagnostic = Diagnostic::error(Code::Data, message).at(Mark::file(&source.path));
            notes.push(diagnostic.and(Mark::file(first), "the other one").hint("rename one of them"));
            continue;
        }
        origins.insert(name.clone(), source.path.clone());
        if let Some(value) = parsed.value {
            values.insert(name, value);
        }
    }
    values
}

/// What every page sees of the site.
pub fn site_view(config: &Config, dress: &Dress) -> SiteView {
    let top = |path: &str| config.base.href(&Url::from_decoded(path).unwrap_or_else(|_| Url::root()));
    // A menu's links within the site begin with a slash; the path of the base URL is added here.
    let href = |url: &str| match (scheme(url), url.strip_prefix('/')) {
        (Scheme::Relative, Some(path)) => format!("{}/{path}", config.base.path),
        _ => url.to_owned(),
    };
    let menus = config.menus.iter().map(|menu| {
        let links = menu.items.iter().map(|item| LinkView { name: item.name.clone(), url: href(&item.url) });
        (menu.name.clone(), links.collect())
    });
    SiteView {
        title: config.title.clone(),
        base_url: config.base.absolute(&Url::root()),
        home: top(""),
        archive: top("archive/"),
        tags: top("tags/"),
        authors: top("authors/"),
        search: config.search.map(|_| top("search/")),
        direction: strings::direction(&config.language).to_owned(),
        language: config.language.clone(),
        menus: menus.collect(),
        theme_options: dress.options.clone(),
        extra: config.extra.clone(),
        assets: dress.assets.clone(),
    }
}
