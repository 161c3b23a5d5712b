//! Diagnostics as text: each with its place, the line itself and what to do.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::quote::{Quotes, tame};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Severity};
use crate::model::report::Report;

/// The width where no terminal tells its own, in columns.
pub const WIDTH: usize = 100;

/// How many diagnostics of one code are shown.
const SHOWN: usize = 20;

/// How the text looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether to use colour.
    pub colour: bool,
    /// The width to keep to, in columns.
    pub width: usize,
}

/// All diagnostics of a report: sorted, at most twenty of one code, one and the same unknown key in many files once.
pub fn diagnostics(report: &Report, look: &Look, quotes: &mut Quotes<'_>) -> String {
    let mut shown: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    let mut text = String::new();
    let renderer = renderer(look);
    for (diagnostic, repeated) in fold(&report.sorted()) {
        let count = shown.entry((diagnostic.severity, diagnostic.code)).or_default();
        *count += 1;
        if *count <= SHOWN {
            text.push_str(&one(diagnostic, repeated, &renderer, quotes));
            text.push_str("\n\n");
        }
    }
    let rest: Vec<_> = shown.iter().filter(|(_, count)| **count > SHOWN).collect();
    for ((severity, code), count) in &rest {
        text.push_str(&format!("… and {} more like this: {}[{code}]\n", *count - SHOWN, word(*severity)));
    }
    if !rest.is_empty() {
        text.push_str("--message-format json lists all of them\n\n");
    }
    text
}

/// Joins what is said about one unknown key in many files to the first of it, with the number of the others.
fn fold<'a>(sorted: &[&'a Diagnostic]) -> Vec<(&'a Diagnostic, usize)> {
    let mut folded: Vec<(&Diagnostic, usize)> = Vec::new();
    let mut first: BTreeMap<(Severity, &str, Option<&str>), usize> = BTreeMap::new();
    for diagnostic in sorted {
        if diagnostic.code == Code::UnknownKey {
            let same = (diagnostic.severity, diagnostic.message.as_str(), diagnostic.hint.as_deref());
            let at = *first.entry(same).or_insert(folded.len());
            if at < folded.len() {
                folded[at].1 += 1;
                continue;
            }
        }
        folded.push((diagnostic, 0));
    }
    folded
}

/// One diagnostic as text, without a final line break.
fn one(diagnostic: &Diagnostic, repeated: usize, renderer: &Renderer, quotes: &mut Quotes<'_>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut elements = Vec::new();
    if let Some(mark) = &diagnostic.mark {
        elements.extend(place(mark, None, quotes));
    }
    if let Some((mark, label)) = &diagnostic.other {
        elements.extend(place(mark, Some(label), quotes));
    }
    if repeated > 0 {
        let places = if repeated == 1 { "1 more place".to_owned() } else { format!("{repeated} more places") };
        elements.push(Level::NOTE.message(format!("the same in {places}")).into());
    }
    if let Some(hint) = &diagnostic.hint {
        elements.push(Level::HELP.message(plain(hint)).into());
    }
    let title = level.primary_title(plain(&diagnostic.message)).id(diagnostic.code.name());
    renderer.render(&[title.elements(elements)])
}

/// A place: `path:line:column`, and the line if it can be read.
fn place<'a>(mark: &Mark, label: Option<&str>, quotes: &mut Quotes<'_>) -> Vec<Element<'a>> {
    let path = plain(mark.path.as_str());
    let Some(position) = mark.position else {
        let label = label.map(|label| Level::NOTE.message(plain(label)).into());
        return std::iter::once(Origin::path(path).into()).chain(label).collect();
    };
    let (line, column) = (position.line as usize, position.column as usize);
    let origin = Origin::path(path.clone()).line(line).char_column(column).into();
    let Some(quote) = quotes.line(mark) else { return vec![origin] };
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let annotation = kind.span(quote.span).label(label.map(plain));
    let snippet = Snippet::source(quote.text).line_start(line).annotation(annotation);
    if quote.in_place {
        vec![snippet.path(path).into()]
    } else {
        // Counted in what is left of the line, the column would be wrong: it is given.
        vec![origin, snippet.into()]
    }
}

fn renderer(look: &Look) -> Renderer {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.width).decor_style(DecorStyle::Unicode)
}

/// Text that may be sent to a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(tame).collect()
}

/// The word for a severity.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
