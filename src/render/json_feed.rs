//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use serde_json::{Map, Value, json};

use crate::model::view::feed::{EntryView, FeedPage};

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
    head.insert("items".into(), Value::Array(page.entries.iter().map(item).collect()));
    let mut text = Value::Object(head).to_string();
    text.push('\n');
    text
}

fn item(entry: &EntryView) -> Value {
    let card = &entry.card;
    let mut item = Map::new();
    item.insert("id".into(), json!(card.permalink));
    item.insert("url".into(), json!(card.permalink));
    if let Some(original) = entry.source.as_ref().and_then(|source| source.url.as_ref()) {
        item.insert("external_url".into(), json!(original));
    }
    item.insert("title".into(), json!(card.title));
    match entry.content.as_ref().and_then(|content| content.value()) {
        Some(body) => item.insert("content_html".into(), json!(body)),
        None => item.insert("content_text".into(), json!(card.summary)),
    };
    if !card.summary.is_empty() {
        item.insert("summary".into(), json!(card.summary));
    }
    if let Some(image) = &card.image {
        item.insert("image".into(), json!(image.absolute));
    }
    if let Some(published) = &card.published {
        item.insert("date_published".into(), json!(published.0.rfc3339()));
    }
    if card.updated.is_some() {
        item.insert("date_modified".into(), json!(entry.updated));
    }
    if !card.authors.is_empty() {
        let authors: Vec<Value> = card.authors.iter().map(|author| json!({ "name": author.name })).collect();
        item.insert("authors".into(), Value::Array(authors));
    }
    if !card.tags.is_empty() {
        item.insert("tags".into(), json!(card.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>()));
    }
    if let Some(language) = &card.language {
        item.insert("language".into(), json!(language));
    }
    Value::Object(item)
}
