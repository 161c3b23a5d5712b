//! The rules of highlighting, each by its name.

use proptest::prelude::*;

use super::{BUDGET, CLASSES, Highlighter, LINE_LIMIT, block};

fn html(code: &str, info: &str) -> String {
    let mut out = String::new();
    block(&mut out, code, info, &mut BUDGET.clone(), &mut Highlighter::default());
    out
}

/// The code alone, without what surrounds it.
fn inner(html: &str) -> &str {
    let (_, rest) = html.split_once("<code").expect("a code element");
    let (_, rest) = rest.split_once('>').expect("the end of its tag");
    rest.strip_suffix("</code></pre>\n").expect("its end")
}

/// The HTML without spans, unescaped.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = inner(html);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').expect("the end of a tag").1;
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const SAMPLE: &str = "// A note on\n// two lines\nfn mean(values: &[f64]) -> Option<f64> {\n    let label = \"mean\\n\";\n    \
                      if values.is_empty() { return None; }\n    Some(values.iter().sum::<f64>() / 2.0)\n}\n";

#[test]
fn tokens_carry_short_classes() {
    let html = html(SAMPLE, "rust");
    for part in [
        "<span class=\"c\">// A note on\n// two lines</span>",
        "<span class=\"k\">fn</span>",
        "<span class=\"f\">mean</span>",
        "<span class=\"n\">2.0</span>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn common_languages_are_known() {
    for (language, code, part) in [
        (
            "python",
            "def mean(values):\n    return sum(values) / len(values)  # simple\n",
            "<span class=\"k\">def</span>",
        ),
        ("js", "const total = values.map((value) => value * 2); // doubled\n", "// doubled</span>"),
        ("js", "import { total } from 'sums'; // the sum of all\n", "<span class=\"k\">import</span>"),
        ("rust", "#[derive(Clone)]\nstruct Article { title: String }\n", "<span class=\"m\">#[derive(Clone)]</span>"),
        ("ts", "export const total: number = compute(values, 'sum');\n", "<span class=\"k\">export"),
        ("toml", "# settings of the site\ntitle = \"The Daily Sample\"\n", "# settings of the site</span>"),
        ("yaml", "# settings of the site\ntitle: The Daily Sample\n", "# settings of the site</span>"),
        ("bash", "for file in *.txt; do echo \"$file\"; done\n", "<span class=\"k\">for</span>"),
        ("console", "for file in *.txt; do echo \"$file\"; done\n", "<span class=\"k\">for</span>"),
        ("html", "<!-- a remark --><p class=\"lead\">Text of some length</p>\n", "&lt;!-- a remark --&gt;</span>"),
        ("diff", "-the old line\n+the new line\n", "<span class=\"i\">+the new line</span>"),
        ("c++", "int main() { return 0; } // the end of it\n", "// the end of it</span>"),
        ("sql", "SELECT name FROM people WHERE age > 30; -- adults\n", "<span class=\"k\">SELECT</span>"),
    ] {
        let html = html(code, language);
        assert!(html.contains(part), "{language}: {html}");
    }
}

#[test]
fn the_first_word_behind_the_fence_is_the_language() {
    for info in ["rust", "rust,linenos", "rust {hl_lines=1}", "  rust  no_run", "{.rust}", "RUST"] {
        let html = html(SAMPLE, info);
        assert!(html.to_lowercase().contains("class=\"language-rust\""), "{info}");
        assert!(html.contains("<span class=\"k\">fn</span>"), "{info}");
    }
}

#[test]
fn an_unknown_language_is_plain_and_named() {
    let plain = "<pre tabindex=\"0\"><code class=\"language-nosuch\">a &lt; b\n</code></pre>\n";
    assert_eq!(html("a < b\n", "nosuch"), plain);
    assert_eq!(html("a\n", ""), "<pre tabindex=\"0\"><code>a\n</code></pre>\n");
}

#[test]
fn highlighting_ends_with_its_budget() {
    let mut out = String::new();
    block(&mut out, SAMPLE, "rust", &mut 10, &mut Highlighter::default());
    assert!(!out.contains("<span"));
    let mut budget = SAMPLE.len();
    block(&mut out, SAMPLE, "rust", &mut budget, &mut Highlighter::default());
    assert!(out.contains("<span") && budget == 0);
}

#[test]
fn a_line_past_the_bound_is_plain_and_the_next_is_not() {
    let code = format!("let a = \"{}\";\nlet b = 1; // and so on\n", "x".repeat(LINE_LIMIT));
    let html = html(&code, "rust");
    assert!(html.contains("<code class=\"language-rust\">let a"), "{}", &html[..80]);
    assert!(html.contains("<span class=\"k\">let</span> b"), "{}", &html[LINE_LIMIT..]);
}

#[test]
fn dense_code_gives_up_the_least_missed_classes() {
    let html = html("let a=b+c*d-e/f;\n", "js");
    assert!(html.contains("<span class=\"k\">let</span> a=b+c*d-e/f;"), "{html}");
}

proptest! {
    #[test]
    fn what_was_highlighted_before_changes_nothing(
        blocks in prop::collection::vec(
            ("([a-c] = \"[{}a]|/\\*|\\*/|<<E|E|'|\"\"\"|#|[{}(])?\n", "[a-z{}\"'<>/*#\n ]{0,60}", 0..6_usize),
            1..12,
        ),
    ) {
        let mut highlighter = Highlighter::default();
        for (first, rest, language) in blocks {
            let language = ["rust", "js", "python", "bash", "php", "md"][language];
            let code = first.repeat(2) + &rest;
            let mut out = String::new();
            block(&mut out, &code, language, &mut BUDGET.clone(), &mut highlighter);
            prop_assert_eq!(out, html(&code, language));
        }
    }

    #[test]
    fn any_code_stays_whole_and_within_four_times_its_size(
        code in "[a-z<>&(){};:=\"'/*#.\\n 0-9é$@-]{0,200}",
        language in prop::sample::select(vec!["rust", "js", "python", "html", "css", "php", "diff", "md", "tex", "bash"]),
    ) {
        let html = html(&code, language);
        prop_assert_eq!(text(&html), code.clone());
        let plain = crate::model::escape::to_text(&code).len();
        prop_assert!(inner(&html).len() <= (code.len() * 4).max(plain));
        for class in inner(&html).split("class=\"").skip(1) {
            let class = class.chars().next().expect("a class");
            prop_assert!(CLASSES.iter().any(|(known, _)| *known == class), "{}", class);
        }
    }
}
