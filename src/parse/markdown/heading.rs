//! Headings: of the attributes in braces only the id and the classes survive.

use pulldown_cmark::{CowStr, HeadingLevel};

use crate::model::escape;
use crate::parse::draft::Draft;

/// Opens a heading.
pub(super) fn open(
    draft: &mut Draft<'_>,
    level: HeadingLevel,
    id: Option<CowStr<'_>>,
    classes: &[CowStr<'_>],
    offset: usize,
) {
    let mut attributes = String::new();
    if !classes.is_empty() {
        attributes.push_str(" class=\"");
        for (index, class) in classes.iter().enumerate() {
            if index > 0 {
                attributes.push(' ');
            }
            escape::attribute(&mut attributes, class);
        }
        attributes.push('"');
    }
    let id = id.filter(|id| !id.is_empty()).map(|id| id.into_string());
    draft.open_heading(level as u8, id, attributes, offset);
}
