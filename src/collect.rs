//! All articles' metadata to the site: what is published, in which order, under which URLs, in which lists, and where every
//! link leads. Pure; the instant of the build decides here what is published, and nothing else.

mod absent;
mod asset;
mod authors;
mod card;
mod known;
mod link;
mod lists;
mod publish;
mod reference;
mod related;
mod route;
mod sections;
mod tags;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;

use crate::model::article::Meta;
use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::front_matter::Spot;
use crate::model::path::{OutPath, SitePath};
use crate::model::person::Person;
use crate::model::section::SectionFile;
use crate::model::shared::Shared;
use crate::model::site::{Article, Placed, Site};
use crate::model::source::Asset;
use crate::model::strings::Lexicon;
use crate::model::suggest;
use crate::model::tag::TagEntry;
use crate::model::theme::Query;
use crate::model::view::head::SiteView;

/// Everything that a site is collected from.
pub struct Collection {
    /// site.yaml.
    pub config: Config,
    /// What every page sees of the site.
    pub view: SiteView,
    /// The theme's queries.
    pub queries: Vec<Query>,
    /// What pages say, by language.
    pub lexicon: Lexicon,
    /// The articles' metadata; a body is known by its place in this list.
    pub articles: Vec<Box<Meta>>,
    /// The `_index.md` files.
    pub sections: Vec<SectionFile>,
    /// authors.yaml.
    pub people: Vec<Person>,
    /// tags.yaml.
    pub vocabulary: Vec<TagEntry>,
    /// Files beside the articles.
    pub assets: Vec<Asset>,
    /// Files of `static/` and of the theme, with their places.
    pub statics: Vec<Placed>,
    /// Data files by name without extension.
    pub data: BTreeMap<String, Value>,
    /// The instant as which the site is built, in Unix seconds.
    pub as_of: i64,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Articles that could not be parsed: links to them are not to be reported beside the fault itself.
    pub faulty: Vec<SitePath>,
}

/// An article on its way through the stage: published, with its route.
struct Routed {
    meta: Box<Meta>,
    body: usize,
    url: crate::model::path::Url,
    role: crate::model::site::Role,
    /// The path of its section, as slugs; empty at the top.
    section: String,
}

