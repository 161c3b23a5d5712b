//! Authors: the names on articles, matched with the people of authors.yaml.

use std::collections::BTreeMap;

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

/// Matches names with people. Names that make the same slug are one author, spelt as authors.yaml has it, else as the oldest
/// article.
pub(super) fn build(routed: &[Routed], people: &Names, config: &Config, notes: &mut Vec<Diagnostic>) -> Cast {
    let known = people.people.iter().flat_map(|person| [person.id.as_str(), person.name.as_str()]);
    let known: Vec<&str> = known.collect();
    let mut drafts: BTreeMap<String, Author> = BTreeMap::new();
    let mut names: Vec<Vec<(String, Option<String>)>> = Vec::with_capacity(routed.len());
    for (at, article) in routed.iter().enumerate() {
        let mut own: Vec<(String, Option<String>)> = Vec::new();
        for credit in &article.meta.authors {
            let person = people.person(&credit.name);
            if person.is_none() && config.strict_authors {
                notes.push(unlisted(&credit.name, &known, article.meta.mark("authors")));
            }
            let Some(slug) = people.slug(&credit.name, config.slugs) else {
                let message = format!("the author's name `{}` leaves nothing to make an address of", credit.name);
                notes.push(
                    Diagnostic::error(Code::Slug, message)
                        .at(article.meta.mark("authors"))
                        .hint("list the author in content/authors.yaml under an id of letters"),
                );
                continue;
            };
            if own.iter().any(|(known, _)| known == slug.as_str()) {
                continue;
            }
            own.push((slug.to_string(), credit.role.clone()));
            if let Ok(url) = Url::from_decoded(&format!("authors/{slug}/")) {
                let author = drafts.entry(slug.to_string()).or_insert_with(|| Author {
                    name: person.map_or_else(|| credit.name.clone(), |person| person.name.clone()),
                    url,
                    has_page: false,
                    image: None,
                    person: person.cloned(),
                    roles: Vec::new(),
                    articles: Vec::new(),
                });
                if article.role == Role::Listed {
                    author.articles.push(ArticleId(at as u32));
                }
                if article.role != Role::Unlisted {
                    author.has_page = true;
                    author.roles.extend(credit.role.clone());
                }
            }
        }
        names.push(own);
    }
    arrange(drafts, names)
}

/// Sorts authors by name and gives out ids.
fn arrange(drafts: BTreeMap<String, Author>, names: Vec<Vec<(String, Option<String>)>>) -> Cast {
    let mut order: Vec<(String, Author)> = drafts.into_iter().collect();
    order.sort_by_cached_key(|(slug, author)| (collation::key(&author.name), slug.clone()));
    let ids: BTreeMap<String, AuthorId> =
        order.iter().zip(0..).map(|((slug, _), at)| (slug.clone(), AuthorId(at))).collect();
    let authors = order
        .into_iter()
        .map(|(_, mut author)| {
            author.roles.sort();
            author.roles.dedup();
            if let Some(person) = &author.person {
                author.roles.retain(|role| person.role.as_ref() != Some(role));
            }
            author
        })
        .collect();
    let of_article = names
        .into_iter()
        .map(|own| own.into_iter().filter_map(|(slug, role)| ids.get(&slug).map(|id| (*id, role))).collect())
        .collect();
    Cast { authors, of_article }
}

fn unlisted(name: &str, known: &[&str], mark: Mark) -> Diagnostic {
    let near = suggest::nearest(name, known.iter().copied());
    Diagnostic::error(Code::Author, format!("the author `{name}` is not listed in content/authors.yaml")).at(mark).hint(
        near.map_or_else(|| "add an entry, or correct the name".to_owned(), |near| format!("did you mean `{near}`?")),
    )
}
