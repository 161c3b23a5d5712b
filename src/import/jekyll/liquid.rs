//! Liquid in texts: tags that come with Jekyll and its usual plugins become Markdown or HTML, values of site and page themselves;
//! what only a program could answer stays to be seen.

use super::config::Config;
use crate::import::arguments::Arguments;
use crate::import::collection::{Article, Markup};
use crate::import::conversion::{self, Around, Grammar, Made};
use crate::import::embed::{self, Figure, Video};
use crate::import::front::{find_below, text};
use crate::import::index::{Index, written};
use crate::import::tags::{Side, Tag};
use crate::import::tree::join;
use crate::model::diagnostic::Noted;

/// Tags with a partner.
const BLOCKS: &[&str] = &["raw", "highlight", "comment"];

const GRAMMAR: Grammar = Grammar {
    pairs: &[("{{", "}}"), ("{%", "%}")],
    side,
    called: |tag| format!("the Liquid `{}`", crate::parse::node::excerpt(bare(tag))),
};

/// A text with its tags converted.
pub fn convert(config: &Config, article: &Article, index: &Index) -> Noted<String> {
    conversion::convert(article, &GRAMMAR, |tag, around| made(config, article, index, tag, around))
}

/// What stands between the delimiters, without the hyphens that trim blanks.
fn bare<'t>(tag: &Tag<'t>) -> &'t str {
    tag.inner.trim_start_matches('-').trim_end_matches('-').trim()
}

fn word<'t>(tag: &Tag<'t>) -> &'t str {
    bare(tag).split_whitespace().next().unwrap_or("")
}

fn side<'t>(tag: &Tag<'t>) -> Side<'t> {
    let word = word(tag);
    if tag.opens != "{%" {
        return Side::Alone;
    }
    match word.strip_prefix("end") {
        Some(name) if BLOCKS.contains(&name) => Side::Closes(name),
        _ if BLOCKS.contains(&word) => Side::Opens(word),
        _ => Side::Alone,
    }
}

fn made(config: &Config, article: &Article, index: &Index, tag: &Tag, around: &Around) -> Made {
    let markup = article.markup;
    if tag.opens == "{{" {
        return value(config, article, bare(tag)).map_or(Made::Left, Made::Text);
    }
    let rest = bare(tag)[word(tag).len()..].trim();
    let place = |place: Option<&str>| place.map_or(Made::Left, |place| Made::Text(written(place)));
    match (word(tag), around.inner) {
        ("raw", Some(inner)) => return Made::Whole(inner.to_owned()),
        ("comment", Some(_)) => return Made::Whole(String::new()),
        ("highlight", Some(inner)) => {
            let language = rest.split_whitespace().next().unwrap_or("");
            return Made::WholeBlock(embed::code(language, &without_raw(inner), markup));
        }
        _ => {}
    }
    match word(tag) {
        "post_url" => {
            let name = rest.trim_start_matches('/');
            place(index.of_name(name).or_else(|| index.of_name(name.trim_end_matches(".md"))))
        }
        "link" => place(join("", rest.trim_start_matches('/')).and_then(|path| index.of_source(&path))),
        "include" => include(rest, markup),
        "youtube" => Made::block(embed::video(Video::YouTube, Arguments::read(rest).placed(0).unwrap_or(""))),
        "vimeo" => Made::block(embed::video(Video::Vimeo, Arguments::read(rest).placed(0).unwrap_or(""))),
        "gist" => {
            let id = Arguments::read(rest).placed(0).and_then(|id| embed::gist(id, markup));
            Made::changed(id, "became a link: its code is on another site")
        }
        _ => Made::Left,
    }
}

/// Code within a highlighted block may itself be marked as raw.
fn without_raw(code: &str) -> String {
    let mut out = code.to_owned();
    for mark in ["{% raw %}", "{% endraw %}", "{%raw%}", "{%endraw%}", "{%- raw -%}", "{%- endraw -%}"] {
        out = out.replace(mark, "");
    }
    out
}

