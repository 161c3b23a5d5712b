//! The arguments of a tag: `src="a.png" caption='By the sea' wide`.

/// Arguments in order: those by name, and those by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    named: Vec<(String, String)>,
    placed: Vec<String>,
}

impl Arguments {
    /// Reads arguments that blanks or commas separate, with `=` or `:` between a name and its value.
    pub fn read(text: &str) -> Self {
        let mut arguments = Self::default();
        let mut rest = text.trim_start_matches(is_gap);
        while !rest.is_empty() {
            let (first, after, quoted) = word(rest);
            let value = after.trim_start().strip_prefix('=').filter(|_| !quoted);
            rest = match value {
                Some(value) => {
                    let (value, after, _) = word(value.trim_start());
                    arguments.named.push((first, value));
                    after
                }
                None => {
                    arguments.placed.push(first);
                    after
                }
            };
            let next = rest.trim_start_matches(is_gap);
            // A sign that begins no word is passed over, so that every turn gets on.
            rest = if next.len() == rest.len() && next.starts_with('=') { &next[1..] } else { next };
        }
        arguments
    }

    /// The argument of a name.
    pub fn named(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The argument at a place, from 0.
    pub fn placed(&self, at: usize) -> Option<&str> {
        self.placed.get(at).map(String::as_str)
    }

    /// The argument of a name, or else the one at a place.
    pub fn either(&self, name: &str, at: usize) -> Option<&str> {
        self.named(name).or_else(|| self.placed(at)).filter(|value| !value.is_empty())
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// The first word, what follows it, and whether it was quoted.
fn word(text: &str) -> (String, &str, bool) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“' | '”')) else {
        let end = text.find(|c: char| is_gap(c) || c == '=').unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..], false);
    };
    let mut value = String::new();
    let closes = if quote == '“' { '”' } else { quote };
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == closes {
            return (value, &text[at + c.len_utf8()..], true);
        }
        match c {
            '\\' if quote != '`' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "", true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_places_and_quotes_are_told_apart() {
        let read = Arguments::read(r#"src="a b.png", caption='It\'s "late"' width=300 wide `raw \n`"#);
        assert_eq!(read.named("src"), Some("a b.png"));
        assert_eq!(read.named("Caption"), Some("It's \"late\""));
        assert_eq!(read.named("width"), Some("300"));
        assert_eq!((read.placed(0), read.placed(1)), (Some("wide"), Some("raw \\n")));
    }

    #[test]
    fn broken_arguments_end() {
        for text in ["=", "==", "a=", "\"open", ",,,", "= = a", "a==b"] {
            Arguments::read(text);
        }
    }
}
