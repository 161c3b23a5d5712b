//! Hugo's shortcodes: those that come with it become Markdown, the others stay to be seen.

use super::Hugo;
use crate::import::arguments::Arguments;
use crate::import::collection::{Article, Markup};
use crate::import::conversion::{self, Around, Grammar, Made};
use crate::import::embed::{self, Figure, Video};
use crate::import::index::Index;
use crate::import::tags::{Side, Tag};
use crate::import::tree::{folder, join};
use crate::model::diagnostic::Noted;
use crate::model::escape::to_text;

const GRAMMAR: Grammar =
    Grammar { pairs: &[("{{<", ">}}"), ("{{%", "%}}")], side, called: |tag| format!("the shortcode `{}`", name(tag)) };

/// An article's text with its shortcodes converted.
pub fn convert(hugo: &Hugo, article: &Article, index: &Index) -> Noted<String> {
    conversion::convert(article, &GRAMMAR, |tag, around| made(hugo, article, index, tag, around))
}

fn side<'t>(tag: &Tag<'t>) -> Side<'t> {
    let inner = tag.inner.trim();
    if inner.starts_with("/*") || inner.ends_with('/') {
        return Side::Alone;
    }
    match inner.strip_prefix('/') {
        Some(name) => Side::Closes(name.trim()),
        None => Side::Opens(tag.word()),
    }
}

fn name<'t>(tag: &Tag<'t>) -> &'t str {
    tag.word().trim_matches('/')
}

fn made(hugo: &Hugo, article: &Article, index: &Index, tag: &Tag, around: &Around) -> Made {
    let markup = article.markup;
    let trimmed = tag.inner.trim();
    if let Some(shown) = trimmed.strip_prefix("/*").and_then(|rest| rest.strip_suffix("*/")) {
        return Made::Text(literal(tag.opens, shown, around.is_code || markup == Markup::Html));
    }
    let arguments = Arguments::read(tag.rest().trim_end_matches('/'));
    match name(tag).to_ascii_lowercase().as_str() {
        "highlight" if !trimmed.starts_with('/') => {
            let code = around.inner.unwrap_or("");
            Made::WholeBlock(embed::code(arguments.either("lang", 0).unwrap_or(""), code, markup))
        }
        "figure" if arguments.named("src").is_some() => Made::Block(figure(&arguments).set(markup)),
        "youtube" => Made::block(arguments.either("id", 0).and_then(|id| embed::video(Video::YouTube, id))),
        "vimeo" => Made::block(arguments.either("id", 0).and_then(|id| embed::video(Video::Vimeo, id))),
        "gist" => {
            let id = arguments.placed(0).zip(arguments.placed(1)).map(|(user, id)| format!("{user}/{id}"));
            Made::changed(id.and_then(|id| embed::gist(&id, markup)), "became a link: its code is on another site")
        }
        "tweet" | "x" => {
            let id = arguments.named("id").or_else(|| arguments.placed(0));
            let good = |id: &&str| id.chars().all(|c| c.is_ascii_digit());
            let user = arguments.named("user").unwrap_or("i/web");
            let url = id.filter(good).map(|id| format!("https://x.com/{user}/status/{id}"));
            Made::changed(url.map(|url| embed::link(&url, &url, markup)), "became a link: its text is on another site")
        }
        "ref" | "relref" => arguments
            .either("path", 0)
            .and_then(|path| reference(hugo, article, index, path))
            .map_or(Made::Left, Made::Text),
        "param" => {
            let value = arguments.placed(0).and_then(|key| hugo.value(article, key));
            value.map_or(Made::Left, |value| Made::Text(to_text(&value)))
        }
        "details" if trimmed.starts_with('/') => Made::Block("</details>".to_owned()),
        "details" => {
            let open = if arguments.named("open").is_some_and(|open| open != "false") { " open" } else { "" };
            let summary = arguments.named("summary").unwrap_or("Details");
            Made::Block(format!("<details{open}>\n<summary>{}</summary>", to_text(summary)))
        }
        "comment" if !trimmed.starts_with('/') => Made::WholeBlock(String::new()),
        _ => Made::Left,
    }
}

/// A shortcode that was to be shown, not followed.
fn literal(opens: &str, shown: &str, as_is: bool) -> String {
    let closes = if opens == "{{<" { ">}}" } else { "%}}" };
    let text = format!("{opens}{shown}{closes}");
    let tag = shown.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    if tag && !as_is { text.replacen('<', "\\<", 1) } else { text }
}

fn figure(arguments: &Arguments) -> Figure<'_> {
    let argument = |name| arguments.named(name).unwrap_or("");
    let caption = argument("caption");
    Figure {
        src: argument("src"),
        alt: if argument("alt").is_empty() { caption } else { argument("alt") },
        title: argument("title"),
        caption,
        credit: argument("attr"),
        link: argument("link"),
    }
}

/// The new place of a page that is named by its path, from the root or from here, or by its file's name.
fn reference(hugo: &Hugo, article: &Article, index: &Index, written: &str) -> Option<String> {
    let (path, part) = written.split_at(written.find('#').unwrap_or(written.len()));
    if path.is_empty() {
        return Some(part.to_owned());
    }
    let bare = path.trim_end_matches('/');
    let root = hugo.folder_of(article.source.as_str());
    let from_root = join(root, bare.trim_start_matches('/'));
    let from_here = join(folder(article.source.as_str()), bare).filter(|_| !bare.starts_with('/'));
    let files = |path: &String| {
        let forms = ["", ".md", "/index.md", "/_index.md", ".html"];
        forms.iter().find_map(|form| index.of_source(&format!("{path}{form}"))).map(str::to_owned)
    };
    let place = [from_here, from_root].iter().flatten().find_map(files);
    let name = bare.trim_start_matches('/').trim_end_matches(".md");
    let place = place.or_else(|| index.of_name(name).or_else(|| index.of_url(path)).map(str::to_owned))?;
    Some(format!("{}{part}", crate::import::index::written(&place)))
}
