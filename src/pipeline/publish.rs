//! Pages to the output: each is rendered and staged; only when all of them are sound is anything committed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;

use super::parts::Printed;
use super::watchdog::{self, Clock, Lost};
use super::{Observer, Ready, Request, Stop, inputs, own_fault, parts, pictures, sound, wanted};
use crate::memo::Before;
use crate::model::body::Bodies;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::{Content, Origin, Output, Stage};
use crate::model::page::{Page, What};
use crate::model::path::{OutPath, Url};
use crate::model::report::Report;
use crate::model::shared::Depth;
use crate::model::site::{Article, Placed};
use crate::write::{self, Refusal, Session};
use crate::{builtin, plan, render};

/// How many pages are rendered until what templates were given of each article is let go.
const SPELL: usize = 4096;

/// Renders, stages and commits. Returns what was published, and the digest of the manifest that then stands.
pub fn publish(
    request: &Request,
    ready: Ready,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<(Printed, Digest), Stop> {
    observer.begin("surveying", 0);
    let session = match write::begin(&request.root, &request.output, request.adopt) {
        Ok(session) => Arc::new(session.built_for(origin(request, &ready))),
        Err(refusal) => return Err(refused(refusal, report)),
    };
    let ready = Arc::new(ready);
    rendered(request, &ready, &session, observer, report)?;
    ready.bodies.failure().map_or(Ok(()), |failure| Err(Stop::Machine(failure)))?;
    copy(request, &session, &ready.site.placed, observer)?;
    pictures::print(request, &ready, &session, observer, report)?;
    report.pages = ready.pages.len();
    sound(request, report)?;
    wanted(observer)?;
    observer.begin("writing", 0);
    // Only a thread that was given up could still hold them, and then this place is not reached.
    let (session, ready) = Arc::into_inner(session).zip(Arc::into_inner(ready)).ok_or(Stop::Site)?;
    // The change itself needs nothing of the articles.
    let printed = Printed::of(ready);
    match session.commit() {
        Ok((changes, notes)) => {
            report.written = changes.written;
            report.removed = changes.removed;
            report.diagnostics.extend(notes);
            Ok((printed, changes.manifest))
        }
        Err(refusal) => Err(refused(refusal, report)),
    }
}

/// What the output is built for: it may then be published without another build.
fn origin(request: &Request, ready: &Ready) -> Origin {
    let config = &ready.site.config;
    let as_of = request.as_of.as_deref();
    Origin {
        base_url: config.base.absolute(&Url::root()),
        drafts: request.drafts,
        as_of: as_of.map(|moment| inputs::as_of(Some(moment), request.now, config).value),
    }
}

/// Renders and stages all pages under the eye of the watchdog, and notes what is wrong with them. Where a page is stuck nothing
/// more is done: the threads that it holds are missing.
fn rendered(
    request: &Request,
    ready: &Arc<Ready>,
    session: &Arc<Session>,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<(), Stop> {
    observer.begin("rendering", ready.pages.len());
    let clock = Arc::new(Clock::default());
    let (own, theirs, time) = (ready.clone(), session.clone(), clock.clone());
    let fault = match watchdog::watch(&clock, request.page_limit, observer, move || render_all(&own, &theirs, &time)) {
        Ok(end) => {
            let (rendered, faults) = end.map_err(Stop::Machine)?;
            report.rendered = rendered;
            report.reused = ready.pages.len() - rendered;
            report.diagnostics.extend(folded(faults));
            return Ok(());
        }
        Err(Lost::Stuck(number)) => {
            report.runaway = true;
            stuck(ready, number, request.page_limit)
        }
        Err(Lost::Ended) => own_fault(&"its thread ended", "rendering", None),
        Err(Lost::CalledOff) => {
            session.abandon();
            return Err(Stop::CalledOff);
        }
    };
    session.abandon();
    report.diagnostics.push(fault);
    Err(Stop::Site)
}

/// Renders and stages what changed. Returns how many pages were rendered, and what is wrong.
fn render_all(ready: &Ready, session: &Session, clock: &Clock) -> Result<(usize, Vec<Diagnostic>), Failure> {
    let desk = plan::Desk::new(&ready.site, &ready.pages, &ready.bodies, ready.blocks.clone());
    let engine = builtin::engine();
    let rendered = AtomicUsize::new(0);
    let faults: Mutex<Vec<Diagnostic>> = Mutex::new(Vec::new());
    let note = |fault: Diagnostic| faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    let make = |(number, page): (usize, &Page)| {
        let made = match clock.step(number, || one(&desk, ready, session, engine, page)) {
            Ok(Some(output)) => {
                rendered.fetch_add(1, Ordering::Relaxed);
                session.stage(output)
            }
            Ok(None) => Ok(()),
            Err(fault) => {
                note(*fault);
                Ok(())
            }
        };
        if let What::Article(id) = page.what {
            ready.bodies.let_go(ready.site.article(id).body);
        }
        made
    };
    // Feeds and the search index show the bodies of many articles, every other page that of one at most: after them, a body is not
    // asked for again once its article's own page is made.
    let (feeds, others): (Vec<_>, Vec<_>) =
        ready.pages.iter().enumerate().partition(|(_, page)| matches!(page.what, What::Feed(..)));
    let (searched, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, page)| page.what.search_group().is_some());
    // What the parts of a group are made from is large: it is made by one thread, and let go before that thread comes to another.
    let groups: Vec<_> = searched.chunk_by(|(_, a), (_, b)| a.what.search_group() == b.what.search_group()).collect();
    groups.into_par_iter().try_for_each(|parts| {
        parts.iter().copied().try_for_each(make)?;
        parts.iter().filter_map(|(_, page)| page.what.search_group()).for_each(|group| desk.let_go_of_group(group));
        Ok(())
    })?;
    let mut rested = 0;
    for spell in feeds.chunks(SPELL).chain(others.chunks(SPELL)) {
        spell.par_iter().copied().try_for_each(make)?;
        let done = rendered.load(Ordering::Relaxed);
        if done - rested >= SPELL {
            ready.site.articles.par_iter().for_each(Article::rest);
            rested = done;
        }
    }
    Ok((rendered.into_inner(), faults.into_inner().unwrap_or_else(PoisonError::into_inner)))
}

/// A page whose template does not come to its end.
fn stuck(ready: &Ready, number: usize, limit: Duration) -> Diagnostic {
    let page = &ready.pages[number];
    let name = page.template.as_deref().unwrap_or_default();
    let message = format!(
        "the page {} was not finished after {} seconds in the template `{name}`",
        page.url,
        limit.as_secs_f32()
    );
    let fault = Diagnostic::error(Code::Limit, message).hint("look for a loop without an end in the template");
    match ready.templates.file(name) {
        Some(path) => fault.at(Mark::file(path)),
        None => fault,
    }
}

/// Renders a page; `None` where the output holds it already, made from the same view and the same templates.
fn one(
    desk: &plan::Desk,
    ready: &Ready,
    session: &Session,
    engine: Digest,
    page: &Page,
) -> Result<Option<Output>, Box<Diagnostic>> {
    let work = AssertUnwindSafe(|| {
        let out = page.url.out_path();
        if let Some((known, _)) = session.known(&out).filter(|_| !ready.fresh) {
            let view = desk.view(page, Depth::Compared);
            if render::key(engine, &ready.templates, page, &view) == known && session.keep(&out) {
                return Ok(None);
            }
        }
        let mut view = desk.view(page, Depth::Rendered);
        let key = render::key(engine, &ready.templates, page, &view);
        // Before its blocks are in their places: the next build compares views as they are planned.
        if let Some(made) = &ready.made {
            parts::note(made, page, &out, key, before(session, &out, ready.fresh), &view);
        }
        render::page(&ready.templates, page, &mut view, key).map(Some)
    });
    catch_unwind(work)
        .unwrap_or_else(|payload| Err(Box::new(own_fault(payload.as_ref(), &format!("rendering {}", page.url), None))))
}

/// What stands where a page is to go.
fn before(session: &Session, out: &OutPath, fresh: bool) -> Before {
    match session.known(out) {
        Some(_) if fresh => Before::Unused,
        Some((key, _)) => Before::Page(key),
        None if session.is_listed(out) => Before::Changed,
        None => Before::Nothing,
    }
}

/// Stages the files that are copied, images without private metadata.
fn copy(request: &Request, session: &Session, placed: &[Placed], observer: &dyn Observer) -> Result<(), Stop> {
    placed.par_iter().try_for_each(|placed| {
        wanted(observer)?;
        let (asset, path) = (&placed.asset, placed.out.clone());
        let mut key = asset.digest;
        let content = match &asset.bytes {
            Some(bytes) => Content::Bytes(bytes.to_vec()),
            None if placed.stripped => {
                key = Digest::join(&[builtin::recipe(), asset.digest]);
                let stands = session.known(&path).is_some_and(|(known, _)| known == key);
                if stands && !request.fresh && session.keep(&path) {
                    return Ok(());
                }
                pictures::stripped(&request.root, asset).map_err(Stop::Machine)?
            }
            None => Content::Copy(asset.path.clone(), asset.digest),
        };
        session.stage(Output { path, content, key, stage: Stage::Asset }).map_err(Stop::Machine)
    })
}

/// One fault of a template stands on every page that uses it: it is reported once, with the first page and their number.
fn folded(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    // What a message says before it names the page.
    let cause = |fault: &Diagnostic| fault.message.split(" (while rendering").next().unwrap_or_default().to_owned();
    let mut folded: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults {
        match folded.last_mut() {
            Some((first, more)) if first.mark == fault.mark && cause(first) == cause(&fault) => *more += 1,
            _ => folded.push((fault, 0)),
        }
    }
    let count = |(mut fault, more): (Diagnostic, usize)| {
        if let Some(start) = fault.message.strip_suffix(')').filter(|_| more > 0) {
            fault.message = format!("{start} and on {more} more)");
        }
        fault
    };
    folded.into_iter().map(count).collect()
}

fn refused(refusal: Refusal, report: &mut Report) -> Stop {
    match refusal {
        Refusal::Failed(failure) => Stop::Machine(failure),
        refusal => {
            report.diagnostics.push(refusal.diagnostic());
            Stop::Site
        }
    }
}
