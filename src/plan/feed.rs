//! Feeds: the newest entries of a list, in full on the front page's feed, as summaries elsewhere.

use std::borrow::Cow;

use super::fill::{Place, spoken_digest};
use super::{Desk, detail, head};
use crate::model::digest::Digest;
use crate::model::media;
use crate::model::page::{Channel, FeedFormat, Page};
use crate::model::path::Url;
use crate::model::shared::{Deferred, Depth};
use crate::model::site::{Article, ArticleId, AuthorId};
use crate::model::view::View;
use crate::model::view::article::DateView;
use crate::model::view::feed::{EntryView, FeedAuthor, FeedImage, FeedPage, FeedView};

/// Entries of the front page's feed.
pub(super) const HOME_ENTRIES: usize = 50;
/// Entries of any other feed.
const LIST_ENTRIES: usize = 20;

/// The view of a feed in one of its formats.
pub(super) fn view(desk: &Desk, page: &Page, channel: Channel, format: FeedFormat, depth: Depth) -> View {
    let site = desk.site;
    let (home, list, description): (&Url, &[ArticleId], &str) = match channel {
        Channel::Home => (&Url::root(), &site.dated, &site.config.description),
        Channel::Section(id) => {
            let section = &site.sections[id.index()];
            let file = section.file.as_ref();
            (&section.url, &section.articles, file.and_then(|file| file.description.as_deref()).unwrap_or(""))
        }
        Channel::Tag(id) => {
            let tag = &site.tags[id.index()];
            (&tag.url, &tag.articles, tag.description.as_deref().unwrap_or(""))
        }
        Channel::Author(id) => (&site.authors[id.index()].url, &site.authors[id.index()].articles, ""),
        Channel::Series(id) => (&site.series[id.index()].url, &site.series[id.index()].articles, ""),
    };
    let full = channel == Channel::Home;
    let entries = newest(desk, list, if full { HOME_ENTRIES } else { LIST_ENTRIES });
    let newest = entries.iter().filter_map(|entry| entry.meta.updated.max(entry.meta.date)).max();
    let newest = newest.map(|moment| DateView::of(moment, None));
    let feed = FeedView {
        title: head::feed_title(site, channel),
        description: description.to_owned(),
        url: site.config.base.absolute(&page.url),
        home: site.config.base.absolute(home),
        language: site.config.language.clone(),
        updated: newest.as_ref().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339.clone()),
        updated_rfc2822: newest.map_or_else(|| "Thu, 01 Jan 1970 00:00:00 +0000".to_owned(), |date| date.rfc2822),
    };
    let page = Box::new(FeedPage {
        feed,
        strings: desk.strings().clone(),
        entries: entries.into_iter().map(|own| entry(desk, own, full.then_some(depth))).collect(),
    });
    if format == FeedFormat::Json { View::JsonFeed(page) } else { View::Feed(page) }
}

/// The newest dated articles of a list, whatever order the list itself has.
fn newest<'a>(desk: &'a Desk, list: &[ArticleId], count: usize) -> Vec<&'a Article> {
    let mut ids = Cow::Borrowed(list);
    if !ids.is_sorted() {
        ids.to_mut().sort();
    }
    let articles = ids.iter().rev().map(|id| desk.site.article(*id));
    articles.filter(|article| article.meta.date.is_some()).take(count).collect()
}

fn author(desk: &Desk, id: AuthorId) -> FeedAuthor {
    let author = &desk.site.authors[id.index()];
    let url = author.has_page.then(|| desk.site.config.base.absolute(&author.url));
    FeedAuthor { name: author.name.clone(), url }
}

/// An image, by its address: what follows its path says nothing of its type.
fn image_of(absolute: &str) -> FeedImage {
    let path = absolute.split(['?', '#']).next().unwrap_or_default();
    FeedImage { url: absolute.to_owned(), media_type: media::of(path).to_owned() }
}

/// An entry; in full where its depth is given.
fn entry(desk: &Desk, own: &Article, full: Option<Depth>) -> EntryView {
    let changed = own.meta.updated.max(own.meta.date);
    let content = |depth| {
        let strings = desk.strings_of(own.meta.lang.as_deref());
        // Templates of blocks may say anything that their language has; without blocks, a body says little by itself.
        let said = if own.meta.blocks.is_empty() { spoken_digest(strings) } else { strings.digest() };
        Deferred::new(Digest::join(&[detail::body_digest(desk, own), said]), depth, || {
            desk.body(&desk.bodies.body(own.body), &own.targets, &own.url, Place::Feed, strings)
        })
    };
    EntryView {
        card: own.card.clone(),
        updated: changed.map(|moment| moment.rfc3339()).unwrap_or_default(),
        authors: own.authors.iter().map(|id| author(desk, *id)).collect(),
        image: own.card.image.as_ref().map(|image| image_of(&image.absolute)),
        content: full.map(content),
        corrections: detail::corrections(own),
        source: detail::source(own),
    }
}
