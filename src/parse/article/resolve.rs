//! What an article is, where several places could say it, or none does.

use jiff::civil;

use crate::model::article::{Format, Inline, Key, Meta};
use crate::model::date::{Moment, Zone};
use crate::model::diagnostic::Mark;
use crate::model::digest::Digest;
use crate::model::escape;
use crate::model::front_matter::{FrontMatter, Spot};
use crate::model::path::SitePath;
use crate::parse::markdown;
use crate::parse::prose::Prose;

/// The headline: as it is given, else the text's first heading or line, else the file's name.
pub fn title(said: &FrontMatter, prose: &Prose, path: &SitePath) -> Option<String> {
    let given = said.title.as_ref().map(|title| title.value.clone());
    let given = given.or_else(|| prose.first_line.as_deref().map(escape::single_line));
    given.filter(|title| !title.is_empty()).or_else(|| title_of_name(path))
}

/// `2017-10-26-a-new-bridge.md` is "A new bridge"; a bundle has its folder's name.
fn title_of_name(path: &SitePath) -> Option<String> {
    let name = bundle_or_stem(path);
    let bare = day_prefix(name).map_or(name, |(_, rest)| rest);
    let words = escape::single_line(&bare.replace(['-', '_'], " "));
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

/// The name that stands for the article: its file's, or its folder's where the file is an `index`.
fn bundle_or_stem(path: &SitePath) -> &str {
    let stem = path.stem();
    let folder = path.folder().rsplit('/').next().unwrap_or("");
    if stem == "index" && !matches!(folder, "" | "content") { folder } else { stem }
}

/// The standfirst: of sidecar or front matter, in inline Markdown; of a text's own head, as it stands; of the folder; or what
/// precedes `<!-- more -->`.
pub fn standfirst(upper: &FrontMatter, prose: &mut Prose, defaults: &FrontMatter) -> Option<Inline> {
    let marked_up = |spot: &Spot<String>| markdown::inline(&spot.value);
    let plain = |spot: &Spot<String>| Inline { html: escape::to_text(&spot.value), text: spot.value.clone() };
    let given = upper.standfirst.as_ref().map(marked_up);
    given
        .or_else(|| prose.front.standfirst.as_ref().map(plain))
        .or_else(|| defaults.standfirst.as_ref().map(marked_up))
        .or_else(|| prose.before_more.take())
        .filter(|standfirst| !standfirst.text.is_empty())
}

/// The day that a path names: `2017-10-26-slug.md`, or folders `2017/10/26/`, in the path or else in the URL.
pub fn date_of_path(path: &SitePath, url: Option<&str>, zone: &Zone) -> Option<Moment> {
    let day = day_prefix(path.stem()).or_else(|| day_prefix(bundle_or_stem(path))).map(|(day, _)| day);
    let day = day.or_else(|| day_of_folders(path.folder())).or_else(|| day_of_folders(url?))?;
    Moment::day(day, &zone.rules)
}

/// The day that a name begins with, and what follows it.
fn day_prefix(name: &str) -> Option<(civil::Date, &str)> {
    let day = name.get(..10)?;
    let mut parts = day.splitn(3, '-');
    let day = day_of(parts.next()?, parts.next()?, parts.next()?)?;
    match name[10..].strip_prefix(['-', '_']) {
        Some(rest) if !rest.is_empty() => Some((day, rest)),
        _ => (name.len() == 10).then_some((day, name)),
    }
}

fn day_of_folders(path: &str) -> Option<civil::Date> {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|parts| day_of(parts[0], parts[1], parts[2]))
}

/// A day of four, two and two digits, if the calendar has it.
fn day_of(year: &str, month: &str, day: &str) -> Option<civil::Date> {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Where keys were written that can turn out to be wrong only when all articles are known.
pub fn marks(said: &FrontMatter) -> Vec<(Key, Mark)> {
    fn mark<T>(spot: &Option<Spot<T>>) -> Option<Mark> {
        spot.as_ref().map(|spot| spot.mark.clone())
    }
    let marks = [
        (Key::Authors, mark(&said.authors)),
        (Key::Slug, mark(&said.slug)),
        (Key::Url, mark(&said.url)),
        (Key::Aliases, mark(&said.aliases)),
        (Key::Section, mark(&said.section)),
        (Key::Series, mark(&said.series)),
        (Key::Tags, mark(&said.tags)),
    ];
    marks.into_iter().filter_map(|(key, mark)| Some((key, mark?))).collect()
}

/// The metadata that the layers alone decide; what depends on the text is left empty.
pub fn meta(said: FrontMatter, path: &SitePath) -> Meta {
    fn value<T>(spot: Option<Spot<T>>) -> Option<T> {
        spot.map(|spot| spot.value)
    }
    Meta {
        path: path.clone(),
        format: Format::Markdown,
        digest: Digest::default(),
        body: Digest::default(),
        title: String::new(),
        standfirst: None,
        summary: String::new(),
        date: None,
        updated: value(said.updated),
        authors: value(said.authors).unwrap_or_default(),
        tags: value(said.tags).unwrap_or_default(),
        inferred_tags: Vec::new(),
        terms: said.terms.into_iter().map(|terms| terms.value).collect(),
        section: value(said.section),
        slug: value(said.slug),
        url: value(said.url),
        aliases: value(said.aliases).unwrap_or_default(),
        series: value(said.series).map(Box::new),
        draft: said.draft.unwrap_or_default(),
        expires: value(said.expires),
        unlisted: said.unlisted.unwrap_or_default(),
        page: said.page.unwrap_or_default(),
        image: said.image.map(Box::new),
        source: value(said.source).map(Box::new),
        corrections: value(said.corrections).unwrap_or_default(),
        lang: value(said.lang),
        template: said.template.map(Box::new),
        toc: said.toc.unwrap_or_default(),
        featured: said.featured.unwrap_or_default(),
        weight: said.weight,
        data: said.data.map(Box::new),
        extra: said.extra,
        dateline: None,
        words: 0,
        links: Vec::new(),
        anchors: Vec::new(),
        blocks: Vec::new(),
        marks: Vec::new(),
        paragraphs: Vec::new(),
    }
}
