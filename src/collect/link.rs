//! Where every link leads: to an article by file, title or URL, to a list, or to a file. A link to nothing is a diagnostic at
//! its place; a link to what is hidden shows as text.

mod file;
mod guess;
mod title;

use std::collections::{BTreeMap, HashMap};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::Routed;
use super::asset::{Found, Shelves};
use super::image::{Gallery, Images, Sight};
use super::known::Addresses;
use super::reference::{join, relative_url, split};
use super::route::{Hidden, section_path};
use crate::model::body::{Link, LinkKind};
use crate::model::code::Code;
use crate::model::config::{Broken, Config};
use crate::model::date::Moment;
use crate::model::diagnostic::{Diagnostic, Mark, Severity};
use crate::model::path::{SitePath, Url};
use crate::model::section::SectionFile;
use crate::model::site::{Placed, Section, Target};
use crate::model::suggest;

/// For how many dead links of a site a near name is looked for.
const GUESSES: usize = 200;

/// An article as a link's target.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Goal {
    Public(usize),
    Hidden(usize),
    /// Its file has errors, which are reported by themselves.
    Faulty,
}

/// The page that a link stands on.
struct Place<'a> {
    path: &'a SitePath,
    url: &'a Url,
    anchors: &'a [Box<str>],
    date: Option<Moment>,
    /// The article's own place, so that its own title is no cross-reference.
    own: Option<usize>,
}

/// What following a link comes to.
enum Outcome {
    At(Url),
    /// A file below content/, by its place among them.
    File(Url, usize),
    Hidden,
    Faulty,
    Nowhere(Lost),
}

/// What leads nowhere, as a near name is looked for.
enum Lost {
    Path { written: String, folder: String, absolute: bool },
    Title(String),
}

/// What is wrong with a link. Links are followed side by side; near names are looked for afterwards, in order.
struct Note {
    fault: Diagnostic,
    lost: Option<Lost>,
}

impl From<Diagnostic> for Note {
    fn from(fault: Diagnostic) -> Self {
        Self { fault, lost: None }
    }
}

/// Knows all targets, and remembers which files were referred to.
pub(super) struct Resolver<'a> {
    routed: &'a [Routed],
    hidden: &'a [Hidden],
    /// Articles by their paths below content/.
    paths: HashMap<&'a str, Goal>, // lookup only
    urls: HashMap<&'a Url, Goal>, // lookup only
    titles: title::Titles,
    sections: BTreeMap<&'a str, &'a Url>,
    known: &'a Addresses,
    shelves: Shelves,
    gallery: Gallery<'a>,
    config: &'a Config,
    /// How many more near names may be looked for.
    guesses: usize,
}

