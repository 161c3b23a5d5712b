//! The index: that it is made of what readers may read, that the browser cuts words as it does, and how little of it an edit changes.

use std::fs;

use super::*;

#[test]
fn the_first_ten_are_those_of_a_ranking_that_reads_every_text() {
    let built = paper(300, "{enabled: true}").build();
    let Some(told) = node("ranking.mjs", &built, &["60"]) else { return };
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["articles"], 300);
    assert!(told["overlap"].as_f64().expect("a share") >= 0.95, "{told}");
}

/// What many languages write, some of it such that folding changes it.
const WRITTEN: &str = "Ärger in Ørsted: 姊妹港來信，霧散之後的第一班船。東京タワーは高い。한국어 신문 기사. ประเทศไทยมีทะเล ภาษาไทย. ភាសាខ្មែរ \
     ຂ່າວລາວ မြန်မာစာ Ελληνικός ΣΊΣΥΦΟΣ. Ёлка и йод. İstanbul ISPARTA ıssız. العَرَبِيَّة كتـــاب أهلا. שָׁלוֹם עולם. हिन्दी समाचार பத்திரிகை. \
     ﬁnally ½ of №5 ① ㎏ ＡＢＣ１２３ ｶﾀｶﾅ がぎ か\u{3099} e\u{301}te\u{301} co\u{ad}operate zero\u{200c}joined x²y Straße ĳssel 𝐁old 𠀀𠀁字 \
     don't rock-and-roll 3.14 a\u{300}b ſhip Ǆ ΐ ŉ ﷺ \u{301}lone \u{e34}\u{e01}\u{e02}\u{e03}";

/// Blocks of letters, marks and signs.
const BLOCKS: &[(u32, u32, usize)] = &[
    (0xa1, 0x24f, 1),
    (0x2b0, 0x5f4, 1),
    (0x600, 0x77f, 1),
    (0x900, 0xeff, 1),
    (0x1000, 0x137f, 1),
    (0x1780, 0x17ff, 1),
    (0x1e00, 0x218f, 1),
    (0x2460, 0x24ff, 1),
    (0x2c60, 0x2dff, 1),
    (0x2e80, 0x31ff, 1),
    (0x3200, 0x33ff, 1),
    (0x3400, 0x9fff, 53),
    (0xac00, 0xd7a3, 47),
    (0xf900, 0xfaff, 1),
    (0xfb00, 0xfdff, 1),
    (0xfe70, 0xffee, 1),
    (0x1d400, 0x1d7ff, 1),
    (0x20000, 0x2fa1d, 211),
];

/// Articles in which each character stands by itself, within a word, and before another one of its kind.
fn characters() -> Vec<String> {
    let codes = BLOCKS.iter().flat_map(|(first, last, step)| (*first..=*last).step_by(*step));
    let all: Vec<char> = codes.filter_map(char::from_u32).filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    all.chunks(250).map(|part| part.iter().map(|c| format!("{c} a{c}b {c}{c}c ")).collect()).collect()
}

#[test]
fn the_browser_cuts_words_as_the_index_does() {
    let page = |title: &str, text: &str| {
        format!(
            "---\ntitle: '{title}'\nstandfirst: Of Überall\ntags: [Straßenbahn]\nauthors: [Dřevo Desk]\n---\n<p>{text}</p>\n"
        )
    };
    let site =
        Site::new().config("search: {enabled: true}").file("content/news/written.html", page("Ça et là 船", WRITTEN));
    let texts = characters();
    let site = texts.iter().enumerate().fold(site, |site, (number, text)| {
        site.file(&format!("content/news/part-{number}.html"), page(&format!("Part {number}"), text))
    });
    let Some(terms) = node("terms.mjs", &site.build(), &[]) else { return };
    let terms: usize = terms.trim().parse().expect("a number");
    assert!(terms > 10_000, "{terms} terms only were compared");
}

