//! Where things are: paths of inputs, paths of outputs, URLs and slugs, each a type of its own so that they cannot be mixed.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest segment of an output path, in bytes: most file systems allow 255, and hosts add suffixes.
pub const SEGMENT_LIMIT: usize = 200;

/// What a URL path carries percent-encoded: all but RFC 3986's `pchar` and `/`.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Device names that Windows reserves, in any case and with any extension.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// An input's path, relative to the site folder, with `/` between its parts: `content/news/a.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes a relative path already written with `/`.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it; empty for a file directly in the site folder.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The name without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| if stem.is_empty() { self.name() } else { stem })
    }

    /// The extension, without the dot, as written; empty where there is none.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(stem, extension)| if stem.is_empty() { "" } else { extension })
    }

    /// The path below `folder`, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text cannot be a path in the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// The offending segment.
    pub segment: String,
    /// What is wrong with it, as the end of a sentence: "is a name that Windows reserves".
    pub reason: &'static str,
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.segment, self.reason)
    }
}

/// Checks one segment of an output path (decoded, in NFC).
fn check_segment(segment: &str) -> Result<(), PathFault> {
    let fault = |reason| Err(PathFault { segment: segment.chars().take(80).collect(), reason });
    if segment.is_empty() {
        return fault("is empty");
    }
    if segment == "." || segment == ".." {
        return fault("would leave its folder");
    }
    if segment.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*')) {
        return fault("has a character that file systems or URLs reserve");
    }
    if segment.ends_with('.') || segment.ends_with(' ') || segment.starts_with(' ') {
        return fault("begins or ends with a space or a dot");
    }
    if segment.len() > SEGMENT_LIMIT {
        return fault("is longer than 200 bytes");
    }
    let stem = segment.split('.').next().unwrap_or("");
    if matches!(stem.len(), 3 | 4) && RESERVED.iter().any(|reserved| stem.eq_ignore_ascii_case(reserved)) {
        return fault("is a name that Windows reserves");
    }
    Ok(())
}

/// A file in the output, relative to it, safe on every file system: NFC, no `..`, no reserved names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutPath(Box<str>);

impl OutPath {
    /// Takes a decoded relative path (`news/a/index.html`).
    ///
    /// # Errors
    /// A segment that some file system or URL parser would read differently.
    pub fn new(path: &str) -> Result<Self, PathFault> {
        let path = composed(path);
        for segment in path.split('/') {
            check_segment(segment)?;
        }
        Ok(Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key under which two paths are one file on some file system: letter case aside.
    pub fn collision_key(&self) -> String {
        if self.0.is_ascii() { self.0.to_ascii_lowercase() } else { composed(&self.0.to_lowercase()).into_owned() }
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A page's address within the site: decoded, NFC, beginning with `/`; one that ends in `/` is served by an `index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Url(Arc<str>);

impl Url {
    /// Takes a path as people write it (`/2015/some-slug/`, with or without the first `/`), percent-decodes it once.
    ///
    /// # Errors
    /// A segment that cannot be a file in the output.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let decoded = percent_decode_str(text.trim().trim_start_matches('/')).decode_utf8().map_err(|_| PathFault {
            segment: text.chars().take(80).collect(),
            reason: "is not UTF-8 once percent-decoded",
        })?;
        Self::from_decoded(&decoded)
    }

    /// Takes a decoded path without its first `/`.
    ///
    /// # Errors
    /// A segment that cannot be a file in the output.
    pub fn from_decoded(path: &str) -> Result<Self, PathFault> {
        let path = composed(path.trim_start_matches('/'));
        let file = path.strip_suffix('/').unwrap_or(&path);
        if !file.is_empty() {
            for segment in file.split('/') {
                check_segment(segment)?;
            }
        }
        Ok(Self(format!("/{path}").into()))
    }

    /// The page of a year: `/2017/`.
    pub fn of_year(date: Date) -> Self {
        Self(format!("/{:04}/", date.year()).into())
    }

    /// The page of a month: `/2017/10/`.
    pub fn of_month(date: Date) -> Self {
        Self(format!("/{:04}/{:02}/", date.year(), date.month()).into())
    }

    /// The page of a day: `/2017/10/26/`.
    pub fn of_day(date: Date) -> Self {
        Self(format!("/{:04}/{:02}/{:02}/", date.year(), date.month(), date.day()).into())
    }

    /// The front page, `/`.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// The decoded path, with its first `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of something below this folder: `/tags/` and `page/2/` give `/tags/page/2/`.
    ///
    /// # Errors
    /// A segment that cannot be a file in the output.
    pub fn join(&self, below: &str) -> Result<Self, PathFault> {
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::from_decoded(&format!("{folder}/{below}"))
    }

    /// The file that serves it.
    pub fn out_path(&self) -> OutPath {
        let path = self.0.trim_start_matches('/');
        OutPath(if path.is_empty() || path.ends_with('/') { format!("{path}index.html").into() } else { path.into() })
    }

    /// The path percent-encoded, as it stands in a link.
    pub fn encoded(&self) -> String {
        self.encoded_below(&[])
    }

    /// The path percent-encoded, behind what precedes it.
    fn encoded_below(&self, before: &[&str]) -> String {
        let length = before.iter().map(|part| part.len()).sum::<usize>() + self.0.len();
        let mut encoded = String::with_capacity(length);
        encoded.extend(before.iter().copied());
        encoded.extend(utf8_percent_encode(&self.0, PATH));
        encoded
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the site lives: `base_url`, split into origin and path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// `https://example.org`, without a final `/`.
    pub origin: String,
    /// The path below the origin, without a final `/`; empty at the root of a host.
    pub path: String,
}

impl Base {
    /// Splits an http or https address; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let good = (scheme == "http" || scheme == "https")
            && !host.is_empty()
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '<' | '>' | '"' | '\'' | '\\'));
        let path = path.trim_matches('/');
        good.then(|| Self {
            origin: format!("{scheme}://{}", host.to_lowercase()),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
        })
    }

    /// The root-relative link to a page, base path included.
    pub fn href(&self, url: &Url) -> String {
        url.encoded_below(&[&self.path])
    }

    /// The absolute address of a page.
    pub fn absolute(&self, url: &Url) -> String {
        url.encoded_below(&[&self.origin, &self.path])
    }
}

