//! Files for machines: the sitemap, robots.txt, llms.txt, and redirects for hosts that read them.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::Desk;
use crate::model::date::Moment;
use crate::model::digest::Digest;
use crate::model::page::{Page, What};
use crate::model::path::{Base, Url};
use crate::model::shared::{Deferred, Depth};
use crate::model::site::{Role, Section, Site};
use crate::model::target::CacheControl;
use crate::model::view::feed::{SitemapView, TextView};

/// Addresses in one sitemap (sitemaps.org, protocol 0.9).
const SITEMAP_SIZE: usize = 50_000;
/// Bytes of one sitemap: a little below the protocol's 52,428,800, for what stands around the entries.
const SITEMAP_BYTES: usize = 52_000_000;
/// Bytes of an entry's tags.
const SITEMAP_MARKUP: usize = 64;
/// Bytes of a date with its time at most: `-9999-12-31T23:59:59+23:59`.
const LONGEST_DATE: usize = 26;

/// The addresses that search engines should know, each with its last change, in the order of the pages.
pub(super) fn indexable(site: &Site, pages: &[Page]) -> Vec<(Url, Option<Moment>)> {
    let address = |page: &Page| match &page.what {
        What::Article(id) => {
            let article = site.article(*id);
            let changed = article.meta.updated.max(article.meta.date);
            (article.role != Role::Unlisted).then(|| (page.url.clone(), changed))
        }
        What::Home(_)
        | What::Section(..)
        | What::Tag(..)
        | What::Author(..)
        | What::Series(..)
        | What::Term(..)
        | What::Index(..)
        | What::Archive
        | What::Year(_)
        | What::Month(..)
        | What::Day(..) => Some((page.url.clone(), None)),
        _ => None,
    };
    pages.par_iter().filter_map(address).collect()
}

/// Cuts the indexable addresses into sitemaps, each within the bounds of the protocol. One, where all fit.
pub(super) fn sitemap_parts(addresses: &[(Url, Option<Moment>)], base: &Base) -> Vec<Range<usize>> {
    // The longest escape has five bytes more than what it stands for.
    let size = |text: &str| text.len() + 5 * text.matches(['&', '\'', '"']).count();
    let around = SITEMAP_MARKUP + size(&base.absolute(&Url::root()));
    // Encoded and escaped, a byte becomes six at most: where even that fits, nothing has to be measured.
    let bound = |(url, _): &(Url, _)| around + 6 * url.as_str().len() + LONGEST_DATE;
    if addresses.chunks(SITEMAP_SIZE).all(|part| part.iter().map(bound).sum::<usize>() <= SITEMAP_BYTES) {
        let starts = (0..addresses.len().max(1)).step_by(SITEMAP_SIZE);
        return starts.map(|start| start..addresses.len().min(start + SITEMAP_SIZE)).collect();
    }
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, (url, changed)) in addresses.iter().enumerate() {
        let entry = around + size(&url.encoded()) + changed.map_or(0, |moment| moment.machine().len());
        if at - start == SITEMAP_SIZE || at > start && bytes + entry > SITEMAP_BYTES {
            parts.push(start..at);
            (start, bytes) = (at, 0);
        }
        bytes += entry;
    }
    parts.push(start..addresses.len());
    parts
}

/// The address of one of several sitemaps.
pub(super) fn sitemap_part(part: usize) -> Url {
    // Letters, a hyphen and digits make a sound address.
    Url::from_decoded(&format!("sitemap-{}.xml", part + 1)).unwrap_or_else(|_| Url::root())
}

/// A sitemap, or a part of it.
pub(super) fn sitemap(desk: &Desk, range: Range<usize>, depth: Depth) -> SitemapView {
    let base = &desk.site.config.base;
    let absolute =
        |(url, changed): &(Url, Option<Moment>)| (base.absolute(url), changed.map(|moment| moment.machine()));
    let own = &desk.indexable[range];
    let digest = Digest::of_value(&(base, own));
    SitemapView { urls: Deferred::new(digest, depth, || own.iter().map(absolute).collect()), index: false }
}

/// The sitemap of sitemaps.
pub(super) fn sitemap_index(desk: &Desk, parts: usize, depth: Depth) -> SitemapView {
    let base = &desk.site.config.base;
    let address = |part| (base.absolute(&sitemap_part(part)), None);
    let digest = Digest::of_value(&(base, parts));
    SitemapView { urls: Deferred::new(digest, depth, || (0..parts).map(address).collect()), index: true }
}

