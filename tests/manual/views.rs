//! The reference of what templates see, made from the source of the views: every struct that a template can reach.

use byline::model::view::shape::{Shape, shapes};

/// The reference as Markdown.
pub fn reference() -> String {
    let shapes = shapes();
    let mut reached: Vec<bool> = shapes.iter().map(|shape| templates(&shape.doc).is_some()).collect();
    let mut queue: Vec<usize> = (0..shapes.len()).filter(|at| reached[*at]).collect();
    while let Some(at) = queue.pop() {
        for kind in shapes[at].fields.iter().flat_map(|field| words(&field.kind)) {
            for (other, shape) in shapes.iter().enumerate() {
                // The answers to queries are an enum of lists: see `kind_of`.
                let wanted = shape.name == kind || (kind == "Answers" && shape.name == "SectionBlock");
                if wanted && !reached[other] {
                    reached[other] = true;
                    queue.push(other);
                }
            }
        }
    }
    let shown: Vec<&Shape> =
        shapes.iter().zip(&reached).filter(|(_, reached)| **reached).map(|(shape, _)| shape).collect();
    shown.iter().map(|shape| section(shape, &shown)).collect()
}

/// The templates that a struct is the view of, and what is said of it beyond them.
fn templates(doc: &str) -> Option<(Vec<&str>, &str)> {
    let (names, rest) = doc.split_once(": ").unwrap_or((doc.strip_suffix('.').unwrap_or(doc), ""));
    let names: Vec<&str> = names.split(" and ").flat_map(|names| names.split(", ")).collect();
    let bare: Vec<&str> = names.iter().filter_map(|name| template_name(name)).collect();
    (bare.len() == names.len()).then_some((bare, rest))
}

fn template_name(code: &str) -> Option<&str> {
    let name = code.strip_prefix('`')?.strip_suffix('`')?;
    (name.ends_with(".html") || name.ends_with(".xml")).then_some(name)
}

fn section(shape: &Shape, shown: &[&Shape]) -> String {
    let (title, said) = match templates(&shape.doc) {
        Some((names, rest)) => (names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "), rest),
        None => (title(&shape.name), shape.doc.as_str()),
    };
    let said = if said.is_empty() { String::new() } else { format!("{}\n\n", upper_first(said)) };
    let mut text =
        format!("### {title} {{#{}}}\n\n{said}| field | type | meaning |\n|:------|:-----|:--------|\n", anchor(shape));
    for field in &shape.fields {
        text += &format!(
            "| `{}` | {} | {} |\n",
            field.name,
            kind_of(&field.kind, &field.doc, shown),
            field.doc.replace('|', "\\|")
        );
    }
    text + "\n"
}

/// A type as a template's author would call it.
fn kind_of(kind: &str, doc: &str, shown: &[&Shape]) -> String {
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(kind) = inner("Option<") {
        return format!("{} or null", kind_of(kind, doc, shown));
    }
    if let Some(kind) = inner("Shared<").or_else(|| inner("Box<")).or_else(|| inner("Deferred<")) {
        return kind_of(kind, doc, shown);
    }
    if let Some(kind) = inner("Vec<") {
        return format!("list of {}", kind_of(kind, doc, shown));
    }
    if let Some(kind) = inner("BTreeMap<String, ") {
        return format!("map of {}", kind_of(kind, doc, shown));
    }
    match kind {
        "String" if words(doc).any(|word| word == "HTML") => "HTML".to_owned(),
        "BodyView" => "HTML".to_owned(),
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u8" | "u32" | "i8" | "i16" => "number".to_owned(),
        "Extra" => "map".to_owned(),
        "Strings" => "map of [strings](strings.md)".to_owned(),
        "Value" => "any value".to_owned(),
        "Answers" => "map of [answers](options-and-queries.md#queries)".to_owned(),
        name => match shown.iter().find(|shape| shape.name == name) {
            Some(shape) => format!("[{}](#{})", title(name), anchor(shape)),
            None => panic!("the reference has no word for the type `{name}`"),
        },
    }
}

/// `SeriesBox` → `Series box`; the suffix `View` says nothing to a reader.
fn title(name: &str) -> String {
    let mut title = String::new();
    for c in name.strip_suffix("View").unwrap_or(name).chars() {
        if c.is_uppercase() && !title.is_empty() {
            title.push(' ');
            title.extend(c.to_lowercase());
        } else {
            title.push(c);
        }
    }
    title
}

/// The id of the struct's heading.
fn anchor(shape: &Shape) -> String {
    match templates(&shape.doc) {
        Some((names, _)) => names[0].replace('.', "-"),
        None => title(&shape.name).to_lowercase().replace(' ', "-"),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
