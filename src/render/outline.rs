//! What a template says, read from its text: which template it extends, its blocks, the names that it binds, and the values that
//! it reads. For advice alone: no page is made by it, and what is not understood is passed over.

/// What a template says. Places are byte offsets in its text.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// The template that it extends.
    pub extends: Option<&'a str>,
    /// Its blocks, in the order in which they open.
    pub blocks: Vec<Block<'a>>,
    /// Names that it gives to values: of loops, of `set`.
    pub bindings: Vec<Binding<'a>>,
    /// What it reads, outside its components.
    pub reads: Vec<Read<'a>>,
}

/// A block.
#[derive(Debug)]
pub struct Block<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its name stands.
    pub at: usize,
    /// The block that it stands in, by its place among the blocks.
    pub within: Option<usize>,
    /// Whether it shows what the layer below has in its place.
    pub calls_super: bool,
}

/// A name, and what it stands for.
#[derive(Debug)]
pub struct Binding<'a> {
    /// The name.
    pub name: &'a str,
    /// The path of the value, where it is one and nothing else.
    pub from: Option<Vec<&'a str>>,
    /// Which part of that value it is.
    pub part: Part,
}

/// Which part of a value a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// An item of a list, or a value of a map.
    Item,
    /// A key of a map.
    Key,
}

/// A value that is read: `article.card.title`.
#[derive(Debug)]
pub struct Read<'a> {
    /// Its path.
    pub path: Vec<&'a str>,
    /// Where it begins.
    pub at: usize,
    /// Whether it is asked only if it is there: `is defined`.
    pub guard: bool,
}

/// Words that are no names of values.
const WORDS: &[&str] = &[
    "and", "as", "break", "continue", "elif", "else", "false", "False", "for", "if", "in", "is", "loop", "none",
    "None", "not", "null", "or", "self", "true", "True",
];

/// Filters that leave the items of a list what they were.
const KEEPING: &[&str] = &["reverse", "sort", "unique"];

/// Reads a template.
pub fn outline(text: &str) -> Outline<'_> {
    let mut reader = Reader { text, out: Outline::default(), open: Vec::new(), in_component: false };
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| at + found) {
        at = match text.as_bytes().get(start + 1) {
            Some(b'#') => text[start..].find("#}").map_or(text.len(), |end| start + end + 2),
            Some(b'{') => reader.tag(start + 2, "}}"),
            Some(b'%') => reader.tag(start + 2, "%}"),
            _ => start + 1,
        };
    }
    reader.out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Text,
    Sign,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    at: usize,
}

impl Token<'_> {
    fn is(&self, sign: &str) -> bool {
        self.kind != Kind::Text && self.text == sign
    }

    /// Whether a value may end here, so that a `<` behind it compares.
    fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word => !WORDS.contains(&self.text),
            Kind::Number | Kind::Text => true,
            Kind::Sign => matches!(self.text, ")" | "]"),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    out: Outline<'a>,
    /// The blocks that are open.
    open: Vec<usize>,
    in_component: bool,
}

