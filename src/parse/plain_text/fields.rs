//! The values of a head as front matter.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::article::ParseOptions;
use crate::model::code::Code;
use crate::model::date::Moment;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::escape::single_line;
use crate::model::front_matter::{Credit, FrontMatter, Origin, Spot};
use crate::model::path::{SitePath, Slug, SlugStyle};
use crate::model::suggest::nearest;
use crate::parse::date::{is_undecided, printed_date};

use super::byline::{self, Byline};
use super::keys::{self, Entry, Key};
use super::lines::Line;
use super::links::first_address;

/// What to do about a date that cannot be read.
const DATE_HINT: &str = "write it as in `26 October 2017, 12:54pm`, or set the key in a sidecar";

/// What to do about 04/10/2017.
const ORDER_HINT: &str =
    "add `text: {dates: dmy}` or `text: {dates: mdy}` to site.yaml, or to the cascade of the folder's _index.md";

/// Front matter in the making.
pub(super) struct Fields<'a> {
    path: &'a SitePath,
    options: &'a ParseOptions,
    /// What is known so far.
    pub front: FrontMatter,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// The tags and authors so far, in lower case.
    seen: BTreeSet<(Key, String)>,
}

impl<'a> Fields<'a> {
    pub fn new(path: &'a SitePath, options: &'a ParseOptions) -> Self {
        Self { path, options, front: FrontMatter::default(), diagnostics: Vec::new(), seen: BTreeSet::new() }
    }

    /// Takes what a key line says.
    pub fn line(&mut self, line: &Line) {
        for entry in keys::entries(&line.text) {
            match entry.key {
                // A key without a value says nothing.
                _ if entry.value.is_empty() => {}
                Some(key) => self.known(key, &entry, self.mark(line, entry.value_column(line))),
                None => self.unknown(&entry, self.mark(line, entry.name_column(line))),
            }
        }
    }

    /// Takes a byline; the key BY, where there is one, knows better.
    pub fn byline(&mut self, byline: Byline, line: &Line) {
        let credits = byline.names.iter().map(|name| credit(name)).collect();
        if self.front.authors.is_none() {
            self.front.authors = Some(Spot::new(credits, self.mark(line, 0)));
        }
        self.front.dateline = self.front.dateline.take().or(byline.place.as_deref().map(single_line));
    }

    /// The place some characters into a line.
    pub fn mark(&self, line: &Line, characters: u32) -> Mark {
        Mark::at(self.path, Position::new(line.position.line, line.position.column + characters))
    }

    fn known(&mut self, key: Key, entry: &Entry, mark: Mark) {
        let value = entry.value;
        match key {
            Key::Published => {
                let date = self.date(value, &mark);
                self.once(entry, date, |front| &mut front.date);
            }
            Key::Updated => {
                let date = self.date(value, &mark);
                self.once(entry, date, |front| &mut front.updated);
            }
            Key::Authors => self.authors(value, mark),
            Key::Tags => self.tags(value, mark),
            Key::Section => {
                let section = section(value).map(|section| Spot::new(section, mark));
                self.once(entry, section, |front| &mut front.section);
            }
            Key::Source => self.once(entry, Some(Spot::new(origin(value), mark)), |front| &mut front.source),
            Key::Title => self.once(entry, Some(Spot::new(single_line(value), mark)), |front| &mut front.title),
            Key::Summary => {
                self.once(entry, Some(Spot::new(single_line(value), mark)), |front| &mut front.standfirst);
            }
        }
    }

    /// Sets what may be said only once; saying it again is no fault, contradicting it is.
    fn once<T: PartialEq>(
        &mut self,
        entry: &Entry,
        spot: Option<Spot<T>>,
        field: fn(&mut FrontMatter) -> &mut Option<Spot<T>>,
    ) {
        let Some(spot) = spot else { return };
        let held = field(&mut self.front);
        match held {
            None => *held = Some(spot),
            Some(first) if first.value == spot.value => {}
            Some(first) => {
                let first = first.mark.clone();
                self.diagnostics.push(
                    Diagnostic::error(Code::DuplicateKey, format!("`{}` contradicts a line before it", entry.name))
                        .at(spot.mark)
                        .and(first, "first said here")
                        .hint("remove one of the two lines"),
                );
            }
        }
    }

