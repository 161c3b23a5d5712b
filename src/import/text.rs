//! A folder of plain-text articles: each stays as it is, byte for byte; what is worked out about them goes into site.yaml, and into
//! the `_index.md` of folders that differ.

mod encoding;
mod survey;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::collection::Copy;
use super::files::{Output, Outputs};
use super::formats::softened;
use super::tree::{Tree, extension, folder, name, without_extension};
use super::{settings, yaml};
use crate::model::article::{Meta, ParseOptions};
use crate::model::code::Code;
use crate::model::config::{DateOrder, Faulty, HtmlMode, TextOptions};
use crate::model::date::Zone;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::front_matter::FrontMatter;
use crate::model::path::{SitePath, Slug, SlugStyle};
use crate::model::report::Imported;
use crate::model::shared::Shared;
use crate::model::source::Source;
use crate::parse;
use encoding::{Found, detect, fits};

/// Sections that the site's own indexes have no room for.
const RESERVED: &[&str] = &["archive", "tags", "authors", "series", "search", "page"];

/// A text of the collection.
struct Text<'t> {
    /// Its path in the collection.
    path: &'t str,
    bytes: &'t [u8],
    found: Found,
    /// The encoding that it is to be read in.
    label: &'static str,
}

/// A text that was read as a build would read it.
struct Read {
    meta: Option<Meta>,
    notes: Vec<Diagnostic>,
}

/// The files of the site, and what there is to say about them.
pub fn convert(tree: &Tree, folder_name: &str) -> (Outputs, Imported) {
    let mut notes = tree.notes.clone();
    let mut texts = texts(tree, &mut notes);
    let folders = encodings(&mut texts);
    let site = common(&folders);
    let (order, reads) = read(&texts, &mut notes);
    let mut drop = survey::repeated(
        texts
            .iter()
            .zip(&reads)
            .filter_map(|(text, read)| Some((decoded(text), read.meta.as_ref()?.paragraphs.as_slice()))),
    );
    let caption = survey::caption(texts.iter().map(decoded));
    drop.retain(|(text, _)| caption.is_none_or(|word| !text.to_lowercase().starts_with(&word.to_lowercase())));
    for (text, files) in &drop {
        let message = format!(
            "the paragraph `{}` stands in {files} files; `text.drop` leaves it out",
            parse::node::excerpt(text)
        );
        notes.push(
            Diagnostic::warning(Code::Repeated, message)
                .hint("take it out of `text.drop` in site.yaml if it is part of the story"),
        );
    }
    let faults = reads.iter().flat_map(|read| &read.notes).any(Diagnostic::is_error);
    let mut outputs = Outputs::default();
    let home = home(tree, &texts, folder_name);
    let place = |path: &str| format!("content/{home}{path}");
    outputs.copies.extend(
        texts.iter().map(|text| Copy {
            from: text.path.to_owned(),
            to: place(&format!("{}.txt", without_extension(text.path))),
        }),
    );
    outputs.copies.extend(others(tree, &texts, &mut notes).map(|path| Copy { from: path.to_owned(), to: place(path) }));
    outputs.texts.extend(indexes(&folders, site, &home));
    outputs.texts.extend(sidecars(tree, &texts, &folders, &place));
    let mut keys = Map::new();
    keys.extend(site.filter(|label| *label != "utf-8").map(|label| ("encoding".to_owned(), label.into())));
    keys.extend(
        order.map(|order| ("dates".to_owned(), if order == DateOrder::DayFirst { "dmy" } else { "mdy" }.into())),
    );
    keys.extend(caption.map(|caption| ("caption".to_owned(), caption.into())));
    if !drop.is_empty() {
        keys.insert("drop".to_owned(), drop.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().into());
    }
    let mut config = Map::from_iter([("title".to_owned(), Value::from(title(folder_name)))]);
    if !keys.is_empty() {
        config.insert("text".to_owned(), Value::Object(keys));
    }
    if faults {
        config.insert("faulty".to_owned(), json!("withhold"));
    }
    outputs.texts.push(settings::file(&config, &mut notes));
    let undated = reads.iter().filter(|read| read.meta.as_ref().is_some_and(|meta| meta.date.is_none())).count();
    notes.extend(reads.into_iter().flat_map(|read| softened(read.notes)));
    let report = Imported {
        origin: super::Origin::Text.name(),
        articles: texts.len(),
        undated,
        copied: outputs.copies.len(),
        written: outputs.copies.len() + outputs.texts.len(),
        diagnostics: notes,
        ..Imported::default()
    };
    (outputs, report)
}

