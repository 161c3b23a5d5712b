//! What templates see: one closed value for each page. A view holds everything that its template may know, so that a page
//! whose view did not change need not be rendered again. The manual's page on views is checked against these files.

pub mod article;
pub mod body;
pub mod feed;
pub mod fields;
pub mod head;
pub mod listing;
pub mod picture;
pub mod search;
pub mod shape;

use serde::Serialize;

use article::{ArticleView, Card, DateView, Mention};
use body::BodyView;
use feed::{FeedPage, SitemapView, TextView};
use head::{LinkView, PageView, PagerView, SiteView};
use listing::{Answers, AuthorView, CalendarYear, DayGroup, LetterGroup, PeriodRow, SectionView, TagView};
use search::{DocumentsView, SearchPage, StatisticsView, TermsView, TextsView};

use super::shared::{Deferred, Shared};
use super::strings::Strings;

/// `home.html`: the front page and its further pages.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The article that leads the front page; `null` on further pages.
    pub lead: Option<Shared<Card>>,
    /// The other articles of this page, newest first.
    pub articles: Vec<Shared<Card>>,
    /// The body of `content/_index.md`: HTML, perhaps empty; empty on further pages.
    pub body: BodyView,
    /// The top sections; empty on further pages.
    pub sections: Vec<LinkView>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `article.html` and `page.html`: an article; a standing page.
#[derive(Clone, Debug, Serialize)]
pub struct ArticlePage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: Deferred<PageView>,
    /// The article.
    pub article: ArticleView,
    /// The next older article of its section, or `null`.
    pub older: Option<Deferred<Mention>>,
    /// The next newer article of its section, or `null`.
    pub newer: Option<Deferred<Mention>>,
    /// Up to five related articles, all of them older or cross-referenced.
    pub related: Vec<Deferred<Mention>>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `section.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SectionPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The section.
    pub section: SectionView,
    /// The articles of this page.
    pub articles: Vec<Shared<Card>>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `tag.html`.
#[derive(Clone, Debug, Serialize)]
pub struct TagPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The tag.
    pub tag: TagView,
    /// The articles of this page.
    pub articles: Vec<Shared<Card>>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `author.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The author.
    pub author: AuthorView,
    /// The articles of this page.
    pub articles: Vec<Shared<Card>>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `tags.html`, `authors.html`, `series_index.html`, `terms.html`: an index in alphabetical order.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The rows of this page by letter.
    pub groups: Vec<LetterGroup>,
    /// Where the index goes on: `newer` leads back, `older` leads on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `series.html` and `term.html`: a series in the order of its parts; a term of a taxonomy of the site's own.
#[derive(Clone, Debug, Serialize)]
pub struct TermPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The index that it belongs to.
    pub index: LinkView,
    /// Its name and the link to it.
    pub term: LinkView,
    /// The articles of this page.
    pub articles: Vec<Shared<Card>>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `archive.html`: all years.
#[derive(Clone, Debug, Serialize)]
pub struct ArchivePage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The years that have articles, newest first.
    pub years: Vec<PeriodRow>,
    /// The newest of these years day by day, or `null` where there is none.
    pub calendar: Option<CalendarYear>,
    /// The link to the index of series, or `null` where there are none.
    pub series: Option<LinkView>,
    /// The indexes of the site's own taxonomies.
    pub taxonomies: Vec<LinkView>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `year.html`: the months of a year.
#[derive(Clone, Debug, Serialize)]
pub struct YearPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The year.
    pub year: i16,
    /// The months that have articles, newest first.
    pub months: Vec<PeriodRow>,
    /// The year day by day.
    pub calendar: CalendarYear,
    /// The year before it that has articles, or `null`.
    pub previous: Option<LinkView>,
    /// The year after it that has articles, or `null`.
    pub next: Option<LinkView>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `month.html`: cards by day.
#[derive(Clone, Debug, Serialize)]
pub struct MonthPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The month and its year: `October 2017`.
    pub name: String,
    /// The link to its year.
    pub year: LinkView,
    /// The days of this page, newest first.
    pub days: Vec<DayGroup>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// The month before it that has articles, or `null`; `null` on further pages.
    pub previous: Option<LinkView>,
    /// The month after it that has articles, or `null`; `null` on further pages.
    pub next: Option<LinkView>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `day.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DayPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// The day.
    pub date: DateView,
    /// The link to its month: `October 2017`.
    pub month: LinkView,
    /// The articles of this page, newest first.
    pub articles: Vec<Shared<Card>>,
    /// Where the list goes on.
    pub pager: PagerView,
    /// The day before it that has articles, or `null`; `null` on further pages.
    pub previous: Option<LinkView>,
    /// The day after it that has articles, or `null`; `null` on further pages.
    pub next: Option<LinkView>,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `404.html`: what a host shows in place of a page that is not there.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// Answers to the theme's queries.
    pub query: Shared<Answers>,
}

/// `redirect.html`: what stands at a former address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    /// The site.
    pub site: Shared<SiteView>,
    /// What the page says in its language.
    pub strings: Shared<Strings>,
    /// The page.
    pub page: PageView,
    /// Where it leads: a link with base path.
    pub to: String,
    /// Where it leads: an absolute address.
    pub to_absolute: String,
}

/// Any view.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // Each is the view of its name.
pub enum View {
    Home(Box<HomeView>),
    Article(Box<ArticlePage>),
    Section(Box<SectionPage>),
    Tag(Box<TagPage>),
    Author(Box<AuthorPage>),
    Index(Box<IndexPage>),
    Term(Box<TermPage>),
    Archive(Box<ArchivePage>),
    Year(Box<YearPage>),
    Month(Box<MonthPage>),
    Day(Box<DayPage>),
    NotFound(Box<NotFoundPage>),
    Redirect(Box<RedirectPage>),
    Feed(Box<FeedPage>),
    JsonFeed(Box<FeedPage>),
    Sitemap(SitemapView),
    Text(TextView),
    Search(Box<SearchPage>),
    SearchStatistics(StatisticsView),
    SearchDocuments(DocumentsView),
    SearchTerms(TermsView),
    SearchTexts(TextsView),
}
