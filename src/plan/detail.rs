//! Details of an article that its own page and the feeds both show.

use super::Desk;
use crate::model::digest::Digest;
use crate::model::escape::single_line;
use crate::model::front_matter::Correction;
use crate::model::shared::Shared;
use crate::model::site::{Article, Author, Portrait, Site};
use crate::model::view::article::{CorrectionView, DateView, Profile, SourceView};
use crate::model::view::picture::PictureView;

/// How wide a portrait is shown at most, in pixels.
const PORTRAIT: u32 = 400;

/// An author's portrait in its sizes.
pub(super) fn portrait(site: &Site, author: &Author) -> Option<PictureView> {
    author.portrait.as_ref().map(|portrait| match portrait {
        Portrait::Own(shown) => PictureView::of(shown, PORTRAIT, &site.config.base),
        Portrait::Foreign(src) => PictureView::foreign(src),
    })
}

/// The corrections, newest first.
pub(super) fn corrections(article: &Article) -> Vec<CorrectionView> {
    let mut corrections: Vec<_> = article.meta.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
    let view = |correction: &Correction| CorrectionView {
        date: DateView::of(correction.date, None),
        text: correction.text.clone(),
    };
    corrections.into_iter().map(view).collect()
}

/// An author in few words; `None` where a name is all that there is.
pub(super) fn profile(site: &Site, author: &Author) -> Option<Shared<Profile>> {
    let person = author.person.as_ref()?;
    let paragraphs = person.bio.as_deref().unwrap_or("").split("\n\n").map(single_line);
    let bio = paragraphs.into_iter().find(|paragraph| !paragraph.is_empty());
    let (role, image) = (person.role.clone(), portrait(site, author).map(|portrait| portrait.src));
    let url = author.has_page.then(|| site.config.base.href(&author.url));
    let known = bio.is_some() || image.is_some();
    known.then(|| Shared::new(Profile { name: author.name.clone(), url, role, bio, image, former: person.former }))
}

/// Where it first appeared; a source without a name is named by its address.
pub(super) fn source(article: &Article) -> Option<SourceView> {
    let source = article.meta.source.as_ref()?;
    let name = source.name.clone().or_else(|| source.url.clone()).unwrap_or_default();
    Some(SourceView { name, url: source.url.clone() })
}

/// The digest of the body as it is published: its text, where its links lead, and the templates of its blocks.
pub(super) fn body_digest(desk: &Desk, article: &Article) -> Digest {
    let own = [article.meta.body, Digest::of_value(&article.targets)];
    let templates = article.meta.blocks.iter().map(|kind| desk.blocks.get(&**kind).copied().unwrap_or_default());
    Digest::join(&own.into_iter().chain(templates).collect::<Vec<_>>())
}