/// Collects the site. Diagnostics are errors where something cannot be published as it stands.
pub fn site(collection: Collection) -> (Site, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let Collection {
        config,
        mut view,
        queries,
        lexicon,
        articles,
        sections,
        people,
        vocabulary,
        assets,
        statics,
        data,
        as_of,
        drafts,
        mut faulty,
    } = collection;
    let (public, hidden, mut waiting) = publish::divide(articles, as_of, drafts);
    let names = authors::Names::new(&people);
    let rules = route::Rules { config: &config, names: &names };
    let (routed, hidden) = route::all(public, hidden, as_of, rules, &mut faulty, &mut notes);

    waiting.withdrawn = route::withdrawn(&hidden, as_of);
    waiting.to_come = route::to_come(&hidden, as_of);
    let vocabulary = tags::Vocabulary::new(&vocabulary, &config);
    // What is found out side by side is noted in a fixed order.
    let mut further = Vec::new();
    let ((shelf, neighbours, mut cast), (index, series, taxonomies, days)) = rayon::join(
        || {
            let shelf = sections::build(&routed, sections, &config, &mut notes);
            let neighbours = sections::neighbours(&routed, &shelf.sections);
            (shelf, neighbours, authors::build(&routed, &names, &config, &mut notes))
        },
        || {
            let index = tags::build(&routed, &vocabulary, &mut further);
            let series = lists::series(&routed, &config, &mut further);
            let taxonomies = lists::taxonomies(&routed, &config, &mut further);
            (index, series, taxonomies, lists::days(&routed))
        },
    );
    notes.append(&mut further);

    let mut redirects = lists::aliases(&routed);
    redirects.extend(tags::redirects(&index.tags));

    let placing = asset::Shelves::new(&routed, &hidden, assets, config.slugs);
    let known = known::Addresses::gather(known::Lists {
        sections: &shelf.sections,
        tags: &index.tags,
        authors: &cast.authors,
        series: &series.terms,
        taxonomies: &taxonomies,
        days: &days,
        redirects: &redirects,
        statics: &statics,
        config: &config,
        dated: days.iter().map(|day| day.articles.len()).sum(),
        absent: absent::addresses(&hidden, &names, &vocabulary, &config),
    });
    let mut resolver = link::Resolver::new(&routed, &hidden, &shelf.sections, &known, placing, &faulty, &config);
    let home_targets = shelf.home.as_ref().map_or_else(Vec::new, |file| resolver.section(file, &mut notes));
    let section_targets: Vec<_> = shelf
        .sections
        .iter()
        .map(|section| section.file.as_ref().map_or_else(Vec::new, |file| resolver.section(file, &mut notes)))
        .collect();
    let article_targets = resolver.articles(&mut notes);
    let images: Vec<_> = routed.iter().map(|article| resolver.lead_image(article, &mut notes)).collect();
    for author in &mut cast.authors {
        author.image = author.person.as_ref().and_then(|person| resolver.portrait(person, &mut notes));
    }
    check_menus(&config, &mut view, &resolver, &mut notes);
    let crossed = related::crossed(&article_targets, &routed);
    let mut placed = resolver.placed(&mut notes);
    placed.extend(statics);

    let related = related::all(&routed, &index, &crossed);
    let of_sections = shelf.sections.iter().filter_map(|section| section.file.as_ref()?.data.as_ref());
    let of_articles = routed.iter().filter_map(|article| article.meta.data.as_deref());
    check_data(of_sections.chain(of_articles), &data, &mut notes);

    let links = card::Links::new(&shelf, &cast, &index, &config);
    let articles = routed
        .into_par_iter()
        .enumerate()
        .zip(article_targets)
        .zip(images)
        .zip(related)
        .map(|((((at, mut article), targets), image), related)| {
            let (shelf, cast, index, links) = (&shelf, &cast, &index, &links);
            let card = card::of(&mut article, card::Parts { at, shelf, cast, index, links, image }, &config);
            article.meta.settle();
            Article {
                card: Shared::new(card),
                section: shelf.of_article[at],
                authors: cast.of_article[at].iter().map(|(id, _)| *id).collect(),
                series: series.of_article[at],
                older: neighbours[at].0,
                newer: neighbours[at].1,
                related,
                targets,
                meta: article.meta,
                body: article.body,
                url: article.url,
                role: article.role,
            }
        })
        .collect::<Vec<_>>();
    let mut sections = shelf.sections;
    for (section, targets) in sections.iter_mut().zip(section_targets) {
        section.targets = targets;
    }
    let site = Site {
        dated: lists::dated(&articles),
        config,
        view: Shared::new(view),
        queries,
        lexicon,
        articles,
        home: shelf.home,
        home_targets,
        sections,
        tags: index.tags,
        authors: cast.authors,
        series: series.terms,
        taxonomies,
        days,
        redirects,
        placed,
        data,
        waiting,
    };
    (site, notes)
}

/// Menus are on every page: their links must lead somewhere, and what is hidden must not be named.
fn check_menus(config: &Config, view: &mut SiteView, resolver: &link::Resolver, notes: &mut Vec<Diagnostic>) {
    for menu in &config.menus {
        let Some(links) = view.menus.get_mut(&menu.name) else { continue };
        let mut items = menu.items.iter();
        links.retain(|_| {
            let item = items.next();
            let inside = item.filter(|item| item.url.starts_with('/') && !item.url.starts_with("//"));
            inside.is_none_or(|item| resolver.menu_link(&item.name, &item.url, notes))
        });
    }
}

/// Every data file that an article or a section names must be there.
fn check_data<'a>(
    wanted: impl Iterator<Item = &'a Spot<Vec<String>>>,
    data: &BTreeMap<String, Value>,
    notes: &mut Vec<Diagnostic>,
) {
    for (wanted, name) in wanted.flat_map(|wanted| wanted.value.iter().map(move |name| (wanted, name))) {
        if !data.contains_key(data_name(name)) {
            let near = suggest::nearest(data_name(name), data.keys().map(String::as_str));
            let hint = near.map_or_else(
                || "put it into data/ as YAML, TOML, JSON or CSV".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let fault = Diagnostic::error(Code::Data, format!("there is no data file `{name}`"));
            notes.push(fault.at(wanted.mark.clone()).hint(hint));
        }
    }
}

/// A data file's name as views know it: without its extension.
fn data_name(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What is wrong with a path, at a place.
fn path_fault(fault: &crate::model::path::PathFault, path: &SitePath, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Path, format!("{what} cannot be published: {fault}"))
        .at(crate::model::diagnostic::Mark::file(path))
        .hint("rename it")
}

/// An output path from a URL-like path, or what is wrong with it.
fn out_path(path: &str, source: &SitePath, what: &str) -> Result<OutPath, Box<Diagnostic>> {
    OutPath::new(path).map_err(|fault| Box::new(path_fault(&fault, source, what)))
}
