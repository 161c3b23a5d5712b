//! Every key at every depth: a key that the schema lists is known to the parser, and the parser knows no other.

use byline::parse;
use serde_json::{Map, Value, json};

use super::{KINDS, complaints, schema, unknown};

/// A key that nothing has, and that is near to none.
const STRANGER: &str = "qqqqqqqqqqqq";

/// A mapping somewhere in a schema.
struct Place {
    /// How a reader would call it: `menus.*[]`.
    name: String,
    /// A file in which the mapping at this place has these keys.
    file: Box<dyn Fn(Map<String, Value>) -> Value>,
    /// Keys that it must have in order to be read at all.
    given: Map<String, Value>,
    /// The keys that the schema lists.
    keys: Vec<String>,
    /// Whether others are allowed.
    open: bool,
}

/// All mappings of a schema.
struct Survey<'a> {
    root: &'a Value,
    found: Vec<Place>,
}

/// Makes a file of the value at a place.
type Wrap = std::rc::Rc<dyn Fn(Value) -> Value>;

impl Survey<'_> {
    fn visit(&mut self, schema: &Value, name: &str, wrap: &Wrap, given: &Map<String, Value>) {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(target.trim_start_matches('#')).expect("a definition").clone();
            self.visit(&target, name, wrap, given);
        }
        for branch in ["anyOf", "oneOf", "allOf"].iter().filter_map(|word| schema[word].as_array()).flatten() {
            self.visit(branch, name, wrap, given);
        }
        if let Some(then) = schema.get("then") {
            let mut given = given.clone();
            for (key, value) in schema["if"]["properties"].as_object().into_iter().flatten() {
                given.extend(value.get("const").map(|value| (key.clone(), value.clone())));
            }
            self.visit(then, name, wrap, &given);
        }
        if let Some(items) = schema.get("items") {
            let outer = wrap.clone();
            self.visit(items, &format!("{name}[]"), &wrapped(move |value| outer(json!([value]))), &Map::new());
        }
        if schema["type"] == "object" || schema["type"] == json!(["object", "null"]) {
            self.mapping(schema, name, wrap, given);
        }
    }

    fn mapping(&mut self, schema: &Value, name: &str, wrap: &Wrap, given: &Map<String, Value>) {
        let outer = wrap.clone();
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        self.found.push(Place {
            name: name.to_owned(),
            file: Box::new(move |keys| outer(Value::Object(keys))),
            given: given.clone(),
            keys: properties.keys().cloned().collect(),
            open: schema["additionalProperties"] != Value::Bool(false),
        });
        for (key, below) in &properties {
            self.below(key, below, name, wrap, given);
        }
        if schema["additionalProperties"].is_object() {
            self.below("sample", &schema["additionalProperties"], name, wrap, given);
        }
    }

    fn below(&mut self, key: &str, schema: &Value, name: &str, wrap: &Wrap, given: &Map<String, Value>) {
        let (outer, given, own) = (wrap.clone(), given.clone(), key.to_owned());
        let wrap = wrapped(move |value| {
            let mut keys = given.clone();
            keys.insert(own.clone(), value);
            outer(Value::Object(keys))
        });
        self.visit(schema, format!("{name}.{key}").trim_start_matches('.'), &wrap, &Map::new());
    }
}

fn wrapped(make: impl Fn(Value) -> Value + 'static) -> Wrap {
    std::rc::Rc::new(make)
}

fn places(kind: &str) -> Vec<Place> {
    let root = schema(kind);
    let mut survey = Survey { root: &root, found: Vec::new() };
    survey.visit(&root, "", &wrapped(|value| value), &Map::new());
    survey.found
}

/// What the parser says of a mapping that has one more key.
fn with(kind: &str, place: &Place, key: &str) -> Option<byline::model::diagnostic::Diagnostic> {
    let mut keys = place.given.clone();
    // An empty value of a stranger may be passed over.
    let value = if key == STRANGER { json!(7) } else { Value::Null };
    keys.entry(key).or_insert(value);
    unknown(&complaints(kind, &(place.file)(keys).to_string()), key)
}

#[test]
fn the_parsers_know_the_keys_of_the_schemas_and_no_others() {
    let mut closed = 0;
    for kind in KINDS {
        for place in places(kind) {
            let at = format!("{kind}, {:?}", place.name);
            let complaint = with(kind, &place, STRANGER);
            // In front matter, and the cascades of it, keys of one's own belong below `extra`: its hint is no list.
            let free = kind == "front-matter" && place.name.is_empty() || place.name.ends_with("cascade");
            match complaint {
                None => assert!(place.open, "{at}: the parser takes any key, and the schema does not"),
                Some(note) => {
                    closed += 1;
                    assert!(!place.open, "{at}: the parser does not take any key, and the schema does: {note:?}");
                    let hint = note.hint.unwrap_or_default();
                    let list = hint.split(';').next().unwrap_or_default();
                    let known: Vec<&str> = list.split('`').skip(1).step_by(2).filter(|_| !free).collect();
                    assert!(free || !known.is_empty(), "{at}: {hint:?} lists no keys");
                    let missing: Vec<_> =
                        known.iter().filter(|key| !place.keys.iter().any(|own| own == *key)).collect();
                    assert!(missing.is_empty(), "{at}: the schema lacks {missing:?}");
                }
            }
            for key in &place.keys {
                let complaint = with(kind, &place, key);
                assert!(complaint.is_none(), "{at}: the parser does not know `{key}`: {complaint:?}");
            }
        }
    }
    assert!(closed > 30, "only {closed} mappings were looked at");
}

#[test]
fn the_top_keys_are_those_of_the_parsers() {
    let keys = |kind: &str| {
        let mut keys: Vec<String> = schema(kind)["properties"].as_object().expect("keys").keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |keys: Vec<&str>| {
        let mut keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys("site"), sorted(parse::config::KEYS.to_vec()));
    assert_eq!(keys("front-matter"), sorted(parse::front_matter::KEYS.iter().map(|(key, _)| *key).collect()));
    let cascade = schema("section")["$defs"]["cascade"]["properties"].as_object().expect("keys").clone();
    for (key, _) in parse::front_matter::KEYS {
        let taken = complaints("section", &json!({"cascade": {*key: null}}).to_string());
        let refused = taken.iter().any(|note| note.code == byline::model::code::Code::Cascade);
        assert_eq!(cascade.contains_key(*key), !refused, "cascade.{key}");
    }
}

#[test]
fn the_defaults_of_the_schema_are_those_of_the_parser() {
    let schema = schema("site");
    let (mut file, mut count) = (Map::new(), 0);
    for (key, below) in schema["properties"].as_object().expect("keys") {
        let mut default = below.get("default").cloned();
        for (inner, deeper) in below["properties"].as_object().into_iter().flatten() {
            if let Some(value) = deeper.get("default") {
                count += 1;
                default.get_or_insert_with(|| json!({}))[inner] = value.clone();
            }
        }
        count += usize::from(below.get("default").is_some());
        file.extend(default.map(|value| (key.clone(), value)));
    }
    assert!(count > 15, "{count} defaults only");
    let path = byline::model::path::SitePath::new("site.yaml");
    let source = byline::model::source::Source::new(path, Value::Object(file).to_string().into_bytes());
    assert_eq!(
        format!("{:?}", parse::config::parse(&source).value),
        format!("{:?}", Some(parse::config::default_config()))
    );
}