/// The plain texts; what has their extension and is none is noted.
fn texts<'t>(tree: &'t Tree, notes: &mut Vec<Diagnostic>) -> Vec<Text<'t>> {
    let texts = tree.files.iter().filter(|(path, _)| matches!(extension(path).as_str(), "txt" | "text" | "asc"));
    let all: Vec<Text> = texts
        .filter_map(|(path, file)| {
            let bytes = file.bytes.as_deref()?;
            Some(Text { path, bytes, found: detect(bytes), label: "utf-8" })
        })
        .collect();
    let (texts, binary): (Vec<Text>, Vec<Text>) = all.into_iter().partition(|text| text.found != Found::Binary);
    for text in binary {
        let note = Diagnostic::warning(Code::Encoding, "the file holds no text, and was not copied");
        notes.push(
            note.at(Mark::file(&SitePath::new(text.path)))
                .hint("look what it is, and give it the extension of its kind"),
        );
    }
    texts
}

/// Gives every text the encoding of its folder, or one of its own where it cannot be read in that; gives those of the folders.
fn encodings(texts: &mut [Text]) -> BTreeMap<String, &'static str> {
    let mut counts: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for text in texts.iter() {
        if let Found::Label(label) = text.found {
            *counts.entry(folder(text.path).to_owned()).or_default().entry(label).or_default() += 1;
        }
    }
    let most = |counts: BTreeMap<&'static str, usize>| {
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(label, _)| label)
    };
    let folders: BTreeMap<String, &'static str> =
        counts.into_iter().filter_map(|(folder, counts)| Some((folder, most(counts)?))).collect();
    for text in texts.iter_mut() {
        let Found::Label(own) = text.found else { continue };
        let shared = folders.get(folder(text.path)).copied().unwrap_or("utf-8");
        // One byte more or less is no evidence: what can be read as the others are is taken to be like them.
        let alike = own == shared || (own != "utf-8" && shared != "utf-8" && fits(text.bytes, shared) && !is_wide(own));
        text.label = if alike { shared } else { own };
    }
    folders
}

fn is_wide(label: &str) -> bool {
    label.starts_with("utf-16")
}

