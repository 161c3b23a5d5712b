//! What `git fast-import` is told (its manual page describes the format): one commit.

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
pub struct Stream(Vec<u8>);

impl Stream {
    /// Begins a commit upon something.
    pub fn new(author: &str, message: &str, upon: &Upon<'_>) -> Self {
        let mut text =
            format!("reset {WORK}\n\ncommit {WORK}\ncommitter {author}\ndata {}\n{message}\n", message.len());
        match upon {
            Upon::Nothing => {}
            Upon::Commit(commit) => text.push_str(&format!("from {commit}\n")),
            Upon::Tree(tree) => text.push_str(&format!("M 040000 {tree} \"\"\n")),
        }
        Self(text.into_bytes())
    }

    /// A file of the commit.
    pub fn file(&mut self, path: &str, bytes: &[u8]) {
        self.0.extend_from_slice(format!("M 100644 inline {}\ndata {}\n", quoted(path), bytes.len()).as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.push(b'\n');
    }

    /// A file that the commit no longer has.
    pub fn delete(&mut self, path: &str) {
        self.0.extend_from_slice(format!("D {}\n", quoted(path)).as_bytes());
    }

    /// The whole.
    pub fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"\ndone\n");
        self.0
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
