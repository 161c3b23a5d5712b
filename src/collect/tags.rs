//! Tags: names on articles, brought together by slug and by the vocabulary of tags.yaml.

use std::collections::BTreeMap;

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

/// Brings the tags of all articles together. Tags with the same slug are one tag.
pub(super) fn build(routed: &[Routed], vocabulary: &Vocabulary, notes: &mut Vec<Diagnostic>) -> Tagging {
    let mut found: BTreeMap<String, (String, Vec<ArticleId>)> = BTreeMap::new();
    let mut slugs: Vec<Vec<(String, bool)>> = Vec::with_capacity(routed.len());
    for (at, article) in routed.iter().enumerate() {
        let mut own: Vec<(String, bool)> = Vec::new();
        let written = article.meta.tags.iter().map(|name| (name, false));
        for (name, inferred) in written.chain(article.meta.inferred_tags.iter().map(|name| (name, true))) {
            let Some(slug) = vocabulary.slug(name) else {
                let message = format!("the tag `{name}` leaves nothing to make an address of");
                notes.push(
                    Diagnostic::error(Code::Slug, message)
                        .at(article.meta.mark("tags"))
                        .hint("give it letters or digits, or a `slug:` in content/tags.yaml"),
                );
                continue;
            };
            if own.iter().any(|(known, _)| known == slug.as_str()) {
                continue;
            }
            if article.role == Role::Listed {
                let spelt =
                    vocabulary.entry(name).map_or(name, |entry| entry.replaced_by.as_ref().unwrap_or(&entry.name));
                let tag = found.entry(slug.to_string()).or_insert_with(|| (spelt.clone(), Vec::new()));
                tag.1.push(ArticleId(at as u32));
            }
            own.push((slug.to_string(), inferred));
        }
        slugs.push(own);
    }
    let mut order: Vec<(String, (String, Vec<ArticleId>))> = found.into_iter().collect();
    order.sort_by_cached_key(|(slug, (name, _))| (collation::key(name), slug.clone()));
    let ids: BTreeMap<String, TagId> = order.iter().zip(0..).map(|((slug, _), at)| (slug.clone(), TagId(at))).collect();
    let former = vocabulary.former();
    let mut tags: Vec<Tag> = order
        .into_iter()
        .filter_map(|(slug, (name, articles))| {
            let url = Url::from_decoded(&format!("tags/{slug}/")).ok()?;
            Some(describe(name, url, articles, former.get(&slug), vocabulary, &ids))
        })
        .collect();
    let of_article: Vec<Vec<(TagId, bool)>> = slugs
        .into_iter()
        .map(|own| own.into_iter().filter_map(|(slug, inferred)| ids.get(&slug).map(|id| (*id, inferred))).collect())
        .collect();
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
    for (tag, at) in tags.iter_mut().zip(0..) {
        let own = TagId(at);
        let mut beside: BTreeMap<TagId, usize> = BTreeMap::new();
        let others = tag.articles.iter().flat_map(|article| &of_article[article.index()]);
        for (other, _) in others.filter(|(other, _)| *other != own) {
            *beside.entry(*other).or_default() += 1;
        }
        let mut ranked: Vec<(TagId, usize)> = beside.into_iter().collect();
        ranked.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        tag.neighbours = ranked.into_iter().take(NEIGHBOURS).map(|(id, _)| id).collect();
    }
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
