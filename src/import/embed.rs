//! What tags of other generators stand for, as Markdown or HTML.

use super::collection::Markup;
use crate::model::escape::{to_attribute, to_text};

/// A block of code.
pub fn code(language: &str, text: &str, markup: Markup) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text).trim_end();
    let language: String = language.chars().filter(|c| c.is_alphanumeric() || "+-#._".contains(*c)).collect();
    if markup == Markup::Html {
        return format!("<pre><code class=\"language-{}\">{}\n</code></pre>", to_attribute(&language), to_text(text));
    }
    let longest =
        text.lines().map(|line| line.trim_start()).map(|line| line.len() - line.trim_start_matches('`').len()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A picture with what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct Figure<'a> {
    /// Its path or address.
    pub src: &'a str,
    /// What it shows.
    pub alt: &'a str,
    /// The headline of its caption.
    pub title: &'a str,
    /// The line below it.
    pub caption: &'a str,
    /// Who made it.
    pub credit: &'a str,
    /// Where it leads.
    pub link: &'a str,
}

impl Figure<'_> {
    /// The figure: an image alone in its paragraph where nothing more is needed, which Byline sets as a figure.
    pub fn set(&self, markup: Markup) -> String {
        let parts = [self.title, self.caption, self.credit].into_iter().filter(|part| !part.is_empty()).count();
        let marks = |text: &str| text.contains(['"', '<', '\n', '\\', '*', '_', '`', '[', ']']);
        if markup == Markup::Markdown && parts <= 1 && self.link.is_empty() {
            let caption = [self.title, self.caption, self.credit].concat();
            if ![self.alt, &caption].into_iter().any(marks) {
                let title = if caption.is_empty() { String::new() } else { format!(" \"{caption}\"") };
                return format!("![{}]({}{title})", self.alt, super::index::written_target(self.src));
            }
        }
        self.html()
    }

    fn html(&self) -> String {
        let image = format!("<img src=\"{}\" alt=\"{}\">", to_attribute(self.src), to_attribute(self.alt));
        let image = match self.link {
            "" => image,
            link => format!("<a href=\"{}\">{image}</a>", to_attribute(link)),
        };
        let mut caption = String::new();
        if !self.title.is_empty() {
            caption.push_str(&format!("<strong>{}</strong> ", to_text(self.title)));
        }
        caption.push_str(self.caption);
        if !self.credit.is_empty() {
            caption.push_str(&format!(" <small>{}</small>", to_text(self.credit)));
        }
        match caption.trim() {
            "" => format!("<figure>{image}</figure>"),
            caption => format!("<figure>{image}<figcaption>{caption}</figcaption></figure>"),
        }
    }
}

/// A video, from where its maker shows it.
pub fn video(service: Video, id: &str) -> Option<String> {
    let id = id.trim();
    let good = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let (name, start) = match service {
        Video::YouTube => ("YouTube", "https://www.youtube-nocookie.com/embed/"),
        Video::Vimeo => ("Vimeo", "https://player.vimeo.com/video/"),
        Video::Streamable => ("Streamable", "https://streamable.com/e/"),
    };
    good.then(|| {
        format!("<iframe src=\"{start}{id}\" title=\"{name} video\" width=\"560\" height=\"315\" loading=\"lazy\" allowfullscreen></iframe>")
    })
}

/// Who shows a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is the service of its name.
pub enum Video {
    YouTube,
    Vimeo,
    Streamable,
}

/// A link to a piece of code on GitHub, in the place of the script that would show it.
pub fn gist(id: &str, markup: Markup) -> Option<String> {
    let id = id.trim().trim_start_matches("https://gist.github.com/").trim_end_matches('/');
    let good = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    good.then(|| link(&format!("https://gist.github.com/{id}"), &format!("Gist: {id}"), markup))
}

/// A link.
pub fn link(target: &str, text: &str, markup: Markup) -> String {
    match markup {
        Markup::Html => format!("<a href=\"{}\">{}</a>", to_attribute(target), to_text(text)),
        _ => format!("[{}]({})", text.replace(['[', ']'], ""), super::index::written_target(target)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_figure_is_an_image_and_another_is_html() {
        let plain = Figure { src: "a b.png", alt: "A pier", caption: "At noon", ..Figure::default() };
        assert_eq!(plain.set(Markup::Markdown), "![A pier](a%20b.png \"At noon\")");
        let linked = Figure { link: "/x/", title: "Pier", ..plain };
        let html = "<figure><a href=\"/x/\"><img src=\"a b.png\" alt=\"A pier\"></a>\
            <figcaption><strong>Pier</strong> At noon</figcaption></figure>";
        assert_eq!(linked.set(Markup::Markdown), html);
    }

    #[test]
    fn a_fence_is_longer_than_those_in_the_code() {
        assert_eq!(code("md", "\n```\nx\n```\n", Markup::Markdown), "````md\n```\nx\n```\n````");
        assert_eq!(code("c++ \"", "a < b", Markup::Html), "<pre><code class=\"language-c++\">a &lt; b\n</code></pre>");
    }

    #[test]
    fn ids_that_are_none_make_no_address() {
        assert!(video(Video::YouTube, "a\"><script>").is_none());
        assert!(gist("user/id\"", Markup::Markdown).is_none());
        assert_eq!(
            gist("user/0f", Markup::Markdown).as_deref(),
            Some("[Gist: user/0f](https://gist.github.com/user/0f)")
        );
    }
}
