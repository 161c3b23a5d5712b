//! JSON (RFC 8259) to nodes, each with its place.

use super::excerpt::Excerpt;
use super::node::{DEPTH_LIMIT, Entry, Kind, Node, without_duplicates};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Noted, Position};

/// Reads a document that is one value. Duplicate keys are errors; the first one counts.
pub fn read(excerpt: &Excerpt<'_>) -> Noted<Option<Node>> {
    let (noted, end) = read_first(excerpt);
    let rest = &excerpt.text[end..];
    if noted.value.is_none() || rest.trim().is_empty() {
        return noted;
    }
    let mut diagnostics = noted.diagnostics;
    let at = excerpt.text.len() - rest.trim_start().len();
    let note = Diagnostic::error(Code::Json, "text follows the JSON value").at(excerpt.mark(at));
    diagnostics.push(note.hint("a JSON file holds one value"));
    Noted { value: noted.value, diagnostics }
}

/// Reads the value that the text begins with; the other result is the byte offset where it ends.
pub fn read_first(excerpt: &Excerpt<'_>) -> (Noted<Option<Node>>, usize) {
    let mut reader = Reader { excerpt, at: 0, notes: Vec::new() };
    let value = match reader.value(0) {
        Ok(node) => Some(node),
        Err(fault) => {
            reader.notes.push(*fault);
            None
        }
    };
    (Noted { value, diagnostics: reader.notes }, reader.at)
}

type Read<T> = Result<T, Box<Diagnostic>>;

