//! Simple reStructuredText to Markdown: headings, paragraphs, lists, code, pictures, notes, links. What is more than that stays as it
//! was written, in a block of code, and is noted.

mod directive;
mod inline;

use crate::import::collection::{Article, Markup, Notes};
use crate::import::embed;
use crate::model::diagnostic::Noted;
use inline::Targets;

/// How deep blocks may lie in each other.
const DEPTH: usize = 16;

/// An article's text.
pub fn convert(article: &Article) -> Noted<String> {
    let lines: Vec<&str> = article.body.lines().collect();
    let targets = Targets::gather(&lines);
    let mut offsets = Vec::with_capacity(lines.len());
    let mut offset = 0;
    for line in article.body.split_inclusive('\n') {
        offsets.push(offset);
        offset += line.len();
    }
    let mut setter = Setter { targets, styles: Vec::new(), notes: Notes::new(article), offsets };
    let lines: Vec<(usize, String)> =
        lines.into_iter().map(|line| line.replace('\t', "        ")).enumerate().collect();
    let blocks = setter.blocks(&lines, 0);
    Noted { value: blocks.join("\n\n") + "\n", diagnostics: setter.notes.into_inner() }
}

/// Lines, each with its number in the text.
type Lines = [(usize, String)];

struct Setter<'a> {
    targets: Targets,
    /// The styles of headings, in the order in which they were met.
    styles: Vec<(char, bool)>,
    notes: Notes<'a>,
    /// Where each line begins.
    offsets: Vec<usize>,
}

