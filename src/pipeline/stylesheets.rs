//! Stylesheets of the theme, in as few bytes as say the same.

use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::source::Asset;
use crate::{read, render};

/// The file as it is published: a stylesheet in its shortest form, anything else as it is. So is a stylesheet that cannot be
/// understood, with a warning; and one that cannot be read: whoever is to copy it will say so.
pub fn minified(root: &Path, asset: &Asset, notes: &mut Vec<Diagnostic>) -> Asset {
    if !asset.path.extension().eq_ignore_ascii_case("css") {
        return asset.clone();
    }
    let bytes = asset.bytes.clone().or_else(|| Some(read::single(root, &asset.path).ok()?.bytes));
    let Some(text) = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()) else { return asset.clone() };
    // The minifier is not ours: should it meet a fault of its own, the stylesheet is good enough as it stands.
    match catch_unwind(|| render::stylesheet::minified(text)) {
        Ok(Ok(made)) => {
            let bytes: Arc<[u8]> = made.into_bytes().into();
            Asset { digest: Digest::of(&bytes), length: bytes.len() as u64, bytes: Some(bytes), ..asset.clone() }
        }
        Ok(Err((at, fault))) => {
            let message = format!("the stylesheet cannot be read: {fault}");
            let note = Diagnostic::warning(Code::Stylesheet, message).at(Mark::at(&asset.path, at));
            notes.push(note.hint("correct it; it is published as it stands"));
            asset.clone()
        }
        Err(_) => asset.clone(),
    }
}