#[test]
fn an_edited_body_changes_a_small_part_of_the_index() {
    let site = paper(400, "{enabled: true}");
    let before = site.build();
    let text = site.read(&path(17));
    let front = &text[..text.rfind("---\n").expect("front matter") + 4];
    let site = site.file(&path(17), format!("{front}{}\n", prose(&mut Dice(99), 180)));
    let after = site.build();
    let touched = changed(&before, &after);
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let part = size(&after, |path| wanted(path) && touched.contains(&path));
        part as f64 / size(&after, wanted) as f64
    };
    assert!(of(&|_| true) <= 0.15, "{} of the index", of(&|_| true));
    let is_text = |path: &str| path.contains("/texts-");
    assert!(of(&|path| !is_text(path)) <= 0.20, "{} of the terms", of(&|path| !is_text(path)));
    let groups: std::collections::BTreeSet<&str> = touched
        .iter()
        .filter_map(|path| path.strip_prefix("search/")?.split_once('/'))
        .map(|(group, _)| group)
        .collect();
    assert_eq!(groups.len(), 1, "{touched:?}");
    assert_eq!(touched.iter().filter(|path| is_text(path)).count(), 1, "{touched:?}");
    // What the index does not show of another article stays as it is.
    let pages: Vec<_> = touched.iter().filter(|path| path.ends_with(".html")).collect();
    assert_eq!(pages, [&"news/story-17/index.html"]);
}

#[test]
fn a_later_index_is_that_of_a_first_build() {
    let site = paper(60, "{recency: 365}");
    site.build();
    let site = site.remove(&path(3)).file("content/news/new.md", article(&mut Dice(5), 61));
    let site = site.file(&path(4), article(&mut Dice(6), 4));
    let later = site.build();
    fs::remove_dir_all(output(&site)).expect("an output");
    fs::remove_dir_all(site.root().join(".byline")).expect("a cache");
    assert!(later.files() == site.build().files(), "the index depends on what was there before");
}

#[test]
fn nothing_that_is_hidden_is_in_the_index() {
    let hidden = [
        ("draft", "draft: true"),
        ("held", "date: 2030-01-01"),
        ("expired", "date: 2001-01-01\nexpires: 2002-01-01"),
        ("unlisted", "unlisted: true\ndate: 2001-01-02"),
    ];
    let site =
        Site::new().config("search: {enabled: true}").article("content/news/seen.md", "title: Seen\ndate: 2001-01-01");
    let site = hidden.iter().fold(site, |site, (name, front)| {
        let text = format!(
            "---\ntitle: Title of {name}\n{front}\ntags: [Tag of {name}]\nauthors: [Author of {name}]\n---\nThe secret{name}word.\n"
        );
        site.file(&format!("content/news/{name}.md"), text)
    });
    let built = site.build();
    for (name, _) in hidden {
        let leaks = |text: &str| built.naming(text).into_iter().filter(|path| path.starts_with("search/")).count();
        for text in
            [format!("secret{name}word"), format!("Title of {name}"), format!("Tag of {name}"), format!("{name}\t")]
        {
            assert_eq!(leaks(&text), 0, "{text} in {:?}", built.naming(&text));
        }
    }
    assert_eq!(built.paths().iter().filter(|path| path.contains("/texts-")).count(), 1);
}

#[test]
fn a_site_that_is_not_searched_is_as_if_there_were_no_search() {
    let of = |search: &str| paper(12, search).build();
    let (off, on) = (of("false"), of("true"));
    let without = Site::new();
    let mut dice = Dice(41);
    let without = (0..12).fold(without, |site, number| site.file(&path(number), article(&mut dice, number))).build();
    assert!(off.files() == without.files());
    assert!(!off.has("/search/") && off.naming("search-").is_empty());
    assert!(on.has("/search/") && on.has("search/index.json"));
    let disabled = of("{enabled: false, recency: 30}");
    assert!(disabled.files() == off.files());
}

#[test]
fn without_bodies_only_what_lists_show_is_searched() {
    let site = Site::new().config("search: {body: false}");
    let text = "---\ntitle: The pier\nstandfirst: It froze\ndate: 2001-01-01\n---\nLongbodyword.\n";
    let built = site.file("content/news/pier.md", text).build();
    assert!(built.naming("longbodyword").is_empty());
    assert_eq!(built.naming("froze\t").len(), 1);
}