impl<'a> Reader<'a> {
    /// Reads the tag whose content begins at an offset; gives the offset behind it.
    fn tag(&mut self, start: usize, closing: &str) -> usize {
        let (tokens, end) = tokens(self.text, start, closing);
        // Hyphens at the ends of a tag ask for white space to be left out.
        let mut tokens: &[Token<'a>] = &tokens;
        while let [hyphen, rest @ ..] = tokens
            && hyphen.is("-")
        {
            tokens = rest;
        }
        while let [rest @ .., hyphen] = tokens
            && hyphen.is("-")
        {
            tokens = rest;
        }
        let word = tokens.first().filter(|token| token.kind == Kind::Word).map_or("", |token| token.text);
        let rest = tokens.get(1..).unwrap_or_default();
        if closing == "}}" {
            self.expression(tokens);
            return end;
        }
        match word {
            "raw" => return self.text[end..].find("endraw").map_or(self.text.len(), |skip| end + skip),
            "extends" => self.out.extends = rest.iter().find(|token| token.kind == Kind::Text).map(|token| token.text),
            "block" => self.block(rest),
            "endblock" => {
                self.open.pop();
            }
            "component" => self.in_component = true,
            "endcomponent" => self.in_component = false,
            "for" => self.binding(rest, "in"),
            "set" | "set_global" => self.binding(rest, "="),
            "include" | "filter" | "endfor" | "endif" | "endset" | "endfilter" | "else" | "endraw" => {}
            "if" | "elif" => self.expression(rest),
            _ => self.expression(tokens),
        }
        end
    }

    fn block(&mut self, rest: &[Token<'a>]) {
        let Some(name) = rest.first() else { return };
        self.out.blocks.push(Block {
            name: name.text,
            at: name.at,
            within: self.open.last().copied(),
            calls_super: false,
        });
        self.open.push(self.out.blocks.len() - 1);
    }

    /// `NAMES in VALUE` or `NAME = VALUE`.
    fn binding(&mut self, tokens: &[Token<'a>], sign: &str) {
        let split = tokens.iter().position(|token| token.is(sign)).unwrap_or(tokens.len());
        let value = tokens.get(split + 1..).unwrap_or_default();
        let names: Vec<_> = tokens[..split].iter().filter(|token| token.kind == Kind::Word).collect();
        let from = value_path(value);
        for (place, name) in names.iter().enumerate() {
            let part = match (sign, names.len() - place) {
                ("=", _) => Part::Whole,
                (_, 1) => Part::Item,
                _ => Part::Key,
            };
            if !self.in_component {
                self.out.bindings.push(Binding { name: name.text, from: from.clone(), part });
            }
        }
        self.expression(value);
    }

    fn expression(&mut self, tokens: &[Token<'a>]) {
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|before| tokens[before]);
            let token = tokens[at];
            let opens = (token.is("<") || token.is("</")) && !before.is_some_and(|before| before.ends_value());
            at = if opens { self.component_call(tokens, at + 1) } else { self.term(tokens, at, before) };
        }
    }

    /// One token outside the calls of components, with the path that begins there; gives the place behind it.
    fn term(&mut self, tokens: &[Token<'a>], at: usize, before: Option<Token<'a>>) -> usize {
        let token = tokens[at];
        let follows = |sign: &str| tokens.get(at + 1).is_some_and(|next| next.is(sign));
        if token.kind != Kind::Word {
            return at + 1;
        }
        if token.text == "super" && follows("(") {
            if let Some(block) = self.open.last().and_then(|open| self.out.blocks.get_mut(*open)) {
                block.calls_super = true;
            }
            return at + 1;
        }
        if token.text == "for" {
            let name = tokens.get(at + 1).map(|name| Binding { name: name.text, from: None, part: Part::Item });
            self.out.bindings.extend(name);
            return at + 2;
        }
        let named = before.is_some_and(|before| ["|", ".", "?.", "is", "@"].iter().any(|sign| before.is(sign)));
        let tested = before.is_some_and(|before| before.is("not")) && at >= 2 && tokens[at - 2].is("is");
        if named || tested || WORDS.contains(&token.text) || follows("=") || follows("(") || follows(":") {
            return at + 1;
        }
        let (path, end) = path(tokens, at);
        let words: Vec<&str> = tokens[end..].iter().take(3).map(|token| token.text).collect();
        let guard = matches!(words[..], ["is", "defined" | "undefined", ..] | ["is", "not", "defined" | "undefined"]);
        if !self.in_component {
            self.out.reads.push(Read { path, at: token.at, guard });
        }
        end
    }

    /// The call of a component from its name on: the values of its attributes stand in braces, their names are no values.
    fn component_call(&mut self, tokens: &[Token<'a>], start: usize) -> usize {
        let mut at = start;
        while at < tokens.len() && !tokens[at].is(">") && !tokens[at].is("/>") {
            if !tokens[at].is("{") {
                at += 1;
                continue;
            }
            let open = at + 1;
            let mut depth = 1;
            while depth > 0 && at + 1 < tokens.len() {
                at += 1;
                depth += i32::from(tokens[at].is("{")) - i32::from(tokens[at].is("}"));
            }
            self.expression(&tokens[open..at.max(open)]);
            at += 1;
        }
        at + 1
    }
}

/// The path that begins at a word, and the place behind it.
fn path<'a>(tokens: &[Token<'a>], start: usize) -> (Vec<&'a str>, usize) {
    let (mut path, mut at) = (vec![tokens[start].text], start + 1);
    loop {
        at = match tokens.get(at..) {
            Some([dot, name, ..]) if (dot.is(".") || dot.is("?.")) && name.kind != Kind::Sign => {
                path.push(name.text);
                at + 2
            }
            Some([open, name, close, ..]) if open.is("[") && name.kind == Kind::Text && close.is("]") => {
                path.push(name.text);
                at + 3
            }
            _ => return (path, at),
        };
    }
}

/// The path that a value is, if it is one, filters aside that leave its items what they are.
fn value_path<'a>(tokens: &[Token<'a>]) -> Option<Vec<&'a str>> {
    let first = tokens.first()?;
    if first.kind != Kind::Word || WORDS.contains(&first.text) {
        return None;
    }
    let (path, end) = path(tokens, 0);
    let mut rest = &tokens[end..];
    while let [pipe, filter, after @ ..] = rest {
        if !pipe.is("|") || !KEEPING.contains(&filter.text) {
            return None;
        }
        let call = after.first().is_some_and(|token| token.is("("));
        let end = after.iter().position(|token| token.is(")")).filter(|_| call);
        rest = &after[end.map_or(0, |end| end + 1)..];
    }
    rest.is_empty().then_some(path)
}