struct Reader<'a> {
    excerpt: &'a Excerpt<'a>,
    at: usize,
    notes: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.excerpt.text[self.at..]
    }

    fn place(&self) -> Position {
        self.excerpt.position(self.at)
    }

    fn fail<T>(&self, message: impl Into<String>, hint: &str) -> Read<T> {
        Err(Box::new(Diagnostic::error(Code::Json, message).at(self.excerpt.mark(self.at)).hint(hint)))
    }

    /// The next byte after white space, unread.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.rest().bytes().next()
    }

    fn value(&mut self, depth: usize) -> Read<Node> {
        let first = self.peek();
        let at = self.place();
        if depth > DEPTH_LIMIT {
            let message = format!("values are nested more than {DEPTH_LIMIT} levels deep");
            let note = Diagnostic::error(Code::Limit, message).at(self.excerpt.mark(self.at));
            return Err(Box::new(note.hint("flatten the lists and objects here")));
        }
        let kind = match first {
            Some(b'{') => Kind::Map(self.object(depth)?),
            Some(b'[') => Kind::List(self.array(depth)?),
            Some(b'"') => Kind::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node::new(kind, at))
    }

    fn word(&mut self) -> Read<Kind> {
        let words = [("true", Kind::Bool(true)), ("false", Kind::Bool(false)), ("null", Kind::Null)];
        for (word, kind) in words {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        match self.rest().chars().next() {
            None => self.fail("the text ends where a value must stand", "close what was opened"),
            Some('}' | ']') => self.fail("a value must stand here", "the last item takes no comma after it"),
            Some('\'') => self.fail("a value cannot begin with `'`", "use double quotes"),
            Some(c) => self.fail(format!("a value cannot begin with `{c}`"), "put text in double quotes"),
        }
    }

    fn number(&mut self) -> Read<Kind> {
        let rest = self.rest();
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let text = &rest[..end];
        let Ok(number) = serde_json::from_str::<serde_json::Number>(text) else {
            return self
                .fail(format!("`{text}` is not a number"), "write 12, -3 or 1.5; put other text in double quotes");
        };
        self.at += end;
        let float = || number.as_f64().unwrap_or(f64::INFINITY);
        Ok(number.as_i64().map_or_else(|| Kind::Float(float(), text.into()), |value| Kind::Integer(value, text.into())))
    }

    /// Finds the closing quote and leaves the escapes to serde_json.
    fn string(&mut self) -> Read<String> {
        let bytes = self.rest().as_bytes();
        let mut end = 1;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                b'\n' => {
                    return self.fail(
                        "the quote that opens here is not closed on its line",
                        "close it with `\"`; a line end is written `\\n`",
                    );
                }
                _ => end += 1,
            }
        }
        if end >= bytes.len() {
            return self.fail("the quote that opens here is never closed", "close it with `\"`");
        }
        match serde_json::from_str(&self.rest()[..=end]) {
            Ok(text) => {
                self.at += end + 1;
                Ok(text)
            }
            Err(error) => {
                // serde_json counts bytes of this one line from 1.
                self.at += error.column().saturating_sub(1).min(end);
                self.fail(
                    "the text has an escape or a control character that JSON does not know",
                    "write `\\\\` for a backslash and `\\t` for a tab",
                )
            }
        }
    }

    fn array(&mut self, depth: usize) -> Read<Vec<Node>> {
        let mut items = Vec::new();
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.closes(b']')? {
                return Ok(items);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Vec<Entry>> {
        let mut entries = Vec::new();
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(entries);
        }
        loop {
            if self.peek() != Some(b'"') {
                let hint = "write `\"key\": value`; the last one takes no comma after it";
                return self.fail("a key in double quotes must stand here", hint);
            }
            let at = self.place();
            let key = self.string()?;
            if self.peek() != Some(b':') {
                return self.fail("a colon must stand between a key and its value", "write `\"key\": value`");
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, at, value });
            if self.closes(b'}')? {
                return Ok(without_duplicates(entries, self.excerpt.path, &mut self.notes));
            }
        }
    }

    /// Reads the comma or the closing bracket after a value.
    fn closes(&mut self, close: u8) -> Read<bool> {
        let sign = self.peek();
        if sign == Some(b',') || sign == Some(close) {
            self.at += 1;
            return Ok(sign == Some(close));
        }
        let close = char::from(close);
        self.fail(
            format!("a comma or `{close}` must stand here"),
            "separate values with commas, and close what was opened",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::SitePath;

    fn fault(text: &str) -> (String, u32, u32) {
        let path = SitePath::new("data/a.json");
        let noted = read(&Excerpt::new(&path, text, 1));
        let note = noted.diagnostics.first().unwrap_or_else(|| panic!("no fault in {text}"));
        let at = note.mark.as_ref().unwrap().position.unwrap();
        assert!(note.hint.is_some());
        (note.message.clone(), at.line, at.column)
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#" {"a": [1, -2.5e3, "é\n\ud83d\ude00\/", true, null, 18446744073709551615], "b": {}, "c": []} "#;
        let path = SitePath::new("data/a.json");
        let noted = read(&Excerpt::new(&path, text, 1));
        assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
        let ours = noted.value.unwrap().into_json();
        let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(ours["a"][2], theirs["a"][2]);
        assert_eq!(ours["a"][1], theirs["a"][1]);
        assert_eq!(ours["b"], theirs["b"]);
    }

    #[test]
    fn faults_are_exact() {
        assert_eq!(fault("{\"a\": 1,\n}"), ("a key in double quotes must stand here".into(), 2, 1));
        assert_eq!(fault("{\"a\": 'x'}"), ("a value cannot begin with `'`".into(), 1, 7));
        assert_eq!(fault("{\"a\": \"x\n\"}"), ("the quote that opens here is not closed on its line".into(), 1, 7));
        assert_eq!(fault("{\"é\": \"\\q\"}").2, 9);
        assert_eq!(fault("{\"a\": 1,\n \"a\": 2}"), ("the key `a` is given twice".into(), 2, 2));
        assert_eq!(fault("[1 2]"), ("a comma or `]` must stand here".into(), 1, 4));
        assert_eq!(fault("{} x"), ("text follows the JSON value".into(), 1, 4));
        assert_eq!(fault(&"[".repeat(100_000)).1, 1);
        assert_eq!(fault("01"), ("`01` is not a number".into(), 1, 1));
    }
}
