//! `pelicanconf.py`: its assignments of plain values, read without running anything.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// How deep values may be nested.
const DEPTH: usize = 16;

/// How long what a name stands for may be, in bytes, so that names of names cannot grow without bound.
const SHORT: usize = 4096;

/// Reads the assignments at the top level of a Python file whose values are texts, numbers, lists, tuples and mappings. What would
/// have to be run is passed over.
pub fn read(source: &str) -> BTreeMap<String, Value> {
    let mut settings = BTreeMap::new();
    let mut at = 0;
    while at < source.len() {
        let line = source[at..].find('\n').map_or(source.len(), |end| at + end + 1);
        let (names, start) = assigned(&source[at..line]);
        let start = at + start;
        at = line;
        if names.is_empty() {
            continue;
        }
        let mut reader = Reader { text: source, at: start };
        if let Some(value) = reader.sum(&settings) {
            settings.extend(names.into_iter().map(|name| (name.to_owned(), value.clone())));
            // A value of several lines is passed over whole.
            at = at.max(source[reader.at..].find('\n').map_or(source.len(), |end| reader.at + end + 1));
        }
    }
    settings
}

/// The names that a line assigns to, `A = B = 1` being two, and where the value begins.
fn assigned(line: &str) -> (Vec<&str>, usize) {
    let (mut names, mut at) = (Vec::new(), 0);
    while let Some((name, after)) = line[at..].split_once('=') {
        let name = name.trim_matches([' ', '\t']);
        let is_name = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        // What is indented belongs to a block, which may not be run.
        if name.is_empty() || !is_name || after.starts_with('=') || line.starts_with([' ', '\t']) {
            break;
        }
        names.push(name);
        at = line.len() - after.len();
    }
    (names, at)
}

