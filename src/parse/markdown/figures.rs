//! Images. One that stands alone in its paragraph, perhaps within a link, is a figure, and its title the caption.

use crate::model::escape;
use crate::parse::draft::Draft;

/// The paragraph that is being written, as far as it may be a figure.
#[derive(Default)]
pub(super) struct Paragraph {
    /// Where it begins in the HTML, the number of marks before it, and where its text begins.
    start: (usize, usize, usize),
    images: usize,
    /// Whether it holds anything but an image.
    has_text: bool,
    /// Where the image's title attribute stands, and the title.
    title: Option<(usize, usize, String)>,
}

impl Paragraph {
    /// Begins a paragraph.
    pub(super) fn open(draft: &mut Draft<'_>) -> Self {
        let start = (draft.html.len(), draft.spots.len(), draft.text.len());
        draft.html.push_str("<p>");
        Self { start, ..Self::default() }
    }

    /// Notes that it was moved by some bytes.
    pub(super) fn moved(&mut self, bytes: usize) {
        self.start.0 += bytes;
    }

    /// Notes that it holds more than an image.
    pub(super) fn note_text(&mut self) {
        self.has_text = true;
    }

    /// Writes an image's title, and remembers it for the caption.
    pub(super) fn image(&mut self, draft: &mut Draft<'_>, title: &str) {
        self.images += 1;
        if !title.trim().is_empty() {
            let start = draft.html.len();
            draft.html.push_str(" title=\"");
            escape::attribute(&mut draft.html, title);
            draft.html.push('"');
            self.title = Some((start, draft.html.len(), title.to_owned()));
        }
    }

    /// Ends it, as a paragraph or a figure.
    pub(super) fn close(self, draft: &mut Draft<'_>) {
        if self.images == 1 && !self.has_text {
            self.into_figure(draft);
        } else {
            draft.html.push_str("</p>\n");
            draft.paragraph(self.start.2);
        }
        draft.end_line();
    }

    /// Turns `<p>` into `<figure>`, and takes the title out of the image. Only the image and its link lie behind the place of
    /// the change, so moving them costs no more than writing them did.
    fn into_figure(self, draft: &mut Draft<'_>) {
        let (start, first_spot, _) = self.start;
        let inner = draft.html.split_off(start);
        let (cut_start, cut_end) =
            self.title.as_ref().map_or((inner.len(), inner.len()), |(from, to, _)| (from - start, to - start));
        draft.html.push_str("<figure>");
        draft.html.push_str(&inner["<p>".len()..cut_start]);
        draft.html.push_str(&inner[cut_end..]);
        for spot in &mut draft.spots[first_spot..] {
            if spot.at - start >= cut_end {
                spot.at -= cut_end - cut_start;
            }
            spot.at += "<figure>".len() - "<p>".len();
        }
        if let Some((_, _, title)) = self.title {
            draft.html.push_str("<figcaption>");
            draft.write(title.trim());
            draft.html.push_str("</figcaption>");
        }
        draft.html.push_str("</figure>\n");
    }
}
