//! The fields of a view, each known by a short check: so that a build can say which part of a page had changed, by the names that
//! templates use. The lists here are complete, since they take the views apart: a field that is missing does not compile.

use std::hash::{DefaultHasher, Hasher};

use serde::Serialize;

use super::View;
use super::article::{ArticleView, Card};
use super::feed::{FeedPage, FeedView, SitemapView, TextView};
use super::head::SiteView;
use super::listing::{Answers, AuthorView, SectionView, TagView};
use super::search::{DocumentsView, SearchPage, StatisticsView, TermsView, TextsView};
use super::{
    ArchivePage, ArticlePage, AuthorPage, DayPage, HomeView, IndexPage, MonthPage, NotFoundPage, RedirectPage,
    SectionPage, TagPage, TermPage, YearPage,
};

/// The fields of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Their names, each with a line break after it: `page`, `article.body`, `query.latest`.
    pub names: String,
    /// A check of each value: two that differ have the same one in 65,536 cases. Digests decide what is rendered, not these.
    pub checks: Vec<u16>,
}

impl Fields {
    fn take(&mut self, prefix: &str, name: &str, bytes: &[u8]) {
        for part in [prefix, name, "\n"] {
            self.names.push_str(part);
        }
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        self.checks.push(hasher.finish() as u16);
    }
}

/// Is shown one field after the other: the name of the field that it belongs to with a dot or nothing, its own name, and the
/// compact serial form of its value.
type Visitor<'a> = dyn FnMut(&str, &str, &[u8]) + 'a;

/// Shows fields to a visitor.
struct Tour<'a> {
    visitor: &'a mut Visitor<'a>,
    bytes: Vec<u8>,
}

impl Tour<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, prefix: &str, name: &str, value: &T) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        // A view serialises without fail: its digest is made from the same form.
        bytes = postcard::to_io(value, bytes).expect("a view serialises");
        (self.visitor)(prefix, name, &bytes);
        self.bytes = bytes;
    }
}

/// Values of an author's own, in the serial form that tells their types apart.
#[derive(Serialize)]
struct Free<'a, T: Serialize>(#[serde(serialize_with = "crate::model::extra::text::serialize")] &'a T);

/// Takes a value apart and adds its fields, all of them by name.
macro_rules! take {
    ($tour:ident, $prefix:literal, $value:expr => $type:ident { $($name:ident),* }
     $(free { $($free:ident),* })? $(with { $($apart:ident: $adds:ident),* })?) => {{
        let $type { $($name,)* $($($free,)*)? $($($apart,)*)? } = $value;
        $( $tour.add($prefix, stringify!($name), $name); )*
        $( $( $tour.add($prefix, stringify!($free), &Free($free)); )* )?
        $( $( $adds($tour, $apart); )* )?
    }};
}

