//! The plugin `jekyll-redirect-from`: former addresses of a page, and pages that only lead elsewhere.

use std::collections::BTreeMap;

use crate::import::address;
use crate::import::collection::{Article, Collection};
use crate::import::formats;
use crate::import::front::{find, texts};
use crate::import::index::Index;
use crate::model::diagnostic::{Diagnostic, Position};
use crate::model::path::Base;
use crate::parse::node::Entry;

/// Former addresses. One without an extension is a file with one.
pub fn from(article: &mut Article, entries: &[Entry], notes: &mut Vec<Diagnostic>) {
    let Some(node) = find(entries, "redirect_from") else { return };
    let mut urls = Vec::new();
    for written in texts(node) {
        let last = written.rsplit('/').next().unwrap_or("");
        let path = if last.is_empty() || last.contains('.') { written.clone() } else { format!("{written}.html") };
        match address::old_decoded(&path) {
            Some(url) => urls.push(url.as_str().to_owned()),
            None => {
                let message =
                    format!("the redirect from `{}` is no address of the site", crate::parse::node::excerpt(&written));
                notes.push(formats::at(&article.source, node.at, message, "nothing is served there"));
            }
        }
    }
    article.front.set_list("aliases", urls);
}

/// A page that only leads elsewhere.
pub struct Away {
    /// The page.
    pub article: Article,
    /// Where it leads.
    pub to: String,
    /// Where it says so.
    pub at: Position,
}

/// Gives the addresses of pages that only lead to another one of the collection to that one, as aliases. A page that leads anywhere
/// else stays, with a note.
pub fn away(all: Vec<Away>, collection: &mut Collection, base: Option<Base>) {
    let index = Index::new(collection, base);
    let places: BTreeMap<String, usize> =
        collection.articles.iter().enumerate().map(|(at, article)| (format!("/{}", article.target), at)).collect();
    for Away { mut article, to, at } in all {
        let target = index.leads_to(&article, &to).and_then(|place| places.get(place));
        if let (Some(target), Some(old)) = (target, &article.old) {
            collection.articles[*target].front.add("aliases", old.as_str());
            continue;
        }
        let message = format!("the page only leads to `{}`, which Byline's do not", crate::parse::node::excerpt(&to));
        let hint = "link there in its text, or let your host redirect its address";
        collection.notes.push(formats::at(&article.source, at, message, hint));
        article.front.keep("redirect_to", to.into());
        collection.articles.push(article);
    }
}
