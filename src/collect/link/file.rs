//! Files that keys name: lead images and portraits; and the links of menus.

use super::{Note, Outcome, Place, Resolver};
use crate::collect::Routed;
use crate::collect::reference::split;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::escape::{Scheme, scheme};
use crate::model::path::{SitePath, Url};
use crate::model::person::Person;
use crate::model::view::article::ImageView;

impl Resolver<'_> {
    /// The lead image of an article.
    pub(in crate::collect) fn lead_image(
        &mut self,
        article: &Routed,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<ImageView> {
        let image = article.meta.image.as_ref()?;
        let place = Place { path: &article.meta.path, url: &article.url, anchors: &[], date: None, own: None };
        let (src, absolute) = self.file(&image.value.src, &place, &image.mark, notes)?;
        let image = &image.value;
        Some(ImageView {
            src,
            absolute,
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            credit: image.credit.clone(),
        })
    }

    /// The portrait of a person, as a link.
    pub(in crate::collect) fn portrait(&mut self, person: &Person, notes: &mut Vec<Diagnostic>) -> Option<String> {
        let image = person.image.as_deref()?;
        let place = Place { path: &person.mark.path, url: &Url::root(), anchors: &[], date: None, own: None };
        self.file(image, &place, &person.mark, notes).map(|(src, _)| src)
    }

    /// The link and the absolute address of a file that a key names.
    fn file(&mut self, src: &str, place: &Place, mark: &Mark, notes: &mut Vec<Diagnostic>) -> Option<(String, String)> {
        match scheme(src) {
            Scheme::Allowed => return Some((src.to_owned(), src.to_owned())),
            Scheme::Refused => {
                let message = format!("the image `{src}` has a scheme that is not allowed");
                notes.push(
                    Diagnostic::warning(Code::Scheme, message).at(mark.clone()).hint("give a path or an http address"),
                );
                return None;
            }
            Scheme::Relative => {}
        }
        match self.path(split(src).0, place) {
            Outcome::At(url) => Some((self.config.base.href(&url), self.config.base.absolute(&url))),
            Outcome::Hidden | Outcome::Faulty => None,
            Outcome::Nowhere(lost) => {
                let fault = Diagnostic::error(Code::Asset, format!("the file `{src}` does not exist")).at(mark.clone());
                let hint = "give its path as seen from this file or, with a first `/`, from content/";
                self.settle([Note { fault: fault.hint(hint), lost: Some(lost) }], notes);
                None
            }
        }
    }

    /// Whether a menu's link within the site leads to something that is published. One that leads nowhere is noted.
    pub(in crate::collect) fn menu_link(&self, name: &str, written: &str, notes: &mut Vec<Diagnostic>) -> bool {
        let mark = Mark::file(&SitePath::new("site.yaml"));
        let path = split(written).0;
        let url = Url::parse(path).ok();
        let outcome = url.clone().and_then(|url| self.address(url));
        let hidden = || url.as_ref().is_some_and(|url| self.known.hides(url));
        match outcome {
            Some(Outcome::At(_)) => true,
            None if !hidden() => {
                let message = format!("the menu's link `{name}` leads nowhere: there is no `{path}`");
                notes.push(
                    self.graded(Code::BrokenLink, message, mark).hint("correct the address, or take the link out"),
                );
                true
            }
            _ => {
                let message = format!("the menu's link `{name}` leads to something that is not published");
                notes.push(
                    Diagnostic::warning(Code::HiddenLink, message)
                        .at(mark)
                        .hint("it is left out until its target is published"),
                );
                false
            }
        }
    }
}
