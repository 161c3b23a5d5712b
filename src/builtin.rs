//! What is compiled into the binary: the built-in strings and templates and the bundled themes, as sources like any other, so that a site
//! builds with nothing but the binary.

use include_dir::{Dir, include_dir};

use crate::model::digest::Digest;
use crate::model::path::SitePath;
use crate::model::source::{Asset, Source, ThemeFolder};

static STRINGS: Dir = include_dir!("$CARGO_MANIFEST_DIR/strings");
static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static THEMES: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Where built-in files lie, as diagnostics name them.
const ROOT: &str = "builtin";

/// The digest of the engine: its sources, templates, themes, dependencies and compiler.
pub fn engine() -> Digest {
    Digest::of(env!("BYLINE_ENGINE").as_bytes())
}

/// The built-in templates, by their names within the layer.
pub fn templates() -> Vec<(String, Source)> {
    let files = files(&TEMPLATES).into_iter();
    files.map(|(name, bytes)| (name.clone(), source(&format!("templates/{name}"), bytes))).collect()
}

/// The built-in strings, a file for each language.
pub fn strings() -> Vec<Source> {
    files(&STRINGS).into_iter().map(|(name, bytes)| source(&format!("strings/{name}"), bytes)).collect()
}

/// A bundled theme.
pub fn theme(name: &str) -> Option<ThemeFolder> {
    let folder = THEMES.get_dir(name)?;
    let mut theme = ThemeFolder { name: name.to_owned(), ..ThemeFolder::default() };
    for (path, bytes) in files(folder) {
        let path = path.strip_prefix(&format!("{name}/")).unwrap_or(&path).to_owned();
        let full = format!("themes/{name}/{path}");
        if path.starts_with("static/") {
            let asset = Asset {
                path: SitePath::new(&format!("{ROOT}/{full}")),
                digest: Digest::of(bytes),
                length: bytes.len() as u64,
                bytes: Some(bytes.into()),
            };
            theme.statics.push(asset);
        } else {
            theme.sources.push(source(&full, bytes));
        }
    }
    Some(theme)
}

/// The script of the search page, under the name that a theme's or a site's own would have.
pub fn search_script() -> (&'static str, Asset) {
    let bytes = include_bytes!("builtin/search.js");
    let path = SitePath::new(&format!("{ROOT}/search.js"));
    ("search.js", Asset { path, digest: Digest::of(bytes), length: bytes.len() as u64, bytes: Some(bytes[..].into()) })
}

/// The names of the bundled themes.
pub fn theme_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = THEMES.dirs().filter_map(|folder| folder.path().file_name()?.to_str()).collect();
    names.sort_unstable();
    names
}

/// The text of a built-in file that a diagnostic names.
pub fn text(path: &SitePath) -> Option<&'static str> {
    let path = path.below(ROOT)?;
    let (folder, name) = path.split_once('/')?;
    let folder = match folder {
        "strings" => &STRINGS,
        "templates" => &TEMPLATES,
        "themes" => &THEMES,
        _ => return None,
    };
    folder.get_file(name)?.contents_utf8()
}

fn source(path: &str, bytes: &'static [u8]) -> Source {
    Source::new(SitePath::new(&format!("{ROOT}/{path}")), bytes)
}

/// All files below a folder with their paths there, sorted.
fn files<'a>(folder: &'a Dir<'a>) -> Vec<(String, &'a [u8])> {
    let mut all: Vec<(String, &[u8])> = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        all.extend(folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())));
        open.extend(folder.dirs());
    }
    all.sort();
    all
}
