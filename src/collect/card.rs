//! Cards: what lists show of an article.

use super::Routed;
use super::authors::Cast;
use super::sections::Shelf;
use super::tags::Tagging;
use crate::model::config::Config;
use crate::model::date::Moment;
use crate::model::path::Url;
use crate::model::site::Role;
use crate::model::view::article::{AuthorLink, Card, DateView, ImageView, TagLink};
use crate::model::view::head::LinkView;

/// What a card is made from.
pub(super) struct Parts<'a> {
    pub article: &'a Routed,
    pub at: usize,
    pub shelf: &'a Shelf,
    pub cast: &'a Cast,
    pub index: &'a Tagging,
    pub image: &'a Option<ImageView>,
}

/// Makes the card.
pub(super) fn of(parts: &Parts, config: &Config) -> Card {
    let meta = &parts.article.meta;
    let href = |url: &Url| config.base.href(url);
    let listed = parts.article.role == Role::Listed;
    let authors = parts.cast.of_article[parts.at].iter().map(|(id, role)| {
        let author = &parts.cast.authors[id.index()];
        AuthorLink { name: author.name.clone(), url: author.has_page.then(|| href(&author.url)), role: role.clone() }
    });
    let tags = parts.index.of_article[parts.at].iter().map(|(id, inferred)| {
        let tag = &parts.index.tags[id.index()];
        TagLink { name: tag.name.clone(), url: href(&tag.url), inferred: *inferred }
    });
    let section = parts.shelf.of_article[parts.at].map(|id| {
        let section = &parts.shelf.sections[id.index()];
        LinkView { name: section.title.clone(), url: href(&section.url) }
    });
    let summary = meta.standfirst.as_ref().map_or(&meta.summary, |standfirst| &standfirst.text);
    Card {
        title: meta.title.clone(),
        url: href(&parts.article.url),
        permalink: config.base.absolute(&parts.article.url),
        standfirst: meta.standfirst.as_ref().map(|standfirst| standfirst.html.clone()),
        summary: summary.clone(),
        published: meta.date.map(|date| date_view(date, config, listed)),
        updated: meta.updated.map(|date| date_view(date, config, false)),
        authors: authors.collect(),
        tags: tags.collect(),
        section,
        image: parts.image.clone(),
        language: meta.lang.clone(),
        extra: meta.extra.clone(),
    }
}

/// A date for templates; with the link to its day where that has a page.
fn date_view(date: Moment, config: &Config, has_page: bool) -> DateView {
    let day = date.date();
    let address = format!("{:04}/{:02}/{:02}/", day.year(), day.month(), day.day());
    let url = has_page.then(|| Url::from_decoded(&address).ok()).flatten();
    DateView::of(date, url.map(|url| config.base.href(&url)))
}
