//! The format of `N.articles`.
//!
//! ```text
//! file      header chunk*
//! header    "byline memo 1\n"  engine: 16 bytes  length of N.bodies: u64  digest of what precedes: 16 bytes
//! chunk     length of the records: u32  digest of the records: 16 bytes  record*
//! record    key: 16 bytes  where its body lies in N.bodies: u64  length of the body: u32  length of the rest: u32
//!           the rest: metadata and diagnostics (postcard)
//! ```
//!
//! Numbers are little-endian. A body is the postcard form of a body; its digest stands in the metadata.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::digest::Digest;

/// The first bytes of a file; a change of the format needs another number.
const MAGIC: &[u8] = b"byline memo 1\n";

/// The length of the header.
pub(super) const HEADER: usize = MAGIC.len() + 16 + 8 + 16;

/// The length of what precedes a chunk's records.
const CHUNK_HEAD: usize = 4 + 16;

/// The length of what precedes a record's metadata.
pub(super) const RECORD_HEAD: usize = 16 + 8 + 4 + 4;

/// The longest file that is read, in bytes: several million articles.
const LIMIT: u64 = 8 << 30;

/// Why a pair is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Useless {
    /// Another version of the program wrote it.
    Foreign,
    /// It is damaged, or half of it is missing.
    Damaged,
}

/// A pair of files that an earlier build left.
#[derive(Debug)]
pub(super) struct Pair {
    /// The records.
    pub bytes: Vec<u8>,
    /// The bodies.
    pub bodies: File,
    /// The length of both files.
    pub size: u64,
    /// Where in `bytes` each intact chunk of records begins and ends.
    pub chunks: Vec<(usize, usize)>,
    /// Whether a part of it could not be read.
    pub damaged: bool,
}

/// One record of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub key: Digest,
    pub at: u64,
    pub length: u32,
    pub rest: &'a [u8],
}

impl Record<'_> {
    /// Appends the record to a chunk.
    pub fn write(&self, chunk: &mut Vec<u8>) {
        chunk.extend_from_slice(self.key.as_bytes());
        chunk.extend_from_slice(&self.at.to_le_bytes());
        chunk.extend_from_slice(&self.length.to_le_bytes());
        // Metadata is shorter than the article, of which 16 MiB are read at most, times a small number.
        chunk.extend_from_slice(&(self.rest.len() as u32).to_le_bytes());
        chunk.extend_from_slice(self.rest);
    }

    /// How many bytes it takes in both files.
    pub fn size(&self) -> u64 {
        (RECORD_HEAD + self.rest.len()) as u64 + u64::from(self.length)
    }
}

/// The files of a number.
pub(super) fn paths(folder: &Path, number: u32) -> (PathBuf, PathBuf) {
    (folder.join(format!("{number}.articles")), folder.join(format!("{number}.bodies")))
}

/// The header of a file whose bodies are that long.
pub(super) fn header(engine: Digest, bodies: u64) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(engine.as_bytes());
    header.extend_from_slice(&bodies.to_le_bytes());
    let digest = Digest::of(&header);
    header.extend_from_slice(digest.as_bytes());
    header
}

/// A chunk of records, framed.
pub(super) fn chunk(records: &[u8]) -> Vec<u8> {
    let mut chunk = Vec::with_capacity(CHUNK_HEAD + records.len());
    chunk.extend_from_slice(&(records.len() as u32).to_le_bytes());
    chunk.extend_from_slice(Digest::of(records).as_bytes());
    chunk.extend_from_slice(records);
    chunk
}

impl Pair {
    /// Reads the records of a pair, and opens its bodies.
    pub fn load(folder: &Path, number: u32, engine: Digest) -> Result<Self, Useless> {
        let (articles, bodies) = paths(folder, number);
        let damaged = |_| Useless::Damaged;
        let length = fs::metadata(&articles).map_err(damaged)?.len();
        if length > LIMIT {
            return Err(Useless::Damaged);
        }
        let bytes = fs::read(&articles).map_err(damaged)?;
        let of_bodies = read_header(&bytes, engine)?;
        let bodies = File::open(&bodies).map_err(damaged)?;
        if bodies.metadata().map_err(damaged)?.len() != of_bodies {
            return Err(Useless::Damaged);
        }
        let (framed, whole) = frames(&bytes);
        let sound = |(digest, start, end): &(Digest, usize, usize)| Digest::of(&bytes[*start..*end]) == *digest;
        let count = framed.len();
        let chunks: Vec<_> = framed.into_par_iter().filter(sound).map(|(_, start, end)| (start, end)).collect();
        let damaged = !whole || chunks.len() < count;
        Ok(Self { size: length + of_bodies, bytes, bodies, chunks, damaged })
    }

    /// The intact records, each with its place in the bytes.
    pub fn records(&self) -> impl Iterator<Item = (usize, Record<'_>)> {
        self.chunks.iter().flat_map(move |(start, end)| {
            let mut at = *start;
            std::iter::from_fn(move || {
                let record = record(self.bytes.get(at..*end)?)?;
                let found = (at, record);
                at += RECORD_HEAD + record.rest.len();
                Some(found)
            })
        })
    }

    /// The record at a place in the bytes.
    pub fn record(&self, at: usize) -> Option<Record<'_>> {
        record(self.bytes.get(at..)?)
    }
}

/// The length of the bodies, by the header.
fn read_header(bytes: &[u8], engine: Digest) -> Result<u64, Useless> {
    let start = bytes.get(..HEADER).ok_or(Useless::Damaged)?;
    let (said, digest) = start.split_at(HEADER - 16);
    if !said.starts_with(MAGIC) {
        // A newer version's magic differs in its number alone.
        let newer = said.starts_with(&MAGIC[..MAGIC.len() - 2]);
        return Err(if newer { Useless::Foreign } else { Useless::Damaged });
    }
    if Digest::of(said).as_bytes() != digest {
        return Err(Useless::Damaged);
    }
    let (by, bodies) = said[MAGIC.len()..].split_at(16);
    let bodies = u64::from_le_bytes(bodies.try_into().map_err(|_| Useless::Damaged)?);
    if by == engine.as_bytes() { Ok(bodies) } else { Err(Useless::Foreign) }
}

/// The chunks of a file with their digests, and whether the last one ends where the file does.
fn frames(bytes: &[u8]) -> (Vec<(Digest, usize, usize)>, bool) {
    let mut frames = Vec::new();
    let mut at = HEADER;
    while at < bytes.len() {
        let Some(head) = bytes.get(at..at + CHUNK_HEAD) else { return (frames, false) };
        let (length, digest) = head.split_at(4);
        let start = at + CHUNK_HEAD;
        let end = start + number(length) as usize;
        let (Some(digest), true) = (Digest::from_bytes(digest), end <= bytes.len()) else { return (frames, false) };
        frames.push((digest, start, end));
        at = end;
    }
    (frames, true)
}

/// The first record of some bytes.
fn record(bytes: &[u8]) -> Option<Record<'_>> {
    let (key, bytes) = bytes.split_at_checked(16)?;
    let (at, bytes) = bytes.split_at_checked(8)?;
    let (length, bytes) = bytes.split_at_checked(4)?;
    let (rest, bytes) = bytes.split_at_checked(4)?;
    let at = u64::from_le_bytes(at.try_into().ok()?);
    Some(Record {
        key: Digest::from_bytes(key)?,
        at,
        length: number(length),
        rest: bytes.get(..number(rest) as usize)?,
    })
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
