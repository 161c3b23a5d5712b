//! The command line: arguments to requests, results to an exit code. Each flag stands beside its help.

mod completions;
mod explain;
mod hosts;
mod import;
mod init;
mod new;
mod progress;
mod publish;
mod schema;
mod signals;
mod theme;
mod timings;
mod why;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::code::Code;
use crate::model::date::Zone;
use crate::model::diagnostic::Severity;
use crate::model::failure::Failure;
use crate::model::path::{Base, SitePath};
use crate::model::report::{Outcome, Report};
use crate::pipeline::{self, Request};
use crate::serve::{self, Order};
use crate::{builtin, parse, read, report};
use signals::Signals;

/// Built, or done.
const DONE: u8 = 0;
/// Errors in the site: nothing was published.
const SITE: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// The machine failed.
const MACHINE: u8 = 3;
/// Told to end: the signal's number is added.
const SIGNALLED: u8 = 128;

/// How long a build waits for another one of the same site: a server makes short ones whenever a file changes.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// A static site generator for article collections.
#[derive(Debug, Parser)]
#[command(name = "byline", version, about, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new site that builds at once.
    Init {
        /// The folder for it; made if it is not there.
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Write a workflow, too, that builds the site and publishes it there; a site that is there already gets that alone.
        #[arg(long, value_enum)]
        host: Option<hosts::Host>,
    },
    /// Begin a new article, with its front matter filled in.
    New {
        /// Its headline.
        title: String,
        /// The section it goes into: a path such as `news/asia`.
        #[arg(long, value_name = "SECTION")]
        section: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Build the site: content/ to public/.
    Build(Build),
    /// Build the site, serve it on this machine, and reload the page as files change.
    Serve {
        /// The port to listen on; by default 8080, or the next one that is free.
        #[arg(long)]
        port: Option<u16>,
        /// Open the front page in a browser.
        #[arg(long)]
        open: bool,
        /// Show drafts as well.
        #[arg(long)]
        drafts: bool,
        /// The site as it stands at that moment (2017-10-26, or RFC 3339).
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        as_of: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Say where a page comes from, and why it was rendered last.
    Why(why::Why),
    /// Look at the site's own templates and theme.
    #[command(subcommand)]
    Theme(theme::Theme),
    /// Make a site of a collection that was written for another generator.
    Import(import::Import),
    /// Put the site out: public/ to the targets of site.yaml.
    Publish(publish::Publish),
    /// Say more about a kind of error or warning.
    Explain {
        /// Its name, as reports show it in brackets; none lists them all.
        #[arg(value_parser = completions::CodeName, hide_possible_values = true)]
        code: Option<String>,
    },
    /// Print what a kind of YAML file may say, as JSON Schema, for editors.
    Schema(schema::Schema),
    /// Print a script by which a shell completes commands, flags and their values.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[derive(Debug, Args)]
struct Place {
    /// The site's folder; by default the nearest one upwards with a site.yaml.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Build {
    #[command(flatten)]
    place: Place,
    /// The output folder; by default public/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address of the site, in place of site.yaml's.
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,
    /// Show drafts as well.
    #[arg(long)]
    drafts: bool,
    /// The site as it stands at that moment (2017-10-26, or RFC 3339); by default now.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    as_of: Option<String>,
    /// Take every warning for an error.
    #[arg(long)]
    strict: bool,
    /// Accept an output folder that holds files of others; they stay as they are.
    #[arg(long)]
    adopt: bool,
    /// Add new URLs to permalinks.txt, the ledger of what was published.
    #[arg(long)]
    record: bool,
    /// Make use of nothing that earlier builds left.
    #[arg(long)]
    fresh: bool,
    /// Build again from nothing afterwards, and compare the two outputs byte by byte.
    #[arg(long)]
    verify: bool,
    /// Print how long each stage took.
    #[arg(long)]
    timings: bool,
    /// How many threads to use; by default one for each processor.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
    /// Say nothing where all is well.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text for people.
    Human,
    /// One JSON object on standard output.
    Json,
    /// Annotations for a forge's workflow.
    Github,
}

impl From<MessageFormat> for report::Format {
    fn from(format: MessageFormat) -> Self {
        match format {
            MessageFormat::Human => report::Format::Human,
            MessageFormat::Json => report::Format::Json,
            MessageFormat::Github => report::Format::Github,
        }
    }
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    // A fault of our own is reported with the file that it happened on, not by the runtime.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let wrong = error.use_stderr();
            // A reader who hung up is no error.
            let _ = error.print();
            return ExitCode::from(if wrong { USAGE } else { DONE });
        }
    };
    ExitCode::from(match arguments.command {
        Command::Init { dir, host } => init::run(&dir, host),
        Command::New { title, section, place } => with_site(&place, |root| new::run(root, &title, section.as_deref())),
        Command::Build(arguments) => with_site(&arguments.place, |root| build(root, &arguments)),
        Command::Serve { port, open, drafts, as_of, place } => {
            with_site(&place, |root| serve(root, port, open, drafts, as_of.clone()))
        }
        Command::Why(arguments) => with_site(&arguments.place, |root| why::run(root, &arguments)),
        Command::Theme(theme::Theme::Check(arguments)) => {
            with_site(&arguments.place, |root| theme::check(root, &arguments))
        }
        Command::Import(arguments) => import::run(&arguments),
        Command::Publish(arguments) => with_site(arguments.place(), |root| publish::run(root, &arguments)),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions { shell } => completions::run(shell),
    })
}