/// The encoding of most folders.
fn common(folders: &BTreeMap<String, &'static str>) -> Option<&'static str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    folders.values().for_each(|label| *counts.entry(label).or_default() += 1);
    let (label, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    folders.values().find(|known| **known == label).copied()
}

fn decoded(text: &Text) -> String {
    let path = SitePath::new(text.path);
    let decoded = parse::encoding::labelled(&path, text.bytes, text.label).map(|text| text.into_owned());
    decoded.unwrap_or_else(|_| String::from_utf8_lossy(text.bytes).into_owned())
}

/// Reads all texts; where their dates leave the order of day and month open, in the order that suits them.
fn read(texts: &[Text], notes: &mut Vec<Diagnostic>) -> (Option<DateOrder>, Vec<Read>) {
    let all = |order| texts.par_iter().map(|text| one(text, order)).collect::<Vec<Read>>();
    let faults =
        |reads: &[Read]| reads.iter().flat_map(|read| &read.notes).filter(|note| note.code == Code::BadDate).count();
    let reads = all(None);
    let open = reads.iter().flat_map(|read| &read.notes).any(|note| parse::date::is_undecided(&note.message));
    if !open {
        return (None, reads);
    }
    let (days, months) = (all(Some(DateOrder::DayFirst)), all(Some(DateOrder::MonthFirst)));
    match faults(&days).cmp(&faults(&months)) {
        std::cmp::Ordering::Less => (Some(DateOrder::DayFirst), days),
        std::cmp::Ordering::Greater => (Some(DateOrder::MonthFirst), months),
        std::cmp::Ordering::Equal => {
            let message = "no date of the collection shows whether 04/05/2003 is a day in April or in May";
            notes.push(Diagnostic::warning(Code::BadDate, message).hint("set `text.dates` in site.yaml to dmy or mdy"));
            (None, reads)
        }
    }
}

fn one(text: &Text, dates: Option<DateOrder>) -> Read {
    let options = ParseOptions {
        timezone: Zone::utc(),
        defaults: FrontMatter::default(),
        text: TextOptions { encoding: Some(text.label.to_owned()), dates, ..TextOptions::default() },
        html: HtmlMode::Trusted,
        highlight: false,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    };
    let path = format!("{}.txt", without_extension(text.path));
    let parsed = parse::article::parse(&Source::new(SitePath::new(&path), text.bytes), None, &options);
    let own = |note: Diagnostic| Diagnostic {
        mark: note.mark.map(|mark| Mark { path: SitePath::new(text.path), ..mark }),
        ..note
    };
    Read { meta: parsed.article.map(|(meta, _)| meta), notes: parsed.diagnostics.into_iter().map(own).collect() }
}

/// The folder of the articles below `content/`, with a slash at its end: one named after the collection's, unless all of them lie in
/// folders already.
fn home(tree: &Tree, texts: &[Text], folder_name: &str) -> String {
    let tops: Vec<&str> = texts.iter().map(|text| text.path.split_once('/').map_or("", |(top, _)| top)).collect();
    let digits = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let good = |top: &&str| !top.is_empty() && !digits(top) && !RESERVED.contains(&top.to_lowercase().as_str());
    if !tops.is_empty() && tops.iter().all(good) && !tree.has("authors.yaml") {
        return String::new();
    }
    let slug = Slug::of(folder_name, SlugStyle::Unicode).map(|slug| slug.to_string());
    let slug = slug.filter(|slug| !digits(slug) && !RESERVED.contains(&slug.as_str()));
    format!("{}/", slug.unwrap_or_else(|| "articles".to_owned()))
}

/// Everything that is no plain text, by its path.
fn others<'t>(
    tree: &'t Tree,
    texts: &[Text<'t>],
    notes: &mut Vec<Diagnostic>,
) -> impl Iterator<Item = &'t str> + use<'t> {
    let known: std::collections::BTreeSet<&str> = texts.iter().map(|text| text.path).collect();
    let is_text = |path: &str| matches!(extension(path).as_str(), "txt" | "text" | "asc");
    let mut others = Vec::new();
    for path in tree.files.keys().map(String::as_str).filter(|path| !known.contains(path) && !is_text(path)) {
        match crate::model::path::OutPath::new(path) {
            Ok(_) => others.push(path),
            Err(fault) => {
                let note =
                    Diagnostic::warning(Code::Path, format!("the file was not copied: its name {}", fault.reason));
                notes.push(note.at(Mark::file(&SitePath::new(path))).hint("rename it in the original"));
            }
        }
    }
    others.into_iter()
}

/// An `_index.md` for each folder whose encoding is not that of the folder above it.
fn indexes(folders: &BTreeMap<String, &'static str>, site: Option<&'static str>, home: &str) -> Vec<Output> {
    let above = |path: &str| {
        let mut path = path;
        while let Some((up, _)) = path.rsplit_once('/') {
            if let Some(label) = folders.get(up) {
                return Some(*label);
            }
            path = up;
        }
        if path.is_empty() { None } else { folders.get("").copied().filter(|_| !home.is_empty()) }
    };
    let differs = |(path, label): &(&String, &&'static str)| above(path).or(site) != Some(**label);
    let output = |(path, label): (&String, &&'static str)| {
        let path = format!("{home}{path}");
        let front = json!({"cascade": {"text": {"encoding": label}}});
        let text = front.as_object().map(yaml::document).unwrap_or_default();
        Output { to: format!("content/{}/_index.md", path.trim_end_matches('/')), text: format!("---\n{text}---\n") }
    };
    folders.iter().filter(differs).map(output).collect()
}

/// A sidecar for each text that is not in its folder's encoding, unless it has one already.
fn sidecars(
    tree: &Tree,
    texts: &[Text],
    folders: &BTreeMap<String, &'static str>,
    place: &dyn Fn(&str) -> String,
) -> Vec<Output> {
    let odd =
        |text: &&Text| matches!(text.found, Found::Label(_)) && folders.get(folder(text.path)) != Some(&text.label);
    let output = |text: &Text| {
        let path = format!("{}.yaml", without_extension(text.path));
        let front = json!({"text": {"encoding": text.label}});
        let text = front.as_object().map(yaml::document).unwrap_or_default();
        (!tree.has(&path)).then(|| Output { to: place(&path), text })
    };
    texts.iter().filter(odd).filter_map(output).collect()
}

/// `harbour-news` is `Harbour news`.
fn title(folder_name: &str) -> String {
    let words = name(folder_name).replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if title.is_empty() { "The archive".to_owned() } else { title }
}
