//! TOML to nodes.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::excerpt::Excerpt;
use super::node::{DEPTH_LIMIT, Entry, Kind, Node};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Noted, Position};

/// How many errors of a file are reported: what follows the first may be but their consequence.
const ERRORS_LIMIT: usize = 20;

/// Reads a document. After errors the value is what could be read all the same.
pub fn read(excerpt: &Excerpt<'_>) -> Noted<Option<Node>> {
    let (table, errors) = DeTable::parse_recoverable(excerpt.text);
    let mut reader = Reader { excerpt, notes: Vec::new() };
    for error in errors.iter().take(ERRORS_LIMIT) {
        let note = reader.explain(error, table.get_ref());
        reader.notes.push(note);
    }
    let entries = reader.entries(table.into_inner(), 0);
    let value = Node::new(Kind::Map(entries), Position::new(excerpt.first_line, 1));
    Noted { value: Some(value), diagnostics: reader.notes }
}

struct Reader<'a> {
    excerpt: &'a Excerpt<'a>,
    notes: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn explain(&self, error: &::toml::de::Error, table: &DeTable<'_>) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        let mark = self.excerpt.mark(span.start);
        if error.message().contains("duplicate key") {
            let key = self.excerpt.text.get(span).unwrap_or("");
            let note = Diagnostic::error(Code::DuplicateKey, format!("the key `{}` is given twice", key.trim()));
            let first = first_of(table, key.trim().trim_matches(['"', '\'']), 0).map(|at| self.excerpt.mark(at));
            let note = note.at(mark).hint("keep one of the two");
            return match first {
                Some(first) => note.and(first, "it is given here first"),
                None => note,
            };
        }
        let line = self.excerpt.line(mark.position.map_or(1, |at| at.line));
        let hint = match line.split_once('=').map(|(_, value)| value.trim()) {
            None => "write `key = value`, or `[table]` on a line of its own",
            Some(value) if value.starts_with(|c: char| c.is_alphabetic()) => "put text in quotes: `key = \"text\"`",
            Some(_) => "put text in quotes, separate list items with commas, and close what was opened",
        };
        Diagnostic::error(Code::Toml, format!("this is not TOML: {}", error.message())).at(mark).hint(hint)
    }

    fn entries(&mut self, table: DeTable<'_>, depth: usize) -> Vec<Entry> {
        let mut keys: Vec<(Spanned<_>, Spanned<_>)> = table.into_iter().collect();
        // A table is sorted by key; the order in which its author wrote it is that of the places.
        keys.sort_by_key(|(key, _)| key.span().start);
        keys.into_iter()
            .map(|(key, value)| {
                let at = self.excerpt.position(key.span().start);
                Entry { key: key.into_inner().into_owned(), at, value: self.node(value, depth + 1) }
            })
            .collect()
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let at = self.excerpt.position(value.span().start);
        if depth > DEPTH_LIMIT {
            let message = format!("values are nested more than {DEPTH_LIMIT} levels deep");
            let mark = self.excerpt.mark(value.span().start);
            self.notes.push(Diagnostic::error(Code::Limit, message).at(mark).hint("flatten the tables here"));
            return Node::new(Kind::Null, at);
        }
        let kind = match value.into_inner() {
            DeValue::String(text) => Kind::Text(text.into_owned()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(value) => Kind::Integer(value, number.to_string().into()),
                Err(_) => Kind::Float(number.as_str().parse().unwrap_or(f64::INFINITY), number.to_string().into()),
            },
            DeValue::Float(number) => {
                Kind::Float(number.as_str().parse().unwrap_or(f64::INFINITY), number.to_string().into())
            }
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Datetime(moment) => Kind::Text(moment.to_string()),
            DeValue::Array(items) => Kind::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => Kind::Map(self.entries(table, depth)),
        };
        Node::new(kind, at)
    }
}

/// Where a key was given first, in this table or one below it.
fn first_of(table: &DeTable<'_>, key: &str, depth: usize) -> Option<usize> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    let own = table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, _)| name.span().start);
    own.or_else(|| {
        table.iter().find_map(|(_, value)| match value.get_ref() {
            DeValue::Table(below) => first_of(below, key, depth + 1),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::SitePath;

    fn notes(text: &str) -> (Node, Vec<Diagnostic>) {
        let path = SitePath::new("content/a.md");
        let noted = read(&Excerpt::new(&path, text, 2));
        (noted.value.unwrap(), noted.diagnostics)
    }

    #[test]
    fn values_keep_their_order_places_and_dates() {
        let (node, notes) = notes(
            "title = \"A\"\ndate = 2017-10-26T12:54:00+08:00\nday = 2017-10-26\n[extra]\nb = 1.50\na = [1, true]\n",
        );
        assert!(notes.is_empty(), "{notes:?}");
        let Kind::Map(entries) = node.kind else { panic!() };
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["title", "date", "day", "extra"]);
        assert_eq!(entries[0].value.at, Position::new(2, 9));
        assert_eq!(entries[1].value.kind, Kind::Text("2017-10-26T12:54:00+08:00".into()));
        assert_eq!(entries[2].value.kind, Kind::Text("2017-10-26".into()));
        assert_eq!(entries[3].value.clone().into_json(), serde_json::json!({"b": 1.5, "a": [1, true]}));
    }

    #[test]
    fn faults_are_located_in_the_file() {
        let (_, found) = notes("title = \"A\"\ntitle = \"B\"\ndraft = no\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].message, "the key `title` is given twice");
        assert_eq!(found[0].mark.as_ref().unwrap().position, Some(Position::new(3, 1)));
        assert_eq!(found[0].other.as_ref().unwrap().0.position, Some(Position::new(2, 1)));
        assert_eq!(found[1].code, Code::Toml);
        assert_eq!(found[1].mark.as_ref().unwrap().position.unwrap().line, 4);
        assert!(found[1].hint.as_ref().unwrap().contains("quotes"));
    }
}
