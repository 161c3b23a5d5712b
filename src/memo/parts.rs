//! What each page of the output was made from, part by part, when it was rendered last, and why that was: for `byline why`. No build
//! decides anything by it.
//!
//! ```text
//! file      "byline parts 1\n"  row*  tables (postcard)  length of the tables: u64  digest of what precedes: 16 bytes
//! row       path: u64  key: u32  build: u32  shape: u16  reason: u16  number of checks: u16  check: u16 *
//! ```
//!
//! Numbers are little-endian. `path` and `key` are the first bytes of the digest of the output's path and of the page's key. A
//! shape is the name of the page's template, then the names of its view's fields, each with a line break after it; there is a check
//! for each field. The rows stand in any order.

mod made;
mod reason;
mod save;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use made::{Before, Made};
pub use reason::Changes;
pub use save::{Done, save};

use crate::model::digest::{Digest, Stream};
use crate::model::path::OutPath;
use crate::model::why::Reason;

/// The first line; a change of the rows or the tables needs another number.
const HEADER: &[u8] = b"byline parts 1\n";

/// The length of a row without its checks.
const HEAD: usize = 8 + 4 + 4 + 2 + 2 + 2;

/// The length of what follows the tables.
const TAIL: u64 = 8 + 16;

/// The longest file that is read, in bytes: tens of millions of pages.
const LIMIT: u64 = 4 << 30;

/// What all pages of an output have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The program that made them.
    pub engine: Digest,
    /// The digest of the output folder's path.
    pub output: Digest,
    /// The templates: the file of each, and the digest of its text; by path.
    pub templates: Vec<(String, Digest)>,
    /// The names by which pages call templates, each with the digest of all that the template reaches; by name.
    pub entries: Vec<(String, Digest)>,
    /// The fields of what every page sees of the site, each with a check.
    pub site: Vec<(String, u16)>,
}

/// What stands after the rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Tables {
    state: State,
    build: u32,
    at: i64,
    rendered: u64,
    shapes: Vec<String>,
    reasons: Vec<Reason>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
struct Row<'a> {
    path: u64,
    key: u32,
    build: u32,
    shape: u16,
    reason: u16,
    /// Two bytes for each.
    checks: &'a [u8],
}

/// What is known of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The build that rendered it: the first one is 1.
    pub build: u32,
    /// Why it did.
    pub reason: Reason,
    /// The first bytes of its key.
    pub key: u32,
    /// The name of its template and the names of its view's fields.
    pub shape: String,
    /// A check for each field.
    pub checks: Vec<u16>,
}

/// The file that an earlier build left.
#[derive(Debug)]
pub struct Parts {
    file: File,
    /// Where the rows end.
    end: u64,
    tables: Tables,
}

