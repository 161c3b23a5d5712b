//! What `git fast-import` is told (its manual page describes the format): one commit.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

/// The branch of the repository of one's own that the commit is made on.
pub const WORK: &str = "refs/byline/next";

/// What a commit begins with.
pub enum Upon<'a> {
    /// No files and no parent.
    Nothing,
    /// The files of a commit, which becomes its parent.
    Commit(&'a str),
    /// The files of a tree, and no parent.
    Tree(&'a str),
}

/// A commit in the making.
pub struct Stream(BufWriter<File>);

impl Stream {
    /// Begins a commit upon something.
    pub fn new(file: File, author: &str, message: &str, upon: &Upon<'_>) -> io::Result<Self> {
        let mut text =
            format!("reset {WORK}\n\ncommit {WORK}\ncommitter {author}\ndata {}\n{message}\n", message.len());
        match upon {
            Upon::Nothing => {}
            Upon::Commit(commit) => text.push_str(&format!("from {commit}\n")),
            Upon::Tree(tree) => text.push_str(&format!("M 040000 {tree} \"\"\n")),
        }
        let mut file = BufWriter::new(file);
        file.write_all(text.as_bytes())?;
        Ok(Self(file))
    }

    /// A file of the commit.
    pub fn file(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        write!(self.0, "M 100644 inline {}\ndata {}\n", quoted(path), bytes.len())?;
        self.0.write_all(bytes)?;
        self.0.write_all(b"\n")
    }

    /// A file that the commit no longer has.
    pub fn delete(&mut self, path: &str) -> io::Result<()> {
        writeln!(self.0, "D {}", quoted(path))
    }

    /// The whole, to be read from its beginning.
    pub fn finish(mut self) -> io::Result<File> {
        self.0.write_all(b"\ndone\n")?;
        let mut file = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }
}

/// A path in quotes, as C writes it.
fn quoted(path: &str) -> String {
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