/// Includes that themes use for pictures and videos, told by their names.
fn include(rest: &str, markup: Markup) -> Made {
    let (name, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let arguments = Arguments::read(arguments);
    let argument = |names: &[&str]| names.iter().find_map(|name| arguments.named(name)).unwrap_or("");
    let is = |words: &[&str]| words.iter().any(|word| name.to_ascii_lowercase().contains(word));
    let src = argument(&["src", "url", "path", "image_path", "file", "image"]);
    if is(&["youtube"]) {
        return Made::block(embed::video(Video::YouTube, argument(&["id", "video", "v"])));
    }
    if is(&["figure", "image", "img", "picture"]) && !src.is_empty() {
        let caption = argument(&["caption", "title", "description"]);
        let alt = argument(&["alt"]);
        let alt = if alt.is_empty() { caption } else { alt };
        return Made::Block(
            Figure { src, alt, caption, link: argument(&["link", "href"]), ..Figure::default() }.set(markup),
        );
    }
    Made::Left
}

/// The value of an expression, if nothing but the site's settings and the page's own are in it.
fn value(config: &Config, article: &Article, expression: &str) -> Option<String> {
    let mut parts = pipes(expression).into_iter();
    let mut value = base(config, article, parts.next()?.trim())?;
    for filter in parts {
        let (name, argument) =
            filter.split_once(':').map_or((filter.trim(), ""), |(name, rest)| (name.trim(), rest.trim()));
        let argument = || base(config, article, argument);
        value = match name {
            "relative_url" | "absolute_url" => format!("/{}", value.trim_start_matches('/')),
            "prepend" => argument()? + &value,
            "append" => value + &argument()?,
            "escape" | "xml_escape" | "escape_once" | "strip" | "markdownify" | "smartify" => value.trim().to_owned(),
            "downcase" => value.to_lowercase(),
            "upcase" => value.to_uppercase(),
            "date_to_string" => dated(article, &value, "%d %b %Y")?,
            "date" => dated(article, &value, &argument()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// An expression at its pipes, those within quotes aside.
fn pipes(expression: &str) -> Vec<&str> {
    let (mut parts, mut from, mut quote) = (Vec::new(), 0, None);
    for (at, c) in expression.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('|', None) => {
                parts.push(&expression[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&expression[from..]);
    parts
}

/// A text in quotes, or a value by its name.
fn base(config: &Config, article: &Article, name: &str) -> Option<String> {
    let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = quoted.or_else(|| name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''))) {
        return Some(text.to_owned());
    }
    match name {
        // The new site puts its own address before links.
        "site.baseurl" | "site.url" => Some(String::new()),
        "page.url" => article.old.as_ref().map(|url| url.as_str().to_owned()),
        "page.title" => article.front.text("title").map(str::to_owned),
        "page.date" => article.date.map(|date| date.machine()),
        _ => {
            let path: Vec<&str> = name.split('.').collect();
            match path.split_first()? {
                (&"page", [key]) => article.values.get(*key).cloned(),
                (&"site", keys) if !keys.is_empty() && keys[0] != "data" => {
                    find_below(&config.entries, keys).and_then(text)
                }
                _ => None,
            }
        }
    }
}

/// The page's date in another form. No other date can be told.
fn dated(article: &Article, value: &str, format: &str) -> Option<String> {
    let date = article.date.filter(|date| date.machine() == value)?;
    let good = format.split('%').skip(1).all(|part| part.starts_with(|c: char| "YymdeBbAajHMSpIZz-%".contains(c)));
    let format = format.replace("%Z", "").replace("%z", "");
    good.then(|| jiff::fmt::strtime::format(&format, date.civil()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::pipes;

    #[test]
    fn pipes_within_quotes_are_text() {
        assert_eq!(pipes("\"a|b\" | append: 'c|d'"), ["\"a|b\" ", " append: 'c|d'"]);
    }
}