/// The tokens from an offset to the sign that closes the tag, and the offset behind that sign.
fn tokens<'a>(text: &'a str, start: usize, closing: &str) -> (Vec<Token<'a>>, usize) {
    let mut tokens = Vec::new();
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(c) = text[at..].chars().next() {
        if depth == 0 && text[at..].starts_with(closing) {
            return (tokens, at + closing.len());
        }
        let (kind, length) = match c {
            '"' | '\'' | '`' => {
                let inner = text[at + 1..].find(c).unwrap_or(text.len() - at - 1);
                tokens.push(Token { kind: Kind::Text, text: &text[at + 1..at + 1 + inner], at });
                at = (at + inner + 2).min(text.len());
                continue;
            }
            c if c.is_alphabetic() || c == '_' => (Kind::Word, run(&text[at..], |c| c.is_alphanumeric() || c == '_')),
            c if c.is_ascii_digit() => (Kind::Number, run(&text[at..], |c| c.is_ascii_digit())),
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            _ => {
                let long =
                    ["?.", "</", "/>", "==", "!=", "<=", ">="].iter().find(|sign| text[at..].starts_with(**sign));
                (Kind::Sign, long.map_or(c.len_utf8(), |sign| sign.len()))
            }
        };
        let token = Token { kind, text: &text[at..at + length], at };
        depth = if token.is("{") { depth + 1 } else { depth.saturating_sub(usize::from(token.is("}"))) };
        tokens.push(token);
        at += length;
    }
    (tokens, text.len())
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Part, outline};

    fn reads(text: &str) -> Vec<String> {
        outline(text).reads.iter().map(|read| read.path.join(".")).collect()
    }

    #[test]
    fn values_are_told_from_filters_tests_arguments_and_components() {
        assert_eq!(reads("{{ a.b | date(format=\"%Y\") }}{{ f(x=c.d) }}"), ["a.b", "c.d"]);
        assert_eq!(reads("{% if a is defined and not b.c is string %}{% endif %}"), ["a", "b.c"]);
        assert_eq!(reads("{{ <moment date={a.b} class=\"x y\" link={true} open /> }}{{ a < b }}"), ["a.b", "a", "b"]);
        assert_eq!(reads("{{ site.assets['a.css'] }}{{ x ? . }}{# {{ y }} #}"), ["site.assets.a.css", "x"]);
        assert_eq!(reads("{% raw %}{{ a }}{% endraw %}{{ b }}"), ["b"]);
        assert_eq!(reads("{% component c(a) %}{{ a.b }}{% endcomponent c %}{{ d if e else 'f.g' }}"), ["d", "e"]);
        assert!(outline("{% if a.b is not defined %}").reads[0].guard);
    }

    #[test]
    fn names_are_bound_by_loops_and_set() {
        let text = "{% for card in articles | reverse %}{% for k, v in a.b %}{% set c = d.e %}{% set f = g | length %}";
        let bound: Vec<_> = outline(text)
            .bindings
            .into_iter()
            .map(|one| (one.name, one.from.map(|path| path.join(".")), one.part))
            .collect();
        let path = |text: &str| Some(text.to_owned());
        let wanted = [
            ("card", path("articles"), Part::Item),
            ("k", path("a.b"), Part::Key),
            ("v", path("a.b"), Part::Item),
            ("c", path("d.e"), Part::Whole),
            ("f", None, Part::Whole),
        ];
        assert_eq!(bound, wanted);
    }

    #[test]
    fn blocks_are_nested_and_call_what_lies_below() {
        let text = "{% extends \"base.html\" %}{%- block a -%}{% block b %}{{ super() }}{% endblock b %}{% endblock %}{% block c %}";
        let outline = outline(text);
        let blocks: Vec<_> = outline.blocks.iter().map(|block| (block.name, block.within, block.calls_super)).collect();
        assert_eq!(blocks, [("a", None, false), ("b", Some(0), true), ("c", None, false)]);
        assert_eq!(outline.extends, Some("base.html"));
    }

    #[test]
    fn whatever_the_text_the_reader_comes_to_its_end() {
        for text in [
            "{{",
            "{% block",
            "{{ 'a",
            "{{ { } }}",
            "{% <a b={ %}",
            "{#",
            "{%%}",
            "{{ é.ü }}",
            "{% set = %}",
            "{{ a. }}",
        ] {
            outline(text);
        }
    }
}
