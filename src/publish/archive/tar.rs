//! `.tar.zst`: files in the order of their paths, of no owner and no time.

use std::io::{self, Read, Write};
use std::path::Path;

use ruzstd::encoding::{CompressionLevel, FrameCompressor};
use tar::{Builder, EntryType, Header};

use super::Failed;
use crate::model::failure::Failure;
use crate::publish::plan::Parcel;
use crate::publish::trouble::Trouble;

/// Packs files.
pub fn pack(
    parcels: &[Parcel],
    read: &dyn Fn(&Parcel) -> Result<Vec<u8>, Trouble>,
    writer: &mut dyn Write,
    failed: &Failed<'_>,
) -> Result<(), Trouble> {
    let mut entries =
        Entries { parcels: parcels.iter(), read, piece: io::Cursor::new(Vec::new()), trouble: None, ended: false };
    let mut compressor = FrameCompressor::new(CompressionLevel::Fastest);
    let mut watched = Watched { writer, error: None };
    compressor.set_source(&mut entries);
    compressor.set_drain(&mut watched);
    compressor.compress();
    drop(compressor);
    match (entries.trouble, watched.error) {
        (Some(trouble), _) => Err(trouble),
        (None, Some(error)) => Err(failed(error).into()),
        (None, None) => Ok(()),
    }
}

/// The archive before compression, an entry at a time.
struct Entries<'a> {
    parcels: std::slice::Iter<'a, Parcel>,
    read: &'a dyn Fn(&Parcel) -> Result<Vec<u8>, Trouble>,
    piece: io::Cursor<Vec<u8>>,
    /// Why it ends too early.
    trouble: Option<Trouble>,
    ended: bool,
}

impl Entries<'_> {
    /// The next piece; empty at the end.
    fn next(&mut self) -> Vec<u8> {
        let Some(parcel) = self.parcels.next() else {
            // Two empty blocks end an archive.
            return if std::mem::replace(&mut self.ended, true) { Vec::new() } else { vec![0; 1024] };
        };
        let entry = (self.read)(parcel).and_then(|bytes| entry(parcel, &bytes));
        entry.unwrap_or_else(|trouble| {
            self.trouble = Some(trouble);
            self.parcels = [].iter();
            self.ended = true;
            Vec::new()
        })
    }
}

impl Read for Entries<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.piece.read(into)? {
                0 if !self.ended => self.piece = io::Cursor::new(self.next()),
                read => return Ok(read),
            }
        }
    }
}

/// One file with its header.
fn entry(parcel: &Parcel, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(0);
    let mut builder = Builder::new(Vec::new());
    let added = builder.append_data(&mut header, parcel.path.as_str(), bytes);
    let entry = added.map(|()| std::mem::take(builder.get_mut()));
    // Dropped, a builder would write an end of its own; into nothing that anybody reads.
    Ok(entry.map_err(|error| Failure::new("pack", Path::new(parcel.path.as_str()), error))?)
}

/// A writer that keeps its first error: the compressor has no way to tell of it.
struct Watched<'a> {
    writer: &'a mut dyn Write,
    error: Option<io::Error>,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.error.is_none() {
            self.error = self.writer.write_all(bytes).err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
