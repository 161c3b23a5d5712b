//! What a template reaches: itself, and by name all that it extends, includes, or takes components from. A page depends on its
//! template's closure and on no other template. The reading is generous: a name too many costs a page rendered in vain, a name
//! too few would leave a page stale.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::digest::Digest;

/// What one template names.
struct Names<'a> {
    /// Templates that it extends or includes; `None` where it does so by something else than a literal name.
    templates: Option<BTreeSet<&'a str>>,
    /// Components that it defines.
    components: BTreeSet<&'a str>,
}

/// What a template reaches.
pub(super) struct Closure {
    /// The digest of the template itself: its name and its text.
    pub own: Digest,
    /// The digest of all that it reaches.
    pub whole: Digest,
    /// The full names of all that it reaches, itself included; those of all templates, where that cannot be told from the text.
    pub reached: Vec<String>,
}

/// The closure of each template, by the template's full name. `sources` are all templates of all layers by full name,
/// `prefixes` those of the layers, the topmost first.
pub(super) fn closures(sources: &[(String, String)], prefixes: &[String]) -> BTreeMap<String, Closure> {
    let texts: BTreeMap<&str, &str> = sources.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let own: BTreeMap<&str, Digest> = texts.iter().map(|(name, text)| (*name, of_one(name, text))).collect();
    let names: BTreeMap<&str, Names> = texts.iter().map(|(name, text)| (*name, read(text))).collect();
    let edges: BTreeMap<&str, Option<BTreeSet<&str>>> =
        texts.iter().map(|(name, text)| (*name, edges(name, text, &names, prefixes))).collect();
    // The same templates in another order of the layers, or entered at another of them, make another page.
    let order = Digest::of_value(prefixes);
    let closure = |(name, own_digest): (&&str, &Digest)| {
        let reached = reached(name, &edges).unwrap_or_else(|| own.keys().copied().collect());
        let parts: Vec<Digest> = reached.iter().filter_map(|name| own.get(name).copied()).collect();
        let whole = Digest::join(&[order, *own_digest, Digest::join(&parts)]);
        let reached = reached.into_iter().map(str::to_owned).collect();
        ((*name).to_owned(), Closure { own: *own_digest, whole, reached })
    };
    own.iter().map(closure).collect()
}

fn of_one(name: &str, text: &str) -> Digest {
    Digest::join(&[Digest::of(name.as_bytes()), Digest::of(text.as_bytes())])
}

/// All that is reached from a template; `None` where that cannot be told from the text.
fn reached<'a>(start: &'a str, edges: &BTreeMap<&'a str, Option<BTreeSet<&'a str>>>) -> Option<BTreeSet<&'a str>> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![start];
    while let Some(name) = open.pop() {
        let Some((name, next)) = edges.get_key_value(name) else { continue };
        if reached.insert(name) {
            open.extend(next.as_ref()?);
        }
    }
    Some(reached)
}

/// The full names of what a template names. A name may be found in several layers, and a component may be defined in several
/// templates: which of them counts is for the engine, so all of them do here.
fn edges<'a>(
    name: &str,
    text: &str,
    names: &BTreeMap<&'a str, Names<'a>>,
    prefixes: &[String],
) -> Option<BTreeSet<&'a str>> {
    let own = names.get(name)?;
    let mut edges = BTreeSet::new();
    for wanted in own.templates.as_ref()? {
        for prefix in std::iter::once("").chain(prefixes.iter().map(String::as_str)) {
            edges.extend(names.get_key_value(format!("{prefix}{wanted}").as_str()).map(|(full, _)| *full));
        }
    }
    let uses = |component: &str| {
        text.match_indices('<')
            .any(|(at, _)| text[at + 1..].trim_start_matches('/').trim_start().starts_with(component))
    };
    for (full, other) in names {
        if other.components.iter().any(|component| uses(component)) {
            edges.insert(*full);
        }
    }
    Some(edges)
}

/// Reads the tags of a template that name something.
fn read(text: &str) -> Names<'_> {
    let mut templates = Some(BTreeSet::new());
    let mut components = BTreeSet::new();
    for (at, _) in text.match_indices("{%") {
        let tag = text[at + 2..].trim_start_matches('-').trim_start();
        let tag = &tag[..tag.find("%}").unwrap_or(tag.len())];
        let (word, rest) = tag.split_at(tag.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(tag.len()));
        match word {
            "extends" | "include" => {
                let literals = literals(rest);
                templates = templates.filter(|_| !literals.is_empty());
                if let Some(templates) = &mut templates {
                    templates.extend(literals);
                }
            }
            "component" => {
                let name = rest.trim_start();
                let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
                components.insert(&name[..end]);
            }
            _ => {}
        }
    }
    Names { templates, components }
}

/// The quoted strings of a tag.
fn literals(tag: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(start) = rest.find(['"', '\'', '`']) {
        let quote = &rest[start..=start];
        let inner = &rest[start + 1..];
        let Some(end) = inner.find(quote) else { break };
        found.push(&inner[..end]);
        rest = &inner[end + 1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::closures;

    /// Which templates' closures change when one template's text does.
    fn touched(sources: &[(&str, &str)], changed: &str) -> Vec<String> {
        let owned = |change: &str| -> Vec<(String, String)> {
            let text = |name: &str, text: &str| if name == change { format!("{text}x") } else { text.to_owned() };
            sources.iter().map(|(name, own)| ((*name).to_owned(), text(name, own))).collect()
        };
        let prefixes = [String::new(), "themes/t/".to_owned(), "builtin/".to_owned()];
        let before = closures(&owned(""), &prefixes);
        let after = closures(&owned(changed), &prefixes);
        before.into_iter().filter(|(name, closure)| after[name].whole != closure.whole).map(|(name, _)| name).collect()
    }

    #[test]
    fn a_change_touches_what_extends_includes_or_uses_it() {
        let sources = [
            ("builtin/base.html", "{% block a %}{% endblock a %}"),
            ("builtin/article.html", "{%- extends \"base.html\" -%}{% block a %}{{ <date day=1 /> }}{% endblock a %}"),
            ("builtin/parts.html", "{% component date(day) %}{{ day }}{% endcomponent date %}"),
            ("builtin/tags.html", "{% include 'list.html' %}"),
            ("builtin/list.html", "a list"),
            ("themes/t/base.html", "{% extends \"builtin/base.html\" %}"),
        ];
        assert_eq!(touched(&sources, "builtin/list.html"), ["builtin/list.html", "builtin/tags.html"]);
        assert_eq!(touched(&sources, "builtin/parts.html"), ["builtin/article.html", "builtin/parts.html"]);
        assert_eq!(touched(&sources, "themes/t/base.html"), ["builtin/article.html", "themes/t/base.html"]);
        let all = ["builtin/article.html", "builtin/base.html", "themes/t/base.html"];
        assert_eq!(touched(&sources, "builtin/base.html"), all);
    }

    #[test]
    fn what_cannot_be_told_from_the_text_depends_on_all() {
        let sources = [("a.html", "{% include name %}"), ("b.html", "b"), ("c.html", "{% include \"a.html\" %}")];
        assert_eq!(touched(&sources, "b.html"), ["a.html", "b.html", "c.html"]);
    }
}