/// One segment of a URL made from a title or a name: lower case, letters and digits of every script, hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slug(Box<str>);

impl Slug {
    /// The longest slug made from a text, in bytes.
    pub const LIMIT: usize = 80;

    /// Makes a slug of at most [`Slug::LIMIT`] bytes, cut at a word's end. `+` reads plus and `#` reads sharp, so that C, C++
    /// and C# stay apart. `None` where nothing of the text remains.
    pub fn of(text: &str, style: SlugStyle) -> Option<Self> {
        Self::whole(text, style).map(|slug| Self(cut_at_word(&slug.0, Self::LIMIT).into()))
    }

    /// Makes a slug without the bound of [`Slug::LIMIT`]: for a file's stem, whose length its author chose.
    pub fn whole(text: &str, style: SlugStyle) -> Option<Self> {
        let mut slug = String::with_capacity(text.len());
        let spelt = if text.contains(['+', '#']) {
            Cow::Owned(text.replace('+', " plus ").replace('#', " sharp "))
        } else {
            Cow::Borrowed(text)
        };
        let spelt = match style {
            SlugStyle::Unicode => composed(&spelt).to_lowercase(),
            SlugStyle::Ascii => deunicode::deunicode(&spelt).to_lowercase(),
        };
        for c in composed(&spelt).chars() {
            match c {
                '\'' | '’' | '‘' | 'ʼ' => {}
                c if c.is_alphanumeric() || is_mark(c) => slug.push(c),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
        }
        let slug = slug.trim_end_matches('-');
        let slug = cut_at_word(slug, SEGMENT_LIMIT);
        let fits = !slug.is_empty() && check_segment(slug).is_ok();
        fits.then(|| Self(slug.into()))
    }

    /// Takes a slug that an author wrote; only what a path cannot hold is refused.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn written(text: &str) -> Result<Self, PathFault> {
        let text = composed(text.trim().trim_matches('/'));
        if text.contains('/') {
            return Err(PathFault {
                segment: text.into_owned(),
                reason: "has a `/`: a slug is one segment (use `url` for a whole path)",
            });
        }
        check_segment(&text).map(|()| Self(text.into()))
    }

    /// The slug with something appended after a hyphen.
    #[must_use]
    pub fn with(&self, suffix: &str) -> Self {
        Self(format!("{}-{suffix}", self.0).into())
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Combining marks that words of many scripts need (vowel signs, accents that have no composed form).
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// A text in composed form (NFC). ASCII is so already, and most paths are nothing else.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

fn cut_at_word(slug: &str, limit: usize) -> &str {
    if slug.len() <= limit {
        return slug;
    }
    let mut end = limit;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &slug[..end];
    if slug.as_bytes()[end] == b'-' {
        return cut;
    }
    cut.rfind('-').map_or(cut, |hyphen| &cut[..hyphen])
}

/// `slugs` of site.yaml: which letters a slug keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlugStyle {
    /// Letters of every script stay.
    #[default]
    Unicode,
    /// Transliterated to ASCII.
    Ascii,
}
