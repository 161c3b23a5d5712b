//! Formulas.

use super::{options, shown};
use crate::model::article::ParseOptions;
use crate::model::code::Code;
use crate::model::config::HtmlMode;
use crate::model::diagnostic::Position;
use crate::model::path::SitePath;
use crate::parse::highlight::Highlighter;
use crate::parse::prose::Prose;

fn prose(markdown: &str, html: HtmlMode) -> Prose {
    let options = ParseOptions { math: true, ..options(html) };
    super::super::parse(markdown, 0, &SitePath::new("content/news/a.md"), &options, &mut Highlighter::default())
}

/// The formulas of some Markdown that has no fault.
fn formulas(markdown: &str) -> Vec<Box<str>> {
    let prose = prose(markdown, HtmlMode::Trusted);
    assert_eq!(prose.diagnostics, []);
    prose.body.formulas
}

#[test]
fn dollar_signs_enclose_formulas_where_they_are_asked_for() {
    let prose = prose("A *sum*, $a < b$:\n\n$$\\sqrt{x}$$\n", HtmlMode::Trusted);
    assert_eq!(shown(&prose.body), "<p>A <em>sum</em>, {formula 0}:</p>\n<p>{formula 1}</p>\n");
    assert_eq!(&*prose.body.formulas[0], "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>");
    assert_eq!(&*prose.body.formulas[1], "<math display=\"block\"><msqrt><mi>x</mi></msqrt></math>");
    assert_eq!(prose.text, "A sum, a < b:\n\\sqrt{x}");
    assert_eq!(super::html("from $5 to $6, $a$"), "<p>from $5 to $6, $a$</p>\n");
}

#[test]
fn a_formula_holds_no_style_that_a_strict_policy_forbids() {
    let cases = formulas(
        "$$f(x)=\\begin{cases}1&x>0\\\\0&\\text{else}\\end{cases}$$\n\n$\\color{red}{x}\\!y$\n\n$$\\begin{array}{l|r}a&b\\\\\\hline c&d\\end{array}$$",
    );
    assert!(cases.iter().all(|formula| !formula.contains("style=")), "{cases:#?}");
    assert!(cases[0].contains("<mtd class=\"math-left math-tight-right\">"), "{}", cases[0]);
    assert!(cases[1].contains("mathcolor=\"#FF0000\""), "{}", cases[1]);
    assert!(cases[2].contains("math-rule-right") && cases[2].contains("math-rule-above"), "{}", cases[2]);
}

#[test]
fn a_fault_in_a_formula_is_told_at_its_place() {
    let prose = prose("Eins\nzwölf $a + \\nosuch$ and $$\\frac{1}$$", HtmlMode::Trusted);
    let told: Vec<_> = prose
        .diagnostics
        .iter()
        .map(|note| (note.code, note.mark.as_ref().and_then(|mark| mark.position), note.message.as_str()))
        .collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert_eq!((told[0].0, told[0].1), (Code::Math, Some(Position::new(2, 12))), "{told:#?}");
    assert!(told[0].2.contains("nosuch"), "{told:#?}");
    assert_eq!((told[1].0, told[1].1.map(|at| at.line)), (Code::Math, Some(2)));
}

#[test]
fn a_formula_cannot_link_run_or_break_out() {
    for latex in ["\\url{javascript:alert(1)}", "\\href{javascript:x}{y}", "\\label{x}a", "\\eqref{x}"] {
        let prose = prose(&format!("$${latex}$$"), HtmlMode::Trusted);
        let html = prose.body.formulas.concat();
        assert!(!html.contains("href") && !html.contains("id="), "{html}");
    }
    let html = formulas("$\\text{<script>x</script>}\\mathrm{\"<}$").concat();
    assert!(!html.contains("<script") && html.contains("&lt;script"), "{html}");
}

#[test]
fn formulas_pass_where_html_is_cleaned() {
    let prose = prose("$a$ <img src=\"byline-formula:0\"> <math><mi>x</mi></math>", HtmlMode::Sanitized);
    let html = shown(&prose.body);
    assert_eq!(html.matches("{formula 0}").count(), 1, "{html}");
    assert!(!html.contains("byline-") && !html.contains("<math"), "{html}");
}

#[test]
fn deep_and_long_formulas_meet_a_bound() {
    for piece in [
        "\\sqrt",
        "{",
        "x^{",
        "\\left(",
        "\\frac1",
        "a_",
        "\\begin{matrix}",
        "\\hat",
        "x'",
        "\\mathbf",
        "(",
        "\\not",
        "-",
    ] {
        for count in [100, 490, 2000, 40_000] {
            let prose = prose(&format!("$x{}$", piece.repeat(count)), HtmlMode::Trusted);
            assert!(prose.body.formulas.iter().map(|formula| formula.len()).sum::<usize>() < 1 << 20, "{piece}");
            let bound = prose.diagnostics.iter().any(|note| note.code == Code::Limit);
            assert!(bound || piece.len() * count < 5000 || prose.body.formulas.is_empty(), "{piece} {count}");
        }
    }
}
