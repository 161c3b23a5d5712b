//! Structured data for search engines: JSON-LD with the vocabulary of schema.org.

use serde_json::{Map, Value, json};

use super::Desk;
use crate::model::escape::script_json;
use crate::model::path::Url;
use crate::model::site::{Article, AuthorId, Role};

/// An article (schema.org/NewsArticle, or the type that site.yaml names), or a standing page (schema.org/WebPage).
pub(super) fn article(desk: &Desk, article: &Article) -> String {
    let config = &desk.site.config;
    let meta = &article.meta;
    let permalink = config.base.absolute(&article.url);
    let standing = article.role == Role::Standing;
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| {
        data.insert(key.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(if standing { "WebPage" } else { config.article_type.as_str() }));
    put(if standing { "name" } else { "headline" }, json!(article.card.title));
    put("url", json!(permalink));
    if !article.card.summary.is_empty() {
        put("description", json!(article.card.summary));
    }
    if let Some(published) = meta.date {
        put("datePublished", json!(published.machine()));
        put("dateModified", json!(meta.updated.unwrap_or(published).machine()));
    } else if let Some(updated) = meta.updated {
        put("dateModified", json!(updated.machine()));
    }
    if !article.authors.is_empty() {
        put("author", Value::Array(authors(desk, article)));
    }
    if !standing {
        let keywords: Vec<&str> = article.card.tags.iter().map(|tag| tag.name.as_str()).collect();
        if !keywords.is_empty() {
            put("keywords", json!(keywords));
        }
        if let Some(section) = &article.card.section {
            put("articleSection", json!(section.name));
        }
        let corrections: Vec<Value> = super::detail::corrections(article)
            .iter()
            .map(|correction| {
                json!({ "@type": "CorrectionComment", "text": correction.text, "datePublished": correction.date.machine })
            })
            .collect();
        if !corrections.is_empty() {
            put("correction", Value::Array(corrections));
        }
    }
    if let Some(image) = &article.card.image {
        put("image", json!(image.absolute));
    }
    put("inLanguage", json!(meta.lang.as_deref().unwrap_or(&config.language)));
    put("mainEntityOfPage", json!(permalink));
    put(
        "publisher",
        json!({ "@type": "Organization", "name": config.title, "url": config.base.absolute(&Url::root()) }),
    );
    script_json(&Value::Object(data))
}

fn authors(desk: &Desk, article: &Article) -> Vec<Value> {
    let person = |id: &AuthorId| {
        let author = &desk.site.authors[id.index()];
        let mut person = json!({ "@type": "Person", "name": author.name });
        if author.has_page {
            person["url"] = json!(desk.site.config.base.absolute(&author.url));
        }
        person
    };
    article.authors.iter().map(person).collect()
}

/// The site itself (schema.org/WebSite), on its front page.
pub(super) fn site(desk: &Desk) -> String {
    let config = &desk.site.config;
    let home = config.base.absolute(&Url::root());
    script_json(&json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": config.title, "url": home,
        "description": config.description, "inLanguage": config.language,
    }))
}
