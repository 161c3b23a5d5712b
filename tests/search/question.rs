//! Questions and what they find.

use super::*;

/// A small paper in several languages.
fn harbour() -> Built {
    let site = Site::new().config("search: {enabled: true}\nlanguage: en");
    let story = |title: &str, front: &str, body: &str| format!("---\ntitle: {title}\n{front}\n---\n{body}\n");
    site.file(
        "content/news/ferry.md",
        story(
            "The ferry returns",
            "date: 2017-10-26\ntags: [Harbour]\nauthors: [The Copy Desk]",
            "It is back at the pier.",
        ),
    )
    .file(
        "content/news/pier.md",
        story(
            "The pier is closed",
            "date: 2018-02-01\ntags: [Winter]\nauthors: [The Night Desk]",
            "Ice. The ferry waits, café shut.",
        ),
    )
    .file(
        "content/letters/ship.md",
        story("姊妹港來信", "date: 2018-03-01\nlang: zh", "霧散之後的第一班船，今天早上到港。"),
    )
    .file("content/letters/sea.md", story("ทะเล", "date: 2019-03-01\nlang: th", "ประเทศไทยมีทะเลสวยงาม"))
    .file("content/letters/sky.md", story("하늘", "date: 2019-03-02\nlang: ko", "오늘 신문기사를 읽었다"))
    .file("content/letters/tower.md", story("塔", "date: 2019-03-03\nlang: ja", "東京タワーはとても高い"))
    .file("content/about.md", story("About", "lang: en", "Who we are."))
    .build()
}

fn asked(built: &Built, arguments: &[&str]) -> Option<Vec<String>> {
    Some(node("ask.mjs", built, arguments)?.lines().map(str::to_owned).collect())
}

#[test]
fn words_are_found_in_titles_first_whatever_their_case_and_accents() {
    let built = harbour();
    let Some(found) = asked(&built, &["FÉRRY"]) else { return };
    assert_eq!(found, ["The ferry returns", "The pier is closed | ferry"]);
    assert_eq!(asked(&built, &["cafe"]).expect("Node"), ["The pier is closed | café"]);
    assert_eq!(asked(&built, &["zeppelin"]).expect("Node"), [""; 0]);
    assert_eq!(asked(&built, &["Who"]).expect("Node"), ["About | Who"]);
}

#[test]
fn the_last_word_may_be_a_beginning_while_it_is_typed() {
    let built = harbour();
    let Some(found) = asked(&built, &["retu", "typing"]) else { return };
    assert_eq!(found, ["The ferry returns"]);
    // So few letters are looked for in titles and names.
    assert_eq!(asked(&built, &["fe", "typing"]).expect("Node"), ["The ferry returns"]);
    assert_eq!(asked(&built, &["harb", "typing"]).expect("Node"), ["The ferry returns"]);
    assert_eq!(asked(&built, &["retu"]).expect("Node"), [""; 0]);
    assert_eq!(asked(&built, &["retu ", "typing"]).expect("Node"), [""; 0]);
    assert_eq!(asked(&built, &["close", "typing"]).expect("Node"), ["The pier is closed"]);
}

#[test]
fn scripts_without_blanks_are_searched_by_any_part_of_a_sentence() {
    let built = harbour();
    let Some(found) = asked(&built, &["第一班船"]) else { return };
    assert_eq!(found, ["姊妹港來信 | 第一班船"]);
    assert_eq!(asked(&built, &["早上"]).expect("Node"), ["姊妹港來信 | 早上"]);
    assert_eq!(asked(&built, &["港"]).expect("Node"), ["姊妹港來信 | 港"]);
    assert_eq!(asked(&built, &["塔"]).expect("Node"), ["塔"]);
    assert_eq!(asked(&built, &["タワー"]).expect("Node"), ["塔 | タワー"]);
    assert_eq!(asked(&built, &["신문"]).expect("Node"), ["하늘 | 신문"]);
    assert_eq!(asked(&built, &["ไทย"]).expect("Node"), ["ทะเล | ไทย"]);
    assert_eq!(asked(&built, &["สวยงาม"]).expect("Node"), ["ทะเล | สวยงาม"]);
}

#[test]
fn results_are_narrowed_by_tag_author_section_and_year() {
    let built = harbour();
    let narrowed = |by: &[&str]| asked(&built, &[&["ferry", ""], by].concat());
    let Some(found) = narrowed(&["#Harbour"]) else { return };
    assert_eq!(found, ["The ferry returns"]);
    assert_eq!(narrowed(&["@The Night Desk"]).expect("Node"), ["The pier is closed | ferry"]);
    assert_eq!(narrowed(&["=2018"]).expect("Node"), ["The pier is closed | ferry"]);
    assert_eq!(narrowed(&["/news"]).expect("Node").len(), 2);
    assert_eq!(narrowed(&["/letters"]).expect("Node"), [""; 0]);
    assert_eq!(narrowed(&["=2018", "#Harbour"]).expect("Node"), [""; 0]);
    assert_eq!(asked(&built, &["", "", "=2017"]).expect("Node"), ["The ferry returns"]);
}

#[test]
fn newer_articles_come_first_where_age_counts() {
    let story = |day: &str, words: &str| format!("---\ntitle: Of {day}\ndate: {day}\n---\nThe tide. {words}\n");
    let of = |search: &str| {
        let site = Site::new().config(&format!("search: {search}"));
        let site = site.file("content/news/old.md", story("2001-01-01", "Of the tide."));
        site.file("content/news/new.md", story("2023-01-01", "Of water.")).build()
    };
    let Some(found) = asked(&of("{recency: 100}"), &["tide"]) else { return };
    assert!(found[0].starts_with("Of 2023"), "{found:?}");
    let found = asked(&of("{enabled: true}"), &["tide"]).expect("Node");
    assert!(found[0].starts_with("Of 2001"), "{found:?}");
}
