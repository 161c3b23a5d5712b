//! Tags: names on articles, brought together by slug and by the vocabulary of tags.yaml.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::Routed;
use crate::model::code::Code;
use crate::model::collation;
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{SitePath, Slug, Url};
use crate::model::site::{ArticleId, Redirect, Role, Tag, TagId};
use crate::model::tag::TagEntry;

/// How many neighbours a tag shows.
const NEIGHBOURS: usize = 8;

/// The tags, and those of each article.
pub(super) struct Tagging {
    pub tags: Vec<Tag>,
    pub of_article: Vec<Vec<(TagId, bool)>>,
}

/// The vocabulary by slug: every name, synonym and deprecated name leads to one entry.
pub(super) struct Vocabulary<'a> {
    entries: &'a [TagEntry],
    by_slug: BTreeMap<String, usize>,
    config: &'a Config,
}

impl<'a> Vocabulary<'a> {
    pub fn new(entries: &'a [TagEntry], config: &'a Config) -> Self {
        let mut by_slug = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
                if let Some(slug) = Slug::whole(name, config.slugs) {
                    by_slug.entry(slug.to_string()).or_insert(at);
                }
            }
        }
        Self { entries, by_slug, config }
    }

    /// The entry that a name stands for, deprecation followed (a chain of them at most as long as the vocabulary).
    fn entry(&self, name: &str) -> Option<&'a TagEntry> {
        let find = |name: &str| {
            let slug = Slug::whole(name, self.config.slugs)?;
            self.by_slug.get(slug.as_str()).map(|at| &self.entries[*at])
        };
        let mut entry = find(name)?;
        for _ in 0..self.entries.len() {
            match entry.replaced_by.as_deref().and_then(find) {
                Some(next) => entry = next,
                None => break,
            }
        }
        Some(entry)
    }

    /// A name as the vocabulary spells it.
    fn spelt<'n>(&'n self, name: &'n str) -> &'n str {
        self.entry(name).map_or(name, |entry| entry.replaced_by.as_deref().unwrap_or(&entry.name))
    }

    /// For each tag's slug, all slugs of other names that lead to it.
    fn former(&self) -> BTreeMap<String, Vec<Slug>> {
        let mut former: BTreeMap<String, Vec<Slug>> = BTreeMap::new();
        for (at, known) in self.entries.iter().enumerate() {
            let Some(leads) = self.slug(&known.name) else { continue };
            let names = std::iter::once(&known.name).chain(&known.synonyms);
            let slugs = names.filter_map(|name| Slug::whole(name, self.config.slugs));
            // A slug that two entries share leads to the first of them alone.
            let own = slugs.filter(|slug| *slug != leads && self.by_slug.get(slug.as_str()) == Some(&at));
            former.entry(leads.to_string()).or_default().extend(own);
        }
        former
    }

    /// The slug of a tag's page: given, or made of its name.
    pub fn slug(&self, name: &str) -> Option<Slug> {
        let entry = self.entry(name);
        // A deprecated name without an entry for its successor still becomes that successor.
        let name = entry.map_or(name, |entry| entry.replaced_by.as_deref().unwrap_or(&entry.name));
        let own = entry.filter(|entry| entry.replaced_by.is_none()).and_then(|entry| entry.slug.clone());
        own.or_else(|| Slug::whole(name, self.config.slugs))
    }
}

/// A tag in the making.
struct Draft {
    slug: Slug,
    /// As the oldest listed article has it; `None` while there is none.
    name: Option<String>,
    articles: Vec<ArticleId>,
}

/// The drafts, and which one a name stands for: names recur, and each is looked up in the vocabulary once.
struct Drafts<'a> {
    vocabulary: &'a Vocabulary<'a>,
    all: Vec<Draft>,
    by_slug: HashMap<Slug, usize>,            // lookup only
    by_name: HashMap<&'a str, Option<usize>>, // lookup only
}

impl<'a> Drafts<'a> {
    fn new(vocabulary: &'a Vocabulary<'a>) -> Self {
        let by_slug = HashMap::new(); // lookup only
        let by_name = HashMap::new(); // lookup only
        Self { vocabulary, all: Vec::new(), by_slug, by_name }
    }

    /// The place of a name's draft; `None` where nothing of it makes an address.
    fn place(&mut self, name: &'a str) -> Option<usize> {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let place = self.vocabulary.slug(name).map(|slug| {
            let next = self.all.len();
            let place = *self.by_slug.entry(slug.clone()).or_insert(next);
            if place == next {
                self.all.push(Draft { slug, name: None, articles: Vec::new() });
            }
            place
        });
        self.by_name.insert(name, place);
        place
    }

    fn list(&mut self, place: usize, name: &str, article: ArticleId) {
        let draft = &mut self.all[place];
        if draft.name.is_none() {
            draft.name = Some(self.vocabulary.spelt(name).to_owned());
        }
        draft.articles.push(article);
    }
}

