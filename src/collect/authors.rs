//! Authors: the names on articles, matched with the people of authors.yaml.

use std::collections::{BTreeMap, HashMap};

use super::Routed;
use crate::model::code::Code;
use crate::model::collation;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::{Slug, SlugStyle, Url};
use crate::model::person::Person;
use crate::model::site::{ArticleId, Author, AuthorId, Role};
use crate::model::suggest;

/// The authors, and those of each article.
pub(super) struct Cast {
    pub authors: Vec<Author>,
    pub of_article: Vec<Vec<(AuthorId, Option<String>)>>,
}

/// The people of authors.yaml by every name that articles may use: id, name and aliases, in any case.
pub(super) struct Names<'a> {
    people: &'a [Person],
    by_name: BTreeMap<String, &'a Person>,
}

impl<'a> Names<'a> {
    pub fn new(people: &'a [Person]) -> Self {
        let mut by_name: BTreeMap<String, &Person> = BTreeMap::new();
        for person in people {
            for name in [&person.id, &person.name].into_iter().chain(&person.aliases) {
                by_name.entry(name.to_lowercase()).or_insert(person);
            }
        }
        Self { people, by_name }
    }

    fn person(&self, name: &str) -> Option<&'a Person> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The slug of an author's page: the person's id, or made of the name.
    pub fn slug(&self, name: &str, style: SlugStyle) -> Option<Slug> {
        Slug::whole(self.person(name).map_or(name, |person| person.id.as_str()), style)
    }
}

/// Who a name on articles stands for: names recur, and each is looked up once.
#[derive(Clone, Copy)]
struct Known<'a> {
    person: Option<&'a Person>,
    /// The author's place among the drafts; `None` where nothing of the name makes an address.
    place: Option<usize>,
}

/// Authors in the making.
struct Drafts<'a> {
    people: &'a Names<'a>,
    style: SlugStyle,
    all: Vec<(Slug, Author)>,
    by_slug: HashMap<Slug, usize>,        // lookup only
    by_name: HashMap<&'a str, Known<'a>>, // lookup only
}

impl<'a> Drafts<'a> {
    fn new(people: &'a Names<'a>, style: SlugStyle) -> Self {
        let by_slug = HashMap::new(); // lookup only
        let by_name = HashMap::new(); // lookup only
        Self { people, style, all: Vec::new(), by_slug, by_name }
    }

    fn known(&mut self, name: &'a str) -> Known<'a> {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let person = self.people.person(name);
        let place = self.people.slug(name, self.style).and_then(|slug| self.place(slug, name, person));
        let known = Known { person, place };
        self.by_name.insert(name, known);
        known
    }

    fn place(&mut self, slug: Slug, name: &str, person: Option<&Person>) -> Option<usize> {
        if let Some(known) = self.by_slug.get(&slug) {
            return Some(*known);
        }
        let author = Author {
            name: person.map_or_else(|| name.to_owned(), |person| person.name.clone()),
            url: Url::from_decoded(&format!("authors/{slug}/")).ok()?,
            has_page: false,
            portrait: None,
            person: person.cloned(),
            roles: Vec::new(),
            articles: Vec::new(),
        };
        self.by_slug.insert(slug.clone(), self.all.len());
        self.all.push((slug, author));
        Some(self.all.len() - 1)
    }

    fn credit(&mut self, place: usize, article: &Routed, at: u32, role: Option<&String>) {
        let author = &mut self.all[place].1;
        if article.role == Role::Listed {
            author.articles.push(ArticleId(at));
        }
        if article.role != Role::Unlisted {
            author.has_page = true;
            author.roles.extend(role.cloned());
        }
    }
}

/// Matches names with people. Names that make the same slug are one author, spelt as authors.yaml has it, else as the oldest
/// article.
pub(super) fn build(routed: &[Routed], people: &Names, config: &Config, notes: &mut Vec<Diagnostic>) -> Cast {
    let known = people.people.iter().flat_map(|person| [person.id.as_str(), person.name.as_str()]);
    let known: Vec<&str> = known.collect();
    let mut drafts = Drafts::new(people, config.slugs);
    let mut credits: Vec<Vec<(usize, Option<String>)>> = Vec::with_capacity(routed.len());
    for (article, at) in routed.iter().zip(0..) {
        let mut own: Vec<(usize, Option<String>)> = Vec::with_capacity(article.meta.authors.len());
        for credit in &article.meta.authors {
            let Known { person, place } = drafts.known(&credit.name);
            if person.is_none() && config.strict_authors {
                notes.push(unlisted(&credit.name, &known, article.meta.mark("authors")));
            }
            match place {
                None => notes.push(without_slug(&credit.name, article)),
                Some(place) if own.iter().any(|(known, _)| *known == place) => {}
                Some(place) => {
                    own.push((place, credit.role.clone()));
                    drafts.credit(place, article, at, credit.role.as_ref());
                }
            }
        }
        credits.push(own);
    }
    arrange(drafts.all, credits)
}

fn without_slug(name: &str, article: &Routed) -> Diagnostic {
    Diagnostic::error(Code::Slug, format!("the author's name `{name}` leaves nothing to make an address of"))
        .at(article.meta.mark("authors"))
        .hint("list the author in content/authors.yaml under an id of letters")
}

/// Sorts authors by name and gives out ids.
fn arrange(drafts: Vec<(Slug, Author)>, credits: Vec<Vec<(usize, Option<String>)>>) -> Cast {
    let mut order: Vec<(usize, (Slug, Author))> = drafts.into_iter().enumerate().collect();
    order.sort_by_cached_key(|(_, (slug, author))| (collation::key(&author.name), slug.clone()));
    let mut ids: Vec<AuthorId> = vec![AuthorId(0); order.len()];
    for ((place, _), id) in order.iter().zip(0..) {
        ids[*place] = AuthorId(id);
    }
    let authors = order
        .into_iter()
        .map(|(_, (_, mut author))| {
            author.roles.sort();
            author.roles.dedup();
            if let Some(person) = &author.person {
                author.roles.retain(|role| person.role.as_ref() != Some(role));
            }
            author
        })
        .collect();
    let of_article =
        credits.into_iter().map(|own| own.into_iter().map(|(place, role)| (ids[place], role)).collect()).collect();
    Cast { authors, of_article }
}

fn unlisted(name: &str, known: &[&str], mark: Mark) -> Diagnostic {
    let near = suggest::nearest(name, known.iter().copied());
    Diagnostic::error(Code::Author, format!("the author `{name}` is not listed in content/authors.yaml")).at(mark).hint(
        near.map_or_else(|| "add an entry, or correct the name".to_owned(), |near| format!("did you mean `{near}`?")),
    )
}
