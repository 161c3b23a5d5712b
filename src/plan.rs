//! The site to pages: what is to be made, and for each page the closed view that its template sees. Pure.

mod article;
mod dates;
mod detail;
mod feed;
mod fill;
mod head;
mod list;
mod machine;
mod outputs;
mod query;
mod structured;

use std::collections::BTreeMap;

pub use article::data_names;
pub use outputs::{check, pages};

use crate::model::body::Bodies;
use crate::model::page::{Page, What};
use crate::model::path::Url;
use crate::model::shared::{Depth, Shared};
use crate::model::site::{ArticleId, Site};
use crate::model::view::View;
use crate::model::view::article::{Card, Mention};
use crate::model::view::head::{LinkView, PagerView};
use crate::model::view::listing::Answers;

/// Where views are made: the site, the bodies, and what many views share.
pub struct Desk<'a> {
    site: &'a Site,
    bodies: &'a dyn Bodies,
    answers: BTreeMap<String, Answers>,
    indexable: Vec<(Url, Option<String>)>,
}

impl<'a> Desk<'a> {
    /// Lays out a desk for all pages of a site.
    pub fn new(site: &'a Site, pages: &[Page], bodies: &'a dyn Bodies) -> Self {
        Self { site, bodies, answers: query::answers(site), indexable: machine::indexable(site, pages) }
    }

    /// The view of one page, to be rendered or merely to be compared.
    pub fn view(&self, page: &Page, depth: Depth) -> View {
        match &page.what {
            What::Home(slice) => View::Home(Box::new(list::home(self, page, *slice))),
            What::Article(id) => View::Article(Box::new(article::page(self, page, *id, depth))),
            What::Section(id, slice) => View::Section(Box::new(list::section(self, page, *id, *slice))),
            What::Tag(id, slice) => View::Tag(Box::new(list::tag(self, page, *id, *slice))),
            What::Author(id, slice) => View::Author(Box::new(list::author(self, page, *id, *slice))),
            What::Series(id, slice) => View::Term(Box::new(list::series(self, page, *id, *slice))),
            What::Term(taxonomy, id, slice) => View::Term(Box::new(list::term(self, page, *taxonomy, *id, *slice))),
            What::Index(index, slice) => View::Index(Box::new(list::index(self, page, *index, *slice))),
            What::Archive => View::Archive(Box::new(dates::archive(self, page))),
            What::Year(days) => View::Year(Box::new(dates::year(self, page, days.clone()))),
            What::Month(days, slice) => View::Month(Box::new(dates::month(self, page, days.clone(), *slice))),
            What::Day(at, slice) => View::Day(Box::new(dates::day(self, page, *at, *slice))),
            What::NotFound => View::NotFound(Box::new(head::not_found(self, page))),
            What::Redirect(at) => View::Redirect(Box::new(head::redirect(self, page, *at))),
            What::Feed(channel, format) => feed::view(self, page, *channel, *format, depth),
            What::Sitemap(range) => View::Sitemap(machine::sitemap(self, range.clone())),
            What::SitemapIndex(parts) => View::Sitemap(machine::sitemap_index(self, *parts)),
            What::Robots => View::Text(machine::robots(self)),
            What::Llms => View::Text(machine::llms(self)),
            What::Redirects => View::Text(machine::redirects(self)),
        }
    }

    fn href(&self, url: &Url) -> String {
        self.site.config.base.href(url)
    }

    fn link(&self, name: &str, url: &Url) -> LinkView {
        LinkView { name: name.to_owned(), url: self.href(url) }
    }

    fn card(&self, id: ArticleId) -> Shared<Card> {
        self.site.article(id).card.clone()
    }

    fn mention(&self, id: ArticleId) -> Mention {
        let card = &self.site.article(id).card;
        Mention { title: card.title.clone(), url: card.url.clone(), published: card.published.clone() }
    }

    /// The cards of a run of a list, newest first.
    fn cards(&self, list: &[ArticleId]) -> Vec<Shared<Card>> {
        list.iter().rev().map(|id| self.card(*id)).collect()
    }

    /// The answers that a kind of page is given; further pages of a list have none.
    fn answers(&self, kind: &str, number: Option<u32>) -> Answers {
        if number.is_some() { Answers::new() } else { self.answers.get(kind).cloned().unwrap_or_default() }
    }

    fn pager(&self, list: &Url, slice: crate::model::page::Slice) -> PagerView {
        use crate::model::page::Step;
        let lead = |step| match step {
            Step::End => None,
            Step::Head => Some(self.href(list)),
            Step::Page(number) => Some(self.href(&outputs::further(list, number))),
        };
        PagerView { newer: lead(slice.newer), older: lead(slice.older) }
    }
}
