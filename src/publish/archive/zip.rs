//! `.zip` (PKWARE's APPNOTE 6.3): files in the order of their paths, deflated where that makes them smaller, of no time.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::{Counted, Failed};
use crate::model::code::Code;
use crate::publish::plan::Parcel;
use crate::publish::trouble::Trouble;

/// The most files, and the most bytes, that the form has room for without its 64-bit extension.
const FILES: usize = 0xfffe;
const BYTES: u64 = 0xffff_fffe;

/// The first of January 1980, the first day of that calendar.
const DATE: u16 = 0x0021;

/// Names are UTF-8.
const FLAGS: u16 = 0x0800;

/// A file for everyone to read, as Unix has it.
const MODE: u32 = 0o100_644 << 16;

/// One file, as the directory at the end lists it.
struct Listed {
    name: String,
    method: u16,
    sum: u32,
    packed: u32,
    size: u32,
    offset: u32,
}

/// Packs files.
pub fn pack(
    parcels: &[Parcel],
    read: &dyn Fn(&Parcel) -> Result<Vec<u8>, Trouble>,
    writer: &mut dyn Write,
    failed: &Failed<'_>,
) -> Result<(), Trouble> {
    let bytes: u64 = parcels.iter().map(|parcel| parcel.size + 2 * parcel.path.as_str().len() as u64 + 128).sum();
    if parcels.len() > FILES || bytes > BYTES {
        let message = format!("{} files of {bytes} bytes are too much for a .zip", parcels.len());
        return Err(Trouble::refused(Code::Limit, message, "write an archive that ends in .tar.zst"));
    }
    let mut writer = Counted { inner: writer, count: 0 };
    let mut directory = Vec::with_capacity(parcels.len());
    for parcel in parcels {
        directory.push(add(&mut writer, parcel.path.as_str(), &read(parcel)?).map_err(failed)?);
    }
    end(&mut writer, &directory).map_err(|error| failed(error).into())
}

fn add(writer: &mut Counted<&mut dyn Write>, name: &str, bytes: &[u8]) -> io::Result<Listed> {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(bytes)?;
    let deflated = encoder.finish()?;
    let (method, content) = if deflated.len() < bytes.len() { (8, deflated.as_slice()) } else { (0, bytes) };
    let listed = Listed {
        name: name.to_owned(),
        method,
        sum: sum.sum(),
        packed: content.len() as u32,
        size: bytes.len() as u32,
        offset: writer.count as u32,
    };
    let mut header = b"PK\x03\x04".to_vec();
    shared(&mut header, &listed);
    header.extend_from_slice(&[0; 2]);
    writer.write_all(&header)?;
    writer.write_all(name.as_bytes())?;
    writer.write_all(content)?;
    Ok(listed)
}

/// What the header of a file and its line in the directory have in common, up to the length of the name.
fn shared(header: &mut Vec<u8>, file: &Listed) {
    for word in [20, FLAGS, file.method, 0, DATE] {
        header.extend_from_slice(&word.to_le_bytes());
    }
    for long in [file.sum, file.packed, file.size] {
        header.extend_from_slice(&long.to_le_bytes());
    }
    header.extend_from_slice(&(file.name.len() as u16).to_le_bytes());
}

fn end(writer: &mut Counted<&mut dyn Write>, directory: &[Listed]) -> io::Result<()> {
    let start = writer.count as u32;
    for file in directory {
        // Made by Unix, so that the mode is understood.
        let mut line = b"PK\x01\x02\x14\x03".to_vec();
        shared(&mut line, file);
        line.extend_from_slice(&[0; 8]);
        line.extend_from_slice(&MODE.to_le_bytes());
        line.extend_from_slice(&file.offset.to_le_bytes());
        line.extend_from_slice(file.name.as_bytes());
        writer.write_all(&line)?;
    }
    let length = writer.count as u32 - start;
    let count = directory.len() as u16;
    let mut last = b"PK\x05\x06\0\0\0\0".to_vec();
    last.extend_from_slice(&count.to_le_bytes());
    last.extend_from_slice(&count.to_le_bytes());
    last.extend_from_slice(&length.to_le_bytes());
    last.extend_from_slice(&start.to_le_bytes());
    last.extend_from_slice(&[0; 2]);
    writer.write_all(&last)
}
