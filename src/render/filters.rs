//! What templates can do with values, beyond the engine's own filters.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use crate::model::escape;

/// Every filter that a template may use: for "did you mean".
pub(super) const NAMES: &[&str] = &[
    "abs",
    "capitalize",
    "date",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "json",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Every test that a template may use.
pub(super) const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Registers our filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("json", json);
    tera.register_filter("group_by", group_by);
}

/// `{{ article.card.published.machine | date(format="%-d %B %Y") }}`: a date or RFC 3339 time by strftime, in the offset that
/// it is written in.
fn date(value: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let format: &str = kwargs.get("format")?.unwrap_or("%Y-%m-%d");
    let time = value
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|instant| {
            // The written offset counts, not UTC.
            let offset: jiff::tz::Offset = offset_of(value)?;
            Some(offset.to_datetime(instant))
        })
        .or_else(|| value.parse::<DateTime>().ok())
        .or_else(|| value.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)));
    let time = time.ok_or_else(|| Error::message(format!("`{value}` is no date")))?;
    strtime::format(format, time)
        .map_err(|error| Error::message(format!("the format `{format}` is not understood: {error}")))
}

/// The offset at the end of an RFC 3339 time.
fn offset_of(text: &str) -> Option<jiff::tz::Offset> {
    if text.ends_with(['Z', 'z']) {
        return Some(jiff::tz::Offset::UTC);
    }
    let sign = text.rfind(['+', '-'])?;
    let (hours, minutes) = text[sign + 1..].split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    jiff::tz::Offset::from_seconds(if text[sign..].starts_with('-') { -seconds } else { seconds }).ok()
}

/// `{{ value | json }}`: JSON that is safe inside a script element.
fn json(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let value = serde_json::to_value(&value).map_err(|error| Error::message(error.to_string()))?;
    Ok(Value::safe_string(&escape::script_json(&value)))
}

/// `{{ list | group_by(attribute="published.year") }}`: a map from each value to the items that have it, in the order in which
/// values first occur. The engine's own filter has no order.
fn group_by(items: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let attribute: &str = kwargs.must_get("attribute")?;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for item in items {
        let Some(value) = item.get_from_path(attribute) else {
            return Err(Error::message(format!("an item has no attribute `{attribute}`")));
        };
        if value.is_none() {
            continue;
        }
        let name = value.to_string();
        let place = *places.entry(name.clone()).or_insert(groups.len());
        if place == groups.len() {
            groups.push((name, Vec::new()));
        }
        groups[place].1.push(item.clone());
    }
    let map: Map = groups.into_iter().map(|(name, group)| (tera::value::Key::from(name), Value::from(group))).collect();
    Ok(Value::from(map))
}
