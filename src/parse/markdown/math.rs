//! Formulas: LaTeX between dollar signs to MathML Core, when the site is built. What the converter would say in inline styles,
//! which a strict Content-Security-Policy forbids, is said in MathML's own attributes and in classes.

use math_core::{LatexToMathML, MathDisplay};

use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::parse::draft::Draft;

/// The longest formula, in bytes.
const LIMIT: usize = 4 * 1024;
/// How many commands, groups, indices and exponents a formula may have: each may lie within the one before it.
const PARTS_LIMIT: usize = 500;

/// What inline styles of the converter become: classes that a theme may give a meaning.
const CLASSES: &[(&str, &str)] = &[
    ("text-align: left", "math-left"),
    ("text-align: right", "math-right"),
    ("padding-left: 0", "math-tight-left"),
    ("padding-right: 0", "math-tight-right"),
    ("padding-left:1em", "math-indent"),
    ("border-top: 0.05em solid currentcolor", "math-rule-above"),
    ("border-top: 0.05em dashed currentcolor", "math-rule-above"),
    ("border-bottom: 0.05em solid currentcolor", "math-rule-below"),
    ("border-bottom: 0.05em dashed currentcolor", "math-rule-below"),
    ("border-left: 0.05em solid currentcolor", "math-rule-left"),
    ("border-left: 0.05em dashed currentcolor", "math-rule-left"),
    ("border-right: 0.05em solid currentcolor", "math-rule-right"),
    ("border-right: 0.05em dashed currentcolor", "math-rule-right"),
    ("width: 100%", "math-wide"),
    ("font-variant-caps: small-caps", "math-caps"),
];

/// Writes a formula whose opening dollar signs stand at an offset of the file, or says what is wrong with it.
pub(super) fn write(draft: &mut Draft<'_>, latex: &str, display: MathDisplay, offset: usize) {
    let start = offset + if display == MathDisplay::Block { 2 } else { 1 };
    let parts = latex.bytes().filter(|byte| matches!(byte, b'\\' | b'{' | b'^' | b'_' | b'[' | b'(')).count();
    if latex.len() > LIMIT || parts > PARTS_LIMIT {
        let bound = format!("the formula passes the bound of {LIMIT} bytes and {PARTS_LIMIT} commands and groups");
        return draft.report(Diagnostic::error(Code::Limit, bound).hint("split it into several formulas"), offset);
    }
    match LatexToMathML::default().convert_with_local_state(latex, display) {
        Ok(made) if made.mathml.contains("<a ") || made.mathml.contains(" id=\"") => {
            let fault = Diagnostic::error(Code::Math, "a formula holds neither links nor labels");
            draft.report(fault.hint("write the link outside of the formula, and leave labels out"), offset);
        }
        Ok(made) => {
            draft.formula(without_styles(&made.mathml), offset);
            draft.flow(latex);
        }
        Err(error) => {
            let fault = Diagnostic::error(
                Code::Math,
                format!("the formula cannot be read: {}", message(&error.error_message())),
            );
            let hint = "correct the LaTeX; a dollar sign that begins no formula is written `\\$`";
            draft.report(fault.hint(hint), start + error.0.start.min(latex.len()));
        }
    }
}

/// The converter's message, as ours are: without a capital and a final stop.
fn message(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Takes the inline styles out. The converter's tags are regular, and text in them is escaped.
fn without_styles(mathml: &str) -> String {
    const STYLE: &str = "style=\"";
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some((before, after)) = rest.split_once(STYLE) {
        let Some((style, behind)) = after.split_once('"') else { break };
        out.push_str(before.trim_end_matches(' '));
        out.push_str(&attributes(style));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What says the same as an inline style, each attribute with a leading blank.
fn attributes(style: &str) -> String {
    let mut attributes = String::new();
    let mut classes: Vec<&str> = Vec::new();
    for rule in style.split(';').map(str::trim) {
        if let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == rule) {
            classes.push(class);
        } else if let Some(color) = rule.strip_prefix("color:") {
            attributes.push_str(&format!(" mathcolor=\"{}\"", color.trim()));
        } else if let Some(size) = rule.strip_prefix("font-size:") {
            attributes.push_str(&format!(" mathsize=\"{}\"", size.trim()));
        }
        // What is left moves things by hair's breadths.
    }
    if !classes.is_empty() {
        attributes.push_str(&format!(" class=\"{}\"", classes.join(" ")));
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_attributes_and_classes() {
        let given = "<mtd style=\"text-align: left;justify-items: start;padding-left: 0;\"><mspace style=\"margin-left:-1em;\"/>\
                     <mrow style=\"color:#ff0000;\"><mtext>style=x</mtext></mrow></mtd>";
        let wanted = "<mtd class=\"math-left math-tight-left\"><mspace/>\
                      <mrow mathcolor=\"#ff0000\"><mtext>style=x</mtext></mrow></mtd>";
        assert_eq!(without_styles(given), wanted);
    }
}
