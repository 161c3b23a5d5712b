//! What the built-in templates and the theme Broadsheet promise, read from their sources: a small style sheet that fetches
//! nothing, text that can be read in light and dark, and markup that a strict content security policy lets pass.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The most that the style sheet may have, in bytes.
const SHEET_LIMIT: usize = 12_000;

/// The least contrast of text with its ground: level AA of WCAG 2.2, success criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// The templates that pages ask for by name.
const PAGES: [&str; 23] = [
    "404.html",
    "archive.html",
    "article.html",
    "atom.xml",
    "author.html",
    "authors.html",
    "base.html",
    "day.html",
    "home.html",
    "month.html",
    "page.html",
    "redirect.html",
    "rss.xml",
    "section.html",
    "series.html",
    "series_index.html",
    "tag.html",
    "tags.html",
    "term.html",
    "terms.html",
    "year.html",
    "components.html",
    "partials/card.html",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sheet() -> String {
    fs::read_to_string(root().join("themes/broadsheet/static/broadsheet.css")).expect("the style sheet")
}

/// Every template below a folder with its source.
fn templates(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            templates(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("UTF-8");
            found.push((path, text));
        }
    }
}

fn all_templates() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["templates", "themes/broadsheet/templates"] {
        templates(&root().join(folder), &mut found);
    }
    found
}

/// The colours among the custom properties of a piece of the sheet.
fn colours(css: &str) -> BTreeMap<&str, [f64; 3]> {
    let declarations = css.split(['{', '}', ';']).filter_map(|part| part.trim().split_once(':'));
    let colours = declarations.filter_map(|(name, value)| {
        let digits = value.trim().strip_prefix('#')?;
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok().map(f64::from);
        Some((name.strip_prefix("--")?, [channel(0)?, channel(2)?, channel(4)?]))
    });
    colours.collect()
}

/// The relative luminance of a colour in sRGB, as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_that_of_the_standard() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([119.0; 3], [255.0; 3]) - 4.48).abs() < 0.01);
}

#[test]
fn text_can_be_read_in_light_and_dark() {
    let sheet = sheet();
    let (light, rest) = sheet.split_once("@media (prefers-color-scheme:dark)").expect("a dark scheme");
    let dark = rest.split_once("}}").expect("the end of the dark scheme").0;
    for (scheme, colours) in [("light", colours(light)), ("dark", colours(dark))] {
        for ground in ["paper", "tint"] {
            for text in ["ink", "soft", "accent", "blue", "green", "violet", "amber"] {
                let found = contrast(colours[text], colours[ground]);
                assert!(found >= LEAST_CONTRAST, "{scheme}: --{text} on --{ground} has a contrast of {found:.2}");
            }
        }
    }
}

#[test]
fn the_sheet_is_small_and_fetches_nothing() {
    let sheet = sheet();
    assert!(sheet.len() < SHEET_LIMIT, "the sheet has {} bytes", sheet.len());
    for word in ["url(", "@import", "@font-face", "http:", "https:"] {
        assert!(!sheet.contains(word), "the sheet has {word}");
    }
}

#[test]
fn every_page_has_a_template() {
    for name in PAGES {
        assert!(root().join("templates").join(name).is_file(), "templates/{name} is missing");
    }
}

#[test]
fn no_template_needs_an_exception_from_the_security_policy() {
    let data = "<script type=\"application/ld+json\">";
    for (path, text) in all_templates() {
        let text = text.replace(data, "");
        for word in [" style=", "<style", "<script", " onclick=", " onload=", "javascript:", "src=\"http", "src=\"//"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn no_id_of_a_template_can_be_that_of_a_heading() {
    for (path, text) in all_templates() {
        for id in text.split(" id=\"").skip(1) {
            assert!(id.starts_with('_'), "{} has the id {}", path.display(), id.split('"').next().unwrap_or_default());
        }
    }
}
