//! A finished page without what browsers pass over: comments, and all but one line end of the white space between block elements.
//! Nothing that is shown or read aloud changes, and text is never touched.

#[cfg(test)]
mod tests;

/// Elements whose content is not markup, or whose white space shows.
const KEPT: &[&str] = &[
    "pre",
    "textarea",
    "script",
    "style",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "svg",
    "math",
    "template",
];

/// Elements around which white space does not show.
const BLOCKS: &[&str] = &[
    "html",
    "head",
    "body",
    "meta",
    "link",
    "base",
    "header",
    "footer",
    "main",
    "nav",
    "article",
    "section",
    "aside",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "blockquote",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "hr",
    "form",
    "fieldset",
    "details",
    "summary",
    "address",
    "hgroup",
    "search",
    "dialog",
];

/// Tidies a page. What is not well formed enough to be sure of is left as it is.
pub(super) fn tidy(html: String) -> String {
    if needs(&html) { shortened(&html).unwrap_or(html) } else { html }
}

/// Whether there is anything to take out: most pages have nothing, and this is all that they cost.
fn needs(html: &str) -> bool {
    html.contains("<!--") || [">\n\n", ">\n ", ">\n\t", ">\r"].iter().any(|start| has_gap(html, start))
}

/// Whether white space that begins so stands before the tag of a block element.
fn has_gap(html: &str, start: &str) -> bool {
    // Most pages do not have it at all, which is found out faster than where they have it.
    html.contains(start)
        && html.match_indices(start).any(|(at, _)| {
            let behind = html[at + 1..].trim_ascii_start();
            behind.strip_prefix('<').is_some_and(begins_block)
        })
}

/// The page without comments and without superfluous white space; `None` where a construct is not closed.
fn shortened(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Whether what was written last is the tag of a block element.
    let mut after_block = false;
    // Whether there is text since the last tag, and whether all of it is white space.
    let (mut has_text, mut is_blank) = (false, true);
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        let token = token(markup)?;
        let between = after_block && matches!(token, Token::Tag(_, name) if is_one_of(BLOCKS, name));
        let blank = text.len() > 1 && text.contains('\n') && is_white(text);
        out.push_str(if between && blank { "\n" } else { text });
        has_text |= !text.is_empty();
        is_blank &= is_white(text);
        let taken = match token {
            Token::Comment(length) => {
                // What stood before it and what stands behind it are looked at as they were: apart.
                after_block &= text.is_empty();
                let behind = markup[length..].split('<').next().unwrap_or_default();
                // Of text on both sides the comment keeps apart what would be read as one: `&am` and `p;`.
                if has_text && !behind.is_empty() && !(is_blank && is_white(behind)) {
                    out.push_str(&markup[..length]);
                }
                length
            }
            Token::Tag(length, name) if is_one_of(KEPT, name) && !markup.starts_with("</") => {
                after_block = false;
                let length = length + content(&markup[length..], name)?;
                out.push_str(&markup[..length]);
                length
            }
            Token::Tag(length, name) => {
                after_block = is_one_of(BLOCKS, name);
                out.push_str(&markup[..length]);
                length
            }
        };
        if matches!(token, Token::Tag(..)) {
            (has_text, is_blank) = (false, true);
        }
        rest = &markup[taken..];
    }
    out.push_str(rest);
    Some(out)
}

/// Whether the tag of a block element stands here, without its first sign.
fn begins_block(tag: &str) -> bool {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    is_one_of(BLOCKS, &name[..end])
}

fn is_white(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// What a `<` begins, with its length.
enum Token<'a> {
    /// A comment, which may go.
    Comment(usize),
    /// A tag or a declaration, by its name.
    Tag(usize, &'a str),
}

/// What stands at the beginning of some markup; `None` where its end cannot be told.
fn token(markup: &str) -> Option<Token<'_>> {
    if let Some(comment) = markup.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        let inner = &comment[..end];
        // Comments that end otherwise, and conditional ones, are for browsers to make out.
        let plain = !inner.starts_with(['>', '[']) && !inner.starts_with("->") && !inner.contains("--!>");
        return plain.then_some(Token::Comment("<!--".len() + end + "-->".len()));
    }
    let start = if markup.starts_with("</") { 2 } else { 1 };
    let name = &markup[start..];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && !starts_with(name, "!doctype") {
        return None;
    }
    let end = name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?;
    Some(Token::Tag(length(markup, start + end)?, &name[..end]))
}

/// The length of a tag, whose name ends at `from`: a `>` within quotes is not its end. `None` where its attributes are not well formed.
fn length(tag: &str, from: usize) -> Option<usize> {
    let mut rest = &tag[from..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return Some(tag.len() - behind.len());
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))?;
        if end == 0 || rest[..end].contains(['"', '\'', '<']) {
            return None;
        }
        rest = rest[end..].trim_ascii_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_ascii_start) else { continue };
        let (end, more) = match value.as_bytes().first()? {
            quote @ (b'"' | b'\'') => (value[1..].find(char::from(*quote))? + 1, 1),
            _ => (value.find(|c: char| c.is_ascii_whitespace() || c == '>')?, 0),
        };
        if more == 0 && (end == 0 || value[..end].contains(['"', '\'', '<', '=', '`'])) {
            return None;
        }
        rest = &value[end + more..];
    }
}

/// Elements that are kept as they are, and whose content is markup all the same.
const MARKUP: &[&str] = &["pre", "svg", "math", "template", "noscript"];

/// How long the content of an element that is kept as it is goes, end tag included; `None` where such an element is nested or open,
/// or holds what might end elsewhere than it seems to.
fn content(markup: &str, name: &str) -> Option<usize> {
    let is_markup = is_one_of(MARKUP, name);
    let mut from = 0;
    while let Some(at) = markup[from..].find('<') {
        let start = from + at;
        let rest = &markup[start..];
        let is_end = rest.strip_prefix("</").is_some_and(|rest| starts_with(rest, name));
        let token = if is_markup || is_end { token(rest) } else { None };
        from = match token {
            Some(Token::Tag(length, own)) if is_end && own.eq_ignore_ascii_case(name) => return Some(start + length),
            // In a drawing, `title` is an element like others.
            Some(Token::Tag(_, own)) if is_markup && own != "title" && is_one_of(KEPT, own) => return None,
            Some(Token::Tag(length, _)) if is_markup => start + length,
            _ if is_markup || is_end || rest.starts_with("<!--") || starts_with(&rest[1..], name) => return None,
            _ => start + 1,
        };
    }
    None
}

fn starts_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
