//! Task lists: a disabled checkbox, labelled by what the item says up to its next block.

/// The item that is being written.
#[derive(Default)]
pub(super) struct Task {
    open: bool,
}

impl Task {
    /// Begins a task: its list item, and perhaps a paragraph, has just been opened. Returns by how many bytes that paragraph
    /// was moved.
    pub(super) fn open(&mut self, out: &mut String, done: bool) -> usize {
        const CLASS: &str = " class=\"task\"";
        let item = ["<li>", "<li><p>"].into_iter().find(|item| out.ends_with(item));
        if let Some(item) = item {
            out.insert_str(out.len() - item.len() + "<li".len(), CLASS);
        }
        out.push_str("<label><input type=\"checkbox\" disabled");
        out.push_str(if done { " checked> " } else { "> " });
        self.open = true;
        item.map_or(0, |_| CLASS.len())
    }

    /// Ends the label before a block begins or ends: a label holds no blocks.
    pub(super) fn close(&mut self, out: &mut String) {
        if std::mem::take(&mut self.open) {
            out.push_str("</label>");
        }
    }
}
