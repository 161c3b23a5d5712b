//! The files of the collection that is imported, as they were found.

use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::SitePath;
pub use crate::model::relative::join;

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its bytes, where it is of a kind that is read; the others are copied.
    pub bytes: Option<Arc<[u8]>>,
}

/// All files by their paths, relative to the collection's folder.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The files, in the order of their paths.
    pub files: BTreeMap<String, File>,
    /// What was passed over.
    pub notes: Vec<Diagnostic>,
}

impl Tree {
    /// The text of a file, with line feeds alone for line ends. One that is not UTF-8 is read as windows-1252, which has a
    /// character for every byte, and that is noted.
    pub fn text(&self, path: &str, notes: &mut Vec<Diagnostic>) -> Option<String> {
        let bytes = self.files.get(path)?.bytes.as_deref()?;
        let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
        let text = match encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]) {
            Some(text) => text,
            None => {
                notes.push(
                    Diagnostic::warning(Code::Encoding, "the file is not UTF-8; it was read as windows-1252")
                        .at(Mark::file(&SitePath::new(path)))
                        .hint("look whether its letters are right, and save the original as UTF-8 if they are not"),
                );
                WINDOWS_1252.decode_without_bom_handling(&bytes[skip..]).0
            }
        };
        Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The paths of the files below a folder, in order.
    pub fn below<'t>(&'t self, folder: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let end = start.clone();
        self.files
            .range::<str, _>((std::ops::Bound::Included(start.as_str()), std::ops::Bound::Unbounded))
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(&end))
    }

    /// Whether any file lies below a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }
}

/// The extension of a path in lower case.
pub fn extension(path: &str) -> String {
    SitePath::new(path).extension().to_ascii_lowercase()
}

/// A path without its extension.
pub fn without_extension(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.') {
        Some(at) if at > 0 => &path[..name + at],
        _ => path,
    }
}

/// The folder of a path; empty at the top.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
