//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use serde_json::{Map, Value, json};

use crate::model::escape;
use crate::model::strings::Strings;
use crate::model::view::article::CorrectionView;
use crate::model::view::feed::{EntryView, FeedAuthor, FeedPage};

/// The feed as JSON, on one line.
pub(super) fn write(page: &FeedPage) -> String {
    let feed = &page.feed;
    let mut head = Map::new();
    head.insert("version".into(), json!("https://jsonfeed.org/version/1.1"));
    head.insert("title".into(), json!(feed.title));
    head.insert("home_page_url".into(), json!(feed.home));
    head.insert("feed_url".into(), json!(feed.url));
    if !feed.description.is_empty() {
        head.insert("description".into(), json!(feed.description));
    }
    head.insert("language".into(), json!(feed.language));
    head.insert("items".into(), Value::Array(page.entries.iter().map(|entry| item(&page.strings, entry)).collect()));
    let mut text = Value::Object(head).to_string();
    text.push('\n');
    text
}

fn author(author: &FeedAuthor) -> Value {
    let mut person = Map::from_iter([("name".to_owned(), json!(author.name))]);
    if let Some(url) = &author.url {
        person.insert("url".into(), json!(url));
    }
    Value::Object(person)
}

/// What the feed says of each correction of an entry: who read the mistake is to see it put right.
fn corrected(strings: &Strings, entry: &EntryView) -> Vec<String> {
    let said = |correction: &CorrectionView| {
        let CorrectionView { date, text } = correction;
        let day = jiff::civil::Date::new(date.year, date.month, date.day).unwrap_or_default();
        let day = strings.date("date_long", day.at(0, 0, 0, 0));
        strings.fill("correction_said", &[("date", &day), ("text", text)])
    };
    entry.corrections.iter().map(said).collect()
}

fn item(strings: &Strings, entry: &EntryView) -> Value {
    let card = &entry.card;
    let corrections = corrected(strings, entry);
    let summary = [vec![card.summary.clone()], corrections.clone()].concat().join(" ").trim().to_owned();
    let mut item = Map::new();
    item.insert("id".into(), json!(card.permalink));
    item.insert("url".into(), json!(card.permalink));
    if let Some(original) = entry.source.as_ref().and_then(|source| source.url.as_ref()) {
        item.insert("external_url".into(), json!(original));
    }
    item.insert("title".into(), json!(card.title));
    match entry.content.as_ref().and_then(|content| content.value()) {
        Some(body) => {
            let below: String = corrections.iter().map(|said| format!("<p>{}</p>", escape::to_text(said))).collect();
            item.insert("content_html".into(), json!(format!("{}{below}", body.html)))
        }
        None => item.insert("content_text".into(), json!(summary)),
    };
    if !summary.is_empty() {
        item.insert("summary".into(), json!(summary));
    }
    if let Some(image) = &entry.image {
        item.insert("image".into(), json!(image.url));
    }
    if let Some(published) = &card.published {
        item.insert("date_published".into(), json!(published.0.rfc3339()));
    }
    if card.updated.is_some() {
        item.insert("date_modified".into(), json!(entry.updated));
    }
    if !entry.authors.is_empty() {
        item.insert("authors".into(), Value::Array(entry.authors.iter().map(author).collect()));
    }
    if !card.tags.is_empty() {
        item.insert("tags".into(), json!(card.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>()));
    }
    if let Some(language) = &card.language {
        item.insert("language".into(), json!(language));
    }
    Value::Object(item)
}
