//! The views of lists: the front page, sections, tags, authors, series, terms, and the alphabetical indexes.

use super::fill::Place;
use super::{Desk, detail, head, structured};
use crate::model::collation;
use crate::model::page::{Channel, Index, Page, Slice};
use crate::model::path::Url;
use crate::model::shared::Shared;
use crate::model::site::{ArticleId, AuthorId, SectionId, SeriesId, Site, TagId, TermId};
use crate::model::view::article::DateView;
use crate::model::view::body::BodyView;
use crate::model::view::head::LinkView;
use crate::model::view::listing::{AuthorView, LetterGroup, SectionView, TagView, TermRow};
use crate::model::view::{AuthorPage, HomeView, IndexPage, SectionPage, TagPage, TermPage};

/// The front page and its further pages. The lead is the newest featured article of the front page, or else its newest.
pub(super) fn home(desk: &Desk, page: &Page, slice: Slice) -> HomeView {
    let site = desk.site;
    let first = slice.number.is_none();
    let mut list: Vec<ArticleId> = site.dated[slice.start..slice.end].to_vec();
    let lead = first.then(|| take_lead(site, &mut list)).flatten();
    let mut head = head::of(desk, page, "home", site.config.title.clone(), slice.number);
    head.description = site.config.description.clone();
    if first {
        head.json_ld = Some(structured::site(desk));
        head.image = lead.and_then(|id| site.article(id).card.image.as_ref()).map(|image| image.absolute.clone());
    }
    let body = site.home.as_ref().filter(|_| first);
    let top = site.sections.iter().filter(|section| first && section.parents.is_empty());
    HomeView {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        lead: lead.map(|id| desk.card(id)),
        articles: desk.cards(&list),
        body: body.map_or_else(BodyView::default, |file| {
            desk.body(&file.body, &site.home_targets, &Url::root(), Place::Page, desk.strings())
        }),
        sections: top.map(|section| desk.link(&section.title, &section.url)).collect(),
        pager: desk.pager(&Url::root(), slice),
        query: desk.answers("home", slice.number),
    }
}

fn take_lead(site: &Site, list: &mut Vec<ArticleId>) -> Option<ArticleId> {
    let featured = list.iter().rposition(|id| site.article(*id).meta.featured);
    let at = featured.or_else(|| list.len().checked_sub(1))?;
    Some(list.remove(at))
}

/// A section.
pub(super) fn section(desk: &Desk, page: &Page, id: SectionId, slice: Slice) -> SectionPage {
    let site = desk.site;
    let section = &site.sections[id.index()];
    let first = slice.number.is_none();
    let file = section.file.as_ref();
    let mut head = head::of(desk, page, "section", section.title.clone(), slice.number);
    head.description = file.and_then(|file| file.description.clone()).unwrap_or_default();
    head.feeds = Shared::new(head::feeds(desk.site, &section.url, Channel::Section(id)));
    let links = |ids: &[SectionId]| -> Vec<LinkView> {
        ids.iter().map(|id| &site.sections[id.index()]).map(|section| desk.link(&section.title, &section.url)).collect()
    };
    let view = SectionView {
        name: section.title.clone(),
        url: desk.href(&section.url),
        description: head.description.clone(),
        body: file.filter(|_| first).map_or_else(BodyView::default, |file| {
            desk.body(&file.body, &section.targets, &section.url, Place::Page, desk.strings())
        }),
        parents: links(&section.parents),
        sections: if first { links(&section.children) } else { Vec::new() },
        data: super::article::data(desk, file.and_then(|file| file.data.as_ref())),
        extra: file.map(|file| file.extra.clone()).unwrap_or_default(),
    };
    SectionPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        section: view,
        articles: desk.cards(&section.articles[slice.start..slice.end]),
        pager: desk.pager(&section.url, slice),
        query: desk.answers("section", slice.number),
    }
}

