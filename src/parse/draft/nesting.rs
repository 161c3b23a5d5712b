//! How deep raw HTML is nested, and how much markup it leaves open. A parser that cleans HTML searches all open elements at
//! each tag, and opens formatting that was left open anew in every paragraph: both need a bound.

/// How many elements may be open at once.
const DEPTH_LIMIT: usize = 500;
/// How many bytes cleaned HTML may have.
const SIZE_LIMIT: usize = 128 << 20;

/// Elements that are open.
#[derive(Default)]
pub(in crate::parse) struct Nesting {
    /// Their names, and how long their start tags are.
    open: Vec<(String, usize)>,
    bytes: usize,
    deepest: usize,
    most: usize,
}

impl Nesting {
    /// Notes a start tag of a length in bytes.
    pub(in crate::parse) fn open(&mut self, name: &str, length: usize, self_closing: bool) {
        if self_closing || ends_by_itself(name) || self.is_too_deep() {
            return;
        }
        self.open.push((name.to_owned(), length));
        self.bytes += length;
        self.deepest = self.deepest.max(self.open.len());
        self.most = self.most.max(self.bytes);
    }

    /// Notes an end tag: it closes the innermost element of its name.
    pub(in crate::parse) fn close(&mut self, name: &[u8]) {
        if let Some(index) = self.open.iter().rposition(|(open, _)| open.as_bytes() == name) {
            self.bytes -= self.open.remove(index).1;
        }
    }

    /// Whether more elements were open than may be.
    pub(in crate::parse) fn is_too_deep(&self) -> bool {
        self.deepest > DEPTH_LIMIT
    }

    /// Whether a body could grow past all bounds if what was open were opened anew at each of its tags.
    pub(in crate::parse) fn outgrows(&self, html: &str) -> bool {
        let tags = html.bytes().filter(|byte| *byte == b'<').count();
        self.most.saturating_mul(tags) > SIZE_LIMIT
    }
}

/// Elements that have no content, or whose end tag may be left out.
fn ends_by_itself(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
        "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    NAMES.contains(&name)
}
