//! authors.yaml: people, and names that two of them claim.

use super::*;
use crate::model::diagnostic::Position;
use crate::model::path::SitePath;

fn read(text: &str) -> Noted<Vec<Person>> {
    parse(&Source::new(SitePath::new("content/authors.yaml"), text.as_bytes()))
}

fn faults(text: &str) -> Vec<(Code, u32, String)> {
    let place = |note: &Diagnostic| note.mark.as_ref().unwrap().position.unwrap().line;
    read(text).diagnostics.iter().map(|note| (note.code, place(note), note.message.clone())).collect()
}

#[test]
fn people_are_read_whole_and_in_order() {
    let noted = read(concat!(
        "copy-desk:\n  name: The Copy Desk\n  aliases: [Subs, Copy Desk]\n  role: Words\n  bio: |\n    One.\n\n    Two.\n",
        "  image: desk.png\n  email: desk@example.org\n  url: https://example.org/\n",
        "  links: [{name: Notes, url: \"https://example.org/notes\"}]\n  former: true\npress-room: The Press Room\n",
    ));
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    let [desk, room] = noted.value.as_slice() else { panic!() };
    assert_eq!((desk.id.as_str(), desk.name.as_str(), desk.former), ("copy-desk", "The Copy Desk", true));
    assert_eq!(desk.bio.as_deref(), Some("One.\n\nTwo."));
    assert_eq!((desk.aliases.len(), desk.links[0].name.as_str()), (2, "Notes"));
    assert_eq!((room.name.as_str(), room.mark.position), ("The Press Room", Some(Position::new(14, 1))));
}

#[test]
fn faults_are_located_and_the_others_are_read() {
    let text = "a:\n  nmae: A\nb:\n  name: B\n  email: nobody\n  url: example.org\n  former: no\nc: {name: C}\na/b: {name: D}\n";
    let found = faults(text);
    assert_eq!(found.len(), 6, "{found:?}");
    assert_eq!(found[0], (Code::UnknownKey, 2, "unknown key `a.nmae`".into()));
    assert_eq!(found[1], (Code::People, 1, "`a` has no `name`".into()));
    assert!(found[2..5].iter().all(|(code, ..)| *code == Code::WrongType));
    assert_eq!((found[5].0, found[5].1), (Code::People, 9));
    let names: Vec<String> = read(text).value.into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["B", "C"]);
    assert!(faults("a: {name: A, links: [{name: x}]}\n")[0].2.contains("needs a `url`"));
    assert!(faults("a: {name: A, links: [{name: x, url: \"javascript:x\"}]}\n")[0].2.contains("whole address"));
}

#[test]
fn a_name_belongs_to_one_person() {
    let noted = read("a: {name: The Desk}\nb: {name: B, aliases: [the desk]}\nc: {name: C, aliases: [C, c]}\n");
    assert_eq!(noted.diagnostics.len(), 1, "{:?}", noted.diagnostics);
    let note = &noted.diagnostics[0];
    assert_eq!(note.message, "`the desk` names both `a` and `b`");
    assert_eq!(note.mark.as_ref().unwrap().position, Some(Position::new(2, 1)));
    assert_eq!(note.other.as_ref().unwrap().0.position, Some(Position::new(1, 1)));
}
