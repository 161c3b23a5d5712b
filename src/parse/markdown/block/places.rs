//! Where the data of a block stand in the file: a fence within a list or a quotation has its lines indented.

use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::parse::draft::Draft;
use crate::parse::excerpt::Excerpt;

/// The places of a fence and of the pieces of what it holds.
pub(super) struct Places {
    fence: Position,
    /// Where each piece begins: in what the fence holds, and in the file.
    pieces: Vec<(Position, Position)>,
}

impl Places {
    /// Finds them: `text` is what the fence holds, `pieces` the offsets at which its pieces begin there and in the file.
    pub(super) fn new(draft: &Draft<'_>, text: &Excerpt<'_>, fence: usize, pieces: &[(usize, usize)]) -> Self {
        let offsets = std::iter::once(fence).chain(pieces.iter().map(|(_, offset)| *offset));
        let mut places = draft.positions(offsets).into_iter();
        let fence = places.next().unwrap_or_default();
        let pieces = pieces.iter().map(|(at, _)| text.position(*at)).zip(places).collect();
        Self { fence, pieces }
    }

    /// Where the fence stands.
    pub(super) fn fence(&self) -> Position {
        self.fence
    }

    /// The place in the file of a place in what the fence holds.
    pub(super) fn of(&self, place: Position) -> Position {
        let next = self.pieces.partition_point(|(own, _)| *own <= place);
        let Some((own, file)) = next.checked_sub(1).map(|at| self.pieces[at]) else { return self.fence };
        match place.line - own.line {
            0 => Position::new(file.line, file.column + place.column - own.column),
            lines => Position::new(file.line + lines, place.column),
        }
    }

    /// Reports what was noted of the data, at its place in the file.
    pub(super) fn report(&self, draft: &mut Draft<'_>, notes: Vec<Diagnostic>) {
        let moved = |mark: Mark| Mark { position: mark.position.map(|place| self.of(place)), ..mark };
        for note in notes {
            let other = note.other.map(|(mark, label)| (moved(mark), label));
            let place = note.mark.as_ref().and_then(|mark| mark.position).map_or(self.fence, |place| self.of(place));
            draft.pin(place);
            draft.report(Diagnostic { other, ..note }, 0);
        }
        draft.unpin();
    }
}
