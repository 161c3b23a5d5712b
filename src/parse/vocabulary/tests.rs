//! tags.yaml: tags, their names, and where they lead.

use super::*;
use crate::model::diagnostic::Severity;
use crate::model::path::SitePath;

fn read(text: &str) -> Noted<Vec<TagEntry>> {
    parse(&Source::new(SitePath::new("content/tags.yaml"), text.as_bytes()))
}

#[test]
fn tags_are_read_whole_and_in_order() {
    let noted = read(concat!(
        "Harbour: {slug: port, description: Ships, synonyms: [Port, Docks], broader: [Town], match: true}\n",
        "Town:\nTide: {match: [spring tide, neap tide]}\nQuay: {deprecated: {use: port}, match: false}\n",
    ));
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    let [harbour, town, tide, quay] = noted.value.as_slice() else { panic!() };
    assert_eq!(harbour.slug.as_ref().unwrap().as_str(), "port");
    assert_eq!(harbour.phrases, ["Harbour", "Port", "Docks"]);
    assert!(town.phrases.is_empty() && town.synonyms.is_empty());
    assert_eq!(tide.phrases, ["spring tide", "neap tide"]);
    assert_eq!((quay.replaced_by.as_deref(), quay.phrases.len()), (Some("port"), 0));
    assert_eq!(tide.mark.position, Some(Position::new(3, 1)));
}

#[test]
fn a_name_belongs_to_one_tag() {
    let noted = read("Harbour: {synonyms: [Port]}\nQuay: {synonyms: [PORT]}\nharbour:\n");
    let messages: Vec<&str> = noted.diagnostics.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`PORT` belongs to both `Harbour` and `Quay`", "`harbour` belongs to both `Harbour` and `harbour`"]
    );
    let first = &noted.diagnostics[0];
    assert_eq!(first.mark.as_ref().unwrap().position, Some(Position::new(2, 1)));
    assert_eq!(first.other.as_ref().unwrap().0.position, Some(Position::new(1, 1)));
}

#[test]
fn tags_that_are_not_listed_are_warnings_with_a_suggestion() {
    let noted = read("Harbour:\nQuay: {broader: [Habour]}\nPier: {deprecated: {use: Zeppelin}}\n");
    assert!(noted.diagnostics.iter().all(|note| note.severity == Severity::Warning));
    let found: Vec<_> = noted
        .diagnostics
        .iter()
        .map(|note| (note.mark.as_ref().unwrap().position.unwrap(), note.hint.clone().unwrap()))
        .collect();
    assert_eq!(found[0], (Position::new(2, 17), "did you mean `Harbour`?".to_owned()));
    assert_eq!(found[1].1, "give `Zeppelin` an entry of its own");
}

#[test]
fn wrong_values_and_circles_are_errors() {
    let errors = |text: &str| read(text).diagnostics.iter().map(|note| note.message.clone()).collect::<Vec<_>>();
    assert!(
        errors("A: {deprecated: {use: B}}\nB: {deprecated: {use: A}}\n")
            .iter()
            .all(|text| text.contains("no tag in use"))
    );
    assert_eq!(
        errors("A: {match: yes}\n"),
        ["`A.match` must be true, or a list of phrases, and here is the text `yes`"]
    );
    assert_eq!(errors("A: {deprecated: {}}\n"), ["`A.deprecated` names no tag to use"]);
    assert_eq!(errors("A: {sinonyms: [x]}\n"), ["unknown key `A.sinonyms`"]);
    assert_eq!(errors("A: text\n"), ["`A` must be a mapping of keys to values, and here is the text `text`"]);
    assert!(errors("A: {slug: a/b}\n")[0].contains("cannot be used"));
}
