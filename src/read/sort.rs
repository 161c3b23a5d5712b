//! What each file is for, told by its path alone.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::SitePath;

/// The files below `content/`, by kind, each list in the order of its paths.
#[derive(Debug, Default)]
pub struct Content {
    /// Articles and standing pages.
    pub articles: Vec<SitePath>,
    /// `_index.md` files.
    pub sections: Vec<SitePath>,
    /// YAML files with a plain text or HTML article beside them.
    pub sidecars: Vec<SitePath>,
    /// YAML files without one.
    pub orphans: Vec<SitePath>,
    /// `authors.yaml`.
    pub people: Option<SitePath>,
    /// `tags.yaml`.
    pub vocabulary: Option<SitePath>,
    /// Everything else.
    pub assets: Vec<SitePath>,
}

/// A theme's files.
#[derive(Debug, Default)]
pub struct Theme {
    /// `theme.yaml`, templates and strings.
    pub sources: Vec<SitePath>,
    /// Files to be copied.
    pub statics: Vec<SitePath>,
}

/// Sorts the files below `content/`.
pub fn content(paths: Vec<SitePath>) -> Content {
    let partners: BTreeSet<String> = paths.iter().filter(|path| takes_sidecar(path)).map(partner_key).collect();
    let mut found = Content::default();
    for path in paths {
        match extension(&path).as_str() {
            _ if path.name() == "_index.md" => found.sections.push(path),
            "md" | "markdown" | "txt" | "html" => found.articles.push(path),
            "yaml" | "yml" => match path.as_str() {
                "content/authors.yaml" => found.people = Some(path),
                "content/tags.yaml" => found.vocabulary = Some(path),
                _ if partners.contains(&partner_key(&path)) => found.sidecars.push(path),
                _ => found.orphans.push(path),
            },
            _ => found.assets.push(path),
        }
    }
    found
}

/// The warning about a YAML file that describes nothing.
pub fn orphan(path: &SitePath, articles: &[SitePath]) -> Diagnostic {
    let key = partner_key(path);
    let markdown = articles.iter().find(|article| partner_key(article) == key);
    let hint = match (path.as_str(), markdown) {
        ("content/authors.yml", _) => "name it authors.yaml".to_owned(),
        ("content/tags.yml", _) => "name it tags.yaml".to_owned(),
        (_, Some(article)) => format!("put its keys into the front matter of `{}`", article.name()),
        _ => "give it the name of the .txt or .html file that it describes, or move it to data/".to_owned(),
    };
    let message = format!("`{}` has no plain text or HTML article beside it", path.name());
    Diagnostic::warning(Code::OrphanSidecar, message).at(Mark::file(path)).hint(hint)
}

/// Whether a file below `data/` has a format that can be read.
pub fn is_data(path: &SitePath) -> bool {
    matches!(extension(path).as_str(), "yaml" | "yml" | "toml" | "json" | "csv")
}

/// The warning about a file below `data/` that cannot be read.
pub fn not_data(path: &SitePath) -> Diagnostic {
    Diagnostic::warning(Code::Skipped, format!("`{path}` was passed over: it is not YAML, TOML, JSON or CSV"))
        .at(Mark::file(path))
        .hint("give it one of the extensions .yaml, .toml, .json, .csv, or move it out of data/")
}

/// Sorts the files below `themes/` by theme; what is neither `theme.yaml`, template nor static is the theme's own affair.
pub fn themes(paths: Vec<SitePath>) -> BTreeMap<String, Theme> {
    let mut themes = BTreeMap::<String, Theme>::new();
    for path in paths {
        let Some((name, below)) = path.below("themes").and_then(|below| below.split_once('/')) else { continue };
        let statics = below.starts_with("static/");
        let source = below == "theme.yaml" || below.starts_with("templates/") || below.starts_with("strings/");
        let theme = themes.entry(name.to_owned()).or_default();
        match (statics, source) {
            (true, _) => theme.statics.push(path),
            (_, true) => theme.sources.push(path),
            _ => {}
        }
    }
    themes
}

fn extension(path: &SitePath) -> String {
    path.extension().to_ascii_lowercase()
}

fn takes_sidecar(path: &SitePath) -> bool {
    matches!(extension(path).as_str(), "txt" | "html")
}

/// Folder and stem, in one normal form: disks differ in which they keep.
fn partner_key(path: &SitePath) -> String {
    format!("{}/{}", path.folder(), path.stem()).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(texts: &[&str]) -> Vec<SitePath> {
        texts.iter().map(|text| SitePath::new(text)).collect()
    }

    #[test]
    fn content_is_sorted_by_name_and_extension() {
        let found = content(paths(&[
            "content/_index.md",
            "content/authors.yaml",
            "content/news/a.MD",
            "content/news/b.txt",
            "content/news/b.yaml",
            "content/news/c.png",
            "content/news/tags.yaml",
        ]));
        assert_eq!(found.sections, paths(&["content/_index.md"]));
        assert_eq!(found.people, Some(SitePath::new("content/authors.yaml")));
        assert_eq!(found.articles, paths(&["content/news/a.MD", "content/news/b.txt"]));
        assert_eq!(found.sidecars, paths(&["content/news/b.yaml"]));
        assert_eq!(found.orphans, paths(&["content/news/tags.yaml"]));
        assert_eq!(found.assets, paths(&["content/news/c.png"]));
        assert_eq!(found.vocabulary, None);
    }

    #[test]
    fn a_sidecar_finds_its_partner_in_either_normal_form() {
        let found = content(paths(&["content/cafe\u{301}.txt", "content/caf\u{e9}.yml"]));
        assert_eq!(found.sidecars.len(), 1);
    }

    #[test]
    fn an_orphan_beside_markdown_is_told_where_its_keys_belong() {
        let articles = paths(&["content/a.md"]);
        let note = orphan(&SitePath::new("content/a.yaml"), &articles);
        assert_eq!(note.hint.as_deref(), Some("put its keys into the front matter of `a.md`"));
    }

    #[test]
    fn a_theme_is_its_yaml_its_templates_and_its_static_files() {
        let found = themes(paths(&[
            "themes/README",
            "themes/plain/LICENSE",
            "themes/plain/static/a.css",
            "themes/plain/templates/base.html",
            "themes/plain/theme.yaml",
        ]));
        assert_eq!(found.len(), 1);
        assert_eq!(found["plain"].sources, paths(&["themes/plain/templates/base.html", "themes/plain/theme.yaml"]));
        assert_eq!(found["plain"].statics, paths(&["themes/plain/static/a.css"]));
    }
}
