//! The manifest: which files of the output a build wrote, from what, how they looked when it had done so, and what the output
//! as a whole was built for. That last part stands behind the rows, where versions that do not know it do not look.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::{Origin, Stage};
use crate::model::path::OutPath;
use crate::model::seal;

/// The first line; a change of [`Row`] needs another number.
const HEADER: &str = "byline manifest 1\n";

/// The longest manifest that is read, in bytes: ten million files.
const LIMIT: u64 = 1 << 30;

/// One file that a build wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The digest of what its content was made from.
    pub key: Digest,
    /// The digest of its content.
    pub content: Digest,
    /// When it becomes visible.
    pub stage: Stage,
    /// How it looked on disk.
    pub stat: Stat,
}

/// How a file looks without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// Its length in bytes.
    pub size: u64,
    /// Its time of modification, in nanoseconds since 1970.
    pub mtime: i64,
}

impl Stat {
    /// Reads size and time from a file's metadata. A time that cannot be told, or before 1970, counts as 0 and never as equal
    /// to a later one.
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let mtime = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
        Self { size: metadata.len(), mtime }
    }
}

/// The rows of a manifest, sorted by path.
pub type Rows = Vec<(OutPath, Row)>;

/// What a manifest says behind its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tail {
    /// What the output was built for.
    pub origin: Option<Origin>,
    /// Folders of the output whose last change is before this moment (nanoseconds since 1970) held nothing but files of the
    /// manifest, and folders of such; 0 where that is not known of any.
    pub quiet: i64,
}

/// A manifest that was understood. By default that of an output of which nothing is known.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Its rows.
    pub rows: Rows,
    /// What the output was built for, if it says so.
    pub origin: Option<Origin>,
    /// See [`Tail::quiet`].
    pub quiet: i64,
    /// When it was written, in nanoseconds since 1970.
    pub written: i64,
    /// The digest of the file.
    pub digest: Digest,
}

/// A manifest as it was found.
#[derive(Debug)]
pub enum Found {
    /// There is none.
    None,
    /// There is one that cannot be understood: damaged, or from a newer version.
    Unknown,
    /// One that was understood.
    Known(Manifest),
}

/// Reads the manifest at `path`.
pub fn load(path: &Path) -> Result<Found, Failure> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::None),
        Err(error) => return Err(Failure::new("read", path, error)),
        Ok(metadata) => metadata,
    };
    if !metadata.is_file() || metadata.len() > LIMIT {
        return Ok(Found::Unknown);
    }
    let bytes = fs::read(path).map_err(|error| Failure::new("read", path, error))?;
    let known = |(rows, Tail { origin, quiet })| {
        Found::Known(Manifest { rows, origin, quiet, written: Stat::of(&metadata).mtime, digest: Digest::of(&bytes) })
    };
    Ok(decode(&bytes).map_or(Found::Unknown, known))
}

/// The manifest file of some rows, which are sorted by path, and of what is to be said behind them.
pub fn encode(rows: &[(&OutPath, Row)], tail: &Tail) -> Vec<u8> {
    let rows: Vec<_> = rows.iter().map(|(path, row)| (path.as_str(), row)).collect();
    seal::seal(HEADER, &postcard::to_stdvec(&(rows, tail)).expect("rows serialise"))
}

/// The rows of a manifest file; each path is checked anew, since what it names may be deleted.
fn decode(bytes: &[u8]) -> Option<(Rows, Tail)> {
    let (rows, rest): (Vec<(&str, Row)>, _) = postcard::take_from_bytes(seal::open(HEADER, bytes)?).ok()?;
    let checked = |(path, row)| Some((OutPath::new(path).ok()?, row));
    let rows = rows.into_par_iter().map(checked).collect::<Option<Rows>>()?;
    let sorted = rows.is_sorted_by(|(a, _), (b, _)| a < b);
    sorted.then(|| (rows, postcard::from_bytes(rest).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let digest = Digest::of(b"x");
        Row { key: digest, content: digest, stage: Stage::Page, stat: Stat { size: 1, mtime: 2 } }
    }

    #[test]
    fn rows_survive_the_file() {
        let (path, row) = (OutPath::new("a/index.html").unwrap(), row());
        let origin = Origin { base_url: "https://paper.example/".to_owned(), drafts: false, as_of: Some(1) };
        for tail in [Tail::default(), Tail { origin: Some(origin), quiet: 3 }] {
            assert_eq!(decode(&encode(&[(&path, row)], &tail)), Some((vec![(path.clone(), row)], tail)));
        }
    }

    #[test]
    fn rows_alone_are_a_manifest_too_and_what_follows_them_does_not_hide_them() {
        let rows = vec![("a.html", row())];
        let alone = seal::seal(HEADER, &postcard::to_stdvec(&rows).unwrap());
        let (decoded, tail) = decode(&alone).unwrap();
        assert_eq!(tail, Tail::default());
        let framed = encode(&[(&decoded[0].0, decoded[0].1)], &tail);
        let read: Vec<(String, Row)> = postcard::from_bytes(seal::open(HEADER, &framed).unwrap()).unwrap();
        assert_eq!(read.len(), 1);
    }

    #[test]
    fn rows_out_of_order_are_no_manifest() {
        for names in [["b.html", "a.html"], ["a.html", "a.html"]] {
            let forged = seal::seal(HEADER, &postcard::to_stdvec(&names.map(|name| (name, row())).to_vec()).unwrap());
            assert_eq!(decode(&forged), None);
        }
    }

    #[test]
    fn a_path_that_leaves_the_output_is_no_manifest() {
        let rows = vec![("../content/a.md", row())];
        let forged = seal::seal(HEADER, &postcard::to_stdvec(&rows).unwrap());
        assert_eq!(decode(&forged), None);
    }
}
