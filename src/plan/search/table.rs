//! The terms of a group of articles: what takes the bodies of all of them to be made, and makes all shards of the group.

use std::collections::HashMap;
use std::sync::Arc;

use super::words::{Words, beginnings, first, shard};
use super::{Document, text};
use crate::model::body::Bodies;
use crate::model::config::Search;
use crate::model::site::{Article, Role, Site};
use crate::model::view::search::Term;

/// How many characters of an article's text may be shown where it is found.
const SHOWN: usize = 2_000;

/// How often a word counts for each time that it stands in the field.
mod weight {
    pub const TITLE: u32 = 5;
    pub const STANDFIRST: u32 = 2;
    pub const NAME: u32 = 3;
    pub const BODY: u32 = 1;
}

/// The terms of a group of articles.
#[derive(Debug)]
pub(super) struct Table {
    /// By shard, each in order.
    pub shards: Vec<Arc<Vec<Term>>>,
    /// How many words each article has, by the weights of their fields.
    pub lengths: Arc<Vec<u32>>,
    /// The beginning of each article's text.
    pub texts: Vec<String>,
}

/// Makes the table of a group, cut into so many shards.
pub(super) fn make(site: &Site, bodies: &dyn Bodies, search: Search, group: &[Document], shards: usize) -> Table {
    let mut maker = Maker::default();
    let (mut lengths, mut texts) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
    for (document, place) in group.iter().zip(0..) {
        let article = site.article(document.article);
        let body = search.body.then(|| text::of_body(&bodies.body(article.body)));
        lengths.push(maker.article(site, article, body.as_deref(), place));
        texts.push(first(body.as_deref().unwrap_or_default(), SHOWN).to_owned());
    }
    Table { shards: maker.shards(shards), lengths: Arc::new(lengths), texts }
}

#[derive(Default)]
struct Maker {
    words: Words,
    /// Where each term is among the terms.
    places: HashMap<Box<str>, usize>, // lookup only
    /// The terms in the order in which they were met.
    terms: Vec<Term>,
}

impl Maker {
    /// Adds the terms of an article; returns how many words it has.
    fn article(&mut self, site: &Site, article: &Article, body: Option<&str>, place: u32) -> u32 {
        let card = &article.card;
        let mut length = self.field(&card.title, place, weight::TITLE, true);
        // Where there is no standfirst, the summary is the beginning of the body.
        if card.standfirst.is_some() || body.is_none() {
            length += self.field(&card.summary, place, weight::STANDFIRST, false);
        }
        for tag in &card.tags {
            length += self.field(&tag.name, place, weight::NAME, true);
            self.narrowing('#', &tag.name, place);
        }
        for author in &card.authors {
            length += self.field(&author.name, place, weight::NAME, true);
            self.narrowing('@', &author.name, place);
        }
        if let Some(section) = article.section.map(|id| &site.sections[id.index()]) {
            let parents = section.parents.iter().map(|id| &site.sections[id.index()]);
            parents.chain([section]).for_each(|section| self.narrowing('/', &section.path, place));
        }
        if let Some(date) = article.meta.date.filter(|_| article.role == Role::Listed) {
            self.narrowing('=', &format!("{:04}", date.date().year()), place);
        }
        length.saturating_add(body.map_or(0, |body| self.field(body, place, weight::BODY, false)))
    }

    /// Adds what results may be narrowed by. A name that is no line would be none of the index either.
    fn narrowing(&mut self, sign: char, name: &str, place: u32) {
        if !name.contains(char::is_control) {
            self.add(&format!("{sign}{name}"), place, 1);
        }
    }

    /// Adds the words of a field; returns how many there are, by its weight.
    fn field(&mut self, text: &str, place: u32, weight: u32, is_name: bool) -> u32 {
        let mut words = std::mem::take(&mut self.words);
        let mut length: u32 = 0;
        words.of(text, |term| {
            self.add(term, place, weight);
            length = length.saturating_add(weight);
            if is_name {
                beginnings(term, |beginning| self.add(beginning, place, weight));
            }
        });
        self.words = words;
        length
    }

    fn add(&mut self, term: &str, place: u32, weight: u32) {
        let at = match self.places.get(term) {
            Some(at) => *at,
            None => {
                self.places.insert(term.into(), self.terms.len());
                self.terms.push(Term { term: term.into(), articles: Vec::new() });
                self.terms.len() - 1
            }
        };
        let articles = &mut self.terms[at].articles;
        match articles.last_mut() {
            Some((last, so_far)) if *last == place => *so_far = so_far.saturating_add(weight),
            _ => articles.push((place, weight)),
        }
    }

    fn shards(self, count: usize) -> Vec<Arc<Vec<Term>>> {
        let mut shards: Vec<Vec<Term>> = vec![Vec::new(); count];
        for term in self.terms {
            shards[shard(&term.term, count)].push(term);
        }
        let sorted = |mut terms: Vec<Term>| {
            terms.sort_unstable_by(|a, b| a.term.cmp(&b.term));
            Arc::new(terms)
        };
        shards.into_iter().map(sorted).collect()
    }
}
