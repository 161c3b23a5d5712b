//! `byline publish`: build, compare, send, and tell.

use std::path::{Path, PathBuf};

use clap::Args;

use super::signals::Signals;
use super::{DONE, MACHINE, MessageFormat, Place, SIGNALLED, SITE, USAGE, builds, finish, output, progress};
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Noted};
use crate::model::published::Published;
use crate::model::report::{Outcome, Report};
use crate::model::target::Target;
use crate::pipeline::{self, Observer, Request};
use crate::publish::{self, Edition, Teller, Trouble};
use crate::report;

#[derive(Debug, Args)]
pub(super) struct Publish {
    /// The target, by its name in site.yaml; not needed where there is one only.
    #[arg(conflicts_with = "all")]
    target: Option<String>,
    /// Publish to all targets, one after the other.
    #[arg(long)]
    all: bool,
    /// Take the output as it stands, if it is fit to be shown.
    #[arg(long)]
    no_build: bool,
    /// Show what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Go back to the release before the present one.
    #[arg(long, conflicts_with_all = ["no_build", "dry_run"])]
    rollback: bool,
    #[command(flatten)]
    place: Place,
    /// The output folder; by default public/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
    /// Say nothing where all is well.
    #[arg(long, short)]
    quiet: bool,
}

impl Publish {
    /// Which site it is for.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// Publishes a site.
pub(super) fn run(root: &Path, arguments: &Publish) -> u8 {
    let signals = Signals::listen();
    let mut report = Report { outcome: Outcome::Stopped, ..Report::default() };
    let code = steps(root, arguments, &signals, &mut report);
    let told = finish(report, None, arguments.message_format.into(), arguments.quiet, root);
    // Whoever told it to end wants to know that it did so.
    signals.received().map_or(if told == MACHINE { MACHINE } else { code }, |number| SIGNALLED + number)
}

/// Everything until the report. Gives the exit code.
fn steps(root: &Path, arguments: &Publish, signals: &Signals, report: &mut Report) -> u8 {
    let config = match pipeline::config(root) {
        Ok(Noted { value: Some(config), .. }) => config,
        Ok(noted) => {
            report.diagnostics.extend(noted.diagnostics);
            return SITE;
        }
        Err(failure) => return note(report, failure.into()),
    };
    let targets = match publish::targets(&config, arguments.target.as_deref(), arguments.all) {
        Ok(targets) => targets,
        Err(trouble) => return note(report, trouble),
    };
    if arguments.rollback {
        return roll_back(root, &config, &targets, report);
    }
    let output = output(root, arguments.output.as_deref());
    let now = jiff::Timestamp::now();
    if !arguments.no_build {
        if publish::is_loopback(&config.base.origin) {
            return note(report, publish::loopback(&config));
        }
        let (built, failure) = builds(&Request::new(root.to_owned(), output.clone(), now), in_view(arguments), signals);
        *report = built;
        if let Some(failure) = failure {
            return note(report, failure.into());
        }
        if report.outcome == Outcome::Stopped {
            return SITE;
        }
    }
    let edition = match Edition::take(&output, now.as_second()) {
        Ok(edition) => edition,
        Err(trouble) => return note(report, trouble),
    };
    put_out(root, arguments, &config, &targets, &edition, signals, report)
}

fn put_out(
    root: &Path,
    arguments: &Publish,
    config: &Config,
    targets: &[Target],
    edition: &Edition,
    signals: &Signals,
    report: &mut Report,
) -> u8 {
    let mut code = DONE;
    for target in targets {
        let bar = progress::Bar::new(in_view(arguments), signals);
        if bar.called_off() {
            code = code.max(note(report, Trouble::CalledOff));
            break;
        }
        let aloud = Aloud { bar: &bar, shown: in_view(arguments) };
        let end = publish::publish(root, config, target, edition, arguments.dry_run, &bar, &aloud);
        bar.clear();
        match end {
            Ok((published, notes)) => {
                report.published.push(published);
                report.diagnostics.extend(notes);
            }
            // What fails at one target may well succeed at the next.
            Err(trouble) => code = code.max(note(report, publish::at(target, trouble))),
        }
    }
    report.outcome = if code == DONE { Outcome::Published } else { Outcome::Unfinished };
    code
}

fn roll_back(root: &Path, config: &Config, targets: &[Target], report: &mut Report) -> u8 {
    let mut code = DONE;
    for target in targets {
        match publish::roll_back(root, config, target) {
            Ok(published) => report.published.push(published),
            Err(trouble) => code = code.max(note(report, publish::at(target, trouble))),
        }
    }
    report.outcome = if code == DONE { Outcome::Published } else { Outcome::Unfinished };
    code
}

fn in_view(arguments: &Publish) -> bool {
    !arguments.quiet && arguments.message_format == MessageFormat::Human
}

/// Notes what went wrong, and gives the exit code that goes with it.
fn note(report: &mut Report, trouble: Trouble) -> u8 {
    report.outcome = Outcome::Stopped;
    let code = match &trouble {
        Trouble::Usage(_) => USAGE,
        Trouble::Refused(_) | Trouble::CalledOff => SITE,
        Trouble::Failed(_) => MACHINE,
    };
    let diagnostic: Diagnostic = trouble.diagnostic();
    report.diagnostics.push(diagnostic);
    code
}

/// Shows the plan before anything is done.
struct Aloud<'a> {
    bar: &'a progress::Bar<'a>,
    shown: bool,
}

impl Teller for Aloud<'_> {
    fn plan(&self, published: &Published) {
        if self.shown {
            self.bar.clear();
            report::plan(published);
        }
    }
}