/// How many of some bytes a value leaves; `None` if it is longer.
fn rest_of(bytes: usize, value: &Value) -> Option<usize> {
    let left = bytes.checked_sub(1 + value.as_str().map_or(0, str::len))?;
    match value {
        Value::Array(items) => items.iter().try_fold(left, rest_of),
        Value::Object(map) => map.values().try_fold(left, rest_of),
        _ => Some(left),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Passes over blanks and comments; over line ends too, where they mean nothing.
    fn skip(&mut self, lines: bool) {
        loop {
            let blank = |c: char| c == ' ' || c == '\t' || c == '\\' || (lines && (c == '\n' || c == '\r'));
            self.at += self.rest().len() - self.rest().trim_start_matches(blank).len();
            if !self.rest().starts_with('#') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            if !lines {
                return;
            }
        }
    }

    /// One value, or several with `+` between them.
    fn sum(&mut self, settings: &BTreeMap<String, Value>) -> Option<Value> {
        let mut whole = self.term(settings)?;
        loop {
            self.skip(false);
            if !self.rest().starts_with('+') {
                return Some(whole);
            }
            self.at += 1;
            whole = match (whole, self.term(settings)?) {
                (Value::String(one), Value::String(other)) => Value::String(one + &other),
                (Value::Array(one), Value::Array(other)) => one.into_iter().chain(other).collect(),
                _ => return None,
            };
            rest_of(SHORT, &whole)?;
        }
    }

    /// A value, or the name of a setting that has one.
    fn term(&mut self, settings: &BTreeMap<String, Value>) -> Option<Value> {
        self.skip(false);
        let end = self.rest().find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest().len());
        match settings.get(&self.rest()[..end]).filter(|value| rest_of(SHORT, value).is_some()) {
            Some(value) => {
                self.at += end;
                Some(value.clone())
            }
            None => self.value(0),
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip(depth > 0);
        if depth > DEPTH {
            return None;
        }
        match self.rest().chars().next()? {
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.map(depth),
            c if c.is_ascii_digit() || c == '-' => self.number(),
            _ => self.word(depth),
        }
    }

    fn list(&mut self, closes: char, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        let mut commas = 0;
        loop {
            self.skip(true);
            if self.rest().starts_with(closes) {
                self.at += 1;
                // What stands in parentheses without a comma is no tuple, but the value itself.
                return if closes == ')' && commas == 0 && items.len() == 1 { items.pop() } else { Some(items.into()) };
            }
            items.push(self.value(depth + 1)?);
            self.skip(true);
            if self.rest().starts_with(',') {
                self.at += 1;
                commas += 1;
            } else if !self.rest().starts_with(closes) {
                return None;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.skip(true);
            if self.rest().starts_with('}') {
                self.at += 1;
                return Some(Value::Object(map));
            }
            let key = self.value(depth + 1)?;
            self.skip(true);
            if !self.rest().starts_with(':') {
                return None;
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            map.insert(key.as_str().map_or_else(|| key.to_string(), str::to_owned), value);
            self.skip(true);
            if self.rest().starts_with(',') {
                self.at += 1;
            } else if !self.rest().starts_with('}') {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let length = self
            .rest()
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '_')))
            .unwrap_or(self.rest().len());
        let text = self.rest()[..length].replace('_', "");
        self.at += length;
        text.parse::<i64>().map(Value::from).or_else(|_| text.parse::<f64>().map(Value::from)).ok()
    }

    /// A text, several that stand side by side, or `True`, `False`, `None`.
    fn word(&mut self, depth: usize) -> Option<Value> {
        for (word, value) in [("True", Value::Bool(true)), ("False", Value::Bool(false)), ("None", Value::Null)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Some(value);
            }
        }
        let mut whole: Option<String> = None;
        while let Some(text) = self.text() {
            whole.get_or_insert_default().push_str(&text);
            self.skip(depth > 0);
        }
        whole.map(Value::from)
    }

    fn text(&mut self) -> Option<String> {
        let prefix = self.rest().len() - self.rest().trim_start_matches(['r', 'R', 'u', 'U', 'b', 'B']).len();
        let raw = self.rest()[..prefix].contains(['r', 'R']);
        let quoted = &self.rest()[prefix..];
        let quote =
            ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| quoted.starts_with(quote)).filter(|_| prefix <= 2)?;
        let mut out = String::new();
        let start = self.at + prefix + quote.len();
        let mut chars = self.text[start..].char_indices();
        while let Some((at, c)) = chars.next() {
            if self.text[start + at..].starts_with(quote) {
                self.at = start + at + quote.len();
                return Some(out);
            }
            match c {
                '\n' if quote.len() == 1 => return None,
                '\\' if !raw => match chars.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '\n' => {}
                    c @ ('\\' | '\'' | '"') => out.push(c),
                    c => out.extend(['\\', c]),
                },
                c => out.push(c),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_values_are_read_and_programs_are_not_run() {
        let source = "import os\nSITENAME = u'The Log'  # name\nSITEURL = ''\nTIMEZONE=\"Europe/Paris\"\n\
            DEFAULT_PAGINATION = 10\nRELATIVE_URLS = True\nPATH = os.environ['HOME']\nX == 3\n\
            MENUITEMS = (\n    ('Home', '/'),  # first\n    ('Log', '/log/'),\n)\nONE = ('a' 'b')\n\
            EXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}, }\nif True:\n    HIDDEN = 1\nLATER = r'a\\d'\n\
            A = B = 'x=y'\nC = A  # as above\nD = UNKNOWN\nE == F = 1\n\
            F = A + '/index.html'\nG = ['a'] + [\n    'b',\n]\nH = A + UNKNOWN\nI = A + 1\n";
        let read = read(source);
        assert_eq!(read["SITENAME"], json!("The Log"));
        assert_eq!(read["TIMEZONE"], json!("Europe/Paris"));
        assert_eq!(read["DEFAULT_PAGINATION"], json!(10));
        assert_eq!(read["RELATIVE_URLS"], json!(true));
        assert_eq!(read["MENUITEMS"], json!([["Home", "/"], ["Log", "/log/"]]));
        assert_eq!(read["ONE"], json!("ab"));
        assert_eq!(read["EXTRA_PATH_METADATA"], json!({"extra/robots.txt": {"path": "robots.txt"}}));
        assert_eq!(read["LATER"], json!("a\\d"));
        assert_eq!([&read["A"], &read["B"], &read["C"]], [&json!("x=y"); 3]);
        assert_eq!((&read["F"], &read["G"]), (&json!("x=y/index.html"), &json!(["a", "b"])));
        assert!(!read.contains_key("H") && !read.contains_key("I"));
        assert!(!read.contains_key("PATH") && !read.contains_key("X") && !read.contains_key("HIDDEN"));
    }

    #[test]
    fn broken_files_end() {
        for source in ["A = [", "A = '", "A = {'a'", "A = (((((((((((((((((((((", "A = \\", "A = '''x", "A = {1: [}"] {
            read(source);
        }
        read(&format!("A = {}", "[".repeat(100_000)));
        let read = read(&format!("A = 'x'\n{}", "A = A + A\n".repeat(100)));
        assert_eq!(read["A"].as_str().map(str::len), Some(2048));
    }
}
