//! Byline at scale: makes collections of any size, and times Byline on them beside a peer.
//!
//! ```text
//! cargo bench --bench scale -- generate 10000 DIR [--hugo DIR]
//! cargo bench --bench scale -- compare 10000 --byline PATH [--hugo PATH] [--runs 3] [--work DIR] [--rebuilds]
//! cargo bench --bench scale -- imports 1000 --byline PATH [--runs 5] [--work DIR]
//! ```

mod article;
mod compare;
mod imports;
mod layout;
mod random;
mod snippet;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Makes collections, and times generators on them.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// What cargo appends.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Action {
    /// Writes a collection as a site of Byline's, and as one of Hugo's if asked.
    Generate {
        /// How many articles.
        count: usize,
        /// Where Byline's site goes.
        folder: PathBuf,
        /// Where Hugo's site goes.
        #[arg(long)]
        hugo: Option<PathBuf>,
    },
    /// Times generators on one collection and prints a table.
    Compare {
        /// How many articles.
        count: usize,
        /// Byline's program.
        #[arg(long)]
        byline: PathBuf,
        /// Hugo's program: the binary itself, where a package starts it through a launcher.
        #[arg(long)]
        hugo: Option<PathBuf>,
        /// How often each is run.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..))]
        runs: u8,
        /// Where the sites are laid out.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/scale"))]
        work: PathBuf,
        /// Also time a build with nothing changed, and one after an edit.
        #[arg(long)]
        rebuilds: bool,
    },
    /// Times the import of a collection from each origin and prints a table.
    Imports {
        /// How many articles.
        count: usize,
        /// Byline's program.
        #[arg(long)]
        byline: PathBuf,
        /// How often each is run.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
        runs: u8,
        /// Where the collections are laid out.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/scale"))]
        work: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().action) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(action: Option<Action>) -> Result<(), String> {
    match action {
        None => {
            println!("nothing asked for: see `cargo bench --bench scale -- --help`");
            Ok(())
        }
        Some(Action::Generate { count, folder, hugo }) => generate(count, &folder, hugo.as_deref()),
        Some(Action::Imports { count, byline, runs, work }) => {
            imports::imports(count, &program(byline)?, runs.into(), &program(work)?)
        }
        Some(Action::Compare { count, byline, hugo, runs, work, rebuilds }) => {
            let (byline, hugo) = (program(byline)?, hugo.map(program).transpose()?);
            compare::compare(&compare::Request {
                count,
                byline,
                hugo,
                runs: runs.into(),
                work: program(work)?,
                rebuilds,
            })
        }
    }
}

fn program(path: PathBuf) -> Result<PathBuf, String> {
    std::path::absolute(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn generate(count: usize, folder: &Path, hugo: Option<&Path>) -> Result<(), String> {
    let report = |folder: &Path, size: std::io::Result<layout::Size>| {
        let size = size.map_err(|error| format!("{}: {error}", folder.display()))?;
        let average = size.bytes / size.articles.max(1);
        println!("{}: {} articles, {average} bytes each on average", folder.display(), size.articles);
        Ok(())
    };
    report(folder, layout::byline(count, folder))?;
    hugo.map_or(Ok(()), |folder| report(folder, layout::hugo(count, folder)))
}
