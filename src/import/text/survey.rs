//! What many texts have in common: paragraphs that an export left behind, and the word before captions.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::body::fold_title;
use crate::model::digest::Digest;

/// In how many files a paragraph stands before it is taken for furniture.
const FILES: usize = 20;

/// How many such paragraphs are listed.
const LISTED: usize = 100;

/// The longest line of a text whose paragraphs are separated by blank lines, in characters.
const LONGEST: usize = 120;

/// Words that stand before captions.
const CAPTIONS: &[&str] =
    &["Photo:", "Photograph:", "Picture:", "Image:", "Caption:", "Pic:", "Foto:", "图：", "图片：", "圖："];

/// In how many files such a word stands before it counts.
const CAPTIONED: usize = 3;

/// The paragraphs that many texts have in their bodies, with the number of files, the commonest first. Each text comes with the
/// digests of what is its body: a byline that many share is none of it.
pub fn repeated<'a>(texts: impl Iterator<Item = (String, &'a [Digest])>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (text, body) in texts {
        let body: BTreeSet<&Digest> = body.iter().collect();
        let own: BTreeMap<String, &str> =
            paragraphs(&text).into_iter().map(|paragraph| (fold_title(paragraph), paragraph)).collect();
        for (folded, paragraph) in own {
            if !folded.is_empty() && body.contains(&Digest::of(folded.as_bytes())) {
                counts.entry(folded).or_insert_with(|| (paragraph.to_owned(), 0)).1 += 1;
            }
        }
        // Of a large collection most paragraphs are met once, and never again.
        if counts.len() > 2_000_000 {
            counts.retain(|_, (_, count)| *count > 1);
        }
    }
    let mut found: Vec<(String, usize)> = counts.into_values().filter(|(_, count)| *count >= FILES).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(LISTED);
    found.into_iter().map(|(text, count)| (text.split_whitespace().collect::<Vec<_>>().join(" "), count)).collect()
}

/// The word before captions, if several texts have one.
pub fn caption(texts: impl Iterator<Item = String>) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for text in texts {
        let lines = text.lines().map(str::trim_start);
        let lower: BTreeSet<&'static str> = lines
            .flat_map(|line| CAPTIONS.iter().filter(move |word| line.to_lowercase().starts_with(&word.to_lowercase())))
            .copied()
            .collect();
        lower.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count >= CAPTIONED).max_by_key(|(_, count)| *count).map(|(word, _)| word)
}

/// The paragraphs of a text: its lines if any is long, or else what blank lines separate.
fn paragraphs(text: &str) -> Vec<&str> {
    if text.lines().any(|line| line.chars().nth(LONGEST).is_some()) {
        return text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    }
    let mut paragraphs = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.extend(start.take().map(|start: usize| text[start..at].trim()));
        } else {
            start.get_or_insert(at);
        }
        at += line.len();
    }
    paragraphs.extend(start.map(|start| text[start..].trim()));
    paragraphs
}
