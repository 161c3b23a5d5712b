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

/// The most lines of a key block: more is a table, not a head.
const KEY_LINES: usize = 64;

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
    let mut layout = Layout {
        keys: block.clone().filter(|at| keys::role(&lines[*at]) != Role::Text).chain(tail..lines.len()).collect(),
        byline: block.clone().find_map(|at| Some((byline::line(&lines[at].text)?, at))),
        ..Layout::default()
    };
    if block.end == lines.len() {
        // Key lines that end the file have no body after them: what precedes them is headline and body.
        layout.after_block(lines, 0..block.start, false);
    } else {
        layout.before_block(lines, block.start);
        layout.after_block(lines, block.end..tail, !block.is_empty());
    }
    layout
}

impl Layout {
    /// Headline, byline and standfirst; more is body.
    fn before_block(&mut self, lines: &mut [Line], end: usize) {
        part_bylines(lines, 0..end);
        for paragraph in ranges(lines, 0..end) {
            if paragraph.start == 0 && length(lines, &paragraph, HEADLINE) {
                self.headline = Some(paragraph);
            } else if !self.take_byline(lines, &paragraph) {
                let first = self.standfirst.is_none() && self.body.is_empty();
                if first && length(lines, &paragraph, STANDFIRST) {
                    self.standfirst = Some(paragraph);
                } else {
                    self.body.push(paragraph);
                }
            }
        }
    }

    /// The body; its first paragraph may be the byline. Where nothing precedes the block, or there is none, the first
    /// paragraph is the headline.
    fn after_block(&mut self, lines: &mut [Line], body: Range<usize>, has_block: bool) {
        if has_block {
            part_after_byline(lines, body.start);
        } else {
            let first = paragraphs(&lines[body.clone()]).next().map_or(0, <[Line]>::len);
            part_bylines(lines, body.start..body.start + first);
        }
        let mut opening = true;
        for paragraph in ranges(lines, body) {
            let first = opening && self.headline.is_none() && self.body.is_empty();
            if first && length(lines, &paragraph, HEADLINE) {
                self.headline = Some(paragraph);
            } else {
                if !(opening && self.take_byline(lines, &paragraph)) {
                    self.body.push(paragraph);
                }
                opening = false;
            }
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

/// Lets the byline that follows the key block stand alone.
fn part_after_byline(lines: &mut [Line], at: usize) {
    let is_byline = lines.get(at).is_some_and(|line| byline::line(&line.text).is_some());
    if let Some(next) = lines.get_mut(at + 1).filter(|_| is_byline) {
        next.starts = true;
    }
}

/// The lines of the key block; empty, at the start, where there is none.
fn block(lines: &[Line]) -> Range<usize> {
    let end = head_end(lines);
    let begins = |at: &usize| is_known(&lines[*at]) && if *at == 0 { opens(lines) } else { stands(&lines[*at]) };
    let Some(first) = (0..end).find(begins) else { return 0..0 };
    let upper = matches!(keys::role(&lines[first]), Role::Known { upper: true });
    let alike = |at: usize| keys::role(&lines[at]) == Role::Unknown { upper };
    let mut start = first;
    while start > 1 && first - start < KEY_LINES / 2 && !lines[start].after_gap && alike(start - 1) {
        start -= 1;
    }
    let mut end = first + 1;
    let mut bylines = 0;
    while let Some(line) = lines.get(end).filter(|_| end - start < KEY_LINES) {
        match keys::role(line) {
            Role::Known { .. } => {}
            Role::Unknown { .. } if alike(end) && (!line.after_gap || lines.get(end + 1).is_some_and(is_known)) => {}
            Role::Text if bylines == 0 && is_byline_in_block(lines, end) => bylines += 1,
            _ => break,
        }
        end += 1;
    }
    start..end
}

fn is_known(line: &Line) -> bool {
    matches!(keys::role(line), Role::Known { .. })
}

/// Whether a line is a byline between key lines.
fn is_byline_in_block(lines: &[Line], at: usize) -> bool {
    lines.get(at + 1).is_some_and(is_known) && byline::line(&lines[at].text).is_some()
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
    // The first line is the headline, whatever its form.
    let earliest = after.max(1).max(lines.len().saturating_sub(KEY_LINES));
    let mut trailing = (earliest..lines.len()).rev().take_while(|at| keys::role(&lines[*at]) != Role::Text);
    let Some(known) = trailing.find(|at| is_known(&lines[*at])) else { return lines.len() };
    let upper = matches!(keys::role(&lines[known]), Role::Known { upper: true });
    let belongs = |at: usize| is_known(&lines[at]) || keys::role(&lines[at]) == Role::Unknown { upper };
    // A blank line ends the paragraph, but a file may put one between any two of its lines.
    let beside =
        |at: usize| lines.get(at + 1).is_none_or(|next| !next.after_gap || (lines[at].starts && is_known(&lines[at])));
    let start = (earliest..lines.len()).rev().take_while(|at| belongs(*at) && beside(*at)).last();
    start.filter(|start| *start <= known && lines[*start].starts).unwrap_or(lines.len())
}
