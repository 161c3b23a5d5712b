//! Bodies with their holes filled: links as they stand on the article's own page, or absolute for feeds.

mod spoken;

use crate::model::body::{Body, HoleKind};
use crate::model::escape;
use crate::model::path::{Base, Url};
use crate::model::site::Target;
use crate::model::strings::Strings;
use spoken::spoken;

/// The body as it stands on its own page: links are root-relative, those within the page are bare fragments.
pub(super) fn page(body: &Body, targets: &[Target], own: &Url, base: &Base, strings: &Strings) -> String {
    let html = fill(body, targets, |url, rest| {
        if url == own && rest.starts_with('#') { rest.to_owned() } else { format!("{}{rest}", base.href(url)) }
    });
    spoken(html, strings)
}

/// The body as it stands in a feed: every link is absolute.
pub(super) fn feed(body: &Body, targets: &[Target], own: &Url, base: &Base, strings: &Strings) -> String {
    let html = fill(body, targets, |url, rest| format!("{}{rest}", base.absolute(url)));
    // Footnotes refer to each other within the page: in a feed, that page is elsewhere.
    spoken(html.replace("<a href=\"#", &format!("<a href=\"{}#", base.absolute(own))), strings)
}

fn fill(body: &Body, targets: &[Target], href: impl Fn(&Url, &str) -> String) -> String {
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 48);
    let mut from = 0;
    for hole in &body.holes {
        html.push_str(&body.html[from..hole.at as usize]);
        from = hole.at as usize;
        let Some(Target::At(url, rest)) = targets.get(hole.link as usize) else { continue };
        match &hole.kind {
            HoleKind::Open(attributes) => {
                html.push_str("<a href=\"");
                escape::attribute(&mut html, &href(url, rest));
                html.push('"');
                html.push_str(attributes);
                html.push('>');
            }
            HoleKind::Close => html.push_str("</a>"),
            HoleKind::Attribute(name) => {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                escape::attribute(&mut html, &href(url, rest));
                html.push('"');
            }
        }
    }
    html.push_str(&body.html[from..]);
    html
}
