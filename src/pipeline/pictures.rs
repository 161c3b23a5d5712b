//! Images to the output: what their heads tell before the site is collected, and their prints once its pages are sound. A print that
//! the output or the drawer holds is not made again, and its original is not even read.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::cache::Cache;
use super::gate::Gate;
use super::{Observer, Ready, Request, Stop, own_fault, wanted};
use crate::memo::Drawer;
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::image::{Fault, LONGEST, Look, Looks, Pictured, Print};
use crate::model::output::{Content, Output, Stage};
use crate::model::path::{OutPath, SitePath};
use crate::model::report::Report;
use crate::model::source::{Asset, Found, Inputs, Source};
use crate::write::Session;
use crate::{darkroom, read};

/// Extensions of files that pages may show as images.
const EXTENSIONS: &[&str] =
    &["jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "svg", "avif", "bmp", "ico", "heic", "heif", "tif", "tiff"];

/// Looks at all images of a site that were not looked at before.
///
/// # Errors
/// One that can no longer be read.
pub fn looks(root: &Path, inputs: &Inputs, cache: &mut Cache) -> Result<BTreeMap<SitePath, Look>, Stop> {
    let named = |asset: &&Asset| EXTENSIONS.contains(&asset.path.extension().to_ascii_lowercase().as_str());
    let images: Vec<&Asset> = inputs.content_assets.iter().chain(&inputs.statics).filter(named).collect();
    if images.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known = cache.looks();
    let look = |asset: &&Asset| match known.get(&asset.digest) {
        Some(look) => Ok((asset.digest, look.clone())),
        None if asset.length > LONGEST => Ok((asset.digest, too_long())),
        None => {
            let source = again(root, asset)?;
            let work = AssertUnwindSafe(|| darkroom::look(&source.bytes));
            let look = catch_unwind(work).unwrap_or_else(|_| damaged("its head cannot be understood"));
            Ok((asset.digest, look))
        }
    };
    let found = images.par_iter().map(look).collect::<Result<Looks, Failure>>().map_err(Stop::Machine)?;
    cache.keep_looks(&known, &found);
    let of = |asset: &&Asset| Some((asset.path.clone(), found.get(&asset.digest)?.clone()));
    Ok(images.iter().filter_map(of).collect())
}

fn damaged(how: &str) -> Look {
    Look::Faulty(Fault::Damaged(how.into()))
}

fn too_long() -> Look {
    damaged(&format!("it is longer than {} MiB", LONGEST >> 20))
}

/// The bytes of a file that was found before.
fn again(root: &Path, asset: &Asset) -> Result<Source, Failure> {
    let Asset { path, digest, bytes, .. } = asset.clone();
    read::again(root, &Found { path, digest, bytes })
}

/// What goes into the output for a file out of which private metadata are taken; its key says that much.
///
/// # Errors
/// It can no longer be read.
pub fn stripped(root: &Path, asset: &Asset) -> Result<Content, Failure> {
    let source = again(root, asset)?;
    let work = AssertUnwindSafe(|| darkroom::strip(&source.bytes));
    Ok(match catch_unwind(work) {
        Ok(Some(bytes)) => Content::Bytes(bytes),
        Ok(None) => Content::Copy(asset.path.clone(), asset.digest),
        // What cannot be understood is not published as it is.
        Err(_) => Content::Bytes(Vec::new()),
    })
}

/// Where prints are made.
struct Bench<'a> {
    request: &'a Request,
    ready: &'a Ready,
    session: &'a Session,
    gate: Gate,
    /// How many images were decoded.
    made: AtomicUsize,
    faults: Mutex<Vec<Diagnostic>>,
}

