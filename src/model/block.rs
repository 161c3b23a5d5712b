//! Kinds of blocks: what the data of a block may be, as `templates/blocks/NAME.yaml` declares it.

use serde::{Deserialize, Serialize};

use super::body::Datum;

/// A kind of block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockKind {
    /// Its name: what follows `block` in the info string of a fenced block, and the stem of its template's name.
    pub name: String,
    /// Its fields; `None` where nothing declares them: then a block may hold any data, and none of it is interpreted.
    pub fields: Option<Vec<Field>>,
}

/// A field of a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether a block must have it.
    pub required: bool,
    /// What counts where a block says nothing.
    pub default: Datum,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldKind {
    /// Text; a number is taken as text.
    Text,
    /// Text with inline Markdown.
    Markdown,
    /// Paragraphs of inline Markdown, separated by blank lines.
    Paragraphs,
    /// A file of the site, or the address of one elsewhere.
    Path,
    /// An image of the site, which is published in several sizes, or the address of one elsewhere.
    Image,
    /// A link within the site, or an address elsewhere.
    Url,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// One of these words.
    Choice(Vec<String>),
    /// A list.
    List(Box<FieldKind>),
    /// A mapping with fields of its own.
    Map(Vec<Field>),
}
