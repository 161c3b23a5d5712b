//! Pages to the output: each is rendered and staged; only when all of them are sound is anything committed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use rayon::prelude::*;

use super::{Observer, Ready, Request, Stop, own_fault, sound};
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::output::{Content, Output, Stage};
use crate::model::page::Page;
use crate::model::report::Report;
use crate::model::site::Placed;
use crate::write::{self, Refusal, Session};
use crate::{builtin, plan, render};

/// Renders, stages and commits.
pub fn publish(request: &Request, ready: &Ready, observer: &dyn Observer, report: &mut Report) -> Result<(), Stop> {
    let session = match write::begin(&request.root, &request.output, request.adopt) {
        Ok(session) => session,
        Err(refusal) => return Err(refused(refusal, report)),
    };
    observer.begin("rendering", ready.pages.len());
    let desk = plan::Desk::new(&ready.site, &ready.pages, &ready.bodies);
    let engine = builtin::engine();
    let faults: Mutex<Vec<Diagnostic>> = Mutex::new(Vec::new());
    let note = |fault: Diagnostic| faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(fault);
    let staged: Result<(), Failure> = ready.pages.par_iter().try_for_each(|page| {
        observer.step();
        match one(&desk, ready, engine, page) {
            Ok(output) => session.stage(output),
            Err(fault) => {
                note(*fault);
                Ok(())
            }
        }
    });
    staged.map_err(Stop::Machine)?;
    copy(&session, &ready.site.placed).map_err(Stop::Machine)?;
    report.diagnostics.extend(folded(faults.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)));
    report.pages = ready.pages.len();
    report.rendered = ready.pages.len();
    sound(request, report)?;
    observer.begin("writing", 0);
    match session.commit() {
        Ok((changes, notes)) => {
            report.written = changes.written;
            report.removed = changes.removed;
            report.diagnostics.extend(notes);
            Ok(())
        }
        Err(refusal) => Err(refused(refusal, report)),
    }
}

fn one(desk: &plan::Desk, ready: &Ready, engine: Digest, page: &Page) -> Result<Output, Box<Diagnostic>> {
    let work = AssertUnwindSafe(|| {
        let view = desk.view(page);
        let key = render::key(engine, &ready.templates, page, &view);
        render::page(&ready.templates, page, &view, key)
    });
    catch_unwind(work)
        .unwrap_or_else(|payload| Err(Box::new(own_fault(payload.as_ref(), &format!("rendering {}", page.url), None))))
}

/// Stages the files that are copied as they are.
fn copy(session: &Session, placed: &[Placed]) -> Result<(), Failure> {
    placed.par_iter().try_for_each(|placed| {
        let asset = &placed.asset;
        let content = match &asset.bytes {
            Some(bytes) => Content::Bytes(bytes.clone()),
            None => Content::Copy(asset.path.clone(), asset.digest),
        };
        session.stage(Output { path: placed.out.clone(), content, key: asset.digest, stage: Stage::Asset })
    })
}

/// One fault of a template stands on every page that uses it: it is reported once, with the first page and their number.
fn folded(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    let mut folded: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults {
        match folded.iter_mut().find(|(first, _)| fault.mark.is_some() && first.mark == fault.mark) {
            Some((_, more)) => *more += 1,
            None => folded.push((fault, 0)),
        }
    }
    let count = |(mut fault, more): (Diagnostic, usize)| {
        if more > 0 {
            fault.message = format!("{} and on {more} more", fault.message.trim_end_matches(')')) + ")";
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
