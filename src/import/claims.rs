//! Who is served where: no two pages of the new site may claim one address, and some are the site's own.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{section, section_of_folder};
use super::collection::{Article, Collection, Copy, Markup, SectionText};
use super::taxonomies;
use super::tree::{extension, name, without_extension};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::{OutPath, SitePath, Slug, SlugStyle, Url};

/// Folders that cannot be sections: their addresses are those of the site's own indexes.
const RESERVED: &[&str] = &["archive", "tags", "authors", "series", "search", "page"];

/// Files that the site writes for machines, and those of them that a site may replace.
const FILES: &[&str] = &["404.html", "feed.xml", "feed.json", "rss.xml", "sitemap.xml"];

/// Moves what would take the place of the site's own indexes, and gives every article a file of its own.
pub fn rename(collection: &mut Collection) {
    let own: BTreeSet<String> =
        taxonomies::of(collection).into_iter().chain(RESERVED.iter().map(|name| (*name).to_owned())).collect();
    let moved = |path: &str| {
        let (first, rest) = path.split_once('/')?;
        let slug = Slug::whole(first, SlugStyle::Unicode)?;
        own.contains(slug.as_str()).then(|| format!("{first}-articles/{rest}"))
    };
    let mut renamed = BTreeSet::new();
    for article in &mut collection.articles {
        if let Some(target) = moved(&article.target) {
            renamed.insert(article.target.split('/').next().unwrap_or("").to_owned());
            article.target = target;
        }
    }
    for section in &mut collection.sections {
        if let Some(folder) = moved(&format!("{}/", section.folder)) {
            section.folder = folder.trim_end_matches('/').to_owned();
        }
    }
    for copy in &mut collection.copies {
        if let Some(target) = copy.to.strip_prefix("content/").and_then(moved) {
            copy.to = format!("content/{target}");
        }
    }
    for article in &mut collection.articles {
        if OutPath::new(&article.target).is_err() {
            article.target = safe(&article.target);
        }
    }
    for name in renamed {
        let message = format!("the folder `{name}` became `{name}-articles`: `/{name}/` is an index of the new site");
        collection.notes.push(Diagnostic::warning(Code::Import, message).hint("its articles keep their addresses"));
    }
    own_files(&mut collection.articles);
    indexes(collection);
    own_sections(collection);
}

/// A path without what some file system refuses.
fn safe(path: &str) -> String {
    let part = |part: &str| {
        let kept: String =
            part.chars().map(|c| if c.is_control() || "\\:<>\"|?*".contains(c) { '-' } else { c }).collect();
        let kept = kept.trim_matches([' ', '.']).to_owned();
        match OutPath::new(&kept) {
            Ok(_) => kept,
            Err(_) => format!("{}-page", kept.chars().take(40).collect::<String>()),
        }
    };
    let end = extension(path);
    let stem: Vec<String> = without_extension(path).split('/').map(part).collect();
    format!("{}.{end}", stem.join("/"))
}

/// Numbers the files of articles that would bear one name, letter case aside.
fn own_files(articles: &mut [Article]) {
    let mut taken = BTreeSet::new();
    for article in articles {
        let mut number = 1;
        let stem = without_extension(&article.target).to_owned();
        let kind = extension(&article.target);
        while !taken.insert(key_of_path(&article.target)) {
            number += 1;
            article.target = match stem.strip_suffix("/index") {
                Some(folder) => format!("{folder}-{number}/index.{kind}"),
                None => format!("{stem}-{number}.{kind}"),
            };
        }
    }
}

/// A page that stood where a section's list is now becomes the text of that section.
fn indexes(collection: &mut Collection) {
    let sections: BTreeSet<String> = collection
        .articles
        .iter()
        .filter(|article| !article.is_standing())
        .map(|article| section(&article.target))
        .collect();
    let texts: BTreeSet<String> = collection.sections.iter().map(|text| section_of_folder(&text.folder)).collect();
    let (indexes, articles): (Vec<Article>, Vec<Article>) =
        std::mem::take(&mut collection.articles).into_iter().partition(|article| {
            let path = article
                .old
                .as_ref()
                .and_then(|url| url.as_str().strip_suffix('/'))
                .unwrap_or("")
                .trim_start_matches('/');
            article.is_standing() && !path.is_empty() && sections.contains(path) && !texts.contains(path)
        });
    collection.articles = articles;
    for mut article in indexes {
        let folder = article.old.as_ref().map_or("", |url| url.as_str().trim_matches('/')).to_owned();
        if article.markup != Markup::Markdown || article.body.contains("{%") {
            article.body = String::new();
        }
        let keys = [("title", "title"), ("description", "standfirst")];
        let keys = keys
            .into_iter()
            .filter_map(|(key, from)| Some((key.to_owned(), article.front.get(from)?.clone())))
            .collect();
        collection.sections.push(SectionText { source: article.source.clone(), folder, keys, text: article });
    }
}

