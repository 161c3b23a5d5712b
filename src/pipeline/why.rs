//! Where a page comes from, and why it was rendered: the site is read, collected and planned as a build would do it, and nothing is
//! written.

mod files;
mod kind;
mod page;
mod shown;
mod subject;

use super::cache::Cache;
use super::{Ready, Request, Stop, Unobserved, parts, prepare, settings};
use crate::memo::{Changes, Parts};
use crate::model::date::Moment;
use crate::model::report::Report;
use crate::model::why::{Answer, LastBuild};
use crate::{plan, read};

use files::Files;
pub use kind::kind_name;

/// What came of a question.
pub enum Told {
    /// The answer.
    Answer(Box<Answer>),
    /// Nothing of the site is called so; perhaps it was this that was meant.
    Unknown(Option<String>),
    /// The site has errors, and nothing can be said before they are mended.
    Faulty,
}

/// All that an answer is found in.
struct Desk<'a> {
    request: &'a Request,
    files: &'a Files,
    ready: &'a Ready,
    views: plan::Desk<'a>,
    parts: Option<Parts>,
    changes: Changes,
}

/// Answers what is asked: the first of these spellings that something of the site has.
///
/// # Errors
/// The machine failed.
pub fn why(request: &Request, asked: &[String], report: &mut Report) -> Result<Told, Stop> {
    let folder = request.root.join(".byline");
    let mut cache = Cache::look(&folder);
    let (read, _) = read::site(&request.root, &cache.stats()).map_err(Stop::Machine)?;
    report.diagnostics.extend(read.diagnostics);
    let files = Files::of(&read.value);
    let ready = settings(request, &read.value, report)
        .and_then(|settings| prepare(request, settings, read.value, &mut cache, &Unobserved, report));
    let ready = match ready {
        Ok(ready) => ready,
        Err(Stop::Site) => return Ok(Told::Faulty),
        Err(stop) => return Err(stop),
    };
    let (parts, _) = parts::open(&folder, request);
    let changes = parts.as_ref().map(|parts| {
        let reached = |name: &str| parts::reached(&ready.templates, name);
        Changes::between(
            parts.state(),
            &parts::state(request, &ready.pages, &ready.templates, &ready.site.view),
            &reached,
        )
    });
    let views = plan::Desk::new(&ready.site, &ready.pages, &ready.bodies, ready.blocks.clone());
    let changes = changes.unwrap_or_default();
    let mut desk = Desk { request, files: &files, ready: &ready, views, parts, changes };
    Ok(desk.answer(asked))
}

impl Desk<'_> {
    fn answer(&mut self, asked: &[String]) -> Told {
        let Some(subject) = asked.iter().find_map(|text| self.subject(text)) else {
            return Told::Unknown(asked.iter().find_map(|text| self.near(text)));
        };
        let mut answer = self.about(&subject);
        answer.build = self.last_build();
        Told::Answer(Box::new(answer))
    }

    fn last_build(&self) -> Option<LastBuild> {
        let parts = self.parts.as_ref()?;
        let at = jiff::Timestamp::from_second(parts.at()).ok()?;
        let at = Moment::instant(at, &self.ready.site.config.timezone.rules);
        Some(LastBuild { at, rendered: parts.rendered() })
    }
}
