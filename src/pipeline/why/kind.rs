//! What pages are: in the words of templates, and in those of people.

use crate::model::page::{Index, What};
use crate::model::site::{ArticleId, Role, Site};
use crate::model::view::View;

/// What a page is.
pub fn describe(what: &What) -> &'static str {
    match what {
        What::Home(_) => "the front page",
        What::Article(_) => "an article",
        What::Section(..) => "a section",
        What::Tag(..) => "a tag",
        What::Author(..) => "an author",
        What::Series(..) => "a series",
        What::Term(..) => "a term of a taxonomy",
        What::Index(..) => "an index",
        What::Archive => "the archive",
        What::Year(_) => "a year",
        What::Month(..) => "a month",
        What::Day(..) => "a day",
        What::NotFound => "the page for what is not there",
        What::Redirect(_) => "a redirect",
        What::Feed(..) => "a feed",
        What::Sitemap(_) | What::SitemapIndex(_) => "the sitemap",
        What::Search => "the search page",
        What::SearchStatistics | What::SearchDocuments(_) | What::SearchTerms { .. } | What::SearchTexts { .. } => {
            "a part of the search index"
        }
        What::Robots | What::Llms | What::Redirects | What::Headers => "a file for machines",
    }
}

/// The article that a page is of.
pub fn article_of(what: &What) -> Option<ArticleId> {
    if let What::Article(id) = what { Some(*id) } else { None }
}

/// A page's kind, as its view has it; what it is, where it has none.
pub fn kind(site: &Site, view: &View, what: &What) -> String {
    let page = match view {
        View::Home(view) => &view.page,
        View::Article(_) => {
            let standing = article_of(what).is_some_and(|id| site.article(id).role == Role::Standing);
            return if standing { "page" } else { "article" }.to_owned();
        }
        View::Section(view) => &view.page,
        View::Tag(view) => &view.page,
        View::Author(view) => &view.page,
        View::Index(view) => &view.page,
        View::Term(view) => &view.page,
        View::Archive(view) => &view.page,
        View::Year(view) => &view.page,
        View::Month(view) => &view.page,
        View::Day(view) => &view.page,
        View::NotFound(view) => &view.page,
        View::Redirect(view) => &view.page,
        View::Feed(_) | View::JsonFeed(_) => return "feed".to_owned(),
        View::Search(view) => &view.page,
        View::Sitemap(_)
        | View::Text(_)
        | View::SearchStatistics(_)
        | View::SearchDocuments(_)
        | View::SearchTerms(_)
        | View::SearchTexts(_) => return describe(what).to_owned(),
    };
    page.kind.clone()
}

/// A page's kind, as its view would have it, without a view.
pub fn kind_name(site: &Site, what: &What) -> &'static str {
    match what {
        What::Home(_) => "home",
        What::Article(id) if site.article(*id).role == Role::Standing => "page",
        What::Article(_) => "article",
        What::Section(..) => "section",
        What::Tag(..) => "tag",
        What::Author(..) => "author",
        What::Series(..) => "series",
        What::Term(..) => "term",
        What::Index(Index::Tags, _) => "tags",
        What::Index(Index::Authors, _) => "authors",
        What::Index(Index::Series, _) => "series_index",
        What::Index(Index::Taxonomy(_), _) => "terms",
        What::Archive => "archive",
        What::Year(_) => "year",
        What::Month(..) => "month",
        What::Day(..) => "day",
        What::NotFound => "404",
        What::Redirect(_) => "redirect",
        What::Search => "search",
        What::Feed(..) => "feed",
        What::Sitemap(_) | What::SitemapIndex(_) => "file",
        What::Robots | What::Llms | What::Redirects | What::Headers => "file",
        What::SearchStatistics | What::SearchDocuments(_) | What::SearchTerms { .. } | What::SearchTexts { .. } => {
            "file"
        }
    }
}

/// How many articles a view lists.
pub fn listed(view: &View) -> usize {
    match view {
        View::Home(view) => view.articles.len() + usize::from(view.lead.is_some()),
        View::Section(view) => view.articles.len(),
        View::Tag(view) => view.articles.len(),
        View::Author(view) => view.articles.len(),
        View::Term(view) => view.articles.len(),
        View::Day(view) => view.articles.len(),
        View::Month(view) => view.days.iter().map(|day| day.articles.len()).sum(),
        View::Feed(view) | View::JsonFeed(view) => view.entries.len(),
        _ => 0,
    }
}
