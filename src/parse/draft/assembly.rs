//! The last step: levels, ids and numbers are settled, footnotes move to the end, and the body is put together.

use std::fmt::Write;

use crate::model::article::Inline;
use crate::model::body::{Body, Heading, Hole, HoleKind};
use crate::model::escape;
use crate::model::path::{Slug, SlugStyle};
use crate::parse::prose::Prose;

use super::ids::Ids;
use super::{Draft, DraftHeading, Later, Reference};
use crate::parse::words;

/// A footnote as it is shown.
#[derive(Clone, Copy, Default)]
struct Shown {
    /// Its number, from 1; 0 for one that nothing refers to.
    number: usize,
    /// How often it is referred to by links.
    references: usize,
}

/// What is settled about the draft, and the body so far.
struct Assembly<'d> {
    draft: &'d Draft<'d>,
    levels: Vec<u8>,
    ids: Vec<String>,
    shown: Vec<Shown>,
    /// For each reference, which of its footnote's references it is, from 1; 0 for those that are no links.
    ordinals: Vec<usize>,
    body: Body,
}

impl Draft<'_> {
    /// Puts the body together. `more` is what precedes `<!-- more -->`.
    pub(in crate::parse) fn finish(mut self, more: Option<Inline>) -> Prose {
        self.close_heading();
        let (shown, ordinals, order) = self.number_notes();
        let levels = self.levels();
        let ids = self.ids(&shown);
        let assembly = Assembly { draft: &self, levels, ids, shown, ordinals, body: Body::default() };
        let (mut body, mut anchors) = assembly.run(&order);
        body.blocks = std::mem::take(&mut self.blocks);
        body.formulas = std::mem::take(&mut self.formulas);
        anchors.append(&mut self.anchors);
        self.text.truncate(self.text.trim_end().len());
        let summary = self.summary.take().unwrap_or_else(|| words::cut(first_line(&self.text), super::SUMMARY));
        Prose {
            body,
            anchors,
            first_line: self.title(),
            opens_with_title: self.opens_with_title,
            before_more: more,
            summary,
            links: self.links,
            text: self.text,
            diagnostics: self.diagnostics,
            ..Prose::default()
        }
    }

    /// The first heading that has text, or else the first line.
    fn title(&self) -> Option<String> {
        let heading = self.headings.iter().map(|heading| heading.text.as_str()).find(|text| !text.is_empty());
        let line = heading.unwrap_or_else(|| first_line(&self.text));
        (!line.is_empty()).then(|| escape::single_line(line))
    }

    /// The levels as published: the page's headline is its only `h1`, so if the body has others, all its headings move down.
    fn levels(&self) -> Vec<u8> {
        let body = usize::from(self.opens_with_title);
        let shift = u8::from(self.headings.iter().skip(body).any(|heading| heading.level == 1));
        let level = |(index, heading): (usize, &DraftHeading)| {
            if index < body { heading.level } else { (heading.level + shift).min(6) }
        };
        self.headings.iter().enumerate().map(level).collect()
    }

    /// The headings' ids. Those that authors wrote come first: they are linked to from elsewhere.
    fn ids(&self, shown: &[Shown]) -> Vec<String> {
        let mut ids = Ids::default();
        for note in shown.iter().filter(|note| note.number > 0) {
            ids.reserve(&format!("fn-{}", note.number));
            for ordinal in 1..=note.references {
                ids.reserve(&reference_id(note.number, ordinal));
            }
        }
        self.anchors.iter().for_each(|id| ids.reserve(id));
        let explicit: Vec<Option<String>> =
            self.headings.iter().map(|heading| heading.id.as_deref().map(|id| ids.claim(id))).collect();
        let made = |(explicit, heading): (Option<String>, &DraftHeading)| {
            explicit.unwrap_or_else(|| {
                let slug = |text: &str| Slug::of(text, SlugStyle::Unicode);
                // No slug can be made of punctuation alone, nor of names that file systems reserve, such as `Con`.
                let slug = slug(&heading.text).or_else(|| slug(&format!("{} section", heading.text)));
                ids.claim(slug.as_ref().map_or("section", Slug::as_str))
            })
        };
        explicit.into_iter().zip(&self.headings).map(made).collect()
    }

    /// Numbers the footnotes in the order in which readers meet them, and counts the references to each. Returns those that
    /// are shown, in that order, last.
    fn number_notes(&self) -> (Vec<Shown>, Vec<usize>, Vec<usize>) {
        let mut within: Vec<Vec<usize>> = vec![Vec::new(); self.notes.len()];
        let mut met: Vec<usize> = Vec::new();
        for (index, reference) in self.references.iter().enumerate() {
            match reference.within {
                Some(note) => within[note].push(index),
                None => met.push(index),
            }
        }
        let mut shown = vec![Shown::default(); self.notes.len()];
        let mut ordinals = vec![0; self.references.len()];
        let mut order: Vec<usize> = Vec::new();
        let mut done = 0;
        loop {
            for index in met.drain(..) {
                let Reference { note, in_link, .. } = self.references[index];
                if self.notes[note].definition.is_some() {
                    if shown[note].number == 0 {
                        order.push(note);
                        shown[note].number = order.len();
                    }
                    if !in_link {
                        shown[note].references += 1;
                        ordinals[index] = shown[note].references;
                    }
                }
            }
            let Some(note) = order.get(done) else { break };
            met = std::mem::take(&mut within[*note]);
            done += 1;
        }
        (shown, ordinals, order)
    }
}

