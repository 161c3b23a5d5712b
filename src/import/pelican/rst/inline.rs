//! Inline markup of reStructuredText.

use std::collections::BTreeMap;

use crate::import::index::written_target;
use crate::import::tags::code_span;

/// Where the names of links lead.
#[derive(Debug, Default)]
pub struct Targets {
    urls: BTreeMap<String, String>,
}

impl Targets {
    /// Gathers `.. _name: address` lines.
    pub fn gather(lines: &[&str]) -> Self {
        let target = |line: &&str| {
            let (name, url) = line.trim_start().strip_prefix(".. _")?.split_once(": ")?;
            Some((name.trim_matches('`').to_lowercase(), url.trim().to_owned()))
        };
        Self { urls: lines.iter().filter_map(target).collect() }
    }

    /// A text with its inline markup as Markdown's.
    pub fn inline(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let before = out.chars().next_back().unwrap_or(' ');
            let opens = !before.is_alphanumeric();
            let piece = match c {
                '\\' => {
                    let next = rest[1..].chars().next();
                    let length = 1 + next.map_or(0, char::len_utf8);
                    // An escaped blank only keeps two marks apart.
                    let shown =
                        if next.is_some_and(char::is_whitespace) { String::new() } else { rest[..length].to_owned() };
                    Some((shown, length))
                }
                '`' if opens || before == ':' => self.backticks(rest, &mut out),
                '[' if opens => note(rest),
                '<' => Some(("\\<".to_owned(), 1)),
                c if c.is_alphanumeric() && opens => self.named(rest),
                _ => None,
            };
            match piece {
                Some((piece, length)) => {
                    out.push_str(&piece);
                    rest = &rest[length..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }

    /// What stands between backticks: code, a link, or text with a role, whose name stands before it.
    fn backticks(&self, rest: &str, out: &mut String) -> Option<(String, usize)> {
        if let Some(code) = rest.strip_prefix("``") {
            let end = code.find("``")?;
            return Some((code_span(&code[..end]), end + 4));
        }
        let end = rest[1..].find('`')? + 1;
        let inner = &rest[1..end];
        let after = &rest[end + 1..];
        let underscores = after.len() - after.trim_start_matches('_').len();
        if underscores > 0 {
            let length = end + 1 + underscores.min(2);
            if let Some((name, url)) = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<')) {
                let name = if name.trim().is_empty() { url } else { name.trim() };
                let url = self.urls.get(&url.trim_end_matches('_').to_lowercase()).map_or(url, String::as_str);
                return Some((format!("[{name}]({})", written_target(url)), length));
            }
            return Some(match self.urls.get(&inner.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")) {
                Some(url) => (format!("[{inner}]({})", written_target(url)), length),
                None => (inner.to_owned(), length),
            });
        }
        let role = out.strip_suffix(':').and_then(|start| start.rfind(':').map(|at| (at, start[at + 1..].to_owned())));
        let role = role.filter(|(_, role)| {
            !role.is_empty() && role.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
        });
        let text = match &role {
            Some((at, role)) => {
                out.truncate(*at);
                match role.as_str() {
                    "code" | "literal" | "math" | "kbd" | "file" | "py" => code_span(inner),
                    "strong" => format!("**{inner}**"),
                    "sub" => format!("<sub>{inner}</sub>"),
                    "sup" => format!("<sup>{inner}</sup>"),
                    _ => format!("*{inner}*"),
                }
            }
            None => format!("*{inner}*"),
        };
        Some((text, end + 1))
    }

    /// A word that is a link: `name_`.
    fn named(&self, rest: &str) -> Option<(String, usize)> {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches('.');
        let name = word.strip_suffix('_');
        let url = name.and_then(|name| self.urls.get(&name.to_lowercase()));
        match (name, url) {
            (Some(name), Some(url)) => Some((format!("[{name}]({})", written_target(url)), word.len())),
            _ => Some((rest[..end].to_owned(), end)).filter(|_| end > 0),
        }
    }
}

/// `[1]_` refers to a footnote.
fn note(rest: &str) -> Option<(String, usize)> {
    let end = rest.find("]_")?;
    let label = &rest[1..end];
    let good = !label.is_empty()
        && label.len() < 40
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '-' | '_'));
    good.then(|| (format!("[^{}]", label.trim_start_matches('#')), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_markup_is_translated() {
        let targets = Targets::gather(&[".. _the log: https://log.example/a b", ".. _Quay: /quay/"]);
        let cases = [
            ("*a* **b** ``c < d``", "*a* **b** `c < d`"),
            (
                "`Here <https://x.example/>`_ and `the log`_.",
                "[Here](https://x.example/) and [the log](https://log.example/a%20b).",
            ),
            ("At Quay_, snake_case_ stays", "At [Quay](/quay/), snake_case_ stays"),
            ("See [1]_ and a :code:`x` <tag>", "See [^1] and a `x` \\<tag>"),
            ("`cited` text\\ s", "*cited* texts"),
            ("broken `open", "broken `open"),
            ("broken ``open", "broken ``open"),
        ];
        for (text, expected) in cases {
            assert_eq!(targets.inline(text), expected, "{text}");
        }
    }
}
