//! The address of every article: section, slug and permalink.

use std::collections::HashSet;

use rayon::prelude::*;

use super::Routed;
use super::authors::Names;
use super::publish::{self, Public};
use crate::model::article::{Format, Meta};
use crate::model::code::Code;
use crate::model::config::{Config, PermalinkPart};
use crate::model::diagnostic::Diagnostic;
use crate::model::path::{PathFault, SitePath, Slug, SlugStyle, Url};
use crate::model::site::Role;

/// First segments that the site's own indexes need.
const RESERVED: &[&str] = &["archive", "tags", "authors", "series", "search", "page"];

/// What addresses are made by.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub config: &'a Config,
    pub names: &'a Names<'a>,
}

/// An article that is not published, with the address that it would have.
pub(super) struct Hidden {
    pub meta: Box<Meta>,
    pub url: Option<Url>,
}

/// An article that is to have an address.
struct Candidate {
    meta: Box<Meta>,
    role: Role,
    /// Its body, if it is public.
    body: Option<usize>,
    section: String,
    /// Its address, where it yields to no other.
    url: Option<Result<Url, PathFault>>,
}

impl Candidate {
    fn new(meta: Box<Meta>, role: Role, body: Option<usize>, rules: Rules) -> Self {
        let section = section_of(&meta, rules.config.slugs);
        let url = (!slug_from_headline(&meta)).then(|| address(&meta, role, &section, None, rules));
        Self { meta, role, body, section, url }
    }
}

/// Gives every article its address. Plain text whose headline makes the slug of another article yields to the older one.
/// Articles that can have no address are noted and added to the faulty ones.
pub(super) fn all(
    public: Vec<Public>,
    hidden: Vec<Box<Meta>>,
    as_of: i64,
    rules: Rules,
    faulty: &mut Vec<SitePath>,
    notes: &mut Vec<Diagnostic>,
) -> (Vec<Routed>, Vec<Hidden>) {
    let public = public.into_par_iter();
    let mut candidates: Vec<Candidate> =
        public.map(|public| Candidate::new(public.meta, public.role, Some(public.body), rules)).collect();
    let mut taken: HashSet<Url> = HashSet::new(); // lookup only
    if candidates.iter().any(|candidate| candidate.url.is_none()) {
        taken.extend(candidates.iter().filter_map(|candidate| candidate.url.as_ref()?.as_ref().ok().cloned()));
    }
    // What has expired keeps its address: time alone moves no article to another.
    let (gone, hidden): (Vec<_>, Vec<_>) = hidden.into_iter().partition(|meta| is_expired(meta, as_of));
    if !gone.is_empty() {
        let expired = |meta: Box<Meta>| {
            let role = publish::role(&meta);
            Candidate::new(meta, role, None, rules)
        };
        candidates.extend(gone.into_iter().map(expired));
        candidates = publish::sorted(candidates, |candidate| &candidate.meta);
    }
    let mut routed = Vec::with_capacity(candidates.len());
    let mut absent: Vec<Hidden> = Vec::with_capacity(hidden.len());
    for Candidate { meta, role, body, section, url } in candidates {
        let url = url.unwrap_or_else(|| text_address(&meta, role, &section, rules, &mut taken));
        let Some(body) = body else {
            absent.push(Hidden { url: url.ok(), meta });
            continue;
        };
        let fault = match &url {
            Ok(url) => reserved(url, &meta, &section, rules.config),
            Err(fault) => Some(fault_of(&meta, fault)),
        };
        match (url, fault) {
            (Ok(url), None) => routed.push(Routed { meta, body, url, role, section }),
            (_, fault) => {
                faulty.push(meta.path);
                notes.extend(fault);
            }
        }
    }
    absent.extend(hidden.into_iter().map(|meta| {
        let section = section_of(&meta, rules.config.slugs);
        Hidden { url: address(&meta, publish::role(&meta), &section, None, rules).ok(), meta }
    }));
    (routed, absent)
}

/// The addresses of articles that have expired, former ones included.
pub(super) fn withdrawn(hidden: &[Hidden], as_of: i64) -> Vec<Url> {
    let expired = hidden.iter().filter(|article| is_expired(&article.meta, as_of));
    expired.flat_map(|article| article.url.iter().chain(&article.meta.aliases)).cloned().collect()
}

/// The addresses of articles that wait for their date.
pub(super) fn to_come(hidden: &[Hidden], as_of: i64) -> Vec<Url> {
    let held = |meta: &Meta| !meta.draft && meta.date.is_some_and(|date| date.seconds() > as_of);
    let held = hidden.iter().filter(|article| held(&article.meta));
    held.flat_map(|article| article.url.iter().chain(&article.meta.aliases)).cloned().collect()
}

fn is_expired(meta: &Meta, as_of: i64) -> bool {
    !meta.draft && meta.expires.is_some_and(|expires| expires.seconds() <= as_of)
}

/// Whether the slug is made from the headline, and may therefore be asked to yield.
fn slug_from_headline(meta: &Meta) -> bool {
    meta.format == Format::Text && meta.slug.is_none() && meta.url.is_none() && !is_bundle(&meta.path)
}

