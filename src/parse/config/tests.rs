//! site.yaml: its defaults, its keys, and the place of every mistake.

use super::*;
use crate::model::config::{MenuItem, PermalinkPart};
use crate::model::path::SitePath;

fn read(text: &str) -> Noted<Option<Config>> {
    parse(&Source::new(SitePath::new("site.yaml"), text.as_bytes()))
}

fn good(text: &str) -> Config {
    let noted = read(text);
    noted.value.unwrap_or_else(|| panic!("{:?}", noted.diagnostics))
}

/// The only error of a text: line, column, message, hint.
fn fault(text: &str) -> (u32, u32, String, String) {
    let noted = read(text);
    assert!(noted.value.is_none(), "{text}");
    assert_eq!(noted.diagnostics.len(), 1, "{text}: {:?}", noted.diagnostics);
    let note = noted.diagnostics.into_iter().next().unwrap();
    let at = note.mark.unwrap().position.unwrap();
    (at.line, at.column, note.message, note.hint.unwrap())
}

#[test]
fn nothing_said_means_the_defaults() {
    for text in ["", "# only a comment\n", "\u{feff}"] {
        assert_eq!(good(text), default_config());
    }
}

#[test]
fn every_key_is_read() {
    let config = good(concat!(
        "title: The Saltmere Packet\ndescription: News of a harbour\nbase_url: https://Example.org/packet/\nlanguage: en-GB\n",
        "timezone: Asia/Hong_Kong\ntheme: plain\npermalink: /{year}/{month}/{day}/{slug}/\nslugs: ascii\n",
        "pagination: {style: newest-first, size: 7}\nfeeds: {atom: false, json: true, rss: true}\n",
        "taxonomies: [topics, {key: place-names, title: Places}]\n",
        "menus: {main: [{name: About, url: /about/}, {name: Mail, url: \"mailto:desk@example.org\"}]}\n",
        "article_type: BlogPosting\nauthors: {strict: true}\nlinks: {broken: warn}\nfaulty: withhold\n",
        "text: {encoding: big5, dates: mdy}\nhtml: sanitized\nhighlight: {enabled: false}\nimages: {widths: [400]}\n",
        "search: {enabled: true}\npublish: {web: {kind: dir, path: /srv/www}}\ntheme_options: {accent: navy}\nextra: {a: {b: 1}}\n",
    ));
    assert_eq!((config.base.origin.as_str(), config.base.path.as_str()), ("https://example.org", "/packet"));
    assert_eq!((config.timezone.name.as_str(), config.slugs), ("Asia/Hong_Kong", SlugStyle::Ascii));
    let literal = |text: &str| PermalinkPart::Literal(text.into());
    let parts = [
        PermalinkPart::Year,
        literal("/"),
        PermalinkPart::Month,
        literal("/"),
        PermalinkPart::Day,
        literal("/"),
        PermalinkPart::Slug,
    ];
    assert_eq!(config.permalink.0, parts);
    assert_eq!(config.pagination, Pagination { style: PageStyle::NewestFirst, size: 7 });
    assert_eq!(config.feeds, Feeds { atom: false, json: true, rss: true });
    let taxonomies: Vec<_> = config.taxonomies.iter().map(|one| (one.key.as_str(), one.title.as_str())).collect();
    assert_eq!(taxonomies, [("topics", "Topics"), ("place-names", "Places")]);
    assert_eq!(config.menus[0].items[0], MenuItem { name: "About".into(), url: "/about/".into() });
    assert!(config.strict_authors && !config.highlight);
    assert_eq!(
        (config.broken_links, config.faulty, config.html),
        (Broken::Warn, Faulty::Withhold, HtmlMode::Sanitized)
    );
    assert_eq!(config.text.encoding.as_deref(), Some("big5"));
    assert_eq!(config.theme_options["accent"], "navy");
    assert_eq!(config.extra["a"]["b"], 1);
    assert!(!good("highlight: false\n").highlight);
}

