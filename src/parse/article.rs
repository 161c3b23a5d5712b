//! An article's file to an article: the entry of the parsing stage.
//!
//! The bytes are decoded; front matter is split from the body; the layers of what is said about the article are laid over each
//! other (sidecar, then the article itself, then the defaults of its folders); the body is parsed by its format; and what no
//! layer says is taken from the text or the file's name.

mod resolve;
#[cfg(test)]
mod tests;
mod title;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::front_matter::{self, Context};
use super::highlight::Highlighter;
use super::prose::Prose;
use super::words::{self, Matcher};
use super::{encoding, html, markdown, plain_text};
use crate::model::article::{Format, Meta, ParseOptions, Parsed};
use crate::model::body::{Body, fold_title};
use crate::model::code::Code;
use crate::model::config::{Faulty, TextOptions};
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::front_matter::FrontMatter;
use crate::model::path::SitePath;
use crate::model::source::Source;

/// The most that an article may have, in bytes.
const LIMIT: usize = 16 * 1024 * 1024;

/// The most characters that a summary has.
const SUMMARY_LIMIT: usize = 200;

/// Parses an article, with its sidecar if it has one. An error leaves no article; under `faulty: withhold` the errors of the file
/// become one warning. For many articles make an [`ArticleParser`] once.
pub fn parse(source: &Source, sidecar: Option<&Source>, options: &ParseOptions) -> Parsed {
    ArticleParser::new(options, Arc::new(Matcher::new(&options.vocabulary))).parse(
        source,
        sidecar,
        &mut Highlighter::default(),
    )
}

/// What articles with the same options share: what is worked out from the options once.
pub struct ArticleParser<'a> {
    options: &'a ParseOptions,
    digest: Digest,
    matcher: Arc<Matcher>,
}

impl<'a> ArticleParser<'a> {
    /// A parser for a folder's articles. The matcher of the vocabulary is the same for all folders.
    pub fn new(options: &'a ParseOptions, matcher: Arc<Matcher>) -> Self {
        Self { options, digest: Digest::of_value(options), matcher }
    }

    /// The digest of everything that an article is parsed from: what a memo knows it by.
    /// What is in the file and its sidecar is told by digests.
    pub fn key(&self, path: &SitePath, digest: Digest, sidecar: Option<(&SitePath, Digest)>) -> Digest {
        let name = |path: &SitePath| Digest::of(path.as_str().as_bytes());
        let (side, content) = sidecar.map_or_else(Default::default, |(path, digest)| (name(path), digest));
        Digest::join(&[name(path), digest, side, content, self.digest])
    }

    /// Parses an article, as [`parse`] does. A highlighter that is lent to one article after the other is the faster for it.
    pub fn parse(&self, source: &Source, sidecar: Option<&Source>, highlighter: &mut Highlighter) -> Parsed {
        let options = self.options;
        let mut reading =
            Reading { path: &source.path, options, matcher: &self.matcher, highlighter, notes: Vec::new() };
        let side = sidecar.map(|sidecar| reading.sidecar(sidecar)).unwrap_or_default();
        let (article, own_faulty) = match reading.decode(source, &side) {
            Some(text) => reading.article(&text, side),
            None => (None, side.faulty),
        };
        let faulty = own_faulty.unwrap_or(options.faulty);
        let Reading { mut notes, .. } = reading;
        notes.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        if notes.iter().any(Diagnostic::is_error) {
            return Parsed { article: None, diagnostics: faults(&source.path, notes, faulty) };
        }
        let digest = self.key(&source.path, source.digest, sidecar.map(|sidecar| (&sidecar.path, sidecar.digest)));
        Parsed { article: article.map(|(meta, body)| (Meta { digest, ..meta }, body)), diagnostics: notes }
    }
}

