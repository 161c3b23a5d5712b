//! A collection to the files of a site: texts converted, front matter written, and everything read once more as a build would.

use rayon::prelude::*;
use serde_json::Value;

use super::collection::{Article, Collection, Markup, SectionText};
use super::dialect::Dialect;
use super::files::{Output, Outputs};
use super::front::Front;
use super::index::Index;
use super::{embed, headings, links, yaml};
use crate::model::article::ParseOptions;
use crate::model::code::Code;
use crate::model::config::{Faulty, HtmlMode, TextOptions};
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::escape::{Scheme, scheme};
use crate::model::front_matter::FrontMatter;
use crate::model::path::SitePath;
use crate::model::shared::Shared;
use crate::model::source::Source;
use crate::parse;

/// Writes a collection out.
pub fn all(mut collection: Collection, index: &Index, dialect: &dyn Dialect, notes: &mut Vec<Diagnostic>) -> Outputs {
    let mut outputs = Outputs { copies: std::mem::take(&mut collection.copies), texts: Vec::new() };
    let taxonomies = super::taxonomies::of(&collection);
    let options = options(&collection, taxonomies);
    let articles = std::mem::take(&mut collection.articles);
    let written: Vec<(Output, Vec<Diagnostic>)> =
        articles.into_par_iter().map(|article| one(article, index, dialect, &options)).collect();
    for (output, found) in written {
        outputs.texts.push(output);
        notes.extend(found);
    }
    for section in std::mem::take(&mut collection.sections) {
        outputs.texts.push(section_file(section, index, dialect, &options, notes));
    }
    outputs.texts.extend(super::people::file(&collection.people, notes));
    outputs.texts.push(super::settings::file(&collection.settings, notes));
    outputs
}

fn options(collection: &Collection, taxonomies: Vec<String>) -> ParseOptions {
    ParseOptions {
        timezone: collection.zone.clone(),
        defaults: FrontMatter::default(),
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: false,
        math: false,
        faulty: Faulty::Fail,
        taxonomies,
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

/// An article's file. One that a build could not read is to be left out by it, with a warning.
fn one(
    mut article: Article,
    index: &Index,
    dialect: &dyn Dialect,
    options: &ParseOptions,
) -> (Output, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let body = body(&article, index, dialect, &mut notes);
    lead_image(&mut article, index, &mut notes);
    let to = format!("content/{}", article.target);
    let mut text = written(&article.front, &body, &article, &mut notes);
    let source = Source::new(SitePath::new(&to), text.clone().into_bytes());
    let parsed = parse::article::parse(&source, None, options);
    let anchors = parsed.article.as_ref().filter(|_| article.markup == Markup::Markdown).map(|(meta, _)| &meta.anchors);
    let old_ids = anchors.and_then(|known| headings::with_old_ids(&body, &|text| dialect.heading_id(text), known));
    if let Some(body) = old_ids {
        text = written(&article.front, &body, &article, &mut Vec::new());
    }
    if let Some(fault) = parsed.diagnostics.iter().find(|note| note.is_error()) {
        let message = format!("the article is left out of the new site until this is mended: {}", fault.message);
        let note = Diagnostic::warning(Code::Faulty, message).at(Mark::file(&article.source));
        notes.push(note.hint_maybe(fault.hint.clone()));
        article.front.set("faulty", "withhold");
        text = written(&article.front, &body, &article, &mut Vec::new());
    }
    (Output { to, text }, notes)
}

/// A text with its tags and links converted.
fn body(article: &Article, index: &Index, dialect: &dyn Dialect, notes: &mut Vec<Diagnostic>) -> String {
    if let Markup::Foreign(name) = article.markup {
        let message = format!("the text is {name}, which is not converted: it is shown as it stands");
        let note = Diagnostic::warning(Code::Unconverted, message).at(article.place(0));
        notes.push(note.hint("convert the file to Markdown in the original, or write the article anew"));
        return embed::code("", &article.body, Markup::Markdown) + "\n";
    }
    let converted = dialect.body(article, index);
    notes.extend(converted.diagnostics);
    links::rewrite(&converted.value, article.markup, &|written| {
        let own = dialect.target(article, written);
        let target = own.as_deref().unwrap_or(written);
        index.resolve(article, target).or(own)
    })
}

/// The lead image stays if it is there: a build stops at one that is not.
fn lead_image(article: &mut Article, index: &Index, notes: &mut Vec<Diagnostic>) {
    let Some(image) = article.front.get("image").cloned() else { return };
    let src = image.as_str().or_else(|| image.get("src").and_then(Value::as_str)).unwrap_or("").to_owned();
    if scheme(&src) == Scheme::Allowed && !index.is_own(&src) {
        return;
    }
    match index.file(article, &src) {
        Some(place) => match image {
            Value::Object(mut map) => {
                map.insert("src".to_owned(), place.into());
                article.front.set("image", Value::Object(map));
            }
            _ => article.front.set("image", place),
        },
        None => {
            article.front.remove("image");
            article.front.keep("image", image);
            let message = format!("the lead image `{src}` is not among the files; the key moved to `extra`");
            let note = Diagnostic::warning(Code::Asset, message).at(Mark::file(&article.source));
            notes.push(note.hint("add the file, and set `image:` to its path"));
        }
    }
}

/// Front matter and body as one text.
fn written(front: &Front, body: &str, article: &Article, notes: &mut Vec<Diagnostic>) -> String {
    let (document, cut) = front.document();
    if cut {
        let note =
            Diagnostic::warning(Code::Limit, "what would stand below `extra:` is longer than front matter may be");
        notes.push(note.at(Mark::file(&article.source)).hint("it was left out: move it into a file of data/"));
    }
    let body = body.trim_matches('\n');
    if document.is_empty() && !body.trim_start().starts_with(['-', '+', '{']) {
        return format!("{body}\n");
    }
    let gap = if body.is_empty() { "" } else { "\n" };
    let end = if body.is_empty() { "" } else { "\n" };
    format!("---\n{document}---\n{gap}{body}{end}")
}

/// The `_index.md` of a folder. Of one that a build could not read, the title alone is kept.
fn section_file(
    section: SectionText,
    index: &Index,
    dialect: &dyn Dialect,
    options: &ParseOptions,
    notes: &mut Vec<Diagnostic>,
) -> Output {
    let body = body(&section.text, index, dialect, notes);
    let folder = if section.folder.is_empty() { String::new() } else { format!("{}/", section.folder) };
    let to = format!("content/{folder}_index.md");
    let gap = if body.trim().is_empty() { "" } else { "\n" };
    let text = format!("---\n{}---\n{gap}{}{gap}", yaml::document(&section.keys), body.trim_matches('\n'));
    let source = Source::new(SitePath::new(&to), text.clone().into_bytes());
    let Some(fault) = parse::section::parse(&source, options).diagnostics.into_iter().find(Diagnostic::is_error) else {
        return Output { to, text };
    };
    let message = format!("the section's text and keys were left out: {}", fault.message);
    let note = Diagnostic::warning(Code::Unconverted, message).at(Mark::file(&section.source));
    notes.push(note.hint_maybe(fault.hint));
    let title = section.keys.into_iter().filter(|(key, _)| key == "title").collect();
    Output { to, text: format!("---\n{}---\n", yaml::document(&title)) }
}
