//! What a file of strings may say, and what is noted where it may not.

use super::{Brings, Known, learn, missing, parse};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::SitePath;
use crate::model::source::Source;
use crate::model::strings::Said;

fn source(name: &str, text: &str) -> Source {
    Source::new(SitePath::new(&format!("strings/{name}")), text.as_bytes())
}

fn known() -> Known {
    let english = "tags: Tags\npage: Page {number}\ndate_long: \"%-d %B %Y\"\narticles: {one: '{count} article', other: '{count} articles'}\nweekdays: [Mo, Tu, We, Th, Fr, Sa, Su]\n";
    let file = parse(&source("en.yaml", english), &Known::new(), Brings::Keys);
    assert_eq!(file.diagnostics, []);
    let mut known = Known::new();
    learn(&mut known, &file.value.expect("a file"));
    known
}

/// The notes of a site's file: code, line, column, message and hint.
fn notes(text: &str) -> Vec<(Code, u32, u32, String, String)> {
    let noted = parse(&source("fr.yaml", text), &known(), Brings::Texts);
    let note = |note: Diagnostic| {
        let at = note.mark.and_then(|mark| mark.position).expect("a place");
        (note.code, at.line, at.column, note.message, note.hint.unwrap_or_default())
    };
    noted.diagnostics.into_iter().map(note).collect()
}

#[test]
fn a_file_says_what_its_language_says() {
    let text = "tags: Étiquettes\narticles: {one: '{count} article', many: '{count} d’articles', other: '{count} articles'}\nextra: {motto: 'À la une'}\n";
    let noted = parse(&source("fr-CA.yaml", text), &known(), Brings::Texts);
    assert_eq!(noted.diagnostics, []);
    let file = noted.value.expect("a file");
    assert_eq!(file.language, "fr-ca");
    assert_eq!(file.said["tags"], Said::Text("Étiquettes".to_owned()));
    assert!(
        matches!(&file.said["articles"], Said::Counted(language, forms) if language == "fr-ca" && forms.len() == 3)
    );
    assert!(matches!(&file.said["extra"], Said::Extra(own) if own["motto"] == "À la une"));
}

#[test]
fn slips_are_noted_where_they_stand() {
    let found = notes("tgas: Sujets\npage: Page {numbre}\narticles: {one: un, otehr: d’autres}\n");
    assert_eq!(found[0], (Code::UnknownKey, 1, 1, "unknown key `tgas`".into(), "did you mean `tags`?".into()));
    assert_eq!(found[1], (Code::Strings, 2, 7, "`page` has no `{numbre}`".into(), "did you mean `{number}`?".into()));
    assert_eq!((found[2].0, found[2].1, found[2].4.as_str()), (Code::UnknownKey, 3, "did you mean `other`?"));
    assert_eq!((found[3].0, found[3].3.as_str()), (Code::Strings, "`articles` has no form `other`"));
}

#[test]
fn what_has_the_wrong_type_says_nothing() {
    let found = notes("tags: [a]\narticles: many\nweekdays: [lun]\ndate_long: \"%-d %!\"\n");
    let codes: Vec<(Code, u32)> = found.iter().map(|note| (note.0, note.1)).collect();
    assert_eq!(codes, [(Code::WrongType, 1), (Code::WrongType, 2), (Code::Strings, 3), (Code::Strings, 4)]);
}

#[test]
fn a_key_of_a_sites_own_belongs_below_extra() {
    let found = notes("masthead_motto: À la une\n");
    assert!(found[0].4.contains("below `extra`"), "{found:?}");
}

#[test]
fn what_a_language_does_not_say_is_named_once() {
    let file = source("fr.yaml", "");
    let note = missing(&file, &["tags", "weekdays"].into(), &known()).expect("a note");
    assert_eq!(note.message, "fr.yaml does not say `articles`, `date_long` and `page`");
    assert_eq!(missing(&file, &known().keys().map(String::as_str).collect(), &known()), None);
}

#[test]
fn a_file_that_is_named_for_no_language_is_passed_over() {
    for name in ["README.md", "my strings.yaml", "e.yaml"] {
        let noted = parse(&source(name, "tags: T"), &known(), Brings::Texts);
        assert_eq!((noted.value, noted.diagnostics.len()), (None, 1), "{name}");
    }
}