/// A tag.
pub(super) fn tag(desk: &Desk, page: &Page, id: TagId, slice: Slice) -> TagPage {
    let site = desk.site;
    let tag = &site.tags[id.index()];
    let first = slice.number.is_none();
    let mut head = head::of(desk, page, "tag", tag.name.clone(), slice.number);
    head.description =
        tag.description.clone().unwrap_or_else(|| desk.strings().fill("tag_about", &[("tag", &tag.name)]));
    head.feeds = Shared::new(head::feeds(desk.site, &tag.url, Channel::Tag(id)));
    let links = |ids: &[TagId]| -> Vec<LinkView> {
        let shown = ids.iter().filter(|_| first).map(|id| &site.tags[id.index()]);
        shown.map(|tag| desk.link(&tag.name, &tag.url)).collect()
    };
    let view = TagView {
        name: tag.name.clone(),
        url: desk.href(&tag.url),
        description: tag.description.clone(),
        broader: links(&tag.broader),
        narrower: links(&tag.narrower),
        neighbours: links(&tag.neighbours),
    };
    TagPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        tag: view,
        articles: desk.cards(&tag.articles[slice.start..slice.end]),
        pager: desk.pager(&tag.url, slice),
        query: desk.answers("tag", slice.number),
    }
}

/// An author.
pub(super) fn author(desk: &Desk, page: &Page, id: AuthorId, slice: Slice) -> AuthorPage {
    let site = desk.site;
    let author = &site.authors[id.index()];
    let first = slice.number.is_none();
    let person = author.person.as_ref();
    let mut head = head::of(desk, page, "author", author.name.clone(), slice.number);
    let role = person.and_then(|person| person.role.clone());
    head.description = match &role {
        None => desk.strings().fill("author_about", &[("author", &author.name)]),
        Some(role) => desk.strings().fill("author_role", &[("author", &author.name), ("role", role)]),
    };
    head.feeds = Shared::new(head::feeds(desk.site, &author.url, Channel::Author(id)));
    let portrait = detail::portrait(site, author);
    let bio = person.and_then(|person| person.bio.as_deref()).filter(|_| first).unwrap_or("");
    let links = person.into_iter().flat_map(|person| &person.links);
    let view = AuthorView {
        name: author.name.clone(),
        url: desk.href(&author.url),
        names: person.filter(|_| first).map(|person| person.aliases.clone()).unwrap_or_default(),
        roles: if first { role.into_iter().chain(author.roles.clone()).collect() } else { Vec::new() },
        bio: bio.split("\n\n").map(|paragraph| paragraph.trim().to_owned()).filter(|text| !text.is_empty()).collect(),
        image: portrait.as_ref().map(|portrait| portrait.src.clone()),
        portrait,
        email: person.and_then(|person| person.email.clone()),
        website: person.and_then(|person| person.url.clone()),
        links: links.map(|link| LinkView { name: link.name.clone(), url: link.url.clone() }).collect(),
        former: person.is_some_and(|person| person.former),
    };
    AuthorPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        author: view,
        articles: desk.cards(&author.articles[slice.start..slice.end]),
        pager: desk.pager(&author.url, slice),
        query: desk.answers("author", slice.number),
    }
}

/// A series, in the order of its parts.
pub(super) fn series(desk: &Desk, page: &Page, id: SeriesId, slice: Slice) -> TermPage {
    let series = &desk.site.series[id.index()];
    let mut head = head::of(desk, page, "series", series.name.clone(), slice.number);
    head.description = desk.strings().fill("series_about", &[("series", &series.name)]);
    head.feeds = Shared::new(head::feeds(desk.site, &series.url, Channel::Series(id)));
    TermPage {
        site: desk.site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        index: LinkView {
            name: desk.strings().text("series").to_owned(),
            url: desk.href(&index_url(desk.site, Index::Series)),
        },
        term: desk.link(&series.name, &series.url),
        articles: series.articles[slice.start..slice.end].iter().map(|id| desk.card(*id)).collect(),
        pager: desk.pager(&series.url, slice),
        query: desk.answers("series", slice.number),
    }
}

