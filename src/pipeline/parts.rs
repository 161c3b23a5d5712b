//! What is kept of each page for `byline why`: its template, and the fields of its view.

use std::path::Path;

use super::{Ready, Request};
use crate::builtin;
use crate::memo::{Before, Done, Made, Parts, State, save_parts};
use crate::model::digest::Digest;
use crate::model::page::Page;
use crate::model::path::OutPath;
use crate::model::report::Report;
use crate::model::shared::Shared;
use crate::model::view::View;
use crate::model::view::head::SiteView;
use crate::render::Templates;

/// The name of the file in the cache.
pub const FILE: &str = "parts";

/// What is left of a site once its pages are rendered.
pub struct Printed {
    pages: Vec<Page>,
    templates: Templates,
    made: Option<Made>,
    view: Shared<SiteView>,
}

impl Printed {
    /// Lets go of the articles.
    pub fn of(ready: Ready) -> Self {
        let Ready { site, pages, templates, made, .. } = ready;
        Self { pages, templates, made, view: site.view.clone() }
    }
}

/// Where rendered pages are noted; `None` for an output that lies in the cache itself: a server's, or one to compare with.
pub fn made(request: &Request) -> Option<Made> {
    (!request.output.starts_with(request.root.join(".byline"))).then(Made::default)
}

/// Notes a rendered page.
pub fn note(made: &Made, page: &Page, out: &OutPath, key: Digest, before: Before, view: &View) {
    let fields = view.fields();
    made.take(out, key, before, &shape(page, &fields.names), &fields.checks);
}

/// The name of a page's template, and the names of its view's fields.
pub fn shape(page: &Page, names: &str) -> String {
    [page.template.as_deref().unwrap_or_default(), "\n", names].concat()
}

/// What the pages of a site have in common.
pub fn state(request: &Request, pages: &[Page], templates: &Templates, view: &SiteView) -> State {
    let file = |full: &str| templates.file_of(full).map_or_else(|| full.to_owned(), ToString::to_string);
    let mut all: Vec<(String, Digest)> = templates.all().map(|(full, digest)| (file(full), digest)).collect();
    all.sort();
    let mut names: Vec<&str> = pages.iter().filter_map(|page| page.template.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let fields = view.fields();
    State {
        engine: builtin::engine(),
        output: output(request),
        templates: all,
        entries: names.into_iter().map(|name| (name.to_owned(), templates.digest(name))).collect(),
        site: fields.names.lines().map(str::to_owned).zip(fields.checks).collect(),
    }
}

/// The digest by which an output is known, wherever the site lies.
fn output(request: &Request) -> Digest {
    let below = request.output.strip_prefix(&request.root);
    Digest::of(below.unwrap_or(&request.output).as_os_str().as_encoded_bytes())
}

/// The files of all templates that one reaches, by the name that pages use.
pub fn reached(templates: &Templates, name: &str) -> Vec<String> {
    templates.reached(name).iter().filter_map(|full| templates.file_of(full)).map(ToString::to_string).collect()
}

/// What an earlier build left in a cache folder of this output. The second value tells whether it is damaged.
pub fn open(folder: &Path, request: &Request) -> (Option<Parts>, bool) {
    match Parts::open(&folder.join(FILE)) {
        Ok(parts) => (parts.filter(|parts| parts.state().output == output(request)), false),
        Err(_) => (None, true),
    }
}

/// Keeps what was noted, if anything changed.
pub fn keep(folder: &Path, request: &Request, printed: Printed, report: &mut Report) {
    if report.rendered + report.removed == 0 {
        return;
    }
    let Printed { made: Some(made), pages, templates, view } = printed else { return };
    let state = state(request, &pages, &templates, &view);
    let (old, damaged) = open(folder, request);
    report.cache_damaged |= damaged;
    let standing = (report.removed > 0).then(|| pages.iter().map(|page| page.url.out_path()).collect());
    let done = Done { state, at: request.now.as_second(), made, standing, reached: &|name| reached(&templates, name) };
    // What cannot be kept is not known to `byline why`, and nothing else.
    let _ = save_parts(&folder.join(FILE), done, old);
}
