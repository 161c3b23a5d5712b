//! What `byline schema` prints is what the parsers take: every key, at every depth, and for a set of right and wrong files the
//! same verdict. A key that a parser learns and the schema does not know turns this red.

mod files;
mod keys;
mod verdicts;

use std::process::Command;

use boon::{Compiler, SchemaIndex, Schemas};
use byline::model::article::ParseOptions;
use byline::model::code::Code;
use byline::model::config::{Faulty, HtmlMode, TextOptions};
use byline::model::date::Zone;
use byline::model::diagnostic::Diagnostic;
use byline::model::front_matter::FrontMatter;
use byline::model::path::SitePath;
use byline::model::shared::Shared;
use byline::model::source::Source;
use byline::parse::excerpt::Excerpt;
use byline::parse::front_matter::{self, Context};
use byline::parse::{config, people, section, theme, vocabulary, yaml};
use serde_json::Value;

/// The kinds of file, as the command names them.
const KINDS: [&str; 6] = ["site", "front-matter", "section", "authors", "tags", "theme"];

/// What the command prints, called where there is no site.
fn schema(kind: &str) -> Value {
    let nowhere = tempfile::tempdir().expect("a folder");
    printed(kind, nowhere.path())
}

fn printed(kind: &str, folder: &std::path::Path) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_byline")).args(["schema", kind]).current_dir(folder).output();
    let run = run.expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).expect("JSON")
}

/// A schema, ready to judge.
struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    /// Compiling holds the schema against the one of all schemas.
    fn new(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("schema.json", schema).expect("a resource");
        let index = compiler.compile("schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    /// What the schema objects to; nothing, if the value is as it should be.
    fn objections(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| format!("{error:#}"))
    }
}

/// The value of a YAML text, read as Byline reads it.
fn value(text: &str) -> Value {
    let path = SitePath::new("file.yaml");
    let noted = yaml::read(&Excerpt::new(&path, text, 1));
    assert!(noted.diagnostics.is_empty(), "{text}: {:?}", noted.diagnostics);
    noted.value.expect("a value").into_json()
}

/// What the parser of a kind of file says of a text.
fn complaints(kind: &str, text: &str) -> Vec<Diagnostic> {
    let source = |path: &str, text: &str| Source::new(SitePath::new(path), text.to_owned().into_bytes());
    match kind {
        "site" => config::salvage(&source("site.yaml", text)).diagnostics,
        "section" => {
            section::parse(&source("content/a/_index.md", &format!("---\n{text}\n---\n")), &options()).diagnostics
        }
        "authors" => people::parse(&source("content/authors.yaml", text)).diagnostics,
        "tags" => vocabulary::parse(&source("content/tags.yaml", text)).diagnostics,
        "theme" => theme::parse(&source("themes/a/theme.yaml", text)).diagnostics,
        _ => {
            let path = SitePath::new("content/a.yaml");
            let node = yaml::read(&Excerpt::new(&path, text, 1)).value.expect("a value");
            let (zone, taxonomies) = (Zone::utc(), [] as [String; 0]);
            front_matter::layer(node, &path, &Context { zone: &zone, taxonomies: &taxonomies, cascade: false })
                .diagnostics
        }
    }
}

fn options() -> ParseOptions {
    ParseOptions {
        timezone: Zone::utc(),
        defaults: FrontMatter::default(),
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: false,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

/// Complaints of a key that is not known.
fn unknown(notes: &[Diagnostic], key: &str) -> Option<Diagnostic> {
    let ending = format!("{key}`");
    let known = |note: &&Diagnostic| {
        matches!(note.code, Code::Config | Code::UnknownKey)
            && note.message.starts_with("unknown ")
            && (note.message.ends_with(&format!("`{ending}")) || note.message.ends_with(&format!(".{ending}")))
    };
    notes.iter().find(known).cloned()
}

#[test]
fn each_schema_is_a_schema_and_the_command_lists_them() {
    for kind in KINDS {
        let judge = Judge::new(schema(kind));
        assert!(judge.objections(&Value::from(7)).is_some(), "{kind} takes a number");
    }
    let list = Command::new(env!("CARGO_BIN_EXE_byline")).arg("schema").output().expect("it runs");
    let names: Vec<String> = String::from_utf8(list.stdout)
        .expect("UTF-8")
        .lines()
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert_eq!(names, KINDS);
    let wrong = Command::new(env!("CARGO_BIN_EXE_byline")).args(["schema", "sites"]).output().expect("it runs");
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn the_schema_of_a_site_with_taxonomies_knows_their_keys() {
    let site = tempfile::tempdir().expect("a folder");
    std::fs::write(site.path().join("site.yaml"), "taxonomies: [places]\n").expect("a file");
    let right = value("{places: [North Quay], taxonomies: {places: Saltmere}}");
    let elsewhere = Judge::new(schema("front-matter"));
    assert!(elsewhere.objections(&right).is_some());
    let here = Judge::new(printed("front-matter", site.path()));
    assert_eq!(here.objections(&right), None);
    assert!(here.objections(&value("{places: {a: 1}}")).is_some());
    let section = Judge::new(printed("section", site.path()));
    assert_eq!(section.objections(&value("{cascade: {places: Saltmere}}")), None);
}
