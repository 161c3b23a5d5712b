//! Which outputs there are, one page each, and that no two of them claim one place.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::search::{self, Catalogue};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::front_matter::Spot;
use crate::model::image::Print;
use crate::model::output::Stage;
use crate::model::page::{Channel, FeedFormat, Index, Page, Slice, What};
use crate::model::path::{OutPath, Url};
use crate::model::site::{ArticleId, AuthorId, Role, SectionId, SeriesId, Site, TagId, TermId};

/// How the names of the manifest, the journal and the staging folder begin, which lie in the output beside the site.
const OWN_FILES: &str = ".byline-";

/// The list of pages under construction.
struct Pages<'a> {
    site: &'a Site,
    pages: Vec<Page>,
}

/// All pages of a site.
pub fn pages(site: &Site) -> Vec<Page> {
    let mut own = Pages { site, pages: Vec::new() };
    own.articles();
    own.lists();
    own.dates();
    own.indexes();
    own.search();
    own.machines();
    own.pages
}

/// The template that a file names, or else the one that is usual.
fn named(template: Option<&Spot<String>>, usual: &'static str) -> Cow<'static, str> {
    template.map_or(Cow::Borrowed(usual), |template| Cow::Owned(template.value.clone()))
}

/// The address of a list's further page.
pub(super) fn further(list: &Url, number: u32) -> Url {
    // `page/N/` is always a sound pair of segments.
    list.join(&format!("page/{number}/")).unwrap_or_else(|_| list.clone())
}

impl Pages<'_> {
    fn add(&mut self, url: Url, template: impl Into<Cow<'static, str>>, what: What) {
        self.pages.push(Page { url, template: Some(template.into()), what, stage: Stage::Page });
    }

    fn announce(&mut self, url: Url, template: Option<&'static str>, what: What) {
        self.pages.push(Page { url, template: template.map(Cow::Borrowed), what, stage: Stage::Announcement });
    }

    /// The pages of one list.
    fn list(&mut self, url: &Url, items: usize, template: &'static str, what: impl Fn(Slice) -> What) {
        self.slices(url, Slice::all(items, self.site.config.pagination), template, what);
    }

    /// The pages of a list, however it was cut.
    fn slices(
        &mut self,
        url: &Url,
        slices: Vec<Slice>,
        template: impl Into<Cow<'static, str>>,
        what: impl Fn(Slice) -> What,
    ) {
        let template = template.into();
        for slice in slices {
            let at = slice.number.map_or_else(|| url.clone(), |number| further(url, number));
            self.add(at, template.clone(), what(slice));
        }
    }

    fn feeds(&mut self, list: &Url, channel: Channel) {
        for format in self.site.config.feeds.formats() {
            let template = match format {
                FeedFormat::Atom => Some("atom.xml"),
                FeedFormat::Rss => Some("rss.xml"),
                FeedFormat::Json => None,
            };
            if let Ok(url) = list.join(format.file()) {
                self.announce(url, template, What::Feed(channel, format));
            }
        }
    }

    fn articles(&mut self) {
        for (article, at) in self.site.articles.iter().zip(0..) {
            let standard = if article.role == Role::Standing { "page.html" } else { "article.html" };
            let template = named(article.meta.template.as_deref(), standard);
            self.add(article.url.clone(), template, What::Article(ArticleId(at)));
        }
    }

    fn lists(&mut self) {
        let site = self.site;
        self.list(&Url::root(), site.dated.len(), "home.html", What::Home);
        self.feeds(&Url::root(), Channel::Home);
        for (section, at) in site.sections.iter().zip(0..) {
            let template = named(section.file.as_ref().and_then(|file| file.template.as_ref()), "section.html");
            let id = SectionId(at);
            let slices = Slice::all(section.articles.len(), section.pagination(&site.config));
            self.slices(&section.url, slices, template, |slice| What::Section(id, slice));
            self.feeds(&section.url, Channel::Section(id));
        }
        for (tag, at) in site.tags.iter().zip(0..) {
            self.list(&tag.url, tag.articles.len(), "tag.html", |slice| What::Tag(TagId(at), slice));
            self.feeds(&tag.url, Channel::Tag(TagId(at)));
            for old in &tag.former {
                if let Ok(url) = Url::from_decoded(&format!("tags/{old}/")) {
                    self.feeds(&url, Channel::Tag(TagId(at)));
                }
            }
        }
        for (author, at) in site.authors.iter().zip(0..).filter(|(author, _)| author.has_page) {
            let id = AuthorId(at);
            self.list(&author.url, author.articles.len(), "author.html", |slice| What::Author(id, slice));
            self.feeds(&author.url, Channel::Author(id));
        }
        for (series, at) in site.series.iter().zip(0..) {
            let id = SeriesId(at);
            // A series is read from its first part on; a new part is added at its end, so that its pages stay as they are.
            let slices = Slice::forward(series.articles.len(), site.config.pagination.size);
            self.slices(&series.url, slices, "series.html", |slice| What::Series(id, slice));
            self.feeds(&series.url, Channel::Series(id));
        }
        for (at, taxonomy) in site.taxonomies.iter().enumerate() {
            for (term, id) in taxonomy.terms.iter().zip(0..) {
                self.list(&term.url, term.articles.len(), "term.html", |slice| What::Term(at, TermId(id), slice));
            }
        }
    }

    fn dates(&mut self) {
        let days = &self.site.days;
        let mut start = 0;
        while start < days.len() {
            let date = days[start].date;
            let end = start + days[start..].iter().take_while(|day| day.date.year() == date.year()).count();
            self.add(Url::of_year(date), "year.html", What::Year(start..end));
            start = end;
        }
        let mut start = 0;
        while start < days.len() {
            let first = days[start].date.first_of_month();
            let end = start + days[start..].iter().take_while(|day| day.date.first_of_month() == first).count();
            let items = days[start..end].iter().map(|day| day.articles.len()).sum();
            self.list(&Url::of_month(first), items, "month.html", |slice| What::Month(start..end, slice));
            start = end;
        }
        for (at, day) in days.iter().enumerate() {
            self.list(&Url::of_day(day.date), day.articles.len(), "day.html", |slice| What::Day(at, slice));
        }
    }

    /// An index in alphabetical order: its own URL holds the first rows.
    fn index(&mut self, url: &Url, rows: usize, template: &'static str, index: Index) {
        self.slices(url, Slice::forward(rows, Slice::INDEX_SIZE), template, |slice| What::Index(index, slice));
    }

    fn indexes(&mut self) {
        let site = self.site;
        let top = |name: &str| Url::from_decoded(&format!("{name}/")).unwrap_or_else(|_| Url::root());
        self.add(top("archive"), "archive.html", What::Archive);
        self.index(&top("tags"), site.tags.len(), "tags.html", Index::Tags);
        let authors = site.authors.iter().filter(|author| author.has_page).count();
        self.index(&top("authors"), authors, "authors.html", Index::Authors);
        if !site.series.is_empty() {
            self.index(&top("series"), site.series.len(), "series_index.html", Index::Series);
        }
        for (at, taxonomy) in site.taxonomies.iter().enumerate() {
            self.index(&taxonomy.url, taxonomy.terms.len(), "terms.html", Index::Taxonomy(at));
        }
    }

    /// The search page, and the index behind it, group by group.
    fn search(&mut self) {
        if self.site.config.search.is_none() {
            return;
        }
        let catalogue = Catalogue::of(self.site);
        self.add(search::folder(), "search.html", What::Search);
        for group in search::groups() {
            let documents = search::part(&format!("{group}/documents.txt"));
            self.announce(documents, None, What::SearchDocuments(group));
            for shard in 0..catalogue.shards() {
                let terms = search::part(&format!("{group}/{shard}.txt"));
                self.announce(terms, None, What::SearchTerms { group, shard });
            }
            for range in catalogue.buckets(group) {
                let texts = search::part(&format!("{group}/texts-{}.json", catalogue.bucket(group, &range)));
                self.announce(texts, None, What::SearchTexts { group, range });
            }
        }
        self.announce(search::part("index.json"), None, What::SearchStatistics);
    }

    fn machines(&mut self) {
        let file = |name: &str| Url::from_decoded(name).unwrap_or_else(|_| Url::root());
        self.add(file("404.html"), "404.html", What::NotFound);
        for (at, redirect) in self.site.redirects.iter().enumerate() {
            self.add(redirect.from.clone(), "redirect.html", What::Redirect(at));
        }
        let indexable = super::machine::indexable(self.site, &self.pages);
        let parts = super::machine::sitemap_parts(&indexable, &self.site.config.base);
        if let [whole] = parts.as_slice() {
            self.announce(file("sitemap.xml"), None, What::Sitemap(whole.clone()));
        } else {
            self.announce(file("sitemap.xml"), None, What::SitemapIndex(parts.len()));
            for (part, range) in parts.into_iter().enumerate() {
                self.announce(super::machine::sitemap_part(part), None, What::Sitemap(range));
            }
        }
        let files = [
            ("robots.txt", What::Robots),
            ("llms.txt", What::Llms),
            ("_redirects", What::Redirects),
            ("_headers", What::Headers),
        ];
        for (name, what) in files {
            // A file of that name in static/ is what the site wants instead.
            if !self.site.placed.iter().any(|placed| placed.out.as_str() == name) {
                self.announce(file(name), None, what);
            }
        }
    }
}

