//! The articles: each through the parser that its folder asks for, unless the memo knows what comes of it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::folders::{Folders, Parsers};
use super::{Observer, own_fault};
use crate::memo::{Memo, Place};
use crate::model::article::{Format, Meta, Parsed};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::source::{Found, Source};
use crate::model::tag::TagEntry;
use crate::parse::article::ArticleParser;
use crate::parse::highlight::Highlighter;
use crate::parse::words::Matcher;
use crate::read;

/// All that articles are parsed with, for as long as one may have to be parsed again.
pub struct Workshop {
    root: PathBuf,
    folders: Folders,
    sidecars: BTreeMap<(String, String), Found>,
    matcher: Arc<Matcher>,
}

/// What came of the articles.
#[derive(Default)]
pub struct Articles {
    /// The sound ones.
    pub metas: Vec<Box<Meta>>,
    /// Where the body of each of those is.
    pub slots: Vec<Slot>,
    /// Those that have errors.
    pub faulty: Vec<SitePath>,
    /// How many were parsed, not remembered.
    pub parsed: usize,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where one body is, and what it must be.
pub struct Slot {
    /// The article's file.
    pub path: SitePath,
    /// The digest of all that the article was parsed from.
    pub key: Digest,
    /// The digest of the body.
    pub body: Digest,
    /// Where it is.
    pub place: Place,
}

/// What came of one article.
struct One {
    path: SitePath,
    article: Option<(Box<Meta>, Place)>,
    diagnostics: Vec<Diagnostic>,
    is_new: bool,
}

impl Workshop {
    /// Makes ready for the articles of the site in `root`.
    pub fn new(root: &Path, folders: Folders, sidecars: Vec<Found>, vocabulary: &[TagEntry]) -> Self {
        let key = |found: &Found| (found.path.folder().to_owned(), found.path.stem().to_owned());
        Self {
            root: root.to_owned(),
            folders,
            sidecars: sidecars.into_iter().map(|found| (key(&found), found)).collect(),
            matcher: Arc::new(Matcher::new(vocabulary)),
        }
    }

    /// Parses the articles that the memo does not know. The bytes of each are let go as soon as it is parsed.
    ///
    /// # Errors
    /// An article that can no longer be read.
    pub fn parse(&self, articles: Vec<Found>, memo: &Memo, observer: &dyn Observer) -> Result<Articles, Failure> {
        observer.begin("parsing", articles.len());
        let parsers = self.folders.parsers(&self.matcher);
        let all: Vec<One> = articles
            .into_par_iter()
            .map_init(Highlighter::default, |highlighter, found| {
                if observer.called_off() {
                    return Ok(One { path: found.path, article: None, diagnostics: Vec::new(), is_new: false });
                }
                let one = self.one(found, &parsers, memo, highlighter);
                observer.step();
                one
            })
            .collect::<Result<_, _>>()?;
        let mut articles = Articles::default();
        all.into_iter().for_each(|one| articles.take(one));
        Ok(articles)
    }

    /// Parses one article again, if it is still what it was: what the memo holds of it turned out to be damaged.
    pub fn again(&self, path: &SitePath, key: Digest) -> Result<Parsed, Failure> {
        let file = self.root.join(path.as_str());
        let changed = || Failure::new("read", &file, "it changed while the site was being built");
        let source = read::single(&self.root, path)?;
        let parser = ArticleParser::new(self.folders.of(path), Arc::clone(&self.matcher));
        let sidecar = self.sidecar(path);
        if parser.key(path, source.digest, sidecar.map(|found| (&found.path, found.digest))) != key {
            return Err(changed());
        }
        self.work(&parser, &source, sidecar, &mut Highlighter::default())
    }

    /// The sidecar of an article. Markdown has none: it has front matter.
    fn sidecar(&self, path: &SitePath) -> Option<&Found> {
        if Format::of(path) == Some(Format::Markdown) {
            return None;
        }
        self.sidecars.get(&(path.folder().to_owned(), path.stem().to_owned()))
    }

    fn one(&self, found: Found, parsers: &Parsers, memo: &Memo, highlighter: &mut Highlighter) -> Result<One, Failure> {
        let parser = parsers.of(&found.path);
        let sidecar = self.sidecar(&found.path);
        let key = parser.key(&found.path, found.digest, sidecar.map(|sidecar| (&sidecar.path, sidecar.digest)));
        if let Some(known) = memo.get(key) {
            let (article, diagnostics) = (known.article, known.diagnostics);
            return Ok(One { path: found.path, article, diagnostics, is_new: false });
        }
        let source = read::again(&self.root, &found)?;
        let Parsed { article, diagnostics } = self.work(parser, &source, sidecar, highlighter)?;
        let (meta, body) = article.map(|(meta, body)| (Box::new(meta), body)).unzip();
        // A fault of our own is to be met again, until it is mended.
        let own_fault = diagnostics.iter().any(|note| note.code == Code::Panic);
        let place = if own_fault { None } else { memo.put(key, meta.as_deref().zip(body), &diagnostics) };
        Ok(One { path: found.path, article: meta.zip(place), diagnostics, is_new: true })
    }

    /// Parses one article; a fault of our own is reported with its file, and the others go on.
    fn work(
        &self,
        parser: &ArticleParser,
        source: &Source,
        sidecar: Option<&Found>,
        highlighter: &mut Highlighter,
    ) -> Result<Parsed, Failure> {
        let sidecar = sidecar.map(|found| read::again(&self.root, found)).transpose()?;
        let work = AssertUnwindSafe(|| parser.parse(source, sidecar.as_ref(), highlighter));
        Ok(catch_unwind(work).unwrap_or_else(|payload| Parsed {
            article: None,
            diagnostics: vec![own_fault(payload.as_ref(), "reading an article", Some(&source.path))],
        }))
    }
}

impl Articles {
    fn take(&mut self, one: One) {
        let failed = one.diagnostics.iter().any(Diagnostic::is_error);
        self.parsed += usize::from(one.is_new);
        self.diagnostics.extend(one.diagnostics);
        match one.article {
            Some((meta, place)) if !failed => {
                self.slots.push(Slot { path: meta.path.clone(), key: meta.digest, body: meta.body, place });
                self.metas.push(meta);
            }
            _ => self.faulty.push(one.path),
        }
    }
}
