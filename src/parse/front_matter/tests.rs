//! Front matter: where it ends, what each key takes, and the place of every mistake.

use super::*;
use crate::model::config::{DateOrder, Faulty, HtmlMode};
use crate::model::date::Zone;
use crate::model::diagnostic::{Noted, Severity};
use crate::model::front_matter::{Credit, FrontMatter};

fn path() -> SitePath {
    SitePath::new("content/a.md")
}

fn read_as(text: &str, taxonomies: &[&str], cascade: bool) -> Noted<FrontMatter> {
    let text = format!("---\n{text}---\nBody.\n");
    let opening = open(&path(), &text);
    let zone = Zone::utc();
    let taxonomies: Vec<String> = taxonomies.iter().map(|name| name.to_string()).collect();
    let mut noted = layer(opening.front.unwrap(), &path(), &Context { zone: &zone, taxonomies: &taxonomies, cascade });
    noted.diagnostics.splice(0..0, opening.diagnostics);
    noted
}

fn good(text: &str) -> FrontMatter {
    let noted = read_as(text, &[], false);
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    noted.value
}

/// The only note on one key line, which is the file's second line: code, column, message, hint.
fn fault(line: &str) -> (Code, u32, String, String) {
    let noted = read_as(&format!("{line}\n"), &[], false);
    assert_eq!(noted.diagnostics.len(), 1, "{line}: {:?}", noted.diagnostics);
    let note = noted.diagnostics.into_iter().next().unwrap();
    let at = note.mark.unwrap().position.unwrap();
    assert_eq!(at.line, 2, "{line}");
    (note.code, at.column, note.message, note.hint.unwrap())
}

#[test]
fn the_body_begins_after_the_closing_line() {
    for (text, body) in [
        ("---\ntitle: x\n---\nBody", "Body"),
        ("---\r\ntitle: x\r\n---\r\nBody", "Body"),
        ("\n\n---\ntitle: x\n...\nBody", "Body"),
        ("+++\ntitle = \"x\"\n+++\nBody", "Body"),
        ("{\n\"title\": \"x\"\n}\nBody", "Body"),
        ("{\"title\": \"x\"} Body", " Body"),
        ("---\n---\nBody", "Body"),
        ("---\ntitle: x\n---", ""),
    ] {
        let opening = open(&path(), text);
        assert!(opening.diagnostics.is_empty() && opening.front.is_some(), "{text}: {:?}", opening.diagnostics);
        assert_eq!(&text[opening.body_start..], body, "{text}");
    }
}

#[test]
fn text_that_only_looks_like_front_matter_is_body() {
    for text in ["", "Text", "---\n\nA rule above.\n", "{{ braces }}", "{% tag %}", "----\nx\n", "--- x\n", "{"] {
        let opening = open(&path(), text);
        assert!(opening.front.is_none() && opening.diagnostics.is_empty(), "{text}: {:?}", opening.diagnostics);
        assert_eq!(opening.body_start, 0, "{text}");
    }
}

#[test]
fn faults_of_the_whole_are_located() {
    let only = |text: &str| {
        let opening = open(&path(), text);
        assert_eq!(opening.diagnostics.len(), 1, "{:?}", opening.diagnostics);
        let note = opening.diagnostics.into_iter().next().unwrap();
        (note.code, note.mark.unwrap().position.unwrap(), note.message)
    };
    let (code, at, message) = only("---\ntitle: x\n\nBody\n");
    assert_eq!((code, at), (Code::FrontMatter, Position::new(1, 1)));
    assert_eq!(message, "the front matter that `---` opens is never closed");
    let (code, at, _) = only("---\n- a\n---\n");
    assert_eq!((code, at), (Code::FrontMatter, Position::new(2, 1)));
    let long = format!("---\ntitle: {}\n---\n", "x".repeat(LIMIT));
    assert_eq!(only(&long).0, Code::Limit);
    assert_eq!(only(&format!("{{\"title\": \"{}\"}}", "x".repeat(LIMIT))).0, Code::Json);
    let (code, at, _) = only("\n---\na: 1\ntitle: Foo: bar\n---\n");
    assert_eq!((code, at), (Code::Yaml, Position::new(4, 11)));
}

