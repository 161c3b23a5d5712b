//! An article or page of Pelican's: its fields, its new file and its address.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Pelican;
use super::headers::{self, Field, Headers};
use super::named;
use super::url::{self, Parts, slugified};
use crate::import::address;
use crate::import::collection::{Article, Markup};
use crate::import::dates;
use crate::import::front::{Front, names};
use crate::import::keys;
use crate::import::tree::{extension, folder, name, without_extension};
use crate::model::diagnostic::{Diagnostic, Position};
use crate::model::path::SitePath;

impl Pelican {
    /// Reads an article or page. An error is why there is none.
    pub(super) fn page(
        &self,
        path: &str,
        below: &str,
        source: &str,
        is_page: bool,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<Box<Article>, &'static str> {
        let kind = extension(path);
        let (mut headers, markup) = match kind.as_str() {
            "rst" => (headers::restructured(source), Markup::Markdown),
            "html" | "htm" => (headers::html(source), Markup::Html),
            _ => (headers::markdown(source), Markup::Markdown),
        };
        let groups = self.named.add(below, &mut headers.fields);
        self.usual(&mut headers.fields);
        let mut article = blank(path, below, &headers, markup);
        for field in &headers.fields {
            self.field(&mut article, field, notes);
        }
        for (key, value) in groups {
            article.values.entry(key).or_insert(value);
        }
        if let (None, Some(author)) = (article.front.get("authors"), self.text("AUTHOR").filter(|_| !is_page)) {
            article.front.set_list("authors", vec![author.to_owned()]);
        }
        let find = |key: &str| headers.fields.iter().find(|field| field.key == key).map(|field| field.value.trim());
        match find("status").map(str::to_ascii_lowercase).as_deref() {
            Some("draft") => article.front.set("draft", true),
            Some("hidden") => article.front.set("unlisted", true),
            Some("skip") => return Err("the file was left out: its status is `skip`"),
            _ => {}
        }
        if is_page {
            article.front.set("page", true);
        } else if article.front.get("title").is_none() {
            return Err("the file was left out: Pelican takes no article without a title");
        }
        let category = find("category").map(str::to_owned).or_else(|| self.folder_category(below, is_page));
        if let Some(name) = &category {
            let at = headers.fields.iter().find(|field| field.key == "category").map_or(1, |field| field.line);
            keys::terms(&mut article, "categories", vec![name.clone()], Position::new(at, 1), notes);
        }
        article.old = self.old(&article, path, is_page, category.as_deref(), &find);
        if article.body.contains("[TOC]") {
            article.front.set("toc", true);
            article.body = article.body.replacen("[TOC]", "", 1);
        }
        Ok(Box::new(article))
    }

    fn field(&self, article: &mut Article, field: &Field, notes: &mut Vec<Diagnostic>) {
        let value = field.value.replace('\n', " ");
        let whole = value.trim();
        // Many write quotes around a value as in YAML. Pelican shows those of a title.
        let value = whole.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(whole);
        let at = Position::new(field.line, 1);
        if value.is_empty() {
            return;
        }
        match field.key.as_str() {
            "title" => article.front.set("title", whole),
            "summary" | "subtitle" | "description" if article.front.get("standfirst").is_none() => {
                article.front.set("standfirst", value);
            }
            "date" if !self.date(article, value) => keys::unreadable(article, "date", value, at, notes),
            "date" => {}
            "modified" => match dates::read(&dates::month_first(value).unwrap_or_else(|| value.to_owned()), &self.zone)
            {
                Some((written, _)) => article.front.set("updated", written),
                None => keys::unreadable(article, "modified", value, at, notes),
            },
            "author" | "authors" => {
                let before = article.front.texts("authors").into_iter().map(str::to_owned);
                let (good, _) = names(before.chain(list(&field.value)).collect());
                article.front.set_list("authors", good);
            }
            "tags" => keys::terms(article, "tags", list(&field.value), at, notes),
            "series" => article.front.set("series", value),
            "lang" => article.front.set_maybe(
                "lang",
                crate::import::settings::language(value)
                    .filter(|lang| Some(lang.as_str()) != self.text("DEFAULT_LANG")),
            ),
            "image" | "cover" | "thumbnail" => {
                article.front.set("image", value.trim_start_matches("{static}").trim_start_matches("{attach}"))
            }
            "status" | "slug" | "category" | "save_as" | "url" | "template" | "translation" => {}
            key => article.front.keep(key, Value::from(value)),
        }
        article.values.insert(field.key.clone(), value.to_owned());
    }

    /// Sets the date; the month comes first where nothing else is said, as it does to Pelican.
    fn date(&self, article: &mut Article, value: &str) -> bool {
        let set = |article: &mut Article, text: &str| keys::set_date(article, text, &self.zone);
        set(article, value) || dates::month_first(value).is_some_and(|text| set(article, &text))
    }

