//! Text with inline markup only: titles, standfirsts, introductions.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::model::article::Inline;
use crate::model::escape;
use crate::parse::html::text_of;

/// Stands before a line so that nothing at its beginning can be taken for a block: a private-use character and a blank.
const GUARD: &str = "\u{e000} ";

/// One line, whatever it begins with: `1. FC Köln` is no list, `# 1` no heading.
pub(super) fn line(text: &str) -> Inline {
    let mut guarded = String::with_capacity(GUARD.len() + text.len());
    guarded.push_str(GUARD);
    guarded.push_str(&escape::single_line(text));
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    let Inline { html, text } = blocks(Parser::new_ext(&guarded, options));
    let strip =
        |text: String| text.strip_prefix(GUARD.trim_end()).map_or(text.clone(), |rest| rest.trim_start().to_owned());
    Inline { html: strip(html), text: strip(text) }
}

/// The text of any Markdown with its inline markup, blocks joined by blanks. Headings are left out, as are the texts of
/// footnotes. The events may end anywhere.
pub(super) fn blocks<'a>(events: impl Iterator<Item = Event<'a>>) -> Inline {
    let mut out = Inline::default();
    let mut open: Vec<&'static str> = Vec::new();
    let mut html = String::new();
    let mut silent = 0_usize;
    for event in events {
        match &event {
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
fn element(tag: &Tag<'_>) -> Option<&'static str> {
    match tag {
        Tag::Emphasis => Some("em"),
        Tag::Strong => Some("strong"),
        Tag::Strikethrough => Some("del"),
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
        Event::Text(text) => push(out, text),
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
