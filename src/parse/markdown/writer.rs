//! Parser events to a draft: one method for each kind of event, what is open kept in a few small fields.

use math_core::MathDisplay;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use crate::model::article::ParseOptions;
use crate::model::block::BlockKind;
use crate::model::config::HtmlMode;
use crate::model::escape;
use crate::parse::draft::Draft;
use crate::parse::highlight::{self, Highlighter};
use crate::parse::html::{Fragment, feed};

use super::block::{self, Fence};
use super::figures::Paragraph;
use super::links::{self, Closing, Reference};
use super::tables::Table;
use super::tasks::Task;
use super::{alerts, heading, math};

/// Writes a draft from events.
pub(super) struct Writer<'a> {
    /// What is written.
    pub(super) draft: Draft<'a>,
    mode: HtmlMode,
    highlighter: &'a mut Highlighter,
    /// How many bytes of code may still be highlighted.
    budget: usize,
    depth: usize,
    paragraph: Option<Paragraph>,
    table: Table,
    task: Task,
    /// The kinds of the quotations that are open.
    quotes: Vec<Option<BlockQuoteKind>>,
    /// What closes the links that are open.
    links: Vec<Closing>,
    image: Option<Image<'a>>,
    code: Option<Fence<'a>>,
    blocks: &'a [BlockKind],
    /// Raw HTML, and where its pieces stand in the file.
    raw: Option<(String, Vec<(usize, usize)>)>,
    /// Where `<!-- more -->` stands in the file.
    pub(super) more: Option<usize>,
}

/// An image that is open, and the text within it.
struct Image<'a> {
    reference: Reference<'a>,
    alt: String,
    /// How many images are open within it.
    nested: usize,
}

