//! Kinds of blocks: which there are, by the templates of all layers, and what is declared of each beside them.

use std::collections::BTreeMap;

use crate::model::block::BlockKind;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::path::SitePath;
use crate::parse;
use crate::render::{self, Layer, Templates};

/// Takes the declarations of blocks out of the layers, which come topmost first: the topmost one of a name counts, as does the
/// topmost template. Returns the kinds by name.
pub fn take(layers: &mut [Layer], notes: &mut Vec<Diagnostic>) -> Vec<BlockKind> {
    let mut kinds: BTreeMap<String, BlockKind> = BTreeMap::new();
    let mut declared: Vec<(String, SitePath)> = Vec::new();
    for layer in layers.iter_mut() {
        let (own, templates) =
            std::mem::take(&mut layer.templates).into_iter().partition(|(name, _)| of(name, "yaml").is_some());
        layer.templates = templates;
        for (name, source) in own {
            let Some(kind) = of(&name, "yaml") else { continue };
            if declared.iter().any(|(known, _)| known == kind) {
                continue;
            }
            declared.push((kind.to_owned(), source.path.clone()));
            let parsed = parse::block::parse(&source);
            notes.extend(parsed.diagnostics);
            kinds.insert(kind.to_owned(), parsed.value);
        }
    }
    let shown = layers.iter().flat_map(|layer| layer.templates.iter().filter_map(|(name, _)| of(name, "html")));
    let mut bare: Vec<BlockKind> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for kind in shown {
        seen.push(kind);
        if !kinds.contains_key(kind) {
            bare.push(BlockKind { name: kind.to_owned(), fields: None });
        }
    }
    for (kind, path) in declared.iter().filter(|(kind, _)| !seen.contains(&kind.as_str())) {
        let fault = Diagnostic::error(Code::Block, format!("the block `{kind}` is declared, and no template shows it"));
        notes.push(fault.at(Mark::file(path)).hint(format!("write {} beside it", render::block_template(kind))));
    }
    kinds.extend(bare.into_iter().map(|kind| (kind.name.clone(), kind)));
    kinds.into_values().collect()
}

/// The digests of the templates that show blocks, by kind.
pub fn digests(kinds: &[BlockKind], templates: &Templates) -> BTreeMap<String, Digest> {
    kinds.iter().map(|kind| (kind.name.clone(), templates.digest(&render::block_template(&kind.name)))).collect()
}

/// The kind of block that a file of a layer belongs to, if it has this extension.
fn of<'a>(name: &'a str, extension: &str) -> Option<&'a str> {
    let kind = name.strip_prefix("blocks/")?.strip_suffix(extension)?.strip_suffix('.')?;
    (!kind.contains('/')).then_some(kind)
}
