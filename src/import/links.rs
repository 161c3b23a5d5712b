//! The links of a text, each given a new target where it needs one; everything else stays as it was written.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::collection::Markup;

/// The attributes of HTML that hold a link.
const ATTRIBUTES: &[&str] = &["href", "src", "poster", "data-src"];

/// Rewrites the targets of a text's links and images, in Markdown and in HTML. `target` gives the new one, or `None` where the old
/// one may stay.
pub fn rewrite(text: &str, markup: Markup, target: &dyn Fn(&str) -> Option<String>) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    match markup {
        Markup::Markdown => markdown(text, target, &mut edits),
        Markup::Html => html(text, 0, target, &mut edits),
        Markup::Foreign(_) => {}
    }
    if edits.is_empty() {
        return text.to_owned();
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, with) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

fn markdown(text: &str, target: &dyn Fn(&str) -> Option<String>, edits: &mut Vec<(Range<usize>, String)>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, options).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        // `[label]: target`; the label itself cannot hold `]:`.
        let span = definition.span.clone();
        let from = text[span.clone()].find("]:").map(|at| span.start + at + 2);
        edits.extend(from.and_then(|from| edit(text, from, span.end, target)));
    }
    // The links that are open: where each ends, and where its last inner part ends.
    let mut open: Vec<(Range<usize>, usize)> = Vec::new();
    let mut starts = BTreeSet::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                starts.insert(range.start);
                if let Some((_, inner)) = open.last_mut() {
                    *inner = range.end;
                }
                let inner = if link_type == LinkType::Inline { range.start } else { usize::MAX };
                open.push((range, inner));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((range, inner)) = open.pop() else { continue };
                if inner != usize::MAX {
                    let from = text.get(inner..range.end).and_then(|part| part.find("](")).map(|at| inner + at + 2);
                    edits.extend(from.and_then(|from| edit(text, from, range.end, target)));
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => html(&text[range.clone()], range.start, target, edits),
            _ => {
                if let Some((_, inner)) = open.last_mut().filter(|(_, inner)| *inner != usize::MAX) {
                    *inner = range.end.max(*inner);
                }
            }
        }
    }
    double_brackets(text, &starts, edits);
}

/// Double brackets are a link by title in Byline, and were text to all others: `[[1]]` becomes `\[[1]]`, and around the text of an
/// ordinary link `[[1]](a.md)` becomes `[\[1\]](a.md)`. `links` is where ordinary links begin.
fn double_brackets(text: &str, links: &BTreeSet<usize>, edits: &mut Vec<(Range<usize>, String)>) {
    if !text.contains("[[") {
        return;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_WIKILINKS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) = event else { continue };
        let brackets = text[range.clone()].find("[[").filter(|_| matches!(link_type, LinkType::WikiLink { .. }));
        let Some(at) = brackets.map(|at| range.start + at) else { continue };
        let escapes = if links.contains(&range.start) { vec![at + 1, range.end - 2] } else { vec![at] };
        edits.extend(escapes.into_iter().map(|at| (at..at, "\\".to_owned())));
    }
}

/// The new target in the place of the one that begins at or after a byte.
fn edit(
    text: &str,
    from: usize,
    end: usize,
    target: &dyn Fn(&str) -> Option<String>,
) -> Option<(Range<usize>, String)> {
    let part = text.get(from..end)?;
    let start = from + part.len() - part.trim_start().len();
    let part = text.get(start..end)?;
    let range = match part.strip_prefix('<') {
        Some(inside) => start..start + inside.find('>')? + 2,
        None => start..start + length_of_target(part),
    };
    let written = text[range.clone()].trim_start_matches('<').trim_end_matches('>');
    // A backslash before a sign of punctuation, and a character by its name, are Markdown's own.
    let plain = unescaped(written);
    let new = target(&plain)?;
    (new != plain).then_some((range, new))
}

/// How long a target without angle brackets is: to the first blank, or to the bracket that closes the link.
fn length_of_target(part: &str) -> usize {
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in part.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            c if c.is_whitespace() || c.is_control() => return at,
            _ => {}
        }
    }
    part.len()
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    if out.contains("&amp;") { out.replace("&amp;", "&") } else { out }
}

