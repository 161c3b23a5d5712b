//! The types of the views as data, read from their own source: so that neither the manual nor advice about templates can fall
//! behind them.

/// The files that define views.
const SOURCES: [&str; 7] = [
    include_str!("../view.rs"),
    include_str!("head.rs"),
    include_str!("article.rs"),
    include_str!("picture.rs"),
    include_str!("listing.rs"),
    include_str!("feed.rs"),
    include_str!("search.rs"),
];

/// A struct of the views.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its name in the source.
    pub name: String,
    /// What is said of it.
    pub doc: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, as templates use it.
    pub name: String,
    /// Its type in the source.
    pub kind: String,
    /// What is said of it.
    pub doc: String,
}

/// Where a name leads from a value.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To a value of this type.
    To(&'a str),
    /// Nobody knows: what is there is the site's own.
    Anywhere,
    /// Nowhere.
    Nowhere,
}

/// Every public struct with named fields, each with the comments above it and above its fields.
pub fn shapes() -> Vec<Shape> {
    SOURCES.iter().flat_map(|text| structs(text)).collect()
}

fn structs(text: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let (mut doc, mut open) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(more) = line.strip_prefix("///") {
            doc = format!("{doc} {}", more.trim()).trim().to_owned();
        } else if let Some(head) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            shapes.push(Shape { name: head.to_owned(), doc: std::mem::take(&mut doc), fields: Vec::new() });
            open = true;
        } else if line == "}" {
            open = false;
        } else if let Some((name, kind)) =
            line.strip_prefix("pub ").filter(|_| open).and_then(|rest| rest.split_once(": "))
        {
            // What cards keep of a date, templates see as the view of it; a body with its blocks, as HTML.
            let kind = kind.trim_end_matches(',').replace("Dated", "DateView").replace("BodyView", "String");
            let field = Field { name: name.to_owned(), kind, doc: std::mem::take(&mut doc) };
            shapes.last_mut().into_iter().for_each(|shape| shape.fields.push(field.clone()));
        } else if !line.starts_with('#') {
            doc.clear();
        }
    }
    shapes
}

/// A type without what templates do not see of it: `Option`, `Shared`, `Box`, `Deferred`, `Arc`.
pub fn bare(kind: &str) -> &str {
    let wrapped = ["Option<", "Shared<", "Box<", "Deferred<", "Arc<"].iter().find_map(|outer| inner(kind, outer));
    wrapped.map_or(kind, bare)
}

/// The type of a list's items or of a map's values.
pub fn item(kind: &str) -> Option<&str> {
    let kind = bare(kind);
    inner(kind, "Vec<").or_else(|| inner(kind, "BTreeMap<String, "))
}

fn inner<'a>(kind: &'a str, outer: &str) -> Option<&'a str> {
    kind.strip_prefix(outer)?.strip_suffix('>')
}

/// Where a name leads from a value of a type.
pub fn step<'a>(shapes: &'a [Shape], kind: &'a str, name: &str) -> Step<'a> {
    let kind = bare(kind);
    if let Some(item) = inner(kind, "Vec<") {
        let number = name.chars().all(|c| c.is_ascii_digit());
        return if number { Step::To(item) } else { Step::Nowhere };
    }
    if let Some(value) = inner(kind, "BTreeMap<String, ") {
        return Step::To(value);
    }
    match shapes.iter().find(|shape| shape.name == kind) {
        Some(shape) => {
            let field = shape.fields.iter().find(|field| field.name == name);
            field.map_or(Step::Nowhere, |field| Step::To(&field.kind))
        }
        None if is_free(kind) => Step::Anywhere,
        None => Step::Nowhere,
    }
}

/// Whether a type holds whatever a site puts there, or differs from query to query.
pub fn is_free(kind: &str) -> bool {
    matches!(bare(kind), "Extra" | "Value" | "Answers" | "Answer" | "Strings")
}

#[cfg(test)]
mod tests {
    use super::{Step, bare, item, shapes, step};

    #[test]
    fn names_lead_from_a_page_to_its_values() {
        let shapes = shapes();
        assert_eq!(step(&shapes, "ArticlePage", "article"), Step::To("ArticleView"));
        assert_eq!(step(&shapes, "ArticleView", "card"), Step::To("Shared<Card>"));
        assert_eq!(step(&shapes, "Shared<Card>", "title"), Step::To("String"));
        assert_eq!(step(&shapes, "Shared<Card>", "titel"), Step::Nowhere);
        assert_eq!(step(&shapes, "String", "title"), Step::Nowhere);
        assert_eq!(step(&shapes, "Extra", "title"), Step::Anywhere);
        assert_eq!(step(&shapes, "BTreeMap<String, Vec<LinkView>>", "main"), Step::To("Vec<LinkView>"));
        assert_eq!(item("Deferred<Vec<HeadingView>>"), Some("HeadingView"));
        assert_eq!(bare("Option<Box<ImageView>>"), "ImageView");
    }

    #[test]
    fn every_file_of_views_is_read() {
        let whole = shapes().iter().map(|shape| shape.fields.len()).sum::<usize>();
        let listed: usize = super::SOURCES.iter().map(|text| text.matches("\n    pub ").count()).sum();
        let functions: usize = super::SOURCES.iter().map(|text| text.matches("\n    pub fn ").count()).sum();
        assert_eq!(whole, listed - functions);
    }

    #[test]
    fn every_type_of_a_field_is_known() {
        let shapes = shapes();
        assert!(shapes.len() > 30, "{} shapes only", shapes.len());
        let scalars =
            ["String", "str", "bool", "usize", "u8", "u32", "i8", "i16", "(String, Option<String>)", "(u32, u32)"];
        for field in shapes.iter().flat_map(|shape| &shape.fields) {
            let mut kind = bare(&field.kind);
            while let Some(inner) = item(kind) {
                kind = bare(inner);
            }
            let known =
                scalars.contains(&kind) || super::is_free(kind) || shapes.iter().any(|shape| shape.name == kind);
            assert!(known, "the field `{}` has the unknown type `{}`", field.name, field.kind);
        }
    }
}
