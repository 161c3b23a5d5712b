//! Blocks that are never shown: what they stood in was replaced, or every page has another in their place.

use std::collections::BTreeSet;

use super::wardrobe::{Garment, Wardrobe};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};

/// A block, by the full name of its template and its own name.
type Shown<'a> = BTreeSet<(&'a str, &'a str)>;

/// The site's own blocks that no page shows, though pages reach the templates that they stand in.
pub fn hidden(wardrobe: &Wardrobe) -> Vec<Diagnostic> {
    let mut shown = Shown::new();
    for maker in wardrobe.makers() {
        show(&wardrobe.chain(maker).collect::<Vec<_>>(), &mut shown);
    }
    let mut notes = Vec::new();
    for garment in wardrobe.own().filter(|garment| !garment.pages.is_empty()) {
        // Whatever extends nothing may leave places for others to fill.
        if garment.outline.extends.is_none() {
            continue;
        }
        let blocks = &garment.outline.blocks;
        let is_shown = |at: usize| shown.contains(&(garment.full.as_str(), blocks[at].name));
        for (at, block) in blocks.iter().enumerate() {
            // What stands in a block that is not shown itself needs no word of its own.
            if !is_shown(at) && block.within.is_none_or(is_shown) {
                notes.push(note(garment, at, wardrobe));
            }
        }
    }
    notes
}

/// Notes which blocks show on pages that a chain of templates makes, the uppermost first.
fn show<'a>(chain: &[&'a Garment], shown: &mut Shown<'a>) {
    let Some(root) = chain.last() else { return };
    let top = root.outline.blocks.iter().filter(|block| block.within.is_none());
    let mut open: Vec<&str> = top.map(|block| block.name).collect();
    let mut met: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(name) = open.pop() {
        // The uppermost block of the name shows, and those below it as far as each calls the next.
        for garment in chain {
            let blocks = &garment.outline.blocks;
            let Some(at) = blocks.iter().position(|block| block.name == name) else { continue };
            shown.insert((&garment.full, name));
            let inner = blocks.iter().filter(|block| block.within == Some(at)).map(|block| block.name);
            open.extend(inner.filter(|name| met.insert(*name)));
            if !blocks[at].calls_super {
                break;
            }
        }
    }
}

fn note(garment: &Garment, at: usize, wardrobe: &Wardrobe) -> Diagnostic {
    let block = &garment.outline.blocks[at];
    let lower: Vec<&Garment> = wardrobe.chain(garment).skip(1).collect();
    let above = wardrobe.makers().flat_map(|maker| wardrobe.chain(maker)).find(|other| {
        let replaces = |other: &Garment| other.outline.blocks.iter().any(|one| one.name == block.name);
        other.full != garment.full && !lower.iter().any(|one| one.full == other.full) && replaces(other)
    });
    let outer = |garment: &Garment| {
        let block = garment.outline.blocks.iter().find(|one| one.name == block.name)?;
        Some(garment.outline.blocks[block.within?].name.to_owned())
    };
    let message = format!("the block `{}` shows on no page", block.name);
    let hint = match (lower.iter().find_map(|one| outer(one)), above) {
        (Some(outer), _) => format!("`{outer}`, in which it stood, is replaced by a template in between: put it there"),
        (None, Some(above)) => format!("every page has that of `{}` or another in its place", above.path),
        (None, None) => "nothing that lies below has a place for it: remove it".to_owned(),
    };
    let mark = Mark::at(garment.path, Position::of_offset(garment.text, block.at));
    Diagnostic::warning(Code::Template, message).at(mark).hint(hint)
}
