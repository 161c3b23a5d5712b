//! Bytes and digests: files read or hashed in parallel, the results in the order of their paths.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::stats::{Look, Row, Stats};
use super::walk::Site;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::source::{Asset, Found, Source};

/// The longest file that is read into memory, in bytes. Articles are a thousandth of it; a disk image renamed to `.txt` is not
/// to exhaust the machine.
const SOURCE_LIMIT: u64 = 64 << 20;

/// How many bytes of an asset are in memory at once.
const PIECE: usize = 128 << 10;

/// How many bytes of articles are kept from finding their digests until they are parsed. What lies beyond is read twice when
/// nothing is known of a site, and the memory that a build takes does not grow with it.
const KEPT: u64 = 32 << 20;

/// The reading of one site: what is known of its files, and what is found.
pub struct Reading<'a> {
    /// The site.
    pub site: &'a Site,
    /// What the last reading found.
    pub known: &'a Stats,
    /// What this one finds.
    pub stats: Stats,
    /// What is to be said.
    pub notes: Vec<Diagnostic>,
    kept: AtomicU64,
}

/// What one file gave: its part, or what is wrong with it; and its row for the stat cache.
type Gained<T> = Result<(Result<T, Box<Diagnostic>>, Option<Row>), Failure>;

impl<'a> Reading<'a> {
    /// Begins to read a site.
    pub fn begin(site: &'a Site, known: &'a Stats) -> Self {
        Self { site, known, stats: Stats::beginning(), notes: Vec::new(), kept: AtomicU64::new(0) }
    }

    /// Reads files whole. One that is too long is noted as an error and left out.
    ///
    /// # Errors
    /// The first file, in the order given, that cannot be read.
    pub fn sources(&mut self, paths: Vec<SitePath>) -> Result<Vec<Source>, Failure> {
        let site = self.site;
        self.each(paths, |_, path| {
            let (bytes, look) = whole(&site.file(&path))?;
            Ok(match checked(&path, bytes) {
                Ok(bytes) => {
                    let source = Source::new(path.clone(), bytes);
                    let row = Row { path, look, digest: source.digest };
                    (Ok(source), Some(row))
                }
                Err(note) => (Err(note), None),
            })
        })
    }

    /// Finds the digests of files whose bytes may not be needed. One that is too long is noted as an error and left out.
    ///
    /// # Errors
    /// The first file, in the order given, that cannot be read.
    pub fn found(&mut self, paths: Vec<SitePath>) -> Result<Vec<Found>, Failure> {
        self.each(paths, |reading, path| {
            let file = reading.site.file(&path);
            let look = look(&file)?;
            if let Some(digest) = reading.known.digest(&path, look) {
                return Ok((Ok(Found { path: path.clone(), digest, bytes: None }), Some(Row { path, look, digest })));
            }
            let (bytes, look) = whole(&file)?;
            Ok(match checked(&path, bytes) {
                Ok(bytes) => {
                    let digest = Digest::of(&bytes);
                    let room = reading.kept.fetch_add(bytes.len() as u64, Ordering::Relaxed) < KEPT;
                    let bytes = room.then(|| bytes.into());
                    (Ok(Found { path: path.clone(), digest, bytes }), Some(Row { path, look, digest }))
                }
                Err(note) => (Err(note), None),
            })
        })
    }

    /// Hashes files without keeping them in memory.
    ///
    /// # Errors
    /// The first file, in the order given, that cannot be read.
    pub fn assets(&mut self, paths: Vec<SitePath>) -> Result<Vec<Asset>, Failure> {
        self.each(paths, |reading, path| {
            let file = reading.site.file(&path);
            let seen = look(&file)?;
            let (digest, look) = match reading.known.digest(&path, seen) {
                Some(digest) => (digest, seen),
                None => hash(&file).map_err(|error| Failure::new("read", &file, error))?,
            };
            let asset = Asset { path: path.clone(), digest, length: look.size, bytes: None };
            Ok((Ok(asset), Some(Row { path, look, digest })))
        })
    }

    /// Does something with each file, many at once, and keeps what comes of it in the order given.
    fn each<T: Send>(
        &mut self,
        paths: Vec<SitePath>,
        one: impl Fn(&Self, SitePath) -> Gained<T> + Sync,
    ) -> Result<Vec<T>, Failure> {
        let own = &*self;
        let gained: Vec<_> = paths.into_par_iter().map(|path| one(own, path)).collect();
        let mut values = Vec::with_capacity(gained.len());
        for result in gained {
            let (value, row) = result?;
            self.stats.extend(row);
            match value {
                Ok(value) => values.push(value),
                Err(note) => self.notes.push(*note),
            }
        }
        Ok(values)
    }
}

/// Reads the bytes of a file that was found before.
///
/// # Errors
/// It cannot be read, or is no longer what it was.
pub fn again(root: &Path, found: &Found) -> Result<Source, Failure> {
    if let Some(source) = found.source() {
        return Ok(source);
    }
    let source = single(root, &found.path)?;
    if source.digest == found.digest {
        Ok(source)
    } else {
        let file = root.join(found.path.as_str());
        Err(Failure::new("read", &file, "it changed while the site was being built"))
    }
}

/// Reads one file of the site in the folder `root`.
///
/// # Errors
/// It cannot be read.
pub fn single(root: &Path, path: &SitePath) -> Result<Source, Failure> {
    let (bytes, _) = whole(&root.join(path.as_str()))?;
    Ok(Source::new(path.clone(), bytes))
}

/// How a file looks, links followed.
fn look(file: &Path) -> Result<Look, Failure> {
    std::fs::metadata(file).map(|metadata| Look::of(&metadata)).map_err(|error| Failure::new("read", file, error))
}

/// The bytes of a file, one more than is allowed at most, and how it looked before they were read.
fn whole(file: &Path) -> Result<(Vec<u8>, Look), Failure> {
    let read = || {
        let (opened, look) = open(file)?;
        let mut bytes = Vec::with_capacity(look.size.min(SOURCE_LIMIT) as usize);
        opened.take(SOURCE_LIMIT + 1).read_to_end(&mut bytes)?;
        Ok((bytes, look))
    };
    read().map_err(|error: io::Error| Failure::new("read", file, error))
}

/// Refuses a file that is too long.
fn checked(path: &SitePath, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Diagnostic>> {
    if bytes.len() as u64 <= SOURCE_LIMIT {
        return Ok(bytes);
    }
    let message = format!("the file is longer than {} MiB", SOURCE_LIMIT >> 20);
    let note = Diagnostic::error(Code::Limit, message).at(Mark::file(path));
    Err(Box::new(note.hint("split it, or move it to static/")))
}

/// The digest of a file, and how it looked before it was read; the length is that of what was read.
fn hash(file: &Path) -> io::Result<(Digest, Look)> {
    let (mut opened, look) = open(file)?;
    let mut stream = Digest::stream();
    let mut piece = vec![0; PIECE];
    let mut length = 0;
    loop {
        match opened.read(&mut piece) {
            Ok(0) => return Ok((stream.finish(), Look { size: length, ..look })),
            Ok(read) => {
                stream.update(&piece[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Opens a regular file. Anything else is refused without waiting, should a pipe have taken the file's place since it was found.
fn open(path: &Path) -> io::Result<(File, Look)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok((file, Look::of(&metadata)))
    } else {
        Err(io::Error::other("not a regular file any more"))
    }
}
