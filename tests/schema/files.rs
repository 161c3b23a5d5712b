//! This repository's own files are what the schemas say.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Judge, printed, value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { below(&path, files) } else { files.push(path) }
    }
}

/// The YAML that a file of content holds, and the kind of file that it is.
fn yaml_of(path: &Path) -> Option<(&'static str, String)> {
    let name = path.file_name()?.to_str()?;
    let text = || fs::read_to_string(path).expect("a text");
    match name {
        "authors.yaml" => Some(("authors", text())),
        "tags.yaml" => Some(("tags", text())),
        _ if name.ends_with(".yaml") => Some(("front-matter", text())),
        _ if name.ends_with(".md") || name.ends_with(".html") => {
            let text = text();
            let (front, _) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
            Some((if name == "_index.md" { "section" } else { "front-matter" }, front.to_owned()))
        }
        _ => None,
    }
}

#[test]
fn this_repository_is_as_the_schemas_say() {
    let mut files: Vec<(PathBuf, &str, String)> = Vec::new();
    let read = |path: &Path| fs::read_to_string(path).expect("a text");
    files.push((root().join("site.yaml"), "site", read(&root().join("site.yaml"))));
    for theme in fs::read_dir(root().join("themes")).expect("themes") {
        let path = theme.expect("an entry").path().join("theme.yaml");
        files.push((path.clone(), "theme", read(&path)));
    }
    let mut content = Vec::new();
    below(&root().join("content"), &mut content);
    files.extend(content.into_iter().filter_map(|path| yaml_of(&path).map(|(kind, text)| (path, kind, text))));
    for kind in super::KINDS {
        let judge = Judge::new(printed(kind, root()));
        let of_kind: Vec<_> = files.iter().filter(|(_, own, _)| *own == kind).collect();
        assert!(!of_kind.is_empty(), "there is no file of the kind {kind}");
        for (path, _, text) in of_kind {
            let objections = judge.objections(&value(text));
            assert_eq!(objections, None, "{}", path.display());
        }
    }
}