/// One `_index.md` for a section.
fn own_sections(collection: &mut Collection) {
    let mut taken = BTreeSet::new();
    let notes = &mut collection.notes;
    collection.sections.retain(|section| {
        let first = taken.insert(section_of_folder(&section.folder)) || section.folder.is_empty();
        if !first {
            let message = format!("another folder is the section `/{}/` already", section_of_folder(&section.folder));
            let note = Diagnostic::warning(Code::Unconverted, message).at(Mark::file(&section.source));
            notes.push(note.hint("its title and text were left out"));
        }
        first
    });
}

fn key_of_path(path: &str) -> String {
    OutPath::new(path).map_or_else(|_| path.to_lowercase(), |path| path.collision_key())
}

fn key(url: &Url) -> String {
    url.out_path().collision_key()
}

/// Settles who is served where. What must give way is noted: pages that the new site makes itself are left out, second claims on
/// an address are moved, aliases that something serves are dropped.
pub fn settle(collection: &mut Collection) {
    let own = own_pages(collection);
    let mut taken: BTreeMap<String, SitePath> = BTreeMap::new();
    let mut notes = Vec::new();
    let articles = std::mem::take(&mut collection.articles);
    for mut article in articles {
        if let Some(url) = article.old.clone() {
            let indexes = own.contains(&key(&url)) || is_page_number(&url);
            if indexes && article.body.trim().is_empty() || url == Url::root() {
                notes.push(replaced(&article, &url));
                continue;
            }
            let free =
                free(&url, indexes, |candidate| own.contains(&key(candidate)) || taken.contains_key(&key(candidate)));
            if free != url {
                notes.push(moved(&article, &url, &free, taken.get(&key(&url))));
                article.front.set("url", free.as_str());
                article.old = Some(free.clone());
            }
            taken.insert(key(&free), article.source.clone());
        }
        collection.articles.push(article);
    }
    copies(&mut collection.copies, &own, &taken, &mut notes);
    for copy in &collection.copies {
        if let Some(path) = copy.to.strip_prefix("static/") {
            taken.entry(key_of_path(path)).or_insert_with(|| SitePath::new(&copy.from));
        }
    }
    for article in &mut collection.articles {
        aliases(article, &own, &mut taken, &mut notes);
    }
    collection.notes.extend(notes);
}

/// The addresses of lists and files that the new site makes by itself.
fn own_pages(collection: &Collection) -> BTreeSet<String> {
    let mut own: BTreeSet<String> = FILES.iter().map(|file| (*file).to_owned()).collect();
    let mut list = |path: String| {
        if let Ok(url) = Url::from_decoded(&format!("{path}/")) {
            own.insert(key(&url));
            own.extend(url.join("feed.xml").iter().map(key));
        }
    };
    let taxonomies = taxonomies::of(collection);
    list(String::new());
    RESERVED.iter().map(|name| (*name).to_owned()).chain(taxonomies.iter().cloned()).for_each(&mut list);
    for section in &collection.sections {
        list(section_of_folder(&section.folder));
    }
    for article in &collection.articles {
        let path = if article.is_standing() { String::new() } else { section(&article.target) };
        for (end, _) in path.match_indices('/').chain((!path.is_empty()).then_some((path.len(), ""))) {
            list(path[..end].to_owned());
        }
        let terms = ["tags", "authors", "series"].into_iter().chain(taxonomies.iter().map(String::as_str));
        for taxonomy in terms {
            let one = article.front.text(taxonomy).into_iter();
            for term in article.front.texts(taxonomy).into_iter().chain(one) {
                if let Some(slug) = Slug::whole(term, SlugStyle::Unicode) {
                    list(format!("{taxonomy}/{slug}"));
                }
            }
        }
        if let Some(day) = article.date.map(|date| date.date()) {
            for url in [Url::of_year(day), Url::of_month(day), Url::of_day(day)] {
                list(url.as_str().trim_matches('/').to_owned());
            }
        }
    }
    own
}

