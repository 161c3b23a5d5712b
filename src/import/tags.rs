//! Finding the tags of template languages in a text, and putting something else in their place.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as Markdown, TagEnd};

/// The longest tag, in bytes: what is longer is no tag, but a brace without its partner.
const LONGEST: usize = 4096;

/// A tag: `{{< figure src="a.png" >}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it opens with: `{{<`.
    pub opens: &'static str,
    /// What stands between its delimiters.
    pub inner: &'t str,
}

impl<'t> Tag<'t> {
    /// The first word between the delimiters.
    pub fn word(&self) -> &'t str {
        self.inner.split_whitespace().next().unwrap_or("")
    }

    /// What follows the first word.
    pub fn rest(&self) -> &'t str {
        let inner = self.inner.trim_start();
        inner[self.word().len().min(inner.len())..].trim()
    }
}

/// All tags of a text, in order. Delimiters come in pairs, those that begin another one's before it.
pub fn scan<'t>(text: &'t str, pairs: &[(&'static str, &'static str)]) -> Vec<Tag<'t>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let tag = pairs.iter().find(|(opens, _)| text[start..].starts_with(opens)).and_then(|(opens, closes)| {
            let from = start + opens.len();
            let mut limit = (from + LONGEST).min(text.len());
            while !text.is_char_boundary(limit) {
                limit -= 1;
            }
            let end = from + text[from..limit].find(closes)?;
            if ["{{", "{%"].iter().any(|other| text[from..end].contains(other)) {
                return None;
            }
            Some(Tag { range: start..end + closes.len(), opens, inner: &text[from..end] })
        });
        at = tag.as_ref().map_or(start + 1, |tag| tag.range.end);
        tags.extend(tag);
    }
    tags
}

/// What a tag is to its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side<'t> {
    /// It may open a pair of this name.
    Opens(&'t str),
    /// It closes the nearest open one of this name.
    Closes(&'t str),
    /// It stands alone.
    Alone,
}

/// For each tag the one that closes it, if one does.
pub fn partners<'t>(tags: &[Tag<'t>], side: impl Fn(&Tag<'t>) -> Side<'t>) -> Vec<Option<usize>> {
    let mut partner = vec![None; tags.len()];
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, tag) in tags.iter().enumerate() {
        match side(tag) {
            Side::Opens(name) => open.entry(name).or_default().push(at),
            Side::Closes(name) => {
                if let Some(opening) = open.get_mut(name).and_then(Vec::pop) {
                    partner[opening] = Some(at);
                }
            }
            Side::Alone => {}
        }
    }
    partner
}

/// A text that is written anew, piece by piece.
pub struct Rewriting<'t> {
    text: &'t str,
    out: String,
    at: usize,
    code: Vec<Range<usize>>,
}

impl<'t> Rewriting<'t> {
    /// Begins with a text. In Markdown, what stands in code is known.
    pub fn new(text: &'t str, markdown: bool) -> Self {
        let code = if markdown { code_ranges(text) } else { Vec::new() };
        Self { text, out: String::with_capacity(text.len()), at: 0, code }
    }

