//! content/authors.yaml: people with what the collection says about them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::collection::Person;
use super::files::Output;
use super::front::{find, map, text, texts};
use super::yaml;
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{SitePath, Slug, SlugStyle};
use crate::model::source::Source;
use crate::parse;
use crate::parse::node::{Entry, Node};

/// Keys by which other generators and their themes name what a person's entry may have.
const NAMES: &[&str] = &["name", "display_name", "title", "fullname"];
const ROLES: &[&str] = &["role", "job", "position", "occupation"];
const TEXTS: &[&str] = &["bio", "about", "description", "summary"];
const SITES: &[&str] = &["url", "uri", "web", "website", "site", "home", "homepage"];
const IMAGES: &[&str] = &["image", "avatar", "picture", "photo", "thumbnail"];
const SOCIAL: &[(&str, &str)] = &[
    ("github", "https://github.com/"),
    ("twitter", "https://twitter.com/"),
    ("linkedin", "https://www.linkedin.com/in/"),
    ("gitlab", "https://gitlab.com/"),
];

/// A person of a data file: `desk: {display_name: The Desk, web: …}`. An image is kept if `image` finds it.
pub fn person(key: &str, node: &Node, image: &dyn Fn(&str) -> Option<String>) -> Option<Person> {
    let entries = map(node);
    let first = |names: &[&str]| names.iter().find_map(|name| find(entries, name)).and_then(text);
    let name = first(NAMES).or_else(|| text(node)).unwrap_or_else(|| key.to_owned());
    let id = Slug::written(key)
        .ok()
        .map(|slug| slug.to_string())
        .or_else(|| Slug::whole(key, SlugStyle::Unicode).map(|slug| slug.to_string()))?;
    let mut keys = Map::new();
    keys.insert("name".to_owned(), name.into());
    let aliases = find(entries, "aliases").map(texts).unwrap_or_default();
    if !aliases.is_empty() {
        keys.insert("aliases".to_owned(), aliases.into());
    }
    let bio = TEXTS.iter().find_map(|name| find(entries, name)).and_then(|node| match &node.kind {
        parse::node::Kind::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    let web = |text: String| ["http://", "https://"].iter().any(|start| text.starts_with(start)).then_some(text);
    let more = [
        ("role", first(ROLES)),
        ("bio", bio),
        ("image", first(IMAGES).and_then(|src| image(&src))),
        ("email", first(&["email", "mail"])),
        ("url", first(SITES).and_then(web)),
    ];
    for (key, value) in more {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            keys.insert(key.to_owned(), value.into());
        }
    }
    let links = links(entries);
    if !links.is_empty() {
        keys.insert("links".to_owned(), links.into());
    }
    Some(Person { id, keys })
}

fn links(entries: &[Entry]) -> Vec<Value> {
    let social = ["social", "links"].iter().filter_map(|key| find(entries, key)).flat_map(map);
    let mut links = Vec::new();
    for entry in entries.iter().chain(social) {
        let (Some(value), Some((name, start))) =
            (text(&entry.value), SOCIAL.iter().find(|(name, _)| entry.key.eq_ignore_ascii_case(name)))
        else {
            continue;
        };
        let url = if value.starts_with("http") { value } else { format!("{start}{}", value.trim_start_matches('@')) };
        let mut letters = name.chars();
        let shown: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        links.push(json!({"name": shown, "url": url}));
    }
    links
}

/// The file, if there is anybody. An entry that Byline would refuse, or whose names another one has, is left out and noted.
pub fn file(people: &[Person], notes: &mut Vec<Diagnostic>) -> Option<Output> {
    let mut taken = BTreeSet::new();
    let mut text = String::new();
    for person in people {
        let names = |keys: &Map<String, Value>| -> Vec<String> {
            let aliases = keys.get("aliases").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let all = keys.get("name").and_then(Value::as_str).into_iter().chain(aliases).chain([person.id.as_str()]);
            all.map(str::to_lowercase).collect()
        };
        let own: BTreeSet<String> = names(&person.keys).into_iter().collect();
        let document = yaml::document(&Map::from_iter([(person.id.clone(), Value::Object(person.keys.clone()))]));
        let source = Source::new(SitePath::new("content/authors.yaml"), document.clone().into_bytes());
        let fault = parse::people::parse(&source).diagnostics.into_iter().find(Diagnostic::is_error);
        let clash = own.iter().any(|name| taken.contains(name));
        if fault.is_none() && !clash {
            taken.extend(own);
            text.push_str(&document);
            continue;
        }
        let reason = fault.map_or_else(|| "another entry has its name".to_owned(), |fault| fault.message);
        let message = format!("the author `{}` was left out of authors.yaml: {reason}", person.id);
        notes.push(Diagnostic::warning(Code::People, message).hint("add the entry by hand"));
    }
    (!text.is_empty()).then(|| Output { to: "content/authors.yaml".to_owned(), text })
}
