//! Putting a site out: from a finished output to the places where readers find it.
//!
//! ```text
//! edition  a finished output, held fast, fit to be shown
//! plan     what a target holds + what the site has -> steps in an order that never breaks a page (pure)
//! mirror   carries the steps out at a place that is changed file by file; resumes what was cut short
//! release  makes a new folder of the whole site and turns a link to it
//! ```
//!
//! Each kind of target is a `Destination`: `dir`, `archive`, `git`, `s3`, `ssh`.

mod archive;
mod dir;
mod edition;
mod git;
mod mirror;
mod plan;
mod process;
mod releases;
mod retry;
mod s3;
mod sent;
mod sheet;
mod ssh;
mod trouble;

use std::path::{Path, PathBuf};

use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::Url;
use crate::model::published::{Change, Published};
use crate::model::suggest::nearest;
use crate::model::target::{Place, Target};
use crate::pipeline::Observer;

pub use edition::{Edition, is_loopback};
pub use trouble::Trouble;

use mirror::Mirror;
use plan::Plan;

/// How many paths a message names.
const NAMED: usize = 10;

/// Where a site is put out, and what its own folder keeps of that.
#[derive(Clone, Debug)]
struct Scope {
    /// The site's folder.
    root: PathBuf,
    /// The site's name.
    title: String,
    /// The target's name.
    target: String,
    /// The folder for what only makes the next publish faster.
    cache: PathBuf,
}

/// What carrying out a plan came to.
#[derive(Debug, Default)]
struct Done {
    /// What was noticed.
    notes: Vec<Diagnostic>,
    /// The name of what was made: a release, a commit.
    release: Option<String>,
}

/// A place where a site can be put out.
trait Destination {
    /// Compares what is there with the site.
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble>;
    /// The paths that a plan removes.
    fn removed(&self, plan: &Plan) -> Vec<String>;
    /// Does what a plan says.
    fn carry_out(&mut self, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<Done, Trouble>;
    /// Goes back to the edition before, and gives its name.
    fn roll_back(&mut self) -> Result<String, Trouble> {
        let message = "this kind of target keeps no releases to go back to";
        Err(usage(
            message,
            "write `releases: 5` into a target of kind `ssh` or `dir`, or publish an older state of the site",
        ))
    }
}

/// Who is told what happens.
pub trait Teller {
    /// A target is compared: this is what would be done.
    fn plan(&self, change: &Published);
}

/// Finds the targets that are asked for.
///
/// # Errors
/// There is none, or none of that name, or it is not clear which.
pub fn targets(config: &Config, name: Option<&str>, all: bool) -> Result<Vec<Target>, Trouble> {
    let names: Vec<&str> = config.publish.iter().map(|target| target.name.as_str()).collect();
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (name, config.publish.as_slice()) {
        (_, []) => Err(usage(
            "site.yaml names no target",
            "write `publish: {paper: {kind: dir, path: /srv/www}}`, or see the manual",
        )),
        (Some(name), targets) => match targets.iter().find(|target| target.name == name) {
            Some(target) => Ok(vec![target.clone()]),
            None => {
                let hint = match nearest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("site.yaml has {listed}"),
                };
                Err(usage(format!("site.yaml has no target `{name}`"), hint))
            }
        },
        (None, [target]) => Ok(vec![target.clone()]),
        (None, targets) if all => Ok(targets.to_vec()),
        (None, _) => {
            Err(usage(format!("site.yaml has several targets: {listed}"), "name one of them, or write --all for all"))
        }
    }
}

