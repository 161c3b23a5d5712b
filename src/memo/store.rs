//! The memo of parsing: what came of each article, by the digest of all that it was parsed from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::fold::{self, Old, Seat};
use super::library::{Kept, Library, Place, Shelf};
use super::pair::{self, Pair, Useless};
use super::writer::Writer;
use crate::model::article::Meta;
use crate::model::body::Body;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;

/// How many bytes of new bodies stay in memory, in serial form. Beyond that they are read back when a page needs them, and the
/// memory that a build takes does not grow with the site.
const KEPT: u64 = 16 << 20;

/// What came of parsing an article, some time ago.
#[derive(Debug)]
pub struct Remembered {
    /// Its metadata and where its body is; `None` where it had errors.
    pub article: Option<(Box<Meta>, Place)>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// The memo of one site.
#[derive(Debug)]
pub struct Memo {
    folder: PathBuf,
    engine: Digest,
    /// Whether it may be changed: by one process at a time.
    writable: bool,
    /// The number of the pair that this build writes.
    next: u32,
    pairs: Vec<Old>,
    index: HashMap<Digest, Seat>,
    new: Mutex<New>,
    kept: AtomicU64,
    damaged: AtomicBool,
}

/// The pair that this build writes.
#[derive(Debug)]
enum New {
    /// Nothing has been added.
    None,
    Begun(Box<Writer>),
    /// Writing failed, or is not allowed.
    Given,
}

impl Memo {
    /// Opens the memo in a folder, which need not be there. `fresh` makes nothing of what it holds. Only one process at a time may
    /// say `writable`; for others it is as it stands.
    pub fn open(folder: &Path, engine: Digest, fresh: bool, writable: bool) -> Self {
        let numbers = fold::numbers(folder);
        let next = numbers.last().map_or(1, |last| last.saturating_add(1));
        let mut memo = Self {
            folder: folder.to_owned(),
            engine,
            writable,
            next,
            pairs: Vec::new(),
            index: HashMap::new(),
            new: Mutex::new(if writable { New::None } else { New::Given }),
            kept: AtomicU64::new(0),
            damaged: AtomicBool::new(false),
        };
        if !fresh {
            numbers.into_iter().for_each(|number| memo.load(number));
        }
        memo
    }

    fn load(&mut self, number: u32) {
        let pair = match Pair::load(&self.folder, number, self.engine) {
            Ok(pair) => pair,
            Err(useless) => {
                self.damaged.fetch_or(useless == Useless::Damaged, Ordering::Relaxed);
                return;
            }
        };
        self.damaged.fetch_or(pair.damaged, Ordering::Relaxed);
        let file = self.pairs.len() as u32;
        self.index.extend(pair.records().map(|(at, record)| (record.key, Seat::new(file, at))));
        self.pairs.push(Old { number, pair, wanted: AtomicU64::new(0) });
    }

    /// Whether some of it could not be read.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// What came of parsing the article of this key, if that is known.
    pub fn get(&self, key: Digest) -> Option<Remembered> {
        let seat = self.index.get(&key)?;
        let old = &self.pairs[seat.file as usize];
        let record = old.pair.record(seat.at)?;
        let (meta, diagnostics): (Option<Box<Meta>>, Vec<Diagnostic>) = postcard::from_bytes(record.rest).ok()?;
        seat.wanted.store(true, Ordering::Relaxed);
        old.wanted.fetch_add(record.size(), Ordering::Relaxed);
        let place = Place::File { file: seat.file, at: record.at, length: record.length };
        Some(Remembered { article: meta.map(|meta| (meta, place)), diagnostics })
    }

    /// Takes what came of parsing an article. Returns where its body is from now on.
    pub fn put(&self, key: Digest, article: Option<(&Meta, Body)>, diagnostics: &[Diagnostic]) -> Option<Place> {
        let meta = article.as_ref().map(|(meta, _)| *meta);
        let body = article.map(|(_, body)| body);
        let serial = |body: &Body| postcard::to_stdvec(body).ok();
        let (rest, bytes) = match (postcard::to_stdvec(&(meta, diagnostics)), body.as_ref().map(serial)) {
            (Ok(rest), None) => (rest, Vec::new()),
            (Ok(rest), Some(Some(bytes))) => (rest, bytes),
            _ => return body.map(|body| Place::Memory(Kept::new(body))),
        };
        let at = self.add(key, &rest, &bytes);
        let room = self.kept.fetch_add(bytes.len() as u64, Ordering::Relaxed) < KEPT;
        Some(match at {
            Some(at) if !room => Place::File { file: self.pairs.len() as u32, length: bytes.len() as u32, at },
            _ => Place::Memory(Kept::new(body?)),
        })
    }

    /// Adds a record to the new pair. A disk that takes no more ends the memo, not the build.
    fn add(&self, key: Digest, rest: &[u8], body: &[u8]) -> Option<u64> {
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*new, New::None) {
            let begun = Writer::begin(&self.folder, self.next, self.engine);
            *new = begun.map_or(New::Given, |writer| New::Begun(Box::new(writer)));
        }
        let New::Begun(writer) = &mut *new else { return None };
        let added = writer.add(key, rest, body).ok();
        if added.is_none() {
            *new = New::Given;
        }
        added
    }

    /// Completes what this build added, and clears away what no build asks for any more. The library gives the bodies.
    pub fn settle(self) -> Library {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let records = pair::paths(&self.folder, self.next).0;
        let shelf = |bodies| Shelf { bodies, records };
        let own = if let New::Begun(writer) = &new { writer.reader().ok().map(shelf) } else { None };
        if self.writable {
            let writer = if let New::Begun(writer) = new { Some(*writer) } else { None };
            // What cannot be kept or cleared away costs the next build time, and nothing else.
            let _ = fold::settle(&self.folder, self.next, self.engine, &self.pairs, &self.index, writer);
        }
        let folder = &self.folder;
        let old = self
            .pairs
            .into_iter()
            .map(|old| Some(Shelf { bodies: old.pair.bodies, records: pair::paths(folder, old.number).0 }));
        Library { shelves: old.chain([own]).collect(), writable: self.writable }
    }
}