/// Two outputs that claim one place, also by letter case or Unicode form, or a file where another needs a folder; and one
/// that claims a place of our own.
pub fn check(site: &Site, pages: &[Page]) -> Vec<Diagnostic> {
    let of_pages = pages.par_iter().map(|page| place(page.url.out_path(), Claim::Page(page)));
    let of_files = site.placed.par_iter().map(|placed| place(placed.out.clone(), Claim::File(&placed.asset.path)));
    let of_prints = site.pictures.par_iter().flat_map_iter(|picture| {
        let url = |print: Print| picture.prints.url(print.size.width, print.format);
        picture.prints.each().map(move |print| place(url(print).out_path(), Claim::File(&picture.path)))
    });
    let all: Vec<(String, OutPath, Claim)> = of_pages.chain(of_files).chain(of_prints).collect();
    let mut notes = Vec::new();
    let mut claimed: HashMap<&str, usize> = HashMap::with_capacity(all.len()); // lookup only
    for (at, (key, out, claim)) in all.iter().enumerate() {
        if key.starts_with(OWN_FILES) {
            let (what, mark) = claim.describe(site);
            let message =
                format!("{what} claims `{out}`: names that begin with `{OWN_FILES}` are kept for Byline's own files");
            let fault = Diagnostic::error(Code::Path, message).hint("give it another name");
            notes.push(mark.map_or(fault.clone(), |mark| fault.at(mark)));
            continue;
        }
        let first = *claimed.entry(key).or_insert(at);
        if first != at {
            notes.push(collision(site, out, &all[first].2, claim));
        }
    }
    // A file that stands where another needs a folder.
    let below = |(at, (key, ..)): (usize, &(String, OutPath, Claim))| {
        let ours = claimed.get(key.as_str()) == Some(&at);
        let above = key.match_indices('/').filter_map(|(end, _)| claimed.get(&key[..end]).copied());
        above.filter(|_| ours).map(|first| (at, first)).collect::<Vec<_>>()
    };
    let mut below: Vec<(usize, usize)> = all.par_iter().enumerate().flat_map_iter(below).collect();
    below.sort_by(|(a, _), (b, _)| all[*a].0.cmp(&all[*b].0));
    notes.extend(below.into_iter().map(|(at, first)| collision(site, &all[at].1, &all[first].2, &all[at].2)));
    notes
}

