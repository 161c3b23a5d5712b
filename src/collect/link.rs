//! Where every link leads: to an article by file, title or URL, to a list, or to a file. A link to nothing is a diagnostic at
//! its place; a link to what is hidden shows as text.

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
use crate::model::escape::{Scheme, scheme};
use crate::model::path::{SitePath, Url};
use crate::model::person::Person;
use crate::model::section::SectionFile;
use crate::model::site::{Placed, Role, Section, Target};
use crate::model::suggest;
use crate::model::view::article::ImageView;

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
        Self { routed, hidden, paths, urls, titles, sections, known, shelves, config }
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
            None => Outcome::Nowhere(self.near(&decoded, folder, absolute)),
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
        let section = section_path(trimmed.strip_suffix("/_index.md").unwrap_or(trimmed), self.config.slugs);
        if trimmed == "_index.md" {
            return Some(Outcome::At(Url::root()));
        }
        if let Some(url) = self.sections.get(section.as_str()).filter(|_| !section.is_empty()) {
            return Some(Outcome::At((*url).clone()));
        }
        match self.shelves.refer(trimmed) {
            Some(Found::At(url)) => Some(Outcome::At(url)),
            Some(Found::Hidden) => Some(Outcome::Hidden),
            None => self.known.hides(&Url::from_decoded(&format!("{section}/")).ok()?).then_some(Outcome::Hidden),
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

    fn date_of(&self, goal: Goal) -> Option<Moment> {
        match goal {
            Goal::Public(at) => self.routed[at].meta.date,
            Goal::Hidden(at) => self.hidden[at].meta.date,
            Goal::Faulty => None,
        }
    }

    /// Of the articles with a title, those of `among`, the nearest in time; public ones first.
    fn titled(&self, folded: &str, place: &Place, among: impl Fn(Goal) -> bool) -> (Option<Goal>, usize) {
        let own = place.own.map(Goal::Public);
        let Some(goals) = self.titles.get(folded) else { return (None, 0) };
        let fits = |goal: &&Goal| Some(**goal) != own && among(**goal);
        let here = place.date.map_or(0, |date| date.seconds());
        let distance = |goal: &&Goal| {
            let there = self.date_of(**goal).map_or(i64::MAX, |date| date.seconds().abs_diff(here) as i64);
            (matches!(goal, Goal::Hidden(_)), there, **goal)
        };
        let public = goals.iter().filter(fits).filter(|goal| matches!(goal, Goal::Public(_))).count();
        (goals.iter().filter(fits).min_by_key(distance).copied(), public)
    }

    /// A link that nobody wrote must not name an unlisted article, nor a page that is none.
    fn cross_reference(&self, folded: &str, place: &Place) -> Target {
        let listed = |goal| matches!(goal, Goal::Public(at) if self.routed[at].role == Role::Listed);
        match self.titled(folded, place, listed).0 {
            Some(Goal::Public(at)) => Target::At(self.routed[at].url.clone(), "".into()),
            _ => Target::Nowhere,
        }
    }

    fn wiki(&self, title: &str, place: &Place, mark: &Mark, notes: &mut Vec<Diagnostic>) -> Outcome {
        let (goal, namesakes) = self.titled(&fold_title(title), place, |_| true);
        if namesakes > 1 {
            let message = format!("{namesakes} articles bear the title `{title}`; the nearest in time is taken");
            notes.push(
                Diagnostic::warning(Code::AmbiguousLink, message)
                    .at(mark.clone())
                    .hint("link by the file's path to choose"),
            );
        }
        goal.map_or_else(
            || {
                let titles = self.routed.iter().map(|article| article.meta.title.as_str());
                Outcome::Nowhere(suggest::nearest(title, titles).map(str::to_owned))
            },
            |goal| self.reach(goal),
        )
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

    /// A path or address near to one that leads nowhere.
    fn near(&self, written: &str, folder: &str, absolute: bool) -> Option<String> {
        let public = self.routed.iter().filter_map(|article| article.meta.path.below("content"));
        let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or(written);
        let same_name =
            public.clone().find(|path| path.rsplit('/').next() == Some(name)).map(|path| format!("/{path}"));
        let from_here = |path: &str| {
            if absolute || folder.is_empty() {
                Some(path.to_owned())
            } else {
                path.strip_prefix(&format!("{folder}/")).map(str::to_owned)
            }
        };
        same_name.or_else(|| {
            let near: Vec<String> = public.chain(self.shelves.paths()).filter_map(from_here).collect();
            let written = written.trim_start_matches("@/").trim_start_matches('/');
            let slash = if absolute { "/" } else { "" };
            let addresses = self.known.all().filter(|_| absolute).map(|url| url.trim_start_matches('/'));
            suggest::nearest(written, near.iter().map(String::as_str).chain(addresses))
                .map(|near| format!("{slash}{near}"))
        })
    }

    /// The lead image of an article.
    pub fn lead_image(&mut self, article: &Routed, notes: &mut Vec<Diagnostic>) -> Option<ImageView> {
        let image = article.meta.image.as_ref()?;
        let place = Place { path: &article.meta.path, url: &article.url, anchors: &[], date: None, own: None };
        let (src, absolute) = self.file(&image.value.src, &place, &image.mark, notes)?;
        let image = &image.value;
        Some(ImageView {
            src,
            absolute,
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            credit: image.credit.clone(),
        })
    }

    /// The portrait of a person, as a link.
    pub fn portrait(&mut self, person: &Person, notes: &mut Vec<Diagnostic>) -> Option<String> {
        let image = person.image.as_deref()?;
        let place = Place { path: &person.mark.path, url: &Url::root(), anchors: &[], date: None, own: None };
        self.file(image, &place, &person.mark, notes).map(|(src, _)| src)
    }

    /// The link and the absolute address of a file that a key names.
    fn file(&mut self, src: &str, place: &Place, mark: &Mark, notes: &mut Vec<Diagnostic>) -> Option<(String, String)> {
        match scheme(src) {
            Scheme::Allowed => return Some((src.to_owned(), src.to_owned())),
            Scheme::Refused => {
                let message = format!("the image `{src}` has a scheme that is not allowed");
                notes.push(
                    Diagnostic::warning(Code::Scheme, message).at(mark.clone()).hint("give a path or an http address"),
                );
                return None;
            }
            Scheme::Relative => {}
        }
        match self.path(split(src).0, place) {
            Outcome::At(url) => Some((self.config.base.href(&url), self.config.base.absolute(&url))),
            Outcome::Hidden | Outcome::Faulty => None,
            Outcome::Nowhere(near) => {
                let message = format!("the file `{src}` does not exist");
                let hint = near.map_or_else(
                    || "give its path as seen from this file or, with a first `/`, from content/".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                notes.push(Diagnostic::error(Code::Asset, message).at(mark.clone()).hint(hint));
                None
            }
        }
    }

    /// The files to be copied: those of bundles, and those that were referred to.
    pub fn placed(self, notes: &mut Vec<Diagnostic>) -> Vec<Placed> {
        self.shelves.placed(notes)
    }
}
