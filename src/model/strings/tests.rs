//! Fallback, forms, gaps, dates and directions.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{Lexicon, Said, Strings, StringsFile, direction, fill, form, gaps, localised};

fn file(language: &str, texts: &[(&str, &str)]) -> StringsFile {
    let said = texts.iter().map(|(key, text)| ((*key).to_owned(), Said::Text((*text).to_owned())));
    StringsFile { language: language.to_owned(), said: said.collect() }
}

fn lexicon() -> Lexicon {
    Lexicon {
        layers: vec![
            vec![file("es", &[("tags", "Asuntos")])],
            vec![
                file("en", &[("tags", "Tags"), ("archive", "Archive"), ("related", "Related")]),
                file("es", &[("tags", "Etiquetas"), ("archive", "Archivo")]),
                file("zh", &[("tags", "标签")]),
            ],
        ],
    }
}

fn set(page: &str, site: &str) -> Strings {
    let lexicon = lexicon();
    lexicon.strings(&lexicon.languages(page, site))
}

#[test]
fn a_key_falls_back_from_the_page_to_its_base_to_the_site_to_english() {
    let strings = set("zh-Hans-CN", "es-MX");
    assert_eq!(strings.text("tags"), "标签");
    assert_eq!(strings.text("archive"), "Archivo");
    assert_eq!(strings.text("related"), "Related");
}

#[test]
fn the_topmost_layer_of_a_language_wins() {
    assert_eq!(set("es", "en").text("tags"), "Asuntos");
    assert_eq!(set("es", "en").text("archive"), "Archivo");
}

#[test]
fn languages_without_a_file_make_no_set_of_their_own() {
    let lexicon = lexicon();
    assert_eq!(lexicon.languages("tlh", "en"), ["en"]);
    assert_eq!(lexicon.languages("tlh", "en"), lexicon.languages("qya-Latn", "en"));
}

#[test]
fn gaps_are_filled_once_and_strange_ones_stay() {
    let value = |gap: &str| (gap == "a").then(|| "{b}".into());
    assert_eq!(fill("{a}, {b} {", value), "{b}, {b} {");
    assert_eq!(fill("{{a}}", value), "{{b}}");
    assert_eq!(gaps("{first} – {last} {} {No}").collect::<Vec<_>>(), ["first", "last"]);
}

#[test]
fn numbers_take_the_forms_of_their_language() {
    let forms = |language: &str| [0, 1, 2, 3, 11, 100].map(|number| form(language, number));
    assert_eq!(forms("en"), ["other", "one", "other", "other", "other", "other"]);
    assert_eq!(forms("ar-EG"), ["zero", "one", "two", "few", "many", "other"]);
    assert_eq!(forms("zh"), ["other"; 6]);
    assert_eq!(forms("x y"), ["other"; 6]);
}

#[test]
fn dates_have_the_names_of_their_language() {
    let months = (1..=12).map(|month| format!("{month}%月")).collect();
    let said = BTreeMap::from([
        ("months".to_owned(), Said::List(months)),
        ("long".to_owned(), Said::Text("%-d. %B %Y, %A 100%%B".to_owned())),
    ]);
    let written = Strings(said).date("long", date(2017, 10, 26).at(0, 0, 0, 0));
    assert_eq!(written, "26. 10%月 2017, Thursday 100%B");
}

#[test]
fn a_broken_pattern_is_left_alone() {
    let time = date(2017, 10, 26).at(0, 0, 0, 0);
    assert_eq!(localised("% %é %", time, |_, _| Some("x".to_owned())), "% %é %");
}

#[test]
fn the_direction_is_that_of_the_script() {
    for (language, expected) in [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("en", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("uz-AF", "rtl"),
        ("", "ltr"),
    ] {
        assert_eq!(direction(language), expected, "{language}");
    }
}
