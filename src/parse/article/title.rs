//! A body that opens with the article's own title as a heading: the page shows the title once, so the heading goes.

use crate::model::body::fold_title;
use crate::parse::prose::Prose;

/// Drops the level-1 heading that opens the body, if it says what the title says. Holes behind it move up, those within it go.
pub fn drop_heading(prose: &mut Prose, title: &str) {
    const CLOSE: &str = "</h1>\n";
    let Some(heading) = prose.first_line.as_deref() else { return };
    let body = &mut prose.body;
    if fold_title(heading) != fold_title(title) || !body.html.starts_with("<h1") {
        return;
    }
    let Some(length) = body.html.find(CLOSE).map(|at| at + CLOSE.len()) else { return };
    body.html.drain(..length);
    body.holes.retain(|hole| hole.at as usize >= length);
    for hole in &mut body.holes {
        hole.at -= length as u32;
    }
    if body.toc.first().is_some_and(|first| first.level == 1) {
        let gone = body.toc.remove(0);
        prose.anchors.retain(|anchor| **anchor != *gone.id);
    }
    if let Some(rest) = prose.text.strip_prefix(heading) {
        prose.text = rest.trim_start_matches('\n').to_owned();
    }
}
