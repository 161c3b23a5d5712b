//! A text whose tags are converted one by one: what all generators have in common.

use super::collection::{Article, Markup, Notes};
use super::tags::{Rewriting, Side, Tag, partners, scan};
use crate::model::diagnostic::Noted;

/// What becomes of a tag.
pub enum Made {
    /// Text in its place.
    Text(String),
    /// A block in its place.
    Block(String),
    /// Text in the place of the tag, its partner, and what stands between.
    Whole(String),
    /// A block in the place of the tag, its partner, and what stands between.
    WholeBlock(String),
    /// Text in its place that is not quite what it was, and why.
    Changed(String, &'static str),
    /// It was no tag: it stays, and there is nothing to say about it.
    Kept,
    /// It stays to be seen, with a note.
    Left,
}

impl Made {
    /// A block, where there is one.
    pub fn block(made: Option<String>) -> Self {
        made.map_or(Made::Left, Made::Block)
    }

    /// Text that is not quite what it was, where there is one.
    pub fn changed(made: Option<String>, why: &'static str) -> Self {
        made.map_or(Made::Left, |with| Made::Changed(with, why))
    }
}

/// How the tags of one generator are told.
pub struct Grammar {
    /// The delimiters, those that begin another one's before it.
    pub pairs: &'static [(&'static str, &'static str)],
    /// What a tag is to its partner.
    pub side: for<'t> fn(&Tag<'t>) -> Side<'t>,
    /// What notes call a tag.
    pub called: fn(&Tag) -> String,
}

/// What is known of a tag's surroundings.
pub struct Around<'t> {
    /// What stands between it and its partner, if it has one.
    pub inner: Option<&'t str>,
    /// Whether it stands in code.
    pub is_code: bool,
}

/// An article's text with its tags converted.
pub fn convert(article: &Article, grammar: &Grammar, made: impl Fn(&Tag, &Around) -> Made) -> Noted<String> {
    let text = article.body.as_str();
    let tags = scan(text, grammar.pairs);
    if tags.is_empty() {
        return Noted { value: text.to_owned(), diagnostics: Vec::new() };
    }
    let partners = partners(&tags, grammar.side);
    let markdown = article.markup == Markup::Markdown;
    let mut out = Rewriting::new(text, markdown);
    let mut notes = Notes::new(article);
    for (tag, partner) in tags.iter().zip(&partners) {
        if tag.range.start < out.position() {
            continue;
        }
        let closing = partner.map(|partner| &tags[partner]);
        let whole = tag.range.start..closing.map_or(tag.range.end, |closing| closing.range.end);
        let inner = closing.map(|closing| &text[tag.range.end..closing.range.start]);
        match made(tag, &Around { inner, is_code: out.is_code(tag.range.start) }) {
            Made::Text(with) => out.replace(tag.range.clone(), &with),
            Made::Block(with) => out.replace_block(tag.range.clone(), &with),
            Made::Whole(with) => out.replace(whole, &with),
            Made::WholeBlock(with) => out.replace_block(whole, &with),
            Made::Changed(with, why) => {
                let message = format!("{} {why}", (grammar.called)(tag));
                notes.left(tag.range.start, message, "look whether that will do");
                out.replace(tag.range.clone(), &with);
            }
            Made::Kept => {}
            Made::Left => {
                let message = format!("{} was not converted", (grammar.called)(tag));
                notes.left(tag.range.start, message, "write what it stood for as Markdown or HTML");
                out.leave(tag.range.clone(), markdown);
            }
        }
    }
    Noted { value: out.finish(), diagnostics: notes.into_inner() }
}
