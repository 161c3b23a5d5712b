//! The manual's reference cannot drift from the program: what templates see, the kinds of diagnostic, the keys, the flags.
//! `BYLINE_BLESS=1 cargo test --test manual` writes the generated parts anew.

mod views;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use byline::model::code::Code;
use byline::model::path::SitePath;
use byline::model::source::Source;
use byline::model::strings::Said;
use byline::parse;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(path: &str) -> String {
    fs::read_to_string(root().join("content").join(path)).expect("a page of the manual")
}

/// Holds what stands between the two marks of a page against what the source says, or writes it there.
fn generated(path: &str, mark: &str, wanted: &str) {
    let text = page(path);
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let start = text.find(&open).unwrap_or_else(|| panic!("{path} has no {open}")) + open.len();
    let end = text.find(&close).unwrap_or_else(|| panic!("{path} has no {close}"));
    let wanted = format!("\n{}\n\n", wanted.trim());
    if std::env::var_os("BYLINE_BLESS").is_some_and(|value| value == "1") {
        fs::write(root().join("content").join(path), format!("{}{wanted}{}", &text[..start], &text[end..]))
            .expect("written");
        return;
    }
    let found = &text[start..end];
    let differs = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(
        found == wanted,
        "content/{path} is not what the source says; `BYLINE_BLESS=1 cargo test --test manual` writes it anew\n{differs:#?}"
    );
}

#[test]
fn the_list_of_views_is_that_of_the_source() {
    let reference = views::reference(&root());
    let rows = reference.lines().filter(|line| line.starts_with("| `")).count();
    assert!(rows > 100, "the reader of the source found {rows} fields only");
    generated("themes/views.md", "views", &reference);
}

#[test]
fn the_list_of_strings_is_that_of_the_source() {
    let path = "strings/en.yaml";
    let source = Source::new(SitePath::new(path), fs::read(root().join(path)).expect("the strings"));
    let file =
        parse::strings::parse(&source, &Default::default(), parse::strings::Brings::Keys).value.expect("strings");
    let text = |said: &Said| match said {
        Said::Text(text) => format!("`{text}`"),
        Said::Counted(_, forms) => {
            forms.iter().map(|(form, text)| format!("{form}: `{text}`")).collect::<Vec<_>>().join("; ")
        }
        Said::List(names) => names.join(", "),
        Said::Extra(_) => String::new(),
    };
    let row = |(key, said): (&String, &Said)| format!("| `{key}` | {} |\n", text(said));
    let rows: String = file.said.iter().map(row).collect();
    generated("themes/strings.md", "strings", &format!("| key | in English |\n|:----|:-----------|\n{rows}"));
}

#[test]
fn every_language_says_everything() {
    let english = keys("en");
    for language in ["ar", "es", "zh"] {
        assert_eq!(keys(language), english, "{language}");
    }
}

/// The keys of a built-in file of strings.
fn keys(language: &str) -> BTreeSet<String> {
    let path = format!("strings/{language}.yaml");
    let source = Source::new(SitePath::new(&path), fs::read(root().join(&path)).expect("the strings"));
    let file = parse::strings::parse(&source, &Default::default(), parse::strings::Brings::Keys);
    assert_eq!(file.diagnostics, [], "{language}");
    file.value.expect("strings").said.into_keys().collect()
}

#[test]
fn the_list_of_codes_is_that_of_the_source() {
    let entry = |code: &Code| {
        let name = code.name();
        format!("### `{name}` {{#{name}}}\n\n{}. {}\n\n", plain(code.meaning()), plain(code.remedy()))
    };
    generated("building/errors.md", "codes", &Code::ALL.iter().map(entry).collect::<String>());
}

/// Text of an explanation as Markdown: what is no code span stays as it is, hyphens too.
fn plain(text: &str) -> String {
    let escaped = |(at, part): (usize, &str)| match at % 2 {
        0 => part
            .replace('\\', "\\\\")
            .replace("--", "\\-\\-")
            .replace('[', "\\[")
            .replace('<', "&lt;")
            .replace('*', "\\*"),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(escaped).collect::<Vec<_>>().join("`")
}

/// The part of a page below a heading with this id, up to the next heading of its level.
fn part(text: &str, id: &str) -> String {
    let heading = format!("{{#{id}}}");
    let below = text.lines().skip_while(|line| !line.ends_with(&heading)).skip(1);
    below.take_while(|line| !line.starts_with("## ")).map(|line| format!("{line}\n")).collect()
}

/// The rows of the tables in a text: cells, trimmed.
fn rows(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let cells = line.strip_prefix("| `").and_then(|rest| rest.strip_suffix(" |"))?;
        Some(format!("`{cells}").split('|').map(|cell| cell.trim().to_owned()).collect())
    };
    text.lines().filter_map(row).collect()
}

