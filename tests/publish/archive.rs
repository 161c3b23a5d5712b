//! One file that holds the site.

use std::fs;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::disk::Disk;
use crate::paper::{Files, Paper, files};
use crate::reader;
use crate::server::program;

/// Publishes to an archive, and gives its bytes.
fn packed(paper: &Paper, name: &str) -> Vec<u8> {
    paper.publish(&[]).code(0);
    fs::read(paper.beside(name)).expect("an archive")
}

#[test]
fn an_archive_holds_the_site_and_nothing_else_and_the_same_site_gives_the_same_bytes() {
    for (name, unpack) in [
        ("paper.zip", ["unzip", "-q", "paper.zip", "-d", "unpacked"].as_slice()),
        ("paper.tar.zst", ["tar", "--zstd", "-xf", "paper.tar.zst", "-C", "unpacked"].as_slice()),
    ] {
        let paper = Paper::new(&format!("{{kind: archive, path: ../{name}}}"));
        paper.put(&format!("static/{}/{}.txt", "long".repeat(30), "name".repeat(30)), "a long path\n");
        paper.put("static/empty.txt", "");
        paper.put("static/Zürich – 香港.txt", "not ASCII\n");
        paper.build();
        let first = packed(&paper, name);
        let inode = fs::metadata(paper.beside(name)).expect("an archive").ino();
        // Built again, by another machine in another year, it is byte for byte the same; and is not written.
        paper.publish(&[]).code(0).unchanged();
        assert_eq!(fs::metadata(paper.beside(name)).expect("an archive").ino(), inode);
        fs::remove_dir_all(paper.site().join("public")).expect("removed");
        paper.build();
        fs::remove_file(paper.beside(name)).expect("removed");
        assert!(packed(&paper, name) == first, "{name} differs");
        if program(unpack[0]).is_some() && (name.ends_with("zip") || program("zstd").is_some()) {
            fs::create_dir_all(paper.beside("unpacked")).expect("a folder");
            let run =
                Command::new(unpack[0]).args(&unpack[1..]).current_dir(paper.beside("")).output().expect("it runs");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            assert!(files(&paper.beside("unpacked")) == paper.output(), "{name} does not hold the site");
        }
        paper.article(3, "An edited text");
        paper.build();
        assert!(packed(&paper, name) != first);
    }
}

#[test]
fn a_full_disk_leaves_the_old_archive() {
    let paper = Paper::new("{kind: archive, path: ../full/paper.tar.zst}");
    paper.build();
    let Some(_disk) = Disk::mount(&paper.beside("full"), "64k") else { return };
    let old = packed(&paper, "full/paper.tar.zst");
    // Random enough that no compression makes it small.
    let noise: String = (0..20_000_u64).map(|n| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    paper.put("static/noise.txt", &noise);
    paper.build();
    paper.publish(&[]).code(3).says("No space left");
    assert_eq!(fs::read(paper.beside("full/paper.tar.zst")).expect("an archive"), old);
    assert_eq!(fs::read_dir(paper.beside("full")).expect("a folder").count(), 1);
}

/// The files of an archive, which must be whole.
fn unpacked(bytes: &[u8]) -> Files {
    let decoder = ruzstd::decoding::StreamingDecoder::new(bytes).expect("an archive is compressed");
    let mut archive = tar::Archive::new(decoder);
    let mut found = Files::new();
    for entry in archive.entries().expect("an archive has entries") {
        let mut entry = entry.expect("an entry is whole");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a file is whole");
        found.insert(entry.path().expect("a path").to_string_lossy().into_owned(), bytes);
    }
    found
}

#[test]
fn whoever_takes_the_archive_meanwhile_gets_a_whole_site() {
    let paper = Paper::new("{kind: archive, path: ../paper.tar.zst}");
    paper.build();
    paper.publish(&[]).code(0);
    let take = || unpacked(&fs::read(paper.beside("paper.tar.zst")).expect("there always is one"));
    let editions = AtomicUsize::new(1);
    let seen = reader::looking(take, || {
        for number in 1..=6 {
            paper.article(6, &format!("Version {number}"));
            paper.restyle(&format!("#00000{number}"));
            paper.build();
            let before = fs::metadata(paper.beside("paper.tar.zst")).expect("an archive").ino();
            paper.publish(&[]).code(0);
            let after = fs::metadata(paper.beside("paper.tar.zst")).expect("an archive").ino();
            // It appears by a rename: the old file is never written to.
            editions.fetch_add(usize::from(before != after), Ordering::Relaxed);
        }
    });
    assert_eq!(editions.into_inner(), 7);
    assert!(seen > 0, "the reader read nothing");
    assert!(take() == paper.output());
}