/// Brings the tags of all articles together. Tags with the same slug are one tag.
pub(super) fn build(routed: &[Routed], vocabulary: &Vocabulary, notes: &mut Vec<Diagnostic>) -> Tagging {
    let mut drafts = Drafts::new(vocabulary);
    let mut places: Vec<Vec<(usize, bool)>> = Vec::with_capacity(routed.len());
    for (article, at) in routed.iter().zip(0..) {
        let meta = &article.meta;
        let mut own: Vec<(usize, bool)> = Vec::with_capacity(meta.tags.len() + meta.inferred_tags.len());
        let written = meta.tags.iter().map(|name| (name, false));
        for (name, inferred) in written.chain(meta.inferred_tags.iter().map(|name| (name, true))) {
            match drafts.place(name) {
                None => notes.push(without_slug(name, article)),
                Some(place) if own.iter().any(|(known, _)| *known == place) => {}
                Some(place) => {
                    own.push((place, inferred));
                    if article.role == Role::Listed {
                        drafts.list(place, name, ArticleId(at));
                    }
                }
            }
        }
        places.push(own);
    }
    arrange(drafts.all, places, vocabulary)
}

fn without_slug(name: &str, article: &Routed) -> Diagnostic {
    Diagnostic::error(Code::Slug, format!("the tag `{name}` leaves nothing to make an address of"))
        .at(article.meta.mark("tags"))
        .hint("give it letters or digits, or a `slug:` in content/tags.yaml")
}

/// Sorts tags by name and gives out ids. A tag that no listed article has is none.
fn arrange(found: Vec<Draft>, places: Vec<Vec<(usize, bool)>>, vocabulary: &Vocabulary) -> Tagging {
    let mut id_of_place: Vec<Option<TagId>> = vec![None; found.len()];
    let found = found.into_iter().enumerate();
    let mut order: Vec<_> =
        found.filter_map(|(at, draft)| Some((at, draft.slug, draft.name?, draft.articles))).collect();
    order.sort_by_cached_key(|(_, slug, name, _)| (collation::key(name), slug.clone()));
    for ((place, ..), id) in order.iter().zip(0..) {
        id_of_place[*place] = Some(TagId(id));
    }
    let ids: BTreeMap<String, TagId> =
        order.iter().zip(0..).map(|((_, slug, ..), at)| (slug.to_string(), TagId(at))).collect();
    let former = vocabulary.former();
    let mut tags: Vec<Tag> = order
        .into_iter()
        .filter_map(|(_, slug, name, articles)| {
            let url = Url::from_decoded(&format!("tags/{slug}/")).ok()?;
            Some(describe(name, url, articles, former.get(slug.as_str()), vocabulary, &ids))
        })
        .collect();
    let ids = |own: Vec<(usize, bool)>| {
        own.into_iter().filter_map(|(place, inferred)| Some((id_of_place[place]?, inferred))).collect()
    };
    let of_article: Vec<Vec<(TagId, bool)>> = places.into_iter().map(ids).collect();
    relate(&mut tags, &of_article);
    Tagging { tags, of_article }
}

/// What the vocabulary says about a tag.
fn describe(
    name: String,
    url: Url,
    articles: Vec<ArticleId>,
    former: Option<&Vec<Slug>>,
    vocabulary: &Vocabulary,
    ids: &BTreeMap<String, TagId>,
) -> Tag {
    let entry = vocabulary.entry(&name);
    let id = |name: &String| vocabulary.slug(name).and_then(|slug| ids.get(slug.as_str()).copied());
    let mut former: Vec<Slug> = former.cloned().unwrap_or_default();
    former.retain(|old| !ids.contains_key(old.as_str()));
    former.sort();
    former.dedup();
    Tag {
        description: entry.and_then(|entry| entry.description.clone()),
        broader: entry.map_or_else(Vec::new, |entry| entry.broader.iter().filter_map(id).collect()),
        name,
        url,
        narrower: Vec::new(),
        neighbours: Vec::new(),
        former,
        articles,
    }
}

/// Fills in narrower tags and neighbours: those that stand beside a tag most often, ties by name.
fn relate(tags: &mut [Tag], of_article: &[Vec<(TagId, bool)>]) {
    for at in 0..tags.len() {
        for broader in tags[at].broader.clone() {
            tags[broader.index()].narrower.push(TagId(at as u32));
        }
    }
    let count = tags.len();
    tags.par_iter_mut().enumerate().for_each_init(
        || vec![0_u32; count],
        |counts, (at, tag)| {
            let own = TagId(at as u32);
            let mut beside: Vec<TagId> = Vec::new();
            let others = tag.articles.iter().flat_map(|article| &of_article[article.index()]);
            for (other, _) in others.filter(|(other, _)| *other != own) {
                let count = &mut counts[other.index()];
                if *count == 0 {
                    beside.push(*other);
                }
                *count += 1;
            }
            beside.sort_unstable_by_key(|id| (std::cmp::Reverse(counts[id.index()]), *id));
            // The counts are the next tag's, too: they go back to nothing.
            beside.iter().for_each(|id| counts[id.index()] = 0);
            beside.truncate(NEIGHBOURS);
            tag.neighbours = beside;
        },
    );
}

/// The pages of former names lead to the tag's page.
pub(super) fn redirects(tags: &[Tag]) -> Vec<Redirect> {
    let source = SitePath::new("content/tags.yaml");
    let old = |slug: &Slug| Url::from_decoded(&format!("tags/{slug}/")).ok();
    tags.iter()
        .flat_map(|tag| tag.former.iter().filter_map(old).map(|from| (from, tag.url.clone())))
        .map(|(from, to)| Redirect { from, to, source: source.clone() })
        .collect()
}
