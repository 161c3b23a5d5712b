//! Makes the digest of the engine: everything that a page's bytes depend on beside the site. It is made from the sources
//! themselves, so that nobody has to remember to raise a version, and from nothing that differs between two checkouts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that read and write pixels, as Cargo.lock names them.
const CODERS: &[&str] = &[
    "name = \"fast_image_resize\"",
    "name = \"fdeflate\"",
    "name = \"image\"",
    "name = \"image-webp\"",
    "name = \"libwebp-sys\"",
    "name = \"miniz_oxide\"",
    "name = \"png\"",
    "name = \"webp\"",
    "name = \"zune-jpeg\"",
];

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "strings", "templates", "themes"] {
        println!("cargo::rerun-if-changed={folder}");
        gather(&root.join(folder), &mut files);
    }
    for file in ["Cargo.lock", "Cargo.toml"] {
        println!("cargo::rerun-if-changed={file}");
        files.push(root.join(file));
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    files.iter().for_each(|file| take(&mut hasher, &root, file));
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(compiler).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    hasher.update(&version);
    println!("cargo::rustc-env=BYLINE_ENGINE={}", hasher.finalize().to_hex());
    println!("cargo::rustc-env=BYLINE_DARKROOM={}", darkroom(&root).to_hex());
}

/// Adds a file to a digest, by its name and its bytes.
fn take(hasher: &mut blake3::Hasher, root: &Path, file: &Path) {
    let bytes = fs::read(file).unwrap_or_default();
    let name = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
    hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(&bytes);
}

/// The digest of everything that decides how images are decoded, resized and encoded: prints are made anew where it changes.
fn darkroom(root: &Path) -> blake3::Hash {
    let mut files = vec![root.join("src/darkroom.rs")];
    gather(&root.join("src/darkroom"), &mut files);
    files.retain(|file| !file.ends_with("tests.rs") && !file.components().any(|part| part.as_os_str() == "tests"));
    files.sort();
    let mut hasher = blake3::Hasher::new();
    files.iter().for_each(|file| take(&mut hasher, root, file));
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let coders = lock.split("[[package]]").filter(|package| CODERS.iter().any(|name| package.contains(name)));
    coders.for_each(|package| {
        hasher.update(package.as_bytes());
    });
    hasher.finalize()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}
