//! Finding the tags whose phrases a text names.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::tag::TagEntry;

use super::is_cjk;

/// How often the body must name a tag; in the title or standfirst, once suffices.
const IN_BODY: u32 = 2;

/// All phrases of a vocabulary as one automaton: built once, then used for every article.
#[derive(Debug)]
pub struct Matcher {
    /// `None` where no tag has a phrase.
    automaton: Option<AhoCorasick>,
    /// For each phrase, the tag that it stands for: an index into `names`.
    tags: Vec<usize>,
    /// The tags' names, in the vocabulary's order.
    names: Vec<String>,
}

impl Matcher {
    /// Takes the phrases of a vocabulary.
    pub fn new(vocabulary: &[TagEntry]) -> Self {
        let mut phrases = Vec::new();
        let mut tags = Vec::new();
        for (tag, entry) in vocabulary.iter().enumerate() {
            for phrase in entry.phrases.iter().map(|phrase| fold(phrase)).filter(|phrase| !phrase.is_empty()) {
                phrases.push(phrase);
                tags.push(tag);
            }
        }
        // Building fails only past two thousand million states, which no vocabulary can reach.
        let automaton = if phrases.is_empty() { None } else { AhoCorasick::new(&phrases).ok() };
        Self { automaton, tags, names: vocabulary.iter().map(|entry| entry.name.clone()).collect() }
    }

    /// The names of the tags that an article's text names, in the vocabulary's order: in whole words, letter case aside, in
    /// the title or standfirst once, or in the body twice.
    pub fn tags(&self, title: &str, standfirst: &str, body: &str) -> Vec<String> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found = BTreeMap::new();
        for (text, weight) in [(title, IN_BODY), (standfirst, IN_BODY), (body, 1)] {
            self.count(automaton, &fold(text), weight, &mut found);
        }
        found.retain(|_, weight| *weight >= IN_BODY);
        found.keys().map(|tag| self.names[*tag].clone()).collect()
    }

    /// Adds the weight of every place where a text names a tag. Phrases of one tag that overlap count once.
    fn count(&self, automaton: &AhoCorasick, text: &str, weight: u32, found: &mut BTreeMap<usize, u32>) {
        let mut ends = BTreeMap::new();
        for place in automaton.find_overlapping_iter(text) {
            let tag = self.tags[place.pattern().as_usize()];
            let taken = ends.entry(tag).or_insert(0);
            if place.start() >= *taken && is_whole(text, place.start(), place.end()) {
                *taken = place.end();
                let sum = found.entry(tag).or_insert(0_u32);
                *sum = sum.saturating_add(weight);
            }
        }
    }
}

/// The tags that a text names: [`Matcher::tags`] for a single use.
pub fn match_tags(vocabulary: &[TagEntry], title: &str, standfirst: &str, body: &str) -> Vec<String> {
    Matcher::new(vocabulary).tags(title, standfirst, body)
}

/// What phrases and texts are compared by: lower case in composed form, one blank for any white space, plain apostrophes.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Nearly all text is composed already, and composing it again is the slowest part of matching.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => fold_into(&mut folded, text.chars()),
        _ => fold_into(&mut folded, text.nfc()),
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn fold_into(folded: &mut String, composed: impl Iterator<Item = char>) {
    for c in composed.flat_map(char::to_lowercase) {
        match c {
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '’' | 'ʼ' => folded.push('\''),
            // The two small sigmas are one letter.
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
}

/// Whether a place in a text is not part of a longer word. `+` and `#` belong to the word before them, so that C, C++ and C#
/// stay apart.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let (first, last) = (text[start..].chars().next(), text[..end].chars().next_back());
    let joined =
        |left: Option<char>, right: Option<char>| left.zip(right).is_some_and(|(left, right)| continues(left, right));
    let suffixed = last.is_some_and(char::is_alphanumeric) && matches!(after, Some('+' | '#'));
    !(joined(before, first) || joined(last, after) || suffixed)
}

/// Whether two neighbours belong to one word.
fn continues(left: char, right: char) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    if is_combining_mark(right) {
        return true;
    }
    (letter(left) || is_combining_mark(left)) && letter(right) && !is_cjk(left) && !is_cjk(right)
}