/// Puts an edition out at a target. With `dry`, only what would be done is told.
///
/// # Errors
/// The target refuses, or the machine, the network or the host failed. What was sent until then stays, and readers see a whole
/// site.
pub fn publish(
    root: &Path,
    config: &Config,
    target: &Target,
    edition: &Edition,
    dry: bool,
    observer: &dyn Observer,
    teller: &dyn Teller,
) -> Result<(Published, Vec<Diagnostic>), Trouble> {
    let mut destination = destination(root, config, target, Some(edition))?;
    observer.begin("comparing", 0);
    let plan = destination.survey(edition)?;
    let mut told = Published {
        target: target.name.clone(),
        kind: target.place.kind(),
        url: target.url.clone().unwrap_or_else(|| edition.base_url.clone()),
        change: change(&plan, destination.removed(&plan)),
        dry,
        rolled_back: false,
        release: None,
    };
    if !plan.is_empty() {
        teller.plan(&told);
    }
    if dry || plan.is_empty() {
        return Ok((told, Vec::new()));
    }
    let done = destination.carry_out(edition, &plan, observer)?;
    told.release = done.release;
    Ok((told, done.notes))
}

/// Goes back to the edition before.
///
/// # Errors
/// The target keeps none, or it could not be reached.
pub fn roll_back(root: &Path, config: &Config, target: &Target) -> Result<Published, Trouble> {
    let release = destination(root, config, target, None)?.roll_back()?;
    Ok(Published {
        target: target.name.clone(),
        kind: target.place.kind(),
        url: target.url.clone().unwrap_or_else(|| config.base.absolute(&Url::root())),
        change: Change::default(),
        dry: false,
        rolled_back: true,
        release: Some(release),
    })
}

/// A trouble with the name of the target that it is about.
pub fn at(target: &Target, trouble: Trouble) -> Trouble {
    let named = |mut diagnostic: Box<Diagnostic>| {
        diagnostic.message = format!("{}: {}", target.name, diagnostic.message);
        diagnostic
    };
    match trouble {
        Trouble::Usage(diagnostic) => Trouble::Usage(named(diagnostic)),
        Trouble::Refused(diagnostic) => Trouble::Refused(named(diagnostic)),
        Trouble::Failed(diagnostic) => Trouble::Failed(named(diagnostic)),
        Trouble::CalledOff => Trouble::CalledOff,
    }
}

/// The refusal of a site whose address is one of this machine's own.
pub fn loopback(config: &Config) -> Trouble {
    let message = format!("the site's address, {}, is one of this machine's own", config.base.absolute(&Url::root()));
    Trouble::refused(Code::Unfit, message, "write `base_url:` and the address that readers use into site.yaml")
}

fn destination(
    root: &Path,
    config: &Config,
    target: &Target,
    edition: Option<&Edition>,
) -> Result<Box<dyn Destination>, Trouble> {
    let scope = Scope {
        root: root.to_owned(),
        title: config.title.clone(),
        target: target.name.clone(),
        cache: root.join(".byline").join("publish"),
    };
    Ok(match &target.place {
        Place::Dir(place) => dir::open(place, scope, edition)?,
        Place::Archive(place) => Box::new(archive::Archive::open(place, &scope)),
        Place::Git(place) => Box::new(git::Branch::open(place, scope)?),
        Place::S3(place) => Box::new(Mirror::new(s3::Bucket::open(place, edition)?, scope)),
        Place::Ssh(place) => ssh::open(place, scope),
    })
}

/// What a plan changes, for whoever reads of it.
fn change(plan: &Plan, removed: Vec<String>) -> Change {
    let paths =
        |new: bool| plan.puts.iter().filter(|put| put.new == new).map(|put| put.parcel.path.to_string()).collect();
    Change { added: paths(true), changed: paths(false), removed, bytes: plan.bytes() }
}

fn usage(message: impl Into<String>, hint: impl Into<String>) -> Trouble {
    Trouble::Usage(Box::new(Diagnostic::error(Code::Config, message).hint(hint)))
}

/// `3 files WHICH: a, b, c and 2 more`
fn named(paths: &[String], which: &str) -> String {
    let shown: Vec<_> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let more = paths.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let files = if paths.len() == 1 { "1 file".to_owned() } else { format!("{} files", paths.len()) };
    format!("{files} {which}: {}{rest}", shown.join(", "))
}
