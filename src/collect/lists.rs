//! The remaining lists: series, taxonomies of the site's own, days, and former addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::Routed;
use crate::model::code::Code;
use crate::model::collation;
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{Slug, Url};
use crate::model::site::{Article, ArticleId, Day, Redirect, Role, SeriesId, TaxonomyIndex, Term};

/// The series, and the one of each article.
pub(super) struct SeriesIndex {
    pub terms: Vec<Term>,
    pub of_article: Vec<Option<(SeriesId, usize)>>,
}

/// The listed articles that have a date, in order.
pub(super) fn dated(articles: &[Article]) -> Vec<ArticleId> {
    let shown = |article: &Article| article.role == Role::Listed && article.meta.date.is_some();
    let ids = articles.iter().zip(0..).filter(|(article, _)| shown(article));
    ids.map(|(_, at)| ArticleId(at)).collect()
}

/// Series by name, each in the order of its parts; articles without a number follow by date.
pub(super) fn series(routed: &[Routed], config: &Config, notes: &mut Vec<Diagnostic>) -> SeriesIndex {
    let named =
        routed.iter().enumerate().filter(|(_, article)| article.role == Role::Listed).filter_map(|(at, article)| {
            article.meta.series.as_ref().map(|series| (series.name.as_str(), ArticleId(at as u32)))
        });
    let mut terms = gather(named, "series", routed, config, notes);
    let mut of_article = vec![None; routed.len()];
    for (series, at) in terms.iter_mut().zip(0..) {
        let part = |id: &ArticleId| routed[id.index()].meta.series.as_ref().and_then(|series| series.part);
        series.articles.sort_by_key(|id| (part(id).unwrap_or(i64::MAX), *id));
        for (place, id) in series.articles.iter().enumerate() {
            of_article[id.index()] = Some((SeriesId(at), place));
        }
    }
    SeriesIndex { terms, of_article }
}

/// The taxonomies that site.yaml configures.
pub(super) fn taxonomies(routed: &[Routed], config: &Config, notes: &mut Vec<Diagnostic>) -> Vec<TaxonomyIndex> {
    let mut indexes = Vec::new();
    for taxonomy in &config.taxonomies {
        let listed = routed.iter().enumerate().filter(|(_, article)| article.role == Role::Listed);
        let named = listed.flat_map(|(at, article)| {
            let own = article.meta.terms.iter().filter(|terms| terms.taxonomy == taxonomy.key);
            own.flat_map(|terms| &terms.names).map(move |name| (name.as_str(), ArticleId(at as u32)))
        });
        let key = Slug::whole(&taxonomy.key, config.slugs);
        let url = key.and_then(|key| Url::from_decoded(&format!("{key}/")).ok());
        let Some(url) = url else {
            let message = format!("the taxonomy `{}` leaves nothing to make an address of", taxonomy.key);
            notes.push(Diagnostic::error(Code::Config, message).hint("give it a key of letters"));
            continue;
        };
        let folder = url.as_str().trim_matches('/').to_owned();
        let terms = gather(named, &folder, routed, config, notes);
        indexes.push(TaxonomyIndex { title: taxonomy.title.clone(), url, terms });
    }
    indexes
}

/// Terms by slug, spelt as their oldest article has them, in alphabetical order.
fn gather<'a>(
    named: impl Iterator<Item = (&'a str, ArticleId)>,
    folder: &str,
    routed: &[Routed],
    config: &Config,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for (name, id) in named {
        let slug = Slug::whole(name, config.slugs);
        let url = slug.as_ref().and_then(|slug| Url::from_decoded(&format!("{folder}/{slug}/")).ok());
        let (Some(slug), Some(url)) = (slug, url) else {
            let message = format!("the name `{name}` leaves nothing to make an address of");
            let diagnostic = Diagnostic::error(Code::Slug, message).at(routed[id.index()].meta.mark(folder));
            notes.push(diagnostic.hint("give it letters or digits"));
            continue;
        };
        let term =
            terms.entry(slug.to_string()).or_insert_with(|| Term { name: name.to_owned(), url, articles: Vec::new() });
        if term.articles.last() != Some(&id) {
            term.articles.push(id);
        }
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.sort_by_cached_key(|term| (collation::key(&term.name), term.url.clone()));
    terms
}

/// The days that have listed articles, oldest first.
pub(super) fn days(routed: &[Routed]) -> Vec<Day> {
    // Not by runs: where a zone turns its clocks back over midnight, a later article may lie on an earlier day.
    let mut days: BTreeMap<jiff::civil::Date, Vec<ArticleId>> = BTreeMap::new();
    for (article, at) in routed.iter().zip(0..).filter(|(article, _)| article.role == Role::Listed) {
        if let Some(date) = article.meta.date {
            days.entry(date.date()).or_default().push(ArticleId(at));
        }
    }
    days.into_iter().map(|(date, articles)| Day { date, articles }).collect()
}

/// The former addresses that articles give.
pub(super) fn aliases(routed: &[Routed]) -> Vec<Redirect> {
    let redirect = |article: &Routed, from: &Url| Redirect {
        from: from.clone(),
        to: article.url.clone(),
        source: article.meta.path.clone(),
    };
    // An alias without a final slash and without an extension is a folder's address, as hosts serve it.
    let folder = |from: &Url| {
        let last = from.as_str().rsplit('/').next().unwrap_or("");
        if last.is_empty() || last.contains('.') {
            Some(from.clone())
        } else {
            Url::from_decoded(&format!("{from}/")).ok()
        }
    };
    // An article may give an address twice, or its own: that is one redirect, or none.
    let own = |article: &Routed| {
        let former: BTreeSet<Url> = article.meta.aliases.iter().filter_map(folder).collect();
        former.into_iter().filter(|from| *from != article.url).map(|from| redirect(article, &from)).collect::<Vec<_>>()
    };
    routed.iter().flat_map(own).collect()
}