impl<'a> Resolver<'a> {
    /// Indexes all targets.
    pub fn new(
        routed: &'a [Routed],
        hidden: &'a [Hidden],
        sections: &'a [Section],
        known: &'a Addresses,
        (shelves, gallery): (Shelves, Gallery<'a>),
        faulty: &'a [SitePath],
        config: &'a Config,
    ) -> Self {
        let public = || routed.iter().enumerate().map(|(at, article)| (article, Goal::Public(at)));
        let absent = || hidden.iter().enumerate().map(|(at, article)| (article, Goal::Hidden(at)));
        // Of two articles at one place, a public one counts.
        let by_path = || {
            let mut paths: HashMap<&str, Goal> = HashMap::with_capacity(hidden.len() + routed.len()); // lookup only
            paths.extend(faulty.iter().filter_map(|path| Some((path.below("content")?, Goal::Faulty))));
            paths.extend(absent().filter_map(|(article, goal)| Some((article.meta.path.below("content")?, goal))));
            paths.extend(public().filter_map(|(article, goal)| Some((article.meta.path.below("content")?, goal))));
            paths
        };
        let by_url = || {
            let mut urls: HashMap<&Url, Goal> = HashMap::with_capacity(hidden.len() + routed.len()); // lookup only
            urls.extend(absent().filter_map(|(article, goal)| Some((article.url.as_ref()?, goal))));
            urls.extend(public().map(|(article, goal)| (&article.url, goal)));
            urls
        };
        let (paths, urls) = rayon::join(by_path, by_url);
        let titles = title::titles(routed, hidden);
        let sections = sections.iter().map(|section| (section.path.as_str(), &section.url)).collect();
        Self { routed, hidden, paths, urls, titles, sections, known, shelves, gallery, config, guesses: GUESSES }
    }

    /// The links of all articles.
    pub fn articles(&mut self, notes: &mut Vec<Diagnostic>) -> Vec<Vec<Target>> {
        let article = |article: &Routed| {
            let own =
                self.urls.get(&article.url).and_then(|goal| if let Goal::Public(at) = goal { Some(*at) } else { None });
            let meta = &article.meta;
            let place = Place { path: &meta.path, url: &article.url, anchors: &meta.anchors, date: meta.date, own };
            let mut found = Vec::new();
            let targets: Vec<Target> = meta.links.iter().map(|link| self.follow(link, &place, &mut found)).collect();
            (targets, found)
        };
        let (targets, found): (Vec<_>, Vec<_>) = self.routed.par_iter().map(article).unzip();
        self.settle(found.into_iter().flatten(), notes);
        targets
    }

    /// The links of an `_index.md`.
    pub fn section(&mut self, file: &SectionFile, notes: &mut Vec<Diagnostic>) -> Vec<Target> {
        let path = section_path(&file.folder, self.config.slugs);
        let url = self.sections.get(path.as_str()).map_or_else(Url::root, |url| (*url).clone());
        let place = Place { path: &file.path, url: &url, anchors: &file.anchors, date: None, own: None };
        let mut found = Vec::new();
        let targets = file.links.iter().map(|link| self.follow(link, &place, &mut found)).collect();
        self.settle(found, notes);
        targets
    }

    fn follow(&self, link: &Link, place: &Place, notes: &mut Vec<Note>) -> Target {
        let (path, rest) = split(&link.target);
        let mark = Mark::at(place.path, link.position);
        let outcome = match link.kind {
            LinkKind::CrossReference => return self.cross_reference(&link.target, place),
            LinkKind::Wiki => self.wiki(path, place, &mark, notes),
            _ if path.is_empty() => Outcome::At(place.url.clone()),
            LinkKind::Page | LinkKind::Image | LinkKind::Embed => self.path(path, place),
        };
        if link.kind == LinkKind::Image
            && let Some(target) = self.image(&outcome, (&link.target, rest), &mark, notes)
        {
            return target;
        }
        match outcome {
            Outcome::File(url, at) => {
                self.shelves.refer(at);
                Target::At(url, rest.into())
            }
            Outcome::At(url) => {
                if let Some(fault) = self.missing_anchor(&url, rest, place) {
                    let hint = fault
                        .1
                        .unwrap_or_else(|| "give the heading that is meant this id: `## Heading {#id}`".to_owned());
                    notes.push(self.graded(Code::BrokenLink, fault.0, mark).hint(hint).into());
                }
                Target::At(url, rest.into())
            }
            Outcome::Faulty => Target::Nowhere,
            Outcome::Hidden => {
                let message = format!("the link `{}` leads to something that is not published", link.target);
                let fault = Diagnostic::warning(Code::HiddenLink, message).at(mark);
                notes.push(fault.hint("it shows as plain text until its target is published").into());
                Target::Nowhere
            }
            Outcome::Nowhere(lost) => {
                let (code, message) = match link.kind {
                    LinkKind::Image | LinkKind::Embed => {
                        (Code::Asset, format!("the file `{}` does not exist", link.target))
                    }
                    _ => (Code::BrokenLink, format!("the link `{}` leads nowhere", link.target)),
                };
                let hint = "write the path of a file, as seen from this one or, with a first `/`, from content/";
                notes.push(Note { fault: self.graded(code, message, mark).hint(hint), lost: Some(lost) });
                Target::Nowhere
            }
        }
    }

    /// A broken link, as grave as site.yaml says.
    fn graded(&self, code: Code, message: String, mark: Mark) -> Diagnostic {
        let severity = match self.config.broken_links {
            Broken::Error => Severity::Error,
            Broken::Warn => Severity::Warning,
        };
        Diagnostic { severity, ..Diagnostic::error(code, message) }.at(mark)
    }

    /// A link by path or URL.
    fn path(&self, written: &str, place: &Place) -> Outcome {
        let decoded = percent_decode_str(written).decode_utf8_lossy();
        let below = decoded.strip_prefix("@/").or_else(|| decoded.strip_prefix('/'));
        let absolute = below.is_some();
        let relative = below.unwrap_or(&decoded);
        let own = || place.path.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/');
        let folder = if absolute { "" } else { own() };
        if let Some(path) = join(folder, relative)
            && let Some(outcome) = self.content(&path)
        {
            return outcome;
        }
        // What is no file below content/ may be an address, as seen from the page's own.
        let url = if absolute { Url::from_decoded(relative).ok() } else { relative_url(place.url, relative) };
        let lost = || Lost::Path { written: decoded.to_string(), folder: folder.to_owned(), absolute };
        url.and_then(|url| self.address(url)).unwrap_or_else(|| Outcome::Nowhere(lost()))
    }

    /// What lies at a path below content/: an article, a bundle, a section, a file.
    fn content(&self, path: &str) -> Option<Outcome> {
        let trimmed = path.trim_end_matches('/');
        let bundle = || self.paths.get(format!("{trimmed}/index.md").as_str());
        if let Some(goal) = self.paths.get(trimmed).or_else(bundle) {
            return Some(self.reach(*goal));
        }
        if trimmed == "_index.md" {
            return Some(Outcome::At(Url::root()));
        }
        let folder = trimmed.strip_suffix("/_index.md");
        // A folder named by digits is no section; a path with such a part is one only where its file is spelt out.
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let section = match folder {
            None if trimmed.split('/').any(digits) => String::new(),
            folder => section_path(folder.unwrap_or(trimmed), self.config.slugs),
        };
        if let Some(url) = self.sections.get(section.as_str()).filter(|_| !section.is_empty()) {
            return Some(Outcome::At((*url).clone()));
        }
        match self.shelves.find(trimmed) {
            Some(Found::At(url, at)) => Some(Outcome::File(url, at)),
            Some(Found::Hidden) => Some(Outcome::Hidden),
            None => {
                let url = Url::from_decoded(&format!("{section}/")).ok().filter(|_| !section.is_empty())?;
                let public = self.urls.contains_key(&url) || self.known.contains(&url);
                (!public && self.known.hides(&url)).then_some(Outcome::Hidden)
            }
        }
    }

    /// What lies at an address.
    fn address(&self, url: Url) -> Option<Outcome> {
        let folder = || {
            let last = url.as_str().rsplit('/').next().unwrap_or("");
            (!last.is_empty() && !last.contains('.')).then(|| Url::from_decoded(&format!("{url}/")).ok()).flatten()
        };
        for candidate in std::iter::once(url.clone()).chain(std::iter::once_with(folder).flatten()) {
            if let Some(goal) = self.urls.get(&candidate) {
                return Some(self.reach(*goal));
            }
            if self.known.contains(&candidate) {
                return Some(Outcome::At(candidate));
            }
            if self.known.hides(&candidate) {
                return Some(Outcome::Hidden);
            }
        }
        None
    }

    fn reach(&self, goal: Goal) -> Outcome {
        match goal {
            Goal::Public(at) => Outcome::At(self.routed[at].url.clone()),
            Goal::Hidden(_) => Outcome::Hidden,
            Goal::Faulty => Outcome::Faulty,
        }
    }

    /// What is wrong with the `#part` of a link to an article, if anything.
    fn missing_anchor(&self, url: &Url, rest: &str, place: &Place) -> Option<(String, Option<String>)> {
        let part = rest.split_once('#').map(|(_, part)| part).filter(|part| !part.is_empty() && *part != "top")?;
        let part = percent_decode_str(part).decode_utf8_lossy();
        let anchors = if url == place.url {
            place.anchors
        } else {
            match self.urls.get(url)? {
                Goal::Public(at) => &self.routed[*at].meta.anchors,
                Goal::Hidden(_) | Goal::Faulty => return None,
            }
        };
        if anchors.iter().any(|anchor| **anchor == *part) {
            return None;
        }
        let near = suggest::nearest(&part, anchors.iter().map(|anchor| &**anchor));
        Some((
            format!("`{url}` has no heading or anchor `{part}`"),
            near.map(|near| format!("did you mean `#{near}`?")),
        ))
    }

    /// The files to be copied: those of bundles, and those that were referred to. And the images that are shown.
    pub fn close(self, images: &Images, notes: &mut Vec<Diagnostic>) -> (Vec<Placed>, Gallery<'a>) {
        (self.shelves.placed(images, notes), self.gallery)
    }
}