    /// Where the next piece begins that was not yet decided on.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Puts something in the place of some bytes; what precedes them stays.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        if range.start >= self.at {
            self.out.push_str(&self.text[self.at..range.start]);
            self.out.push_str(with);
            self.at = range.end;
        }
    }

    /// Puts a block of its own in the place of some bytes: blank lines set it apart from what stands around it.
    pub fn replace_block(&mut self, range: Range<usize>, with: &str) {
        if range.start < self.at {
            return;
        }
        self.out.push_str(&self.text[self.at..range.start]);
        let end = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(end);
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push_str(if self.out.ends_with('\n') { "\n" } else { "\n\n" });
        }
        self.out.push_str(with.trim_end_matches('\n'));
        self.out.push('\n');
        self.at = range.end;
        let rest = &self.text[self.at..];
        let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if rest[..line].trim().is_empty() {
            self.at += line;
        }
        if !self.text[self.at..].trim_start_matches([' ', '\t']).starts_with('\n') && self.at < self.text.len() {
            self.out.push('\n');
        }
    }

    /// Leaves a tag as it stands, but so that it is seen: outside of code and of the tags of HTML, as code.
    pub fn leave(&mut self, range: Range<usize>, markdown: bool) {
        let tag = &self.text[range.clone()];
        if self.is_code(range.start) || is_attribute(&self.text.as_bytes()[..range.start]) {
            return;
        }
        let shown =
            if markdown { code_span(tag) } else { format!("<code>{}</code>", crate::model::escape::to_text(tag)) };
        self.replace(range, &shown);
    }

    /// Whether a byte stands in code.
    pub fn is_code(&self, offset: usize) -> bool {
        let next = self.code.partition_point(|range| range.end <= offset);
        self.code.get(next).is_some_and(|range| range.contains(&offset))
    }

    /// The text written anew.
    pub fn finish(mut self) -> String {
        self.out.push_str(&self.text[self.at..]);
        self.out
    }
}

/// Whether a text ends within a tag of HTML, or within the target of a link. What is longer than a tag may be is none.
fn is_attribute(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(LONGEST)..];
    let opens = near.iter().rposition(|byte| matches!(byte, b'<' | b'>'));
    let in_tag = opens.is_some_and(|at| {
        near[at] == b'<' && near.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/')
    });
    in_tag || near.ends_with(b"](")
}

/// A text as inline code.
pub fn code_span(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Where code stands in a Markdown text.
fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Markdown::CodeBlock(_)) => open = Some(range.start),
            Event::End(TagEnd::CodeBlock) => ranges.extend(open.take().map(|start| start..range.end)),
            Event::Code(_) => ranges.push(range),
            _ => {}
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUGO: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}")];

    #[test]
    fn tags_are_found_and_braces_alone_are_none() {
        let text = "a {{< b c >}} { {{ d }} {{% /b %}} {{< open";
        let tags = scan(text, HUGO);
        let found: Vec<_> = tags.iter().map(|tag| (tag.word(), tag.rest())).collect();
        assert_eq!(found, [("b", "c"), ("/b", "")]);
    }

    #[test]
    fn partners_are_matched_by_name_or_by_nesting() {
        let tags = scan("{{< a >}}{{< b >}}{{< a >}}{{< /a >}}{{< /a >}}", HUGO);
        let side = |tag: &Tag<'static>| match tag.word().strip_prefix('/') {
            Some(name) => Side::Closes(name),
            None => Side::Opens(tag.word()),
        };
        assert_eq!(partners(&tags, side), [Some(4), None, Some(3), None, None]);
    }

    #[test]
    fn ten_thousand_open_braces_cost_no_more_than_their_length() {
        let text = "{{< ".repeat(100_000);
        assert!(scan(&text, HUGO).is_empty());
    }

    #[test]
    fn a_block_stands_apart_and_what_is_left_is_code() {
        let text = "one {{< x >}} two {{< y >}}\nthree `{{< z >}}`\n";
        let tags = scan(text, HUGO);
        let mut out = Rewriting::new(text, true);
        out.replace_block(tags[0].range.clone(), "BLOCK");
        out.leave(tags[1].range.clone(), true);
        out.leave(tags[2].range.clone(), true);
        assert_eq!(out.finish(), "one\n\nBLOCK\n\n two `{{< y >}}`\nthree `{{< z >}}`\n");
    }

    #[test]
    fn what_is_left_within_a_tag_of_html_or_a_target_stays_as_it_stands() {
        let text = "<a href=\"{{< x >}}\">{{< y >}}</a> [z]({{< z >}}) 1 <{{< w >}}";
        let tags = scan(text, HUGO);
        let mut out = Rewriting::new(text, true);
        tags.iter().for_each(|tag| out.leave(tag.range.clone(), true));
        assert_eq!(out.finish(), "<a href=\"{{< x >}}\">`{{< y >}}`</a> [z]({{< z >}}) 1 <`{{< w >}}`");
    }
}