/// `/news/page/2/`
fn is_page_number(url: &Url) -> bool {
    let mut parts = url.as_str().trim_end_matches('/').rsplit('/');
    let number = parts.next().is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    number && parts.next() == Some("page")
}

/// The address itself, or the first near it that is free.
fn free(url: &Url, indexes: bool, is_taken: impl Fn(&Url) -> bool) -> Url {
    if !indexes && !is_taken(url) {
        return url.clone();
    }
    let path = url.as_str().trim_start_matches('/');
    let (stem, end) = match path.strip_suffix('/') {
        Some(stem) => (stem, "/"),
        None => path.rsplit_once('.').map_or((path, ""), |(stem, _)| (stem, &path[stem.len()..])),
    };
    let first = if indexes { format!("{stem}-page{end}") } else { format!("{stem}-2{end}") };
    let later = (3..).map(|number| format!("{stem}-{number}{end}"));
    let mut candidates =
        std::iter::once(first).chain(later).filter_map(|path| Url::from_decoded(&path).ok()).take(100_000);
    candidates.find(|candidate| !is_taken(candidate)).unwrap_or_else(|| url.clone())
}

fn replaced(article: &Article, url: &Url) -> Diagnostic {
    let message = format!("the page `{url}` was left out: the new site makes one of its own there");
    Diagnostic::warning(Code::Import, message)
        .at(Mark::file(&article.source))
        .hint("its look is a matter of the theme: `byline explain import`")
}

fn moved(article: &Article, url: &Url, to: &Url, other: Option<&SitePath>) -> Diagnostic {
    let owner = other.map_or_else(|| "an index of the new site".to_owned(), |other| format!("`{other}`"));
    let message = format!("the address `{url}` belongs to {owner}; this one is served at `{to}`");
    Diagnostic::warning(Code::OldAddress, message)
        .at(Mark::file(&article.source))
        .hint("two pages cannot share an address: set `url:` in the one that should have it")
}

/// Leaves out files that would take the place of a page, and those whose names cannot be published.
fn copies(
    copies: &mut Vec<Copy>,
    own: &BTreeSet<String>,
    taken: &BTreeMap<String, SitePath>,
    notes: &mut Vec<Diagnostic>,
) {
    let mut seen = BTreeSet::new();
    copies.retain(|copy| {
        let mark = Mark::file(&SitePath::new(&copy.from));
        if let Err(fault) = OutPath::new(&copy.to) {
            let note = Diagnostic::warning(Code::Path, format!("the file was not copied: its name {}", fault.reason));
            notes.push(note.at(mark).hint("rename it in the original, and what refers to it"));
            return false;
        }
        if !seen.insert(key_of_path(&copy.to)) {
            let note = Diagnostic::warning(Code::Import, format!("another file is copied to `{}` already", copy.to));
            notes.push(note.at(mark).hint("rename one of the two in the original"));
            return false;
        }
        let Some(path) = copy.to.strip_prefix("static/") else { return true };
        let served = key_of_path(path);
        let clash = own.contains(&served) || taken.contains_key(&served);
        if clash {
            let message = format!("the file was not copied: the new site has a page of its own at `/{path}`");
            notes.push(Diagnostic::warning(Code::Import, message).at(mark).hint("rename it if it is still wanted"));
        }
        !clash
    });
}

/// Keeps the aliases that nothing else serves.
fn aliases(
    article: &mut Article,
    own: &BTreeSet<String>,
    taken: &mut BTreeMap<String, SitePath>,
    notes: &mut Vec<Diagnostic>,
) {
    let all: Vec<Url> =
        article.front.texts("aliases").into_iter().filter_map(|alias| Url::from_decoded(alias).ok()).collect();
    article.front.remove("aliases");
    let mut kept = Vec::new();
    for alias in all {
        let key = key(&alias);
        let owner = taken.get(&key);
        if owner == Some(&article.source) {
            continue;
        }
        if owner.is_some() || own.contains(&key) {
            let message = format!("the former address `{alias}` does not lead here: something else is served there");
            let note = Diagnostic::warning(Code::OldAddress, message).at(Mark::file(&article.source));
            notes.push(note.hint("no redirect is needed if that is what readers should find"));
            continue;
        }
        taken.insert(key, article.source.clone());
        kept.push(alias.as_str().to_owned());
    }
    article.front.set_list("aliases", kept);
}

/// Whether a file beside articles would be taken for one, or for what describes one.
pub fn reads_as_article(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown" | "txt" | "html" | "yaml" | "yml") || name(path) == "_index.md"
}
