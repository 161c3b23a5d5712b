//! The pipeline: the only place that orders the stages. Everything that a build does stands here in the order in which it
//! happens; nothing is written before all of it has been found sound.

mod articles;
mod blocks;
mod cache;
mod dress;
mod fitting;
mod folders;
mod gate;
mod inputs;
mod ledger;
mod lexicon;
mod parts;
mod pictures;
mod publish;
mod shelf;
mod stylesheets;
mod verify;
mod watchdog;
mod why;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::collect::{self, Collection, Images};
use crate::memo::{Drawer, Made, Past};
use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Noted, Severity};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::page::Page;
use crate::model::path::SitePath;
use crate::model::report::{Outcome, Report};
use crate::model::site::{Role, Site};
use crate::model::source::Inputs;
use crate::render::Templates;
use crate::{builtin, parse, plan, read, render, write};

pub use fitting::fitting;
pub use why::{Told, why};

use cache::Cache;
use shelf::Shelf;

/// What a build is asked to do.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's folder.
    pub root: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The address to build for, in place of site.yaml's.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The moment as which the site is built, as written; a time without a zone is in the site's.
    pub as_of: Option<String>,
    /// The present moment: as of when the site is built if nothing else is said.
    pub now: Timestamp,
    /// Whether every warning is an error.
    pub strict: bool,
    /// Whether an output folder with foreign files is accepted.
    pub adopt: bool,
    /// Whether new URLs are added to the ledger.
    pub record: bool,
    /// Whether nothing of earlier builds is made use of.
    pub fresh: bool,
    /// Whether the site is built again from nothing afterwards, and the two outputs are compared.
    pub verify: bool,
    /// How long one page may take to render. A build that gives up leaves a thread behind that cannot be stopped: its process
    /// should end.
    pub page_limit: Duration,
}

impl Request {
    /// A build of the site in `root` to `output`, as it stands at the present moment, and nothing else asked.
    pub fn new(root: PathBuf, output: PathBuf, now: Timestamp) -> Self {
        Self {
            root,
            output,
            base_url: None,
            drafts: false,
            as_of: None,
            now,
            strict: false,
            adopt: false,
            record: false,
            fresh: false,
            verify: false,
            page_limit: PAGE_LIMIT,
        }
    }
}

/// How long a page may take if nothing else is said. The largest pages take a second.
pub const PAGE_LIMIT: Duration = Duration::from_secs(60);

/// Watches a build go by.
pub trait Observer: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: &'static str, steps: usize);
    /// One step is done.
    fn step(&self);
    /// Whether the build is to end as soon as it can. One that has begun to change the output completes the change.
    fn called_off(&self) -> bool {
        false
    }
}

/// Nobody watches.
pub struct Unobserved;

