//! One test for each rule of plain text: text in, prose out.

mod body;
mod head;
mod values;

use crate::model::article::ParseOptions;
use crate::model::config::{Faulty, HtmlMode, TextOptions};
use crate::model::date::Zone;
use crate::model::front_matter::FrontMatter;
use crate::model::path::SitePath;
use crate::model::shared::Shared;
use crate::parse::prose::Prose;

/// A line too long for a file that wraps its lines.
fn long_line() -> String {
    let line = "The harbour commission met again to weigh the new timetable, and once more it parted without a word. "
        .repeat(2);
    line.trim_end().to_owned()
}

fn options(text: TextOptions) -> ParseOptions {
    ParseOptions {
        timezone: Zone::named("Asia/Hong_Kong").expect("a known zone"),
        defaults: FrontMatter::default(),
        text,
        html: HtmlMode::Trusted,
        highlight: true,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

fn parse_with(text: &str, options: &ParseOptions) -> Prose {
    super::parse(text, &SitePath::new("content/news/story.txt"), options)
}

fn parse(text: &str) -> Prose {
    parse_with(text, &options(TextOptions::default()))
}

fn title(prose: &Prose) -> Option<&str> {
    prose.front.title.as_ref().map(|title| title.value.as_str())
}

fn standfirst(prose: &Prose) -> Option<&str> {
    prose.front.standfirst.as_ref().map(|standfirst| standfirst.value.as_str())
}

fn date(prose: &Prose) -> Option<String> {
    prose.front.date.as_ref().map(|date| date.value.machine())
}

fn authors(prose: &Prose) -> Vec<&str> {
    prose.front.authors.iter().flat_map(|authors| &authors.value).map(|credit| credit.name.as_str()).collect()
}

fn tags(prose: &Prose) -> Vec<&str> {
    prose.front.tags.iter().flat_map(|tags| &tags.value).map(String::as_str).collect()
}

/// The body's paragraphs as text.
fn body(prose: &Prose) -> Vec<&str> {
    prose.text.lines().collect()
}

/// Line and column of every diagnostic, with its code's name.
fn diagnostics(prose: &Prose) -> Vec<(&'static str, u32, u32)> {
    let place =
        |position: Option<crate::model::diagnostic::Position>| position.map_or((0, 0), |at| (at.line, at.column));
    prose
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic, place(diagnostic.mark.as_ref().and_then(|mark| mark.position))))
        .map(|(diagnostic, (line, column))| (diagnostic.code.name(), line, column))
        .collect()
}
