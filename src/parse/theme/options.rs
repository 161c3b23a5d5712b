//! A theme's options, and what a site sets them to.

use serde_json::Value;

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::front_matter::Extra;
use crate::model::suggest::nearest;
use crate::model::theme::{OptionKind, ThemeOption, ThemeValues};
use crate::parse::fields::{Fields, listed};
use crate::parse::node::{Entry, Kind, Node};

/// The words that `type` takes.
const TYPES: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("integer", Type::Integer),
    ("text", Type::Text),
    ("choice", Type::Choice),
    ("list", Type::List),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Bool,
    Integer,
    Text,
    Choice,
    List,
}

/// Reads one option: `{type, default, description, choices}`.
pub fn option(fields: &mut Fields<'_>, entry: &Entry) -> Option<ThemeOption> {
    let key = format!("options.{}", entry.key);
    let (mut kind, mut default, mut description, mut choices) = (None, None, String::new(), None);
    for below in fields.map(&key, &entry.value)? {
        let name = format!("{key}.{}", below.key);
        match below.key.as_str() {
            "type" => kind = Some(fields.choice(&name, &below.value, TYPES)?),
            "default" => default = Some(&below.value),
            "description" => description = fields.line(&name, &below.value).unwrap_or_default(),
            "choices" => choices = Some(fields.lines(&name, &below.value)?),
            _ => fields.unknown(below, &format!("{key}."), &["type", "default", "description", "choices"], true),
        }
    }
    let kind = match (kind, choices) {
        (None, _) => {
            fields.error(
                entry.at,
                format!("the option `{}` has no `type`", entry.key),
                "add `type: bool`, integer, text, choice or list",
            );
            return None;
        }
        (Some(Type::Choice), Some(choices)) if !choices.is_empty() => OptionKind::Choice(choices),
        (Some(Type::Choice), _) => {
            fields.error(
                entry.at,
                format!("the option `{}` has no `choices`", entry.key),
                "add `choices: [one, another]`",
            );
            return None;
        }
        (Some(Type::Bool), _) => OptionKind::Bool,
        (Some(Type::Integer), _) => OptionKind::Integer,
        (Some(Type::Text), _) => OptionKind::Text,
        (Some(Type::List), _) => OptionKind::List,
    };
    let default = default_value(fields, entry, &kind, default)?;
    Some(ThemeOption { name: entry.key.clone(), kind, default, description })
}

fn default_value(fields: &mut Fields<'_>, entry: &Entry, kind: &OptionKind, given: Option<&Node>) -> Option<Value> {
    let Some(node) = given else { return Some(zero(kind)) };
    if matches!(node.kind, Kind::Null) {
        return Some(zero(kind));
    }
    let value = taken(kind, &node.clone().into_json());
    if value.is_none() {
        let message =
            format!("the default of `{}` must be {}, and here is {}", entry.key, expected(kind), node.described());
        fields.error_of(Code::WrongType, node.at, message, "correct the default, or the `type`");
    }
    value
}

/// What an option without a default is.
fn zero(kind: &OptionKind) -> Value {
    match kind {
        OptionKind::Bool => Value::Bool(false),
        OptionKind::Integer => Value::from(0),
        OptionKind::Text => Value::from(""),
        OptionKind::Choice(choices) => Value::from(choices.first().map_or("", String::as_str)),
        OptionKind::List => Value::Array(Vec::new()),
    }
}

/// The value as the option's type takes it; numbers may stand for text.
fn taken(kind: &OptionKind, value: &Value) -> Option<Value> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(Value::from(text.as_str())),
        Value::Number(number) => Some(Value::from(number.to_string())),
        _ => None,
    };
    match kind {
        OptionKind::Bool => value.is_boolean().then(|| value.clone()),
        OptionKind::Integer => value.is_i64().then(|| value.clone()),
        OptionKind::Text => text(value),
        OptionKind::Choice(choices) => text(value).filter(|value| choices.iter().any(|choice| value == choice)),
        OptionKind::List => value.as_array()?.iter().map(text).collect::<Option<Vec<_>>>().map(Value::Array),
    }
}

fn expected(kind: &OptionKind) -> String {
    match kind {
        OptionKind::Bool => "true or false".to_owned(),
        OptionKind::Integer => "a whole number".to_owned(),
        OptionKind::Text => "text".to_owned(),
        OptionKind::Choice(choices) => {
            format!("one of {}", listed(&choices.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        OptionKind::List => "a list of texts".to_owned(),
    }
}

/// The values of a theme's options: what the site sets, checked, and the defaults of the others. `mark` says where
/// site.yaml sets an option.
pub fn check_options(options: &[ThemeOption], site: &Extra, mark: impl Fn(&str) -> Mark) -> Noted<ThemeValues> {
    let mut values = ThemeValues::new();
    let mut notes = Vec::new();
    for option in options {
        let value = match site.get(&option.name) {
            None | Some(Value::Null) => None,
            Some(given) => {
                let value = taken(&option.kind, given);
                if value.is_none() {
                    notes.push(wrong(option, given, mark(&option.name)));
                }
                value
            }
        };
        values.insert(option.name.clone(), value.unwrap_or_else(|| option.default.clone()));
    }
    let known = || options.iter().map(|option| option.name.as_str());
    for key in site.keys().filter(|key| !known().any(|name| name == *key)) {
        let hint = match nearest(key, known()) {
            Some(name) => format!("did you mean `{name}`?"),
            None if options.is_empty() => "the theme has no options: remove it".to_owned(),
            None => format!("the theme's options are {}", listed(&known().collect::<Vec<_>>())),
        };
        let message = format!("the theme has no option `{}`", crate::parse::node::excerpt(key));
        notes.push(Diagnostic::error(Code::Config, message).at(mark(key)).hint(hint));
    }
    Noted { value: values, diagnostics: notes }
}

fn wrong(option: &ThemeOption, given: &Value, mark: Mark) -> Diagnostic {
    let shown = crate::parse::node::excerpt(&given.to_string());
    let message = format!("`theme_options.{}` must be {}, and here is {shown}", option.name, expected(&option.kind));
    let near = match (&option.kind, given.as_str()) {
        (OptionKind::Choice(choices), Some(text)) => nearest(text, choices.iter().map(String::as_str)),
        _ => None,
    };
    let hint = match near {
        Some(choice) => format!("did you mean `{choice}`?"),
        None => format!("its default is {}", option.default),
    };
    Diagnostic::error(Code::WrongType, message).at(mark).hint(hint)
}
