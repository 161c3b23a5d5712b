//! The house keeps its floors: who may import whom, what is pure, and how files look, read from `src/` itself.

mod rules;
mod source;

use std::fs;
use std::path::Path;

use source::SourceFile;

/// Every Rust file below a folder, in the order of their paths.
fn files_below(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            files.push(SourceFile::new(&name, &fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

#[test]
fn the_source_keeps_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    files_below(&root, &root, &mut files);
    assert!(files.iter().any(|file| file.path == "lib.rs"), "the scanner found {} files and not lib.rs", files.len());
    let faults = rules::faults(&files);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn unsafe_code_is_forbidden_to_the_binary_too() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

/// A small house that keeps every rule.
fn sound_house() -> Vec<SourceFile> {
    let files = [
        ("lib.rs", "//! The crate.\n#![forbid(unsafe_code)]\npub mod model;\n"),
        ("model/path.rs", "//! Paths.\nuse std::fmt;\n"),
        (
            "model/site.rs",
            "//! The site.\nuse super::path::Url;\n// std::fs is not for us\nconst SAID: &str = \"println! std::fs\";\n",
        ),
        ("parse/yaml.rs", "//! YAML.\nuse serde_yaml::Value;\nuse crate::model::{path::Url, site};\n"),
        (
            "plan/pages.rs",
            "//! Pages.\nlet seen: HashSet<u8> = make(); // lookup only\n#[cfg(test)]\nmod tests {\n    use crate::parse;\n    fn f() { println!(); }\n}\n",
        ),
        ("pipeline.rs", "//! The order.\nuse crate::{parse::yaml, plan::pages};\n"),
    ];
    files.iter().map(|(path, text)| SourceFile::new(path, text)).collect()
}

/// What the rules say of the sound house once `text` stands in the file `path`.
fn planted(path: &str, text: &str) -> Vec<String> {
    let mut files = sound_house();
    files.retain(|file| file.path != path);
    files.push(SourceFile::new(path, text));
    rules::faults(&files)
}

#[test]
fn a_sound_house_has_no_faults() {
    assert_eq!(rules::faults(&sound_house()), Vec::<String>::new());
}

#[test]
fn each_rule_finds_what_breaks_it() {
    let long = format!("//! Long.\n{}", "const A: u8 = 1;\n".repeat(400));
    let violations = [
        ("plan/feed.rs", "//! F.\nuse crate::parse::yaml;\n", "`plan` imports `parse`"),
        (
            "plan/feed.rs",
            "//! F.\nuse crate::{\n    model::path::Url,\n    parse::yaml,\n};\n",
            "`plan` imports `parse`",
        ),
        ("plan/feed.rs", "//! F.\nfn f() { crate::pipeline::run() }\n", "`plan` imports `pipeline`"),
        ("plan/feed.rs", "//! F.\nuse super::super::parse::yaml;\n", "`plan` imports `parse`"),
        ("plan/feed.rs", "//! F.\nuse crate::*;\n", "`plan` imports `the crate's root`"),
        ("model/path.rs", "//! P.\nuse crate::plan::pages;\n", "`model` imports `plan`"),
        ("memo/store.rs", "//! M.\nuse crate::parse::yaml;\n", "`memo` imports `parse`"),
        ("darkroom/look.rs", "//! L.\nuse crate::parse::yaml;\n", "`darkroom` imports `parse`"),
        ("darkroom/look.rs", "//! L.\nuse std::fs;\n", "names `std::fs`"),
        ("publish/s3.rs", "//! S.\nuse crate::parse::yaml;\n", "`publish` imports `parse`"),
        (
            "model/path.rs",
            "//! P.\nuse crate::model::site::Site;\n",
            "a circle of modules: model::path -> model::site -> model::path",
        ),
        ("import/hugo.rs", "//! H.\nuse crate::plan::pages;\n", "`import` imports `plan`"),
        ("import/hugo.rs", "//! H.\nuse std::fs;\n", "names `std::fs`"),
        ("plan/feed.rs", "//! F.\nuse std::{fmt, fs};\n", "names `std::fs`"),
        ("plan/feed.rs", "//! F.\nfn f() { std::env::var(\"A\"); }\n", "names `std::env::var`"),
        ("plan/feed.rs", "//! F.\nuse std::time::Instant;\n", "names `std::time::Instant`"),
        ("plan/feed.rs", "//! F.\nfn f() {\n    Zoned::now();\n}\n", "plan/feed.rs:3: says `Zoned::now`"),
        ("plan/feed.rs", "//! F.\nfn f() { println!(); }\n", "says `println!`"),
        ("parse/ids.rs", "//! I.\nlet a = b.collect::<HashSet<_>>();\na.iter();\n", "walks through the hash map `a`"),
        (
            "parse/ids.rs",
            "//! I.\nlet seen = HashSet::new();\nfor id in seen {}\n",
            "walks through the hash map `seen`",
        ),
        (
            "parse/ids.rs",
            "//! I.\nfn f(seen: &HashSet<u8>) -> Vec<u8> { seen.iter().collect() }\n",
            "walks through the hash map `seen`",
        ),
        ("plan/feed.rs", "//! F.\nlet map: HashMap<u8, u8> = make();\n", "without `// lookup only`"),
        (
            "plan/feed.rs",
            "//! F.\nlet map: HashMap<u8, u8> = make(); // lookup only\nmap.keys().max();\n",
            "walks through the hash map `map`",
        ),
        (
            "plan/feed.rs",
            "//! F.\n// lookup only\nlet mut map = HashMap::new();\nfor a in &map {}\n",
            "walks through the hash map `map`",
        ),
        ("write/stage.rs", "//! W.\nlet folder = tempfile::tempdir();\n", "system's temporary folder"),
        ("write/stage.rs", &long, "401 lines"),
        ("write/stage.rs", "// W.\n", "does not open with"),
        ("write/utils.rs", "//! W.\n", "the name says nothing"),
        ("lib.rs", "//! The crate.\n", "no `#![forbid(unsafe_code)]`"),
        (
            "read/config.rs",
            "//! C.\nfn f() { serde_yaml::from_str(text) }\n",
            "serde_yaml is named in more than one file",
        ),
    ];
    for (path, text, complaint) in violations {
        let faults = planted(path, text);
        assert!(faults.iter().any(|fault| fault.contains(complaint)), "{complaint:?} is not in {faults:?}");
    }
}

#[test]
fn literals_and_comments_are_not_code() {
    let text =
        "let a = 'x'; let b: &'a str = \"say \\\" // no\"; /* a /* b */ c */ let c = r#\"fs\"#; // end\nlet d = '\\'';";
    let code = source::without_comments_and_literals(text);
    assert_eq!(
        code.split_whitespace().collect::<Vec<_>>().join(" "),
        "let a = ; let b: &'a str = ; let c = ; let d = ;"
    );
}
