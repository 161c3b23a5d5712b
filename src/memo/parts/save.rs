//! Writing the file anew: the rows of pages that were rendered, and those of the others as they stand in the old one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::super::anew::anew;
use super::made::{All, Page, Shapes};
use super::reason::{Look, reason};
use super::{Changes, HEADER, Made, Parts, Row, State, Tables, checksum, number};
use crate::model::digest::{Digest, Stream};
use crate::model::path::OutPath;
use crate::model::why::Reason;

/// A build that is done.
pub struct Done<'a> {
    /// What its pages have in common.
    pub state: State,
    /// When it was, in Unix seconds.
    pub at: i64,
    /// What it rendered.
    pub made: Made,
    /// The paths of all pages of the output, if some of an earlier build are gone.
    pub standing: Option<Vec<OutPath>>,
    /// The files that a template reaches, by the name that pages use.
    pub reached: &'a dyn Fn(&str) -> Vec<String>,
}

/// Reasons by number; the first one is that there is none to tell.
struct Reasons {
    list: Vec<Reason>,
    index: BTreeMap<Reason, u16>,
}

impl Reasons {
    fn new() -> Self {
        Self { list: vec![Reason::Unknown], index: BTreeMap::from([(Reason::Unknown, 0)]) }
    }

    fn number(&mut self, reason: Reason) -> u16 {
        if let Some(number) = self.index.get(&reason) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.list.len()) else { return 0 };
        self.list.push(reason.clone());
        self.index.insert(reason, number);
        number
    }
}

/// Writes the file at `path`, in one step. `old` is what an earlier build left of the same output.
///
/// # Errors
/// The file system's.
pub fn save(path: &Path, done: Done, old: Option<Parts>) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut to = Sealed::begin(&new)?;
    to.take(HEADER)?;
    let tables = rows(&mut to, done, old)?;
    let tables = postcard::to_stdvec(&tables).map_err(io::Error::other)?;
    to.take(&tables)?;
    to.take(&(tables.len() as u64).to_le_bytes())?;
    to.finish()?;
    fs::rename(&new, path)
}

/// Writes all rows.
fn rows(to: &mut Sealed, done: Done, old: Option<Parts>) -> io::Result<Tables> {
    let mut all = done.made.finish();
    all.pages.sort_unstable_by_key(|page| page.path);
    let build = old.as_ref().map_or(0, Parts::build).saturating_add(1);
    let mut reasons = Reasons::new();
    let mut told: Vec<Option<u16>> = vec![None; all.pages.len()];
    if let Some(old) = &old {
        let changes = Changes::between(old.state(), &done.state, done.reached);
        let standing = done.standing.map(|paths| {
            let mut numbers: Vec<u64> = paths.iter().map(number).collect();
            numbers.sort_unstable();
            numbers
        });
        let mut carry = Carry { shapes: BTreeMap::new(), reasons: BTreeMap::new(), old: &old.tables };
        let mut rows = old.rows()?;
        while let Some(row) = rows.next()? {
            if let Ok(at) = all.pages.binary_search_by_key(&row.path, |page| page.path) {
                told[at] = Some(reasons.number(compared(&all, &all.pages[at], &row, old, &changes)));
            } else if standing.as_ref().is_none_or(|numbers| numbers.binary_search(&row.path).is_ok())
                && let Some(row) = carry.row(row, &mut all.shapes, &mut reasons)
            {
                to.row(&row)?;
            }
        }
    }
    let engine = old.as_ref().is_some_and(|old| old.state().engine != done.state.engine);
    let mut checks = Vec::new();
    for (page, told) in all.pages.iter().zip(told) {
        let untold = || reason(page.before, false, || Reason::Unknown, engine);
        let reason = told.unwrap_or_else(|| reasons.number(untold()));
        checks.clear();
        checks.extend(all.checks(page).iter().flat_map(|check| check.to_le_bytes()));
        to.row(&Row { path: page.path, key: page.key, build, shape: page.shape, reason, checks: &checks })?;
    }
    let rendered = all.pages.len() as u64;
    Ok(Tables { state: done.state, build, at: done.at, rendered, shapes: all.shapes.list, reasons: reasons.list })
}

/// Why a page was rendered of which there is an old row.
fn compared(all: &All, page: &Page, row: &Row, old: &Parts, changes: &Changes) -> Reason {
    let compare = || {
        let shape = old.tables.shapes.get(usize::from(row.shape)).filter(|_| row.key == page.old_key);
        let Some(shape) = shape else { return Reason::Unknown };
        let checks = row.checks.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair));
        let new = all.checks(page).iter().copied();
        changes.compare(Look { shape, checks }, Look { shape: &all.shapes.list[usize::from(page.shape)], checks: new })
    };
    reason(page.before, true, compare, changes.engine())
}

/// Old rows to new ones: what they refer to has another number.
struct Carry<'a> {
    shapes: BTreeMap<u16, Option<u16>>,
    reasons: BTreeMap<u16, u16>,
    old: &'a Tables,
}

impl Carry<'_> {
    fn row<'r>(&mut self, row: Row<'r>, shapes: &mut Shapes, reasons: &mut Reasons) -> Option<Row<'r>> {
        let old = self.old;
        let shape = || old.shapes.get(usize::from(row.shape)).and_then(|shape| shapes.number(shape));
        let shape = (*self.shapes.entry(row.shape).or_insert_with(shape))?;
        let reason = || {
            let reason = old.reasons.get(usize::from(row.reason));
            reasons.number(reason.cloned().unwrap_or(Reason::Unknown))
        };
        let reason = *self.reasons.entry(row.reason).or_insert_with(reason);
        Some(Row { shape, reason, ..row })
    }
}

/// How many bytes are hashed and written at once.
const PIECE: usize = 256 << 10;

/// A file in the making, and the digest of what it holds so far.
struct Sealed {
    to: File,
    stream: Stream,
    piece: Vec<u8>,
}

impl Sealed {
    fn begin(path: &Path) -> io::Result<Self> {
        Ok(Self { to: anew(path)?, stream: Digest::stream(), piece: Vec::with_capacity(PIECE) })
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let to = &mut self.piece;
        to.extend_from_slice(&row.path.to_le_bytes());
        to.extend_from_slice(&row.key.to_le_bytes());
        to.extend_from_slice(&row.build.to_le_bytes());
        to.extend_from_slice(&row.shape.to_le_bytes());
        to.extend_from_slice(&row.reason.to_le_bytes());
        // A view has far fewer fields than would go into two bytes.
        to.extend_from_slice(&((row.checks.len() / 2) as u16).to_le_bytes());
        self.take(row.checks)
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() < PIECE { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> io::Result<()> {
        self.stream.update(&self.piece);
        self.to.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.write()?;
        self.to.write_all(&checksum(self.stream))
    }
}
