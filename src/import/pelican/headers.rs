//! What articles of Pelican's say about themselves: `Key: value` lines of Markdown, fields of reStructuredText, `meta` elements of
//! HTML. The rest is the text.

use html5gum::{Token, Tokenizer};

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in lower case.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// A file, split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// What it says about itself.
    pub fields: Vec<Field>,
    /// The text.
    pub body: String,
    /// The line on which the text begins, from 1.
    pub first_line: u32,
}

/// Reads `Key: value` lines above the first blank line; indented lines go on with the value. Lines of `---` may stand around them.
pub fn markdown(text: &str) -> Headers {
    let mut headers = Headers { first_line: 1, ..Headers::default() };
    let mut offset = 0;
    let fenced = text.lines().next().is_some_and(|line| line.trim_end() == "---");
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if at == 0 && fenced {
            offset += line.len();
            continue;
        }
        if fenced && (bare == "---" || bare == "...") {
            offset += line.len();
            headers.first_line = at as u32 + 2;
            break;
        }
        if bare.is_empty() {
            offset += line.len();
            headers.first_line = at as u32 + 2;
            break;
        }
        let key = bare.split(':').next().unwrap_or("").trim_end();
        let is_key = bare.contains(':')
            && !key.is_empty()
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        if is_key && !line.starts_with(' ') {
            let value = bare.split_once(':').map_or("", |(_, value)| value).trim().to_owned();
            headers.fields.push(Field { key: key.to_lowercase(), value, line: at as u32 + 1 });
        } else if let (true, Some(last)) = (line.starts_with("    "), headers.fields.last_mut()) {
            last.value = format!("{}\n{}", last.value, bare.trim());
        } else {
            headers.first_line = at as u32 + 1;
            break;
        }
        offset += line.len();
    }
    if headers.fields.is_empty() {
        return Headers { fields: Vec::new(), body: text.to_owned(), first_line: 1 };
    }
    headers.body = text[offset..].to_owned();
    headers
}

/// Reads the title and the fields of reStructuredText: a heading at the top, and `:key: value` lines below it.
pub fn restructured(text: &str) -> Headers {
    let lines: Vec<&str> = text.lines().collect();
    let mut headers = Headers::default();
    let mut at = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let rule = |line: &str| {
        let line = line.trim_end();
        line.len() >= 3
            && line.chars().next().is_some_and(|c| c.is_ascii_punctuation() && line.chars().all(|other| other == c))
    };
    let over = lines.get(at).is_some_and(|line| rule(line)) && lines.get(at + 2).is_some_and(|line| rule(line));
    if over {
        headers.fields.push(Field {
            key: "title".to_owned(),
            value: lines[at + 1].trim().to_owned(),
            line: at as u32 + 2,
        });
        at += 3;
    } else if lines.get(at + 1).is_some_and(|line| rule(line))
        && lines.get(at).is_some_and(|line| !line.starts_with([' ', ':', '.']))
    {
        headers.fields.push(Field { key: "title".to_owned(), value: lines[at].trim().to_owned(), line: at as u32 + 1 });
        at += 2;
    }
    while let Some(line) = lines.get(at) {
        let field = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        match field {
            Some((key, value)) if !key.is_empty() && !key.contains('`') => {
                headers.fields.push(Field {
                    key: key.trim().to_lowercase(),
                    value: value.trim().to_owned(),
                    line: at as u32 + 1,
                });
            }
            _ if line.trim().is_empty() => {}
            _ if line.starts_with(' ') && headers.fields.len() > 1 && !lines[at - 1].trim().is_empty() => {
                if let Some(last) = headers.fields.last_mut() {
                    last.value = format!("{} {}", last.value, line.trim());
                }
            }
            _ => break,
        }
        at += 1;
    }
    headers.first_line = at as u32 + 1;
    headers.body = lines[at.min(lines.len())..].join("\n");
    headers
}

/// Reads the title, the `meta` elements and the body of an HTML page.
pub fn html(text: &str) -> Headers {
    let mut headers = Headers { first_line: 1, ..Headers::default() };
    let mut in_title = false;
    let mut title = String::new();
    for token in Tokenizer::new(text).flatten() {
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"meta" => {
                let value = |name: &str| {
                    let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name.as_bytes());
                    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
                };
                let content = value("content").or_else(|| value("contents"));
                if let (Some(key), Some(value)) = (value("name"), content) {
                    headers.fields.push(Field { key: key.to_lowercase(), value, line: 1 });
                }
            }
            Token::StartTag(tag) if tag.name.as_slice() == b"title" => in_title = true,
            Token::EndTag(tag) if tag.name.as_slice() == b"title" => in_title = false,
            Token::StartTag(tag) if tag.name.as_slice() == b"body" => break,
            Token::String(text) if in_title => title.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    if !title.trim().is_empty() {
        headers.fields.insert(0, Field { key: "title".to_owned(), value: title.trim().to_owned(), line: 1 });
    }
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<body").and_then(|at| lower[at..].find('>').map(|end| at + end + 1));
    let close = lower.rfind("</body").unwrap_or(text.len());
    let start = open.unwrap_or(0);
    headers.first_line = text[..start].matches('\n').count() as u32 + 1;
    headers.body = text[start..close.max(start)].to_owned();
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(headers: &Headers) -> Vec<(&str, &str)> {
        headers.fields.iter().map(|field| (field.key.as_str(), field.value.as_str())).collect()
    }

    #[test]
    fn lines_of_keys_are_read_up_to_the_first_blank_one() {
        let read = markdown("Title: A: b\nTags: one,\n    two\nDate: 2017-10-26\n\nText: here\n");
        assert_eq!(pairs(&read), [("title", "A: b"), ("tags", "one,\ntwo"), ("date", "2017-10-26")]);
        assert_eq!((read.body.as_str(), read.first_line), ("Text: here\n", 6));
        assert_eq!(markdown("No keys here\n\nText\n").body, "No keys here\n\nText\n");
        assert_eq!(pairs(&markdown("---\ntitle: A\n---\nText\n")), [("title", "A")]);
    }

    #[test]
    fn fields_below_a_heading_are_read() {
        let read = restructured(
            "The Ferry\n=========\n\n:date: 2017-10-26 10:00\n:tags: a, b\n:summary: It was\n   late.\n\nText\n",
        );
        assert_eq!(
            pairs(&read),
            [("title", "The Ferry"), ("date", "2017-10-26 10:00"), ("tags", "a, b"), ("summary", "It was late.")]
        );
        assert_eq!((read.body.as_str(), read.first_line), ("Text", 9));
    }

    #[test]
    fn meta_elements_are_read_and_the_body_cut_out() {
        let read = html(
            "<html><head>\n<title>A &amp; b</title>\n<meta name=\"Tags\" content=\"x, y\" />\n</head>\n<body>\n<p>Text</p></body></html>",
        );
        assert_eq!(pairs(&read), [("title", "A & b"), ("tags", "x, y")]);
        assert_eq!((read.body.as_str(), read.first_line), ("\n<p>Text</p>", 5));
    }
}
