//! One article: what is said about it, and its body. Article i is the same in every collection that has it.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{DateTime, date};

use crate::random::Random;
use crate::snippet;
use crate::words::{SECTIONS, Vocabulary};

/// Twenty years, from the first of 2005.
const SPAN_IN_MINUTES: usize = 20 * 365 * 24 * 60;

/// What is said about an article.
pub struct Meta {
    /// The headline.
    pub title: String,
    /// The last segment of its URL.
    pub slug: String,
    /// The paragraph under the headline.
    pub standfirst: String,
    /// When it was published, in UTC.
    pub published: DateTime,
    /// When it was changed, if it was.
    pub updated: Option<DateTime>,
    /// Who signs it.
    pub authors: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its section.
    pub section: &'static str,
}

impl Meta {
    /// Makes up the article `number`.
    pub fn new(number: usize, vocabulary: &Vocabulary) -> Self {
        let random = &mut Random::stream("meta", number);
        let plain = vocabulary.heading(4, 9, random);
        let slug = format!("{}-{number}", plain.to_lowercase().replace(' ', "-"));
        let title = match random.below(12) {
            0 => format!("{plain}: {}", vocabulary.phrase(2, 3, random)),
            1 => format!("“{plain}” & {}", vocabulary.phrase(1, 2, random)),
            _ => plain,
        };
        let published = date(2005, 1, 1).at(0, 0, 0, 0) + (random.below(SPAN_IN_MINUTES) as i64).minutes();
        let later = (random.between(60, 60 * 24 * 60) as i64).minutes();
        let authors = vocabulary.author_ranks.draw_distinct(if random.chance(80) { 1 } else { 2 }, random);
        let tags = vocabulary.tag_ranks.draw_distinct(random.between(2, 5), random);
        Self {
            title,
            slug,
            standfirst: vocabulary.sentence(random),
            published,
            updated: random.chance(25).then(|| published + later),
            authors: authors.into_iter().map(|rank| vocabulary.authors[rank].clone()).collect(),
            tags: tags.into_iter().map(|rank| vocabulary.tags[rank].clone()).collect(),
            section: *random.pick(SECTIONS),
        }
    }
}

/// The body of the article `number`; `link` writes the target of a link to an earlier article as the generator wants it.
pub fn body(number: usize, earlier: &[Meta], vocabulary: &Vocabulary, link: fn(&Meta) -> String) -> String {
    let mut writer = Writer { vocabulary, earlier, link, random: Random::stream("body", number), text: String::new() };
    writer.article();
    writer.text
}

struct Writer<'a> {
    vocabulary: &'a Vocabulary,
    earlier: &'a [Meta],
    link: fn(&Meta) -> String,
    random: Random,
    text: String,
}

impl Writer<'_> {
    fn article(&mut self) {
        let sections = self.random.between(3, 5);
        let with_code = self.random.chance(25).then(|| self.random.below(sections));
        let with_table = self.random.chance(20).then(|| self.random.below(sections));
        let with_note = self.random.chance(25);
        let quoted = self.random.below(sections);
        let listed = self.random.below(sections);
        self.paragraph(5);
        self.paragraph(4);
        for section in 0..sections {
            let heading = self.vocabulary.heading(2, 6, &mut self.random);
            self.block(&format!("## {heading}"));
            self.paragraph(5);
            if section == quoted {
                self.quote();
            }
            if with_code == Some(section) {
                let code = snippet::fenced(self.vocabulary, &mut self.random);
                self.block(&code);
            }
            if with_table == Some(section) {
                self.table();
            }
            if section == listed {
                self.list();
            }
            if self.random.chance(35) {
                let heading = self.vocabulary.heading(2, 5, &mut self.random);
                self.block(&format!("### {heading}"));
            }
            self.paragraph(4);
        }
        if with_note {
            let (claim, note) = (self.sentence(), self.sentence());
            self.block(&format!("{claim}[^source]"));
            self.block(&format!("[^source]: {note}"));
        }
    }

    fn block(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    fn sentence(&mut self) -> String {
        self.vocabulary.sentence(&mut self.random)
    }

    fn phrase(&mut self, least: usize, most: usize) -> String {
        self.vocabulary.phrase(least, most, &mut self.random)
    }

    /// A link, more often than not to an earlier article.
    fn linked(&mut self) -> String {
        let text = self.phrase(1, 4);
        if self.earlier.is_empty() || self.random.chance(35) {
            let (word, number) = (self.vocabulary.name(&mut self.random), self.random.below(10_000));
            return format!("[{text}](https://reference.example/{word}/{number})");
        }
        let target = (self.link)(self.random.pick(self.earlier));
        format!("[{text}]({target})")
    }

    fn paragraph(&mut self, sentences: usize) {
        let mut parts: Vec<String> = (0..sentences).map(|_| self.sentence()).collect();
        if self.random.chance(45) {
            let (linked, rest) = (self.linked(), self.phrase(3, 8));
            parts.insert(1, format!("See {linked} {rest}."));
        }
        if self.random.chance(30) {
            let (strong, emphasis, code) = (self.phrase(1, 3), self.phrase(1, 2), self.phrase(1, 1));
            parts.push(format!("With **{strong}** and *{emphasis}*, not `{code}`."));
        }
        self.block(&parts.join(" "));
    }

    fn quote(&mut self) {
        let (first, second) = (self.sentence(), self.sentence());
        let author = self.random.pick(&self.vocabulary.authors).clone();
        self.block(&format!("> {first} {second}\n>\n> — {author}"));
    }

    fn list(&mut self) {
        let numbered = self.random.chance(40);
        let mut text = String::new();
        for item in 1..=self.random.between(3, 7) {
            let marker = if numbered { format!("{item}.") } else { "-".to_owned() };
            let words = self.phrase(4, 12);
            let _ = writeln!(text, "{marker} {words}");
        }
        self.block(text.trim_end());
    }

    fn table(&mut self) {
        let mut text = format!(
            "| {} | {} | {} |\n| --- | ---: | :---: |\n",
            self.phrase(1, 2),
            self.phrase(1, 2),
            self.phrase(1, 2)
        );
        for _ in 0..self.random.between(4, 9) {
            let number = self.random.below(100_000);
            let _ = writeln!(text, "| {} | {number} | {} |", self.phrase(1, 3), self.phrase(1, 2));
        }
        self.block(text.trim_end());
    }
}
