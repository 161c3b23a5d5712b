//! Quotations, and GitHub's alerts: quotations that begin with `[!NOTE]` and the like.

use pulldown_cmark::BlockQuoteKind;

use crate::parse::draft::Draft;

/// Opens a quotation or alert.
pub(super) fn open(draft: &mut Draft<'_>, kind: Option<BlockQuoteKind>) {
    let Some(kind) = kind else { return draft.html.push_str("<blockquote>\n") };
    let (class, title) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    };
    for part in ["<aside class=\"alert ", class, "\" role=\"note\"><p class=\"alert-title\">", title, "</p>\n"] {
        draft.html.push_str(part);
    }
}

/// Closes it.
pub(super) fn close(draft: &mut Draft<'_>, kind: Option<BlockQuoteKind>) {
    draft.html.push_str(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" });
}
