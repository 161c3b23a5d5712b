//! The view of an article's own page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::fill::Place;
use super::{Desk, detail, head, structured};
use crate::model::body::Heading;
use crate::model::digest::Digest;
use crate::model::front_matter::Spot;
use crate::model::page::{Page, What};
use crate::model::shared::{Deferred, Depth};
use crate::model::site::{Article, ArticleId, Role, Site};
use crate::model::strings;
use crate::model::view::ArticlePage;
use crate::model::view::article::{ArticleView, HeadingView, SeriesBox};
use crate::model::view::head::PageView;

/// The view of an article or a standing page.
pub(super) fn page(desk: &Desk, page: &Page, id: ArticleId, depth: Depth) -> ArticlePage {
    let article = desk.site.article(id);
    let kind = if article.role == Role::Standing { "page" } else { "article" };
    ArticlePage {
        site: desk.site.view.clone(),
        strings: desk.strings_of(article.meta.lang.as_deref()).clone(),
        page: Deferred::new(head_digest(desk, article), depth, || head(desk, page, article, kind)),
        article: view(desk, article, depth),
        older: article.older.map(|id| desk.mention(id, depth)),
        newer: article.newer.map(|id| desk.mention(id, depth)),
        related: article.related.iter().map(|id| desk.mention(*id, depth)).collect(),
        query: desk.answers(kind, None),
    }
}

/// The digest of everything that the head is made from: the card (its address among it), what is said beside it, and the site.
fn head_digest(desk: &Desk, article: &Article) -> Digest {
    let role = match article.role {
        Role::Listed => 0_u8,
        Role::Standing => 1,
        Role::Unlisted => 2,
    };
    let own = Digest::of_value(&(role, &article.meta.source, &article.meta.corrections));
    Digest::join(&[article.card.digest(), own, desk.ground, desk.feeds.digest()])
}

fn head(desk: &Desk, page: &Page, article: &Article, kind: &str) -> PageView {
    let mut head = head::of(desk, page, kind, article.card.title.clone(), None);
    head.description = article.card.summary.clone();
    if let Some(language) = &article.meta.lang {
        head.language.clone_from(language);
        head.direction = strings::direction(language).to_owned();
    }
    if let Some(original) = article.meta.source.as_ref().and_then(|source| source.url.clone()) {
        head.canonical = Some(original);
    }
    head.image = article.card.image.as_ref().map(|image| image.absolute.clone());
    head.noindex = article.role == Role::Unlisted;
    head.json_ld = Some(structured::article(desk, article));
    head
}

fn view(desk: &Desk, article: &Article, depth: Depth) -> ArticleView {
    let meta = &article.meta;
    let body = if depth == Depth::Rendered { desk.bodies.body(article.body) } else { Arc::default() };
    let heading =
        |heading: &Heading| HeadingView { level: heading.level, id: heading.id.clone(), text: heading.text.clone() };
    let toc = || if meta.toc { body.toc.iter().map(heading).collect() } else { Vec::new() };
    ArticleView {
        card: article.card.clone(),
        body: Deferred::new(detail::body_digest(desk, article), depth, || {
            desk.body(&body, &article.targets, &article.url, Place::Page, desk.strings_of(meta.lang.as_deref()))
        }),
        toc: Deferred::new(Digest::join(&[meta.body, Digest::of(&[meta.toc.into()])]), depth, toc),
        words: meta.words,
        dateline: meta.dateline.clone(),
        profiles: article.authors.iter().filter_map(|id| desk.profiles[id.index()].clone()).collect(),
        corrections: detail::corrections(article),
        source: detail::source(article),
        series: series(desk, article, depth),
        data: data(desk, meta.data.as_deref()),
    }
}

fn series(desk: &Desk, article: &Article, depth: Depth) -> Option<SeriesBox> {
    let (id, place) = article.series?;
    let series = &desk.site.series[id.index()];
    let at = |place: usize| series.articles.get(place).map(|id| desk.mention(*id, depth));
    let number = article.meta.series.as_ref().and_then(|series| series.part);
    Some(SeriesBox {
        name: series.name.clone(),
        url: desk.href(&series.url),
        part: number.and_then(|number| usize::try_from(number).ok()).unwrap_or(place + 1),
        previous: place.checked_sub(1).and_then(at),
        next: at(place + 1),
    })
}

/// The data files that were asked for, by name without extension.
pub(super) fn data(desk: &Desk, wanted: Option<&Spot<Vec<String>>>) -> BTreeMap<String, Value> {
    let names = wanted.into_iter().flat_map(|wanted| &wanted.value);
    let stems = names.map(|name| name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem));
    stems.filter_map(|name| Some((name.to_owned(), desk.site.data.get(name)?.clone()))).collect()
}

/// The data files that a page asks for, as written.
pub fn data_names<'a>(site: &'a Site, what: &What) -> &'a [String] {
    let wanted = match what {
        What::Article(id) => site.article(*id).meta.data.as_deref(),
        What::Section(id, _) => site.sections[id.index()].file.as_ref().and_then(|file| file.data.as_ref()),
        _ => None,
    };
    wanted.map_or(&[], |wanted| &wanted.value)
}
