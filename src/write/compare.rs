//! Two outputs, compared byte by byte: the one that stands, and one that was built from nothing to prove it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::MANIFEST;
use super::manifest::{self, Found, Rows};
use super::survey::digest;
use crate::model::failure::Failure;
use crate::model::path::OutPath;

/// How many bytes of each file are in memory at once.
const PIECE: usize = 64 << 10;

/// How a file of one output differs from that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is missing.
    Missing(OutPath),
    /// It should not be there.
    Extra(OutPath),
    /// It differs from this byte on, counted from 0.
    From(OutPath, u64),
}

/// Compares the output `found` with the output `wanted`, file by file, in the order of their paths. What no build wrote is passed
/// over, and so are files that are no longer part of the site and were left because someone changed them.
///
/// # Errors
/// A file that cannot be read, or an output without a manifest.
pub fn compare(found: &Path, wanted: &Path) -> Result<Vec<Difference>, Failure> {
    let (old, new) = (rows(found)?, rows(wanted)?);
    let looked: Vec<_> = new.par_iter().map(|(path, _)| look(found, wanted, path)).collect();
    let mut differences = Vec::new();
    for difference in looked {
        differences.extend(difference?);
    }
    for (path, row) in old.iter().filter(|(path, _)| new.binary_search_by(|(new, _)| new.cmp(path)).is_err()) {
        if digest(&found.join(path.as_str())).is_ok_and(|content| content == row.content) {
            differences.push(Difference::Extra(path.clone()));
        }
    }
    Ok(differences)
}

fn rows(output: &Path) -> Result<Rows, Failure> {
    let path = output.join(MANIFEST);
    match manifest::load(&path)? {
        Found::Known(manifest) => Ok(manifest.rows),
        _ => Err(Failure::new("read", &path, "it is no manifest")),
    }
}

/// Compares one file.
fn look(found: &Path, wanted: &Path, path: &OutPath) -> Result<Option<Difference>, Failure> {
    let (found, wanted) = (found.join(path.as_str()), wanted.join(path.as_str()));
    let a = match File::open(&found) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(Difference::Missing(path.clone()))),
        opened => opened.map_err(|error| Failure::new("read", &found, error))?,
    };
    let b = File::open(&wanted).map_err(|error| Failure::new("read", &wanted, error))?;
    let at = first_difference(a, b).map_err(|error| Failure::new("compare", &found, error))?;
    Ok(at.map(|at| Difference::From(path.clone(), at)))
}

/// Where two files differ first.
fn first_difference(mut a: impl Read, mut b: impl Read) -> io::Result<Option<u64>> {
    let (mut left, mut right) = (vec![0; PIECE], vec![0; PIECE]);
    let mut before = 0;
    loop {
        let (n, m) = (fill(&mut a, &mut left)?, fill(&mut b, &mut right)?);
        let same = left[..n].iter().zip(&right[..m]).take_while(|(a, b)| a == b).count();
        if same < n.max(m) {
            return Ok(Some(before + same as u64));
        }
        if n < PIECE {
            return Ok(None);
        }
        before += n as u64;
    }
}

/// Reads until the piece is full or the file ends.
fn fill(file: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut full = 0;
    while full < piece.len() {
        match file.read(&mut piece[full..]) {
            Ok(0) => break,
            Ok(read) => full += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_differs_is_found() {
        let long = vec![7; PIECE + 10];
        let mut other = long.clone();
        assert_eq!(first_difference(&long[..], &other[..]).unwrap(), None);
        assert_eq!(first_difference(&long[..], &other[..PIECE]).unwrap(), Some(PIECE as u64));
        assert_eq!(first_difference(&b""[..], &b"a"[..]).unwrap(), Some(0));
        other[PIECE + 3] = 8;
        assert_eq!(first_difference(&long[..], &other[..]).unwrap(), Some(PIECE as u64 + 3));
    }
}
