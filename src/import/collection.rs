//! What a collection comes to before it is a site: articles, sections, people, settings, and files to be copied.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::front::Front;
use crate::model::code::Code;
use crate::model::date::{Moment, Zone};
use crate::model::diagnostic::{Diagnostic, Mark, Position};
use crate::model::path::{SitePath, Url};

/// How many notes of one file are kept.
const NOTES_LIMIT: usize = 100;

/// What an article's body is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// Something that Byline does not read, by its name: it is shown as it stands.
    Foreign(&'static str),
}

/// An article or page of the collection.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its file.
    pub source: SitePath,
    /// The file that it becomes, below `content/`.
    pub target: String,
    /// What is said about it.
    pub front: Front,
    /// Its text, as it was written.
    pub body: String,
    /// The line of its file on which the text begins, from 1.
    pub first_line: u32,
    /// What the text is written in.
    pub markup: Markup,
    /// Where it was served.
    pub old: Option<Url>,
    /// Its date.
    pub date: Option<Moment>,
    /// Values that tags in its text may name: `page.title`.
    pub values: BTreeMap<String, String>,
}

impl Article {
    /// Whether it will be a standing page.
    pub fn is_standing(&self) -> bool {
        let page = self.front.get("page").is_some_and(|page| page == &Value::Bool(true));
        self.date.is_none() && (page || !self.target.contains('/'))
    }

    /// Whether it will not be published.
    pub fn is_draft(&self) -> bool {
        self.front.get("draft").is_some_and(|draft| draft == &Value::Bool(true))
    }

    /// The place of a byte of its body, in its file.
    pub fn place(&self, offset: usize) -> Mark {
        let at = Position::of_offset(&self.body, offset);
        Mark::at(&self.source, Position::new(at.line + self.first_line - 1, at.column))
    }
}

/// The text of a folder: an `_index.md`.
#[derive(Clone, Debug)]
pub struct SectionText {
    /// Where it stood.
    pub source: SitePath,
    /// The folder below `content/`; empty for the front page.
    pub folder: String,
    /// Its front matter.
    pub keys: Map<String, Value>,
    /// Its text, as an article, so that it is converted like one.
    pub text: Article,
}

/// A file to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Where it lies, in the collection.
    pub from: String,
    /// Where it goes, in the site: `static/a.png`, `content/news/a.png`, `data/a.yaml`.
    pub to: String,
}

/// A person of authors.yaml in the making.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The id, by which articles may name them.
    pub id: String,
    /// The entry.
    pub keys: Map<String, Value>,
}

/// What is known of a collection.
#[derive(Clone, Debug)]
pub struct Collection {
    /// site.yaml in the making.
    pub settings: Map<String, Value>,
    /// The zone of dates without one.
    pub zone: Zone,
    /// The patterns of article addresses that are worth a try, most likely first.
    pub permalinks: Vec<String>,
    /// The articles.
    pub articles: Vec<Article>,
    /// Texts of folders.
    pub sections: Vec<SectionText>,
    /// People.
    pub people: Vec<Person>,
    /// Files.
    pub copies: Vec<Copy>,
    /// Everything that was noticed.
    pub notes: Vec<Diagnostic>,
}

impl Collection {
    /// An empty collection.
    pub fn new(zone: Zone) -> Self {
        Self {
            settings: Map::new(),
            zone,
            permalinks: Vec::new(),
            articles: Vec::new(),
            sections: Vec::new(),
            people: Vec::new(),
            copies: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Sets a key of site.yaml.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.settings.insert(key.to_owned(), value.into());
    }
}

/// Notes on the text of one article.
pub struct Notes<'a> {
    article: &'a Article,
    all: Vec<Diagnostic>,
}

impl<'a> Notes<'a> {
    /// No notes yet.
    pub fn new(article: &'a Article) -> Self {
        Self { article, all: Vec::new() }
    }

    /// Notes something that was not converted, at a byte of the body.
    pub fn left(&mut self, offset: usize, message: impl Into<String>, hint: &str) {
        if !self.is_full() {
            let note = Diagnostic::warning(Code::Unconverted, message);
            self.all.push(note.at(self.article.place(offset)).hint(hint));
        }
    }

    /// Whether no more notes are kept.
    pub fn is_full(&self) -> bool {
        self.all.len() >= NOTES_LIMIT
    }

    /// All notes.
    pub fn into_inner(self) -> Vec<Diagnostic> {
        self.all
    }
}
