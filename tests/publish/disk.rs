//! A disk of its own, as small as a test wants it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A mounted disk; it goes when it is dropped.
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts a disk of some size (`64k`) at a folder. `None`, with a note, where nothing can be mounted and nobody requires it.
    pub fn mount(folder: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("a folder");
        let size = format!("size={size}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self { folder: folder.to_owned() });
        }
        assert!(!crate::server::required(), "no disk can be mounted");
        eprintln!("no disk can be mounted here: passed over");
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a server that is about to end may still have a file open.
        let _ = Command::new("umount").arg("--lazy").arg(&self.folder).status();
    }
}