/// Under `withhold`, all errors of a file are one warning that names the first of them.
fn faults(path: &SitePath, notes: Vec<Diagnostic>, faulty: Faulty) -> Vec<Diagnostic> {
    if faulty == Faulty::Fail {
        return notes;
    }
    let (errors, mut others): (Vec<_>, Vec<_>) = notes.into_iter().partition(Diagnostic::is_error);
    let count = errors.len();
    if let Some(first) = errors.into_iter().next() {
        let more = match count {
            1 => String::new(),
            2 => " (and another error)".to_owned(),
            count => format!(" (and {} more errors)", count - 1),
        };
        let note = Diagnostic::warning(Code::Faulty, format!("the article is left out: {}{more}", first.message));
        let note = note.at(first.mark.unwrap_or_else(|| Mark::file(path)));
        others.push(note.hint_maybe(first.hint));
    }
    others
}

/// The reading of one article.
struct Reading<'a> {
    path: &'a SitePath,
    options: &'a ParseOptions,
    matcher: &'a Matcher,
    highlighter: &'a mut Highlighter,
    notes: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    fn format(&self) -> Format {
        Format::of(self.path).unwrap_or(Format::Markdown)
    }

    fn context(&self) -> Context<'a> {
        Context { zone: &self.options.timezone, taxonomies: &self.options.taxonomies, cascade: false }
    }

    fn sidecar(&mut self, sidecar: &Source) -> FrontMatter {
        let text = match encoding::utf8(&sidecar.path, &sidecar.bytes) {
            Ok(text) => text,
            Err(fault) => {
                self.notes.push(*fault);
                return FrontMatter::default();
            }
        };
        let (front, notes) = front_matter::read_sidecar(&sidecar.path, text);
        self.notes.extend(notes);
        self.layer(front, &sidecar.path)
    }

    fn layer(&mut self, front: Option<super::node::Node>, path: &SitePath) -> FrontMatter {
        let Some(front) = front else { return FrontMatter::default() };
        let noted = front_matter::layer(front, path, &self.context());
        self.notes.extend(noted.diagnostics);
        noted.value
    }

    /// Plain text is in the encoding that was announced for it; the other formats are UTF-8.
    fn decode<'b>(&mut self, source: &'b Source, side: &FrontMatter) -> Option<Cow<'b, str>> {
        if source.bytes.len() > LIMIT {
            let fault = Diagnostic::error(Code::Limit, "the article is longer than 16 MiB");
            self.notes.push(fault.at(Mark::file(self.path)).hint("split it into several articles"));
            return None;
        }
        let announced = side.text.as_ref().and_then(|text| text.encoding.as_deref());
        let label = announced.or(self.options.text.encoding.as_deref()).unwrap_or("utf-8");
        let text = match self.format() {
            Format::Text => encoding::labelled(self.path, &source.bytes, label),
            Format::Markdown | Format::Html => encoding::utf8(self.path, &source.bytes).map(Cow::Borrowed),
        };
        text.map_err(|fault| self.notes.push(*fault)).ok()
    }

    /// The article, and what its own layers say of faulty ones.
    fn article(&mut self, text: &str, side: FrontMatter) -> (Option<(Meta, Body)>, Option<Faulty>) {
        let (front, body_start) = match self.format() {
            Format::Text => (FrontMatter::default(), 0),
            Format::Markdown | Format::Html => {
                let opening = front_matter::open(self.path, text);
                self.notes.extend(opening.diagnostics);
                (self.layer(opening.front, self.path), opening.body_start)
            }
        };
        let has_date = side.date.is_some();
        let upper = side.over(front);
        let faulty = upper.faulty;
        let prose = self.body(text, body_start, &upper);
        self.notes
            .extend(prose.diagnostics.iter().filter(|note| !(has_date && is_date_left_open(note, &prose))).cloned());
        (self.meta(upper, prose), faulty)
    }

    fn body(&mut self, text: &str, body_start: usize, upper: &FrontMatter) -> Prose {
        let options = self.own_options(upper);
        let format = self.format();
        let highlighter = &mut *self.highlighter;
        let prose = match format {
            Format::Markdown => markdown::parse(text, body_start, self.path, &options, highlighter),
            Format::Html => html::parse(text, body_start, self.path, &options),
            Format::Text => plain_text::parse(text, self.path, &options),
        };
        // A heading that opens the body under another title is no second headline: it moves below it.
        let other = || {
            let title = upper.title.as_ref().map(|title| fold_title(&title.value));
            title.is_some_and(|title| prose.first_line.as_deref().map(fold_title) != Some(title))
        };
        if !prose.opens_with_title || !other() {
            return prose;
        }
        match format {
            Format::Markdown => markdown::parse_titled(text, body_start, self.path, &options, highlighter),
            Format::Html => html::parse_titled(text, body_start, self.path, &options),
            Format::Text => prose,
        }
    }

    /// The options of the folder, or what the article says otherwise.
    fn own_options(&self, upper: &FrontMatter) -> Cow<'a, ParseOptions> {
        if upper.text.is_none() && upper.html.is_none() && upper.math.is_none() {
            return Cow::Borrowed(self.options);
        }
        let options = self.options;
        let text: TextOptions = upper.text.as_ref().map_or_else(|| options.text.clone(), |text| text.on(&options.text));
        Cow::Owned(ParseOptions {
            timezone: options.timezone.clone(),
            defaults: options.defaults.clone(),
            text,
            html: upper.html.unwrap_or(options.html),
            highlight: options.highlight,
            math: upper.math.unwrap_or(options.math),
            faulty: options.faulty,
            taxonomies: options.taxonomies.clone(),
            vocabulary: options.vocabulary.clone(),
            blocks: options.blocks.clone(),
        })
    }

    fn meta(&mut self, upper: FrontMatter, mut prose: Prose) -> Option<(Meta, Body)> {
        let standfirst = resolve::standfirst(&upper, &mut prose, &self.options.defaults);
        let own = std::mem::take(&mut prose.front);
        let said = upper.over(own).over(self.options.defaults.clone());
        let Some(title) = resolve::title(&said, &prose, self.path) else {
            let fault = Diagnostic::error(Code::Title, "the article has no headline");
            self.notes.push(fault.at(Mark::file(self.path)).hint("give it a `title:`, or begin it with a heading"));
            return None;
        };
        if prose.opens_with_title {
            title::drop_heading(&mut prose, &title);
        }
        let date = said.date.as_ref().map(|date| date.value);
        let url = said.url.as_ref().map(|url| url.value.as_str());
        let date = date.or_else(|| resolve::date_of_path(self.path, url, &self.options.timezone));
        let standfirst_text = standfirst.as_ref().map_or("", |standfirst| standfirst.text.as_str());
        let inferred_tags = self.matcher.tags(&title, standfirst_text, &prose.text);
        let summary = match prose.summary.trim() {
            "" => words::cut(standfirst_text, SUMMARY_LIMIT),
            summary => words::cut(summary, SUMMARY_LIMIT),
        };
        let meta = Meta {
            path: self.path.clone(),
            format: self.format(),
            digest: Digest::default(),
            body: Digest::of_value(&prose.body),
            title,
            summary,
            date,
            inferred_tags,
            dateline: said.dateline.clone(),
            words: words::count(&prose.text),
            links: prose.links,
            anchors: prose.anchors,
            blocks: kinds(&prose.body),
            marks: resolve::marks(&said),
            paragraphs: prose.paragraphs,
            standfirst,
            ..resolve::meta(said, self.path)
        };
        // What it grew by and does not need would be held until its page is made.
        prose.body.html.shrink_to_fit();
        Some((meta, prose.body))
    }
}

/// The kinds of the blocks of a body, in alphabetical order.
fn kinds(body: &Body) -> Vec<Box<str>> {
    let kinds: BTreeSet<&Box<str>> = body.blocks.iter().map(|block| &block.kind).collect();
    kinds.into_iter().cloned().collect()
}

/// Whether a note complains of a date that could not be read, where the sidecar now gives it.
fn is_date_left_open(note: &Diagnostic, prose: &Prose) -> bool {
    note.code == Code::BadDate && prose.front.date.is_none()
}
