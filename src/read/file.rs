//! Bytes and digests: files read or hashed in parallel, the results in the order of their paths.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::walk::Site;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::path::SitePath;
use crate::model::source::{Asset, Source};

/// The longest file that is read into memory, in bytes. Articles are a thousandth of it; a disk image renamed to `.txt` is not
/// to exhaust the machine.
const SOURCE_LIMIT: u64 = 64 << 20;

/// How many bytes of an asset are in memory at once.
const PIECE: usize = 128 << 10;

/// Reads files whole. One that is too long is noted as an error and left out.
///
/// # Errors
/// The first file, in the order given, that cannot be read.
pub fn sources(site: &Site, paths: Vec<SitePath>, notes: &mut Vec<Diagnostic>) -> Result<Vec<Source>, Failure> {
    let read: Vec<_> = paths.into_par_iter().map(|path| source(site, path)).collect();
    let mut sources = Vec::with_capacity(read.len());
    for result in read {
        match result? {
            Ok(source) => sources.push(source),
            Err(note) => notes.push(note),
        }
    }
    Ok(sources)
}

/// Hashes files without keeping them in memory.
///
/// # Errors
/// The first file, in the order given, that cannot be read.
pub fn assets(site: &Site, paths: Vec<SitePath>) -> Result<Vec<Asset>, Failure> {
    let hashed: Vec<_> = paths.into_par_iter().map(|path| asset(site, path)).collect();
    hashed.into_iter().collect()
}

fn source(site: &Site, path: SitePath) -> Result<Result<Source, Diagnostic>, Failure> {
    let file = site.file(&path);
    let mut bytes = Vec::new();
    let length = open(&file)
        .and_then(|opened| opened.take(SOURCE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::new("read", &file, error))?;
    if length as u64 > SOURCE_LIMIT {
        let message = format!("the file is longer than {} MiB", SOURCE_LIMIT >> 20);
        let note =
            Diagnostic::error(Code::Limit, message).at(Mark::file(&path)).hint("split it, or move it to static/");
        return Ok(Err(note));
    }
    Ok(Ok(Source::new(path, bytes)))
}

fn asset(site: &Site, path: SitePath) -> Result<Asset, Failure> {
    let file = site.file(&path);
    let (digest, length) = hash(&file).map_err(|error| Failure::new("read", &file, error))?;
    Ok(Asset { path, digest, length, bytes: None })
}

fn hash(file: &Path) -> io::Result<(Digest, u64)> {
    let mut opened = open(file)?;
    let mut stream = Digest::stream();
    let mut piece = vec![0; PIECE];
    let mut length = 0;
    loop {
        match opened.read(&mut piece) {
            Ok(0) => return Ok((stream.finish(), length)),
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
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file any more")) }
}
