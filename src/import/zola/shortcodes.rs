//! Zola's shortcodes: those that its documentation and most themes know become Markdown, the others stay to be seen.

use crate::import::arguments::Arguments;
use crate::import::collection::{Article, Markup};
use crate::import::conversion::{self, Grammar, Made};
use crate::import::embed::{self, Figure, Video};
use crate::import::tags::{Side, Tag};
use crate::model::diagnostic::Noted;

const GRAMMAR: Grammar = Grammar {
    pairs: &[("{{", "}}"), ("{%", "%}")],
    side: |_| Side::Alone,
    called: |tag| match call(tag.inner) {
        Some((name, _)) => format!("the shortcode `{name}`"),
        None => "the end of a shortcode".to_owned(),
    },
};

/// A page's text with its shortcodes converted.
pub fn convert(article: &Article) -> Noted<String> {
    conversion::convert(article, &GRAMMAR, |tag, _| {
        if let Some(shown) = escaped(tag) {
            return Made::Text(shown);
        }
        match call(tag.inner) {
            Some((name, arguments)) => made(tag, name, &Arguments::read(arguments)),
            None if tag.opens == "{%" && tag.inner.trim() == "end" => Made::Left,
            // Other braces are text to Zola, too.
            None => Made::Kept,
        }
    })
}

/// `{{/* name() */}}` shows `{{ name() }}`.
fn escaped(tag: &Tag) -> Option<String> {
    let shown = tag.inner.strip_prefix("/*")?.strip_suffix("*/")?;
    let closes = if tag.opens == "{{" { "}}" } else { "%}" };
    Some(format!("{}{shown}{closes}", tag.opens))
}

/// The name and the arguments of `name(key=value)`.
fn call(inner: &str) -> Option<(&str, &str)> {
    let (name, rest) = inner.trim().trim_matches('-').trim().split_once('(')?;
    let good = name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.is_empty();
    Some((name, rest.trim_end().strip_suffix(')')?)).filter(|_| good)
}

/// What takes the place of a shortcode.
fn made(tag: &Tag, name: &str, arguments: &Arguments) -> Made {
    if tag.opens == "{%" {
        return Made::Left;
    }
    let argument = |names: &[&str]| names.iter().find_map(|name| arguments.named(name)).unwrap_or("");
    match name {
        "youtube" => Made::block(embed::video(Video::YouTube, argument(&["id"]))),
        "vimeo" => Made::block(embed::video(Video::Vimeo, argument(&["id"]))),
        "streamable" => Made::block(embed::video(Video::Streamable, argument(&["id"]))),
        "gist" => {
            let link = embed::gist(argument(&["url"]), Markup::Markdown);
            Made::changed(link, "became a link: its code is on another site")
        }
        "figure" | "image" | "img" | "picture" if !argument(&["src", "path", "url"]).is_empty() => {
            let figure = Figure {
                src: argument(&["src", "path", "url"]),
                alt: argument(&["alt", "title", "caption"]),
                caption: argument(&["caption", "title"]),
                link: argument(&["link", "href"]),
                ..Figure::default()
            };
            Made::Block(figure.set(Markup::Markdown))
        }
        _ => Made::Left,
    }
}
