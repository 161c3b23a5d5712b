//! `permalink`: the pattern of article URLs.

use crate::model::config::{Permalink, PermalinkPart};
use crate::model::path::Url;
use crate::model::suggest::nearest;
use crate::parse::fields::Fields;
use crate::parse::node::Node;

const PLACEHOLDERS: &[(&str, PermalinkPart)] = &[
    ("section", PermalinkPart::Section),
    ("slug", PermalinkPart::Slug),
    ("year", PermalinkPart::Year),
    ("month", PermalinkPart::Month),
    ("day", PermalinkPart::Day),
    ("author", PermalinkPart::Author),
];

/// Reads a pattern such as `/{year}/{month}/{slug}/`.
pub fn read(fields: &mut Fields<'_>, node: &Node) -> Option<Permalink> {
    let pattern = fields.line("permalink", node)?;
    match parse(&pattern) {
        Ok(permalink) => Some(permalink),
        Err((message, hint)) => {
            fields.error(node.at, message, hint);
            None
        }
    }
}

/// The pattern's parts, without its first and last `/`. An error is what is wrong and what to do.
fn parse(pattern: &str) -> Result<Permalink, (String, String)> {
    let mut parts = Vec::new();
    let mut rest = pattern.trim_matches('/');
    while !rest.is_empty() {
        let (literal, after) = rest.split_at(rest.find(['{', '}']).unwrap_or(rest.len()));
        if !literal.is_empty() {
            parts.push(PermalinkPart::Literal(literal.to_owned()));
        }
        if after.is_empty() {
            break;
        }
        let inside = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((name, next)) = inside else {
            let hint = "write placeholders as `{slug}`".to_owned();
            return Err((format!("a brace in `permalink` has no partner: `{pattern}`"), hint));
        };
        parts.push(placeholder(name)?);
        rest = next;
    }
    check(pattern, &parts)?;
    Ok(Permalink(parts))
}

fn placeholder(name: &str) -> Result<PermalinkPart, (String, String)> {
    if let Some((_, part)) = PLACEHOLDERS.iter().find(|(known, _)| *known == name) {
        return Ok(part.clone());
    }
    let hint = match nearest(name, PLACEHOLDERS.iter().map(|(known, _)| *known)) {
        Some(known) => format!("did you mean `{{{known}}}`?"),
        None => "the placeholders are {section}, {slug}, {year}, {month}, {day} and {author}".to_owned(),
    };
    Err((format!("unknown placeholder `{{{name}}}` in `permalink`"), hint))
}

fn check(pattern: &str, parts: &[PermalinkPart]) -> Result<(), (String, String)> {
    if !parts.contains(&PermalinkPart::Slug) {
        let message = format!("`permalink` has no `{{slug}}`, so that articles would share one URL: `{pattern}`");
        return Err((message, "add `{slug}`".to_owned()));
    }
    let sample: String = parts
        .iter()
        .map(|part| match part {
            PermalinkPart::Literal(text) => text.as_str(),
            _ => "x",
        })
        .collect();
    Url::from_decoded(&sample).map(|_| ()).map_err(|fault| {
        (format!("`permalink` cannot be a path: {fault}"), "write a pattern such as `/{section}/{slug}/`".to_owned())
    })
}