#[test]
fn every_key_finds_its_place() {
    let front = good(concat!(
        "title: 1984\nstandfirst: It *opens*\ndate: 2017-10-26\nlastmod: 2017-10-27 10:00\n",
        "authors: [copy-desk, {name: The Press Room, role: Photographs}]\ntags: [One, Two, One]\ncategory: Three\n",
        "section: /news/asia/\nslug: a-slug\nurl: /a/b/\naliases: [/old/, /older.html]\nseries: {name: Bridges, part: 2}\n",
        "draft: true\nexpires: 2030-01-01\nunlisted: false\npage: true\n",
        "image: {src: a.png, alt: \"\", caption: C, credit: D}\nsource: {name: The Packet, url: \"https://example.org/x\"}\n",
        "corrections: [{date: 2017-10-28, text: Wrong}]\nlang: en-GB\ntemplate: interview.html\ntoc: true\nmath: true\nfeatured: true\n",
        "weight: -3\ndata: tides\nextra: {a: [1, {b: c}]}\nfaulty: withhold\nhtml: escaped\n",
        "text: {encoding: windows-1252, dates: dmy, drop: [Advertisement], caption: \"Photo:\"}\n",
    ));
    assert_eq!(front.title.unwrap().value, "1984");
    assert_eq!(front.updated.unwrap().value.machine(), "2017-10-27T10:00:00Z");
    let role = Some("Photographs".to_owned());
    let authors = [Credit { name: "copy-desk".into(), role: None }, Credit { name: "The Press Room".into(), role }];
    assert_eq!(front.authors.unwrap().value, authors);
    assert_eq!(front.tags.unwrap().value, ["One", "Two", "Three"]);
    assert_eq!(front.section.unwrap().value, "news/asia");
    assert_eq!(front.aliases.unwrap().value.len(), 2);
    assert_eq!(front.series.unwrap().value.part, Some(2));
    assert_eq!((front.draft, front.unlisted, front.page), (Some(true), Some(false), Some(true)));
    assert_eq!((front.toc, front.math, front.featured, front.weight), (Some(true), Some(true), Some(true), Some(-3)));
    assert_eq!(front.image.unwrap().value.caption.unwrap(), "C");
    assert_eq!(front.source.unwrap().value.url.unwrap(), "https://example.org/x");
    assert_eq!(front.corrections.unwrap().value[0].text, "Wrong");
    assert_eq!(front.data.unwrap().value, ["tides"]);
    assert_eq!(serde_json::Value::Object(front.extra), serde_json::json!({"a": [1, {"b": "c"}]}));
    assert_eq!((front.faulty, front.html), (Some(Faulty::Withhold), Some(HtmlMode::Escaped)));
    let text = front.text.unwrap();
    assert_eq!((text.encoding.unwrap().as_str(), text.dates), ("windows-1252", Some(DateOrder::DayFirst)));
    assert_eq!((text.drop.unwrap(), text.caption.unwrap()), (vec!["Advertisement".to_owned()], "Photo:".to_owned()));
}

#[test]
fn every_synonym_is_known() {
    for key in ["description", "summary", "dek", "subtitle", "excerpt"] {
        assert_eq!(good(&format!("{key}: S\n")).standfirst.unwrap().value, "S", "{key}");
    }
    assert!(good("published: 2017-10-26\n").date.is_some());
    assert!(good("modified: 2017-10-26\n").updated.is_some());
    assert_eq!(good("author: The Copy Desk\n").authors.unwrap().value[0].name, "The Copy Desk");
    assert_eq!(good("image: {src: a.png, alt: A}\n").image.unwrap().value.src, "a.png");
    assert_eq!(good("series: [Bridges]\n").series.unwrap().value.name, "Bridges");
    let front = good("taxonomies:\n  tags: [a, b]\n  categories: c\n  authors: [The Copy Desk]\n");
    assert_eq!(front.tags.unwrap().value, ["a", "b", "c"]);
    assert_eq!(front.authors.unwrap().value.len(), 1);
}

#[test]
fn configured_taxonomies_take_their_terms() {
    let front = read_as(
        "topics: [x, y, x]\ncategories: [c]\ntaxonomies: {places: Z}\n",
        &["topics", "categories", "places"],
        false,
    );
    assert!(front.diagnostics.is_empty(), "{:?}", front.diagnostics);
    let terms: Vec<_> =
        front.value.terms.iter().map(|spot| (spot.value.taxonomy.as_str(), spot.value.names.len())).collect();
    assert_eq!(terms, [("topics", 2), ("categories", 1), ("places", 1)]);
    assert!(front.value.tags.is_none());
    assert_eq!(fault("taxonomies: {topisc: x}").0, Code::UnknownKey);
}

