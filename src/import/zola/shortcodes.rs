//! Zola's shortcodes: those that its documentation and most themes know become Markdown, the others stay to be seen.

use crate::import::arguments::Arguments;
use crate::import::collection::{Article, Markup, Notes};
use crate::import::embed::{self, Figure, Video};
use crate::import::tags::{Rewriting, Tag, scan};
use crate::model::diagnostic::Noted;

/// The delimiters.
const PAIRS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}")];

/// A page's text with its shortcodes converted.
pub fn convert(article: &Article) -> Noted<String> {
    let text = article.body.as_str();
    let tags = scan(text, PAIRS);
    let mut out = Rewriting::new(text, true);
    let mut notes = Notes::new(article);
    for tag in &tags {
        if let Some(shown) = escaped(tag) {
            out.replace(tag.range.clone(), &shown);
            continue;
        }
        let is_end = tag.opens == "{%" && tag.inner.trim() == "end";
        let Some((name, arguments)) = call(tag.inner).filter(|_| !is_end) else {
            if is_end {
                notes.left(tag.range.start, "the end of a shortcode was not converted", "see its beginning");
                out.leave(tag.range.clone(), true);
            }
            // Other braces are text to Zola, too.
            continue;
        };
        match made(tag, name, &Arguments::read(arguments)) {
            Some((block, None)) => out.replace_block(tag.range.clone(), &block),
            Some((text, Some(why))) => {
                notes.left(tag.range.start, format!("the shortcode `{name}` {why}"), "look whether that will do");
                out.replace(tag.range.clone(), &text);
            }
            None => {
                let hint = "write what it stood for as Markdown or HTML";
                notes.left(tag.range.start, format!("the shortcode `{name}` was not converted"), hint);
                out.leave(tag.range.clone(), true);
            }
        }
    }
    Noted { value: out.finish(), diagnostics: notes.into_inner() }
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

/// What takes the place of a shortcode; with it what changed, if it is not the same.
fn made(tag: &Tag, name: &str, arguments: &Arguments) -> Option<(String, Option<&'static str>)> {
    if tag.opens == "{%" {
        return None;
    }
    let argument = |names: &[&str]| names.iter().find_map(|name| arguments.named(name)).unwrap_or("");
    match name {
        "youtube" => embed::video(Video::YouTube, argument(&["id"])).map(|video| (video, None)),
        "vimeo" => embed::video(Video::Vimeo, argument(&["id"])).map(|video| (video, None)),
        "streamable" => embed::video(Video::Streamable, argument(&["id"])).map(|video| (video, None)),
        "gist" => {
            let link = embed::gist(argument(&["url"]), Markup::Markdown)?;
            Some((link, Some("became a link: its code is on another site")))
        }
        "figure" | "image" | "img" | "picture" if !argument(&["src", "path", "url"]).is_empty() => {
            let figure = Figure {
                src: argument(&["src", "path", "url"]),
                alt: argument(&["alt", "title", "caption"]),
                caption: argument(&["caption", "title"]),
                link: argument(&["link", "href"]),
                ..Figure::default()
            };
            Some((figure.set(Markup::Markdown), None))
        }
        _ => None,
    }
}
