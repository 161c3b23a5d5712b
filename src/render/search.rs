//! The parts of the search index, in the forms that `src/builtin/search.js` reads.
//!
//! Lists of numbers are lines of text, which hosts compress as they do pages. A number below 64 is one character, counted from
//! `#`; of a larger one the remainder by 28 comes first, as one of the 28 characters after those, and then the quotient.

use serde_json::{Map, Value, json};

use crate::model::view::article::Card;
use crate::model::view::search::{DocumentsView, FoundView, StatisticsView, Term, TermsView, TextsView};

/// The first of the characters that stand for numbers: above the blank and the quotation mark.
const ZERO: u8 = b'#';

/// Appends a number.
fn number(line: &mut String, mut number: u32) {
    while number >= 64 {
        number -= 64;
        line.push(char::from(ZERO + 64 + (number % 28) as u8));
        number /= 28;
    }
    line.push(char::from(ZERO + number as u8));
}

/// What there is to be searched, as JSON.
pub(super) fn statistics(view: &StatisticsView) -> String {
    let StatisticsView { articles, groups, shards, buckets, recency } = view;
    let value = json!({
        "version": 1, "articles": articles, "groups": groups, "shards": shards, "buckets": buckets, "recency": recency,
    });
    format!("{value}\n")
}

/// Three lines: how many articles are in each bucket, their lengths, their days.
pub(super) fn documents(view: &DocumentsView) -> String {
    let Some(documents) = view.documents.value() else { return String::new() };
    let mut text = String::new();
    for numbers in [&documents.buckets, &*documents.lengths, &documents.days] {
        numbers.iter().for_each(|one| number(&mut text, *one));
        text.push('\n');
    }
    text
}

/// A line for each term: the term, a tab, and its articles by how often they have it. Each list begins with how often that is; a
/// place is the number of places since the one before it in its list. A blank separates the lists.
pub(super) fn terms(view: &TermsView) -> String {
    let mut text = String::new();
    for Term { term, articles } in view.terms.value().iter().flat_map(|terms| terms.iter()) {
        text.push_str(term);
        let mut sorted: Vec<(u32, u32)> = articles.iter().map(|(place, count)| (*count, *place)).collect();
        sorted.sort_unstable();
        for (at, list) in sorted.chunk_by(|a, b| a.0 == b.0).enumerate() {
            text.push(if at == 0 { '\t' } else { ' ' });
            number(&mut text, list[0].0);
            let mut next = 0;
            for (_, place) in list {
                number(&mut text, place - next);
                next = place + 1;
            }
        }
        text.push('\n');
    }
    text
}

/// What is shown of articles, as JSON.
pub(super) fn texts(view: &TextsView) -> String {
    let articles = view.articles.value().map_or(&[][..], Vec::as_slice);
    format!("{}\n", Value::Array(articles.iter().map(found).collect()))
}

fn found(found: &FoundView) -> Value {
    let card: &Card = &found.card;
    let mut value = Map::new();
    value.insert("title".into(), json!(card.title));
    value.insert("url".into(), json!(card.url));
    value.insert("summary".into(), json!(card.summary));
    if let Some(published) = &card.published {
        value.insert("date".into(), json!(published.0.machine()));
    }
    if let Some(section) = &card.section {
        value.insert("section".into(), json!(section.name));
    }
    if !card.authors.is_empty() {
        value.insert("authors".into(), json!(card.authors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()));
    }
    if !card.tags.is_empty() {
        value.insert("tags".into(), json!(card.tags.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()));
    }
    if let Some(language) = &card.language {
        value.insert("language".into(), json!(language));
    }
    if !found.text.is_empty() {
        value.insert("text".into(), json!(found.text));
    }
    Value::Object(value)
}
