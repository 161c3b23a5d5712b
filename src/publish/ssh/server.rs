//! A folder of a server: scripts that run there, and files that go there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::model::failure::Failure;
use crate::model::target::SshPlace;
use crate::pipeline::Observer;
use crate::publish::Scope;
use crate::publish::process::{Input, run, said};
use crate::publish::retry::{Attempt, persist};
use crate::publish::sheet::SHEET;
use crate::publish::trouble::Trouble;

/// What a refusal says that no other attempt will change.
const FINAL: &[&str] = &[
    "permission denied",
    "host key verification failed",
    "no space left",
    "could not resolve",
    "read-only file system",
    "not found",
    "bad configuration",
];

/// Exit codes of ssh and rsync that tell of the way to the server: of ssh itself, of sockets, of streams that broke, of time.
const BROKEN: &[i32] = &[255, 5, 10, 12, 30, 35];

/// rsync's exit code for files that cannot be read or written.
const FILES: i32 = 11;

/// A folder of a server.
pub struct Server {
    place: SshPlace,
    cache: PathBuf,
    target: String,
}

impl Server {
    /// The folder that a target names.
    pub fn new(place: &SshPlace, scope: &Scope) -> Self {
        let config = place.config.as_ref().map(|config| scope.root.join(config).to_string_lossy().into_owned());
        Self { place: SshPlace { config, ..place.clone() }, cache: scope.cache.clone(), target: scope.target.clone() }
    }

    /// How the folder is called in messages.
    pub fn name(&self) -> String {
        format!("the folder `{}` on {}", self.place.path, self.place.host)
    }

    /// `ssh` and its options.
    fn ssh(&self) -> Vec<String> {
        let mut words = vec!["ssh".to_owned(), "-o".to_owned(), "BatchMode=yes".to_owned()];
        words.extend(self.place.port.iter().flat_map(|port| ["-p".to_owned(), port.to_string()]));
        words.extend(self.place.config.iter().flat_map(|config| ["-F".to_owned(), config.clone()]));
        words
    }

    /// Runs a script in the folder, which is made if need be. The script goes to a plain shell's input, whatever shell the user
    /// of the server likes best.
    ///
    /// # Errors
    /// The server cannot be reached, or the script failed.
    pub fn script(&self, script: &str, observer: Option<&dyn Observer>) -> Result<Vec<u8>, Trouble> {
        let folder = quoted(&self.place.path);
        let script = format!("set -e\nmkdir -p -- {folder}\ncd -- {folder}\n{script}\n");
        let output = self.persist("is not to be worked in", observer, || {
            let words = self.ssh();
            let mut command = Command::new(&words[0]);
            command.args(&words[1..]).arg("--").arg(&self.place.host).arg("exec sh -s");
            (command, Input::Bytes(script.clone().into_bytes()))
        })?;
        Ok(output.stdout)
    }

    /// Sends files of a folder to the same paths below `to`, which counts from the server's folder; what is there already with
    /// the same content is not sent. `linked` is a folder beside `to` whose equal files are linked, not sent.
    ///
    /// # Errors
    /// The server cannot be reached, or its disk refuses.
    pub fn send(
        &self,
        from: &Path,
        paths: &[&str],
        to: &str,
        linked: Option<&str>,
        observer: Option<&dyn Observer>,
    ) -> Result<(), Trouble> {
        let list: Vec<u8> = paths.iter().flat_map(|path| path.bytes().chain([0])).collect();
        let shell = self.ssh().iter().map(|word| for_rsync(word)).collect::<Vec<_>>().join(" ");
        let target = format!("{}:{}/{to}", self.place.host, self.place.path.trim_end_matches('/'));
        self.persist("does not take files", observer, || {
            let mut command = Command::new("rsync");
            command.args([
                "--checksum",
                "--protect-args",
                "--from0",
                "--files-from=-",
                "--chmod=D755,F644",
                "-e",
                &shell,
            ]);
            command.args(linked.map(|linked| format!("--link-dest=../{linked}")));
            command.arg("--").arg(format!("{}/", from.display())).arg(&target);
            (command, Input::Bytes(list.clone()))
        })
        .map(drop)
    }

    /// Sends the sheet, and puts it in place in one step, below `to`.
    ///
    /// # Errors
    /// The server cannot be reached, or its disk refuses.
    pub fn send_sheet(&self, bytes: &[u8], to: &str) -> Result<(), Trouble> {
        let folder = self.cache.join(format!("{}.sheet", self.target));
        let path = folder.join(SHEET);
        fs::create_dir_all(&folder).map_err(|error| Failure::new("create the folder", &folder, error))?;
        fs::write(&path, bytes).map_err(|error| Failure::new("write", &path, error))?;
        self.send(&folder, &[SHEET], to, None, None)
    }

    fn persist(
        &self,
        refuses: &str,
        observer: Option<&dyn Observer>,
        prepare: impl Fn() -> (Command, Input),
    ) -> Result<Output, Trouble> {
        persist(observer, || {
            let (mut command, input) = prepare();
            let output = run(&mut command, input).map_err(Attempt::Never)?;
            if output.status.success() {
                return Ok(output);
            }
            // On a full disk the other end may be gone before it could say so.
            let silent = output.stderr.is_empty() && output.status.code() == Some(FILES);
            let said = if silent { "its disk may be full, or refuses".to_owned() } else { said(&output) };
            let trouble = Trouble::remote(format!("{} {refuses}: {said}", self.name()))
                .hint("see to the network and to the configuration of ssh; the next `byline publish` goes on");
            let words = String::from_utf8_lossy(&output.stderr).to_lowercase();
            let broken = output.status.code().is_some_and(|code| BROKEN.contains(&code));
            let again = broken && !FINAL.iter().any(|word| words.contains(word));
            Err(if again { Attempt::Again(trouble) } else { Attempt::Never(trouble) })
        })
    }
}

/// A word for a plain shell.
pub fn quoted(word: &str) -> String {
    // A home is the shell's to find.
    match word.strip_prefix("~/") {
        Some(rest) => format!("~/'{}'", rest.replace('\'', r"'\''")),
        None => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// A word within rsync's option `-e`, which knows quotes but no escapes.
fn for_rsync(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() }
}

/// Lines for the input of a loop in a script. A path of a site has no line breaks, and none of them is the last line.
pub fn lines<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let lines: String = paths.into_iter().filter(|path| !path.contains('\n')).map(|path| format!("{path}\n")).collect();
    format!("<<'BYLINE.'\n{lines}BYLINE.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole() {
        assert_eq!(quoted("/srv/o'brien; rm -rf $HOME"), r"'/srv/o'\''brien; rm -rf $HOME'");
        assert_eq!(quoted("~/www"), "~/'www'");
        assert_eq!(for_rsync("/a b"), "\"/a b\"");
    }
}
