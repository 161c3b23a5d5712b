//! Images that bodies show; files that keys name: lead images and portraits; and the links of menus.

use super::{Note, Outcome, Place, Resolver, Sight};
use crate::collect::Routed;
use crate::collect::reference::split;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::escape::{Scheme, scheme};
use crate::model::image::{Fault, Shown};
use crate::model::path::{SitePath, Url};
use crate::model::person::Person;
use crate::model::site::{Portrait, Target};
use crate::model::view::article::ImageView;
use crate::model::view::picture::{self, PictureView};

/// How wide lists show an image at most, in pixels.
const THUMBNAIL: u32 = 800;

/// An image that a key names.
enum Named {
    Own(Shown),
    Foreign(String),
}

impl Resolver<'_> {
    /// The lead image of an article.
    pub(in crate::collect) fn lead_image(
        &mut self,
        article: &Routed,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<ImageView> {
        let image = article.meta.image.as_ref()?;
        let place = Place { path: &article.meta.path, url: &article.url, anchors: &[], date: None, own: None };
        let named = self.named(&image.value.src, &place, &image.mark, notes)?;
        let image = &image.value;
        let (picture, thumbnail, absolute) = match &named {
            Named::Own(shown) => {
                let of = |widest| PictureView::of(shown, widest, &self.config.base);
                (of(u32::MAX), of(THUMBNAIL), picture::preview(shown, &self.config.base).0)
            }
            Named::Foreign(src) => {
                let whole = PictureView::foreign(src);
                (whole.clone(), whole, src.clone())
            }
        };
        Some(ImageView {
            src: picture.src.clone(),
            absolute,
            picture,
            thumbnail,
            alt: image.alt.clone(),
            caption: image.caption.clone(),
            credit: image.credit.clone(),
        })
    }

    /// The portrait of a person.
    pub(in crate::collect) fn portrait(&mut self, person: &Person, notes: &mut Vec<Diagnostic>) -> Option<Portrait> {
        let image = person.image.as_deref()?;
        let place = Place { path: &person.mark.path, url: &Url::root(), anchors: &[], date: None, own: None };
        self.named(image, &place, &person.mark, notes).map(|named| match named {
            Named::Own(shown) => Portrait::Own(shown),
            Named::Foreign(src) => Portrait::Foreign(src),
        })
    }

    /// The image that a key names.
    fn named(&mut self, src: &str, place: &Place, mark: &Mark, notes: &mut Vec<Diagnostic>) -> Option<Named> {
        match scheme(src) {
            Scheme::Allowed => return Some(Named::Foreign(src.to_owned())),
            Scheme::Refused => {
                let message = format!("the image `{src}` has a scheme that is not allowed");
                notes.push(
                    Diagnostic::warning(Code::Scheme, message).at(mark.clone()).hint("give a path or an http address"),
                );
                return None;
            }
            Scheme::Relative => {}
        }
        let (path, rest) = split(src);
        let outcome = self.path(path, place);
        let mut found = Vec::new();
        let target = self.image(&outcome, (src, rest), mark, &mut found);
        self.settle(found, notes);
        match (target, outcome) {
            (Some(Target::Image(shown)), _) => Some(Named::Own(shown)),
            (_, Outcome::At(url)) => Some(Named::Own(Shown::Whole(url, "".into(), None))),
            (_, Outcome::File(url, at)) => {
                self.shelves.refer(at);
                Some(Named::Own(Shown::Whole(url, "".into(), None)))
            }
            (_, Outcome::Hidden | Outcome::Faulty) => None,
            (_, Outcome::Nowhere(lost)) => {
                let fault = Diagnostic::error(Code::Asset, format!("the file `{src}` does not exist")).at(mark.clone());
                let hint = "give its path as seen from this file or, with a first `/`, from content/";
                self.settle([Note { fault: fault.hint(hint), lost: Some(lost) }], notes);
                None
            }
        }
    }

    /// An image that is shown, where that is what was found: `written` is its target, and what stands behind the path in it.
    pub(super) fn image(
        &self,
        outcome: &Outcome,
        (written, rest): (&str, &str),
        mark: &Mark,
        notes: &mut Vec<Note>,
    ) -> Option<Target> {
        let sight = match outcome {
            Outcome::File(url, at) => self.gallery.show(self.shelves.asset(*at), url, rest, mark),
            Outcome::At(url) => self.gallery.of_static(url, rest, mark),
            _ => Sight::None,
        };
        match sight {
            Sight::None => None,
            Sight::Shown(shown) => {
                if let (Shown::Whole(..), Outcome::File(_, at)) = (&shown, outcome) {
                    self.shelves.refer(*at);
                }
                Some(Target::Image(shown))
            }
            Sight::Faulty(fault) => {
                let message = format!("the image `{written}` cannot be published: {}", fault.reason());
                let note = match fault {
                    // What nobody should see is no matter of taste.
                    Fault::Private => Diagnostic::error(Code::Image, message).at(mark.clone()),
                    _ => self.graded(Code::Image, message, mark.clone()),
                };
                notes.push(note.hint(fault.hint()).into());
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
