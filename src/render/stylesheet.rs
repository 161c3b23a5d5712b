//! A stylesheet in as few bytes as say the same.

use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};

use crate::model::diagnostic::Position;

/// The largest stylesheet that is looked into, in bytes.
const LIMIT: usize = 1 << 20;
/// How many brackets may be open at once in one that is.
const DEPTH_LIMIT: usize = 64;

/// A stylesheet without what browsers pass over. One that is larger or more deeply nested than any theme's is left as it is.
///
/// # Errors
/// What is wrong with it, and where.
pub fn minified(css: &str) -> Result<String, (Position, String)> {
    if css.len() > LIMIT || is_deep(css) {
        return Ok(css.to_owned());
    }
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|error| {
        let at = error.loc.as_ref().map_or(Position::new(1, 1), |at| Position::new(at.line + 1, at.column));
        (at, error.kind.to_string())
    })?;
    let unlocated = |message: String| (Position::new(1, 1), message);
    sheet.minify(MinifyOptions::default()).map_err(|error| unlocated(error.kind.to_string()))?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    sheet.to_css(options).map(|made| made.code).map_err(|error| unlocated(error.kind.to_string()))
}

/// Whether more brackets are open at once than a stylesheet has use for; those in strings and comments count, too.
fn is_deep(css: &str) -> bool {
    let mut open = 0_usize;
    css.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEPTH_LIMIT
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_pass_over_goes() {
        let css = "/* Ink */\n:root { --ink: #000000; }\na , b { color : var(--ink) ; margin: 0px }\n";
        assert_eq!(minified(css).expect("a sound stylesheet"), ":root{--ink:#000}a,b{color:var(--ink);margin:0}");
    }

    #[test]
    fn a_fault_has_its_place() {
        for (fault, column) in [("b{x y}", 4), ("b > > c{}", 5), ("b{color:red}}", 13)] {
            let css = ["a{color:red}", fault, "c{d:e}"].join("\n");
            let (at, _) = minified(&css).expect_err(fault);
            assert_eq!(at, Position::new(2, column), "{fault}");
        }
    }

    #[test]
    fn what_is_nested_past_all_measure_is_left_alone() {
        let css = format!("a{{b:{}0{}}}", "calc(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(minified(&css).expect("left alone"), css);
    }
}
