//! Times imports: one collection in the spelling of each origin, the same articles in all.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::json;

use crate::article::{self, Meta};
use crate::words::Vocabulary;

/// How the articles of an origin are written.
struct Origin {
    name: &'static str,
    settings: (&'static str, &'static str),
    path: fn(&Meta) -> String,
    link: fn(&Meta) -> String,
    text: fn(&Meta, &str) -> String,
}

const ORIGINS: &[Origin] = &[
    Origin {
        name: "zola",
        settings: ("config.toml", "base_url = \"https://log.example\"\ntaxonomies = [{name = \"tags\"}]\n"),
        path: |meta| format!("content/{}/{}-{}.md", meta.section, meta.published.date(), meta.slug),
        link: |meta| format!("@/{}/{}-{}.md", meta.section, meta.published.date(), meta.slug),
        text: |meta, body| {
            let (title, tags, authors) = (json!(meta.title), json!(meta.tags), json!(meta.authors));
            let keys = format!("title = {title}\ndate = {}Z\nauthors = {authors}\n", meta.published);
            format!("+++\n{keys}[taxonomies]\ntags = {tags}\n+++\n\n{body}")
        },
    },
    Origin {
        name: "hugo",
        settings: ("hugo.toml", "baseURL = 'https://log.example/'\n[permalinks]\nnews = '/:year/:month/:slug/'\n"),
        path: |meta| format!("content/{}/{}.md", meta.section, meta.slug),
        link: |meta| format!("{{{{< relref \"/{}/{}.md\" >}}}}", meta.section, meta.slug),
        text: |meta, body| {
            let keys =
                format!("title: {}\ndate: {}Z\nauthors: {}\n", json!(meta.title), meta.published, json!(meta.authors));
            format!("---\n{keys}tags: {}\nslug: {}\n---\n\n{body}", json!(meta.tags), meta.slug)
        },
    },
    Origin {
        name: "jekyll",
        settings: ("_config.yml", "title: Log\nurl: https://log.example\npermalink: /:categories/:year/:title/\n"),
        path: |meta| format!("_posts/{}-{}.md", meta.published.date(), meta.slug),
        link: |meta| format!("{{% post_url {}-{} %}}", meta.published.date(), meta.slug),
        text: |meta, body| {
            let keys =
                format!("title: {}\ncategory: {}\nauthor: {}\n", json!(meta.title), meta.section, json!(meta.authors));
            format!("---\n{keys}tags: {}\n---\n\n{body}", json!(meta.tags))
        },
    },
    Origin {
        name: "pelican",
        settings: ("pelicanconf.py", "SITEURL = 'https://log.example'\nARTICLE_SAVE_AS = '{date:%Y}/{slug}.html'\n"),
        path: |meta| format!("content/{}/{}.md", meta.section, meta.slug),
        link: |meta| format!("{{filename}}/{}/{}.md", meta.section, meta.slug),
        text: |meta, body| {
            let (authors, tags) = (meta.authors.join("; "), meta.tags.join("; "));
            let date = meta.published.strftime("%Y-%m-%d %H:%M");
            format!(
                "Title: {}\nDate: {date}\nAuthors: {authors}\nTags: {tags}\nSlug: {}\n\n{body}",
                meta.title, meta.slug
            )
        },
    },
    Origin {
        name: "text",
        settings: ("read-me.html", "<p>Texts of the log.</p>\n"),
        path: |meta| format!("{}/{}.txt", meta.section, meta.slug),
        link: |meta| meta.slug.clone(),
        text: |meta, body| {
            let date = meta.published.strftime("%A, %-d %B, %Y, %-I:%M%P");
            format!("{}\n\nBy {}\n\nPUBLISHED : {date}\n\n{body}", meta.title, meta.authors.join(" and "))
        },
    },
];

/// Lays the collections out below a folder, imports each some times, and prints a table in Markdown.
pub fn imports(count: usize, byline: &Path, runs: usize, work: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", work.display());
    println!("| origin | files | KB | median s | slowest s |\n| --- | ---: | ---: | ---: | ---: |");
    for origin in ORIGINS {
        let (source, target) = (work.join(format!("{}-{count}", origin.name)), work.join("imported"));
        let bytes = lay_out(origin, count, &source).map_err(failed)?;
        let mut times = Vec::new();
        for _ in 0..runs {
            if target.exists() {
                fs::remove_dir_all(&target).map_err(failed)?;
            }
            let mut command = Command::new(byline);
            command.args(["import", "--quiet", origin.name]).arg(&source).arg(&target);
            let start = Instant::now();
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(failed)?;
            times.push(start.elapsed().as_secs_f64());
            if !status.success() {
                return Err(format!("{} cannot be imported: {command:?}", source.display()));
            }
        }
        times.sort_by(f64::total_cmp);
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        println!("| {} | {count} | {} | {median:.2} | {slowest:.2} |", origin.name, bytes / 1000);
    }
    Ok(())
}

/// Writes a collection anew; gives its bytes.
fn lay_out(origin: &Origin, count: usize, folder: &Path) -> io::Result<usize> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let vocabulary = Vocabulary::new();
    let metas: Vec<Meta> = (0..count).map(|number| Meta::new(number, &vocabulary)).collect();
    let mut bytes = 0;
    for (number, meta) in metas.iter().enumerate() {
        let body = article::body(number, &metas[..number], &vocabulary, origin.link);
        let (path, text) = (folder.join((origin.path)(meta)), (origin.text)(meta, &body));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        bytes += text.len();
        fs::write(path, text)?;
    }
    fs::write(folder.join(origin.settings.0), origin.settings.1)?;
    Ok(bytes)
}
