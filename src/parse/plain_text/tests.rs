//! One test for each rule of plain text: text in, prose out.
