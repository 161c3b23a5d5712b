//! Where every link leads: to an article by file, title or URL, to a list, or to a file. A link to nothing is a diagnostic at
//! its place; a link to what is hidden shows as text.

mod file;
mod guess;
mod title;

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::Routed;
use super::asset::{Found, Shelves};
use super::known::Addresses;
use super::reference::{join, relative_url, split};
use super::route::{Hidden, by_path, section_path};
use crate::model::body::{Link, LinkKind, fold_title};
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
    Hidden,
    Faulty,
    Nowhere(Option<String>),
}

/// Knows all targets, and remembers which files were referred to.
pub(super) struct Resolver<'a> {
    routed: &'a [Routed],
    hidden: &'a [Hidden],
    paths: BTreeMap<SitePath, Goal>,
    urls: BTreeMap<&'a Url, Goal>,
    titles: BTreeMap<String, Vec<Goal>>,
    sections: BTreeMap<&'a str, &'a Url>,
    known: &'a Addresses,
    shelves: Shelves,
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
        shelves: Shelves,
        faulty: &[SitePath],
        config: &'a Config,
    ) -> Self {
        let mut paths: BTreeMap<SitePath, Goal> = faulty.iter().map(|path| (path.clone(), Goal::Faulty)).collect();
        paths.extend(
            by_path(hidden, |article| &article.meta.path).into_iter().map(|(path, at)| (path, Goal::Hidden(at))),
        );
        paths.extend(
            by_path(routed, |article| &article.meta.path).into_iter().map(|(path, at)| (path, Goal::Public(at))),
        );
        let mut urls: BTreeMap<&Url, Goal> = BTreeMap::new();
        urls.extend(
            hidden.iter().enumerate().filter_map(|(at, article)| Some((article.url.as_ref()?, Goal::Hidden(at)))),
        );
        urls.extend(routed.iter().enumerate().map(|(at, article)| (&article.url, Goal::Public(at))));
        let by_title = |kind| matches!(kind, LinkKind::Wiki | LinkKind::CrossReference);
        let wanted = routed.iter().any(|article| article.meta.links.iter().any(|link| by_title(link.kind)));
        let mut titles: BTreeMap<String, Vec<Goal>> = BTreeMap::new();
        if wanted {
            for (at, article) in routed.iter().enumerate() {
                titles.entry(fold_title(&article.meta.title)).or_default().push(Goal::Public(at));
            }
            for (at, article) in hidden.iter().enumerate() {
                titles.entry(fold_title(&article.meta.title)).or_default().push(Goal::Hidden(at));
            }
        }
        let sections = sections.iter().map(|section| (section.path.as_str(), &section.url)).collect();
        Self { routed, hidden, paths, urls, titles, sections, known, shelves, config, guesses: GUESSES }
    }

    /// The links of an article.
    pub fn article(&mut self, article: &Routed, notes: &mut Vec<Diagnostic>) -> Vec<Target> {
        let own =
            self.urls.get(&article.url).and_then(|goal| if let Goal::Public(at) = goal { Some(*at) } else { None });
        let meta = &article.meta;
        let place = Place { path: &meta.path, url: &article.url, anchors: &meta.anchors, date: meta.date, own };
        meta.links.iter().map(|link| self.follow(link, &place, notes)).collect()
    }

    /// The links of an `_index.md`.
    pub fn section(&mut self, file: &SectionFile, notes: &mut Vec<Diagnostic>) -> Vec<Target> {
        let path = section_path(&file.folder, self.config.slugs);
        let url = self.sections.get(path.as_str()).map_or_else(Url::root, |url| (*url).clone());
        let place = Place { path: &file.path, url: &url, anchors: &file.anchors, date: None, own: None };
        file.links.iter().map(|link| self.follow(link, &place, notes)).collect()
    }

    fn follow(&mut self, link: &Link, place: &Place, notes: &mut Vec<Diagnostic>) -> Target {
        let (path, rest) = split(&link.target);
        let mark = Mark::at(place.path, link.position);
        let outcome = match link.kind {
            LinkKind::CrossReference => return self.cross_reference(&link.target, place),
            LinkKind::Wiki => self.wiki(path, place, &mark, notes),
            LinkKind::Page | LinkKind::Embed if path.is_empty() => Outcome::At(place.url.clone()),
            LinkKind::Page | LinkKind::Embed => self.path(path, place),
        };
        match outcome {
            Outcome::At(url) => {
                if let Some(fault) = self.missing_anchor(&url, rest, place) {
                    let hint = fault
                        .1
                        .unwrap_or_else(|| "give the heading that is meant this id: `## Heading {#id}`".to_owned());
                    notes.push(self.graded(Code::BrokenLink, fault.0, mark).hint(hint));
                }
                Target::At(url, rest.into())
            }
            Outcome::Faulty => Target::Nowhere,
            Outcome::Hidden => {
                let message = format!("the link `{}` leads to something that is not published", link.target);
                notes.push(
                    Diagnostic::warning(Code::HiddenLink, message)
                        .at(mark)
                        .hint("it shows as plain text until its target is published"),
                );
                Target::Nowhere
            }
            Outcome::Nowhere(near) => {
                let (code, message) = match link.kind {
                    LinkKind::Embed => (Code::Asset, format!("the file `{}` does not exist", link.target)),
                    _ => (Code::BrokenLink, format!("the link `{}` leads nowhere", link.target)),
                };
                let hint = near.map_or_else(
                    || "write the path of a file, as seen from this one or, with a first `/`, from content/".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                notes.push(self.graded(code, message, mark).hint(hint));
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
    fn path(&mut self, written: &str, place: &Place) -> Outcome {
        let decoded = percent_decode_str(written).decode_utf8_lossy();
        let (folder, relative): (&str, Cow<str>) = match decoded.strip_prefix("@/") {
            Some(path) => ("", path.to_owned().into()),
            None => match decoded.strip_prefix('/') {
                Some(path) => ("", path.to_owned().into()),
                None => {
                    (place.path.folder().strip_prefix("content").unwrap_or("").trim_start_matches('/'), decoded.clone())
                }
            },
        };
        let absolute = decoded.starts_with('/') || decoded.starts_with("@/");
        if let Some(path) = join(folder, &relative)
            && let Some(outcome) = self.content(&path)
        {
            return outcome;
        }
        // What is no file below content/ may be an address, as seen from the page's own.
        let url = if absolute { Url::from_decoded(&relative).ok() } else { relative_url(place.url, &relative) };
        match url.and_then(|url| self.address(url)) {
            Some(outcome) => outcome,
            None if self.may_guess() => Outcome::Nowhere(self.near(&decoded, folder, absolute)),
            None => Outcome::Nowhere(None),
        }
    }

    /// What lies at a path below content/: an article, a bundle, a section, a file.
    fn content(&mut self, path: &str) -> Option<Outcome> {
        let trimmed = path.trim_end_matches('/');
        let candidates = [format!("content/{trimmed}"), format!("content/{trimmed}/index.md")];
        let goal = candidates.iter().find_map(|path| self.paths.get(&SitePath::new(path)));
        if let Some(goal) = goal {
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
        match self.shelves.refer(trimmed) {
            Some(Found::At(url)) => Some(Outcome::At(url)),
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
        for candidate in [Some(url.clone()), folder()].into_iter().flatten() {
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

    /// Whether a name may be looked for that is near to one that leads nowhere: the search compares all there are.
    fn may_guess(&mut self) -> bool {
        self.guesses = self.guesses.saturating_sub(1);
        self.guesses > 0
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

    /// The files to be copied: those of bundles, and those that were referred to.
    pub fn placed(self, notes: &mut Vec<Diagnostic>) -> Vec<Placed> {
        self.shelves.placed(notes)
    }
}
