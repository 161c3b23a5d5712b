//! Where something shows: the pages whose views hold an article's card, reach a template, or see a data file.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Desk;
use super::files::stem;
use super::kind::{article_of, kind};
use crate::model::page::What;
use crate::model::path::SitePath;
use crate::model::shared::Depth;
use crate::model::site::{Article, ArticleId, Role, Target};
use crate::model::why::{Answer, Group};
use crate::plan::data_names;

/// How many pages of a group are named.
const NAMED: usize = 5;

impl Desk<'_> {
    /// The places of pages among all pages.
    pub(super) fn places(&self, wanted: impl Fn(&What) -> bool) -> Vec<usize> {
        let pages = self.ready.pages.iter().enumerate();
        pages.filter(|(_, page)| wanted(&page.what)).map(|(at, _)| at).collect()
    }

    /// Some pages as a group.
    pub(super) fn group(&self, what: &str, pages: &[usize]) -> Group {
        let url = |at: &usize| self.ready.pages[*at].url.to_string();
        let mut examples: Vec<String> = pages.iter().map(url).collect();
        examples.sort();
        examples.truncate(NAMED);
        Group { what: what.to_owned(), count: pages.len(), examples }
    }

    fn groups(&self, named: BTreeMap<String, Vec<usize>>) -> Vec<Group> {
        named.iter().map(|(what, pages)| self.group(what, pages)).collect()
    }

    /// Where an article shows beside its own page: each kind of page, and the field of its view.
    pub(super) fn shown(&self, id: ArticleId) -> Vec<Group> {
        let article = self.ready.site.article(id);
        let card = article.card.digest();
        let holds = |bytes: &[u8]| has(bytes, card.as_bytes());
        let pages: Vec<_> = self.ready.pages.iter().enumerate().collect();
        let others = pages.into_par_iter().filter(|(_, page)| article_of(&page.what) != Some(id));
        let found: Vec<(String, usize)> = others
            .flat_map_iter(|(at, page)| {
                let view = self.views.view(page, Depth::Compared);
                let mut fields = Vec::new();
                view.visit(&mut |prefix, name, bytes| {
                    if name != "page" && holds(bytes) {
                        fields.push((format!("{}: {prefix}{name}", kind(&self.ready.site, &view, &page.what)), at));
                    }
                });
                fields
            })
            .collect();
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        found.into_iter().for_each(|(what, at)| named.entry(what).or_default().push(at));
        for (at, page) in self.ready.pages.iter().enumerate() {
            let Some(other) = article_of(&page.what).map(|other| self.ready.site.article(other)) else { continue };
            let kind = if other.role == Role::Standing { "page" } else { "article" };
            for field in self.mentions(other, id) {
                named.entry(format!("{kind}: {field}")).or_default().push(at);
            }
        }
        self.groups(named)
    }

    /// The fields in which an article's own page mentions another one: there stands less than a card.
    fn mentions(&self, own: &Article, id: ArticleId) -> Vec<&'static str> {
        let url = &self.ready.site.article(id).url;
        let in_series = own.series.is_some_and(|(series, place)| {
            let parts = &self.ready.site.series[series.index()].articles;
            [place.checked_sub(1), Some(place + 1)].into_iter().flatten().any(|at| parts.get(at) == Some(&id))
        });
        let leads = |target: &Target| matches!(target, Target::At(to, _) if to == url);
        let fields = [
            ("older", own.older == Some(id)),
            ("newer", own.newer == Some(id)),
            ("related", own.related.contains(&id)),
            ("article.series", in_series),
            ("a link in article.body", own.targets.iter().any(leads)),
        ];
        fields.into_iter().filter(|(_, there)| *there).map(|(field, _)| field).collect()
    }

    /// What a template is for: the pages that reach it, by the template that they are made from.
    pub(super) fn template(&self, path: &SitePath) -> Answer {
        let templates = &self.ready.templates;
        let reaches = |name: &str| templates.reached(name).iter().any(|full| templates.file_of(full) == Some(path));
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, page) in self.ready.pages.iter().enumerate() {
            let Some(name) = page.template.as_deref() else { continue };
            if *known.entry(name).or_insert_with(|| reaches(name)) {
                named.entry(name.to_owned()).or_default().push(at);
            }
        }
        let layer = templates.all().find(|(full, _)| templates.file_of(full) == Some(path));
        let what = match layer {
            Some((full, _)) if named.is_empty() => format!("a template of {}; no page reaches it", self.layer(full)),
            Some((full, _)) => format!("a template of {}", self.layer(full)),
            None => {
                "a template that is not used: its theme is not the site's, or it equals the built-in one".to_owned()
            }
        };
        Answer {
            subject: path.to_string(),
            what,
            notes: Vec::new(),
            pages: Vec::new(),
            shown: self.groups(named),
            build: None,
        }
    }

    /// The layer of a template, for people.
    pub(super) fn layer(&self, full: &str) -> String {
        match self.ready.templates.layer_of(full) {
            "" => "the site".to_owned(),
            "builtin/" => "Byline".to_owned(),
            prefix => format!("the theme {}", prefix.trim_start_matches("themes/").trim_end_matches('/')),
        }
    }

    /// The pages that see a data file.
    pub(super) fn with_data(&self, path: &SitePath) -> Vec<Group> {
        let Some(name) = path.below("data").map(stem) else { return Vec::new() };
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, page) in self.ready.pages.iter().enumerate() {
            if data_names(&self.ready.site, &page.what).iter().any(|wanted| stem(wanted) == name) {
                named.entry(page.template.as_deref().unwrap_or_default().to_owned()).or_default().push(at);
            }
        }
        self.groups(named)
    }
}

/// Whether some bytes hold others.
fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && bytes.windows(wanted.len()).any(|window| window == wanted)
}
