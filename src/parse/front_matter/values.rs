//! The values of single keys.

use super::layer::Layer;
use crate::model::code::Code;
use crate::model::config::{DateOrder, Faulty, HtmlMode, TextOverrides};
use crate::model::date::Moment;
use crate::model::diagnostic::Diagnostic;
use crate::model::escape::single_line;
use crate::model::front_matter::{Correction, Credit, LeadImage, Origin, SeriesRef, Spot};
use crate::model::path::{OutPath, Slug, Url};
use crate::model::suggest::nearest;
use crate::parse::date::front_matter_date;
use crate::parse::fields::Fields;
use crate::parse::node::{Entry, Kind, Node};

/// The words that `html` takes.
pub const HTML: &[(&str, HtmlMode)] =
    &[("trusted", HtmlMode::Trusted), ("sanitized", HtmlMode::Sanitized), ("escaped", HtmlMode::Escaped)];
/// The words that `faulty` takes.
pub const FAULTY: &[(&str, Faulty)] = &[("fail", Faulty::Fail), ("withhold", Faulty::Withhold)];

/// Labels that a slip of the fingers is compared with.
const ENCODINGS: &[&str] = &[
    "utf-8",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "koi8-r",
    "gbk",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "macintosh",
    "utf-16le",
];

/// Reads `text: {encoding, dates, drop, caption}`, which site.yaml has, too.
pub fn text_overrides(fields: &mut Fields<'_>, node: &Node) -> Option<TextOverrides> {
    let mut text = TextOverrides::default();
    for entry in fields.map("text", node)? {
        match entry.key.as_str() {
            "encoding" => text.encoding = encoding(fields, &entry.value),
            "dates" => {
                let orders = [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
                text.dates = fields.choice("text.dates", &entry.value, &orders);
            }
            "drop" => text.drop = fields.lines("text.drop", &entry.value),
            "caption" => text.caption = fields.line("text.caption", &entry.value),
            _ => fields.unknown(entry, "text.", &["encoding", "dates", "drop", "caption"], fields.code == Code::Config),
        }
    }
    Some(text)
}

fn encoding(fields: &mut Fields<'_>, node: &Node) -> Option<String> {
    let label = fields.line("text.encoding", node)?;
    if encoding_rs::Encoding::for_label(label.as_bytes()).is_some() {
        return Some(label);
    }
    let hint = match nearest(&label, ENCODINGS.iter().copied()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "use a label of the WHATWG Encoding Standard: utf-8, windows-1252, gb18030, big5, shift_jis".to_owned(),
    };
    fields.error_of(
        Code::Encoding,
        node.at,
        format!("`text.encoding` names no encoding that is known: `{label}`"),
        hint,
    );
    None
}

fn is_web_address(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && !url.contains(|c: char| c.is_whitespace())
}

impl Layer<'_> {
    fn spot<T>(&self, value: T, node: &Node) -> Spot<T> {
        Spot::new(value, self.fields.mark(node.at))
    }

    pub(super) fn line(&mut self, key: &str, node: &Node) -> Option<Spot<String>> {
        let line = self.fields.line(key, node)?;
        Some(self.spot(line, node))
    }

    /// Text of one paragraph; its inline markup is read later.
    pub(super) fn prose(&mut self, key: &str, node: &Node) -> Option<Spot<String>> {
        self.line(key, node)
    }

    pub(super) fn date(&mut self, key: &str, node: &Node) -> Option<Spot<Moment>> {
        let moment = self.moment(key, node)?;
        Some(self.spot(moment, node))
    }

    fn moment(&mut self, key: &str, node: &Node) -> Option<Moment> {
        let text = self.fields.text(key, node)?;
        match front_matter_date(&text, self.context.zone) {
            Ok(moment) => Some(moment),
            Err(reason) => {
                let hint = "write 2017-10-26, 2017-10-26 12:54, or 2017-10-26T12:54:00+08:00";
                self.fields.error_of(Code::BadDate, node.at, format!("`{key}`: {reason}"), hint);
                None
            }
        }
    }

    pub(super) fn authors(&mut self, key: &str, node: &Node) -> Option<Spot<Vec<Credit>>> {
        let mut credits: Vec<Credit> = Vec::new();
        let items = match node.kind {
            Kind::List(_) => self.fields.items(key, node)?,
            _ => std::slice::from_ref(node),
        };
        for item in items {
            if let Some(credit) = self.credit(key, item)
                && !credits.contains(&credit)
            {
                credits.push(credit);
            }
        }
        Some(self.spot(credits, node))
    }

    fn credit(&mut self, key: &str, node: &Node) -> Option<Credit> {
        let Kind::Map(entries) = &node.kind else {
            return Some(Credit { name: self.fields.line(key, node)?, role: None });
        };
        let (mut name, mut role) = (None, None);
        for entry in entries {
            match entry.key.as_str() {
                "name" => name = self.fields.line(&format!("{key}.name"), &entry.value),
                "role" => role = self.fields.line(&format!("{key}.role"), &entry.value),
                _ => self.fields.unknown(entry, &format!("{key}."), &["name", "role"], false),
            }
        }
        self.required(key, "name", entries, node);
        Some(Credit { name: name?, role })
    }

    /// Notes that a mapping lacks a key.
    fn required(&mut self, key: &str, name: &str, entries: &[Entry], node: &Node) {
        if !entries.iter().any(|entry| entry.key == name) {
            let message = format!("`{key}` needs a `{name}`");
            self.fields.error_of(Code::WrongType, node.at, message, format!("add `{name}: …`"));
        }
    }

    pub(super) fn section(&mut self, node: &Node) -> Option<Spot<String>> {
        let text = self.fields.line("section", node)?;
        let path = text.trim_matches('/').to_owned();
        match OutPath::new(&path) {
            Ok(path) => Some(self.spot(path.as_str().to_owned(), node)),
            Err(fault) => {
                let hint = "write the section's path below content/, such as `news/asia`";
                self.fields.error_of(Code::Path, node.at, format!("`section` is not a path: {fault}"), hint);
                None
            }
        }
    }

    pub(super) fn slug(&mut self, node: &Node) -> Option<Spot<Slug>> {
        let text = self.fields.line("slug", node)?;
        match Slug::written(&text) {
            Ok(slug) => Some(self.spot(slug, node)),
            Err(fault) => {
                let hint = "write letters, digits and hyphens, such as `a-new-bridge`";
                self.fields.error_of(Code::Slug, node.at, format!("`slug` cannot be used: {fault}"), hint);
                None
            }
        }
    }

    pub(super) fn url(&mut self, node: &Node) -> Option<Spot<Url>> {
        let text = self.fields.line("url", node)?;
        let url = self.site_url("url", &text, node)?;
        let last = url.as_str().rsplit('/').next().unwrap_or_default();
        if !last.is_empty() && !last.contains('.') {
            let message =
                format!("`url` is neither a folder's address nor a file's: `{}`", crate::parse::node::excerpt(&text));
            let hint = format!("write `{url}/`, or give it an extension such as `.html`");
            self.fields.error_of(Code::Path, node.at, message, hint);
            return None;
        }
        Some(self.spot(url, node))
    }

    fn site_url(&mut self, key: &str, text: &str, node: &Node) -> Option<Url> {
        match Url::parse(text) {
            Ok(url) => Some(url),
            Err(fault) => {
                let hint = "write a path within the site, such as `/2015/some-slug/`";
                self.fields.error_of(Code::Path, node.at, format!("`{key}` cannot be published: {fault}"), hint);
                None
            }
        }
    }

    pub(super) fn aliases(&mut self, node: &Node) -> Option<Spot<Vec<Url>>> {
        let mut urls = Vec::new();
        let items = match node.kind {
            Kind::List(_) => self.fields.items("aliases", node)?,
            _ => std::slice::from_ref(node),
        };
        for item in items {
            let url = self.fields.line("aliases", item).and_then(|text| self.site_url("aliases", &text, item));
            urls.extend(url.filter(|url| !urls.contains(url)));
        }
        Some(self.spot(urls, node))
    }

    pub(super) fn series(&mut self, node: &Node) -> Option<Spot<SeriesRef>> {
        let series = match &node.kind {
            Kind::Map(entries) => {
                let (mut name, mut part) = (None, None);
                for entry in entries {
                    match entry.key.as_str() {
                        "name" => name = self.fields.line("series.name", &entry.value),
                        "part" => part = self.fields.integer("series.part", &entry.value),
                        _ => self.fields.unknown(entry, "series.", &["name", "part"], false),
                    }
                }
                self.required("series", "name", entries, node);
                SeriesRef { name: name?, part }
            }
            // A list of one is how generators with several series for an article write it.
            Kind::List(items) if items.len() == 1 => {
                SeriesRef { name: self.fields.line("series", &items[0])?, part: None }
            }
            Kind::List(_) => {
                self.fields.wrong(
                    "series",
                    "one name, or {name, part}",
                    node,
                    "an article belongs to one series: use `tags` for the others",
                );
                return None;
            }
            _ => SeriesRef { name: self.fields.line("series", node)?, part: None },
        };
        Some(self.spot(series, node))
    }

    pub(super) fn image(&mut self, node: &Node) -> Option<Spot<LeadImage>> {
        let mut image = LeadImage { src: String::new(), alt: String::new(), caption: None, credit: None };
        let Kind::Map(entries) = &node.kind else {
            image.src = self.fields.line("image", node)?;
            self.without_text(&image.src, node);
            return Some(self.spot(image, node));
        };
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "src" => image.src = self.fields.line("image.src", value).unwrap_or_default(),
                // An empty alternative text is how a decorative image is marked.
                "alt" => {
                    image.alt = self.fields.text("image.alt", value).map_or(String::new(), |alt| single_line(&alt))
                }
                "caption" => image.caption = self.fields.line("image.caption", value),
                "credit" => image.credit = self.fields.line("image.credit", value),
                _ => self.fields.unknown(entry, "image.", &["src", "alt", "caption", "credit"], false),
            }
        }
        self.required("image", "src", entries, node);
        if !image.src.is_empty() && entries.iter().all(|entry| entry.key != "alt") {
            self.without_text(&image.src, node);
        }
        (!image.src.is_empty()).then(|| self.spot(image, node))
    }

    /// Warns of a lead image of which nothing is said to those who cannot see it.
    fn without_text(&mut self, src: &str, node: &Node) {
        let mark = self.fields.mark(node.at);
        let warning = Diagnostic::warning(Code::Alt, format!("the lead image `{src}` has no alternative text"));
        let hint = format!("write `image: {{src: {src}, alt: what it shows}}`, or `alt: \"\"` if it says nothing");
        self.fields.note(warning.at(mark).hint(hint));
    }

    pub(super) fn source(&mut self, node: &Node) -> Option<Spot<Origin>> {
        let Kind::Map(entries) = &node.kind else {
            self.fields.wrong("source", "{name, url}", node, "write `source: {name: …, url: https://…}`");
            return None;
        };
        let mut source = Origin { name: None, url: None };
        for entry in entries {
            match entry.key.as_str() {
                "name" => source.name = self.fields.line("source.name", &entry.value),
                "url" => source.url = self.web_address("source.url", &entry.value),
                _ => self.fields.unknown(entry, "source.", &["name", "url"], false),
            }
        }
        Some(self.spot(source, node))
    }

    fn web_address(&mut self, key: &str, node: &Node) -> Option<String> {
        let url = self.fields.line(key, node)?;
        if is_web_address(&url) {
            return Some(url);
        }
        self.fields.wrong(key, "an http or https address", node, "write the whole address: `https://…`");
        None
    }

    pub(super) fn corrections(&mut self, node: &Node) -> Option<Spot<Vec<Correction>>> {
        let items = self.fields.items("corrections", node)?;
        let corrections = items.iter().filter_map(|item| self.correction(item)).collect();
        Some(self.spot(corrections, node))
    }

    fn correction(&mut self, node: &Node) -> Option<Correction> {
        let Kind::Map(entries) = &node.kind else {
            self.fields.wrong("corrections", "a list of {date, text}", node, "write `- {date: 2017-10-27, text: …}`");
            return None;
        };
        let (mut date, mut text) = (None, None);
        for entry in entries {
            match entry.key.as_str() {
                "date" => date = self.moment("corrections.date", &entry.value),
                "text" => text = self.fields.line("corrections.text", &entry.value),
                _ => self.fields.unknown(entry, "corrections.", &["date", "text"], false),
            }
        }
        self.required("corrections", "date", entries, node);
        self.required("corrections", "text", entries, node);
        Some(Correction { date: date?, text: text? })
    }

    pub(super) fn lang(&mut self, node: &Node) -> Option<Spot<String>> {
        let lang = language(&mut self.fields, "lang", node)?;
        Some(self.spot(lang, node))
    }

    pub(super) fn template(&mut self, node: &Node) -> Option<Spot<String>> {
        let name = self.fields.line("template", node)?;
        if OutPath::new(&name).is_ok() {
            return Some(self.spot(name, node));
        }
        self.fields.wrong("template", "the name of a template", node, "write a name such as `interview.html`");
        None
    }

    pub(super) fn data(&mut self, node: &Node) -> Option<Spot<Vec<String>>> {
        let names = self.fields.lines("data", node)?;
        Some(self.spot(names, node))
    }
}

/// A language tag (BCP 47): letters, digits, hyphens.
pub fn language(fields: &mut Fields<'_>, key: &str, node: &Node) -> Option<String> {
    let tag = fields.line(key, node)?;
    let parts: Vec<&str> = tag.split('-').collect();
    let formed =
        parts.iter().all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
            && (2..=8).contains(&parts[0].len())
            && parts[0].chars().all(|c| c.is_ascii_alphabetic());
    if formed {
        return Some(tag);
    }
    fields.wrong(key, "a language tag (BCP 47)", node, "write `en`, `fr`, `zh-Hant` or the like");
    None
}