/// What stands between backticks.
fn spans(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn span(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`')
}

#[test]
fn every_key_of_site_yaml_is_in_the_manual_and_every_key_of_the_manual_is_read() {
    let text = page("building/configuration.md");
    let table = rows(&part(&text, "keys"));
    let listed: BTreeSet<&str> = table.iter().filter_map(|row| span(&row[0])).collect();
    let reserved = text.lines().find(|line| line.contains("known and reserved")).map(spans).unwrap_or_default();
    let shown: BTreeSet<&str> = listed.iter().copied().chain(reserved.iter().map(String::as_str)).collect();
    assert_eq!(shown, parse::config::KEYS.iter().copied().collect());
}

#[test]
fn the_defaults_of_site_yaml_are_those_of_the_manual() {
    let table = rows(&part(&page("building/configuration.md"), "keys"));
    let defaults: Vec<_> = table.iter().filter_map(|row| Some((span(&row[0])?, span(&row[1])?))).collect();
    assert!(defaults.len() > 10, "the table has {} defaults only", defaults.len());
    for (key, default) in defaults {
        let text =
            format!("{key}: {}\n", if default.starts_with('{') { default.to_owned() } else { format!("{default:?}") });
        let text = if matches!(default, "true" | "false") { format!("{key}: {default}\n") } else { text };
        let read = parse::config::parse(&Source::new(SitePath::new("site.yaml"), text.clone().into_bytes()));
        assert_eq!(format!("{:?}", read.value), format!("{:?}", Some(parse::config::default_config())), "{text}");
    }
}

#[test]
fn every_front_matter_key_is_in_the_manual_and_every_key_of_the_manual_is_read() {
    let text = part(&page("writing/front-matter.md"), "keys");
    let said = spans(&text.lines().filter(|line| !line.starts_with('|')).collect::<String>());
    let table = rows(&text);
    for row in &table {
        let key = span(&row[0]).expect("a key");
        assert!(parse::front_matter::KEYS.contains(&(key, key)) || key == "tags", "the manual lists `{key}`");
        for other in spans(&row[1]) {
            let known = parse::front_matter::KEYS.iter().find(|(name, _)| *name == other);
            let same = known.is_some_and(|(_, under)| *under == key);
            let added = key == "tags" && known.is_some_and(|(_, under)| *under == "categories");
            assert!(same || added, "the manual calls `{other}` another name of `{key}`");
        }
    }
    let in_table: BTreeSet<String> = table.iter().flat_map(|row| spans(&row[..2].join(" "))).collect();
    let forms: BTreeSet<String> = table.iter().flat_map(|row| spans(&row[2])).collect();
    for (key, _) in parse::front_matter::KEYS {
        let form = forms.iter().any(|form| form.starts_with(&format!("{key}: ")));
        let shown = in_table.contains(*key) || said.contains(*key) || form;
        assert!(shown, "the manual does not list `{key}`");
    }
}

/// The long flags that the help of a command shows.
fn flags(command: &str) -> BTreeSet<String> {
    let help = Command::new(env!("CARGO_BIN_EXE_byline")).args([command, "--help"]).output().expect("it runs");
    let text = String::from_utf8(help.stdout).expect("UTF-8");
    let flag = |word: &str| {
        word.starts_with("--").then(|| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_owned())
    };
    let lines = text.lines().filter(|line| line.trim_start().starts_with('-'));
    lines.filter_map(|line| line.split_whitespace().find_map(flag)).filter(|flag| flag != "--help").collect()
}

#[test]
fn every_flag_of_build_is_in_the_manual_and_every_flag_of_the_manual_is_taken() {
    let table = rows(&part(&page("building/the-build.md"), "flags"));
    let listed = table.iter().filter_map(|row| Some(row[0].split('`').nth(1)?.split(' ').next()?.to_owned()));
    assert_eq!(listed.collect::<BTreeSet<_>>(), flags("build"));
}

#[test]
fn every_flag_of_publish_is_in_the_manual_and_every_flag_of_the_manual_is_taken() {
    let table = rows(&part(&page("publishing/putting-it-out.md"), "flags"));
    let listed = table.iter().filter_map(|row| Some(row[0].split('`').nth(1)?.split(' ').next()?.to_owned()));
    assert_eq!(listed.collect::<BTreeSet<_>>(), flags("publish"));
}

#[test]
fn every_key_of_a_target_is_in_the_manual_and_every_key_of_the_manual_is_read() {
    let pages = [("git", "github-pages"), ("s3", "s3"), ("ssh", "server"), ("dir", "folder")];
    for (kind, keys) in parse::config::publish::KINDS {
        let Some((_, name)) = pages.iter().find(|(page, _)| page == kind) else { continue };
        let table = rows(&page(&format!("publishing/{name}.md")));
        let listed: BTreeSet<&str> = table.iter().filter_map(|row| span(&row[0])).collect();
        assert_eq!(listed, keys.iter().copied().collect(), "{kind}");
    }
}

#[test]
fn the_manual_builds_without_a_warning() {
    let out = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["build", "--strict", "--quiet", "--site"])
        .arg(root())
        .arg("--output")
        .arg(Path::new(out.path()).join("public"))
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let views = fs::read_to_string(out.path().join("public/themes/views/index.html")).expect("the page on views");
    assert!(views.contains("id=\"card\""), "the page on views lists the card");
}
