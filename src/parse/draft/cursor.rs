//! Byte offsets to lines and columns, in one walk through the file: places are asked for nearly in order.

use crate::model::diagnostic::Position;

/// A walk through a text that remembers how far it came.
#[derive(Clone)]
pub(in crate::parse) struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    place: Position,
}

impl<'a> Cursor<'a> {
    /// Starts at the text's beginning.
    pub(in crate::parse) fn new(text: &'a str) -> Self {
        Self { text, offset: 0, place: Position::new(1, 1) }
    }

    /// The place of a byte offset. A step back starts the walk anew, so callers ask in the order of the text.
    pub(in crate::parse) fn position(&mut self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        if offset < self.offset {
            self.offset = 0;
            self.place = Position::new(1, 1);
        }
        let passed = &self.text[self.offset..offset];
        match passed.rfind('\n') {
            Some(last) => {
                self.place.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u32;
                self.place.column = 1 + passed[last + 1..].chars().count() as u32;
            }
            None => self.place.column += passed.chars().count() as u32,
        }
        self.offset = offset;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;
    use crate::model::diagnostic::Position;

    #[test]
    fn a_walk_agrees_with_counting_from_the_start() {
        let text = "één\ntwee – drie\n\nvier";
        let mut cursor = Cursor::new(text);
        for offset in (0..=text.len()).chain([3, 9]) {
            assert_eq!(cursor.position(offset), Position::of_offset(text, offset), "at {offset}");
        }
    }
}