#[test]
fn wrong_types_are_errors_at_the_value() {
    for (line, column, message, hint) in [
        ("draft: no", 8, "`draft` must be true or false, and here is the text `no`", "write `draft: false`"),
        ("draft: 'yes'", 8, "`draft` must be true or false, and here is the text `yes`", "write `draft: true`"),
        ("title:", 7, "`title` must be text, and it is empty", "give it a value, or remove the key"),
        ("title: ''", 8, "`title` must be text, and it is empty", "give it a value, or remove the key"),
        (
            "title: [a]",
            8,
            "`title` must be text, and here is a list",
            "write one text; put it in quotes if it begins with a bracket or brace",
        ),
        (
            "tags: {a: 1}",
            7,
            "`tags` must be a text or a list of texts, and here is a mapping",
            "write `tags: [one, two]`",
        ),
        (
            "tags: [a, [b]]",
            11,
            "`tags` must be text, and here is a list",
            "write one text; put it in quotes if it begins with a bracket or brace",
        ),
        (
            "weight: heavy",
            9,
            "`weight` must be a whole number, and here is the text `heavy`",
            "write digits alone, without quotes",
        ),
        (
            "corrections: x",
            14,
            "`corrections` must be a list, and here is the text `x`",
            "write `[one, two]`, or one item to a line after `- `",
        ),
        (
            "extra: x",
            8,
            "`extra` must be a mapping of keys to values, and here is the text `x`",
            "write `extra:` and its keys below it, indented",
        ),
        (
            "html: sanitised",
            7,
            "`html` must be one of `trusted`, `sanitized` and `escaped`, and here is the text `sanitised`",
            "did you mean `sanitized`?",
        ),
        (
            "lang: no way",
            7,
            "`lang` must be a language tag (BCP 47), and here is the text `no way`",
            "write `en`, `fr`, `zh-Hant` or the like",
        ),
        ("image: {alt: x}", 8, "`image` needs a `src`", "add `src: …`"),
        (
            "source: {url: \"javascript:x\"}",
            15,
            "`source.url` must be an http or https address, and here is the text `javascript:x`",
            "write the whole address: `https://…`",
        ),
    ] {
        let found = fault(line);
        assert_eq!(found, (Code::WrongType, column, message.to_owned(), hint.to_owned()), "{line}");
    }
}

#[test]
fn dates_paths_and_slugs_are_checked() {
    let (code, column, message, hint) = fault("date: 26/10/2017");
    assert_eq!((code, column), (Code::BadDate, 7));
    assert!(message.starts_with("`date`: `26/10/2017`") && hint.contains("2017-10-26"), "{message} {hint}");
    assert_eq!(fault("date:").0, Code::WrongType);
    assert_eq!(fault("slug: a/b").0, Code::Slug);
    assert_eq!(fault("url: /a/../b/").0, Code::Path);
    assert_eq!(fault("section: ../x").0, Code::Path);
    assert_eq!((fault("aliases: [/ok/, /a:b/]").0, fault("aliases: [/ok/, /a:b/]").1), (Code::Path, 17));
    assert_eq!(fault("text: {encoding: windwos-1252}").3, "did you mean `windows-1252`?");
}

#[test]
fn unknown_keys_are_warnings_with_a_suggestion() {
    let (code, column, message, hint) = fault("titel: x");
    assert_eq!((code, column, message.as_str()), (Code::UnknownKey, 1, "unknown key `titel`"));
    assert_eq!(hint, "did you mean `title`?");
    assert_eq!(fault("colour: x").3, "put keys of your own below `extra:`");
    assert_eq!(fault("image: {src: a.png, alt: \"\", captoin: x}").2, "unknown key `image.captoin`");
    for silent in ["image: a.png", "image: {src: a.png}"] {
        let (code, column, message, _) = fault(silent);
        assert_eq!((code, column), (Code::Alt, 8), "{silent}");
        assert_eq!(message, "the lead image `a.png` has no alternative text");
    }
    let noted = read_as("titel: x\n", &[], false);
    assert_eq!(noted.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn a_key_and_its_other_name_contradict() {
    let noted = read_as("summary: a\ndescription: b\n", &[], false);
    let note = &noted.diagnostics[0];
    assert_eq!(
        (note.code, note.message.as_str()),
        (Code::DuplicateKey, "`description` is another name of `summary`, which is given, too")
    );
    assert_eq!(note.mark.as_ref().unwrap().position, Some(Position::new(3, 1)));
    assert_eq!(note.other.as_ref().unwrap().0.position, Some(Position::new(2, 1)));
    assert_eq!(noted.value.standfirst.unwrap().value, "a");
}

#[test]
fn what_belongs_to_one_article_does_not_cascade() {
    for key in ["title", "slug", "url", "aliases", "date", "published", "updated", "expires"] {
        let noted = read_as(&format!("{key}: x\ntags: [a]\n"), &[], true);
        assert_eq!(noted.diagnostics.len(), 1, "{key}");
        assert_eq!((noted.diagnostics[0].code, noted.diagnostics[0].severity), (Code::Cascade, Severity::Error));
        assert!(noted.value.tags.is_some() && noted.value.title.is_none());
    }
}

#[test]
fn empty_values_of_optional_keys_say_nothing() {
    let front = good("tags:\nauthors:\ndescription: \"\"\nimage:\nextra:\nseries:\ntaxonomies:\n");
    assert_eq!(front, FrontMatter::default());
}

#[test]
fn long_lists_are_refused() {
    let (code, _, message, _) = fault(&format!("tags: [{}]", vec!["a"; 1001].join(", ")));
    assert_eq!((code, message.as_str()), (Code::Limit, "`tags` has 1001 items, and 1000 is the most"));
}

#[test]
fn names_are_single_lines() {
    let front = good("title: \"A\\tB\\nC\\u0008\"\ntags: [\"a\\n b\"]\n");
    assert_eq!(front.title.unwrap().value, "A B C");
    assert_eq!(front.tags.unwrap().value, ["a b"]);
}
