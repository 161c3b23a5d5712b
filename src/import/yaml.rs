//! Values to YAML as a person would write it: plain text where nothing can be misread, quotes where something could.

use serde_json::{Map, Value};

/// The longest list, in characters, that stands on one line.
const LINE: usize = 90;

/// How deep values are written out; deeper ones, which readers refuse, become JSON in a text.
const DEPTH: usize = 24;

/// A mapping as a document: one key to a line, in the mapping's own order.
pub fn document(map: &Map<String, Value>) -> String {
    let mut out = String::new();
    entries(&mut out, map, 0);
    out
}

fn entries(out: &mut String, map: &Map<String, Value>, depth: usize) {
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            indent(out, depth);
        }
        out.push_str(&scalar(key, false));
        out.push(':');
        below(out, value, depth);
    }
}

/// What follows a key's colon.
fn below(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) if !map.is_empty() && depth < DEPTH => {
            out.push('\n');
            indent(out, depth + 1);
            entries(out, map, depth + 1);
        }
        Value::Array(items) if !items.is_empty() && depth < DEPTH => match on_one_line(items) {
            Some(line) => {
                out.push(' ');
                out.push_str(&line);
                out.push('\n');
            }
            None => {
                out.push('\n');
                list(out, items, depth + 1);
            }
        },
        Value::String(text) if is_block(text) => block(out, text, depth + 1),
        _ => {
            out.push(' ');
            out.push_str(&leaf(value, false));
            out.push('\n');
        }
    }
}

fn list(out: &mut String, items: &[Value], depth: usize) {
    for item in items {
        indent(out, depth);
        out.push('-');
        match item {
            Value::Object(map) if !map.is_empty() && depth < DEPTH => {
                out.push(' ');
                entries(out, map, depth + 1);
            }
            // A list in a list keeps to one line: blocks of dashes within dashes are read by nobody.
            Value::Array(_) => {
                out.push(' ');
                out.push_str(&item.to_string().replace('\u{7f}', "\\u007f"));
                out.push('\n');
            }
            _ => {
                out.push(' ');
                out.push_str(&leaf(item, false));
                out.push('\n');
            }
        }
    }
}

/// Two blanks for each level; a mapping's first key in a list stands behind the dash, which is as wide.
fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// A list of short scalars between brackets.
fn on_one_line(items: &[Value]) -> Option<String> {
    if items.iter().any(|item| matches!(item, Value::Array(_) | Value::Object(_))) {
        return None;
    }
    let items: Vec<String> = items.iter().map(|item| leaf(item, true)).collect();
    let line = format!("[{}]", items.join(", "));
    (line.chars().count() <= LINE).then_some(line)
}

/// A value without anything below it.
fn leaf(value: &Value, in_list: bool) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => scalar(text, in_list),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Array(_) | Value::Object(_) => quoted(&value.to_string()),
    }
}

/// A text, in quotes unless it reads as itself without them.
pub fn scalar(text: &str, in_list: bool) -> String {
    if is_plain(text, in_list) { text.to_owned() } else { quoted(text) }
}

/// Whether a text without quotes is that text, and nothing else, to every reader of YAML.
fn is_plain(text: &str, in_list: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if !(first.is_alphanumeric() || first == '/' || first == '(') || text.ends_with([' ', ':']) {
        return false;
    }
    let mut before = ' ';
    for c in text.chars() {
        let good = match c {
            ':' => !in_list,
            '#' => before != ' ',
            ' ' => before != ':',
            c => c.is_alphanumeric() || "-_./+()'!?;=~$^–—’‘“”…".contains(c) || (c == ',' && !in_list),
        };
        if !good {
            return false;
        }
        before = c;
    }
    !is_other(text)
}