#[test]
fn unknown_keys_are_errors_with_a_suggestion() {
    assert_eq!(fault("titel: x\n"), (1, 1, "unknown key `titel`".into(), "did you mean `title`?".into()));
    assert_eq!(fault("feeds:\n  jsn: true\n"), (2, 3, "unknown key `feeds.jsn`".into(), "did you mean `json`?".into()));
    assert_eq!(fault("pagination: {sise: 3}\n").3, "did you mean `size`?");
    assert_eq!(fault("text: {enconding: utf-8}\n").3, "did you mean `encoding`?");
    assert_eq!(fault("authors: {strickt: true}\n").3, "did you mean `strict`?");
    assert_eq!(fault("menus: {main: [{name: A, url: /a/, ulr: /b/}]}\n").3, "did you mean `url`?");
}

#[test]
fn values_are_checked_at_their_place() {
    let (line, column, message, hint) = fault("title: x\ntimezone: Asia/Hong_Kogn\n");
    assert_eq!((line, column, message.as_str()), (2, 11, "unknown time zone `Asia/Hong_Kogn`"));
    assert_eq!(hint, "did you mean `Asia/Hong_Kong`?");
    assert!(fault("timezone: Atlantis\n").3.contains("Europe/Paris"));
    assert_eq!(fault("base_url: example.org\n").1, 11);
    assert!(fault("base_url: ftp://example.org/\n").2.contains("http or https"));
    for size in ["0", "10001", "-1"] {
        assert!(fault(&format!("pagination: {{size: {size}}}\n")).2.contains("from 1 to 10000"), "{size}");
    }
    assert!(fault("pagination: {size: '20'}\n").2.contains("whole number"));
    assert!(fault("theme: ../x\n").2.contains("theme"));
    assert!(fault("article_type: news article\n").2.contains("schema.org"));
    assert!(fault("menus: {main: [{name: A, url: about}]}\n").2.contains("cannot be linked"));
    assert!(fault("menus: {main: [{name: A, url: \"javascript:x\"}]}\n").2.contains("cannot be linked"));
    assert!(fault("menus: {main: [{name: A}]}\n").2.contains("needs a `url`"));
    assert!(fault("taxonomies: [tags]\n").2.contains("cannot be a taxonomy"));
    assert!(fault("taxonomies: [a/b]\n").2.contains("segment of URLs"));
    assert!(fault("taxonomies: [a, a]\n").2.contains("twice"));
    assert!(fault("search: yes\n").2.contains("mapping"));
    assert_eq!(fault("[a]\n").0, 1);
}

#[test]
fn permalinks_are_checked() {
    assert_eq!(fault("permalink: /{yaer}/{slug}/\n").3, "did you mean `{year}`?");
    assert!(fault("permalink: /{year}/\n").2.contains("no `{slug}`"));
    assert!(fault("permalink: /{year/{slug}/\n").2.contains("placeholder"));
    assert!(fault("permalink: /{slug\n").2.contains("partner"));
    assert!(fault("permalink: /a}/{slug}/\n").2.contains("partner"));
    assert!(fault("permalink: /../{slug}/\n").2.contains("leave its folder"));
    assert!(fault("permalink: //{slug}//x\n").2.contains("is empty"));
}

#[test]
fn all_errors_are_reported_and_bytes_are_located() {
    let noted = read("titel: x\nfeeds: {atom: ja}\ntimezone: X\n");
    assert_eq!(noted.diagnostics.len(), 3);
    let noted = parse(&Source::new(SitePath::new("site.yaml"), &b"title: Caf\xe9\n"[..]));
    assert_eq!(noted.diagnostics[0].mark.as_ref().unwrap().position, Some(Position::new(1, 11)));
    assert_eq!(noted.diagnostics[0].code, Code::Encoding);
    assert!(read(&"a".repeat(LIMIT + 1)).diagnostics[0].message.contains("1024 KiB"));
}
