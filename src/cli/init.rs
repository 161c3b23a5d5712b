//! `byline init`: a new site that builds at once. Nothing that is there already is touched.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::hosts::Host;
use super::{DONE, MACHINE, SITE, complain};

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// What stands in the starter's files for the present day.
const TODAY: &str = "2000-01-01";

/// Writes the starter into a folder; for a host, what publishes the site there, too. A site that is there already gets the latter
/// alone.
pub(super) fn run(folder: &Path, host: Option<Host>) -> u8 {
    let standing = host.is_some() && folder.join("site.yaml").is_file();
    let mut files = Vec::new();
    if !standing {
        gather(&STARTER, &mut files);
    }
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let mut files: Vec<_> = files.into_iter().map(|(path, text)| (path, text.replace(TODAY, &today))).collect();
    if let Some(host) = host {
        for (path, text) in &mut files {
            match path.as_str() {
                "site.yaml" => {
                    text.push_str(&format!("\n# Where `byline publish` puts the site out.\n{}", host.target()))
                }
                ".gitignore" if host.uses_dist() => text.push_str("/dist/\n"),
                _ => {}
            }
        }
        files.push((host.path().to_owned(), host.workflow()));
    }
    if let Some(first) = files.iter().find_map(|(path, _)| in_the_way(folder, path)) {
        let message = format!("{} is there already; nothing was written", first.display());
        let hint = if standing {
            "move it away if you want another one"
        } else {
            "choose an empty folder: `byline init my-paper`"
        };
        complain(&message, hint);
        return SITE;
    }
    for (path, text) in &files {
        if let Err(error) = write(&folder.join(path), text) {
            complain(
                &format!("cannot write {}: {error}", folder.join(path).display()),
                "see to the disk and its permissions",
            );
            return MACHINE;
        }
    }
    println!("{}", farewell(folder, host, standing));
    DONE
}

/// What was made, and what to do with it.
fn farewell(folder: &Path, host: Option<Host>, standing: bool) -> String {
    let enter = if folder == Path::new(".") { String::new() } else { format!("cd {} && ", folder.display()) };
    let mut text = String::new();
    if !standing {
        text.push_str(&format!(
            "A new site stands in {}.\n\n  {enter}byline serve --open    to see it\n  byline new \"A title\"      to begin an article",
            folder.display()
        ));
    }
    if let Some(host) = host {
        let gap = if standing { "" } else { "\n\n" };
        text.push_str(&format!("{gap}{} publishes it. {}", host.path(), host.remark()));
        text.push_str(match standing {
            true => "\nIn site.yaml, set `base_url` to the address that readers use, and add:\n\n",
            false => "\nIn site.yaml, set `base_url` to the address that readers use.",
        });
        if standing {
            text.push_str(host.target().trim_end());
            text.push_str(if host.uses_dist() { "\n\nAdd /dist/ to .gitignore." } else { "" });
        }
    }
    text
}

/// What stands where a file is to be written, or where one of its folders is to be: a file or a link, be it to nowhere.
fn in_the_way(folder: &Path, path: &str) -> Option<PathBuf> {
    let place = folder.join(path);
    let above = place.ancestors().skip(1).take_while(|above| *above != folder);
    let blocked = above.filter(|above| above.symlink_metadata().is_ok() && !above.is_dir()).last();
    blocked.map(Path::to_owned).or_else(|| place.symlink_metadata().is_ok().then(|| place.clone()))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// The starter's files; one named `gitignore` is written with the dot that would hide it here.
fn gather(folder: &'static Dir, files: &mut Vec<(String, &'static str)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => gather(folder, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let path = if path == "gitignore" { ".gitignore".to_owned() } else { path };
                files.extend(file.contents_utf8().map(|text| (path, text)));
            }
        }
    }
}