/// robots.txt (RFC 9309): everything may be read, and where the sitemap is.
pub(super) fn robots(desk: &Desk) -> TextView {
    let root = desk.site.config.base.absolute(&Url::root());
    TextView { text: format!("User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\n") }
}

/// llms.txt (llmstxt.org): what the site is and where its lists are.
pub(super) fn llms(desk: &Desk) -> TextView {
    let site = desk.site;
    let root = site.config.base.absolute(&Url::root());
    let mut text = format!("# {}\n", plain(&site.config.title));
    if !site.config.description.is_empty() {
        text.push_str(&format!("\n> {}\n", plain(&site.config.description)));
    }
    let mut list = |heading: &str, rows: &[(&str, String, &str)]| {
        if !rows.is_empty() {
            text.push_str(&format!("\n## {heading}\n\n"));
        }
        for (name, url, about) in rows {
            let about = if about.is_empty() { String::new() } else { format!(": {}", plain(about)) };
            text.push_str(&format!("- [{}]({url}){about}\n", plain(name)));
        }
    };
    let top = site.sections.iter().filter(|section| section.parents.is_empty());
    let about =
        |section: &'_ Section| section.file.as_ref().and_then(|file| file.description.clone()).unwrap_or_default();
    let described: Vec<(&Section, String)> = top.map(|section| (section, about(section))).collect();
    let sections: Vec<_> = described
        .iter()
        .map(|(section, about)| (section.title.as_str(), site.config.base.absolute(&section.url), about.as_str()))
        .collect();
    list("Sections", &sections);
    let index = |name: &'static str, path: &str, about: &'static str| (name, format!("{root}{path}"), about);
    list(
        "Indexes",
        &[
            index("Archive", "archive/", "all articles by date"),
            index("Tags", "tags/", "all tags"),
            index("Authors", "authors/", "all authors"),
            index("Sitemap", "sitemap.xml", "every page"),
        ],
    );
    TextView { text }
}

/// Text that ends no link and begins no markup.
fn plain(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '[' | ']' | '\n' | '\r') { ' ' } else { c }).collect()
}

/// `_redirects`, as Netlify and Cloudflare Pages read it: from, to, status. Other hosts show the file to everybody, so
/// unlisted articles have no line in it; the page at the former address is enough.
pub(super) fn redirects(desk: &Desk) -> TextView {
    let unlisted = desk.site.articles.iter().filter(|article| article.role == Role::Unlisted);
    let unlisted: BTreeSet<&Url> = unlisted.map(|article| &article.url).collect();
    let line = |redirect: &crate::model::site::Redirect| {
        format!("{} {} 301\n", desk.href(&redirect.from), desk.href(&redirect.to))
    };
    let shown = desk.site.redirects.iter().filter(|redirect| !unlisted.contains(&redirect.to));
    TextView { text: shown.map(line).collect() }
}

/// How many files `_headers` names at most: Cloudflare Pages reads a hundred rules.
const RULES: usize = 90;

/// What pages may load: what lies on the site, and from elsewhere nothing but images and recordings that an article shows.
const POLICY: &str = "default-src 'self'; img-src 'self' https:; media-src 'self' https:; object-src 'none'; base-uri 'self'; \
                      form-action 'self'; frame-ancestors 'self'";

/// `_headers`, as Netlify and Cloudflare Pages read it: a strict policy for all pages, and that files whose names change with
/// their content may be kept for good. What is said of pages' age is left to these hosts, which have them asked for each time:
/// Cloudflare would join a second rule for a file to the one for all.
pub(super) fn headers(desk: &Desk) -> TextView {
    let all = desk.href(&Url::root());
    let mut text = format!(
        "{all}*\n  Content-Security-Policy: {POLICY}\n  Referrer-Policy: strict-origin-when-cross-origin\n  X-Content-Type-Options: nosniff\n"
    );
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let printed = desk.site.view.assets.iter().filter(|(name, url)| last(name) != last(url));
    for (_, url) in printed.take(RULES) {
        text.push_str(&format!("{url}\n  Cache-Control: {}\n", CacheControl::default().fingerprinted));
    }
    TextView { text }
}
