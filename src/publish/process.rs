//! Other programs: git, ssh, rsync. What they are told is built from lists of arguments, never by a shell on this side; what
//! they say is shown without secrets.

use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::thread;

use super::trouble::Trouble;

/// How much of what a program says is shown, in characters.
const SHOWN: usize = 600;

/// What a program reads.
pub enum Input {
    /// Nothing.
    Nothing,
    /// Some bytes.
    Bytes(Vec<u8>),
    /// A file, from where it stands.
    File(File),
}

/// Runs a program to its end and gives what it left, whatever its exit status.
///
/// # Errors
/// It is not there, or cannot be started.
pub fn run(command: &mut Command, input: Input) -> Result<Output, Trouble> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error: std::io::Error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let message =
            if missing { format!("`{name}` is not installed") } else { format!("`{name}` cannot be run: {error}") };
        Trouble::remote(message).hint("Byline calls it for this kind of target")
    };
    let (stdin, input) = match input {
        Input::Nothing => (Stdio::null(), None),
        Input::Bytes(bytes) => (Stdio::piped(), Some(bytes)),
        Input::File(file) => (Stdio::from(file), None),
    };
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let pipe = child.stdin.take();
    // A program that ends early reads no further; its own words tell why.
    let feeder = pipe.zip(input).map(|(mut pipe, bytes)| thread::spawn(move || drop(pipe.write_all(&bytes))));
    let output = child.wait_with_output().map_err(failed)?;
    if let Some(feeder) = feeder {
        let _ = feeder.join();
    }
    Ok(output)
}

/// What a program said of its failure: one line, without secrets, cut to what fits.
pub fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let line: String = redacted(&lines.join("; ")).chars().take(SHOWN).collect();
    match (line.is_empty(), output.status.code()) {
        (false, _) => line,
        (true, Some(code)) => format!("it ended with status {code}"),
        (true, None) => "it was ended by a signal".to_owned(),
    }
}

/// A text in which no address shows a user or a password, and no line of a header shows what it authorises with.
pub fn redacted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '\'' | '"' | '`' | '<' | '>'))
            .unwrap_or(after.len());
        let (authority, next) = after.split_at(end);
        match authority.rfind('@') {
            Some(at) => {
                shown.push_str("***");
                shown.push_str(&authority[at..]);
            }
            None => shown.push_str(authority),
        }
        rest = next;
    }
    shown.push_str(rest);
    shown
        .split("; ")
        .map(|line| {
            let header = line.to_ascii_lowercase().find("authorization:");
            header.map_or_else(|| line.to_owned(), |at| format!("{}***", &line[..at + "authorization:".len()]))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn secrets_are_not_shown() {
        let cases = [
            (
                "fatal: unable to access 'https://x:s3cret@git.example/a.git/': no",
                "fatal: unable to access 'https://***@git.example/a.git/': no",
            ),
            ("https://ghp_token@h/a and http://u:p@h2", "https://***@h/a and http://***@h2"),
            ("https://u:p@ss@h/a", "https://***@h/a"),
            ("ssh://git@h/a, nothing@all", "ssh://***@h/a, nothing@all"),
            ("> Authorization: Basic abc; next", "> Authorization:***; next"),
            ("no address: // at all", "no address: // at all"),
        ];
        for (text, shown) in cases {
            assert_eq!(redacted(text), shown);
        }
    }
}