impl Assembly<'_> {
    /// Copies the text, then the footnotes. Returns the ids that links may point to beside it.
    fn run(mut self, order: &[usize]) -> (Body, Vec<Box<str>>) {
        self.body.html.reserve(self.draft.html.len() + self.draft.headings.len() * 48);
        self.copy_around_notes(0, self.draft.html.len(), 0, self.draft.definitions.len());
        if !order.is_empty() {
            self.body.html.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
            order.iter().for_each(|note| self.note(*note));
            self.body.html.push_str("</ol>\n</div>\n");
        }
        let mut anchors: Vec<Box<str>> = self.ids.iter().map(|id| id.as_str().into()).collect();
        for note in order.iter().map(|note| self.shown[*note]) {
            anchors.push(format!("fn-{}", note.number).into());
            anchors.extend((1..=note.references).map(|ordinal| reference_id(note.number, ordinal).into()));
        }
        (self.body, anchors)
    }

    /// Writes one footnote with its back-links, in its last paragraph if it ends with one.
    fn note(&mut self, note: usize) {
        let Some(index) = self.draft.notes[note].definition else { return };
        let definition = &self.draft.definitions[index];
        let Shown { number, references } = self.shown[note];
        let _ = writeln!(self.body.html, "<li id=\"fn-{number}\">");
        self.copy_around_notes(definition.start, definition.end, index + 1, definition.after);
        let in_paragraph = self.body.html.ends_with("</p>\n");
        if in_paragraph {
            self.body.html.truncate(self.body.html.len() - "</p>\n".len());
        }
        for ordinal in 1..=references {
            let id = reference_id(number, ordinal);
            let label = if ordinal == 1 { number.to_string() } else { format!("{number}-{ordinal}") };
            let _ = write!(
                self.body.html,
                " <a href=\"#{id}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference {label}\">↩</a>"
            );
        }
        self.body.html.push_str(if in_paragraph { "</p>\n</li>\n" } else { "\n</li>\n" });
    }

    /// Copies a range of the draft without the definitions in it, which are those from `next` to before `last`.
    fn copy_around_notes(&mut self, start: usize, end: usize, next: usize, last: usize) {
        let (mut at, mut next) = (start, next);
        while next < last {
            let definition = &self.draft.definitions[next];
            self.copy(at, definition.start);
            at = definition.end.max(at);
            next = definition.after;
        }
        self.copy(at, end);
    }

    /// Copies a range of the draft and fills in what its marks stand for.
    fn copy(&mut self, start: usize, end: usize) {
        let draft = self.draft;
        let first = draft.spots.partition_point(|spot| spot.at < start);
        let mut at = start;
        for spot in draft.spots[first..].iter().take_while(|spot| spot.at < end) {
            self.body.html.push_str(&draft.html[at..spot.at]);
            at = spot.at;
            self.fill(&spot.later);
        }
        self.body.html.push_str(&draft.html[at.min(end)..end]);
    }

    fn fill(&mut self, later: &Later) {
        match later {
            Later::Hole(link, kind) => self.hole(*link, kind),
            Later::HeadingOpen(index) => self.heading(*index),
            Later::HeadingClose(index) => {
                let _ = write!(self.body.html, "</h{}>", self.levels[*index]);
            }
            Later::Reference(index) => self.reference(*index),
        }
    }

    fn hole(&mut self, link: u32, kind: &HoleKind) {
        self.body.holes.push(Hole { at: self.body.html.len() as u32, link, kind: kind.clone() });
    }

    fn heading(&mut self, index: usize) {
        let (heading, level, id) = (&self.draft.headings[index], self.levels[index], &self.ids[index]);
        let _ = write!(self.body.html, "<h{level} id=\"{}\"{}>", escape::to_attribute(id), heading.attributes);
        if (2..=4).contains(&level) && !heading.text.is_empty() {
            self.body.toc.push(Heading { level, id: id.clone(), text: heading.text.clone() });
        }
    }

    fn reference(&mut self, index: usize) {
        let number = self.shown[self.draft.references[index].note].number;
        let html = &mut self.body.html;
        let _ = match (number, self.ordinals[index]) {
            (0, _) => Ok(()),
            (number, 0) => write!(html, "<sup class=\"footnote-ref\">{number}</sup>"),
            (number, ordinal) => {
                let id = reference_id(number, ordinal);
                write!(
                    html,
                    "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
                )
            }
        };
    }
}

/// The id of a reference: `fnref-1`, and `fnref-1-2` for the second to the same footnote.
fn reference_id(number: usize, ordinal: usize) -> String {
    if ordinal == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{ordinal}") }
}

fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
}
