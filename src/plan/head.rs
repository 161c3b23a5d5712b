//! What stands in a page's head, and the views that have little more than a head.

use super::Desk;
use crate::model::config::Config;
use crate::model::digest::Digest;
use crate::model::page::{Channel, Page};
use crate::model::path::Url;
use crate::model::site::Site;
use crate::model::strings;
use crate::model::view::head::{FeedLink, PageView};
use crate::model::view::{NotFoundPage, RedirectPage};

/// The common part of a head; what is special to a kind is filled in by its view.
pub(super) fn of(desk: &Desk, page: &Page, kind: &str, title: String, number: Option<u32>) -> PageView {
    let config = &desk.site.config;
    let permalink = config.base.absolute(&page.url);
    PageView {
        kind: kind.to_owned(),
        title,
        url: desk.href(&page.url),
        canonical: Some(permalink.clone()),
        permalink,
        description: String::new(),
        direction: strings::direction(&config.language).to_owned(),
        language: config.language.clone(),
        feeds: desk.feeds.clone(),
        image: None,
        noindex: false,
        json_ld: None,
        number: number.map(|number| number as usize),
    }
}

/// The digest of everything in site.yaml that an article's head shows, but for its feeds.
pub(super) fn ground(config: &Config) -> Digest {
    Digest::of_value(&(&config.title, &config.base, &config.language, &config.article_type))
}

/// The feeds of a list, as links.
pub(super) fn feeds(site: &Site, list: &Url, channel: Channel) -> Vec<FeedLink> {
    let title = feed_title(site, channel);
    let formats = site.config.feeds.formats();
    formats
        .filter_map(|format| {
            let url = list.join(format.file()).ok()?;
            Some(FeedLink {
                title: title.clone(),
                url: site.config.base.href(&url),
                media_type: format.media_type().to_owned(),
            })
        })
        .collect()
}

/// A feed's title.
pub(super) fn feed_title(site: &Site, channel: Channel) -> String {
    let name = match channel {
        Channel::Home => return site.config.title.clone(),
        Channel::Section(id) => &site.sections[id.index()].title,
        Channel::Tag(id) => &site.tags[id.index()].name,
        Channel::Author(id) => &site.authors[id.index()].name,
        Channel::Series(id) => &site.series[id.index()].name,
    };
    format!("{}: {name}", site.config.title)
}

/// The page that a host shows for what is not there.
pub(super) fn not_found(desk: &Desk, page: &Page) -> NotFoundPage {
    let mut head = of(desk, page, "404", desk.strings().text("not_found").to_owned(), None);
    head.canonical = None;
    head.noindex = true;
    NotFoundPage {
        site: desk.site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        query: desk.answers("404", None),
    }
}

/// The page at a former address.
pub(super) fn redirect(desk: &Desk, page: &Page, at: usize) -> RedirectPage {
    let redirect = &desk.site.redirects[at];
    let to_absolute = desk.site.config.base.absolute(&redirect.to);
    let mut head = of(desk, page, "redirect", desk.strings().text("moved").to_owned(), None);
    head.canonical = Some(to_absolute.clone());
    head.noindex = true;
    RedirectPage {
        site: desk.site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        to: desk.href(&redirect.to),
        to_absolute,
    }
}
