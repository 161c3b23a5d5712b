//! `byline import`: a site made of a collection that was written for another generator.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::{DONE, MACHINE, MessageFormat, USAGE, complain};
use crate::import::{self, Origin, Refusal, Request};
use crate::report;

/// What the command takes.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The generator that the collection was written for.
    #[arg(value_enum, value_name = "FROM")]
    from: From,
    /// The folder of the collection; nothing in it is changed.
    #[arg(value_name = "SRC")]
    source: PathBuf,
    /// The folder for the new site: not there yet, or empty.
    #[arg(value_name = "DIR")]
    target: PathBuf,
    /// Print the report, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
    /// Say nothing where all is well.
    #[arg(long, short)]
    quiet: bool,
}

/// Generators whose collections are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// A Zola site: config.toml, content/.
    Zola,
    /// A Hugo site: hugo.toml, content/.
    Hugo,
    /// A Jekyll site: _config.yml, _posts/.
    Jekyll,
    /// A Pelican site: pelicanconf.py, content/.
    Pelican,
    /// A folder of plain-text articles.
    Text,
}

/// Imports, and prints the report.
pub(super) fn run(arguments: &Import) -> u8 {
    let origin = match arguments.from {
        From::Zola => Origin::Zola,
        From::Hugo => Origin::Hugo,
        From::Jekyll => Origin::Jekyll,
        From::Pelican => Origin::Pelican,
        From::Text => Origin::Text,
    };
    let start = Instant::now();
    let request = Request {
        origin,
        source: arguments.source.clone(),
        target: arguments.target.clone(),
        dry_run: arguments.dry_run,
    };
    match import::run(&request) {
        Ok(mut imported) => {
            imported.duration_ms = start.elapsed().as_millis() as u64;
            let format = arguments.message_format.into();
            match report::print_import(&imported, format, arguments.quiet, &arguments.source) {
                Ok(()) => DONE,
                Err(_) => MACHINE,
            }
        }
        Err(Refusal::Usage(message, hint)) => {
            complain(&message, hint);
            USAGE
        }
        Err(Refusal::Machine(failure)) => {
            complain(
                &failure.to_string(),
                "nothing that was there before was changed: see to the disk and its permissions",
            );
            MACHINE
        }
    }
}
