//! What was sent already: a list on this machine that grows as a publish goes on, so that one that was cut short does not begin
//! from the start. It holds for one sheet of the target and no other.

use std::collections::HashSet;
use std::fs::{self, File};
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

    /// Begins to note what is sent, under the sheet that the target now has. Of what was noted before, only what is to be sent now
    /// still holds: another content may take the place of the rest at any moment, noted or not.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn begin<'p>(&mut self, sheet: Digest, parcels: impl Iterator<Item = &'p Parcel>) -> Result<(), Failure> {
        let failed = |error| Failure::new("write", &self.path, error);
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let lines: Vec<String> = parcels.map(line).filter(|line| self.known.contains(line)).collect();
        let text: String = std::iter::once(&sheet.to_string()).chain(&lines).map(|line| format!("{line}\n")).collect();
        // A link in its place may lead to a file of others.
        let _ = fs::remove_file(&self.path);
        let mut file = File::create_new(&self.path).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        self.file = Some(Mutex::new(file));
        self.known = lines.into_iter().collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::output::Stage;
    use crate::model::path::OutPath;

    fn parcel(text: &str) -> Parcel {
        let content = Digest::of(text.as_bytes());
        Parcel { path: OutPath::new("index.html").unwrap(), content, sent: content, size: 1, stage: Stage::Page }
    }

    #[test]
    fn what_another_content_may_have_replaced_counts_as_sent_no_longer() {
        let folder = tempfile::TempDir::new_in(env!("CARGO_MANIFEST_DIR")).unwrap();
        let (first, second, third) = (Digest::of(b"1"), Digest::of(b"2"), Digest::of(b"3"));
        let mut sent = Sent::of(folder.path(), "t", first);
        sent.begin(first, [parcel("a")].iter()).unwrap();
        sent.note(&parcel("a"));
        assert!(Sent::of(folder.path(), "t", first).has(&parcel("a")));
        assert!(!Sent::of(folder.path(), "t", second).has(&parcel("a")), "another sheet");
        // Another content is about to be sent; whether it was is not noted.
        Sent::of(folder.path(), "t", first).begin(second, [parcel("b")].iter()).unwrap();
        let mut sent = Sent::of(folder.path(), "t", second);
        assert!(!sent.has(&parcel("a")) && !sent.has(&parcel("b")));
        sent.begin(third, [parcel("a")].iter()).unwrap();
        assert!(!sent.has(&parcel("a")));
        sent.end();
        assert!(!folder.path().join("t.sent").exists());
    }
}