/// A place in the output with the key under which two paths are one, and who claims it.
fn place(out: OutPath, claim: Claim) -> (String, OutPath, Claim) {
    (out.collision_key(), out, claim)
}

/// Who claims a place in the output.
enum Claim<'a> {
    Page(&'a Page),
    File(&'a crate::model::path::SitePath),
}

impl Claim<'_> {
    /// What it is, for people, and the file that it comes from.
    fn describe(&self, site: &Site) -> (String, Option<Mark>) {
        match self {
            Claim::File(path) => (format!("the file {path}"), Some(Mark::file(path))),
            Claim::Page(page) => describe(site, &page.what),
        }
    }
}

fn describe(site: &Site, what: &What) -> (String, Option<Mark>) {
    let article = |id: ArticleId| {
        let meta = &site.article(id).meta;
        let key = if meta.url.is_some() { "url" } else { "slug" };
        (format!("the article {}", meta.path), Some(meta.mark(key)))
    };
    match what {
        What::Article(id) => article(*id),
        What::Section(id, _) => {
            let section = &site.sections[id.index()];
            let mark = section.file.as_ref().map(|file| Mark::file(&file.path));
            let first = || section.articles.first().map(|id| Mark::file(&site.article(*id).meta.path));
            (format!("the section `{}`", section.path), mark.or_else(first))
        }
        What::Tag(id, _) => (format!("the tag `{}`", site.tags[id.index()].name), None),
        What::Author(id, _) => (format!("the author `{}`", site.authors[id.index()].name), None),
        What::Redirect(at) => {
            let redirect = &site.redirects[*at];
            (format!("the former address `{}` of `{}`", redirect.from, redirect.to), Some(Mark::file(&redirect.source)))
        }
        What::Year(_) | What::Month(..) | What::Day(..) => ("a date page".to_owned(), None),
        What::Term(taxonomy, ..) => (format!("the taxonomy `{}`", site.taxonomies[*taxonomy].title), None),
        What::Index(..) | What::Archive => ("an index page".to_owned(), None),
        What::Feed(..) => ("a feed".to_owned(), None),
        _ => ("a page of the site's own".to_owned(), None),
    }
}

fn collision(site: &Site, out: &OutPath, first: &Claim, second: &Claim) -> Diagnostic {
    let (a, a_mark) = first.describe(site);
    let (b, b_mark) = second.describe(site);
    let diagnostic = Diagnostic::error(Code::Collision, format!("{a} and {b} both claim `{out}` in the output"))
        .hint("give one of them another slug, url or alias");
    match (b_mark, a_mark) {
        (Some(second), Some(first)) if first != second => diagnostic.at(second).and(first, "the other one"),
        (Some(mark), _) | (None, Some(mark)) => diagnostic.at(mark),
        (None, None) => diagnostic,
    }
}
