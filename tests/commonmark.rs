//! CommonMark's own examples: every one of them, against the renderer with all additions off.
//!
//! The examples come with the source of `pulldown-cmark`, which cargo has at hand wherever this crate was built; `cargo
//! metadata` says where. Another copy of the suite, in the form of the specification's `spec.txt`, may be named by
//! `COMMONMARK_SPEC`. Where neither is found the test passes over with a note, unless `CI` or `BYLINE_REQUIRE_SUITES` is set.

use std::path::PathBuf;
use std::process::Command;

use byline::parse::markdown::commonmark;

/// How many examples version 0.31.2 of the specification has.
const EXAMPLES: usize = 652;

/// An example: Markdown, and the HTML that it stands for.
struct Example {
    markdown: String,
    html: String,
}

/// Reads `spec.txt`: examples stand between fences of 32 backticks, `.` parts the two halves, `→` is a tab.
fn from_spec(text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while lines.by_ref().any(|line| line == format!("{fence} example")) {
        let half = |lines: &mut std::str::Lines<'_>, end: &str| {
            let taken: Vec<&str> = lines.take_while(|line| *line != end).collect();
            taken.iter().map(|line| format!("{}\n", line.replace('→', "\t"))).collect::<String>()
        };
        let markdown = half(&mut lines, ".");
        examples.push(Example { markdown, html: half(&mut lines, &fence) });
    }
    examples
}

/// Reads the test file that pulldown-cmark makes of `spec.txt`: pairs of raw strings.
fn from_crate(source: &str) -> Vec<Example> {
    let literal = |test: &str, name: &str| {
        let (_, rest) = test.split_once(&format!("let {name} = r##\"")).expect("a raw string");
        rest.split_once("\"##;").expect("the end of a raw string").0.to_owned()
    };
    let tests = source.split("fn spec_test_").skip(1);
    tests.map(|test| Example { markdown: literal(test, "original"), html: literal(test, "expected") }).collect()
}

/// The folder of pulldown-cmark's source. Cargo is asked for this platform alone: on a machine that has just compiled Byline
/// for the first time, the crates of others were never fetched.
fn crate_folder() -> Option<PathBuf> {
    let version = Command::new("rustc").arg("-vV").output().ok()?.stdout;
    let host =
        String::from_utf8(version).ok()?.lines().find_map(|line| Some(line.strip_prefix("host: ")?.to_owned()))?;
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &host, "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let packages = metadata["packages"].as_array()?;
    let package = packages.iter().find(|package| package["name"] == "pulldown-cmark")?;
    Some(PathBuf::from(package["manifest_path"].as_str()?).parent()?.to_owned())
}

fn examples() -> Option<Vec<Example>> {
    if let Some(path) = std::env::var_os("COMMONMARK_SPEC") {
        let text = std::fs::read_to_string(&path).expect("COMMONMARK_SPEC names a file that can be read");
        return Some(from_spec(&text));
    }
    let source = std::fs::read_to_string(crate_folder()?.join("tests/suite/spec.rs")).ok()?;
    Some(from_crate(&source))
}

/// Brings HTML to one form, as the specification's own test program does: `<br>` is `<br />`, `&quot;` in text is `"`, line
/// ends beside tags of blocks do not count.
fn normal(html: &str) -> String {
    let mut html = html.replace("<br>", "<br />").replace("<hr>", "<hr />").replace("&quot;", "\"");
    for block in ["p", "li", "ul", "ol", "blockquote", "hr /", "table", "div"] {
        for tag in [format!("<{block}>"), format!("</{block}>")] {
            html = html.replace(&format!("\n{tag}"), &tag).replace(&format!("{tag}\n"), &tag);
        }
    }
    html.trim_end().to_owned()
}

#[test]
fn every_example_of_the_specification_renders_as_it_says() {
    let Some(examples) = examples() else {
        let required = std::env::var_os("CI").is_some() || std::env::var_os("BYLINE_REQUIRE_SUITES").is_some();
        assert!(!required, "CommonMark's examples were not found: see the head of tests/commonmark.rs");
        eprintln!("passed over: CommonMark's examples were not found");
        return;
    };
    assert_eq!(examples.len(), EXAMPLES, "the suite is not that of CommonMark 0.31.2");
    let failures: Vec<String> = examples
        .iter()
        .enumerate()
        .filter(|(_, example)| normal(&commonmark(&example.markdown)) != normal(&example.html))
        .map(|(index, Example { markdown, html })| {
            format!("example {}:\n{markdown}\nexpected:\n{html}\ngot:\n{}", index + 1, commonmark(markdown))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {EXAMPLES} fail\n{}", failures.len(), failures.join("\n"));
}
