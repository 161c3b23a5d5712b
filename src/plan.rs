//! The site to pages: what is to be made, and for each page the closed view that its template sees. Pure.

mod article;
mod blocks;
mod calendar;
mod dates;
mod detail;
mod feed;
mod fill;
mod head;
mod list;
mod machine;
mod outputs;
mod query;
mod search;
mod structured;

use std::collections::{BTreeMap, BTreeSet};

pub use article::data_names;
pub use blocks::block_kinds;
pub use outputs::{check, pages};

use rayon::prelude::*;

use crate::model::body::{Bodies, Body};
use crate::model::date::Moment;
use crate::model::digest::Digest;
use crate::model::page::{Channel, Page, What};
use crate::model::path::Url;
use crate::model::shared::{Deferred, Depth, Shared};
use crate::model::site::{Article, ArticleId, Site, Target};
use crate::model::strings::Strings;
use crate::model::view::View;
use crate::model::view::article::{Card, Mention, Profile};
use crate::model::view::body::BodyView;
use crate::model::view::feed::TextView;
use crate::model::view::head::{FeedLink, LinkView, PagerView};
use crate::model::view::listing::Answers;

/// Where views are made: the site, the bodies, and what many views share.
pub struct Desk<'a> {
    site: &'a Site,
    bodies: &'a dyn Bodies,
    /// The digests of the templates that show blocks, by kind.
    blocks: BTreeMap<String, Digest>,
    answers: BTreeMap<String, Shared<Answers>>,
    no_answers: Shared<Answers>,
    /// The dates of all articles, side by side.
    dates: Vec<Option<Moment>>,
    /// What articles say of each author, in the order of the site's.
    profiles: Vec<Option<Shared<Profile>>>,
    /// What stands where an article is merely mentioned, by its digest.
    mentions: Vec<Digest>,
    /// What pages say, by their language.
    strings: BTreeMap<String, Shared<Strings>>,
    /// The feeds of the whole site.
    feeds: Shared<Vec<FeedLink>>,
    /// What the head of every article says of the site.
    ground: Digest,
    indexable: Vec<(Url, Option<Moment>)>,
    /// What is searched, if anything is.
    search: Option<search::Index>,
}

impl<'a> Desk<'a> {
    /// Lays out a desk for all pages of a site. The templates that show blocks are known by their digests, by kind.
    pub fn new(site: &'a Site, pages: &[Page], bodies: &'a dyn Bodies, blocks: BTreeMap<String, Digest>) -> Self {
        let own = |article: &Article| (article.meta.date, Digest::of_value(&mention(article)));
        let (dates, mentions) = site.articles.par_iter().map(own).unzip();
        let desk = Self {
            site,
            bodies,
            blocks,
            answers: BTreeMap::new(),
            no_answers: Shared::new(Answers::new()),
            dates,
            profiles: site.authors.iter().map(|author| detail::profile(site, author)).collect(),
            mentions,
            strings: strings(site),
            feeds: Shared::new(head::feeds(site, &Url::root(), Channel::Home)),
            ground: head::ground(&site.config),
            indexable: machine::indexable(site, pages),
            search: search::Index::of(site),
        };
        // The desk that answers has no answers itself: a query cannot see another.
        let answers = query::answers(&desk).into_iter().map(|(kind, answers)| (kind, Shared::new(answers)));
        Self { answers: answers.collect(), ..desk }
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
            What::Sitemap(range) => View::Sitemap(machine::sitemap(self, range.clone(), depth)),
            What::SitemapIndex(parts) => View::Sitemap(machine::sitemap_index(self, *parts, depth)),
            What::Robots => View::Text(machine::robots(self)),
            What::Llms => View::Text(machine::llms(self)),
            What::Redirects => View::Text(machine::redirects(self)),
            What::Headers => View::Text(machine::headers(self)),
            What::Search => View::Search(Box::new(search::page(self, page))),
            What::SearchStatistics | What::SearchDocuments(_) | What::SearchTerms { .. } | What::SearchTexts { .. } => {
                self.search_part(&page.what, depth)
            }
        }
    }

    /// The view of a part of the search index. A site without one has no such pages.
    fn search_part(&self, what: &What, depth: Depth) -> View {
        let nothing = || View::Text(TextView { text: String::new() });
        self.search.as_ref().map_or_else(nothing, |index| match what {
            What::SearchStatistics => View::SearchStatistics(search::statistics(index)),
            What::SearchDocuments(group) => View::SearchDocuments(search::documents(self, index, *group, depth)),
            What::SearchTerms { group, shard } => View::SearchTerms(search::terms(self, index, *group, *shard, depth)),
            What::SearchTexts { group, range } => {
                View::SearchTexts(search::texts(self, index, *group, range.clone(), depth))
            }
            _ => nothing(),
        })
    }

    /// A body of a page, links and blocks filled in.
    fn body(
        &self,
        body: &Body,
        targets: &[Target],
        own: &Url,
        place: fill::Place,
        strings: &Shared<Strings>,
    ) -> BodyView {
        let (base, templates) = (&self.site.config.base, &self.blocks);
        fill::Filling { targets, own, base, templates, place, strings }.body(body)
    }

    /// Lets go of what was made for a group of the search index: none of its parts is to be made any more.
    pub fn let_go_of_group(&self, group: usize) {
        if let Some(index) = &self.search {
            index.let_go(group);
        }
    }

    /// What pages in the site's language say.
    fn strings(&self) -> &Shared<Strings> {
        self.strings_of(None)
    }

    /// What an article's page says; `language` is the article's own, if it has one.
    fn strings_of(&self, language: Option<&str>) -> &Shared<Strings> {
        let of_site = self.site.config.language.as_str();
        &self.strings[language.unwrap_or(of_site)]
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

    fn mention(&self, id: ArticleId, depth: Depth) -> Deferred<Mention> {
        Deferred::new(self.mentions[id.index()], depth, || mention(self.site.article(id)))
    }

    /// The cards of a run of a list, newest first.
    fn cards(&self, list: &[ArticleId]) -> Vec<Shared<Card>> {
        list.iter().rev().map(|id| self.card(*id)).collect()
    }

    /// The answers that a kind of page is given; further pages of a list have none.
    fn answers(&self, kind: &str, number: Option<u32>) -> Shared<Answers> {
        self.answers.get(kind).filter(|_| number.is_none()).unwrap_or(&self.no_answers).clone()
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

/// What pages say, for each language that the site or an article is in. Languages that have no strings of their own share a set.
fn strings(site: &Site) -> BTreeMap<String, Shared<Strings>> {
    let of_site = site.config.language.as_str();
    let of_articles = site.articles.iter().filter_map(|article| article.meta.lang.as_deref());
    let languages: BTreeSet<&str> = of_articles.chain([of_site]).collect();
    let mut sets: BTreeMap<Vec<String>, Shared<Strings>> = BTreeMap::new();
    let set = |language: &str| {
        let chain = site.lexicon.languages(language, of_site);
        let set = sets.entry(chain).or_insert_with_key(|chain| Shared::new(site.lexicon.strings(chain)));
        (language.to_owned(), set.clone())
    };
    languages.into_iter().map(set).collect()
}

/// An article where another one only mentions it.
fn mention(article: &Article) -> Mention {
    let card = &article.card;
    Mention {
        title: card.title.clone(),
        url: card.url.clone(),
        published: card.published.clone(),
        language: card.language.clone(),
    }
}
