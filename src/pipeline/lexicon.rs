//! The strings of a site: its own files, its theme's and that theme's parents', and those compiled in, as layers.

use std::collections::BTreeSet;

use crate::builtin;
use crate::model::diagnostic::Noted;
use crate::model::source::{Inputs, Source, ThemeFolder};
use crate::model::strings::{Lexicon, StringsFile};
use crate::parse::strings::{Brings, Known, learn, missing, parse};

/// Reads all files, from the built-in ones upwards: each layer may say what those below it know. `themes` are the site's theme
/// and its parents.
pub fn gather<'a>(inputs: &Inputs, themes: impl DoubleEndedIterator<Item = &'a ThemeFolder>) -> Noted<Lexicon> {
    let mut notes = Vec::new();
    let mut known = Known::new();
    let mut layers = Vec::new();
    let mut add = |sources: &[&Source], brings, notes: &mut Vec<_>| {
        let mut files: Vec<StringsFile> = Vec::new();
        for source in sources {
            let parsed = parse(source, &known, brings);
            notes.extend(parsed.diagnostics);
            files.extend(parsed.value);
        }
        files.iter().for_each(|file| learn(&mut known, file));
        layers.push(files);
    };
    let builtin = builtin::strings();
    add(&builtin.iter().collect::<Vec<_>>(), Brings::Keys, &mut notes);
    for theme in themes.rev() {
        let is_strings = |source: &&Source| source.path.as_str().contains("/strings/");
        add(&theme.sources.iter().filter(is_strings).collect::<Vec<_>>(), Brings::Keys, &mut notes);
    }
    // A file that equals the built-in one of its name changes nothing, and so does not hide the theme's: the built-in files
    // themselves lie in such a folder.
    let copied = |source: &Source| {
        builtin.iter().any(|known| known.path.name() == source.path.name() && known.digest == source.digest)
    };
    let own: Vec<&Source> = inputs.strings.iter().filter(|source| !copied(source)).collect();
    add(&own, Brings::Texts, &mut notes);
    layers.reverse();
    let lexicon = Lexicon { layers };
    for source in own {
        let language = source.path.stem().to_ascii_lowercase();
        let kin =
            |file: &&StringsFile| language == file.language || language.starts_with(&format!("{}-", file.language));
        let there: BTreeSet<&str> =
            lexicon.layers.iter().flatten().filter(kin).flat_map(|file| file.said.keys().map(String::as_str)).collect();
        if !there.is_empty() {
            notes.extend(missing(source, &there, &known));
        }
    }
    Noted { value: lexicon, diagnostics: notes }
}