/// Stages the prints of all images that pages show, and notes what is wrong with them.
///
/// # Errors
/// The build was called off, or the machine failed.
pub fn print(
    request: &Request,
    ready: &Ready,
    session: &Session,
    observer: &dyn Observer,
    report: &mut Report,
) -> Result<(), Stop> {
    let pictures = &ready.site.pictures;
    report.images = pictures.len();
    if !pictures.is_empty() {
        observer.begin("printing", pictures.len());
    }
    let (made, faults) = (AtomicUsize::new(0), Mutex::default());
    let bench = Bench { request, ready, session, gate: Gate::default(), made, faults };
    pictures.par_iter().try_for_each(|picture| {
        wanted(observer)?;
        let end = bench.picture(picture).map_err(Stop::Machine);
        observer.step();
        end
    })?;
    let faults = bench.faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    if faults.is_empty() {
        ready.drawer.keep(&names(pictures));
    }
    report.printed = bench.made.into_inner();
    report.cache_damaged |= ready.drawer.is_damaged();
    report.diagnostics.extend(faults);
    Ok(())
}

/// The name of a print in the drawer: that of its file.
fn name(out: &OutPath) -> &str {
    out.as_str().rsplit('/').next().unwrap_or_default()
}

/// The names of all prints.
fn names(pictures: &[Pictured]) -> BTreeSet<String> {
    let all = pictures.iter().flat_map(|picture| picture.prints.each().map(|print| place(picture, print)));
    all.map(|out| name(&out).to_owned()).collect()
}

fn place(picture: &Pictured, print: Print) -> OutPath {
    picture.prints.url(print.size.width, print.format).out_path()
}

/// The digest of all that a print is made from.
fn key(picture: &Pictured, print: Print) -> Digest {
    Digest::of_value(&(picture.prints.digest(), print.size, print.format))
}

impl Bench<'_> {
    fn picture(&self, picture: &Pictured) -> Result<(), Failure> {
        let mut missing = Vec::new();
        for print in picture.prints.each() {
            if !self.is_there(picture, print)? {
                missing.push(print);
            }
        }
        if missing.is_empty() { Ok(()) } else { self.develop(picture, &missing) }
    }

    /// Whether a print is in the output, or could be put there from the drawer.
    fn is_there(&self, picture: &Pictured, print: Print) -> Result<bool, Failure> {
        let (out, key) = (place(picture, print), key(picture, print));
        let stands = self.session.known(&out).is_some_and(|(known, _)| known == key);
        if stands && !self.request.fresh && self.session.keep(&out) {
            return Ok(true);
        }
        let drawer: &Drawer = &self.ready.drawer;
        let Some(bytes) = drawer.get(name(&out), key) else { return Ok(false) };
        self.stage(out, key, bytes)?;
        Ok(true)
    }

    fn stage(&self, path: OutPath, key: Digest, bytes: Vec<u8>) -> Result<(), Failure> {
        self.session.stage(Output { path, content: Content::Bytes(bytes), key, stage: Stage::Asset })
    }

    /// Makes the prints that are missing.
    fn develop(&self, picture: &Pictured, missing: &[Print]) -> Result<(), Failure> {
        let _pass = self.gate.enter(picture.prints.source().pixels());
        let found = Found { path: picture.path.clone(), digest: picture.digest, bytes: None };
        let source = read::again(&self.request.root, &found)?;
        let quality = self.ready.site.config.images.quality;
        let work = AssertUnwindSafe(|| darkroom::print(&source.bytes, missing, quality));
        self.made.fetch_add(1, Ordering::Relaxed);
        let fault = match catch_unwind(work) {
            Ok(Ok(prints)) => {
                for (print, bytes) in missing.iter().zip(prints) {
                    let (out, key) = (place(picture, *print), key(picture, *print));
                    self.ready.drawer.put(name(&out), key, &bytes);
                    self.stage(out, key, bytes)?;
                }
                return Ok(());
            }
            Ok(Err(how)) => {
                let message = format!("the image {} cannot be published: {how}", picture.path);
                let hint = Fault::Damaged(how).hint();
                Diagnostic::error(Code::Image, message).at(picture.mark.clone()).hint(hint)
            }
            Err(payload) => own_fault(payload.as_ref(), "printing an image", Some(&picture.path)),
        };
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
        Ok(())
    }
}
