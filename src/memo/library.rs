//! Bodies on disk, read by position.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::body::Body;
use crate::model::digest::Digest;

/// A body in memory, until it is let go.
#[derive(Debug)]
pub struct Kept(Mutex<Option<Arc<Body>>>);

impl Kept {
    /// Keeps a body.
    pub fn new(body: Body) -> Self {
        Self(Mutex::new(Some(Arc::new(body))))
    }

    fn place(&self) -> MutexGuard<'_, Option<Arc<Body>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a body is.
#[derive(Debug)]
pub enum Place {
    /// In memory.
    Memory(Kept),
    /// In a file of the library.
    File {
        /// Which one.
        file: u32,
        /// The length of its serial form, in bytes.
        length: u32,
        /// Where that begins.
        at: u64,
    },
}

impl Place {
    /// Lets go of a body in memory; one on disk stays where it is.
    pub fn let_go(&self) {
        if let Self::Memory(kept) = self {
            *kept.place() = None;
        }
    }
}

/// A file of bodies.
#[derive(Debug)]
pub(super) struct Shelf {
    pub bodies: File,
    /// The records that speak of it.
    pub records: PathBuf,
}

/// The files that hold bodies. They stay readable while the value lives, even if they are deleted in the meantime.
#[derive(Debug, Default)]
pub struct Library {
    pub(super) shelves: Vec<Option<Shelf>>,
    /// Whether records that turn out to be wrong may be removed.
    pub(super) writable: bool,
}

impl Library {
    /// The body at a place, if it can be read and has this digest. If not, the records that say so are given up, and the next
    /// build parses those articles anew.
    pub fn read(&self, place: &Place, digest: Digest) -> Option<Arc<Body>> {
        let (file, length, at) = match place {
            Place::Memory(kept) => return kept.place().clone(),
            Place::File { file, length, at } => (*file, *length, *at),
        };
        let shelf = self.shelves.get(file as usize)?.as_ref()?;
        let body = body(&shelf.bodies, length, at, digest);
        if body.is_none() && self.writable {
            // If it cannot be removed, the next build meets it again, and comes here again.
            let _ = fs::remove_file(&shelf.records);
        }
        body.map(Arc::new)
    }
}

fn body(file: &File, length: u32, at: u64, digest: Digest) -> Option<Body> {
    // Memory is not reserved before the file is known to be that long.
    if file.metadata().ok()?.len() < at.checked_add(length.into())? {
        return None;
    }
    let mut bytes = vec![0; length as usize];
    read_at(file, &mut bytes, at).ok()?;
    if Digest::of(&bytes) != digest {
        return None;
    }
    postcard::from_bytes(&bytes).ok()
}

/// Fills `bytes` from a position of a file, whatever other threads read meanwhile.
#[cfg(unix)]
pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Fills `bytes` from a position of a file, whatever other threads read meanwhile.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}
