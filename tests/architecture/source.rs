//! A source file as the rules read it: its code without comments, literals and tests, and the paths that it names.

/// One file below `src/`.
pub struct SourceFile {
    /// Its path below `src/`, with `/`.
    pub path: String,
    /// Its text as written.
    pub text: String,
    /// Its text with comments, literals and test modules blanked; as many lines as `text`.
    pub code: String,
}

impl SourceFile {
    /// Reads a file's text.
    pub fn new(path: &str, text: &str) -> Self {
        let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
        let code = if is_test { String::new() } else { without_test_modules(&without_comments_and_literals(text)) };
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// The module that the file is: `["model", "path"]`; empty for the roots of the crate.
    pub fn module(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        if stem == "lib" || stem == "main" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
    }

    /// The file or folder directly below `src/` that holds it: `model`, `cli`, `main`.
    pub fn floor(&self) -> &str {
        self.path.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    /// The lines of code, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Every path of this crate that the code names, from the crate's root: `["model", "path", "Url"]`.
    pub fn crate_paths(&self) -> Vec<Vec<String>> {
        let mut found = paths_below(&self.code, "crate");
        found.extend(paths_below(&self.code, "byline"));
        for path in paths_below(&self.code, "self") {
            found.push([self.module(), path].concat());
        }
        for path in paths_below(&self.code, "super") {
            let ups = 1 + path.iter().take_while(|part| *part == "super").count();
            let module = self.module();
            let kept = module.len().saturating_sub(ups);
            found.push([&module[..kept], &path[ups - 1..]].concat());
        }
        found
    }

    /// Every path of the standard library that the code names: `["fs", "read"]`.
    pub fn std_paths(&self) -> Vec<Vec<String>> {
        paths_below(&self.code, "std")
    }
}

/// The paths that follow `ROOT::` wherever it stands, groups in braces spread out.
pub fn paths_below(code: &str, root: &str) -> Vec<Vec<String>> {
    let opening = format!("{root}::");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&opening) {
        let before = code[..at].chars().next_back();
        let inside = before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        if !inside {
            read_tree(&code[at + opening.len()..], &[], &mut found);
        }
    }
    found
}

/// Reads one use tree, adds its paths to `found` and returns what follows it.
fn read_tree<'a>(text: &'a str, above: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            let after = read_tree(rest, above, found).trim_start();
            let end = after.find([',', '}']).unwrap_or(after.len());
            rest = after[end..].trim_start_matches(',');
            if rest.is_empty() {
                return rest;
            }
        }
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    if end == 0 {
        found.push(above.to_vec());
        return text.strip_prefix('*').unwrap_or(text);
    }
    let path = [above, &[text[..end].to_owned()]].concat();
    let rest = &text[end..];
    match rest.strip_prefix("::") {
        Some(below) => read_tree(below, &path, found),
        None => {
            found.push(path);
            rest
        }
    }
}

/// Blanks comments, texts and characters, and keeps every line where it is.
pub fn without_comments_and_literals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, out.chars().next_back());
        if length == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    out
}

/// The length of the comment or literal that `rest` begins with; 0 where it begins with code.
fn token_length(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let raw = rest.trim_start_matches('b').strip_prefix('r').map(|tail| tail.trim_start_matches('#'));
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_length(rest);
    }
    if let Some(tail) = raw.filter(|tail| !in_word && tail.starts_with('"')) {
        let opening = rest.len() - tail.len() + 1;
        let closing = format!("\"{}", "#".repeat(rest[..opening].matches('#').count()));
        return rest[opening..].find(&closing).map_or(rest.len(), |at| opening + at + closing.len());
    }
    match rest.as_bytes()[0] {
        b'"' => quoted_length(rest, '"'),
        b'\'' if is_character(rest) => quoted_length(rest, '\''),
        _ => 0,
    }
}

/// Whether an apostrophe opens a character and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut next = rest.chars().skip(1);
    match next.next() {
        Some('\\') => true,
        Some(_) => next.next() == Some('\''),
        None => false,
    }
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

fn block_comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Blanks the item after each `#[cfg(test)]`, up to its closing brace or semicolon.
pub fn without_test_modules(code: &str) -> String {
    let mut out = code.to_owned();
    let starts: Vec<usize> = code.match_indices("#[cfg(test)]").map(|(at, _)| at).collect();
    for start in starts {
        let end = start + item_length(&code[start..]);
        let blank: String = code[start..end].chars().flat_map(blanks).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// As many blanks as the character has bytes, so that positions stay.
fn blanks(c: char) -> impl Iterator<Item = char> {
    std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())
}

fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            return at + 1;
        }
    }
    code.len()
}