impl Observer for Unobserved {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// A build that could not be done: what was found out until then.
pub enum Stop {
    /// Errors in the site.
    Site,
    /// Whoever watches called it off.
    CalledOff,
    /// The machine failed.
    Machine(Failure),
}

/// Builds the site. The report tells everything, whatever happened; the failure, if there is one, is the machine's.
pub fn build(request: &Request, observer: &dyn Observer) -> (Report, Option<Failure>) {
    let start = Instant::now();
    let mut report = Report { outcome: Outcome::Stopped, ..Report::default() };
    let work = AssertUnwindSafe(|| run(request, observer, &mut report));
    let end = catch_unwind(work).unwrap_or_else(|payload| {
        report.diagnostics.push(own_fault(payload.as_ref(), "the build", None));
        Err(Stop::Site)
    });
    report.duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    match end {
        Ok(()) => {
            report.outcome = Outcome::Built;
            (report, None)
        }
        Err(Stop::Site) => (report, None),
        Err(Stop::CalledOff) => {
            report.diagnostics.push(Diagnostic::error(Code::Interrupted, "the build was called off"));
            (report, None)
        }
        Err(Stop::Machine(failure)) => (report, Some(failure)),
    }
}

/// Reads site.yaml alone, for what is to be known before a build. The value is `None` where any of it is in error.
///
/// # Errors
/// It cannot be read.
pub fn config(root: &Path) -> Result<Noted<Option<Config>>, Failure> {
    let read = read::config(root)?;
    let mut noted = read.value.map_or_else(
        || Noted { value: Some(parse::config::default_config()), diagnostics: Vec::new() },
        |source| parse::config::parse(&source),
    );
    noted.diagnostics.extend(read.diagnostics);
    Ok(noted)
}

/// A site that was found sound, and everything that is needed to render it.
struct Ready {
    site: Site,
    bodies: Shelf,
    pages: Vec<Page>,
    templates: Templates,
    /// The digests of the templates that show blocks, by kind.
    blocks: BTreeMap<String, Digest>,
    /// Whether what the output holds is not to be made use of.
    fresh: bool,
    /// Prints of images that were made before.
    drawer: Drawer,
    /// Where rendered pages are noted.
    made: Option<Made>,
}

fn run(request: &Request, observer: &dyn Observer, report: &mut Report) -> Result<(), Stop> {
    let folder = request.root.join(".byline");
    let mut cache = Cache::open(&folder, request.fresh);
    if cache.is_ours() {
        verify::clear(&request.root).map_err(Stop::Machine)?;
    }
    let key = run_with(request, &mut cache, observer, report)?;
    if request.verify { verify::verify(request, &cache, key, observer, report) } else { Ok(()) }
}

/// Builds with a cache. Returns the digest of everything that the site was made from.
fn run_with(
    request: &Request,
    cache: &mut Cache,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<Digest, Stop> {
    observer.begin("reading", 0);
    let known = cache.stats();
    let (read, stats) = read::site(&request.root, &known).map_err(Stop::Machine)?;
    cache.keep_stats(&known, &stats);
    drop((known, stats));
    let key = cache::key(request, &read.value, &read.diagnostics);
    report.diagnostics.extend(read.diagnostics);
    let ledger = read.value.ledger.clone();
    let settings = settings(request, &read.value, report)?;
    observer.begin("comparing", 0);
    if let Some(past) = standing(request, cache, key, settings.as_of) {
        *report = Report { cache_damaged: cache.damaged, ..past };
        return Ok(key);
    }
    let as_of = settings.as_of;
    let ready = prepare(request, settings, read.value, cache, observer, report)?;
    // Where articles are missing because of errors, so are their addresses.
    sound(request, report)?;
    let asked =
        ledger::Asked { record: request.record, another_time: request.as_of.is_some(), now: request.now.as_second() };
    let ledger = ledger::check(ledger.as_ref(), &ready.site, &ready.pages, &asked);
    report.diagnostics.extend(ledger.diagnostics);
    sound(request, report)?;
    let (printed, manifest) = publish::publish(request, ready, observer, report)?;
    if !request.record {
        cache.keep_build(key, manifest, as_of, report);
    }
    cache.keep_parts(request, printed, report);
    if let Some(text) = ledger.value {
        ledger::record(&request.root, &text).map_err(Stop::Machine)?;
    }
    Ok(key)
}

/// What a build that was made from the same reported, if its output stands as it left it. One that is to record URLs looks for
/// them: the ledger may have been put back to what it was.
fn standing(request: &Request, cache: &Cache, key: Digest, as_of: i64) -> Option<Report> {
    if request.record {
        return None;
    }
    // An output that cannot be looked at is for the build itself to complain of.
    let stands = |past: &&Past| write::stands(&request.root, &request.output, past.manifest).unwrap_or(false);
    cache.builds(key, as_of).find(stands).map(|past| past.report.clone())
}

/// What the site and the request say of the build itself.
struct Settings {
    config: Config,
    as_of: i64,
}

fn settings(request: &Request, read: &Inputs, report: &mut Report) -> Result<Settings, Stop> {
    let config = inputs::config(read, request.base_url.as_deref());
    report.diagnostics.extend(config.diagnostics);
    let config = config.value.ok_or(Stop::Site)?;
    let as_of = inputs::as_of(request.as_of.as_deref(), request.now, &config);
    report.diagnostics.extend(as_of.diagnostics);
    Ok(Settings { config, as_of: as_of.value })
}

/// From sources to pages: parse, collect, plan, and compile the templates. All of a run's faults come out together.
fn prepare(
    request: &Request,
    settings: Settings,
    mut read: Inputs,
    cache: &mut Cache,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<Ready, Stop> {
    let Settings { config, as_of } = settings;
    let dress = dress::put_on(&request.root, &read, &config);
    report.diagnostics.extend(dress.diagnostics);
    let dress = dress.value;
    observer.begin("recalling", 0);
    let memo = cache.memo();
    report.cache_damaged = cache.damaged;
    let parsed = inputs::parse(&request.root, &mut read, &config, &dress.blocks, memo, observer)?;
    report.parsed = parsed.parsed;
    report.diagnostics.extend(parsed.diagnostics);

    wanted(observer)?;
    let looks = pictures::looks(&request.root, &read, cache)?;
    observer.begin("collecting", 0);
    let (site, notes) = collect::site(Collection {
        view: inputs::site_view(&config, &dress),
        queries: dress.queries,
        lexicon: dress.lexicon,
        articles: parsed.metas,
        sections: parsed.sections,
        people: parsed.people,
        vocabulary: parsed.vocabulary,
        assets: read.content_assets,
        statics: dress.statics,
        images: Images { looks, recipe: builtin::recipe() },
        data: parsed.data,
        as_of,
        drafts: request.drafts,
        faulty: parsed.faulty,
        config,
    });
    report.diagnostics.extend(notes);
    count(&site, report);
    let pages = plan::pages(&site);
    report.diagnostics.extend(plan::check(&site, &pages));
    let templates = Templates::compile(&dress.layers);
    report.diagnostics.extend(templates.diagnostics);
    report.diagnostics.extend(unknown_templates(&site, &templates.value));
    Ok(Ready {
        site,
        bodies: parsed.bodies,
        pages,
        blocks: blocks::digests(&dress.blocks, &templates.value),
        templates: templates.value,
        fresh: request.fresh,
        drawer: cache.drawer(),
        made: parts::made(request),
    })
}

/// The counts that the collection alone decides.
fn count(site: &Site, report: &mut Report) {
    let listed = site.articles.iter().filter(|article| article.role != Role::Standing);
    report.articles = listed.clone().count();
    report.undated = listed.filter(|article| article.meta.date.is_none()).count();
    report.held.clone_from(&site.waiting.held);
    report.drafts = site.waiting.drafts;
    report.expired = site.waiting.expired;
    report.expires_next.clone_from(&site.waiting.expires_next);
    report.next_due = site.waiting.next_due;
}

/// Templates that articles and sections name, but that no layer has.
fn unknown_templates(site: &Site, templates: &Templates) -> Vec<Diagnostic> {
    let of_articles = site.articles.iter().filter_map(|article| article.meta.template.as_deref());
    let files = site.sections.iter().filter_map(|section| section.file.as_ref());
    let named = of_articles.chain(files.filter_map(|file| file.template.as_ref()));
    named.filter_map(|name| render::missing_template(templates, &name.value, name.mark.clone())).collect()
}

/// Goes on only if nobody called the build off.
fn wanted(observer: &dyn Observer) -> Result<(), Stop> {
    if observer.called_off() { Err(Stop::CalledOff) } else { Ok(()) }
}

/// Goes on only where nothing is wrong; under `strict` a warning is wrong enough.
fn sound(request: &Request, report: &mut Report) -> Result<(), Stop> {
    if request.strict {
        for diagnostic in &mut report.diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    if report.count(Severity::Error) > 0 { Err(Stop::Site) } else { Ok(()) }
}

/// A fault of our own in the work on one file or page: the others go on, and nothing is published.
fn own_fault(payload: &(dyn std::any::Any + Send), what: &str, path: Option<&SitePath>) -> Diagnostic {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    let code = Code::Panic;
    let diagnostic = Diagnostic::error(code, format!("Byline met a fault of its own in {what}: {text}"))
        .hint("nothing was published; please report it with the file that this names");
    match path {
        Some(path) => diagnostic.at(crate::model::diagnostic::Mark::file(path)),
        None => diagnostic,
    }
}