/// Whether a plain text would be read as a truth value, a number or nothing.
fn is_other(text: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "infinity", "nan"];
    let lower = text.to_ascii_lowercase();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | ':' | '+' | '-' | 'e');
    WORDS.contains(&lower.as_str())
        || text.parse::<f64>().is_ok()
        || ["0x", "0o", "0b"].iter().any(|prefix| lower.starts_with(prefix))
        || (lower.starts_with(|c: char| c.is_ascii_digit()) && lower.chars().all(digits) && !is_date(text))
}

/// `2017-10-26` is text to every reader of YAML 1.2, and a date to the others.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && !text.contains(['_', 'e'])
}

/// A text in double quotes, with every sign escaped that would end it or is not to be seen.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match u32::from(c) {
            code @ (0x7f..=0x9f | 0x2028 | 0x2029 | 0xfeff | 0xfffe | 0xffff) => {
                out.push_str(&format!("\\u{code:04x}"));
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a text of several lines can stand as it is.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let shown =
        |c: char| c == '\n' || (!c.is_control() && !matches!(u32::from(c), 0x2028 | 0x2029 | 0xfeff | 0xfffe..=0xffff));
    body.contains('\n')
        && body.chars().all(shown)
        && body.lines().all(|line| !line.ends_with(' ') && !line.starts_with(' '))
        && !body.starts_with('\n')
        && !body.ends_with('\n')
}

fn block(out: &mut String, text: &str, depth: usize) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.lines() {
        if !line.is_empty() {
            indent(out, depth);
            out.push_str(line);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::SitePath;
    use crate::parse::excerpt::Excerpt;
    use crate::parse::yaml;
    use proptest::prelude::*;
    use serde_json::json;

    fn read_back(text: &str) -> Value {
        let path = SitePath::new("content/a.md");
        let noted = yaml::read(&Excerpt::new(&path, text, 1));
        assert!(noted.diagnostics.is_empty(), "{:?}\n{text}", noted.diagnostics);
        noted.value.expect("a value").into_json()
    }

    fn map(value: Value) -> Map<String, Value> {
        let Value::Object(map) = value else { panic!("a mapping") };
        map
    }

    #[test]
    fn front_matter_looks_as_a_person_would_write_it() {
        let front = map(json!({
            "title": "The ferry: late again",
            "date": "2017-10-26 12:54",
            "tags": ["Ferry", "South Quay", "no", "1.10"],
            "url": "/2017/10/the-ferry/",
            "image": {"src": "a b.png", "alt": ""},
            "authors": [{"name": "The Harbour Desk", "role": "Words"}],
            "draft": true,
            "bio": "One line.\n\nAnother.\n",
        }));
        let text = "title: \"The ferry: late again\"\ndate: 2017-10-26 12:54\ntags: [Ferry, South Quay, \"no\", \"1.10\"]\n\
            url: /2017/10/the-ferry/\nimage:\n  src: a b.png\n  alt: \"\"\nauthors:\n  - name: The Harbour Desk\n    role: Words\n\
            draft: true\nbio: |\n  One line.\n\n  Another.\n";
        assert_eq!(document(&front), text);
        assert_eq!(read_back(text), Value::Object(front));
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[ -~]{0,12}",
            "[-0-9.:eExXob_+]{1,8}",
            "(true|No|~|null|NaN|\\.inf|0x1f|1_000|12:30:45|<<|=)",
            "[a-z:# \n\t'\"-]{0,16}",
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e9..1e9f64).prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[ -~é]{1,8}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().filter(|(key, _)| key != "<<").collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(entries in prop::collection::btree_map("[ -~]{1,8}", value(), 1..6)) {
            let front: Map<String, Value> = entries.into_iter().filter(|(key, _)| key != "<<").collect();
            prop_assume!(!front.is_empty());
            prop_assert_eq!(read_back(&document(&front)), Value::Object(front));
        }
    }

    #[test]
    fn what_is_too_deep_is_written_as_text() {
        let deep = (0..60).fold(json!("x"), |inner, _| json!({ "a": inner }));
        let text = document(&map(deep));
        assert!(text.lines().count() < 40);
        read_back(&text);
    }
}
