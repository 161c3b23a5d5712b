//! What every page carries: the site, and the page itself.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::front_matter::Extra;
use crate::model::shared::Shared;

/// The site, as every page sees it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// Where it lives: absolute, with a final `/`.
    pub base_url: String,
    /// The link to the front page: `/`, or the path of `base_url`.
    pub home: String,
    /// The link to the archive of dates.
    pub archive: String,
    /// The link to the index of tags.
    pub tags: String,
    /// The link to the index of authors.
    pub authors: String,
    /// The link to the search page, or `null` where there is none.
    pub search: Option<String>,
    /// The site's language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`, by that language.
    pub direction: String,
    /// The menus of site.yaml by name, each a list of links.
    pub menus: BTreeMap<String, Vec<LinkView>>,
    /// The options of the theme, each with the site's value or the theme's default.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub theme_options: Extra,
    /// The site's own values.
    #[serde(serialize_with = "crate::model::extra::text::serialize")]
    pub extra: Extra,
    /// Files of the theme's `static/` by their path there: the link to each, fingerprint included.
    pub assets: BTreeMap<String, String>,
}

/// A name and where it leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkView {
    /// What the link says: text.
    pub name: String,
    /// Where it leads, base path included.
    pub url: String,
}

/// The page itself: what stands in its `head`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// What kind of page it is: `home`, `article`, `page`, `section`, `tags`, `tag`, `authors`, `author`, `archive`, `year`,
    /// `month`, `day`, `series_index`, `series`, `terms`, `term`, `search`, `404`, `redirect`.
    pub kind: String,
    /// Its title, without the site's name: text.
    pub title: String,
    /// The link to it, base path included.
    pub url: String,
    /// Its absolute address.
    pub permalink: String,
    /// The absolute address that search engines should know it by; `null` where it should not be known.
    pub canonical: Option<String>,
    /// What it is about: text, perhaps empty.
    pub description: String,
    /// Its language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`, by its language.
    pub direction: String,
    /// The feeds that a reader of this page may want.
    pub feeds: Shared<Vec<FeedLink>>,
    /// The absolute address of the image that stands for it, or `null`.
    pub image: Option<String>,
    /// Whether search engines are asked to pass it over.
    pub noindex: bool,
    /// Structured data as JSON that is safe inside a `script` element, or `null`.
    pub json_ld: Option<String>,
    /// The number of a further page of a list; `null` on a list's own page and everywhere else.
    pub number: Option<usize>,
}

/// A feed that a page announces.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    /// Its title: text.
    pub title: String,
    /// The link to it.
    pub url: String,
    /// Its media type.
    pub media_type: String,
}

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PagerView {
    /// The link to the page with newer articles, or `null`.
    pub newer: Option<String>,
    /// The link to the page with older articles, or `null`.
    pub older: Option<String>,
}