impl Setter<'_> {
    /// All blocks of some lines, as Markdown.
    fn blocks(&mut self, lines: &Lines, depth: usize) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            if lines[at].1.trim().is_empty() {
                at += 1;
                continue;
            }
            let (block, next) = self.block(lines, at, depth);
            out.extend(Some(block).filter(|block| !block.is_empty()));
            at = next.max(at + 1);
        }
        out
    }

    /// The block that begins at a line, and the line after it.
    fn block(&mut self, lines: &Lines, at: usize, depth: usize) -> (String, usize) {
        let line = lines[at].1.as_str();
        if depth >= DEPTH {
            return (self.left(lines, at, lines.len(), "what lies too deep"), lines.len());
        }
        if line.starts_with(' ') {
            let end = indented(lines, at);
            return (quoted(&self.blocks(&outdented(&lines[at..end]), depth + 1)), end);
        }
        if let Some((title, next)) = self.heading(lines, at) {
            return (title, next);
        }
        if line == ".." || line.starts_with(".. ") {
            return self.explicit(lines, at, depth);
        }
        if let Some(marker) = marker(line) {
            return self.list(lines, at, marker, depth);
        }
        if line.starts_with(">>> ") {
            let end = paragraph_end(lines, at);
            return (embed::code("python", &raw(&lines[at..end]), Markup::Markdown), end);
        }
        if line.starts_with("| ") || line == "|" {
            let end =
                lines[at..].iter().position(|(_, line)| !line.starts_with('|')).map_or(lines.len(), |end| at + end);
            let rows = lines[at..end].iter().map(|(_, line)| self.targets.inline(line.trim_start_matches('|').trim()));
            return (rows.collect::<Vec<_>>().join("\\\n"), end);
        }
        if is_table(line) {
            let end = paragraph_end(lines, at);
            return (self.left(lines, at, end, "a table"), end);
        }
        self.paragraph(lines, at, depth)
    }

    /// A heading with a line of signs below it, and perhaps above.
    fn heading(&mut self, lines: &Lines, at: usize) -> Option<(String, usize)> {
        let text = |at: usize| lines.get(at).map(|(_, line)| line.trim_end());
        let (over, title, under) = match is_rule(text(at)?) {
            true => (true, text(at + 1)?.trim(), text(at + 2).unwrap_or("")),
            false => (false, text(at)?, text(at + 1)?),
        };
        if !is_rule(under) || title.is_empty() || is_rule(title) {
            let alone = is_rule(text(at)?) && text(at)?.len() >= 4 && text(at + 1).is_none_or(str::is_empty);
            return alone.then(|| ("---".to_owned(), at + 1));
        }
        if over && text(at) != Some(under) {
            return None;
        }
        let style = (under.chars().next()?, over);
        let level = self.styles.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let title = self.targets.inline(title);
        Some((format!("{} {title}", "#".repeat((level + 2).min(6))), at + if over { 3 } else { 2 }))
    }

    /// A directive, a target, a footnote or a comment.
    fn explicit(&mut self, lines: &Lines, at: usize, depth: usize) -> (String, usize) {
        let end = at
            + 1
            + lines[at + 1..]
                .iter()
                .position(|(_, line)| !(line.is_empty() || line.starts_with(' ')))
                .unwrap_or(lines.len() - at - 1);
        let content = trimmed(&lines[at + 1..end]);
        let rest = lines[at].1.get(3..).unwrap_or("").trim();
        if let Some((name, argument)) = directive::head(rest) {
            let directive = directive::Directive::new(name, argument, content);
            if let Some(block) = self.directive(&directive, depth) {
                return (block, end);
            }
            return (self.left(lines, at, end, &format!("the directive `{name}`")), end);
        }
        if rest.starts_with('_') {
            return (String::new(), end);
        }
        if let Some((label, text)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let more = raw(&outdented(content));
            let text = format!("{} {}", text.trim(), more.trim()).trim().to_owned();
            return (format!("[^{}]: {}", label.trim_start_matches('#'), self.targets.inline(&text)), end);
        }
        if rest.starts_with('|') {
            return (self.left(lines, at, end, "a substitution"), end);
        }
        // A comment, which nobody was to see.
        (String::new(), end)
    }

    /// A list: each item with its own blocks.
    fn list(&mut self, lines: &Lines, at: usize, first: Marker, depth: usize) -> (String, usize) {
        let mut items = Vec::new();
        let mut next = at;
        let mut number = first.number.unwrap_or(1);
        while let Some(found) = lines
            .get(next)
            .and_then(|(_, line)| marker(line))
            .filter(|found| found.number.is_some() == first.number.is_some())
        {
            let width = found.width;
            let end = next
                + 1
                + lines[next + 1..]
                    .iter()
                    .position(|(_, line)| !(line.is_empty() || line.len() - line.trim_start().len() >= width))
                    .unwrap_or(lines.len() - next - 1);
            let mut own: Vec<(usize, String)> = vec![(lines[next].0, lines[next].1[width..].to_owned())];
            own.extend(lines[next + 1..end].iter().map(|(at, line)| (*at, line.get(width..).unwrap_or("").to_owned())));
            let sign = if first.number.is_some() { format!("{number}. ") } else { "- ".to_owned() };
            let blocks = self.blocks(&own, depth + 1).join("\n\n");
            let blank = " ".repeat(sign.len());
            let body = blocks.lines().enumerate().map(|(at, line)| match at {
                0 => format!("{sign}{line}"),
                _ if line.is_empty() => String::new(),
                _ => format!("{blank}{line}"),
            });
            items.push(body.collect::<Vec<_>>().join("\n"));
            number += 1;
            next = end;
        }
        (items.join("\n"), next)
    }

    /// A paragraph, a term with its definition, or a line that announces code.
    fn paragraph(&mut self, lines: &Lines, at: usize, depth: usize) -> (String, usize) {
        let mut end = paragraph_end(lines, at);
        if let Some(indent) = lines[at + 1..end].iter().position(|(_, line)| line.starts_with(' ')) {
            end = at + 1 + indent;
            if indent == 0 {
                let close = indented(lines, end);
                let term = self.targets.inline(lines[at].1.trim());
                let text = self.blocks(&outdented(&lines[end..close]), depth + 1).join("\n\n");
                let text: Vec<String> = text
                    .lines()
                    .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
                    .collect();
                return (format!("{term}\n: {}", text.join("\n").trim_start()), close);
            }
        }
        let text = raw(&lines[at..end]);
        let announces = text.trim_end().ends_with("::");
        let code = lines[end..]
            .iter()
            .position(|(_, line)| !line.is_empty())
            .map(|gap| end + gap)
            .filter(|code| lines[*code].1.starts_with(' '));
        if let (true, Some(code)) = (announces, code) {
            let close = indented(lines, code);
            let before = text.trim_end().trim_end_matches(':');
            let before = if before.is_empty() || before.ends_with(' ') {
                before.trim_end().to_owned()
            } else {
                format!("{before}:")
            };
            let block = embed::code("", &raw(&outdented(&lines[code..close])), Markup::Markdown);
            let before = self.targets.inline(&before);
            return (if before.is_empty() { block } else { format!("{before}\n\n{block}") }, close);
        }
        (self.targets.inline(&text), end)
    }

    /// Lines that stay as they are, noted.
    fn left(&mut self, lines: &Lines, at: usize, end: usize, what: &str) -> String {
        let offset = self.offsets.get(lines[at].0).copied().unwrap_or(0);
        self.notes.left(
            offset,
            format!("{what} of reStructuredText was not converted"),
            "write it as Markdown or HTML",
        );
        embed::code("rst", &raw(&lines[at..end]), Markup::Markdown)
    }
}

