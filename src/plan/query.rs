//! Answers to the queries that a theme declares: made once, and put into the views of the pages they are declared for.

use std::collections::BTreeMap;

use super::Desk;
use crate::model::site::{ArticleId, Site};
use crate::model::theme::{Query, QueryFilter, QueryList, QueryOrder};
use crate::model::view::listing::{Answer, Answers, SectionBlock, TermRow};

/// The answers for each kind of page that a query names.
pub(super) fn answers(desk: &Desk) -> BTreeMap<String, Answers> {
    let mut by_kind: BTreeMap<String, Answers> = BTreeMap::new();
    for query in &desk.site.queries {
        let answer = answer(desk, query);
        for kind in &query.on {
            by_kind.entry(kind.clone()).or_default().insert(query.name.clone(), answer.clone());
        }
    }
    by_kind
}

fn answer(desk: &Desk, query: &Query) -> Answer {
    let site = desk.site;
    match query.list {
        QueryList::Articles => {
            let ids = articles(site, query.filter.as_ref());
            Answer::Articles(ids.iter().rev().take(query.limit).map(|id| desk.card(*id)).collect())
        }
        QueryList::Sections => {
            let sections = site.sections.iter().filter(|section| section.parents.is_empty());
            let named = sections.map(|section| (section, section.title.as_str(), section.articles.as_slice()));
            let blocks = ranked(named.collect(), query).into_iter().map(|section| SectionBlock {
                name: section.title.clone(),
                url: desk.href(&section.url),
                articles: section.articles.iter().rev().take(query.each).map(|id| desk.card(*id)).collect(),
            });
            Answer::Sections(blocks.collect())
        }
        QueryList::Tags => {
            let named = site.tags.iter().map(|tag| (tag, tag.name.as_str(), tag.articles.as_slice())).collect();
            rows(ranked(named, query).into_iter().map(|tag| super::list::row(desk, &tag.name, &tag.url, &tag.articles)))
        }
        QueryList::Authors => {
            let authors = site.authors.iter().filter(|author| !author.articles.is_empty());
            let named = authors.map(|author| (author, author.name.as_str(), author.articles.as_slice())).collect();
            rows(ranked(named, query).into_iter().map(|one| super::list::row(desk, &one.name, &one.url, &one.articles)))
        }
        QueryList::Series => {
            let named = site.series.iter().map(|term| (term, term.name.as_str(), term.articles.as_slice())).collect();
            rows(ranked(named, query).into_iter().map(|one| super::list::row(desk, &one.name, &one.url, &one.articles)))
        }
        QueryList::Years => Answer::Periods(super::dates::years(desk).into_iter().take(query.limit).collect()),
    }
}

fn rows(rows: impl Iterator<Item = TermRow>) -> Answer {
    Answer::Terms(rows.collect())
}

/// The articles that a query is about, oldest first.
fn articles(site: &Site, filter: Option<&QueryFilter>) -> Vec<ArticleId> {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let mut ids = match filter {
        None => site.dated.clone(),
        Some(QueryFilter::Featured) => {
            site.dated.iter().copied().filter(|id| site.article(*id).meta.featured).collect()
        }
        Some(QueryFilter::Section(path)) => {
            let section = site.sections.iter().find(|section| section.path == path.trim_matches('/'));
            section.map(|section| section.articles.clone()).unwrap_or_default()
        }
        Some(QueryFilter::Tag(name)) => {
            site.tags.iter().find(|tag| same(&tag.name, name)).map(|tag| tag.articles.clone()).unwrap_or_default()
        }
        Some(QueryFilter::Author(name)) => {
            let author = site.authors.iter().find(|author| same(&author.name, name));
            author.map(|author| author.articles.clone()).unwrap_or_default()
        }
    };
    ids.sort();
    ids
}

/// Lists in the order of a query, cut at its limit.
fn ranked<'a, T>(mut named: Vec<(&'a T, &'a str, &'a [ArticleId])>, query: &Query) -> Vec<&'a T> {
    // Lists come in alphabetical order, and sorting keeps it among equals.
    match query.order {
        QueryOrder::Name => {}
        QueryOrder::Count => named.sort_by_key(|(_, _, articles)| std::cmp::Reverse(articles.len())),
        QueryOrder::Newest => named.sort_by_key(|(_, _, articles)| std::cmp::Reverse(articles.iter().max().copied())),
    }
    named.into_iter().take(query.limit).map(|(item, _, _)| item).collect()
}
