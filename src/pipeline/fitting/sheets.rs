//! Custom properties of stylesheets: what the site sets and nothing reads, and what it reads and nothing sets.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::failure::Failure;
use crate::model::source::{Asset, Inputs};
use crate::model::suggest::nearest;
use crate::pipeline::dress::Dress;

/// The largest stylesheet that is looked at, in bytes.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Custom properties by name, each with the first place of it.
type Properties = BTreeMap<String, usize>;

/// A stylesheet.
struct Sheet<'a> {
    asset: &'a Asset,
    text: String,
    /// Those that it gives a value.
    set: Properties,
    /// Those that it reads without another value at hand.
    read: Properties,
}

/// What the site's own stylesheets set or read in vain, where the theme has stylesheets at all.
///
/// # Errors
/// A stylesheet cannot be read.
pub fn strangers(root: &Path, inputs: &Inputs, dress: &Dress) -> Result<Vec<Diagnostic>, Failure> {
    let mut sheets = Vec::new();
    let theirs = dress.statics.iter().map(|placed| &placed.asset).filter(|asset| asset.path.below("static").is_none());
    for asset in inputs.statics.iter().chain(theirs).filter(|asset| asset.path.as_str().ends_with(".css")) {
        sheets.extend(sheet(root, asset)?);
    }
    let (own, themes): (Vec<_>, Vec<_>) =
        sheets.into_iter().partition(|sheet| sheet.asset.path.below("static").is_some());
    if themes.is_empty() {
        return Ok(Vec::new());
    }
    let mut notes = Vec::new();
    let all = || own.iter().chain(&themes);
    for sheet in &own {
        for (name, at) in &sheet.set {
            if !all().any(|other| other.text.contains(&format!("var({name}")) || other.read.contains_key(name)) {
                let known = themes.iter().flat_map(|theme| theme.set.keys()).map(String::as_str);
                notes.push(note(sheet, *at, format!("no stylesheet reads the property `{name}`"), name, known));
            }
        }
        for (name, at) in &sheet.read {
            if !all().any(|other| other.set.contains_key(name)) {
                let known = all().flat_map(|other| other.set.keys()).map(String::as_str);
                notes.push(note(sheet, *at, format!("no stylesheet sets the property `{name}`"), name, known));
            }
        }
    }
    Ok(notes)
}

fn note<'k>(sheet: &Sheet, at: usize, message: String, name: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let hint = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the theme has no property of this name: look for it in the theme's stylesheet".to_owned(),
    };
    let mark = Mark::at(&sheet.asset.path, Position::of_offset(&sheet.text, at));
    Diagnostic::warning(Code::Theme, message).at(mark).hint(hint)
}

fn sheet<'a>(root: &Path, asset: &'a Asset) -> Result<Option<Sheet<'a>>, Failure> {
    if asset.length > LIMIT {
        return Ok(None);
    }
    let bytes = match &asset.bytes {
        Some(bytes) => bytes.to_vec(),
        None => {
            let path = root.join(asset.path.as_str());
            fs::read(&path).map_err(|error| Failure::new("read", &path, error))?
        }
    };
    let text = blanked(&String::from_utf8_lossy(&bytes));
    let (mut set, mut read) = (Properties::new(), Properties::new());
    let mut at = 0;
    while let Some(start) = text[at..].find("--").map(|found| at + found) {
        let length = text[start..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .unwrap_or(text.len() - start);
        let (name, after) = (&text[start..start + length], text[start + length..].trim_start());
        let begins = !text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if begins && after.starts_with(':') {
            set.entry(name.to_owned()).or_insert(start);
        } else if begins && text[..start].trim_end().ends_with("var(") && after.starts_with(')') {
            read.entry(name.to_owned()).or_insert(start);
        }
        at = start + length;
    }
    Ok(Some(Sheet { asset, text, set, read }))
}

/// The text with blanks in the place of comments.
fn blanked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, behind) = after.split_once("*/").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(comment.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        out.push_str("    ");
        rest = behind;
    }
    out.push_str(rest);
    out
}
