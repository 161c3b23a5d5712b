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
    let bytes = html.as_bytes();
    let blank = |at: usize| matches!(bytes.get(at + 1), Some(b'\n' | b' ' | b'\t' | b'\r'));
    let comment = |at: usize| at > 0 && bytes[at - 1] == b'<' && bytes[at + 1..].starts_with(b"--");
    html.match_indices('\n').any(|(at, _)| blank(at)) || html.match_indices('!').any(|(at, _)| comment(at))
}

/// The page without comments and without superfluous white space; `None` where a construct is not closed.
fn shortened(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Whether what was written last is the tag of a block element.
    let mut after_block = false;
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        let token = token(markup)?;
        let between = after_block && matches!(token, Token::Tag(_, name) if is_one_of(BLOCKS, name));
        let blank = text.len() > 1 && text.contains('\n') && text.bytes().all(|byte| byte.is_ascii_whitespace());
        out.push_str(if between && blank { "\n" } else { text });
        let taken = match token {
            Token::Comment(length) => {
                // What stood before it and what stands behind it are looked at as they were: apart.
                after_block &= text.is_empty();
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
            Token::Text => {
                after_block = false;
                out.push('<');
                1
            }
        };
        rest = &markup[taken..];
    }
    out.push_str(rest);
    Some(out)
}

/// What a `<` begins, with its length.
enum Token<'a> {
    /// A comment, which may go.
    Comment(usize),
    /// A tag or a declaration, by its name.
    Tag(usize, &'a str),
    /// A sign of its own.
    Text,
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
    let name = markup[1..].strip_prefix('/').unwrap_or(&markup[1..]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return (!markup.starts_with("</") && !markup.starts_with("<?")).then_some(Token::Text);
    }
    let end = name.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?;
    Some(Token::Tag(length(markup)?, &name[..end]))
}

/// The length of a tag: a `>` within quotes is not its end.
fn length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(mark), byte) if byte == mark => quote = None,
            _ => {}
        }
    }
    None
}

/// Elements that are kept as they are, and whose content is markup all the same.
const MARKUP: &[&str] = &["pre", "svg", "math", "template", "noscript"];

/// How long the content of an element that is kept as it is goes, end tag included; `None` where such an element is nested or open,
/// or holds what might end elsewhere than it seems to.
fn content(markup: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = markup[from..].find('<') {
        let start = from + at;
        let rest = &markup[start + 1..];
        // In a drawing, `title` is an element like others.
        let within = || KEPT.iter().any(|kept| *kept != "title" && starts_with(rest, kept));
        if starts_with(rest, name) || rest.starts_with("!--") || (is_one_of(MARKUP, name) && within()) {
            return None;
        }
        if rest.strip_prefix('/').is_some_and(|rest| starts_with(rest, name)) {
            return Some(start + length(&markup[start..])?);
        }
        from = start + 1;
    }
    None
}

fn starts_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
