//! Why a page was rendered: what it is made from now, against what it was made from before.

use std::collections::BTreeMap;

use super::State;
use super::made::Was;
use crate::model::digest::Digest;
use crate::model::why::Reason;

/// What changed of all that pages have in common.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    engine: bool,
    site: Vec<String>,
    /// By the name under which pages call a template: the files that changed among all that it reaches.
    templates: BTreeMap<String, Vec<String>>,
}

/// A page at one time: its shape, and a check for each of its fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a, C> {
    pub shape: &'a str,
    pub checks: C,
}

impl Changes {
    /// What changed between two builds. `reached` gives the files that a template reaches now, by the name that pages use.
    pub fn between(old: &State, new: &State, reached: &dyn Fn(&str) -> Vec<String>) -> Self {
        let digests = |pairs: &[(String, Digest)]| pairs.iter().cloned().collect::<BTreeMap<_, _>>();
        let (before, now, entries) = (digests(&old.templates), digests(&new.templates), digests(&old.entries));
        let changed = |entry: &str| {
            let reached = reached(entry);
            let another = reached.iter().filter(|file| before.get(*file) != now.get(*file)).cloned();
            // One that is gone lay over, or under, one of the same name in another layer.
            let gone = before.keys().filter(|file| !now.contains_key(*file));
            let gone = gone.filter(|file| reached.iter().any(|other| in_layer(other) == in_layer(file))).cloned();
            let mut files: Vec<String> = another.chain(gone).collect();
            if files.is_empty() {
                // The same templates, in another order.
                files.extend(reached.into_iter().find(|file| in_layer(file) == entry));
            }
            files.sort();
            files
        };
        let other = new.entries.iter().filter(|(entry, digest)| entries.get(entry).is_some_and(|old| old != digest));
        let site = new.site.iter().filter(|field| !old.site.contains(field));
        Self {
            engine: old.engine != new.engine,
            site: site.map(|(name, _)| name.clone()).collect(),
            templates: other.map(|(entry, _)| (entry.clone(), changed(entry))).collect(),
        }
    }

    /// What of a page changed; [`Reason::Unknown`] if nothing that is known did.
    pub fn of(&self, old: (&str, &[u16]), new: (&str, &[u16])) -> Reason {
        if self.engine {
            return Reason::Engine;
        }
        let old = Look { shape: old.0, checks: old.1.iter().copied() };
        self.compare(old, Look { shape: new.0, checks: new.1.iter().copied() })
    }

    pub(super) fn compare<A, B>(&self, old: Look<A>, new: Look<B>) -> Reason
    where
        A: Iterator<Item = u16>,
        B: Iterator<Item = u16>,
    {
        let (template, names) = split(new.shape);
        let (old_template, old_names) = split(old.shape);
        let mut fields = Vec::new();
        if template != old_template {
            fields.push("template".to_owned());
        }
        if names == old_names {
            let pairs = names.lines().zip(old.checks.zip(new.checks));
            pairs.filter(|(_, (old, new))| old != new).for_each(|(name, _)| self.name(name, &mut fields));
        } else {
            let old: BTreeMap<&str, u16> = old_names.lines().zip(old.checks).collect();
            let new: BTreeMap<&str, u16> = names.lines().zip(new.checks).collect();
            let other = names.lines().filter(|name| old.get(name) != new.get(name));
            let gone = old_names.lines().filter(|name| !new.contains_key(name));
            other.chain(gone).for_each(|name| self.name(name, &mut fields));
        }
        // A table of contents is known by the digest of its body, and changes with it.
        if fields.iter().any(|name| name == "article.body") {
            fields.retain(|name| name != "article.toc");
        }
        let templates = self.templates.get(template).filter(|_| template == old_template).cloned().unwrap_or_default();
        if templates.is_empty() && fields.is_empty() {
            return Reason::Unknown;
        }
        Reason::Changed { templates, fields }
    }

    /// Adds the name of a field that changed; for `site`, those of its own fields.
    fn name(&self, name: &str, fields: &mut Vec<String>) {
        if name == "site" && !self.site.is_empty() {
            fields.extend(self.site.iter().cloned());
        } else {
            fields.push(name.to_owned());
        }
    }
}

/// Why a page was rendered that stood like this before it was, if what it was made from then is known.
pub(super) fn reason(was: Was, is_known: bool, compare: impl FnOnce() -> Reason, engine: bool) -> Reason {
    match was {
        Was::Unused => Reason::Fresh,
        Was::Changed => Reason::Gone,
        Was::Nothing if is_known => Reason::Gone,
        Was::Nothing => Reason::New,
        Was::Page if engine => Reason::Engine,
        Was::Page => compare(),
    }
}

impl Changes {
    pub(super) fn engine(&self) -> bool {
        self.engine
    }
}

/// The template's name, and the names of the fields.
fn split(shape: &str) -> (&str, &str) {
    shape.split_once('\n').unwrap_or((shape, ""))
}

/// A template's name within its layer, by its file.
fn in_layer(file: &str) -> &str {
    file.split_once("templates/").map_or(file, |(_, name)| name)
}
