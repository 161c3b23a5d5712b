//! HTML, as an article of its own or within Markdown: what points into the site becomes holes, headings and ids are noted,
//! and the rest passes, is cleaned, or is shown as text.

mod attributes;
mod document;
mod filter;
mod sanitize;
#[cfg(test)]
mod tests;

use crate::model::article::{Inline, ParseOptions};
use crate::model::config::HtmlMode;
use crate::model::escape;
use crate::model::path::SitePath;

use super::draft::{Draft, Title};
use super::prose::Prose;

pub(super) use filter::{Fragment, feed};

/// Puts a draft together, and cleans it where that is asked for. What passed a bound is not cleaned: it is not published.
pub(super) fn finish(mut draft: Draft<'_>, more: Option<Inline>, mode: HtmlMode) -> Prose {
    if mode != HtmlMode::Sanitized {
        return draft.finish(more);
    }
    if draft.nesting.outgrows(&draft.html) {
        draft.overflow(0, "128 MB of HTML, as markup is left open over much of it");
    }
    let whole = !draft.is_full(0);
    let prose = draft.finish(more);
    if whole { sanitize::sanitize(prose) } else { Prose { body: Default::default(), ..prose } }
}

/// Parses an `.html` article: `text` is the whole decoded file, `body_start` the byte at which its front matter ends. Of a
/// whole document, what its `body` holds is the article. A level-1 heading that opens it is treated as in Markdown.
pub fn parse(text: &str, body_start: usize, path: &SitePath, options: &ParseOptions) -> Prose {
    read(text, body_start, path, options, Title::Within)
}

/// As [`parse`], for an article whose title stands in its front matter and is not what opens the body.
pub fn parse_titled(text: &str, body_start: usize, path: &SitePath, options: &ParseOptions) -> Prose {
    read(text, body_start, path, options, Title::Above)
}

fn read(text: &str, body_start: usize, path: &SitePath, options: &ParseOptions, title: Title) -> Prose {
    let mut draft = Draft::new(text, path, title);
    let whole = text.get(body_start..).unwrap_or("");
    let body = document::body(whole);
    let start = body_start + body.start;
    let html = &whole[body];
    let mut more = None;
    if options.html == HtmlMode::Escaped {
        draft.html.push_str("<pre>");
        draft.write(html);
        draft.html.push_str("</pre>\n");
    } else {
        let offsets = [(0, start)];
        let seen =
            feed(&mut draft, &Fragment { html, offsets: &offsets, sanitized: options.html == HtmlMode::Sanitized });
        more = seen.more.map(|more| {
            let text = escape::single_line(draft.text.get(..more.text).unwrap_or(""));
            Inline { html: escape::to_text(&text), text }
        });
        draft.html.push('\n');
    }
    finish(draft, more, options.html)
}

/// The text of a fragment: what stands between its tags, scripts and styles aside, entities decoded.
pub(super) fn text_of(html: &str) -> String {
    let path = SitePath::new("");
    let mut draft = Draft::new(html, &path, Title::Above);
    feed(&mut draft, &Fragment { html, offsets: &[(0, 0)], sanitized: false });
    draft.text
}
