//! Values that are kept whole in a file of their own: how the files looked, what the last builds were. A file that another version
//! wrote, or that is damaged, is as if it were not there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::anew::anew;
use crate::model::digest::Digest;
use crate::model::seal;

/// The longest file that is read, in bytes: several million files, or hundreds of thousands of warnings.
const LIMIT: u64 = 1 << 30;

/// Reads the value in the file at `path`, whose first line is `header`; the default if there is none, or none that this engine
/// wrote. The second value tells whether there is one that is damaged.
pub fn load<T: DeserializeOwned + Default>(path: &Path, header: &str, engine: Digest) -> (T, bool) {
    let known = fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LIMIT);
    let Some(bytes) = known.then(|| fs::read(path).ok()).flatten() else { return (T::default(), path.exists()) };
    match seal::open(header, &bytes).and_then(|content| postcard::from_bytes::<(Digest, T)>(content).ok()) {
        Some((by, value)) if by == engine => (value, false),
        Some(_) => (T::default(), false),
        None => (T::default(), true),
    }
}

/// Writes a value to the file at `path`, in one step.
///
/// # Errors
/// The file system's.
pub fn save<T: Serialize>(value: &T, path: &Path, header: &str, engine: Digest) -> io::Result<()> {
    let content = postcard::to_stdvec(&(engine, value)).map_err(io::Error::other)?;
    let new = path.with_extension("new");
    anew(&new)?.write_all(&seal::seal(header, &content))?;
    fs::rename(&new, path)
}
