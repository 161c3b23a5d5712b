//! Values that the site's own templates read and that no view has.

use std::collections::{BTreeMap, BTreeSet};

use super::wardrobe::{Garment, Wardrobe};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::page::What;
use crate::model::strings::EXTRA;
use crate::model::suggest::nearest;
use crate::model::view::shape::{Shape, Step, item, shapes, step};
use crate::pipeline::dress::Dress;
use crate::render::outline::{Binding, Part, Read};

/// How often names are looked up that stand for what other names stand for.
const PASSES: usize = 6;

/// The type of what nobody knows.
const ANY: &str = "Value";

/// The types that a name may stand for in a template.
type Names<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// What the site's own templates read in vain.
pub fn unknown(wardrobe: &Wardrobe, dress: &Dress) -> Vec<Diagnostic> {
    let shapes = shapes();
    let mut notes = Vec::new();
    for garment in wardrobe.own().filter(|garment| !garment.pages.is_empty() && !garment.in_block) {
        let views: BTreeSet<&str> = garment.pages.iter().filter_map(|page| view_of(&page.what)).collect();
        let beside = wardrobe.beside(garment);
        let names = names(&beside, &views, &shapes);
        let guarded: Vec<&[&str]> =
            garment.outline.reads.iter().filter(|read| read.guard).map(|read| read.path.as_slice()).collect();
        for read in garment.outline.reads.iter().filter(|read| !guarded.iter().any(|path| read.path.starts_with(path)))
        {
            let theirs = option(read, dress).or_else(|| query(read, dress)).or_else(|| word(read, dress));
            let fault = theirs.or_else(|| {
                let missing = missing(&read.path, &names, &shapes)?;
                Some(missing.told(read))
            });
            notes.extend(fault.map(|(message, hint)| note(garment, read, message, hint)));
        }
    }
    notes
}

fn note(garment: &Garment, read: &Read, message: String, hint: String) -> Diagnostic {
    let mark = Mark::at(garment.path, Position::of_offset(garment.text, read.at));
    Diagnostic::warning(Code::UnknownField, message).at(mark).hint(hint)
}

/// The struct that a page's view is.
fn view_of(what: &What) -> Option<&'static str> {
    Some(match what {
        What::Home(_) => "HomeView",
        What::Article(_) => "ArticlePage",
        What::Section(..) => "SectionPage",
        What::Tag(..) => "TagPage",
        What::Author(..) => "AuthorPage",
        What::Series(..) | What::Term(..) => "TermPage",
        What::Index(..) => "IndexPage",
        What::Archive => "ArchivePage",
        What::Year(_) => "YearPage",
        What::Month(..) => "MonthPage",
        What::Day(..) => "DayPage",
        What::NotFound => "NotFoundPage",
        What::Redirect(_) => "RedirectPage",
        What::Search => "SearchPage",
        What::Feed(..) => "FeedPage",
        What::SearchStatistics | What::SearchDocuments(_) | What::SearchTerms { .. } | What::SearchTexts { .. } => {
            return None;
        }
        What::Sitemap(_) | What::SitemapIndex(_) => return None,
        What::Robots | What::Llms | What::Redirects | What::Headers => return None,
    })
}

/// What each name may stand for: fields of the views, and what loops and `set` bind, here or in a template that shows this one.
fn names<'a>(beside: &[&'a Garment], views: &BTreeSet<&'a str>, shapes: &'a [Shape]) -> Names<'a> {
    let mut names = Names::new();
    for shape in shapes.iter().filter(|shape| views.contains(shape.name.as_str())) {
        for field in &shape.fields {
            names.entry(&field.name).or_default().insert(&field.kind);
        }
    }
    let bindings: Vec<&Binding> = beside.iter().flat_map(|garment| &garment.outline.bindings).collect();
    for _ in 0..PASSES {
        for binding in &bindings {
            let kinds = kinds(binding, &names, shapes);
            names.entry(binding.name).or_default().extend(kinds);
        }
    }
    // What could not be found out may be anything.
    for binding in bindings {
        let kinds = names.entry(binding.name).or_default();
        if kinds.is_empty() {
            kinds.insert(ANY);
        }
    }
    names
}