impl View {
    /// The fields of the view; those of `article`, `section`, `tag`, `author`, `feed` and `query` one by one.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        self.visit(&mut |prefix, name, bytes| fields.take(prefix, name, bytes));
        fields
    }

    /// Shows the fields to a visitor, one after the other.
    pub fn visit<'a>(&self, visitor: &'a mut Visitor<'a>) {
        let to = &mut Tour { visitor, bytes: Vec::new() };
        match self {
            Self::Home(view) => {
                take!(to, "", &**view => HomeView { site, strings, page, lead, articles, body, sections, pager }
                with { query: add_answers })
            }
            Self::Article(view) => take!(to, "", &**view => ArticlePage { site, strings, page, older, newer, related }
                with { article: add_article, query: add_answers }),
            Self::Section(view) => take!(to, "", &**view => SectionPage { site, strings, page, articles, pager }
                with { section: add_section, query: add_answers }),
            Self::Tag(view) => take!(to, "", &**view => TagPage { site, strings, page, articles, pager }
                with { tag: add_tag, query: add_answers }),
            Self::Author(view) => take!(to, "", &**view => AuthorPage { site, strings, page, articles, pager }
                with { author: add_author, query: add_answers }),
            Self::Index(view) => {
                take!(to, "", &**view => IndexPage { site, strings, page, groups, pager } with { query: add_answers })
            }
            Self::Term(view) => take!(to, "", &**view => TermPage { site, strings, page, index, term, articles, pager }
                with { query: add_answers }),
            Self::Archive(view) => {
                take!(to, "", &**view => ArchivePage { site, strings, page, years, calendar, series, taxonomies }
                with { query: add_answers })
            }
            Self::Year(view) => {
                take!(to, "", &**view => YearPage { site, strings, page, year, months, calendar, previous, next }
                with { query: add_answers })
            }
            Self::Month(view) => {
                take!(to, "", &**view => MonthPage { site, strings, page, name, year, days, pager, previous, next }
                with { query: add_answers })
            }
            Self::Day(view) => {
                take!(to, "", &**view => DayPage { site, strings, page, date, month, articles, pager, previous, next }
                with { query: add_answers })
            }
            Self::NotFound(view) => {
                take!(to, "", &**view => NotFoundPage { site, strings, page } with { query: add_answers })
            }
            Self::Redirect(view) => add_redirect(to, view),
            Self::Feed(view) | Self::JsonFeed(view) => {
                take!(to, "", &**view => FeedPage { strings, entries } with { feed: add_feed })
            }
            Self::Sitemap(view) => take!(to, "", view => SitemapView { urls, index }),
            Self::Text(view) => take!(to, "", view => TextView { text }),
            Self::Search(view) => {
                take!(to, "", &**view => SearchPage { site, strings, page, index, script, sections, authors, tags, years, series }
                with { query: add_answers })
            }
            Self::SearchStatistics(view) => {
                take!(to, "", view => StatisticsView { articles, groups, shards, buckets, recency })
            }
            Self::SearchDocuments(view) => take!(to, "", view => DocumentsView { documents }),
            Self::SearchTerms(view) => take!(to, "", view => TermsView { terms }),
            Self::SearchTexts(view) => take!(to, "", view => TextsView { articles }),
        }
    }
}

impl SiteView {
    /// The fields of what every page sees of the site.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        let visitor: &mut Visitor = &mut |prefix, name, bytes| fields.take(prefix, name, bytes);
        let to = &mut Tour { visitor, bytes: Vec::new() };
        take!(to, "site.", self => SiteView {
            title, base_url, home, archive, tags, authors, search, language, direction, menus, assets
        } free { theme_options, extra });
        fields
    }
}

fn add_redirect(tour: &mut Tour, view: &RedirectPage) {
    take!(tour, "", view => RedirectPage { site, strings, page, to, to_absolute });
}

fn add_article(tour: &mut Tour, view: &ArticleView) {
    take!(tour, "article.", view => ArticleView { body, words, toc, dateline, profiles, corrections, source, series }
        free { data } with { card: add_card });
}

fn add_card(tour: &mut Tour, card: &Card) {
    take!(tour, "article.card.", card => Card {
        title, url, permalink, standfirst, summary, published, updated, authors, tags, section, image, language
    } free { extra });
}

fn add_section(tour: &mut Tour, view: &SectionView) {
    take!(tour, "section.", view => SectionView { name, url, description, body, parents, sections } free { data, extra });
}

fn add_tag(tour: &mut Tour, view: &TagView) {
    take!(tour, "tag.", view => TagView { name, url, description, broader, narrower, neighbours });
}

fn add_author(tour: &mut Tour, view: &AuthorView) {
    take!(tour, "author.", view => AuthorView { name, url, names, roles, bio, image, email, website, links, former });
}

fn add_feed(tour: &mut Tour, view: &FeedView) {
    take!(tour, "feed.", view => FeedView { title, description, url, home, language, updated, updated_rfc2822 });
}

fn add_answers(tour: &mut Tour, answers: &Answers) {
    for (name, answer) in answers {
        tour.add("query.", name, answer);
    }
}
