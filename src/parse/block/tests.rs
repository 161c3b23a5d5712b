//! Declarations of blocks.

use crate::model::block::{BlockKind, Field, FieldKind};
use crate::model::body::Datum;
use crate::model::diagnostic::{Diagnostic, Position};
use crate::model::path::SitePath;
use crate::model::source::Source;

fn parse(text: &str) -> (BlockKind, Vec<Diagnostic>) {
    let source = Source::new(SitePath::new("templates/blocks/recipe.yaml"), text.as_bytes().to_vec());
    let noted = super::parse(&source);
    (noted.value, noted.diagnostics)
}

fn field(name: &str, kind: FieldKind) -> Field {
    let default = if matches!(kind, FieldKind::List(_)) { Datum::List(Vec::new()) } else { Datum::None };
    Field { name: name.to_owned(), kind, required: false, default }
}

#[test]
fn a_field_is_a_type_or_a_mapping_that_has_one() {
    let (kind, notes) = parse(
        "description: A dish.\nfields:\n  title: text\n  serves: {type: integer, default: 4}\n  steps: {type: list, of: markdown}\n  \
         parts: {type: list, required: true, of: {type: map, fields: {name: text, kind: {type: choice, choices: [a, b]}}}}\n",
    );
    assert_eq!(notes, []);
    let choice = FieldKind::Choice(vec!["a".to_owned(), "b".to_owned()]);
    let part = FieldKind::Map(vec![field("name", FieldKind::Text), field("kind", choice)]);
    let wanted = [
        field("title", FieldKind::Text),
        Field { default: Datum::Integer(4), ..field("serves", FieldKind::Integer) },
        field("steps", FieldKind::List(Box::new(FieldKind::Markdown))),
        Field { required: true, ..field("parts", FieldKind::List(Box::new(part))) },
    ];
    assert_eq!(kind, BlockKind { name: "recipe".to_owned(), fields: Some(wanted.to_vec()) });
}

#[test]
fn each_fault_is_told_at_its_place() {
    let (_, notes) = parse(
        "fields:\n  a: txt\n  b: {type: choice}\n  c: {required: true}\n  d: {type: text, requird: true}\n  e: {type: path, default: x}\n",
    );
    let told: Vec<(Option<Position>, &str, &str)> = notes
        .iter()
        .map(|note| {
            let place = note.mark.as_ref().and_then(|mark| mark.position);
            (place, note.message.as_str(), note.hint.as_deref().unwrap_or(""))
        })
        .collect();
    let at = |line, column| Some(Position::new(line, column));
    assert!(told[0].1.starts_with("`fields.a` must be one of `text`"), "{told:?}");
    assert_eq!((told[0].0, told[0].2), (at(2, 6), "did you mean `text`?"));
    assert_eq!(told[1], (at(3, 6), "`fields.b` has no `choices`", "add `choices: [one, another]`"));
    assert_eq!(told[2].1, "`fields.c` has no `type`");
    assert_eq!(told[3], (at(5, 19), "unknown key `fields.d.requird`", "did you mean `required`?"));
    assert_eq!(told[4].1, "`fields.e.default` cannot be given for this type");
    assert_eq!(told.len(), 5);
}
