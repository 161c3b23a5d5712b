//! Where an article's head ends and its body begins: headline, standfirst, key block and byline.

use std::ops::Range;

use super::byline::{self, Byline};
use super::keys::{self, Key, Role};
use super::lines::{Line, join, paragraphs};

/// The head lies within this many paragraphs.
const PARAGRAPHS: usize = 8;

/// The longest standfirst, in characters.
const STANDFIRST: usize = 400;

/// The longest headline, in characters: a longer first paragraph is text without a headline.
const HEADLINE: usize = 1000;

/// The parts of a file, as ranges of its lines.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The first paragraph.
    pub headline: Option<Range<usize>>,
    /// The paragraph between headline and key block.
    pub standfirst: Option<Range<usize>>,
    /// The byline, and its line.
    pub byline: Option<(Byline, usize)>,
    /// The key lines, in order: the block's, then those that end the file.
    pub keys: Vec<usize>,
    /// The body's paragraphs, in order.
    pub body: Vec<Range<usize>>,
}

/// Finds the parts. Where key lines stand in the middle of a paragraph, they part it.
pub(super) fn layout(lines: &mut [Line]) -> Layout {
    let block = block(lines);
    for edge in [block.start, block.end] {
        if let Some(line) = lines.get_mut(edge) {
            line.starts = true;
        }
    }
    let tail = tail(lines, block.end);
    let mut layout = Layout::default();
    layout.before_block(lines, &block);
    layout.keys = block.clone().filter(|at| keys::role(&lines[*at]) != Role::Text).chain(tail..lines.len()).collect();
    layout.after_block(lines, block.end..tail, !block.is_empty());
    layout
}

impl Layout {
    fn before_block(&mut self, lines: &mut [Line], block: &Range<usize>) {
        if !block.is_empty() {
            self.byline = block.clone().find_map(|at| Some((byline::line(&lines[at].text)?, at)));
            part_bylines(lines, 0..block.start);
        }
        for paragraph in ranges(lines, 0..block.start) {
            if self.headline.is_none() && paragraph.start == 0 {
                self.headline = Some(paragraph);
            } else if !self.take_byline(lines, &paragraph) {
                let first = self.standfirst.is_none() && self.body.is_empty();
                match first && length(lines, &paragraph, STANDFIRST) {
                    true => self.standfirst = Some(paragraph),
                    false => self.body.push(paragraph),
                }
            }
        }
    }

    /// The body; its first paragraph may be the byline. Where nothing precedes the block, or there is none, the first
    /// paragraph is the headline.
    fn after_block(&mut self, lines: &mut [Line], body: Range<usize>, has_block: bool) {
        part_bylines(lines, body.start..body.end.min(body.start + 2));
        let mut opening = true;
        for paragraph in ranges(lines, body) {
            if opening && self.headline.is_none() && length(lines, &paragraph, HEADLINE) {
                self.headline = Some(paragraph);
                opening = !has_block || self.byline.is_none();
                continue;
            }
            if !(opening && self.take_byline(lines, &paragraph)) {
                self.body.push(paragraph);
            }
            opening = false;
        }
    }

    /// Takes a paragraph as the byline, if it is one and there is none yet.
    fn take_byline(&mut self, lines: &[Line], paragraph: &Range<usize>) -> bool {
        if self.byline.is_some() || paragraph.len() != 1 {
            return false;
        }
        self.byline = byline::line(&lines[paragraph.start].text).map(|byline| (byline, paragraph.start));
        self.byline.is_some()
    }
}

/// Whether a paragraph has at most so many characters.
fn length(lines: &[Line], paragraph: &Range<usize>, limit: usize) -> bool {
    join(&lines[paragraph.clone()]).chars().nth(limit).is_none()
}

/// The ranges of the paragraphs within a range of lines.
fn ranges(lines: &[Line], within: Range<usize>) -> Vec<Range<usize>> {
    let mut at = within.start;
    paragraphs(&lines[within])
        .map(|paragraph| {
            let start = at;
            at += paragraph.len();
            start..at
        })
        .collect()
}

