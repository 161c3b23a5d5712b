//! An article as parsing leaves it: everything that the rest of the site may know of it, and its body apart.

use serde::{Deserialize, Serialize};

use super::block::BlockKind;
use super::body::{Body, Link};
use super::config::{Faulty, HtmlMode, TextOptions};
use super::date::{Moment, Zone};
use super::diagnostic::{Diagnostic, Mark};
use super::digest::Digest;
use super::front_matter::{Correction, Credit, Extra, FrontMatter, LeadImage, Origin, SeriesRef, Spot, Terms};
use super::path::{SitePath, Slug, Url};
use super::shared::Shared;
use super::tag::TagEntry;

/// What an article's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is the format of its name.
pub enum Format {
    Markdown,
    Text,
    Html,
}

impl Format {
    /// By the extension, in any case: md, markdown, txt, html.
    pub fn of(path: &SitePath) -> Option<Self> {
        match path.extension().to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            "html" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What parsing an article may depend on beside its bytes. All of it enters the key of the memo.
#[derive(Clone, Debug, Serialize)]
pub struct ParseOptions {
    /// The zone of dates without one.
    pub timezone: Zone,
    /// The defaults of the article's folder: all cascades above it, laid over each other.
    pub defaults: FrontMatter,
    /// How plain text is read here.
    pub text: TextOptions,
    /// What becomes of raw HTML here.
    pub html: HtmlMode,
    /// Whether code is highlighted.
    pub highlight: bool,
    /// Whether dollar signs enclose formulas here.
    pub math: bool,
    /// What becomes of a faulty article here.
    pub faulty: Faulty,
    /// Keys of the configured taxonomies.
    pub taxonomies: Vec<String>,
    /// The vocabulary, for text matching.
    pub vocabulary: Shared<Vec<TagEntry>>,
    /// The kinds of blocks that there are, by name.
    pub blocks: Shared<Vec<BlockKind>>,
}

/// What comes of parsing one article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parsed {
    /// `None` where an error leaves nothing to go on with.
    pub article: Option<(Meta, Body)>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// The title or standfirst, or any other text with inline markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// As HTML: emphasis, code and quotes, no links.
    pub html: String,
    /// As text.
    pub text: String,
}

/// A key that can turn out to be wrong only when all articles are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "they bear the keys' own names")]
pub enum Key {
    Authors,
    Slug,
    Url,
    Aliases,
    Section,
    Series,
    Tags,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Authors => "authors",
            Self::Slug => "slug",
            Self::Url => "url",
            Self::Aliases => "aliases",
            Self::Section => "section",
            Self::Series => "series",
            Self::Tags => "tags",
        }
    }
}

/// All that other pages, and the collecting stage, may know of an article. A site holds one for each of its articles, so what few
/// of them have lies elsewhere, behind a pointer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Its file.
    pub path: SitePath,
    /// What that file is.
    pub format: Format,
    /// The digest of everything that was parsed: file, sidecar and options.
    pub digest: Digest,
    /// The digest of its body, holes unfilled.
    pub body: Digest,
    /// The headline: text.
    pub title: String,
    /// The paragraph under the headline.
    pub standfirst: Option<Inline>,
    /// What lists and metadata say where there is no standfirst: text of at most 200 characters.
    pub summary: String,
    /// When it was published.
    pub date: Option<Moment>,
    /// When it was last changed for readers.
    pub updated: Option<Moment>,
    /// Who wrote it, in order.
    pub authors: Vec<Credit>,
    /// Its tags as written.
    pub tags: Vec<String>,
    /// Tags that the vocabulary found in its text: names of [`TagEntry`].
    pub inferred_tags: Vec<String>,
    /// Terms of configured taxonomies.
    pub terms: Vec<Terms>,
    /// The section given in front matter, where it is not the folder's: a path such as `news/asia`.
    pub section: Option<String>,
    /// The slug given in front matter.
    pub slug: Option<Slug>,
    /// The URL given in front matter.
    pub url: Option<Url>,
    /// Former URLs.
    pub aliases: Vec<Url>,
    /// Its series.
    pub series: Option<Box<SeriesRef>>,
    /// Not to be published.
    pub draft: bool,
    /// When it is to be withdrawn.
    pub expires: Option<Moment>,
    /// Published, and named nowhere.
    pub unlisted: bool,
    /// `page: true`: a standing page, if it has no date.
    pub page: bool,
    /// The lead image.
    pub image: Option<Box<Spot<LeadImage>>>,
    /// Where it first appeared.
    pub source: Option<Box<Origin>>,
    /// Corrections, as written.
    pub corrections: Vec<Correction>,
    /// Its language, where it is not the site's.
    pub lang: Option<String>,
    /// Its template, where it is not `article.html` or `page.html`.
    pub template: Option<Box<Spot<String>>>,
    /// Whether a table of contents is wanted.
    pub toc: bool,
    /// Whether it may lead the front page.
    pub featured: bool,
    /// Its place in a section sorted by weight.
    pub weight: Option<i64>,
    /// The data files that its template may see.
    pub data: Option<Box<Spot<Vec<String>>>>,
    /// The author's own keys.
    #[serde(with = "super::extra::text")]
    pub extra: Extra,
    /// The place that the report was filed from.
    pub dateline: Option<String>,
    /// How many words the body has (characters, in Chinese, Japanese and Korean).
    pub words: u32,
    /// Links into the site.
    pub links: Vec<Link>,
    /// Ids that links may point to.
    pub anchors: Vec<Box<str>>,
    /// The kinds of the blocks in its body, in alphabetical order.
    pub blocks: Vec<Box<str>>,
    /// Where keys were written that can turn out to be wrong only when all articles are known.
    pub marks: Vec<(Key, Mark)>,
    /// Digests of its paragraphs, for finding those that many files repeat; plain text only.
    pub paragraphs: Vec<Digest>,
}

impl Meta {
    /// Lets go of what nobody asks for once the article has its place in the site: what its card and its ids say instead.
    pub fn settle(&mut self) {
        self.authors = Vec::new();
        self.tags = Vec::new();
        self.inferred_tags = Vec::new();
        self.terms = Vec::new();
        self.aliases = Vec::new();
        self.links = Vec::new();
        self.anchors = Vec::new();
        self.paragraphs = Vec::new();
        // Two pages may still turn out to claim one address.
        self.marks.retain(|(key, _)| matches!(key, Key::Slug | Key::Url));
        self.marks.shrink_to_fit();
    }

    /// Where a key was written, or else the file.
    pub fn mark(&self, key: &str) -> Mark {
        self.marks
            .iter()
            .find(|(marked, _)| marked.name() == key)
            .map_or_else(|| Mark::file(&self.path), |(_, mark)| mark.clone())
    }
}
