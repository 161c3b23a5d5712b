//! Code to HTML: each token in a `span` of a short class, at most sixteen of them, at a bounded cost and size.

mod memory;
mod scopes;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::model::escape;

pub use memory::Highlighter;
pub use scopes::CLASSES;

/// The grammars: a constant table.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// The longest line that is highlighted, in bytes: some grammars take time quadratic in it.
const LINE_LIMIT: usize = 2_000;
/// How many times its source's bytes a highlighted block may have.
const GROWTH_LIMIT: usize = 4;
/// What `<span class="k">` and `</span>` add.
const SPAN_COST: usize = 23;
/// The order in which classes are given up where the bound of growth would be passed: the least missed first.
const GIVEN_UP: [u8; 16] = *b"voelmaftngschidk";
/// How many bytes of code one article may have highlighted; what comes after stays plain.
pub const BUDGET: usize = 1 << 20;

/// Adds a code block: `info` is what stands behind the fence, its first word the language. The code's length is taken from
/// `budget`; a block that finds too little left stays plain.
pub fn block(out: &mut String, code: &str, info: &str, budget: &mut usize, highlighter: &mut Highlighter) {
    let language = language(info);
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        escape::attribute(out, language);
        out.push('"');
    }
    out.push('>');
    match syntax(language) {
        Some(syntax) if code.len() <= *budget => {
            *budget -= code.len();
            write_tokens(out, code, &highlighter.tokens(code, syntax, LINE_LIMIT));
        }
        _ => escape::text(out, code),
    }
    out.push_str("</code></pre>\n");
}

/// The language that a fence names: `rust` in `rust,linenos`, `rust {hl_lines=1}` and `{.rust}`.
fn language(info: &str) -> &str {
    let ends =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '{' | '}' | '"' | '\'' | '<' | '>' | '&');
    info.trim_start().trim_start_matches("{.").split(ends).next().unwrap_or("")
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    if language.is_empty() || language.len() > 40 {
        return None;
    }
    let name = match language.to_ascii_lowercase().as_str() {
        "text" | "txt" | "plain" | "plaintext" => return None,
        "shell" | "console" | "shell-session" => "bash",
        "jsonc" | "json5" => "json",
        "golang" => "go",
        "c++" => "cpp",
        "c#" | "csharp" => "cs",
        _ => language,
    };
    SYNTAXES.find_syntax_by_token(name)
}

/// A run of code of one class.
struct Token {
    range: Range<usize>,
    class: u8,
}

/// Adds a token; one of the class before it, blanks between them aside, lengthens that one.
fn push(tokens: &mut Vec<Token>, code: &str, range: Range<usize>, class: u8) {
    let Some(text) = code.get(range.clone()) else { return };
    let trimmed = text.trim_end();
    if class == scopes::PLAIN || trimmed.is_empty() {
        return;
    }
    let start = range.start + (text.len() - text.trim_start().len());
    let end = range.start + trimmed.len();
    match tokens.last_mut() {
        Some(last) if last.class == class && code[last.range.end..start].trim().is_empty() => last.range.end = end,
        _ => tokens.push(Token { range: start..end, class }),
    }
}

/// Writes the code with its tokens, giving up classes until it is small enough.
fn write_tokens(out: &mut String, code: &str, tokens: &[Token]) {
    let bound = code.len() * GROWTH_LIMIT;
    let mut size = escape::to_text(code).len();
    let mut counts = [0_usize; 256];
    for token in tokens {
        counts[usize::from(token.class)] += 1;
        size += SPAN_COST;
    }
    let mut given_up: &[u8] = &[];
    while size > bound && given_up.len() < GIVEN_UP.len() {
        size -= counts[usize::from(GIVEN_UP[given_up.len()])] * SPAN_COST;
        given_up = &GIVEN_UP[..=given_up.len()];
    }
    let mut at = 0;
    if size <= bound {
        for token in tokens.iter().filter(|token| !given_up.contains(&token.class)) {
            escape::text(out, &code[at..token.range.start]);
            out.push_str("<span class=\"");
            out.push(char::from(token.class));
            out.push_str("\">");
            escape::text(out, &code[token.range.clone()]);
            out.push_str("</span>");
            at = token.range.end;
        }
    }
    escape::text(out, &code[at..]);
}
