//! Task lists: a disabled checkbox, labelled by what the item says up to its next block.

/// The item that is being written.
#[derive(Default)]
pub(super) struct Task {
    open: bool,
}

impl Task {
    /// Begins a task: its list item, and perhaps a paragraph, has just been opened.
    pub(super) fn open(&mut self, out: &mut String, done: bool) {
        for (plain, marked) in [("<li>", "<li class=\"task\">"), ("<li>\n<p>", "<li class=\"task\">\n<p>")] {
            if out.ends_with(plain) {
                out.truncate(out.len() - plain.len());
                out.push_str(marked);
                break;
            }
        }
        out.push_str(if done {
            "<label><input type=\"checkbox\" disabled checked> "
        } else {
            "<label><input type=\"checkbox\" disabled> "
        });
        self.open = true;
    }

    /// Ends the label before a block begins or ends: a label holds no blocks.
    pub(super) fn close(&mut self, out: &mut String) {
        if std::mem::take(&mut self.open) {
            out.push_str("</label>");
        }
    }
}
