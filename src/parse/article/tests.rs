//! Articles as the rest of the site sees them: layers, titles, dates, and what becomes of faults.

use super::*;
use crate::model::article::Inline;
use crate::model::config::HtmlMode;
use crate::model::date::Zone;
use crate::model::diagnostic::{Position, Severity};
use crate::model::front_matter::{Extra, Spot};
use crate::model::shared::Shared;
use crate::model::tag::TagEntry;

fn options() -> ParseOptions {
    ParseOptions {
        timezone: Zone::named("Asia/Hong_Kong").unwrap(),
        defaults: FrontMatter::default(),
        text: TextOptions::default(),
        html: HtmlMode::Trusted,
        highlight: true,
        math: false,
        faulty: Faulty::Fail,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

fn source(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path), text.as_bytes())
}

fn parse_with(path: &str, text: &str, side: Option<&str>, options: &ParseOptions) -> Parsed {
    let side = side.map(|side| source("content/side.yaml", side));
    parse(&source(path, text), side.as_ref(), options)
}

fn article(path: &str, text: &str) -> (Meta, Body) {
    let parsed = parse_with(path, text, None, &options());
    parsed.article.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

fn meta(path: &str, text: &str) -> Meta {
    article(path, text).0
}

#[test]
fn front_matter_and_body_become_an_article() {
    let text = "---\ntitle: A *new* bridge\ndate: 2017-10-26\nauthors: [copy-desk]\nstandfirst: It *opens* today\n---\n\nBody & more.\n";
    let (meta, body) = article("content/news/bridge.md", text);
    assert_eq!(meta.title, "A *new* bridge");
    assert_eq!(meta.standfirst, Some(Inline { html: "It <em>opens</em> today".into(), text: "It opens today".into() }));
    assert_eq!(meta.date.unwrap().rfc3339(), "2017-10-26T00:00:00+08:00");
    assert!(meta.date.unwrap().is_day_alone());
    assert_eq!(body.html, "<p>Body &amp; more.</p>\n");
    assert_eq!((meta.words, meta.summary.as_str()), (2, "Body & more."));
    assert_eq!(meta.mark("authors").position, Some(Position::new(4, 10)));
    assert_eq!(meta.mark("slug").position, None);
}

#[test]
fn a_title_is_found_in_the_heading_the_first_line_or_the_name() {
    assert_eq!(meta("content/a.md", "# From a heading\n\nText.\n").title, "From a heading");
    assert_eq!(meta("content/a.md", "A first line.\n\nText.\n").title, "A first line.");
    assert_eq!(meta("content/2017-10-26-a-new_bridge.md", "").title, "A new bridge");
    assert_eq!(meta("content/the-story/index.md", "").title, "The story");
    assert_eq!(meta("content/a.txt", "The headline\n\nThe body.\n").title, "The headline");
}

#[test]
fn a_heading_that_repeats_the_title_goes_and_places_move_up() {
    let text = "---\ntitle: \"The title\"\n---\n# The title\n\nSee [this](other.md) and [that](more.md).\n\n## Next\n";
    let (meta, body) = article("content/a.md", text);
    assert!(body.html.starts_with("<p>See "), "{}", body.html);
    assert_eq!(body.toc.len(), 1);
    assert!(body.holes.iter().all(|hole| body.html.is_char_boundary(hole.at as usize)));
    assert!(body.html[..body.holes[0].at as usize].ends_with("See "));
    assert_eq!(meta.anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(), ["next"]);
    assert_eq!(meta.words, 5);
    let (_, body) = article("content/a.md", "---\ntitle: Other\n---\n# The title\n");
    assert!(body.html.starts_with("<h2"));
    let (meta, body) = article("content/a.md", "# A [linked](x.md) title\n\n[y](y.md)\n");
    assert_eq!((meta.title.as_str(), body.holes.len()), ("A linked title", 2));
    assert!(body.html[body.holes[0].at as usize..].starts_with('y'));
}

#[test]
fn a_date_comes_from_front_matter_then_name_then_folders_then_url() {
    let day = |path, text| meta(path, text).date.map(|date| date.machine());
    assert_eq!(
        day("content/2016-01-02-a.md", "---\ndate: 2017-10-26 12:54\n---\n").unwrap(),
        "2017-10-26T12:54:00+08:00"
    );
    assert_eq!(day("content/2016-01-02-a.md", "x").unwrap(), "2016-01-02");
    assert_eq!(day("content/2016-01-02-a/index.md", "x").unwrap(), "2016-01-02");
    assert_eq!(day("content/2015/03/04/a.md", "x").unwrap(), "2015-03-04");
    assert_eq!(day("content/a.md", "---\nurl: /2014/05/06/a/\n---\nx").unwrap(), "2014-05-06");
    assert_eq!(day("content/2016-13-40-a.md", "x"), None);
    assert_eq!(day("content/20160-1-02-a.md", "x"), None);
    assert_eq!(day("content/2015/3/4/a.md", "x"), None);
}

#[test]
fn a_sidecar_stands_over_the_text_and_the_folder_below_it() {
    let mut options = options();
    let mark = Mark::file(&SitePath::new("content/_index.md"));
    options.defaults.tags = Some(Spot::new(vec!["Harbour".into()], mark.clone()));
    options.defaults.standfirst = Some(Spot::new("Of the folder".into(), mark));
    options.defaults.extra = Extra::from_iter([("a".to_owned(), 1.into()), ("b".to_owned(), 1.into())]);
    let side = "title: Given\nextra: {b: 2}\nauthors: The Copy Desk\n";
    let parsed = parse_with("content/a.txt", "Headline\n\nBody <b>.\n", Some(side), &options);
    let (meta, body) = parsed.article.unwrap();
    assert_eq!(meta.title, "Given");
    assert_eq!(meta.tags, ["Harbour"]);
    assert_eq!(meta.authors[0].name, "The Copy Desk");
    assert_eq!(serde_json::Value::Object(meta.extra.clone()), serde_json::json!({"a": 1, "b": 2}));
    assert_eq!(meta.mark("authors"), Mark::at(&SitePath::new("content/side.yaml"), Position::new(3, 10)));
    assert_eq!(meta.standfirst.unwrap().text, "Of the folder");
    assert!(body.html.contains("Body &lt;b&gt;."), "{}", body.html);
}

#[test]
fn plain_text_is_decoded_as_announced_even_by_its_sidecar() {
    let latin = Source::new(SitePath::new("content/a.txt"), &b"Caf\xe9 opens\n\nBody.\n"[..]);
    let parsed = parse(&latin, None, &options());
    assert!(parsed.article.is_none());
    let fault = &parsed.diagnostics[0];
    assert_eq!((fault.code, fault.message.as_str()), (Code::Encoding, "the byte 0xE9 at offset 3 is not UTF-8"));
    assert!(fault.hint.as_ref().unwrap().contains("`text.encoding`"));
    let side = source("content/a.yaml", "text: {encoding: windows-1252}\n");
    assert_eq!(parse(&latin, Some(&side), &options()).article.unwrap().0.title, "Café opens");
    let mut folder = options();
    folder.text.encoding = Some("windows-1252".into());
    assert_eq!(parse(&latin, None, &folder).article.unwrap().0.title, "Café opens");
    assert_eq!(parse_with("content/a.md", "# Café\n", None, &folder).article.unwrap().0.title, "Café");
}

#[test]
fn all_errors_of_a_file_are_reported_and_withhold_makes_them_one_warning() {
    let text = "---\ntitle:\ndraft: no\ndate: yesterday\ntitel: x\n---\nBody.\n";
    let parsed = parse_with("content/a.md", text, None, &options());
    assert!(parsed.article.is_none());
    let places: Vec<(u32, u32, Code)> = parsed
        .diagnostics
        .iter()
        .map(|note| (note.mark.as_ref().unwrap().position.unwrap(), note.code))
        .map(|(at, code)| (at.line, at.column, code))
        .collect();
    let expected = [(2, 7, Code::WrongType), (3, 8, Code::WrongType), (4, 7, Code::BadDate), (5, 1, Code::UnknownKey)];
    assert_eq!(places, expected);
    let withhold = ParseOptions { faulty: Faulty::Withhold, ..options() };
    let parsed = parse_with("content/a.md", text, None, &withhold);
    assert!(parsed.article.is_none());
    assert!(parsed.diagnostics.iter().all(|note| note.severity == Severity::Warning));
    let faulty: Vec<_> = parsed.diagnostics.iter().filter(|note| note.code == Code::Faulty).collect();
    assert_eq!(faulty.len(), 1);
    assert!(faulty[0].message.contains("`title` must be text") && faulty[0].message.contains("2 more errors"));
    let own = parse_with("content/a.md", "---\nfaulty: withhold\ndraft: no\n---\n", None, &options());
    assert_eq!(own.diagnostics[0].code, Code::Faulty);
}

#[test]
fn a_sidecar_mends_a_date_that_the_text_garbles() {
    let text = "Headline\n\nDATE : the day after\n\nBody.\n";
    let parsed = parse_with("content/a.txt", text, None, &options());
    assert_eq!(parsed.diagnostics[0].code, Code::BadDate);
    let parsed = parse_with("content/a.txt", text, Some("date: 2017-10-26\n"), &options());
    assert_eq!(parsed.article.unwrap().0.date.unwrap().machine(), "2017-10-26");
}

#[test]
fn an_article_may_choose_how_its_html_is_taken() {
    let (_, body) = article("content/a.html", "---\ntitle: A\nhtml: escaped\n---\n<b>x</b>\n");
    assert!(body.html.contains("&lt;b&gt;"), "{}", body.html);
    let (_, body) = article("content/a.html", "---\ntitle: A\n---\n<b>x</b>\n");
    assert!(body.html.contains("<b>x</b>"), "{}", body.html);
}

#[test]
fn tags_are_inferred_from_the_text() {
    let tag = TagEntry {
        name: "Harbour".into(),
        slug: None,
        description: None,
        synonyms: Vec::new(),
        broader: Vec::new(),
        phrases: vec!["harbour".into()],
        replaced_by: None,
        mark: Mark::file(&SitePath::new("content/tags.yaml")),
    };
    let options = ParseOptions { vocabulary: Shared::new(vec![tag]), ..options() };
    let tags = |text| parse_with("content/a.md", text, None, &options).article.unwrap().0.inferred_tags;
    assert_eq!(tags("# The harbour at night\n\nText.\n"), ["Harbour"]);
    assert!(tags("# Night\n\nThe harbour.\n").is_empty());
}

#[test]
fn the_digest_knows_file_sidecar_and_options() {
    let digest = |side: Option<&str>, options: &ParseOptions| {
        parse_with("content/a.md", "# A\n", side, options).article.unwrap().0.digest
    };
    let plain = digest(None, &options());
    assert_eq!(plain, digest(None, &options()));
    assert_ne!(plain, digest(Some("lang: fr\n"), &options()));
    assert_ne!(plain, digest(None, &ParseOptions { highlight: false, ..options() }));
}

#[test]
fn summaries_are_bounded() {
    let long = "word ".repeat(200);
    let summary = meta("content/a.md", &format!("# T\n\n{long}\n")).summary;
    assert!(summary.chars().count() <= 200 && summary.ends_with('…'), "{summary}");
    assert_eq!(meta("content/a.md", "---\ntitle: T\n---\n").summary, "");
}

#[test]
fn more_gives_the_standfirst() {
    let meta = meta("content/a.md", "# T\n\nBefore *it*.\n\n<!-- more -->\n\nAfter.\n");
    assert_eq!(meta.standfirst.unwrap().text, "Before it.");
}