impl<'a> Writer<'a> {
    /// A writer with nothing open.
    pub(super) fn new(draft: Draft<'a>, options: &'a ParseOptions, highlighter: &'a mut Highlighter) -> Self {
        Self {
            draft,
            mode: options.html,
            highlighter,
            budget: if options.highlight { highlight::BUDGET } else { 0 },
            depth: 0,
            paragraph: None,
            table: Table::default(),
            task: Task::default(),
            quotes: Vec::new(),
            links: Vec::new(),
            image: None,
            code: None,
            blocks: &options.blocks,
            raw: None,
            more: None,
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Takes the next event, which stands at a byte offset of the file.
    pub(super) fn event(&mut self, event: Event<'a>, offset: usize) {
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.image.is_some() {
            return self.within_image(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, offset),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, offset),
            Event::Code(code) => {
                self.note_text();
                self.draft.html.push_str("<code>");
                self.draft.write(&code);
                self.draft.html.push_str("</code>");
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => {
                self.task.close(&mut self.draft.html);
                self.draft.html.push_str("<hr>\n");
            }
            Event::FootnoteReference(label) => {
                self.note_text();
                let in_link = !self.links.is_empty();
                self.draft.refer(&label, in_link, offset);
            }
            Event::TaskListMarker(done) => {
                let moved = self.task.open(&mut self.draft.html, done);
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.moved(moved);
                }
            }
            Event::Html(html) => self.raw_html(&html, offset),
            Event::InlineHtml(html) => self.inline_html(&html, offset),
            Event::InlineMath(latex) => self.formula(&latex, MathDisplay::Inline, offset),
            Event::DisplayMath(latex) => self.formula(&latex, MathDisplay::Block, offset),
        }
    }

    fn text(&mut self, text: &str, offset: usize) {
        if let Some(code) = &mut self.code {
            return code.push(text, offset);
        }
        if !text.trim().is_empty() {
            self.note_text();
        }
        self.draft.write(text);
    }

    fn line_break(&mut self, html: &str) {
        self.draft.html.push_str(html);
        self.draft.text.push(' ');
    }

    fn formula(&mut self, latex: &str, display: MathDisplay, offset: usize) {
        self.note_text();
        math::write(&mut self.draft, latex, display, offset);
    }

    fn note_text(&mut self) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.note_text();
        }
    }

    fn start(&mut self, tag: Tag<'a>, offset: usize) {
        if !is_inline(&tag) {
            self.task.close(&mut self.draft.html);
        }
        let html = &mut self.draft.html;
        match tag {
            Tag::Paragraph => self.paragraph = Some(Paragraph::open(&mut self.draft)),
            Tag::Heading { level, id, classes, .. } => heading::open(&mut self.draft, level, id, &classes, offset),
            Tag::BlockQuote(kind) => {
                self.quotes.push(kind);
                alerts::open(&mut self.draft, kind);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.code = Some(Fence::new(info, offset)),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code = Some(Fence::new("".into(), offset)),
            Tag::HtmlBlock => self.raw = Some(Default::default()),
            Tag::List(None) => html.push_str("<ul>\n"),
            Tag::List(Some(1)) => html.push_str("<ol>\n"),
            Tag::List(Some(first)) => html.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => html.push_str("<li>"),
            Tag::FootnoteDefinition(label) => self.draft.open_definition(&label),
            Tag::DefinitionList => html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => html.push_str("<dt>"),
            Tag::DefinitionListDefinition => html.push_str("<dd>"),
            Tag::Table(alignments) => self.table.open(html, alignments),
            Tag::TableHead => {}
            Tag::TableRow => self.table.open_row(html),
            Tag::TableCell => self.table.open_cell(html),
            Tag::Emphasis => html.push_str("<em>"),
            Tag::Strong => html.push_str("<strong>"),
            Tag::Strikethrough => html.push_str("<del>"),
            Tag::Superscript => html.push_str("<sup>"),
            Tag::Subscript => html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let link = Reference { kind: link_type, target: dest_url, title, offset };
                // A link within a link is only text.
                let closing =
                    if self.links.is_empty() { links::open(&mut self.draft, &link) } else { Closing::Nothing };
                self.links.push(closing);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let reference = Reference { kind: link_type, target: dest_url, title, offset };
                self.image = Some(Image { reference, alt: String::new(), nested: 0 });
            }
            // Not switched on.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_inline_end(tag) {
            self.task.close(&mut self.draft.html);
        }
        let html = &mut self.draft.html;
        match tag {
            TagEnd::Paragraph => {
                if let Some(paragraph) = self.paragraph.take() {
                    paragraph.close(&mut self.draft);
                }
            }
            TagEnd::Heading(_) => {
                self.draft.close_heading();
            }
            TagEnd::BlockQuote(_) => {
                let kind = self.quotes.pop().flatten();
                alerts::close(&mut self.draft, kind);
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::List(ordered) => html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.end_block("</li>\n"),
            TagEnd::FootnoteDefinition => self.draft.close_definition(),
            TagEnd::DefinitionList => html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.end_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.end_block("</dd>\n"),
            TagEnd::Table => html.push_str("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => self.table.end_head(html),
            TagEnd::TableRow => html.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.table.close_cell(html);
                self.draft.end_line();
            }
            TagEnd::Emphasis => html.push_str("</em>"),
            TagEnd::Strong => html.push_str("</strong>"),
            TagEnd::Strikethrough => html.push_str("</del>"),
            TagEnd::Superscript => html.push_str("</sup>"),
            TagEnd::Subscript => html.push_str("</sub>"),
            TagEnd::Link => {
                if let Some(closing) = self.links.pop() {
                    links::close(&mut self.draft, closing);
                }
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_block(&mut self, tag: &str) {
        self.draft.html.push_str(tag);
        self.draft.end_line();
    }

    fn code_block(&mut self) {
        let Some(fence) = self.code.take() else { return };
        if block::name(&fence.info).is_some() {
            return block::write(&mut self.draft, self.blocks, &fence);
        }
        highlight::block(&mut self.draft.html, &fence.text, &fence.info, &mut self.budget, self.highlighter);
        self.draft.text.push_str(&fence.text);
        self.draft.end_line();
    }

    /// Within an image all is text: what stands for it where it cannot be seen.
    fn within_image(&mut self, event: Event<'a>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(Tag::Image { .. }) => image.nested += 1,
            Event::End(TagEnd::Image) if image.nested > 0 => image.nested -= 1,
            Event::End(TagEnd::Image) => self.end_image(),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(Image { reference, alt, .. }) = self.image.take() else { return };
        let ending = links::image(&mut self.draft, &reference, &alt);
        if let links::Ending::Refused = ending {
            return self.note_text();
        }
        match &mut self.paragraph {
            Some(paragraph) => paragraph.image(&mut self.draft, &reference.title),
            // Outside of paragraphs, as in a tight list, an image is never a figure.
            None => Paragraph::default().image(&mut self.draft, &reference.title),
        }
        links::end_image(&mut self.draft, &ending);
    }

    fn raw_html(&mut self, html: &str, offset: usize) {
        if let Some((raw, offsets)) = &mut self.raw {
            offsets.push((raw.len(), offset));
            raw.push_str(html);
        }
    }

    fn html_block(&mut self) {
        let Some((raw, offsets)) = self.raw.take() else { return };
        self.draft.end_line();
        if self.mode != HtmlMode::Escaped {
            self.pass(&raw, &offsets);
        } else if let Some(comment) = comment(&raw) {
            self.comment(comment, offsets.first().map_or(0, |(_, offset)| *offset));
        } else {
            self.draft.html.push_str("<pre>");
            self.draft.write(raw.trim_end());
            self.draft.html.push_str("</pre>\n");
        }
        self.draft.end_line();
    }

    fn inline_html(&mut self, html: &str, offset: usize) {
        self.note_text();
        if self.mode != HtmlMode::Escaped {
            self.pass(html, &[(0, offset)]);
        } else if let Some(comment) = comment(html) {
            self.comment(comment, offset);
        } else {
            escape::text(&mut self.draft.html, html);
            self.draft.text.push_str(html);
        }
    }

    /// Drops a comment where HTML is shown as text: readers are not meant to see it, and what ends it is for browsers to say.
    fn comment(&mut self, comment: &str, offset: usize) {
        if comment.trim().eq_ignore_ascii_case("more") {
            self.more.get_or_insert(offset);
        }
    }

    /// Lets HTML pass.
    fn pass(&mut self, html: &str, offsets: &[(usize, usize)]) {
        let sanitized = self.mode == HtmlMode::Sanitized;
        let seen = feed(&mut self.draft, &Fragment { html, offsets, sanitized });
        if let Some(more) = seen.more {
            self.more.get_or_insert(more.offset);
        }
    }
}

/// The content of a fragment that is one comment and nothing else.
fn comment(html: &str) -> Option<&str> {
    let content = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!content.contains("-->")).then_some(content)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
