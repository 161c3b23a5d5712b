//! The rules of the Markdown dialect, each by its name.

mod blocks;
mod bounds;
mod headings;
mod hostile;
mod links;
mod math;
mod notes;

use crate::model::article::ParseOptions;
use crate::model::body::{Body, HoleKind};
use crate::model::config::{Faulty, HtmlMode};
use crate::model::date::Zone;
use crate::model::path::SitePath;
use crate::model::shared::Shared;
use crate::parse::highlight::Highlighter;
use crate::parse::prose::Prose;

pub(in crate::parse) fn options(html: HtmlMode) -> ParseOptions {
    ParseOptions {
        timezone: Zone::utc(),
        defaults: Default::default(),
        text: Default::default(),
        html,
        highlight: true,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

/// Parses as an article of trusted HTML.
pub(in crate::parse) fn prose(markdown: &str) -> Prose {
    prose_under(markdown, HtmlMode::Trusted)
}

pub(in crate::parse) fn prose_under(markdown: &str, html: HtmlMode) -> Prose {
    super::parse(markdown, 0, &SitePath::new("content/news/a.md"), &options(html), &mut Highlighter::default())
}

/// The body with its holes shown: `{0>}` opens link 0, `{<0}` closes it, `{0 src}` is an attribute.
pub(in crate::parse) fn shown(body: &Body) -> String {
    let mut html = String::new();
    let mut at = 0;
    for hole in &body.holes {
        html.push_str(&body.html[at..hole.at as usize]);
        at = hole.at as usize;
        let link = hole.link;
        html.push_str(&match &hole.kind {
            HoleKind::Open(rest) => format!("{{{link}{rest}>}}"),
            HoleKind::Close => format!("{{<{link}}}"),
            HoleKind::Attribute(name) => format!("{{{link} {name}}}"),
            HoleKind::Image(_) => format!("{{{link} src}}"),
            HoleKind::ImageOpen | HoleKind::ImageClose => String::new(),
            HoleKind::Block => format!("{{block {link}}}"),
            HoleKind::Formula => format!("{{formula {link}}}"),
        });
    }
    html + &body.html[at..]
}

/// The body of some Markdown with its holes shown.
pub(in crate::parse) fn html(markdown: &str) -> String {
    shown(&prose(markdown).body)
}

/// The messages of the diagnostics with their places.
pub(in crate::parse) fn noticed(prose: &Prose) -> Vec<(u32, u32, &'static str)> {
    let place = |diagnostic: &crate::model::diagnostic::Diagnostic| {
        let position = diagnostic.mark.as_ref().and_then(|mark| mark.position).expect("a place");
        (position.line, position.column, diagnostic.code.name())
    };
    prose.diagnostics.iter().map(place).collect()
}
