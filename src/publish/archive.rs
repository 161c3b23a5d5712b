//! One file that holds the whole site. The same site gives the same bytes, on whatever day and machine it is packed.

mod tar;
mod zip;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::edition::Edition;
use super::mirror::wanted;
use super::plan::{Parcel, Plan, plan};
use super::sheet::Sheet;
use super::trouble::Trouble;
use super::{Destination, Done, Scope};
use crate::model::failure::Failure;
use crate::model::target::{ArchiveForm, ArchivePlace};
use crate::pipeline::Observer;

/// How many bytes of two archives are compared at once.
const PIECE: usize = 64 << 10;

/// An archive.
pub struct Archive {
    path: PathBuf,
    form: ArchiveForm,
    /// The new archive, packed for comparison and not yet in its place.
    packed: Option<tempfile::NamedTempFile>,
}

impl Archive {
    /// An archive, there or yet to be made.
    pub fn open(place: &ArchivePlace, scope: &Scope) -> Self {
        Self { path: scope.root.join(&place.path), form: place.form, packed: None }
    }

    fn pack(&self, edition: &Edition) -> Result<tempfile::NamedTempFile, Trouble> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let failed = |error| Failure::new("write", &self.path, error);
        fs::create_dir_all(folder).map_err(|error| Failure::new("create the folder", folder, error))?;
        // Beside its place, so that it gets there by one rename.
        let file = tempfile::Builder::new().prefix(".byline-").tempfile_in(folder).map_err(failed)?;
        let mut writer = BufWriter::new(file);
        let parcels = edition.parcels();
        let read = |parcel: &Parcel| edition.read(parcel);
        match self.form {
            ArchiveForm::TarZst => tar::pack(&parcels, &read, &mut writer, &failed)?,
            ArchiveForm::Zip => zip::pack(&parcels, &read, &mut writer, &failed)?,
        }
        Ok(writer.into_inner().map_err(|error| failed(error.into_error()))?)
    }
}

/// Writes an archive's content; what cannot be written is told by `failed`.
type Failed<'a> = dyn Fn(io::Error) -> Failure + 'a;

impl Destination for Archive {
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble> {
        let packed = self.pack(edition)?;
        let same = match File::open(&self.path) {
            Ok(standing) => equal(standing, packed.path()).map_err(|error| Failure::new("read", &self.path, error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(Failure::new("read", &self.path, error).into()),
        };
        self.packed = Some(packed);
        Ok(if same { Plan::default() } else { plan(&edition.parcels(), &Sheet::default()) })
    }

    fn removed(&self, _: &Plan) -> Vec<String> {
        Vec::new()
    }

    fn carry_out(&mut self, _: &Edition, _: &Plan, observer: &dyn Observer) -> Result<Done, Trouble> {
        wanted(observer)?;
        let failed = |error: &dyn std::fmt::Display| Failure::new("write", &self.path, error);
        let Some(packed) = self.packed.take() else { return Ok(Done::default()) };
        packed.as_file().sync_all().map_err(|error| failed(&error))?;
        readable(packed.as_file()).map_err(|error| failed(&error))?;
        packed.persist(&self.path).map_err(|error| failed(&error.error))?;
        Ok(Done::default())
    }
}

/// A temporary file is its owner's alone; an archive is there to be handed on.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether two files hold the same.
fn equal(one: File, other: &Path) -> io::Result<bool> {
    let other = File::open(other)?;
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut one, mut other) = (BufReader::with_capacity(PIECE, one), BufReader::with_capacity(PIECE, other));
    let (mut here, mut there) = (vec![0; PIECE], vec![0; PIECE]);
    loop {
        let (read, found) = (fill(&mut one, &mut here)?, fill(&mut other, &mut there)?);
        if here[..read] != there[..found] {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

/// Reads as much as there is room for, or is left.
fn fill(from: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match from.read(&mut piece[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// A writer that counts.
struct Counted<W> {
    inner: W,
    count: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
