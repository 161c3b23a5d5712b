//! A new pair of files, written while the articles are being parsed.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::anew::anew;
use super::pair::{self, Record};
use crate::model::digest::Digest;

/// How many bytes are gathered before they are written.
const PIECE: usize = 1 << 20;

/// A new pair of files. It bears its names once it is complete.
#[derive(Debug)]
pub(super) struct Writer {
    folder: PathBuf,
    number: u32,
    engine: Digest,
    articles: File,
    bodies: File,
    records: Vec<u8>,
    piece: Vec<u8>,
    /// Where the next body will lie.
    at: u64,
    /// How many bytes of records and bodies there are.
    pub size: u64,
}

impl Writer {
    /// Begins the pair of a number.
    ///
    /// # Errors
    /// The file system's.
    pub fn begin(folder: &Path, number: u32, engine: Digest) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let (articles, bodies) = pair::paths(folder, number);
        let mut articles = anew(&unfinished(&articles))?;
        // The length of the bodies is put in at the end.
        articles.write_all(&pair::header(engine, 0))?;
        Ok(Self {
            folder: folder.to_owned(),
            number,
            engine,
            articles,
            bodies: anew(&unfinished(&bodies))?,
            records: Vec::new(),
            piece: Vec::new(),
            at: 0,
            size: 0,
        })
    }

    /// Adds a record and its body; tells where the body lies.
    ///
    /// # Errors
    /// The file system's.
    pub fn add(&mut self, key: Digest, rest: &[u8], body: &[u8]) -> io::Result<u64> {
        let at = self.at;
        let record = Record { key, at, length: body.len() as u32, rest };
        record.write(&mut self.records);
        self.piece.extend_from_slice(body);
        self.at += body.len() as u64;
        self.size += record.size();
        if self.records.len() >= PIECE {
            self.write_records()?;
        }
        if self.piece.len() >= PIECE {
            self.write_bodies()?;
        }
        Ok(at)
    }

    /// A handle on the bodies for reading.
    ///
    /// # Errors
    /// The file system's.
    pub fn reader(&self) -> io::Result<File> {
        self.bodies.try_clone()
    }

    /// Completes the pair. The bodies take their name first: records without bodies are never to be seen.
    ///
    /// # Errors
    /// The file system's.
    pub fn finish(mut self) -> io::Result<()> {
        self.write_records()?;
        self.write_bodies()?;
        self.articles.seek(SeekFrom::Start(0))?;
        self.articles.write_all(&pair::header(self.engine, self.at))?;
        let (articles, bodies) = pair::paths(&self.folder, self.number);
        fs::rename(unfinished(&bodies), &bodies)?;
        fs::rename(unfinished(&articles), &articles)
    }

    fn write_records(&mut self) -> io::Result<()> {
        if !self.records.is_empty() {
            self.articles.write_all(&pair::chunk(&self.records))?;
            self.records.clear();
        }
        Ok(())
    }

    /// Writes what was gathered of bodies, so that it can be read.
    fn write_bodies(&mut self) -> io::Result<()> {
        self.bodies.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

/// The name of a file that is not complete.
fn unfinished(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}
