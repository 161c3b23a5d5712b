//! Data files to values for templates: YAML, TOML, JSON, and CSV with a header row.

use serde_json::{Map, Value};

use super::encoding::utf8;
use super::excerpt::Excerpt;
use super::{json, toml, yaml};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted, Position};
use crate::model::source::Source;

/// The most that a data file may have, in bytes. YAML's reader takes much more memory than the others.
const LIMIT: usize = 8 * 1024 * 1024;
const YAML_LIMIT: usize = 4 * 1024 * 1024;

/// How many faults of a CSV file are reported.
const FAULTS_LIMIT: usize = 20;

/// Reads a data file by its extension. The value is `None` where any of it is in error.
pub fn parse(source: &Source) -> Noted<Option<Value>> {
    let extension = source.path.extension().to_ascii_lowercase();
    let limit = if matches!(extension.as_str(), "yaml" | "yml") { YAML_LIMIT } else { LIMIT };
    if source.bytes.len() > limit {
        let message = format!("the data file is longer than {} MiB", limit / 1024 / 1024);
        return failed(
            Diagnostic::error(Code::Limit, message).at(Mark::file(&source.path)).hint("split it, or shorten it"),
        );
    }
    let text = match utf8(&source.path, &source.bytes) {
        Ok(text) => text,
        Err(fault) => return failed(*fault),
    };
    let excerpt = Excerpt::new(&source.path, text, 1);
    let noted = match extension.as_str() {
        "yaml" | "yml" => yaml::read(&excerpt),
        "toml" => toml::read(&excerpt),
        "json" => json::read(&excerpt),
        "csv" => return csv_rows(source, text),
        _ => {
            let message = format!("`.{extension}` is no kind of data file");
            let note = Diagnostic::error(Code::Data, message).at(Mark::file(&source.path));
            return failed(note.hint("data files are .yaml, .toml, .json and .csv"));
        }
    };
    let fault = noted.diagnostics.iter().any(Diagnostic::is_error);
    let value = noted.value.filter(|_| !fault).map(|node| node.into_json());
    Noted { value, diagnostics: noted.diagnostics }
}

fn failed(fault: Diagnostic) -> Noted<Option<Value>> {
    Noted { value: None, diagnostics: vec![fault] }
}

/// A list of mappings from the header's names to the fields, all of them text.
fn csv_rows(source: &Source, text: &str) -> Noted<Option<Value>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::Headers).from_reader(text.as_bytes());
    let mut notes = Vec::new();
    let names: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(str::to_owned).collect(),
        Err(error) => {
            return failed(csv_fault(source, error.position().map_or(1, csv::Position::line), error.to_string()));
        }
    };
    for (index, name) in names.iter().enumerate() {
        if name.is_empty() || names[..index].contains(name) {
            let what = if name.is_empty() { "no name" } else { "the name of another column" };
            notes.push(csv_fault(source, 1, format!("column {} of the header row has {what}", index + 1)));
        }
        if notes.len() == FAULTS_LIMIT {
            break;
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        if notes.len() >= FAULTS_LIMIT {
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                notes.push(csv_fault(source, line, error.to_string()));
                break;
            }
        };
        if record.len() != names.len() {
            let line = record.position().map_or(1, csv::Position::line);
            let message = format!("the row has {} fields, and the header row has {}", record.len(), names.len());
            notes.push(csv_fault(source, line, message));
            continue;
        }
        let fields = names.iter().zip(&record).map(|(name, field)| (name.clone(), Value::from(field)));
        rows.push(Value::Object(fields.collect::<Map<_, _>>()));
    }
    let value = notes.is_empty().then_some(Value::Array(rows));
    Noted { value, diagnostics: notes }
}

fn csv_fault(source: &Source, line: u64, message: String) -> Diagnostic {
    let at = Position::new(u32::try_from(line).unwrap_or(u32::MAX), 1);
    Diagnostic::error(Code::Csv, message)
        .at(Mark::at(&source.path, at))
        .hint("give every row as many fields as the header row; put fields that hold commas or quotes in quotes")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::path::SitePath;

    fn read(name: &str, text: &str) -> Noted<Option<Value>> {
        parse(&Source::new(SitePath::new(name), text.as_bytes()))
    }

    #[test]
    fn all_notations_give_the_same_value() {
        let expected = json!({"a": [1, "two"]});
        for (name, text) in [
            ("data/a.yaml", "a: [1, two]"),
            ("data/a.toml", "a = [1, \"two\"]"),
            ("data/a.json", "{\"a\": [1, \"two\"]}"),
        ] {
            let noted = read(name, text);
            assert_eq!(noted.value, Some(expected.clone()), "{name}: {:?}", noted.diagnostics);
        }
        assert_eq!(
            read("data/a.csv", "\u{feff}name, n\r\n\"a, b\",1\r\n").value,
            Some(json!([{"name": "a, b", "n": "1"}]))
        );
    }

    #[test]
    fn a_short_row_and_an_unknown_kind_are_errors() {
        let noted = read("data/a.csv", "a,b\n1,2\n3\n4\n");
        assert_eq!(noted.value, None);
        let lines: Vec<u32> =
            noted.diagnostics.iter().map(|note| note.mark.clone().unwrap().position.unwrap().line).collect();
        assert_eq!(lines, [3, 4]);
        assert!(read("data/a.xml", "<a/>").diagnostics[0].message.contains(".xml"));
        assert_eq!(
            read("data/a.csv", "a,a\n").diagnostics[0].message,
            "column 2 of the header row has the name of another column"
        );
    }
}
