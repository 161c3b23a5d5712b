//! Sections: the tree of folders that have articles, and the order within each.

use std::collections::BTreeMap;

use super::Routed;
use super::route::section_path;
use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::Url;
use crate::model::section::{SectionFile, Sort};
use crate::model::site::{ArticleId, Role, Section, SectionId};

/// The sections, and which one each article lies in.
pub(super) struct Shelf {
    pub home: Option<SectionFile>,
    pub sections: Vec<Section>,
    pub of_article: Vec<Option<SectionId>>,
}

/// Builds the tree: a section for each path that listed articles have, for each above it, and for each `_index.md`.
pub(super) fn build(routed: &[Routed], files: Vec<SectionFile>, config: &Config, notes: &mut Vec<Diagnostic>) -> Shelf {
    let mut home = None;
    let mut described: BTreeMap<String, SectionFile> = BTreeMap::new();
    for file in files {
        let path = section_path(&file.folder, config.slugs);
        if path.is_empty() {
            // An _index.md in content/2017/ describes no section: its cascade counts, its text has no page.
            if file.folder.is_empty() {
                home = Some(file);
            }
        } else if let Some(first) = described.get(&path) {
            let message = format!("two folders make the section `/{path}/`");
            let diagnostic = Diagnostic::error(Code::Collision, message)
                .at(Mark::file(&file.path))
                .and(Mark::file(&first.path), "the other one");
            notes.push(diagnostic.hint("rename one of the folders, or remove one of the two _index.md"));
        } else {
            described.insert(path, file);
        }
    }
    let mut paths: BTreeMap<String, ()> = BTreeMap::new();
    let listed = routed.iter().filter(|article| article.role == Role::Listed);
    for path in listed.map(|article| article.section.as_str()).chain(described.keys().map(String::as_str)) {
        for (end, _) in path.match_indices('/').chain((!path.is_empty()).then_some((path.len(), ""))) {
            if !paths.contains_key(&path[..end]) {
                paths.insert(path[..end].to_owned(), ());
            }
        }
    }
    let written = written(routed);
    let ids: BTreeMap<&str, SectionId> =
        paths.keys().zip(0..).map(|(path, at)| (path.as_str(), SectionId(at))).collect();
    let mut sections: Vec<Section> = Vec::with_capacity(paths.len());
    for path in paths.keys() {
        match Url::from_decoded(&format!("{path}/")) {
            Ok(url) => sections.push(Section {
                title: title(path, described.get(path), written.get(path.as_str()).copied()),
                parents: parents(path, &ids),
                children: Vec::new(),
                articles: Vec::new(),
                targets: Vec::new(),
                file: described.remove(path),
                path: path.clone(),
                url,
            }),
            // Every segment of a section's path is a slug, and every slug is a sound segment.
            Err(fault) => unreachable!("a section's path is made of slugs: {fault}"),
        }
    }
    for at in 0..sections.len() {
        if let Some(parent) = sections[at].parents.last().copied() {
            sections[parent.index()].children.push(SectionId(at as u32));
        }
    }
    let of_article: Vec<Option<SectionId>> =
        routed.iter().map(|article| ids.get(article.section.as_str()).copied()).collect();
    for (at, article) in routed.iter().enumerate() {
        if article.role == Role::Listed
            && let Some(section) = of_article[at]
        {
            for above in 0..sections[section.index()].parents.len() {
                let above = sections[section.index()].parents[above];
                sections[above.index()].articles.push(ArticleId(at as u32));
            }
            sections[section.index()].articles.push(ArticleId(at as u32));
        }
    }
    for section in &mut sections {
        arrange(section, routed);
    }
    Shelf { home, sections, of_article }
}

fn parents(path: &str, ids: &BTreeMap<&str, SectionId>) -> Vec<SectionId> {
    path.match_indices('/').filter_map(|(end, _)| ids.get(&path[..end]).copied()).collect()
}

/// How the oldest article whose front matter names a section writes it, by the section's path.
fn written(routed: &[Routed]) -> BTreeMap<&str, &str> {
    let mut written = BTreeMap::new();
    for article in routed {
        if let Some(section) = article.meta.section.as_deref() {
            written.entry(article.section.as_str()).or_insert(section);
        }
    }
    written
}

/// The title by `_index.md`, or the last folder's name with its first letter large.
fn title(path: &str, file: Option<&SectionFile>, written: Option<&str>) -> String {
    if let Some(title) = file.and_then(|file| file.title.clone()) {
        return title;
    }
    let slug = path.rsplit('/').next().unwrap_or(path);
    // A section that front matter alone names keeps the letters that the oldest article gave it.
    let written = written.map(|written| written.rsplit('/').next().unwrap_or(written).to_owned());
    let name = written.unwrap_or_else(|| slug.replace('-', " "));
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Puts a section's articles into the order that its `_index.md` asks for. Lists are shown from their end.
fn arrange(section: &mut Section, routed: &[Routed]) {
    let meta = |id: &ArticleId| &routed[id.index()].meta;
    match section.file.as_ref().map_or(Sort::Date, |file| file.sort) {
        Sort::Date => {}
        Sort::Weight => {
            section.articles.sort_by_key(|id| std::cmp::Reverse((meta(id).weight.unwrap_or(i64::MAX), *id)));
        }
        Sort::Title => section.articles.sort_by_key(|id| std::cmp::Reverse((meta(id).title.to_lowercase(), *id))),
    }
}

/// For each article the one before and the one after it in its own section, in reading order: by date, or by the section's
/// own order.
pub(super) fn neighbours(routed: &[Routed], sections: &[Section]) -> Vec<(Option<ArticleId>, Option<ArticleId>)> {
    let mut neighbours = vec![(None, None); routed.len()];
    for section in sections {
        let own = section.articles.iter().copied().filter(|id| routed[id.index()].section == section.path);
        let by_date = section.file.as_ref().is_none_or(|file| file.sort == Sort::Date);
        let order: Vec<ArticleId> =
            if by_date { own.collect() } else { own.collect::<Vec<_>>().into_iter().rev().collect() };
        for pair in order.windows(2) {
            neighbours[pair[0].index()].1 = Some(pair[1]);
            neighbours[pair[1].index()].0 = Some(pair[0]);
        }
    }
    neighbours
}