/// A term of a taxonomy of the site's own.
pub(super) fn term(desk: &Desk, page: &Page, taxonomy: usize, id: TermId, slice: Slice) -> TermPage {
    let index = &desk.site.taxonomies[taxonomy];
    let term = &index.terms[id.index()];
    let mut head = head::of(desk, page, "term", term.name.clone(), slice.number);
    head.description = desk.strings().fill("term_about", &[("taxonomy", &index.title), ("term", &term.name)]);
    TermPage {
        site: desk.site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        index: desk.link(&index.title, &index.url),
        term: desk.link(&term.name, &term.url),
        articles: desk.cards(&term.articles[slice.start..slice.end]),
        pager: desk.pager(&term.url, slice),
        query: desk.answers("term", slice.number),
    }
}

/// The address of an index.
fn index_url(site: &Site, index: Index) -> Url {
    let top = |name| Url::from_decoded(name).unwrap_or_else(|_| Url::root());
    match index {
        Index::Tags => top("tags/"),
        Index::Authors => top("authors/"),
        Index::Series => top("series/"),
        Index::Taxonomy(at) => site.taxonomies[at].url.clone(),
    }
}

/// An index in alphabetical order.
pub(super) fn index(desk: &Desk, page: &Page, index: Index, slice: Slice) -> IndexPage {
    let site = desk.site;
    let run = slice.start..slice.end;
    let (kind, title, rows): (_, _, Vec<TermRow>) = match index {
        Index::Tags => {
            let tags = site.tags[run].iter();
            (
                "tags",
                desk.strings().text("tags"),
                tags.map(|tag| row(desk, &tag.name, &tag.url, &tag.articles)).collect(),
            )
        }
        Index::Authors => {
            let authors = site.authors.iter().filter(|author| author.has_page).skip(run.start).take(run.len());
            (
                "authors",
                desk.strings().text("authors"),
                authors.map(|one| row(desk, &one.name, &one.url, &one.articles)).collect(),
            )
        }
        Index::Series => {
            let series = site.series[run].iter();
            (
                "series_index",
                desk.strings().text("series"),
                series.map(|one| row(desk, &one.name, &one.url, &one.articles)).collect(),
            )
        }
        Index::Taxonomy(at) => {
            let terms = site.taxonomies[at].terms[run].iter();
            let rows = terms.map(|term| row(desk, &term.name, &term.url, &term.articles)).collect();
            ("terms", site.taxonomies[at].title.as_str(), rows)
        }
    };
    let mut head = head::of(desk, page, kind, title.to_owned(), slice.number);
    head.description = desk.strings().fill("index_about", &[("index", title), ("site", &site.config.title)]);
    IndexPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        groups: by_letter(rows),
        pager: desk.pager(&index_url(site, index), slice),
        query: desk.answers(kind, slice.number),
    }
}

/// A row of an index: its name, and the span of its articles.
pub(super) fn row(desk: &Desk, name: &str, url: &Url, articles: &[ArticleId]) -> TermRow {
    let dates = articles.iter().filter_map(|id| desk.dates[id.index()]);
    let view = |date| DateView::of(date, None);
    TermRow {
        name: name.to_owned(),
        url: desk.href(url),
        count: articles.len(),
        first: dates.clone().min().map(view),
        last: dates.max().map(view),
    }
}

fn by_letter(rows: Vec<TermRow>) -> Vec<LetterGroup> {
    let mut groups: Vec<LetterGroup> = Vec::new();
    for row in rows {
        let letter = collation::letter(&row.name);
        match groups.last_mut() {
            Some(group) if group.letter == letter => group.rows.push(row),
            _ => groups.push(LetterGroup { letter, rows: vec![row] }),
        }
    }
    groups
}
