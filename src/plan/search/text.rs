//! The text of a body: what a reader sees of its HTML, on one line, for the index and for what is shown of it.

use crate::model::body::{Body, Datum, HoleKind};
use crate::model::escape;

/// Elements that stand within a line: what is on both sides of their tags may be one word.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose content is no text.
const SILENT: &[&str] = &["script", "style", "template", "head", "title", "noscript"];

/// Named references that articles have; Markdown writes no others, and what is not here stays as it stands.
const NAMED: &[(&str, char)] =
    &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' '), ("shy", '\u{ad}')];

/// The longest reference that is read, in bytes.
const LONGEST_REFERENCE: usize = 10;

/// The text of HTML, white space folded. Tags of blocks count as white space.
pub(super) fn of(html: &str) -> String {
    let mut text = Text { text: String::with_capacity(html.len() * 3 / 4), gap: false };
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('&') { text.reference(rest) } else { text.tag(rest) };
    }
    text.push(rest);
    text.text
}

/// The text of a body: that of its HTML, with what its formulas and blocks say in their places. Of a block, text and Markdown
/// count, and not the words that its template adds.
pub(super) fn of_body(body: &Body) -> String {
    if body.blocks.is_empty() && body.formulas.is_empty() {
        return of(&body.html);
    }
    let mut html = String::with_capacity(body.html.len() * 2);
    let mut from = 0;
    for hole in &body.holes {
        html.push_str(&body.html[from..hole.at as usize]);
        from = hole.at as usize;
        let at = hole.link as usize;
        match hole.kind {
            HoleKind::Block => {
                let data = body.blocks.get(at).into_iter().flat_map(|block| &block.data);
                data.for_each(|(_, value)| say(&mut html, value));
            }
            HoleKind::Formula => html.push_str(body.formulas.get(at).map_or("", |formula| formula)),
            _ => {}
        }
    }
    html.push_str(&body.html[from..]);
    of(&html)
}

/// Adds what a value of a block says.
fn say(html: &mut String, value: &Datum) {
    match value {
        Datum::Text(text) => {
            html.push_str("<p>");
            escape::text(html, text);
            html.push_str("</p>");
        }
        Datum::Markup(markup, _) => {
            for part in ["<p>", markup, "</p>"] {
                html.push_str(part);
            }
        }
        Datum::List(items) => items.iter().for_each(|item| say(html, item)),
        Datum::Map(entries) => entries.iter().for_each(|(_, value)| say(html, value)),
        Datum::None
        | Datum::Image(_)
        | Datum::Bool(_)
        | Datum::Integer(_)
        | Datum::Number(_)
        | Datum::Token(_)
        | Datum::Link(_) => {}
    }
}

struct Text {
    text: String,
    /// Whether white space precedes what comes next.
    gap: bool,
}

impl Text {
    fn push(&mut self, part: &str) {
        let mut words = part.split_ascii_whitespace();
        let Some(first) = words.next() else {
            self.gap |= !part.is_empty();
            return;
        };
        self.gap |= part.starts_with(|c: char| c.is_ascii_whitespace());
        self.word(first);
        for word in words {
            self.gap = true;
            self.word(word);
        }
        self.gap = part.ends_with(|c: char| c.is_ascii_whitespace());
    }

    fn word(&mut self, word: &str) {
        if self.gap && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.gap = false;
        self.text.push_str(word);
    }

    /// Takes the reference that the HTML begins with; returns what follows it.
    fn reference<'a>(&mut self, html: &'a str) -> &'a str {
        let end = html.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        if let Some((end, c)) = end.and_then(|end| Some((end, referred(&html[1..end])?))) {
            self.push(c.encode_utf8(&mut [0; 4]));
            return &html[end + 1..];
        }
        self.push("&");
        &html[1..]
    }

    /// Passes over the tag or comment that the HTML begins with, and over what a silent element holds; returns what follows.
    fn tag<'a>(&mut self, html: &'a str) -> &'a str {
        if let Some(comment) = html.strip_prefix("<!--") {
            return comment.find("-->").map_or("", |end| &comment[end + 3..]);
        }
        let opens = html[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        if !opens && !html[1..].starts_with(['/', '!', '?']) {
            self.push("<");
            return &html[1..];
        }
        let name = html[1..].trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is_one_of = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        self.gap |= !is_one_of(INLINE);
        let rest = &html[end_of_tag(html)..];
        if opens && is_one_of(SILENT) { &rest[end_of_element(rest, name)..] } else { rest }
    }
}

fn referred(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

/// The length of the tag that the HTML begins with; quoted values may hold `>`.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Where an element's content ends, or else the HTML.
fn end_of_element(html: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        let after = &html.as_bytes()[at + 2..];
        after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    html.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn blocks_part_words_and_marks_within_a_line_do_not() {
        assert_eq!(
            of("<h2 id=\"a\">One</h2>\n<p>two <em>th</em>ree,<br>four</p><ul><li>a</li><li>b</li></ul>"),
            "One two three, four a b"
        );
        assert_eq!(of("<pre><code><span class=\"k\">let</span> x\n= <span>1</span>;</code></pre>"), "let x = 1;");
    }

    #[test]
    fn references_are_what_they_stand_for() {
        assert_eq!(
            of("<p>R&amp;D &lt;b&gt; &#233;t&#xe9; a&nbsp;b &copy; &#0; AT&T &amp"),
            "R&D <b> été a b &copy; &#0; AT&T &amp"
        );
    }

    #[test]
    fn what_nobody_reads_is_no_text() {
        let html = "a<script>if (1 < 2) { \"</p>\" }</script>b<!-- c > d -->e<style>f</style><input value=\"g > h\">i";
        assert_eq!(of(html), "a be i");
    }

    #[test]
    fn markup_without_an_end_is_passed_over() {
        for html in ["a<", "a<!--", "a<b", "a<b c=\"", "a<script>", "a</", "a&", "a<script", "é&é;<é"] {
            assert!(of(html).starts_with(['a', 'é']), "{html}");
        }
        assert_eq!(of("1 < 2 <3"), "1 < 2 <3");
    }
}
