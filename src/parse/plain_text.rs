//! Plain text as an archive exports it: nothing in it is markup, and nothing is guessed beyond its first paragraphs.

mod body;
mod byline;
mod fields;
mod head;
mod keys;
mod lines;
mod links;
#[cfg(test)]
mod tests;

use crate::model::article::ParseOptions;
use crate::model::body::fold_title;
use crate::model::config::TextOptions;
use crate::model::escape::single_line;
use crate::model::front_matter::Spot;
use crate::model::path::SitePath;

use super::prose::Prose;
use fields::Fields;
use head::Layout;
use lines::{Line, join, paragraphs};

/// Reads a text that is already decoded. The head becomes front matter, with every value's place in the file; the rest becomes
/// the body. A text without a headline leaves the title open, for the caller to report.
pub fn parse(text: &str, path: &SitePath, options: &ParseOptions) -> Prose {
    let mut lines = without_dropped(lines::lines(text), &options.text);
    for line in &mut lines {
        line.caption = body::caption(&line.text, &options.text).is_some();
    }
    let layout = head::layout(&mut lines);
    let mut fields = Fields::new(path, options);
    for at in &layout.keys {
        fields.line(&lines[*at]);
    }
    let mut prose = Prose::default();
    for paragraph in body_of(&layout, &lines, &mut fields, &options.text) {
        body::paragraph(&mut prose, paragraph, &options.text);
    }
    if let Some((byline, at)) = layout.byline {
        fields.byline(byline, &lines[at]);
    }
    prose.first_line = fields.front.title.as_ref().map(|title| title.value.clone());
    (prose.front, prose.diagnostics) = (fields.front, fields.diagnostics);
    prose
}

/// Fills in headline and standfirst, and gives the body's paragraphs. Where TITLE or SUMMARY say otherwise, headline and
/// standfirst stay in the body, so that no text is lost.
fn body_of<'l, 'a>(
    layout: &Layout,
    lines: &'l [Line<'a>],
    fields: &mut Fields,
    options: &TextOptions,
) -> Vec<&'l [Line<'a>]> {
    let mut body = Vec::new();
    if let Some(headline) = layout.headline.clone().map(|range| &lines[range]) {
        let text = single_line(&join(headline));
        match &fields.front.title {
            Some(title) if fold_title(&title.value) == fold_title(&text) => {}
            Some(_) => body.push(headline),
            None => fields.front.title = Some(Spot::new(text, fields.mark(&headline[0], 0))),
        }
    }
    if let Some(standfirst) = layout.standfirst.clone().map(|range| &lines[range]) {
        let text = single_line(&join(standfirst));
        match &fields.front.standfirst {
            Some(summary) if fold_title(&summary.value) == fold_title(&text) => {}
            None if body::caption(&text, options).is_none() => {
                fields.front.standfirst = Some(Spot::new(text, fields.mark(&standfirst[0], 0)));
            }
            _ => body.push(standfirst),
        }
    }
    body.extend(layout.body.iter().map(|range| &lines[range.clone()]));
    body
}

/// Leaves out the paragraphs that `text.drop` names, white space and letter case aside.
fn without_dropped<'a>(lines: Vec<Line<'a>>, options: &TextOptions) -> Vec<Line<'a>> {
    let dropped: Vec<String> = options.drop.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect();
    let Some(longest) = dropped.iter().map(String::len).max() else { return lines };
    let drops = |paragraph: &[Line]| {
        let length: usize = paragraph.iter().map(|line| line.text.len()).sum();
        // Folding case and white space changes a text's length a little, not severalfold.
        length <= longest.saturating_mul(8) && dropped.contains(&plain(&join(paragraph)))
    };
    let kept: Vec<bool> =
        paragraphs(&lines).flat_map(|paragraph| std::iter::repeat_n(!drops(paragraph), paragraph.len())).collect();
    lines.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect()
}

/// A text by which dropped paragraphs are known: words in lower case, single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