/// Lets a byline that ends a paragraph of several lines, or follows a headline without a blank line, stand alone.
fn part_bylines(lines: &mut [Line], within: Range<usize>) {
    for at in within.clone().skip(1) {
        let ends = lines.get(at + 1).is_none_or(|next| next.starts) || at + 1 == within.end;
        if ends && byline::line(&lines[at].text).is_some() {
            lines[at].starts = true;
        }
    }
}

/// The lines of the key block; empty, at the start, where there is none.
fn block(lines: &[Line]) -> Range<usize> {
    let end = head_end(lines);
    let known = |at: &usize| matches!(keys::role(&lines[*at]), Role::Known { .. });
    let Some(first) = (0..end).filter(known).find(|at| if *at == 0 { opens(lines) } else { stands(&lines[*at]) })
    else {
        return 0..0;
    };
    let upper = matches!(keys::role(&lines[first]), Role::Known { upper: true });
    let alike = |at: usize| keys::role(&lines[at]) == Role::Unknown { upper };
    let mut start = first;
    while start > 1 && !lines[start].after_gap && alike(start - 1) {
        start -= 1;
    }
    let mut end = first + 1;
    let mut bylines = 0;
    while let Some(line) = lines.get(end) {
        match keys::role(line) {
            Role::Known { .. } => {}
            Role::Unknown { .. } if alike(end) && (upper || !line.after_gap) => {}
            Role::Text if bylines == 0 && is_byline_in_block(lines, end) => bylines += 1,
            _ => break,
        }
        end += 1;
    }
    start..end
}

/// Whether a line is a byline between key lines.
fn is_byline_in_block(lines: &[Line], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|next| matches!(keys::role(next), Role::Known { .. }))
        && byline::line(&lines[at].text).is_some()
}

/// The line at which the head's paragraphs end.
fn head_end(lines: &[Line]) -> usize {
    let starts = lines.iter().enumerate().filter(|(_, line)| line.starts);
    starts.map(|(at, _)| at).nth(PARAGRAPHS).unwrap_or(lines.len())
}

/// Whether a key line may stand where it does: in the middle of a wrapped paragraph, a lower-case word with a colon is prose.
fn stands(line: &Line) -> bool {
    line.starts || line.text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the first line of a file is a key line rather than a headline that happens to have a colon in it.
fn opens(lines: &[Line]) -> bool {
    let entries = keys::entries(&lines[0].text);
    let Some(first) = entries.first() else { return false };
    match first.key {
        Some(Key::Title) => true,
        Some(Key::Published | Key::Updated) => first.value.chars().any(|c| c.is_ascii_digit()),
        _ => first.is_upper() && lines.get(1).is_some_and(|line| keys::role(line) == Role::Known { upper: true }),
    }
}

/// The first of the key lines that end the file, after the key block; the number of lines where there are none.
fn tail(lines: &[Line], after: usize) -> usize {
    let mut start = lines.len();
    let mut known = None;
    // The first line is the headline, whatever its form.
    while start > after.max(1) {
        match keys::role(&lines[start - 1]) {
            Role::Known { .. } => known = Some(start - 1),
            Role::Unknown { .. } => {}
            Role::Text => break,
        }
        start -= 1;
        if lines[start].after_gap {
            break;
        }
    }
    let Some(known) = known else { return lines.len() };
    let upper = matches!(keys::role(&lines[known]), Role::Known { upper: true });
    let alike = |at: usize| {
        matches!(keys::role(&lines[at]), Role::Known { .. }) || keys::role(&lines[at]) == Role::Unknown { upper }
    };
    if lines[start].starts && (start..lines.len()).all(alike) {
        return start;
    }
    // Where every line is a paragraph, the key lines need no blank line before them.
    let first = (start..lines.len()).rev().take_while(|at| alike(*at)).last().unwrap_or(lines.len());
    if lines.get(first).is_some_and(|line| line.starts) && first <= known { first } else { lines.len() }
}
