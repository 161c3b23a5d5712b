//! One escaper for each place where text is put into markup. Every stage uses these and no others.

use std::fmt::Write;

/// Escapes text between tags (HTML and XML): `&`, `<`, `>`.
pub fn text(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    pulldown_cmark_escape::escape_html_body_text(&mut *out, text).expect("a String takes any text");
}

/// Escapes the inside of a quoted attribute: `&`, `<`, `>`, `"` and `'`.
pub fn attribute(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// The escaped text of [`text`], as a value.
pub fn to_text(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    text(&mut out, input);
    out
}

/// The escaped text of [`attribute`], as a value.
pub fn to_attribute(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    attribute(&mut out, input);
    out
}

/// JSON that may stand inside a `script` element: `<`, `>`, `&` and the two line separators are written as escapes, so that no
/// `</script>` or `<!--` can occur (HTML Standard, 4.12.1.3).
pub fn script_json(value: &serde_json::Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("a String takes any text");
            }
            c => out.push(c),
        }
    }
    out
}

/// Drops what XML 1.0 cannot carry even escaped (control characters but tab and line ends, U+FFFE and U+FFFF), and folds
/// white space to single blanks: for titles, names and tags.
pub fn single_line(input: &str) -> String {
    let mut line = String::with_capacity(input.len());
    for word in input.split(char::is_whitespace) {
        let start = line.len();
        if start > 0 {
            line.push(' ');
        }
        let blank = line.len();
        if word.bytes().all(|byte| (b'!'..=b'~').contains(&byte)) {
            line.push_str(word);
        } else {
            line.extend(word.chars().filter(|c| is_xml(*c)));
        }
        if line.len() == blank {
            line.truncate(start);
        }
    }
    line
}

/// Whether XML 1.0 can carry the character.
pub fn is_xml(c: char) -> bool {
    (!c.is_control() || matches!(c, '\t' | '\n' | '\r')) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// What a link in an article may point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// No scheme: within the site.
    Relative,
    /// http, https, mailto or tel.
    Allowed,
    /// Anything else, `javascript:` and `data:` among them: to be dropped with a warning.
    Refused,
}

/// Classifies a link by its scheme as browsers read it: white space and control characters inside it are passed over.
pub fn scheme(link: &str) -> Scheme {
    let bare: String = link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(200).collect();
    if bare.starts_with("//") {
        return Scheme::Allowed;
    }
    let Some(colon) = bare.find(':') else { return Scheme::Relative };
    if bare[..colon].contains(['/', '?', '#']) {
        return Scheme::Relative;
    }
    match bare[..colon].to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Scheme::Allowed,
        _ => Scheme::Refused,
    }
}
