//! Text with inline markup only: titles, standfirsts, introductions.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::model::article::Inline;
use crate::model::escape;
use crate::parse::html::text_of;

use super::block;

/// Stands before a line so that nothing at its beginning can be taken for a block: a private-use character and a blank.
const GUARD: &str = "\u{e000} ";

/// What the dialect adds to the inline markup of CommonMark.
const DIALECT: Options =
    Options::ENABLE_SMART_PUNCTUATION.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_WIKILINKS);

/// One line, whatever it begins with: `1. FC Köln` is no list, `# 1` no heading.
pub(super) fn line(text: &str) -> Inline {
    let Inline { html, text } = blocks(events(&guarded(text)));
    let strip = |text: String| unguarded(&text).to_owned();
    Inline { html: strip(html), text: strip(text) }
}

/// A text as one line that begins no block.
pub(super) fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(GUARD.len() + text.len());
    guarded.push_str(GUARD);
    guarded.push_str(&escape::single_line(text));
    guarded
}

/// What a guarded line holds.
pub(super) fn events(guarded: &str) -> Parser<'_> {
    Parser::new_ext(guarded, DIALECT)
}

/// What was read of a guarded line, without the guard.
pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix(GUARD.trim_end()).map_or(text, str::trim_start)
}

/// The text of any Markdown with its inline markup, joined by blanks. Headings are left out, as are the texts of footnotes and
/// the data of blocks. The events may end anywhere.
pub(super) fn blocks<'a>(events: impl Iterator<Item = Event<'a>>) -> Inline {
    let mut out = Inline::default();
    let mut open: Vec<&'static str> = Vec::new();
    let mut html = String::new();
    let mut silent = 0_usize;
    let mut data = false;
    for event in events {
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if block::name(info).is_some() => data = true,
            Event::End(TagEnd::CodeBlock) if data => data = false,
            _ if data => {}
            Event::Start(Tag::Heading { .. } | Tag::FootnoteDefinition(_)) => silent += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::FootnoteDefinition) => silent -= 1,
            _ if silent > 0 => {}
            Event::Html(raw) => html.push_str(raw),
            Event::End(TagEnd::HtmlBlock) => {
                push(&mut out, &escape::single_line(&text_of(&std::mem::take(&mut html))));
                blank(&mut out);
            }
            Event::Start(tag) => {
                if let Some(element) = element(tag) {
                    open.push(element);
                    out.html.push_str(&format!("<{element}>"));
                }
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => close(&mut out, open.pop()),
            _ => event_inline(&mut out, &event),
        }
    }
    out.html.truncate(out.html.trim_end().len());
    while let Some(element) = open.pop() {
        close(&mut out, Some(element));
    }
    out.text.truncate(out.text.trim_end().len());
    out
}

/// The element of inline markup that is kept.
pub(super) fn element(tag: &Tag<'_>) -> Option<&'static str> {
    element_of_end(tag.to_end())
}

/// The element of inline markup that ends here.
pub(super) fn element_of_end(tag: TagEnd) -> Option<&'static str> {
    match tag {
        TagEnd::Emphasis => Some("em"),
        TagEnd::Strong => Some("strong"),
        TagEnd::Strikethrough => Some("del"),
        _ => None,
    }
}

fn close(out: &mut Inline, element: Option<&str>) {
    if let Some(element) = element {
        out.html.push_str(&format!("</{element}>"));
    }
}

fn event_inline(out: &mut Inline, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => push(out, text),
        Event::Code(code) => {
            out.html.push_str("<code>");
            push(out, code);
            out.html.push_str("</code>");
        }
        Event::End(TagEnd::Link | TagEnd::Image) => {}
        Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(_) => blank(out),
        _ => {}
    }
}

fn push(out: &mut Inline, text: &str) {
    escape::text(&mut out.html, text);
    out.text.push_str(text);
}

fn blank(out: &mut Inline) {
    if !out.text.is_empty() && !out.text.ends_with(char::is_whitespace) {
        out.html.push(' ');
        out.text.push(' ');
    }
}
