//! site.yaml as values: every key with its default filled in.

use serde::{Deserialize, Serialize};

use super::date::Zone;
use super::extra::Extra;
use super::path::{Base, SlugStyle};
use super::target::Target;

/// The whole of site.yaml.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// What it is about: the front page's description.
    pub description: String,
    /// Where it lives.
    pub base: Base,
    /// The language of the pages (BCP 47).
    pub language: String,
    /// The zone in which dates without one are read, and by which days begin.
    pub timezone: Zone,
    /// The theme's name.
    pub theme: String,
    /// The pattern of article URLs.
    pub permalink: Permalink,
    /// Which letters a slug keeps.
    pub slugs: SlugStyle,
    /// How lists are cut into pages.
    pub pagination: Pagination,
    /// Which feeds are written.
    pub feeds: Feeds,
    /// Taxonomies beyond tags, authors and series.
    pub taxonomies: Vec<Taxonomy>,
    /// Menus by name.
    pub menus: Vec<Menu>,
    /// The schema.org type of articles.
    pub article_type: String,
    /// Whether every author must be listed in authors.yaml.
    pub strict_authors: bool,
    /// What a broken link is.
    pub broken_links: Broken,
    /// What becomes of an article with an error in it.
    pub faulty: Faulty,
    /// How plain text is read.
    pub text: TextOptions,
    /// What becomes of raw HTML in articles.
    pub html: HtmlMode,
    /// Whether fenced code is highlighted.
    pub highlight: bool,
    /// How the site is searched; `None` where it has no search page.
    pub search: Option<Search>,
    /// Where the site is put out. No page knows of it, and so it counts in no digest.
    #[serde(skip)]
    pub publish: Vec<Target>,
    /// The theme's options, as the site sets them.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub theme_options: Extra,
    /// The site's own values for templates.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub extra: Extra,
}

/// `permalink`: the pattern's segments, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permalink(pub Vec<PermalinkPart>);

/// A piece of the permalink pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // Each is the placeholder of its name.
pub enum PermalinkPart {
    Literal(String),
    Section,
    Slug,
    Year,
    Month,
    Day,
    Author,
}

impl Permalink {
    /// `{section}/{slug}`.
    pub fn standard() -> Self {
        Self(vec![PermalinkPart::Section, PermalinkPart::Literal("/".into()), PermalinkPart::Slug])
    }
}

/// `pagination`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// Which way pages are numbered.
    pub style: PageStyle,
    /// Articles on a page; at least 1.
    pub size: usize,
}

/// Which way the pages of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum PageStyle {
    /// Page 1 holds the oldest articles and never changes again.
    Stable,
    /// Page 1 is the list's own URL, and every new article shifts all pages.
    NewestFirst,
}

/// `feeds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // Each is the format of its name.
pub struct Feeds {
    pub atom: bool,
    pub json: bool,
    pub rss: bool,
}

/// A taxonomy of the site's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taxonomy {
    /// Its key in front matter, and the first segment of its URLs.
    pub key: String,
    /// Its name as a heading.
    pub title: String,
}

/// A menu: links in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Menu {
    /// `main`, `footer`.
    pub name: String,
    /// Its links.
    pub items: Vec<MenuItem>,
}

/// A link of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MenuItem {
    /// What it says.
    pub name: String,
    /// A site URL beginning with `/`, or an http(s) or mailto address.
    pub url: String,
}

/// `search`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Search {
    /// Whether the text of articles is searched, and not only what lists show of them.
    pub body: bool,
    /// In how many days age takes half of what it may take from an article's score; `None` where it takes nothing.
    pub recency: Option<u32>,
}

/// `links: {broken: …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Broken {
    /// A broken link fails the build.
    Error,
    /// A broken link is reported.
    Warn,
}

/// `faulty`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Faulty {
    /// An error in an article fails the build.
    Fail,
    /// The article is left out, with a warning.
    Withhold,
}

/// `html`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HtmlMode {
    /// Raw HTML is published as it stands.
    Trusted,
    /// Raw HTML is cleaned of what could run or spy.
    Sanitized,
    /// Raw HTML is shown as text.
    Escaped,
}

/// How numeric dates with slashes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    /// 26/10/2017.
    DayFirst,
    /// 10/26/2017.
    MonthFirst,
}

/// `text`: how plain text is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextOptions {
    /// The encoding's label (WHATWG Encoding Standard); `None` is UTF-8.
    pub encoding: Option<String>,
    /// How 26/10/2017 is read; `None` refuses such dates.
    pub dates: Option<DateOrder>,
    /// Paragraphs to leave out, when equal to one of these (white space and case aside).
    pub drop: Vec<String>,
    /// The prefix of a caption (`Photo:`).
    pub caption: Option<String>,
}

/// The `text:` keys of one layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // As in `TextOptions`.
pub struct TextOverrides {
    pub encoding: Option<String>,
    pub dates: Option<DateOrder>,
    pub drop: Option<Vec<String>>,
    pub caption: Option<String>,
}

impl TextOverrides {
    /// This layer over another.
    #[must_use]
    pub fn over(self, lower: Self) -> Self {
        Self {
            encoding: self.encoding.or(lower.encoding),
            dates: self.dates.or(lower.dates),
            drop: self.drop.or(lower.drop),
            caption: self.caption.or(lower.caption),
        }
    }

    /// This layer over the site's options.
    pub fn on(&self, options: &TextOptions) -> TextOptions {
        TextOptions {
            encoding: self.encoding.clone().or_else(|| options.encoding.clone()),
            dates: self.dates.or(options.dates),
            drop: self.drop.clone().unwrap_or_else(|| options.drop.clone()),
            caption: self.caption.clone().or_else(|| options.caption.clone()),
        }
    }
}