/// An argument that is the address of a site.
fn address(text: &str) -> Result<String, String> {
    match Base::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("it is no address of a site: write https://example.org/".to_owned()),
    }
}

/// An argument that is a moment; which one it is depends on the site's zone.
fn instant(text: &str) -> Result<String, String> {
    match parse::date::front_matter_date(text, &Zone::utc()) {
        Ok(_) => Ok(text.to_owned()),
        Err(reason) => Err(format!("{reason}: write 2017-10-26, 2017-10-26T12:54 or 2017-10-26T12:54:00+08:00")),
    }
}

/// Finds the site that a command is for.
fn with_site(place: &Place, command: impl FnOnce(&Path) -> u8) -> u8 {
    let start = place.site.clone().unwrap_or_else(|| PathBuf::from("."));
    let found = match &place.site {
        Some(folder) => folder.join("site.yaml").is_file().then(|| std::path::absolute(folder).ok()).flatten(),
        None => read::locate(&start),
    };
    match found {
        Some(root) => command(&root),
        None => {
            let place = if place.site.is_some() { "in" } else { "here or above" };
            complain(
                &format!("there is no site.yaml {place} {}", start.display()),
                "`byline init DIR` makes a new site",
            );
            USAGE
        }
    }
}

/// An error that is not about a site's files.
fn complain(message: &str, hint: &str) {
    eprintln!("error: {message}\n  help: {hint}");
}

fn build(root: &Path, arguments: &Build) -> u8 {
    if let Some(jobs) = arguments.jobs {
        // Fails only if the pool was made before: it was not.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    let request = Request {
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
        as_of: arguments.as_of.clone(),
        strict: arguments.strict,
        adopt: arguments.adopt,
        record: arguments.record,
        fresh: arguments.fresh,
        verify: arguments.verify,
        ..Request::new(root.to_owned(), output(root, arguments.output.as_deref()), jiff::Timestamp::now())
    };
    let format = arguments.message_format.into();
    let in_view = !arguments.quiet && format == report::Format::Human;
    let signals = Signals::listen();
    let build = || {
        if arguments.timings { timings::build(&request, &signals) } else { watched(&request, in_view, &signals) }
    };
    let (report, failure) = when_free(&signals, build);
    let code = finish(report, failure, format, arguments.quiet, root);
    // Whoever told it to end wants to know that it did so, even where all had been done.
    signals.received().map_or(code, |number| SIGNALLED + number)
}

/// The output folder, by default `public/` in the site's.
fn output(root: &Path, given: Option<&Path>) -> PathBuf {
    let output = given.map_or_else(|| root.join("public"), Path::to_owned);
    std::path::absolute(&output).unwrap_or(output)
}

/// Prints a report, and gives the exit code that goes with it.
fn finish(mut report: Report, failure: Option<Failure>, format: report::Format, quiet: bool, root: &Path) -> u8 {
    let code = match (&failure, report.outcome) {
        (Some(_), _) => MACHINE,
        (None, Outcome::Stopped) => SITE,
        (None, _) if report.count(Severity::Error) > 0 => SITE,
        (None, _) => DONE,
    };
    report.diagnostics.extend(failure.map(|failure| failure.diagnostic()));
    match report::print(&report, format, quiet, root, &builtin_text) {
        Ok(()) => code,
        Err(_) => MACHINE,
    }
}

/// The text of a file that is compiled in, for the lines that diagnostics show.
fn builtin_text(path: &str) -> Option<String> {
    builtin::text(&SitePath::new(path)).map(str::to_owned)
}

/// Builds, again and again while another build of the site is running, until patience ends.
fn when_free(signals: &Signals, build: impl Fn() -> (Report, Option<Failure>)) -> (Report, Option<Failure>) {
    let start = Instant::now();
    loop {
        let end = build();
        let busy = end.0.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Busy);
        if !busy || start.elapsed() > PATIENCE || signals.received().is_some() {
            return end;
        }
        thread::sleep(PAUSE);
    }
}

/// Builds while a line on the terminal, if it is wanted, tells how far the build has come.
fn watched(request: &Request, in_view: bool, signals: &Signals) -> (Report, Option<Failure>) {
    let bar = progress::Bar::new(in_view, signals);
    let end = pipeline::build(request, &bar);
    bar.clear();
    end
}

/// Builds for whoever makes something of the output.
fn builds(request: &Request, in_view: bool, signals: &Signals) -> (Report, Option<Failure>) {
    when_free(signals, || watched(request, in_view, signals))
}

/// Builds for the server, which ends by itself when it is told to.
fn build_in_view(request: &Request) -> (Report, Option<Failure>) {
    watched(request, true, &Signals::default())
}

fn serve(root: &Path, port: Option<u16>, open: bool, drafts: bool, as_of: Option<String>) -> u8 {
    let order = Order { root: root.to_owned(), port, open, drafts, as_of, build: build_in_view };
    match serve::run(&order) {
        Ok(()) => DONE,
        Err(trouble) => {
            complain(&trouble.message, trouble.hint.as_deref().unwrap_or("`byline build` writes the site to a folder"));
            MACHINE
        }
    }
}
