//! The ids of headings: where the old generator made another one than Byline makes, the heading gets it by hand, so that links to it
//! lead where they led.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

/// A Markdown text in which headings bear the ids that they had. `id` is what a heading's text became; a further heading of the same
/// text was given a number. `known` is what the text has anyway. `None` where nothing is to be done.
pub fn with_old_ids(text: &str, id: &dyn Fn(&str) -> Option<String>, known: &[Box<str>]) -> Option<String> {
    let known: BTreeSet<&str> = known.iter().map(Box::as_ref).collect();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let Event::Start(Tag::Heading { level, id: None, classes, attrs }) = event else { continue };
        let line = text[range.clone()].lines().next().unwrap_or("").trim_end();
        let bare = line.trim_start_matches('#').trim();
        // Of what is underlined, closed by signs of its own, or set with braces, not every generator makes the same.
        let is_plain = line.starts_with('#') && !line.ends_with('#') && !bare.contains(['{', '<', '[', '!']);
        let Some(base) = id(bare).filter(|_| !bare.is_empty()) else { continue };
        let number = met.entry(base.clone()).or_default();
        let old = if *number == 0 { base } else { format!("{base}-{number}") };
        *number += 1;
        let fits = old.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) && !old.is_empty();
        // A heading at the top may be the article's title, and is none of its text then.
        let is_title = level == HeadingLevel::H1 && text[..range.start].trim().is_empty();
        if is_plain && fits && !is_title && classes.is_empty() && attrs.is_empty() && !known.contains(old.as_str()) {
            insertions.push((range.start + line.len(), format!(" {{#{old}}}")));
        }
    }
    if insertions.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 32 * insertions.len());
    let mut from = 0;
    for (at, attribute) in insertions {
        out.push_str(&text[from..at]);
        out.push_str(&attribute);
        from = at;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// An id as GitHub makes it, and Hugo and kramdown after it: in lower case, a hyphen for each blank, without other signs.
pub fn like_github(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') || unicode_normalization::char::is_combining_mark(*c)
    });
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_keep_the_ids_that_they_had() {
        let text = "# Title\n\n## Bread & Butter\n\nText\n\n## Rye\n\n> ### Rye\n\n## Own {#own}\n\n## A `b` [c](d)\n\n```\n## Code & more\n```\n\n## A/B ##\n";
        let known = ["title", "bread-butter", "rye", "rye-2", "own", "a-b-c", "a-b"].map(Into::into);
        let expected = text.replace("Butter", "Butter {#bread--butter}").replace("> ### Rye", "> ### Rye {#rye-1}");
        assert_eq!(with_old_ids(text, &|text| Some(like_github(text)), &known), Some(expected));
        assert_eq!(with_old_ids(text, &|_| None, &known), None);
        assert_eq!(with_old_ids("## A\n", &|text| Some(like_github(text)), &["a".into()]), None);
    }
}
