//! Directives of reStructuredText: `.. image:: pier.png`.

use super::{Lines, Setter, outdented, quoted, raw};
use crate::import::collection::Markup;
use crate::import::embed::{self, Figure, Video};

/// A directive with what belongs to it.
pub struct Directive {
    name: String,
    argument: String,
    options: Vec<(String, String)>,
    content: Vec<(usize, String)>,
}

/// The name and the argument of a directive.
pub fn head(rest: &str) -> Option<(&str, &str)> {
    let (name, argument) = rest.split_once("::")?;
    let good = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    good.then_some((name, argument.trim()))
}

impl Directive {
    /// Splits the options from the content.
    pub fn new(name: &str, argument: &str, content: &Lines) -> Self {
        let mut content = outdented(content);
        let mut options = Vec::new();
        let option = |line: &str| {
            let (key, value) = line.strip_prefix(':')?.split_once(':')?;
            Some((key.to_lowercase(), value.trim().to_owned()))
        };
        let count = content.iter().take_while(|(_, line)| option(line).is_some()).count();
        for (_, line) in content.drain(..count) {
            options.extend(option(&line));
        }
        let content = super::trimmed(&content).to_vec();
        Self { name: name.to_lowercase(), argument: argument.to_owned(), options, content }
    }

    fn option(&self, key: &str) -> &str {
        self.options.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value.as_str())
    }
}

impl Setter<'_> {
    /// A directive as Markdown; `None` where it has no counterpart.
    pub(super) fn directive(&mut self, directive: &Directive, depth: usize) -> Option<String> {
        let content = || raw(&directive.content);
        let argument = directive.argument.as_str();
        Some(match directive.name.as_str() {
            "code" | "code-block" | "sourcecode" | "highlight" if !directive.content.is_empty() => {
                embed::code(argument, &content(), Markup::Markdown)
            }
            "image" | "figure" => {
                let caption = directive.content.first().map_or(String::new(), |_| self.targets.inline(&content()));
                let alt = directive.option("alt");
                Figure { src: argument, alt, caption: &caption, link: directive.option("target"), ..Figure::default() }
                    .set(Markup::Markdown)
            }
            "note" | "hint" | "admonition" | "seealso" => self.alert("NOTE", directive, depth),
            "tip" => self.alert("TIP", directive, depth),
            "important" | "attention" => self.alert("IMPORTANT", directive, depth),
            "warning" => self.alert("WARNING", directive, depth),
            "caution" | "danger" | "error" => self.alert("CAUTION", directive, depth),
            "epigraph" | "pull-quote" | "highlights" => quoted(&self.blocks(&directive.content, depth + 1)),
            "raw" if argument == "html" => content(),
            "contents" | "sectnum" | "class" | "meta" => String::new(),
            "youtube" => embed::video(Video::YouTube, argument)?,
            "vimeo" => embed::video(Video::Vimeo, argument)?,
            "rubric" => format!("**{}**", self.targets.inline(argument)),
            _ => return None,
        })
    }

    fn alert(&mut self, kind: &str, directive: &Directive, depth: usize) -> String {
        let mut blocks = Vec::new();
        if !directive.argument.is_empty() {
            blocks.push(self.targets.inline(&directive.argument));
        }
        blocks.extend(self.blocks(&directive.content, depth + 1));
        format!("> [!{kind}]\n{}", quoted(&blocks))
    }
}
