//! Related articles. They look back, never forward: what is added later changes no older page, but where two articles
//! cross-reference each other.

use std::collections::BTreeMap;

use super::Routed;
use super::tags::Tagging;
use crate::model::body::LinkKind;
use crate::model::path::Url;
use crate::model::site::{ArticleId, Role, TagId, Target};

/// How many related articles a page names.
const RELATED: usize = 5;
/// How many older articles of each shared tag are considered.
const REACH: usize = 16;

/// For each article those that it cross-references, or that cross-reference it, in order.
pub(super) fn crossed(targets: &[Vec<Target>], routed: &[Routed]) -> Vec<Vec<ArticleId>> {
    let by_url: BTreeMap<&Url, ArticleId> =
        routed.iter().zip(0..).map(|(article, at)| (&article.url, ArticleId(at))).collect();
    let mut crossed: Vec<Vec<ArticleId>> = vec![Vec::new(); routed.len()];
    for (at, own) in targets.iter().enumerate() {
        for (link, target) in routed[at].meta.links.iter().zip(own) {
            if let (LinkKind::CrossReference, Target::At(url, _)) = (link.kind, target)
                && let Some(other) = by_url.get(url)
            {
                crossed[at].push(*other);
                if routed[at].role == Role::Listed {
                    crossed[other.index()].push(ArticleId(at as u32));
                }
            }
        }
    }
    for list in &mut crossed {
        list.sort();
        list.dedup();
    }
    crossed
}

/// The related articles of each: cross-references, then those that share the most tags, then the rarest, then the nearest.
pub(super) fn all(routed: &[Routed], tagging: &Tagging, crossed: &[Vec<ArticleId>]) -> Vec<Vec<ArticleId>> {
    (0..routed.len())
        .map(|at| {
            let id = ArticleId(at as u32);
            let mut related: Vec<ArticleId> = crossed[at].iter().rev().copied().filter(|other| *other != id).collect();
            if routed[at].role == Role::Listed {
                for other in by_tags(id, &tagging.of_article[at], tagging) {
                    if related.len() >= RELATED {
                        break;
                    }
                    if !related.contains(&other) {
                        related.push(other);
                    }
                }
            }
            related.truncate(RELATED);
            related
        })
        .collect()
}

/// Older articles that share tags, best first. A tag is rarer the fewer articles had it before this one: a measure that
/// later articles cannot change.
fn by_tags(id: ArticleId, tags: &[(TagId, bool)], tagging: &Tagging) -> Vec<ArticleId> {
    let mut scores: BTreeMap<ArticleId, (usize, u64)> = BTreeMap::new();
    for (tag, _) in tags {
        let articles = &tagging.tags[tag.index()].articles;
        let before = articles.partition_point(|other| *other < id);
        let rarity = 1_000_000 / (before as u64 + 1);
        for other in articles[..before].iter().rev().take(REACH) {
            let score = scores.entry(*other).or_default();
            score.0 += 1;
            score.1 += rarity;
        }
    }
    let mut ranked: Vec<(ArticleId, (usize, u64))> = scores.into_iter().collect();
    ranked.sort_by_key(|(other, score)| std::cmp::Reverse((*score, *other)));
    ranked.into_iter().map(|(other, _)| other).collect()
}
