//! Tables, their columns aligned by class: a strict content security policy forbids inline styles.

use pulldown_cmark::Alignment;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    /// Begins a table.
    pub(super) fn open(&mut self, out: &mut String, alignments: Vec<Alignment>) {
        *self = Self { alignments, column: 0, in_head: true };
        // A wide table scrolls on a narrow screen; what scrolls must be reached by the keyboard, and so must have a name.
        out.push_str(
            "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>",
        );
    }

    /// Ends the head.
    pub(super) fn end_head(&mut self, out: &mut String) {
        self.in_head = false;
        out.push_str("</tr>\n</thead>\n<tbody>\n");
    }

    /// Begins a row of the table's body.
    pub(super) fn open_row(&mut self, out: &mut String) {
        self.column = 0;
        out.push_str("<tr>");
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self, out: &mut String) {
        out.push_str(if self.in_head { "<th" } else { "<td" });
        out.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        });
        self.column += 1;
    }

    /// Ends a cell.
    pub(super) fn close_cell(&self, out: &mut String) {
        out.push_str(if self.in_head { "</th>" } else { "</td>" });
    }
}
