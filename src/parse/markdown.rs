//! Markdown to HTML with holes: CommonMark, and the dialect's additions: tables, footnotes, strikethrough, task lists, alerts,
//! smart punctuation, heading attributes, definition lists and wikilinks; blocks; and, where an article asks for them, formulas.

mod alerts;
mod block;
mod figures;
mod heading;
mod inline;
mod links;
mod math;
mod tables;
mod tasks;
#[cfg(test)]
pub(in crate::parse) mod tests;
mod writer;

use pulldown_cmark::{Options, Parser};

use crate::model::article::{Inline, ParseOptions};
use crate::model::path::SitePath;

use super::draft::{Draft, Title};
use super::highlight::Highlighter;
use super::html;
use super::prose::Prose;
use writer::Writer;

/// What the dialect adds to CommonMark.
const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// How deep blocks and inline markup may be nested.
const DEPTH_LIMIT: usize = 100;

/// Parses the body of a Markdown article: `text` is the whole decoded file, `body_start` the byte at which its front matter
/// ends. Places in diagnostics and links are those in the file. A level-1 heading that opens the body stays its first and only
/// `h1`, for the caller to take as the title.
pub fn parse(
    text: &str,
    body_start: usize,
    path: &SitePath,
    options: &ParseOptions,
    highlighter: &mut Highlighter,
) -> Prose {
    read(text, body_start, path, options, highlighter, Title::Within)
}

/// As [`parse`], for an article whose title stands in its front matter and is not what opens the body: that heading, too, goes
/// below the title, and no `h1` is left.
pub fn parse_titled(
    text: &str,
    body_start: usize,
    path: &SitePath,
    options: &ParseOptions,
    highlighter: &mut Highlighter,
) -> Prose {
    read(text, body_start, path, options, highlighter, Title::Above)
}

fn read(
    text: &str,
    body_start: usize,
    path: &SitePath,
    options: &ParseOptions,
    highlighter: &mut Highlighter,
    title: Title,
) -> Prose {
    let body = text.get(body_start..).unwrap_or("");
    let mut writer = Writer::new(Draft::new(text, path, title), options, highlighter);
    let dialect = if options.math { DIALECT | Options::ENABLE_MATH } else { DIALECT };
    for (event, range) in Parser::new_ext(body, dialect).into_offset_iter() {
        let offset = body_start + range.start;
        writer.event(event, offset);
        if writer.depth() > DEPTH_LIMIT {
            writer.draft.overflow(offset, "100 levels of nested markup");
        }
        if writer.draft.is_full(offset) {
            break;
        }
    }
    let more = writer.more.map(|more| introduction(body, dialect, more.saturating_sub(body_start)));
    html::finish(writer.draft, more, options.html)
}

/// What precedes `<!-- more -->`. It is read as part of the whole: links and footnotes may be defined behind it.
fn introduction(body: &str, dialect: Options, more: usize) -> Inline {
    let events = Parser::new_ext(body, dialect).into_offset_iter();
    inline::blocks(events.take_while(|(_, range)| range.start < more).map(|(event, _)| event))
}

/// A title or standfirst: emphasis, code and smart quotes. It is one line of text whatever it begins with; of links, images
/// and HTML the text remains.
pub fn inline(text: &str) -> Inline {
    inline::line(text)
}

/// CommonMark and nothing else, as its specification has it: no additions, no rules of our own, raw HTML as it stands. For
/// measuring the parser against the specification's examples; articles go through [`parse`].
pub fn commonmark(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, Options::empty()));
    html
}
