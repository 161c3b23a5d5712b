//! The answer to `byline theme check`, for people and as one JSON object.

use serde_json::{Value, json};

use super::figures::{count, thousands};
use super::json::line;
use super::lines::Lines;
use crate::model::fitting::{Effect, Fitting, Override, QueryCost};
use crate::model::report::Report;

/// The answer as text.
pub fn text(fitting: &Fitting) -> String {
    let mut lines = Lines::default();
    let layers: Vec<_> = fitting
        .layers
        .iter()
        .map(|layer| {
            let api = layer.api.map_or_else(String::new, |api| format!(", theme_api {api}"));
            (layer.name.clone(), format!("{}{api}, {}", layer.owner, count(layer.templates, "template")))
        })
        .collect();
    lines.table("Layers", &layers);
    lines.line("Pages", &format!("{} made by templates", thousands(fitting.pages)));
    if fitting.incomplete {
        lines.line("", "articles with errors are not counted: `byline build` shows them");
    }
    for one in &fitting.overrides {
        lines.line("Template", &one.path);
        lines.line("", &effect(&one.effect));
        lines.line("", &rendered(one));
    }
    for query in &fitting.queries {
        lines.line("Query", &format!("{}, on {} ({})", query.name, query.on.join(", "), place(query)));
        lines.line("", &cost(query));
    }
    lines.into_text()
}

fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Adds => "no layer below has one of this name".to_owned(),
        Effect::Replaces(path) => format!("replaces {path} whole: what changes there is not seen any more"),
        Effect::Changes(path, blocks) if blocks.is_empty() => format!("lies on {path}, and changes no block of it"),
        Effect::Changes(path, blocks) => format!("lies on {path}, and changes {}", blocks.join(", ")),
    }
}

fn rendered(one: &Override) -> String {
    let total = one.pages.iter().map(|(_, pages)| pages).sum();
    let kinds: Vec<String> = one.pages.iter().map(|(kind, pages)| format!("{kind} {}", thousands(*pages))).collect();
    match total {
        0 => "no page reaches it".to_owned(),
        _ => format!("a change renders {}: {}", count(total, "page"), kinds.join(", ")),
    }
}

fn cost(query: &QueryCost) -> String {
    match (query.pages, query.articles) {
        (0, _) => "no page of this site holds its answer".to_owned(),
        (pages, 0) => format!("in the view of {}, rendered when the answer changes", count(pages, "page")),
        (pages, articles) => format!(
            "in the view of {}: whenever its answer changes, all {} of articles are rendered with it",
            count(pages, "page"),
            count(articles, "page")
        ),
    }
}

fn place(query: &QueryCost) -> String {
    match query.mark.position {
        Some(at) => format!("{}:{}:{}", query.mark.path, at.line, at.column),
        None => query.mark.path.to_string(),
    }
}

/// The answer, with all that was noticed, as one line of JSON.
pub fn object(fitting: &Fitting, report: &Report) -> String {
    let object = json!({
        "layers": fitting.layers.iter().map(|layer| json!({
            "name": layer.name, "owner": layer.owner, "theme_api": layer.api, "templates": layer.templates,
        })).collect::<Vec<_>>(),
        "pages": fitting.pages,
        "complete": !fitting.incomplete,
        "templates": fitting.overrides.iter().map(template_object).collect::<Vec<_>>(),
        "queries": fitting.queries.iter().map(|query| json!({
            "name": query.name,
            "path": query.mark.path.as_str(),
            "line": query.mark.position.map(|at| at.line),
            "column": query.mark.position.map(|at| at.column),
            "on": query.on,
            "pages": query.pages,
            "articles": query.articles,
        })).collect::<Vec<_>>(),
        "diagnostics": report.sorted().into_iter().map(line).collect::<Vec<_>>(),
    });
    format!("{object}\n")
}

fn template_object(one: &Override) -> Value {
    let (effect, on, blocks): (_, Option<&String>, &[String]) = match &one.effect {
        Effect::Adds => ("adds", None, &[]),
        Effect::Replaces(path) => ("replaces", Some(path), &[]),
        Effect::Changes(path, blocks) => ("changes", Some(path), blocks),
    };
    let pages: serde_json::Map<String, Value> =
        one.pages.iter().map(|(kind, pages)| (kind.clone(), Value::from(*pages))).collect();
    json!({ "path": one.path, "effect": effect, "on": on, "blocks": blocks, "pages": pages })
}
