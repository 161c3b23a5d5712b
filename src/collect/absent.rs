//! The addresses that hidden articles would bring with them: lists that have no other article, dates, former addresses. A
//! link there is no mistake of its author, and time alone must not make it one.

use std::collections::BTreeSet;

use super::authors::Names;
use super::route::{Hidden, section_of};
use super::tags::Vocabulary;
use crate::model::config::Config;
use crate::model::path::{Slug, Url};

/// Gathers them. Addresses of lists end in `/`; their feeds need not be spelt out.
pub(super) fn addresses(
    hidden: &[Hidden],
    names: &Names,
    vocabulary: &Vocabulary,
    config: &Config,
) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for Hidden { meta, .. } in hidden {
        let section = section_of(meta, config.slugs);
        let ends = section.match_indices('/').map(|(end, _)| end).chain([section.len()]);
        own.extend(ends.map(|end| format!("/{}/", &section[..end])));
        let tags = meta.tags.iter().chain(&meta.inferred_tags).filter_map(|name| vocabulary.slug(name));
        own.extend(tags.map(|slug| format!("/tags/{slug}/")));
        let authors = meta.authors.iter().filter_map(|credit| names.slug(&credit.name, config.slugs));
        own.extend(authors.map(|slug| format!("/authors/{slug}/")));
        let series = meta.series.iter().filter_map(|series| Slug::whole(&series.name, config.slugs));
        own.extend(series.flat_map(|slug| [format!("/series/{slug}/"), "/series/".to_owned()]));
        for terms in &meta.terms {
            let slugs = terms.names.iter().filter_map(|name| Slug::whole(name, config.slugs));
            own.extend(slugs.map(|slug| format!("/{}/{slug}/", terms.taxonomy)));
        }
        if let Some(day) = meta.date.map(|date| date.date()) {
            own.extend([Url::of_day(day), Url::of_month(day), Url::of_year(day)].map(|url| url.to_string()));
        }
        own.extend(meta.aliases.iter().map(Url::to_string));
    }
    own
}
