//! Cards: what lists show of an article.

use super::Routed;
use super::authors::Cast;
use super::sections::Shelf;
use super::tags::Tagging;
use crate::model::article::Inline;
use crate::model::config::Config;
use crate::model::date::Moment;
use crate::model::path::Url;
use crate::model::shared::Shared;
use crate::model::site::Role;
use crate::model::view::article::{AuthorLink, Card, Dated, ImageView, TagLink};
use crate::model::view::head::LinkView;

/// What a card is made from.
pub(super) struct Parts<'a> {
    pub at: usize,
    pub shelf: &'a Shelf,
    pub cast: &'a Cast,
    pub index: &'a Tagging,
    pub links: &'a Links,
    pub image: Option<ImageView>,
}

/// What many cards have in common, made once: the links to sections, authors and tags, by their places in the site.
pub(super) struct Links {
    sections: Vec<Shared<LinkView>>,
    authors: Vec<Shared<AuthorLink>>,
    /// Each tag as set by an author, and as inferred.
    tags: Vec<[Shared<TagLink>; 2]>,
}

impl Links {
    /// Makes all links.
    pub fn new(shelf: &Shelf, cast: &Cast, index: &Tagging, config: &Config) -> Self {
        let href = |url: &Url| config.base.href(url);
        let sections =
            shelf.sections.iter().map(|section| LinkView { name: section.title.clone(), url: href(&section.url) });
        let authors = cast.authors.iter().map(|author| AuthorLink {
            name: author.name.clone(),
            url: author.has_page.then(|| href(&author.url)),
            role: None,
        });
        let tags = index.tags.iter().map(|tag| {
            [false, true].map(|inferred| Shared::new(TagLink { name: tag.name.clone(), url: href(&tag.url), inferred }))
        });
        Self {
            sections: sections.map(Shared::new).collect(),
            authors: authors.map(Shared::new).collect(),
            tags: tags.collect(),
        }
    }
}

/// Makes the card. What it alone says from now on is taken out of the article's metadata.
pub(super) fn of(article: &mut Routed, parts: Parts, config: &Config) -> Card {
    let meta = &mut article.meta;
    let listed = article.role == Role::Listed;
    let authors = parts.cast.of_article[parts.at].iter().map(|(id, role)| {
        let link = &parts.links.authors[id.index()];
        if role.is_none() { link.clone() } else { Shared::new(AuthorLink { role: role.clone(), ..(**link).clone() }) }
    });
    let tags = parts.index.of_article[parts.at]
        .iter()
        .map(|(id, inferred)| parts.links.tags[id.index()][usize::from(*inferred)].clone());
    let section = parts.shelf.of_article[parts.at].map(|id| parts.links.sections[id.index()].clone());
    let (standfirst, summary) = match meta.standfirst.take() {
        Some(Inline { html, text }) => (Some(html), text),
        None => (None, std::mem::take(&mut meta.summary)),
    };
    Card {
        title: std::mem::take(&mut meta.title),
        url: config.base.href(&article.url),
        permalink: config.base.absolute(&article.url),
        standfirst,
        summary,
        published: meta.date.map(|date| dated(date, config, listed)),
        updated: meta.updated.map(|date| dated(date, config, false)),
        authors: authors.collect(),
        tags: tags.collect(),
        section,
        image: parts.image.map(Box::new),
        language: meta.lang.clone(),
        extra: std::mem::take(&mut meta.extra),
    }
}

/// A date for templates; with the link to its day where that has a page.
fn dated(date: Moment, config: &Config, has_page: bool) -> Shared<Dated> {
    let url = has_page.then(|| config.base.href(&Url::of_day(date.date())).into());
    Shared::new(Dated(date, url))
}
