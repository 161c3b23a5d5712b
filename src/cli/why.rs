//! `byline why`: where a page comes from, and why it was rendered.

use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::{DONE, MACHINE, MessageFormat, Place, SITE, address, complain, finish, instant, output};
use crate::model::report::{Outcome, Report};
use crate::pipeline::{self, Request, Stop, Told};
use crate::report;

/// What is asked, and of which build.
#[derive(Debug, Args)]
pub(super) struct Why {
    /// An address of the site, a file of it, or a file of its output.
    #[arg(value_name = "URL|PATH")]
    subject: String,
    #[command(flatten)]
    pub(super) place: Place,
    /// The output folder that the build was told; by default public/ in the site's folder.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address of the site that the build was told, in place of site.yaml's.
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,
    /// Drafts count as well.
    #[arg(long)]
    drafts: bool,
    /// The site as it stands at that moment (2017-10-26, or RFC 3339); by default now.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    as_of: Option<String>,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// Answers on standard output.
pub(super) fn run(root: &Path, arguments: &Why) -> u8 {
    let output = output(root, arguments.output.as_deref());
    let request = Request {
        base_url: arguments.base_url.clone(),
        drafts: arguments.drafts,
        as_of: arguments.as_of.clone(),
        ..Request::new(root.to_owned(), output, jiff::Timestamp::now())
    };
    let mut report = Report { outcome: Outcome::Stopped, ..Report::default() };
    let format = arguments.message_format;
    match pipeline::why(&request, &spellings(root, &arguments.subject), &mut report) {
        Ok(Told::Answer(answer)) => match report::print_answer(&answer, format == MessageFormat::Json) {
            Ok(()) => DONE,
            Err(_) => MACHINE,
        },
        Ok(Told::Unknown(near)) => {
            let hint = near.map_or_else(
                || "give an address such as /news/a-story/, or a file such as content/news/a-story.md".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            complain(&format!("nothing of the site is called `{}`", arguments.subject), &hint);
            SITE
        }
        Ok(Told::Faulty) | Err(Stop::Site | Stop::CalledOff) => finish(report, None, format.into(), false, root),
        Err(Stop::Machine(failure)) => finish(report, Some(failure), format.into(), false, root),
    }
}

/// What was written, and the path from the site's folder that it may stand for.
fn spellings(root: &Path, subject: &str) -> Vec<String> {
    let mut spellings = vec![subject.to_owned()];
    if let Ok(path) = std::path::absolute(subject)
        && let Ok(below) = path.strip_prefix(root)
        && below.components().all(|part| matches!(part, Component::Normal(_)))
    {
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        spellings.push(parts.join("/"));
    }
    spellings.retain(|text| !text.is_empty());
    spellings.dedup();
    spellings
}
