//! What was sent already: a list on this machine that grows as a publish goes on, so that one that was cut short does not begin
//! from the start. It holds for one sheet of the target and no other.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::plan::Parcel;
use super::sheet::key;
use crate::model::digest::Digest;
use crate::model::failure::Failure;

/// The list.
#[derive(Debug)]
pub struct Sent {
    path: PathBuf,
    known: HashSet<String>,
    file: Option<Mutex<File>>,
}

impl Sent {
    /// The list of a target, if it belongs to this sheet; otherwise an empty one.
    pub fn of(folder: &Path, target: &str, sheet: Digest) -> Self {
        let path = folder.join(format!("{target}.sent"));
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut lines = text.lines();
        let known = match lines.next() {
            Some(first) if first == sheet.to_string() => lines.map(str::to_owned).collect(),
            _ => HashSet::new(),
        };
        Self { path, known, file: None }
    }

    /// Whether a file was sent.
    pub fn has(&self, parcel: &Parcel) -> bool {
        self.known.contains(&line(parcel))
    }

    /// Begins to note what is sent, under the sheet that the target now has.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn begin(&mut self, sheet: Digest) -> Result<(), Failure> {
        let failed = |error| Failure::new("write", &self.path, error);
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut known: Vec<&String> = self.known.iter().collect();
        known.sort_unstable();
        let text: String = std::iter::once(sheet.to_string()).chain(known.into_iter().cloned()).fold(
            String::new(),
            |mut text, line| {
                text.push_str(&line);
                text.push('\n');
                text
            },
        );
        fs::write(&self.path, text).map_err(failed)?;
        self.file = Some(Mutex::new(OpenOptions::new().append(true).open(&self.path).map_err(failed)?));
        Ok(())
    }

    /// Notes that a file was sent. What cannot be noted is sent once more if this publish is cut short.
    pub fn note(&self, parcel: &Parcel) {
        if let Some(file) = &self.file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = writeln!(file, "{}", line(parcel));
        }
    }

    /// All is sent, and the target itself knows it.
    pub fn end(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// A torn last line is no line of any file.
fn line(parcel: &Parcel) -> String {
    format!("{} {}", key(parcel.path.as_str()), parcel.sent)
}