fn kinds<'a>(binding: &Binding<'a>, names: &Names<'a>, shapes: &'a [Shape]) -> Vec<&'a str> {
    let Some(path) = &binding.from else { return vec![ANY] };
    let part = |kind: &'a str| match binding.part {
        Part::Whole => kind,
        Part::Item => item(kind).unwrap_or(ANY),
        Part::Key => "String",
    };
    follow(path, names, shapes).into_iter().map(part).collect()
}

/// The types at the end of a path.
fn follow<'a>(path: &[&'a str], names: &Names<'a>, shapes: &'a [Shape]) -> Vec<&'a str> {
    let Some((root, rest)) = path.split_first() else { return Vec::new() };
    let mut kinds: Vec<&str> = names.get(root).into_iter().flatten().copied().collect();
    for name in rest {
        kinds = kinds
            .into_iter()
            .filter_map(|kind| match step(shapes, kind, name) {
                Step::To(kind) => Some(kind),
                Step::Anywhere => Some(ANY),
                Step::Nowhere => None,
            })
            .collect();
    }
    kinds
}

/// A name that leads nowhere.
struct Missing<'a> {
    /// Its place in the path.
    at: usize,
    /// Names that lead on from there.
    near: Vec<&'a str>,
}

fn missing<'a>(path: &[&'a str], names: &Names<'a>, shapes: &'a [Shape]) -> Option<Missing<'a>> {
    if !names.contains_key(path.first()?) {
        return Some(Missing { at: 0, near: names.keys().copied().collect() });
    }
    let at = (1..path.len()).find(|at| follow(&path[..=*at], names, shapes).is_empty())?;
    let before = follow(&path[..at], names, shapes);
    let here = before.iter().filter_map(|kind| {
        let kind = crate::model::view::shape::bare(kind);
        shapes.iter().find(|shape| shape.name == kind)
    });
    let near = here.flat_map(|shape| &shape.fields).map(|field| field.name.as_str()).collect();
    Some(Missing { at, near })
}

impl Missing<'_> {
    fn told(&self, read: &Read) -> (String, String) {
        let path = read.path[..=self.at].join(".");
        let message = match self.at {
            0 => format!("the views of the pages that reach this template have no `{path}`"),
            at => format!("the views have no `{path}`: there is nothing called `{}` in it", read.path[at]),
        };
        let hint = match nearest(read.path[self.at], self.near.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "the manual's page on views lists what there is; ask `is defined` where that is meant".to_owned(),
        };
        (message, hint)
    }
}

/// An option that the theme does not declare.
fn option(read: &Read, dress: &Dress) -> Option<(String, String)> {
    let ["site", "theme_options", name, ..] = read.path[..] else { return None };
    if dress.options.contains_key(name) {
        return None;
    }
    let near = nearest(name, dress.options.keys().map(String::as_str));
    let hint = near.map_or_else(|| "declare it in theme.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
    Some((format!("the theme declares no option `{name}`"), hint))
}

/// A query that the theme does not declare.
fn query(read: &Read, dress: &Dress) -> Option<(String, String)> {
    let ["query", name, ..] = read.path[..] else { return None };
    if dress.queries.iter().any(|query| query.name == name) {
        return None;
    }
    let near = nearest(name, dress.queries.iter().map(|query| query.name.as_str()));
    let hint = near.map_or_else(|| "declare it in theme.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
    Some((format!("the theme declares no query `{name}`"), hint))
}

/// A text that no file of strings has.
fn word(read: &Read, dress: &Dress) -> Option<(String, String)> {
    let ["strings", name, ..] = read.path[..] else { return None };
    let known = || dress.lexicon.layers.iter().flatten().flat_map(|file| file.said.keys()).map(String::as_str);
    if name == EXTRA || known().any(|key| key == name) {
        return None;
    }
    let hint = match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("put it into strings/en.yaml, below `{EXTRA}`, and read `strings.{EXTRA}.{name}`"),
    };
    Some((format!("no file of strings has a text `{name}`"), hint))
}
