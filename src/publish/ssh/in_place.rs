//! A folder of a server that is changed in place, one group of files after the other.

use super::server::{Server, lines};
use crate::publish::edition::Edition;
use crate::publish::mirror::{Found, Named, Store, Watch};
use crate::publish::plan::Parcel;
use crate::publish::sheet::SHEET;
use crate::publish::trouble::Trouble;

/// The folder.
pub struct Folder {
    server: Server,
    adopts: bool,
}

impl Folder {
    /// A folder, there or yet to be made.
    pub fn new(server: Server, adopts: bool) -> Self {
        Self { server, adopts }
    }
}

impl Store for Folder {
    fn sheet(&self) -> Result<Option<Found>, Trouble> {
        let script = format!("if [ -f {SHEET} ]; then echo yes; cat {SHEET}; else echo no; fi");
        let said = self.server.script(&script, None)?;
        Ok(said.strip_prefix(b"yes\n").map(|bytes| Found { bytes: bytes.to_vec(), version: String::new() }))
    }

    fn write_sheet(&self, bytes: &[u8], _: Option<&str>) -> Result<String, Trouble> {
        self.server.send_sheet(bytes, "")?;
        Ok(String::new())
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        let said = self.server.script("find . ! -type d -print", None)?;
        let text = String::from_utf8_lossy(&said);
        let paths = text.lines().filter_map(|line| line.strip_prefix("./")).filter(|path| *path != SHEET);
        Ok(paths.map(str::to_owned).collect())
    }

    fn put(&self, edition: &Edition, parcels: &[&Parcel], watch: &Watch<'_>) -> Result<(), Trouble> {
        let paths: Vec<&str> = parcels.iter().map(|parcel| parcel.path.as_str()).collect();
        self.server.send(edition.folder(), &paths, "", None, Some(watch.observer))?;
        parcels.iter().for_each(|parcel| watch.put(parcel));
        Ok(())
    }

    fn remove(&self, files: &[Named], watch: &Watch<'_>) -> Result<Vec<String>, Trouble> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let list = lines(files.iter().map(|file| file.path.as_str()));
        let remove = "rm -f -- \"./$file\"\n  rmdir -p -- \"$(dirname \"$file\")\" 2>/dev/null || true";
        let script = format!("while IFS= read -r file; do\n  {remove}\ndone {list}");
        self.server.script(&script, Some(watch.observer))?;
        files.iter().for_each(|_| watch.removed());
        Ok(Vec::new())
    }

    fn name(&self) -> String {
        self.server.name()
    }

    fn adopts(&self) -> bool {
        self.adopts
    }
}
