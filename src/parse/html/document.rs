//! Where the body of a whole HTML document lies.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What was found of a document's frame.
#[derive(Default)]
struct Frame {
    /// Whether the first thing in the file is a doctype or the start of `html`.
    whole: Option<bool>,
    start: usize,
    end: Option<usize>,
    in_body_tag: bool,
    in_html_tag: bool,
    has_body: bool,
}

impl Frame {
    fn see(&mut self, event: &CallbackEvent<'_>, span: Span) {
        match event {
            CallbackEvent::Doctype { .. } => {
                self.whole.get_or_insert(true);
                self.start = self.start.max(span.end);
            }
            CallbackEvent::OpenStartTag { name } => {
                self.whole.get_or_insert(*name == b"html");
                self.in_body_tag = *name == b"body" && !self.has_body;
                self.in_html_tag = *name == b"html";
            }
            CallbackEvent::CloseStartTag { .. } if self.in_body_tag || self.in_html_tag => {
                self.has_body |= self.in_body_tag;
                self.start = span.end;
                (self.in_body_tag, self.in_html_tag) = (false, false);
            }
            CallbackEvent::EndTag { name } => match *name {
                b"head" if !self.has_body => self.start = span.end,
                b"body" => self.end = Some(span.start),
                b"html" if self.end.is_none() => self.end = Some(span.start),
                _ => {}
            },
            CallbackEvent::String { value } if !value.trim_ascii().is_empty() => {
                self.whole.get_or_insert(false);
            }
            _ => {}
        }
    }
}

/// The byte range of the body's content: that of the `body` element in a whole document, everything in a fragment.
pub(super) fn body(html: &str) -> Range<usize> {
    let mut frame = Frame::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span| -> Option<Infallible> {
        if frame.whole != Some(false) {
            frame.see(&event, span);
        }
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    if frame.whole != Some(true) {
        return 0..html.len();
    }
    let end = frame.end.unwrap_or(html.len()).min(html.len());
    let range = frame.start.min(end)..end;
    if html.get(range.clone()).is_some() { range } else { 0..html.len() }
}