    fn date(&mut self, value: &str, mark: &Mark) -> Option<Spot<Moment>> {
        match printed_date(value, &self.options.timezone, self.options.text.dates) {
            Ok((moment, notes)) => {
                for note in notes {
                    let place = shifted(mark, note.at as u32);
                    self.diagnostics.push(Diagnostic::warning(note.code, note.message).at(place).hint(note.hint));
                }
                Some(Spot::new(moment, mark.clone()))
            }
            Err(message) => {
                let hint = if is_undecided(&message) { ORDER_HINT } else { DATE_HINT };
                self.diagnostics.push(Diagnostic::error(Code::BadDate, message).at(mark.clone()).hint(hint));
                None
            }
        }
    }

    /// Several lines of names add up: AUTHOR may be repeated.
    fn authors(&mut self, value: &str, mark: Mark) {
        let Some(byline) = byline::names(value) else { return };
        let authors = self.front.authors.get_or_insert_with(|| Spot::new(Vec::new(), mark));
        for credit in byline.names.iter().map(|name| credit(name)) {
            if self.seen.insert((Key::Authors, credit.name.to_lowercase())) {
                authors.value.push(credit);
            }
        }
        self.front.dateline = self.front.dateline.take().or(byline.place.as_deref().map(single_line));
    }

    /// Several lines of tags add up: TAGS and KEYWORDS often stand side by side.
    fn tags(&mut self, value: &str, mark: Mark) {
        let tags = self.front.tags.get_or_insert_with(|| Spot::new(Vec::new(), mark));
        for tag in value.split([',', ';', '|', '、', '，', '；']).map(single_line).filter(|tag| !tag.is_empty()) {
            if self.seen.insert((Key::Tags, tag.to_lowercase())) {
                tags.value.push(tag);
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, mark: Mark) {
        let name = extra_name(entry.name);
        let hint = match nearest(entry.name, keys::names()) {
            Some(near) => format!("did you mean `{near}`? It is kept as `extra.{name}`"),
            None => format!("it is kept as `extra.{name}`, where templates find it"),
        };
        self.diagnostics.push(
            Diagnostic::warning(Code::UnknownKey, format!("`{}` is not a key of plain text", entry.name))
                .at(mark)
                .hint(hint),
        );
        self.extra(name, Value::String(single_line(entry.value)));
    }

    /// Keeps a value below `extra`; a key that is repeated becomes a list.
    fn extra(&mut self, name: String, value: Value) {
        match self.front.extra.get_mut(&name) {
            None => {
                self.front.extra.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

/// A place some characters further on.
fn shifted(mark: &Mark, characters: u32) -> Mark {
    let position = mark.position.map(|position| Position::new(position.line, position.column + characters));
    Mark { path: mark.path.clone(), position }
}

fn credit(name: &str) -> Credit {
    Credit { name: single_line(name), role: None }
}

/// `News / Hong Kong` as the path of a section: `news/hong-kong`.
fn section(value: &str) -> Option<String> {
    let parts: Vec<String> = value
        .split(['/', '>', '»'])
        .filter_map(|part| Slug::of(part, SlugStyle::Unicode))
        .map(|slug| slug.as_str().to_owned())
        .collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// A publication's name, its address, or both.
fn origin(value: &str) -> Origin {
    let named = |text: &str| {
        let name = single_line(text.trim_matches(|c: char| c.is_whitespace() || ",;:()<>–—-|".contains(c)));
        (!name.is_empty()).then_some(name)
    };
    match first_address(value) {
        Some((start, end)) => Origin {
            name: named(&value[..start]).or_else(|| named(&value[end..])),
            url: Some(value[start..end].to_owned()),
        },
        None => Origin { name: Some(single_line(value)), url: None },
    }
}

/// An unknown key as templates write it: lower case, `_` for what is neither letter nor digit.
fn extra_name(name: &str) -> String {
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("_")
}