    /// What holds for all articles that do not say otherwise.
    fn usual(&self, fields: &mut Vec<Field>) {
        let all = self.settings.get("DEFAULT_METADATA").and_then(Value::as_object);
        for (key, value) in all.into_iter().flatten() {
            let key = key.to_lowercase();
            let known = named::FIELDS.contains(&key.as_str()) && !fields.iter().any(|field| field.key == key);
            if let Some(value) = value.as_str().filter(|_| known) {
                fields.push(Field { key, value: value.to_owned(), line: 1 });
            }
        }
    }

    /// The category that a folder is.
    fn folder_category(&self, below: &str, is_page: bool) -> Option<String> {
        let used = self.settings.get("USE_FOLDER_AS_CATEGORY").and_then(Value::as_bool).unwrap_or(true);
        let name = name(folder(below));
        (used && !is_page && !name.is_empty()).then(|| name.to_owned())
    }

    /// The old address: the one that the file names, or by the pattern of its kind.
    fn old<'f>(
        &self,
        article: &Article,
        path: &str,
        is_page: bool,
        category: Option<&str>,
        find: &dyn Fn(&str) -> Option<&'f str>,
    ) -> Option<crate::model::path::Url> {
        if let Some(url) = find("save_as").filter(|path| !path.is_empty()).and_then(address::old_decoded) {
            return Some(url);
        }
        let title = article.front.text("title").unwrap_or("");
        let stem = name(without_extension(path));
        let by_name = self.text("SLUGIFY_SOURCE") == Some("basename");
        let slug = match find("slug") {
            Some(slug) => slug.to_owned(),
            None if by_name || title.is_empty() => slugified(stem),
            None => slugified(title),
        };
        let language = article.front.text("lang");
        let (key, default) = match (is_page, language) {
            (false, None) => ("ARTICLE_SAVE_AS", url::ARTICLE),
            (false, Some(_)) => ("ARTICLE_LANG_SAVE_AS", url::ARTICLE_IN_LANGUAGE),
            (true, None) => ("PAGE_SAVE_AS", url::PAGE),
            (true, Some(_)) => ("PAGE_LANG_SAVE_AS", url::PAGE_IN_LANGUAGE),
        };
        let category = slugified(category.or_else(|| self.text("DEFAULT_CATEGORY")).unwrap_or("misc"));
        let author = slugified(article.front.texts("authors").first().copied().unwrap_or(""));
        let parts = Parts {
            slug: &slug,
            language: language.unwrap_or(self.text("DEFAULT_LANG").unwrap_or("en")),
            category: &category,
            author: &author,
            date: article.date.map(|date| date.civil()),
            others: &article.values,
        };
        parts.address(self.text(key).unwrap_or(default))
    }
}

fn blank(path: &str, below: &str, headers: &Headers, markup: Markup) -> Article {
    let kind = if markup == Markup::Html { "html" } else { "md" };
    Article {
        source: SitePath::new(path),
        target: format!("{}.{kind}", without_extension(below)),
        front: Front::default(),
        body: headers.body.clone(),
        first_line: headers.first_line,
        markup,
        old: None,
        date: None,
        values: BTreeMap::new(),
    }
}

/// Names in a row, between semicolons if there is one, else between commas; or one to a line.
fn list(text: &str) -> Vec<String> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split([separator, '\n']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Links of Python-Markdown may have blanks in their targets: `[plan]({static}/the plan.pdf)`.
pub fn without_blanks_in_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("]({").or_else(|| rest.find("](|")) {
        let (before, link) = rest.split_at(at + 2);
        out.push_str(before);
        let end = link.find([')', '\n', '"']).unwrap_or(link.len());
        let target = link[..end].trim_end();
        out.push_str(&target.replace(' ', "%20"));
        rest = &link[target.len()..];
    }
    out.push_str(rest);
    out
}

/// Blocks of code whose first line names their language, `    :::python`, become fenced ones.
pub fn code_blocks(text: &str) -> String {
    if !text.contains("    :::") && !text.contains("    #!") {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut lines = text.lines().peekable();
    let mut after_blank = true;
    while let Some(line) = lines.next() {
        let language = line
            .strip_prefix("    :::")
            .or_else(|| line.strip_prefix("    #!"))
            .filter(|name| after_blank && !name.contains('/'));
        let Some(language) = language else {
            after_blank = line.trim().is_empty();
            out.push(line.to_owned());
            continue;
        };
        let mut code = Vec::new();
        while let Some(next) = lines.next_if(|next| next.starts_with("    ") || next.trim().is_empty()) {
            code.push(next.strip_prefix("    ").unwrap_or(""));
        }
        let language = language.split_whitespace().next().unwrap_or("");
        out.push(crate::import::embed::code(language, &code.join("\n"), Markup::Markdown));
        out.push(String::new());
        after_blank = true;
    }
    out.join("\n") + "\n"
}
