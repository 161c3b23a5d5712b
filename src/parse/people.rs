//! `content/authors.yaml` to people.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::config::document;
use super::fields::Fields;
use super::node::{Entry, Kind, Node};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::escape::is_xml;
use crate::model::path::Slug;
use crate::model::person::{Person, PersonLink};
use crate::model::source::Source;

/// The most that authors.yaml may have, in bytes.
const LIMIT: usize = 4 * 1024 * 1024;

const KEYS: &[&str] = &["name", "aliases", "role", "bio", "image", "email", "url", "links", "former"];

/// Reads authors.yaml: the people in the order in which they stand, those in error left out.
pub fn parse(source: &Source) -> Noted<Vec<Person>> {
    let mut fields = Fields::new(&source.path, Code::People);
    let entries = document(source, LIMIT, &mut fields);
    let people: Vec<Person> = entries.into_iter().filter_map(|entry| person(&mut fields, &entry)).collect();
    clashes(&people, &mut fields);
    Noted { value: people, diagnostics: fields.notes }
}

fn person(fields: &mut Fields<'_>, entry: &Entry) -> Option<Person> {
    let id = match Slug::written(&entry.key) {
        Ok(slug) => slug.as_str().to_owned(),
        Err(fault) => {
            let hint = "an id is the last part of the address of the person's page: letters, digits and hyphens";
            fields.error(entry.at, format!("`{}` cannot be an id: {fault}", entry.key), hint);
            return None;
        }
    };
    let mut person = blank(id, fields.mark(entry.at));
    match &entry.value.kind {
        Kind::Text(_) => person.name = fields.line(&entry.key, &entry.value).unwrap_or_default(),
        _ => keys(&mut person, fields, entry)?,
    }
    (!person.name.is_empty()).then_some(person)
}

fn blank(id: String, mark: Mark) -> Person {
    Person {
        id,
        name: String::new(),
        aliases: Vec::new(),
        role: None,
        bio: None,
        image: None,
        email: None,
        url: None,
        links: Vec::new(),
        former: false,
        mark,
    }
}

fn keys(person: &mut Person, fields: &mut Fields<'_>, entry: &Entry) -> Option<()> {
    let entries = fields.map(&entry.key, &entry.value)?;
    for below in entries {
        let (name, value) = (format!("{}.{}", entry.key, below.key), &below.value);
        match below.key.as_str() {
            "name" => person.name = fields.line(&name, value).unwrap_or_default(),
            "former" => person.former = fields.boolean(&name, value).unwrap_or_default(),
            key if KEYS.contains(&key) && matches!(value.kind, Kind::Null) => {}
            "aliases" => person.aliases = fields.lines(&name, value).unwrap_or_default(),
            "role" => person.role = fields.line(&name, value),
            "bio" => person.bio = fields.text(&name, value).map(|text| paragraphs(&text)),
            "image" => person.image = fields.line(&name, value),
            "email" => person.email = email(fields, &name, value),
            "url" => person.url = address(fields, &name, value, &["http://", "https://"]),
            "links" => person.links = links(fields, &name, value),
            _ => fields.unknown(below, &format!("{}.", entry.key), KEYS, false),
        }
    }
    if !entries.iter().any(|below| below.key == "name") {
        fields.error(entry.at, format!("`{}` has no `name`", entry.key), "add `name: …`, as it is to be printed");
    }
    Some(())
}

/// Text whose line ends stay, without what XML cannot carry.
fn paragraphs(text: &str) -> String {
    text.trim().chars().filter(|c| is_xml(*c)).collect()
}

fn email(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<String> {
    let address = fields.line(key, node)?;
    let formed = address.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && !host.is_empty()
            && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '?'))
    });
    if formed {
        return Some(address);
    }
    fields.wrong(key, "an e-mail address", node, "write `desk@example.org`");
    None
}

fn address(fields: &mut Fields<'_>, key: &str, node: &Node, schemes: &[&str]) -> Option<String> {
    let url = fields.line(key, node)?;
    let lower = url.to_ascii_lowercase();
    if schemes.iter().any(|scheme| lower.starts_with(scheme)) && !url.contains(char::is_whitespace) {
        return Some(url);
    }
    fields.wrong(key, "a whole address", node, format!("begin it with one of {}", schemes.join(" ")));
    None
}

/// A list of `{name, url}`, or a mapping of names to addresses.
fn links(fields: &mut Fields<'_>, key: &str, node: &Node) -> Vec<PersonLink> {
    const SCHEMES: &[&str] = &["http://", "https://", "mailto:"];
    if let Kind::Map(entries) = &node.kind {
        let link = |entry: &Entry| {
            let url = address(fields, &format!("{key}.{}", entry.key), &entry.value, SCHEMES)?;
            Some(PersonLink { name: crate::model::escape::single_line(&entry.key), url })
        };
        return entries.iter().filter_map(link).collect();
    }
    let mut links = Vec::new();
    for item in fields.items(key, node).unwrap_or_default() {
        let (mut name, mut url) = (None, None);
        for entry in fields.map(key, item).unwrap_or_default() {
            match entry.key.as_str() {
                "name" => name = fields.line(&format!("{key}.name"), &entry.value),
                "url" => url = address(fields, &format!("{key}.url"), &entry.value, SCHEMES),
                _ => fields.unknown(entry, &format!("{key}."), &["name", "url"], false),
            }
        }
        match (name, url) {
            (name, Some(url)) => links.push(PersonLink { name: name.unwrap_or_else(|| url.clone()), url }),
            (_, None) if matches!(&item.kind, Kind::Map(entries) if entries.iter().all(|entry| entry.key != "url")) => {
                fields.error(item.at, format!("a link of `{key}` needs a `url`"), "write `{name: …, url: https://…}`");
            }
            _ => {}
        }
    }
    links
}

/// An id, name or alias belongs to one person: letter case aside, since articles are matched so.
fn clashes(people: &[Person], fields: &mut Fields<'_>) {
    let mut owners: BTreeMap<String, &Person> = BTreeMap::new();
    for person in people {
        for name in [&person.id, &person.name].into_iter().chain(&person.aliases) {
            match owners.get(&name.to_lowercase()) {
                Some(owner) if owner.id != person.id => {
                    let message = format!("`{name}` names both `{}` and `{}`", owner.id, person.id);
                    fields.note(
                        Diagnostic::error(Code::People, message)
                            .at(person.mark.clone())
                            .and(owner.mark.clone(), format!("`{}` has the name already", owner.id))
                            .hint("give the name to one of the two, so that it is clear whom an article means"),
                    );
                }
                Some(_) => {}
                None => {
                    owners.insert(name.to_lowercase(), person);
                }
            }
        }
    }
}
