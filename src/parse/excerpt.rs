//! The stretch of a file that holds structured text, and where each of its bytes stands in that file.

use crate::model::diagnostic::{Mark, Position};
use crate::model::path::SitePath;

/// How many bytes apart the known places are on a long line: a lookup counts the characters of fewer than these.
const STRIDE: usize = 1024;

/// Structured text within a file.
pub struct Excerpt<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// The text, without a byte order mark.
    pub text: &'a str,
    /// The file's line on which the text begins, from 1. The text begins at that line's start.
    pub first_line: u32,
    /// Byte offsets and their places, in order: each line's start, and some places within long lines.
    stops: Vec<(usize, Position)>,
}

impl<'a> Excerpt<'a> {
    /// Takes text that begins at the start of the file's line `first_line`.
    pub fn new(path: &'a SitePath, text: &'a str, first_line: u32) -> Self {
        Self { path, text, first_line, stops: stops(text, first_line) }
    }

    /// The place of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let next = self.stops.partition_point(|(at, _)| *at <= offset);
        let (at, place) = self.stops[next.saturating_sub(1)];
        Position::new(place.line, place.column + self.text[at..offset].chars().count() as u32)
    }

    /// The place of a byte offset, and the file.
    pub fn mark(&self, offset: usize) -> Mark {
        Mark::at(self.path, self.position(offset))
    }

    /// The byte offset of a place, if the text has it.
    pub fn offset(&self, place: Position) -> Option<usize> {
        let next = self.stops.partition_point(|(_, stop)| *stop <= place);
        let (start, stop) = self.stops.get(next.checked_sub(1)?)?;
        let ahead = place.column.checked_sub(stop.column).filter(|_| stop.line == place.line)?;
        // No stop lies between, so that fewer than these bytes are looked at.
        let mut chars = self.text[*start..].char_indices().map(|(at, _)| start + at).chain([self.text.len()]);
        chars.nth(ahead as usize)
    }

    /// The text from a place to the end of its line.
    pub fn rest_of_line(&self, place: Position) -> &'a str {
        let Some(offset) = self.offset(place) else { return "" };
        self.text[offset..].split(['\n', '\r']).next().unwrap_or("")
    }

    /// The whole line of a place, without its end.
    pub fn line(&self, line: u32) -> &'a str {
        self.rest_of_line(Position::new(line, 1))
    }
}

fn stops(text: &str, first_line: u32) -> Vec<(usize, Position)> {
    let mut stops = Vec::new();
    let (mut line, mut start) = (first_line, 0);
    for piece in text.split_inclusive('\n') {
        let mut column = 1;
        let (mut at, end) = (start, start + piece.len());
        stops.push((at, Position::new(line, column)));
        while end - at > STRIDE {
            let mut next = at + STRIDE;
            while !text.is_char_boundary(next) {
                next += 1;
            }
            column += text[at..next].chars().count() as u32;
            at = next;
            stops.push((at, Position::new(line, column)));
        }
        start = end;
        line += 1;
    }
    if text.is_empty() || text.ends_with('\n') {
        stops.push((text.len(), Position::new(line, 1)));
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_begin_at_the_first_line() {
        let path = SitePath::new("content/a.md");
        let text = format!("é: x\n{}b\n", "ü".repeat(3000));
        let excerpt = Excerpt::new(&path, &text, 2);
        assert_eq!(excerpt.position(2), Position::new(2, 2));
        assert_eq!(excerpt.position(text.len() - 2), Position::new(3, 3001));
        assert_eq!(excerpt.position(usize::MAX), Position::new(4, 1));
        assert_eq!(excerpt.rest_of_line(Position::new(2, 4)), "x");
        assert_eq!(excerpt.rest_of_line(Position::new(9, 1)), "");
        assert_eq!(excerpt.offset(Position::new(3, 3001)), Some(text.len() - 2));
        assert_eq!(excerpt.offset(Position::new(4, 1)), Some(text.len()));
        assert_eq!(excerpt.offset(Position::new(1, 1)), None);
    }
}
