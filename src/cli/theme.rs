//! `byline theme check`: how the site's own templates and theme sit on what lies below them.

use std::path::Path;

use clap::{Args, Subcommand};

use super::{DONE, MACHINE, MessageFormat, Place, SITE, builtin_text, finish, output};
use crate::model::diagnostic::Severity;
use crate::model::report::{Outcome, Report};
use crate::pipeline::{self, Request, Stop};
use crate::report;

/// What is to be done with the theme.
#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// Say what each template of the site's own costs, and what it expects that is no longer there; nothing is written.
    Check(Check),
}

/// How to look.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) place: Place,
    /// Take every warning for an error.
    #[arg(long)]
    strict: bool,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// Answers on standard output; what is wrong goes where reports go.
pub(super) fn check(root: &Path, arguments: &Check) -> u8 {
    let request = Request {
        strict: arguments.strict,
        ..Request::new(root.to_owned(), output(root, None), jiff::Timestamp::now())
    };
    let mut report = Report { outcome: Outcome::Stopped, ..Report::default() };
    let format: report::Format = arguments.message_format.into();
    let fitting = match pipeline::fitting(&request, &mut report) {
        Ok(Some(fitting)) => fitting,
        Ok(None) | Err(Stop::Site | Stop::CalledOff) => return finish(report, None, format, true, root),
        Err(Stop::Machine(failure)) => return finish(report, Some(failure), format, true, root),
    };
    report.outcome = Outcome::Checked;
    let code = if report.count(Severity::Error) > 0 { SITE } else { DONE };
    let printed = match format {
        report::Format::Json => report::print_fitting(&fitting, Some(&report)),
        _ => report::print_fitting(&fitting, None)
            .and_then(|()| report::print(&report, format, true, root, &builtin_text)),
    };
    if printed.is_ok() { code } else { MACHINE }
}
