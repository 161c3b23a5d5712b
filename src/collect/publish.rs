//! What is published at an instant, and what waits.

use rayon::prelude::*;

use crate::model::article::Meta;
use crate::model::report::Due;
use crate::model::site::{Role, Waiting};

/// An article with the place of its body, and what it takes part in.
pub(super) struct Public {
    pub meta: Box<Meta>,
    pub body: usize,
    pub role: Role,
}

/// Divides articles into those that are published as of an instant, in canonical order, and those that are not.
pub(super) fn divide(articles: Vec<Box<Meta>>, as_of: i64, drafts: bool) -> (Vec<Public>, Vec<Box<Meta>>, Waiting) {
    let mut public: Vec<Public> = Vec::with_capacity(articles.len());
    let mut hidden = Vec::new();
    let mut waiting = Waiting::default();
    let mut expiring: Vec<Due> = Vec::new();
    let due = |meta: &Meta, at| Due { title: meta.title.clone(), path: meta.path.clone(), at };
    for (body, meta) in articles.into_iter().enumerate() {
        let held = meta.date.filter(|date| date.seconds() > as_of);
        let expired = meta.expires.is_some_and(|expires| expires.seconds() <= as_of);
        if meta.draft && !drafts {
            waiting.drafts += 1;
        } else if expired {
            waiting.expired += 1;
        } else if let Some(until) = held {
            waiting.held.push(due(&meta, until));
        } else {
            expiring.extend(meta.expires.map(|at| due(&meta, at)));
            let role = role(&meta);
            public.push(Public { meta, body, role });
            continue;
        }
        hidden.push(meta);
    }
    let public = sorted(public, |public| &public.meta);
    waiting.held.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    waiting.expires_next = expiring.into_iter().min_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    let next = [waiting.held.first(), waiting.expires_next.as_ref()];
    waiting.next_due = next.into_iter().flatten().map(|due| due.at).min();
    (public, hidden, waiting)
}

/// Articles in canonical order: undated first, from the last title to the first (lists are shown from the other end); then by
/// date, then by path.
pub(super) fn sorted<T: Send>(articles: Vec<T>, meta: impl Fn(&T) -> &Meta + Sync) -> Vec<T> {
    let key = |article: T| {
        let own = meta(&article);
        let title = own.date.is_none().then(|| own.title.to_lowercase());
        ((own.date.map(|date| date.seconds()), std::cmp::Reverse(title)), article)
    };
    let mut keyed: Vec<_> = articles.into_iter().map(key).collect();
    keyed.par_sort_by(|(a_key, a), (b_key, b)| a_key.cmp(b_key).then_with(|| meta(a).path.cmp(&meta(b).path)));
    keyed.into_iter().map(|(_, article)| article).collect()
}

/// What an article takes part in once it is published.
pub(super) fn role(meta: &Meta) -> Role {
    let at_top = meta.path.below("content").is_some_and(|path| !path.contains('/'));
    if meta.unlisted {
        Role::Unlisted
    } else if meta.date.is_none() && (meta.page || at_top) {
        Role::Standing
    } else {
        Role::Listed
    }
}
