//! Writes a collection as a site of Byline's or of Hugo's: the same articles, each in the generator's own spelling.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use crate::article::{self, Meta};
use crate::words::{SECTIONS, Vocabulary};

/// Where the hand-written part of the peer's site lies.
const HUGO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/hugo");

const SITE_YAML: &str =
    "title: The Long Run\ndescription: Twenty years of made-up articles\nbase_url: https://paper.example/\n";

/// How a generator wants its articles.
struct Layout {
    front_matter: fn(&Meta) -> String,
    link: fn(&Meta) -> String,
}

/// What was written.
pub struct Size {
    /// How many articles.
    pub articles: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// Writes a site of Byline's.
pub fn byline(count: usize, folder: &Path) -> io::Result<Size> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("site.yaml"), SITE_YAML)?;
    articles(
        count,
        folder,
        &Layout { front_matter: byline_front_matter, link: |meta| format!("/{}/{}.md", meta.section, meta.slug) },
    )
}

/// Writes a site of Hugo's: the same articles under the same URLs, and the templates beside this file.
pub fn hugo(count: usize, folder: &Path) -> io::Result<Size> {
    copy_folder(Path::new(HUGO), folder)?;
    articles(
        count,
        folder,
        &Layout { front_matter: hugo_front_matter, link: |meta| format!("/{}/{}/", meta.section, meta.slug) },
    )
}

fn articles(count: usize, folder: &Path, layout: &Layout) -> io::Result<Size> {
    let vocabulary = Vocabulary::new();
    let metas: Vec<Meta> = (0..count).map(|number| Meta::new(number, &vocabulary)).collect();
    for section in SECTIONS {
        fs::create_dir_all(folder.join("content").join(section))?;
    }
    let mut bytes = 0;
    for (number, meta) in metas.iter().enumerate() {
        let body = article::body(number, &metas[..number], &vocabulary, layout.link);
        let text = format!("---\n{}---\n\n{body}", (layout.front_matter)(meta));
        bytes += text.len();
        fs::write(folder.join("content").join(meta.section).join(format!("{}.md", meta.slug)), text)?;
    }
    Ok(Size { articles: count, bytes })
}

/// JSON is YAML: so every value is quoted as it must be.
fn byline_front_matter(meta: &Meta) -> String {
    let updated = meta.updated.map_or_else(String::new, |at| format!("updated: {at}Z\n"));
    format!(
        "title: {}\nstandfirst: {}\ndate: {}Z\n{updated}authors: {}\ntags: {}\n",
        json!(meta.title),
        json!(meta.standfirst),
        meta.published,
        json!(meta.authors),
        json!(meta.tags),
    )
}

fn hugo_front_matter(meta: &Meta) -> String {
    format!(
        "title: {}\ndescription: {}\ndate: {}Z\nlastmod: {}Z\nauthors: {}\ntags: {}\nyears: [\"{}\"]\n",
        json!(meta.title),
        json!(meta.standfirst),
        meta.published,
        meta.updated.unwrap_or(meta.published),
        json!(meta.authors),
        json!(meta.tags),
        meta.published.year(),
    )
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
