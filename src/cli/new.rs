//! `byline new`: a new article with its front matter filled in. An article that is there already is never overwritten.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{DONE, MACHINE, SITE, USAGE, complain};
use crate::model::config::Config;
use crate::model::escape::single_line;
use crate::model::path::{SitePath, Slug};
use crate::model::source::Source;
use crate::parse;

/// Writes `content/SECTION/SLUG.md`.
pub(super) fn run(root: &Path, title: &str, section: Option<&str>) -> u8 {
    let config = config(root);
    let title = single_line(title);
    let Some(slug) = Slug::of(&title, config.slugs) else {
        complain(&format!("the title `{title}` leaves nothing to make a file name of"), "give it letters or digits");
        return USAGE;
    };
    let mut path = String::from("content");
    for part in section.unwrap_or("").split('/').filter(|part| !part.is_empty()) {
        let Some(part) = Slug::whole(part, config.slugs) else {
            complain(&format!("`{part}` is no section"), "a section is a path such as news/asia");
            return USAGE;
        };
        path = format!("{path}/{part}");
    }
    let path = format!("{path}/{slug}.md");
    let now = jiff::Timestamp::now().to_zoned(config.timezone.rules.clone());
    // A JSON string is a YAML string, with every sign escaped that would end it.
    let quoted = serde_json::Value::from(title.as_str());
    let text = format!(
        "---\ntitle: {quoted}\nstandfirst: \"\"\ndate: {}\nauthors: []\ntags: []\n---\n\nWrite here.\n",
        now.strftime("%Y-%m-%d %H:%M")
    );
    match write(&root.join(&path), &text) {
        Ok(()) => {
            println!("{path}");
            DONE
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            complain(
                &format!("{path} is there already; it was not touched"),
                "choose another title, or another --section",
            );
            SITE
        }
        Err(error) => {
            complain(&format!("cannot write {path}: {error}"), "see to the disk and its permissions");
            MACHINE
        }
    }
}

/// site.yaml, or the defaults where it cannot be read: a new article needs its zone and its slugs alone.
fn config(root: &Path) -> Config {
    let bytes = fs::read(root.join("site.yaml")).unwrap_or_default();
    parse::config::parse(&Source::new(SitePath::new("site.yaml"), bytes))
        .value
        .unwrap_or_else(parse::config::default_config)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