impl Parts {
    /// Opens the file at `path`; `None` if there is none. The error tells that there is one, and that it is damaged.
    ///
    /// # Errors
    /// A file that cannot be read, or that is not as it was written.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(file) => Self::read(file).map(Some),
        }
    }

    fn read(mut file: File) -> io::Result<Self> {
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let length = file.metadata()?.len();
        let least = HEADER.len() as u64 + TAIL;
        if !(least..=LIMIT).contains(&length) || digest(&mut file, length - 16)? != last::<16>(&mut file, 16)? {
            return Err(damaged());
        }
        let mut header = [0; HEADER.len()];
        file.rewind()?;
        file.read_exact(&mut header)?;
        let tables = u64::from_le_bytes(last(&mut file, TAIL as i64)?);
        let end = (length - TAIL).checked_sub(tables).filter(|end| *end >= HEADER.len() as u64).ok_or_else(damaged)?;
        let mut bytes = vec![0; usize::try_from(tables).map_err(|_| damaged())?];
        file.seek(SeekFrom::Start(end))?;
        file.read_exact(&mut bytes)?;
        let tables = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
        if header == HEADER { Ok(Self { file, end, tables }) } else { Err(damaged()) }
    }

    /// What the pages had in common.
    pub fn state(&self) -> &State {
        &self.tables.state
    }

    /// The number of the last build that changed something.
    pub fn build(&self) -> u32 {
        self.tables.build
    }

    /// When that was, in Unix seconds.
    pub fn at(&self) -> i64 {
        self.tables.at
    }

    /// How many pages it rendered.
    pub fn rendered(&self) -> u64 {
        self.tables.rendered
    }

    /// What is known of the pages at these paths.
    ///
    /// # Errors
    /// The file system's.
    pub fn find(&mut self, paths: &[&OutPath]) -> io::Result<Vec<Option<Known>>> {
        let wanted: Vec<u64> = paths.iter().map(|path| number(path)).collect();
        let mut found = vec![None; paths.len()];
        let mut rows = self.rows()?;
        while let Some(row) = rows.next()? {
            for at in wanted.iter().enumerate().filter(|(_, path)| **path == row.path).map(|(at, _)| at) {
                found[at] = self.tables.known(&row);
            }
        }
        Ok(found)
    }

    fn rows(&self) -> io::Result<Rows> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(HEADER.len() as u64))?;
        let left = self.end - HEADER.len() as u64;
        Ok(Rows { from: BufReader::with_capacity(256 << 10, file).take(left), bytes: Vec::new() })
    }
}

impl Tables {
    fn known(&self, row: &Row) -> Option<Known> {
        Some(Known {
            build: row.build,
            reason: self.reasons.get(usize::from(row.reason))?.clone(),
            key: row.key,
            shape: self.shapes.get(usize::from(row.shape))?.clone(),
            checks: row.checks.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect(),
        })
    }
}

/// Reads rows one after the other.
struct Rows {
    from: io::Take<BufReader<File>>,
    bytes: Vec<u8>,
}

impl Rows {
    fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        if self.from.limit() == 0 {
            return Ok(None);
        }
        self.bytes.resize(HEAD, 0);
        self.from.read_exact(&mut self.bytes)?;
        let count = u16::from_le_bytes([self.bytes[HEAD - 2], self.bytes[HEAD - 1]]);
        self.bytes.resize(HEAD + 2 * usize::from(count), 0);
        self.from.read_exact(&mut self.bytes[HEAD..])?;
        let mut head = self.bytes.as_slice();
        Ok(Some(Row {
            path: u64::from_le_bytes(cut(&mut head)),
            key: u32::from_le_bytes(cut(&mut head)),
            build: u32::from_le_bytes(cut(&mut head)),
            shape: u16::from_le_bytes(cut(&mut head)),
            reason: u16::from_le_bytes(cut(&mut head)),
            checks: &head[2..],
        }))
    }
}

/// Takes the first bytes; what is missing is 0.
fn cut<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let Some((first, rest)) = bytes.split_first_chunk() else { return [0; N] };
    *bytes = rest;
    *first
}

/// The digest of the beginning of a file.
fn digest(file: &mut File, length: u64) -> io::Result<[u8; 16]> {
    file.rewind()?;
    let mut from = file.take(length);
    let mut piece = vec![0; 256 << 10];
    let mut stream = Digest::stream();
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(checksum(stream)),
            read => stream.update(&piece[..read]),
        }
    }
}

fn checksum(stream: Stream) -> [u8; 16] {
    *stream.finish().as_bytes()
}

/// Bytes that begin so far from the end of a file.
fn last<const N: usize>(file: &mut File, from_end: i64) -> io::Result<[u8; N]> {
    file.seek(SeekFrom::End(-from_end))?;
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The number by which an output's path is known here.
fn number(path: &OutPath) -> u64 {
    let digest = Digest::of(path.as_str().as_bytes());
    u64::from_le_bytes(cut(&mut digest.as_bytes().as_slice()))
}

/// The number by which a page's key is known here.
pub fn short(key: Digest) -> u32 {
    u32::from_le_bytes(cut(&mut key.as_bytes().as_slice()))
}
