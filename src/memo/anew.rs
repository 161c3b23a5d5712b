//! A file begun anew, whatever stood in its place: a link there may lead to a file that is no cache.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes an empty file, to be read and written. A file or link of that name goes; what a link leads to stays as it is.
///
/// # Errors
/// The file system's; also where a folder bears the name.
pub fn anew(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => File::options().read(true).write(true).create_new(true).open(path),
    }
}