/// The links of HTML: the values of `href`, `src` and their like within tags.
fn html(text: &str, offset: usize, target: &dyn Fn(&str) -> Option<String>, edits: &mut Vec<(Range<usize>, String)>) {
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        if let Some(comment) = text[start..].strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => at = start + 4 + end,
                None => return,
            }
            continue;
        }
        at = start + 1;
        if text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = tag(text, at, offset, target, edits);
        }
    }
}

/// The attributes of one tag; gives the place where it ends.
fn tag(
    text: &str,
    mut at: usize,
    offset: usize,
    target: &dyn Fn(&str) -> Option<String>,
    edits: &mut Vec<(Range<usize>, String)>,
) -> usize {
    let bytes = text.as_bytes();
    let skip = |mut at: usize, stop: &dyn Fn(u8) -> bool| {
        while at < bytes.len() && !stop(bytes[at]) {
            at += 1;
        }
        at
    };
    let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'=' | b'/');
    at = skip(at, &ends);
    loop {
        at = skip(at, &|byte| !(byte.is_ascii_whitespace() || byte == b'/'));
        if at >= bytes.len() || bytes[at] == b'>' {
            return at;
        }
        let name = at;
        at = skip(at + 1, &ends);
        let name = &text[name..at];
        let equals = skip(at, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(equals + 1, &|byte| !byte.is_ascii_whitespace());
        let range = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = skip(value + 1, &|byte| byte == *quote);
                at = (end + 1).min(bytes.len());
                value + 1..end
            }
            _ => {
                let end = skip(value, &|byte| byte.is_ascii_whitespace() || byte == b'>');
                at = end;
                value..end
            }
        };
        if ATTRIBUTES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            let written = text[range.clone()].replace("&amp;", "&");
            if let Some(new) = target(&written).filter(|new| *new != written) {
                let new = crate::model::escape::to_attribute(&new);
                edits.push((range.start + offset..range.end + offset, new));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(text: &str, markup: Markup) -> String {
        rewrite(text, markup, &|target| target.strip_prefix("old/").map(|rest| format!("/new/{rest}")))
    }

    #[test]
    fn every_kind_of_link_is_found_and_the_rest_stays() {
        let text = "[a](old/a.md) [![i](old/i.png \"T\")](<old/b c.md>) [r][] `[n](old/n)` <a href='old/d'>x</a>\n\n\
            [r]: old/r.md 'Title'\n\n    [code](old/code)\n\n<img alt=\"x\" src=old/e.png>\n";
        let expected = "[a](/new/a.md) [![i](/new/i.png \"T\")](/new/b c.md) [r][] `[n](old/n)` <a href='/new/d'>x</a>\n\n\
            [r]: /new/r.md 'Title'\n\n    [code](old/code)\n\n<img alt=\"x\" src=/new/e.png>\n";
        assert_eq!(moved(text, Markup::Markdown), expected);
    }

    #[test]
    fn double_brackets_stay_text() {
        let text = "[[a]] [[b]](old/b.md) `[[c]]` ![[d]] [[e]][f] [[f]]\n\n[f]: old/f.md\n\n    [[g]]\n";
        let expected =
            "\\[[a]] [\\[b\\]](/new/b.md) `[[c]]` !\\[[d]] [\\[e\\]][f] \\[[f]]\n\n[f]: /new/f.md\n\n    [[g]]\n";
        assert_eq!(moved(text, Markup::Markdown), expected);
    }

    #[test]
    fn html_is_read_tag_by_tag() {
        let text = "<!-- <a href=\"old/x\"> --><a title=\"a > b\" href = \"old/a\">old/b</a> < old/c <a href=";
        let expected = "<!-- <a href=\"old/x\"> --><a title=\"a > b\" href = \"/new/a\">old/b</a> < old/c <a href=";
        assert_eq!(moved(text, Markup::Html), expected);
    }

    #[test]
    fn broken_markup_ends() {
        for text in ["<a", "<a ", "<a b", "<a b=", "<a b='", "[a](", "[a](<", "<a/", "<a =", "[![](](", "<ü href=x"] {
            moved(text, Markup::Markdown);
            moved(text, Markup::Html);
        }
    }
}
