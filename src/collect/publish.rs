//! What is published at an instant, and what waits.

use crate::model::article::Meta;
use crate::model::site::{Role, Waiting};

/// An article with the place of its body, and what it takes part in.
pub(super) struct Public {
    pub meta: Meta,
    pub body: usize,
    pub role: Role,
}

/// Divides articles into those that are published as of an instant, in canonical order, and those that are not.
pub(super) fn divide(articles: Vec<Meta>, as_of: i64, drafts: bool) -> (Vec<Public>, Vec<Meta>, Waiting) {
    let mut public = Vec::new();
    let mut hidden = Vec::new();
    let mut waiting = Waiting::default();
    let mut due = |moment: Option<crate::model::date::Moment>| {
        waiting.next_due = match (waiting.next_due, moment) {
            (Some(known), Some(new)) => Some(known.min(new)),
            (known, new) => known.or(new),
        };
    };
    for (body, meta) in articles.into_iter().enumerate() {
        let held = meta.date.filter(|date| date.seconds() > as_of);
        let expired = meta.expires.is_some_and(|expires| expires.seconds() <= as_of);
        if meta.draft && !drafts {
            waiting.drafts += 1;
        } else if expired {
            waiting.expired += 1;
        } else if let Some(until) = held {
            due(Some(until));
            waiting.held.push((meta.title.clone(), until));
        } else {
            due(meta.expires);
            let role = role(&meta);
            public.push(Public { meta, body, role });
            continue;
        }
        hidden.push(meta);
    }
    public.sort_by(|a, b| canonical(&a.meta).cmp(&canonical(&b.meta)));
    waiting.held.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    (public, hidden, waiting)
}

/// Undated first, from the last title to the first (lists are shown from the other end); then by date, then by path.
fn canonical(meta: &Meta) -> (Option<i64>, std::cmp::Reverse<Option<String>>, &str) {
    let title = meta.date.is_none().then(|| meta.title.to_lowercase());
    (meta.date.map(|date| date.seconds()), std::cmp::Reverse(title), meta.path.as_str())
}

fn role(meta: &Meta) -> Role {
    let at_top = meta.path.below("content").is_some_and(|path| !path.contains('/'));
    if meta.unlisted {
        Role::Unlisted
    } else if meta.date.is_none() && (meta.page || at_top) {
        Role::Standing
    } else {
        Role::Listed
    }
}