/// The first free one of: the slug, the slug and the date, the slug, the date and the stem.
fn text_address(
    meta: &Meta,
    role: Role,
    section: &str,
    rules: Rules,
    taken: &mut HashSet<Url>, // lookup only
) -> Result<Url, PathFault> {
    let base = slug_of(meta, rules.config.slugs)?;
    let stem = Slug::whole(meta.path.stem(), rules.config.slugs);
    let dated = meta.date.map_or_else(|| base.clone(), |date| base.with(&date.date().to_string()));
    let last = stem.map_or_else(|| dated.clone(), |stem| dated.with(stem.as_str()));
    let mut url = address(meta, role, section, Some(&base), rules)?;
    for slug in [&dated, &last] {
        if !taken.contains(&url) {
            break;
        }
        url = address(meta, role, section, Some(slug), rules)?;
    }
    taken.insert(url.clone());
    Ok(url)
}

/// The address that front matter or the permalink pattern gives.
fn address(meta: &Meta, role: Role, section: &str, slug: Option<&Slug>, rules: Rules) -> Result<Url, PathFault> {
    let Rules { config, names } = rules;
    if let Some(url) = &meta.url {
        return Ok(url.clone());
    }
    let slug = slug.map_or_else(|| slug_of(meta, config.slugs), |slug| Ok(slug.clone()))?;
    if role == Role::Standing {
        return Url::from_decoded(&format!("{section}/{slug}/"));
    }
    let mut path = String::new();
    for part in &config.permalink.0 {
        let date = meta.date.map(|date| date.date());
        match part {
            PermalinkPart::Literal(text) => path.push_str(text),
            PermalinkPart::Section => path.push_str(section),
            PermalinkPart::Slug => path.push_str(slug.as_str()),
            PermalinkPart::Year => path.push_str(&date.map(|day| format!("{:04}", day.year())).unwrap_or_default()),
            PermalinkPart::Month => path.push_str(&date.map(|day| format!("{:02}", day.month())).unwrap_or_default()),
            PermalinkPart::Day => path.push_str(&date.map(|day| format!("{:02}", day.day())).unwrap_or_default()),
            PermalinkPart::Author => {
                let name = meta.authors.first().and_then(|credit| names.slug(&credit.name, config.slugs));
                path.push_str(name.as_ref().map_or("", Slug::as_str));
            }
        }
    }
    // A part that an article lacks (a section at the top, a date) leaves no empty segment behind.
    let whole: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let file = whole.last().is_some_and(|last| last.ends_with(".html"));
    Url::from_decoded(&format!("{}{}", whole.join("/"), if file { "" } else { "/" }))
}

/// Whether the file stands for its folder: `story/index.md`.
pub(super) fn is_bundle(path: &SitePath) -> bool {
    path.stem() == "index" && path.folder() != "content"
}

/// The folder that counts for the section: a bundle's is the one above its own.
fn home_folder(path: &SitePath) -> &str {
    let folder = path.folder();
    let folder = if is_bundle(path) { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/')
}

/// The article's section as slugs: its folders but those named by digits alone, or what front matter says.
pub(super) fn section_of(meta: &Meta, style: SlugStyle) -> String {
    let written = meta.section.as_deref().unwrap_or_else(|| home_folder(&meta.path));
    section_path(written, style)
}

/// A folder's path as that of a section.
pub(super) fn section_path(folder: &str, style: SlugStyle) -> String {
    let segments: Vec<String> = folder
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|segment| Slug::whole(segment, style))
        .map(|slug| slug.to_string())
        .collect();
    segments.join("/")
}

/// The slug by front matter, or by the rule of the file's format.
fn slug_of(meta: &Meta, style: SlugStyle) -> Result<Slug, PathFault> {
    if let Some(slug) = &meta.slug {
        return Ok(slug.clone());
    }
    let folder_name = meta.path.folder().rsplit('/').next().unwrap_or("");
    let made = if is_bundle(&meta.path) {
        Slug::whole(without_date(folder_name), style)
    } else if meta.format == Format::Text {
        Slug::of(&meta.title, style).or_else(|| Slug::whole(without_date(meta.path.stem()), style))
    } else {
        Slug::whole(without_date(meta.path.stem()), style)
    };
    made.ok_or_else(|| PathFault { segment: meta.path.stem().to_owned(), reason: "leaves nothing to make a slug of" })
}

/// A file's name without the date before it: `2017-10-26-slug` gives `slug`.
fn without_date(name: &str) -> &str {
    let bytes = name.as_bytes();
    let dated = bytes.len() > 11
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
        && matches!(bytes[10], b'-' | b'_' | b' ');
    if dated { &name[11..] } else { name }
}

/// What is wrong with an address by whose section or slug an article takes the place of an index.
fn reserved(url: &Url, meta: &Meta, section: &str, config: &Config) -> Option<Diagnostic> {
    if meta.url.is_some() {
        return None;
    }
    let dated_first = matches!(config.permalink.0.first(), Some(PermalinkPart::Year));
    let first = url.as_str().trim_start_matches('/').split('/').next().unwrap_or("");
    let four_digits = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
    if !RESERVED.contains(&first) && (!four_digits || dated_first && meta.date.is_some()) {
        return None;
    }
    let what = if section.is_empty() { "slug" } else { "section" };
    let message = format!("the {what} `{first}` is reserved: `/{first}/` belongs to the site's own indexes");
    let hint = if section.is_empty() {
        format!("give it another one: `slug: {first}-story`")
    } else {
        format!("rename the folder, or set `section:`; an article alone can be moved by `url: /{first}-articles/…`")
    };
    Some(Diagnostic::error(Code::Slug, message).at(meta.mark(what)).hint(hint))
}

fn fault_of(meta: &Meta, fault: &PathFault) -> Diagnostic {
    Diagnostic::error(Code::Slug, format!("the article has no usable address: {fault}"))
        .at(meta.mark("slug"))
        .hint("set `slug:` in its front matter")
}
