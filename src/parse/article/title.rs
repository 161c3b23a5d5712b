//! A body that opens with the article's own title as a heading: the page shows the title once, so the heading goes.

use crate::model::body::fold_title;
use crate::model::escape;
use crate::parse::prose::Prose;

/// Drops the level-1 heading that opens the body, if it says what the title says. Holes behind it move up, those within it go.
pub fn drop_heading(prose: &mut Prose, title: &str) {
    let Some(heading) = prose.first_line.as_deref() else { return };
    let Some((opening, length)) = heading_of(&prose.body.html) else { return };
    if fold_title(heading) != fold_title(title) {
        return;
    }
    // Its id goes with it, and is no place to link to any more.
    if let Some((id, _)) = opening.split_once(" id=\"").and_then(|(_, rest)| rest.split_once('"')) {
        prose.anchors.retain(|anchor| escape::to_attribute(anchor) != id);
    }
    if let Some(rest) = prose.text.strip_prefix(heading) {
        prose.text = rest.trim_start_matches('\n').to_owned();
    }
    let body = &mut prose.body;
    body.html.drain(..length);
    body.holes.retain(|hole| hole.at as usize >= length);
    for hole in &mut body.holes {
        hole.at -= length as u32;
    }
}

/// The opening tag of the heading that a body begins with, and the length in bytes up to the line after it.
fn heading_of(html: &str) -> Option<(&str, usize)> {
    const CLOSE: &str = "</h1>";
    let start = html.len() - html.trim_start().len();
    if !html[start..].starts_with("<h1") {
        return None;
    }
    let end = html.find(CLOSE)? + CLOSE.len();
    let length = end + usize::from(html[end..].starts_with('\n'));
    let opening = &html[start..start + html[start..].find('>')?];
    Some((opening, length))
}
