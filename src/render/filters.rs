//! What templates can do with values, beyond the engine's own filters.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use tera::value::Key;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use crate::model::{escape, strings};

/// Every filter that a template may use: for "did you mean".
pub(super) const NAMES: &[&str] = &[
    "abs",
    "capitalize",
    "date",
    "default",
    "direction",
    "escape",
    "escape_html",
    "escape_xml",
    "fill",
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
    tera.register_filter("direction", direction);
    tera.register_filter("fill", fill);
    tera.register_filter("json", json);
    tera.register_filter("group_by", group_by);
}

/// `{{ article.card.published | date }}`: a date in the page's language, by one of the patterns of its strings (`date_long` if no
/// other is named) or by strftime. Takes a date of a view, a date as text, or an RFC 3339 time, in the offset that it is written in.
fn date(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let format: &str = kwargs.get("format")?.unwrap_or("date_long");
    let strings: Option<Value> = state.get("strings")?;
    let own = said(&strings, format).and_then(Value::as_str).unwrap_or(format);
    // Where a template has no strings, as in a theme's own feed, dates are in English.
    let pattern = if own == "date_long" { "%-d %B %Y" } else { own };
    let time = time_of(value).ok_or_else(|| Error::message(format!("`{value}` is no date")))?;
    let name = |list: &str, at: usize| Some(said(&strings, list)?.as_array()?.get(at)?.as_str()?.to_owned());
    let pattern = strings::localised(pattern, time, name);
    strtime::format(&pattern, time)
        .map_err(|error| Error::message(format!("the format `{format}` is not understood: {error}")))
}

/// What a page's strings have for a key.
fn said<'a>(strings: &'a Option<Value>, key: &str) -> Option<&'a Value> {
    strings.as_ref()?.as_map()?.get(&Key::from(key.to_owned()))
}

/// The local date and time that a value stands for.
fn time_of(value: &Value) -> Option<DateTime> {
    let text = match value.as_map() {
        Some(_) => value.get_from_path("machine")?.as_str()?,
        None => value.as_str()?,
    };
    let written = text.parse::<jiff::Timestamp>().ok().and_then(|instant| {
        // The written offset counts, not UTC.
        let offset: jiff::tz::Offset = offset_of(text)?;
        Some(offset.to_datetime(instant))
    });
    let time = written.or_else(|| text.parse::<DateTime>().ok());
    time.or_else(|| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)))
}

/// `{{ strings.page | fill(number=3) }}`: a text with its gaps filled; one that has forms for numbers takes the form for `count`.
/// What is filled in is escaped, unless a template has made it: the result is HTML.
fn fill(value: &Value, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
    let text = match value.as_map() {
        Some(forms) => {
            let count: usize = kwargs.get::<usize>("count")?.unwrap_or_default();
            let text = |key: &str| forms.get(&Key::from(key.to_owned())).and_then(Value::as_str);
            let form = text("language").map_or("other", |language| strings::form(language, count));
            text(form).or_else(|| text("other"))
        }
        None => value.as_str(),
    };
    let text = text.ok_or_else(|| Error::message("`fill` takes a text of `strings`"))?;
    let mut gaps: Vec<(&str, String)> = Vec::new();
    for (name, value) in kwargs.iter() {
        gaps.push((name.as_str().unwrap_or_default(), state.escape_if_needed(value)?));
    }
    let gap = |wanted: &str| gaps.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text.as_str().into());
    let text = if state.autoescaping_enabled() { state.escape(text)? } else { text.to_owned() };
    Ok(Value::safe_string(&strings::fill(&text, gap)))
}

/// `{{ card.language | direction }}`: `ltr` or `rtl`.
fn direction(language: &str, _: Kwargs, _: &State) -> &'static str {
    strings::direction(language)
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
    let map: Map = groups.into_iter().map(|(name, group)| (Key::from(name), Value::from(group))).collect();
    Ok(Value::from(map))
}