/// How an item of a list begins.
struct Marker {
    /// The width of its sign with the blank behind it.
    width: usize,
    /// Its number.
    number: Option<u32>,
}

fn marker(line: &str) -> Option<Marker> {
    if ["- ", "* ", "+ "].iter().any(|sign| line.starts_with(sign)) {
        let width = line.len() - line[1..].trim_start().len();
        return Some(Marker { width, number: None });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = if line.starts_with("#. ") {
        Some((1, 1))
    } else {
        line[..digits].parse().ok().filter(|_| digits < 4).map(|number| (digits, number))
    };
    let (sign, number) = number?;
    let rest = line[sign..].strip_prefix(['.', ')'])?;
    rest.starts_with(' ').then(|| Marker { width: line.len() - rest.trim_start().len(), number: Some(number) })
}

/// A line of one sign of punctuation.
fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3
        && line.chars().next().is_some_and(|c| c.is_ascii_punctuation() && line.chars().all(|other| other == c))
}

fn is_table(line: &str) -> bool {
    let signs = line.trim_end().chars().all(|c| matches!(c, '+' | '-' | '=' | ' '));
    signs && line.len() > 4 && (line.starts_with("+-") || (line.starts_with("==") && line.contains(' ')))
}

/// Where the indented lines that begin at `at` end.
fn indented(lines: &Lines, at: usize) -> usize {
    let end = lines[at..]
        .iter()
        .position(|(_, line)| !(line.trim().is_empty() || line.starts_with(' ')))
        .map_or(lines.len(), |end| at + end);
    let blank = lines[at..end].iter().rev().take_while(|(_, line)| line.trim().is_empty()).count();
    end - blank
}

fn paragraph_end(lines: &Lines, at: usize) -> usize {
    lines[at..].iter().position(|(_, line)| line.trim().is_empty()).map_or(lines.len(), |end| at + end)
}

/// Lines without the blanks that all of them begin with.
fn outdented(lines: &Lines) -> Vec<(usize, String)> {
    let width = lines
        .iter()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(_, line)| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    lines.iter().map(|(at, line)| (*at, line.get(width..).unwrap_or("").to_owned())).collect()
}

/// Lines without blank ones at both ends.
fn trimmed(lines: &Lines) -> &Lines {
    let blank = |(_, line): &&(usize, String)| line.trim().is_empty();
    let start = lines.iter().take_while(blank).count();
    let end = lines.iter().rev().take_while(blank).count();
    lines.get(start..lines.len() - end).unwrap_or_default()
}

fn raw(lines: &Lines) -> String {
    lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n")
}

fn quoted(blocks: &[String]) -> String {
    let text = blocks.join("\n\n");
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
