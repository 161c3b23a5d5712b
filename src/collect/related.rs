//! Related articles. They look back, never forward: what is added later changes no older page, but where two articles
//! cross-reference each other.

use std::collections::HashMap;

use rayon::prelude::*;

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
    let mut crossed: Vec<Vec<ArticleId>> = vec![Vec::new(); routed.len()];
    let is_cross = |article: &Routed| article.meta.links.iter().any(|link| link.kind == LinkKind::CrossReference);
    if !routed.iter().any(is_cross) {
        return crossed;
    }
    let by_url: HashMap<&Url, ArticleId> = // lookup only
        routed.iter().zip(0..).map(|(article, at)| (&article.url, ArticleId(at))).collect();
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
        .into_par_iter()
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
    let mut shared: Vec<(ArticleId, u64)> = Vec::new();
    for (tag, _) in tags {
        let articles = &tagging.tags[tag.index()].articles;
        let before = articles.partition_point(|other| *other < id);
        let rarity = 1_000_000 / (before as u64 + 1);
        shared.extend(articles[..before].iter().rev().take(REACH).map(|other| (*other, rarity)));
    }
    shared.sort_unstable();
    let score = |run: &[(ArticleId, u64)]| (run.len(), run.iter().map(|(_, rarity)| rarity).sum::<u64>(), run[0].0);
    let mut ranked: Vec<_> = shared.chunk_by(|(a, _), (b, _)| a == b).map(score).collect();
    ranked.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
    ranked.into_iter().map(|(_, _, other)| other).collect()
}
