//! Which kinds of blocks a page shows, told without its view.

use std::collections::BTreeSet;

use super::feed::HOME_ENTRIES;
use crate::model::page::{Channel, Page, What};
use crate::model::section::SectionFile;
use crate::model::site::Site;

/// The kinds of the blocks on a page, or in a feed that carries full texts.
pub fn block_kinds<'a>(site: &'a Site, page: &Page) -> BTreeSet<&'a str> {
    let of_article = |id| site.article(id).meta.blocks.iter().map(|kind| &**kind);
    match &page.what {
        What::Article(id) => of_article(*id).collect(),
        What::Feed(Channel::Home, _) => {
            site.dated.iter().rev().take(HOME_ENTRIES).flat_map(|id| of_article(*id)).collect()
        }
        What::Home(slice) if slice.number.is_none() => of_file(site.home.as_ref()),
        What::Section(id, slice) if slice.number.is_none() => of_file(site.sections[id.index()].file.as_ref()),
        _ => BTreeSet::new(),
    }
}

fn of_file(file: Option<&SectionFile>) -> BTreeSet<&str> {
    file.map_or_else(BTreeSet::new, |file| file.body.blocks.iter().map(|block| &*block.kind).collect())
}
