//! `byline schema`: what each kind of YAML file may say, as JSON Schema (draft 2020-12), for editors and other programs.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{DONE, MACHINE, Place, complain};
use crate::parse::front_matter;
use crate::{pipeline, read};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// site.yaml.
    Site,
    /// The front matter of an article, or the sidecar beside it.
    FrontMatter,
    /// The front matter of an _index.md.
    Section,
    /// content/authors.yaml.
    Authors,
    /// content/tags.yaml.
    Tags,
    /// The theme.yaml of a theme.
    Theme,
}

/// Which schema is asked for.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind of file; none lists them all.
    #[arg(value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    place: Place,
}

/// Prints a schema, or lists the kinds.
pub(super) fn run(arguments: &Schema) -> u8 {
    let Some(kind) = arguments.kind else {
        for kind in Kind::value_variants() {
            let value = kind.to_possible_value().unwrap_or_default();
            println!("{:14}{}", value.get_name(), value.get_help().cloned().unwrap_or_default());
        }
        return DONE;
    };
    let Some(schema) = schema(kind, &taxonomies(&arguments.place)) else {
        complain("the schema cannot be read", "please report it");
        return MACHINE;
    };
    println!("{schema:#}");
    DONE
}

/// The keys of the taxonomies of the site that the command is called in, if it is called in one.
fn taxonomies(place: &Place) -> Vec<String> {
    let root = match &place.site {
        Some(folder) => Some(folder.clone()),
        None => read::locate(std::path::Path::new(".")),
    };
    let config = root.and_then(|root| pipeline::config(&root).ok()).and_then(|noted| noted.value);
    config.map_or_else(Vec::new, |config| config.taxonomies.into_iter().map(|taxonomy| taxonomy.key).collect())
}

/// The schema of a kind of file.
fn schema(kind: Kind, taxonomies: &[String]) -> Option<Value> {
    let text = match kind {
        Kind::Site => include_str!("../../schemas/site.json"),
        Kind::FrontMatter => return front_matter(taxonomies),
        Kind::Section => return section(taxonomies),
        Kind::Authors => include_str!("../../schemas/authors.json"),
        Kind::Tags => include_str!("../../schemas/tags.json"),
        Kind::Theme => include_str!("../../schemas/theme.json"),
    };
    serde_json::from_str(text).ok()
}

/// Front matter knows a key for each taxonomy of the site's own, at the top and below `taxonomies`.
fn front_matter(taxonomies: &[String]) -> Option<Value> {
    let mut schema: Value = serde_json::from_str(include_str!("../../schemas/front-matter.json")).ok()?;
    for key in taxonomies {
        let terms = json!({
            "description": format!("Its terms in the taxonomy `{key}`."),
            "anyOf": [{"$ref": "#/$defs/empty"}, {"$ref": "#/$defs/lines"}],
        });
        schema["properties"]["taxonomies"]["anyOf"][1]["properties"][key] = terms.clone();
        schema["properties"][key] = terms;
    }
    Some(schema)
}

/// An _index.md may set most keys of front matter below `cascade`.
fn section(taxonomies: &[String]) -> Option<Value> {
    let mut schema: Value = serde_json::from_str(include_str!("../../schemas/section.json")).ok()?;
    let mut front = front_matter(taxonomies)?;
    let Value::Object(mut definitions) = front["$defs"].take() else { return None };
    let Value::Object(mut keys) = front["properties"].take() else { return None };
    keys.retain(|key, _| front_matter::may_cascade(key));
    let cascade =
        [("type", json!("object")), ("properties", Value::Object(keys)), ("additionalProperties", json!(false))];
    let cascade: Map<String, Value> = cascade.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    definitions.insert("cascade".to_owned(), Value::Object(cascade));
    schema["$defs"] = Value::Object(definitions);
    Some(schema)
}
