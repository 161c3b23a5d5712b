//! The answer to `byline why`, for people and as one JSON object.

use serde_json::{Value, json};

use super::figures::{count, thousands};
use super::lines::Lines;
use crate::model::why::{Answer, Group, LastBuild, PageAnswer, Reason, Rendered};

/// How many names of one kind are given in a sentence.
const NAMED: usize = 8;

/// The answer as text.
pub fn text(answer: &Answer) -> String {
    let mut lines = Lines::default();
    lines.line("Asked", &format!("{}: {}", answer.subject, answer.what));
    answer.notes.iter().for_each(|(label, text)| lines.line(label, text));
    for page in &answer.pages {
        self::page(page, answer.build.as_ref(), &mut lines);
    }
    let width = answer.shown.iter().map(|group| thousands(group.count).len()).max().unwrap_or(0);
    lines.table("Shows in", &answer.shown.iter().map(|one| group(one, width)).collect::<Vec<_>>());
    lines.into_text()
}

fn page(page: &PageAnswer, build: Option<&LastBuild>, lines: &mut Lines) {
    lines.line("Page", &page.url);
    lines.line("Output", &page.output);
    let section = page.section.as_ref().map(|section| format!(", section {section}")).unwrap_or_default();
    lines.line("Kind", &format!("{}{section}", page.kind));
    let sources: Vec<_> = page.sources.iter().map(|one| (one.place.clone(), one.what.clone())).collect();
    lines.table("Sources", &sources);
    if page.articles > 0 {
        lines.line("Lists", &count(page.articles, "article"));
    }
    let templates: Vec<_> = page.templates.iter().map(|one| (one.path.clone(), one.layer.clone())).collect();
    lines.table("Templates", &templates);
    for (label, names) in [("Queries", &page.queries), ("Data", &page.data)] {
        if !names.is_empty() {
            lines.line(label, &names.join(", "));
        }
    }
    for (label, text) in ["Rendered", ""].iter().zip(rendered(&page.rendered, build)) {
        lines.line(label, &text);
    }
    if build.is_some() && page.rendered != Rendered::Never {
        let next = page.due.as_ref().map_or_else(|| "it would be kept".to_owned(), sentence);
        lines.line("Next time", &next);
    }
}

/// What the last builds did, in one line or two.
fn rendered(rendered: &Rendered, build: Option<&LastBuild>) -> Vec<String> {
    let last = build.map_or_else(String::new, |build| {
        format!("the last build that changed something ({}, {} rendered)", build.at, count_of(build.rendered, "page"))
    });
    match (rendered, build) {
        (_, None) => vec!["not known: no build has made this output yet, or what it left is gone".to_owned()],
        (Rendered::Never, _) => vec![format!("no: {last} did not know it")],
        (Rendered::Last(reason), _) => vec![format!("yes, by {last}"), sentence(reason)],
        (Rendered::Before(ago, reason), _) => {
            let ago = if *ago == 1 { "the one before".to_owned() } else { format!("{ago} builds before") };
            vec![format!("no, not by {last}"), format!("{ago}: {}", sentence(reason))]
        }
    }
}

fn count_of(n: u64, noun: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), noun)
}

/// A reason as a sentence without a stop.
fn sentence(reason: &Reason) -> String {
    match reason {
        Reason::Unknown => "why is not known: what it was made from before was not kept".to_owned(),
        Reason::New => "it is a new page".to_owned(),
        Reason::Gone => "its file in the output was changed or removed".to_owned(),
        Reason::Fresh => "it was to make use of nothing that earlier builds left (--fresh)".to_owned(),
        Reason::Engine => "another version of Byline had made it (the engine changed)".to_owned(),
        Reason::Changed { templates, fields } => {
            let parts = [templates, fields].into_iter().filter(|names| !names.is_empty()).map(|names| list(names));
            format!("changed: {}", parts.collect::<Vec<_>>().join("; "))
        }
    }
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(NAMED);
    if more > 0 { format!("{shown} and {} more", thousands(more)) } else { shown }
}

/// `45 article.html`, and the first addresses.
fn group(group: &Group, width: usize) -> (String, String) {
    let more = if group.count > group.examples.len() { ", …" } else { "" };
    (format!("{:>width$} {}", thousands(group.count), group.what), format!("{}{more}", group.examples.join(", ")))
}

/// The answer as one line of JSON.
pub fn object(answer: &Answer) -> String {
    let notes: serde_json::Map<String, Value> =
        answer.notes.iter().map(|(label, text)| (label.to_lowercase(), json!(text))).collect();
    let build = answer.build.as_ref();
    let object = json!({
        "subject": answer.subject,
        "what": answer.what,
        "notes": notes,
        "pages": answer.pages.iter().map(page_object).collect::<Vec<_>>(),
        "shown": answer.shown.iter().map(|group| json!({
            "what": group.what, "count": group.count, "examples": group.examples,
        })).collect::<Vec<_>>(),
        "last_build": build.map(|build| json!({ "at": build.at.rfc3339(), "rendered": build.rendered })),
    });
    format!("{object}\n")
}

fn page_object(page: &PageAnswer) -> Value {
    let (by_last, ago, reason) = match &page.rendered {
        Rendered::Never => (false, None, None),
        Rendered::Last(reason) => (true, Some(0), Some(reason)),
        Rendered::Before(ago, reason) => (false, Some(*ago), Some(reason)),
    };
    json!({
        "url": page.url,
        "output": page.output,
        "kind": page.kind,
        "section": page.section,
        "sources": page.sources.iter().map(|one| json!({ "place": one.place, "what": one.what })).collect::<Vec<_>>(),
        "articles": page.articles,
        "templates": page.templates.iter().map(|one| json!({
            "name": one.name, "layer": one.layer, "path": one.path,
        })).collect::<Vec<_>>(),
        "queries": page.queries,
        "data": page.data,
        "rendered": { "by_last_build": by_last, "builds_ago": ago, "because": reason.map(because) },
        "due": page.due.as_ref().map(because),
    })
}

fn because(reason: &Reason) -> Value {
    let (name, templates, fields): (_, &[String], &[String]) = match reason {
        Reason::Unknown => ("unknown", &[], &[]),
        Reason::New => ("new", &[], &[]),
        Reason::Gone => ("output-changed", &[], &[]),
        Reason::Fresh => ("fresh", &[], &[]),
        Reason::Engine => ("engine", &[], &[]),
        Reason::Changed { templates, fields } => ("changed", templates, fields),
    };
    json!({ "reason": name, "templates": templates, "fields": fields })
}
