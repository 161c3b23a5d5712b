//! Blocks: a fence whose info string is `block NAME` holds data in YAML, which is checked against what is declared of the kind.

mod markup;
mod places;
mod values;

use pulldown_cmark::CowStr;

use crate::model::block::BlockKind;
use crate::model::body::Block;
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::suggest::nearest;
use crate::parse::draft::Draft;
use crate::parse::excerpt::Excerpt;
use crate::parse::fields::listed;
use crate::parse::node::{Entry, Kind, excerpt};
use crate::parse::yaml;

use places::Places;
use values::Values;

/// The most that the data of one block may have, in bytes.
const LIMIT: usize = 64 * 1024;

/// What follows `block` in the info string of a fence: the name of the block's kind, or nothing. `None` for a fence of code.
pub(super) fn name(info: &str) -> Option<&str> {
    let rest = info.trim().strip_prefix("block")?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// A fence of code or data that is open.
pub(super) struct Fence<'a> {
    /// Its info string.
    pub(super) info: CowStr<'a>,
    /// What it holds, as far as it was read.
    pub(super) text: String,
    /// Where it stands in the file.
    offset: usize,
    /// Where its pieces begin: in `text`, and in the file.
    pieces: Vec<(usize, usize)>,
}

impl<'a> Fence<'a> {
    /// A fence at an offset of the file.
    pub(super) fn new(info: CowStr<'a>, offset: usize) -> Self {
        Self { info, text: String::new(), offset, pieces: Vec::new() }
    }

    /// Takes a piece of what it holds.
    pub(super) fn push(&mut self, piece: &str, offset: usize) {
        if name(&self.info).is_some() {
            self.pieces.push((self.text.len(), offset));
        }
        self.text.push_str(piece);
    }
}

/// Writes the block of a fence, or says what is wrong with it.
pub(super) fn write(draft: &mut Draft<'_>, kinds: &[BlockKind], fence: &Fence<'_>) {
    let name = name(&fence.info).unwrap_or_default();
    let Some(kind) = kinds.iter().find(|kind| kind.name == name) else {
        return draft.report(unknown(name, kinds), fence.offset);
    };
    if fence.text.len() > LIMIT {
        let fault = Diagnostic::error(Code::Limit, "the data of the block are longer than 64 KiB");
        return draft.report(fault.hint("split it into several blocks"), fence.offset);
    }
    let path = draft.path();
    let text = Excerpt::new(path, &fence.text, 1);
    let places = Places::new(draft, &text, fence.offset, &fence.pieces);
    let read = yaml::read(&text);
    let sound = !read.diagnostics.iter().any(Diagnostic::is_error);
    places.report(draft, read.diagnostics);
    let entries: Vec<Entry> = match read.value.map(|node| (node.described(), node.kind)) {
        Some((_, Kind::Map(entries))) => entries,
        None | Some((_, Kind::Null)) => Vec::new(),
        Some((found, _)) => {
            let fault = Diagnostic::error(Code::Block, format!("a block holds keys and values, and here is {found}"));
            return draft.report(fault.hint("write `key: value`, one to a line"), fence.offset);
        }
    };
    let mut values = Values::new(draft, &places);
    let data = match &kind.fields {
        Some(fields) => values.block(name, fields, &entries, sound),
        None => values.free(&entries),
    };
    let size = values.finish();
    draft.block(Block { kind: name.into(), data }, size, fence.offset);
}

fn unknown(name: &str, kinds: &[BlockKind]) -> Diagnostic {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name.as_str()).collect();
    if name.is_empty() {
        let fault = Diagnostic::error(Code::Block, "the block has no name");
        return fault.hint(format!("write it after `block`; there are {}", listed(&names)));
    }
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}; a template templates/blocks/{}.html adds one", listed(&names), excerpt(name)),
    };
    Diagnostic::error(Code::Block, format!("there is no block `{}`", excerpt(name))).hint(hint)
}
