//! Grammars name what they find by scopes (`keyword.control.rust`); readers need fewer kinds. The naming scheme is that of
//! Sublime Text: <https://www.sublimetext.com/docs/scope_naming.html>.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// No class: the text is not wrapped.
pub(super) const PLAIN: u8 = b' ';

/// All classes and what they mark, for stylesheets and the manual.
pub const CLASSES: [(char, &str); 16] = [
    ('a', "attribute name"),
    ('c', "comment"),
    ('d', "deleted line"),
    ('e', "escape in a string"),
    ('f', "function name"),
    ('g', "tag name"),
    ('h', "heading"),
    ('i', "inserted line"),
    ('k', "keyword"),
    ('l', "constant"),
    ('m', "annotation or attribute of code"),
    ('n', "number"),
    ('o', "operator"),
    ('s', "string"),
    ('t', "type"),
    ('v', "variable"),
];

/// Prefixes of scopes and their classes; the first that fits counts. Punctuation and plain names have none: wrapped, they would
/// double a page's weight and help nobody read it.
const PREFIXES: &[(&str, u8)] = &[
    ("comment", b'c'),
    ("punctuation.definition.comment", b'c'),
    ("constant.character.escape", b'e'),
    ("constant.other.placeholder", b'e'),
    ("constant.numeric", b'n'),
    ("constant", b'l'),
    ("string", b's'),
    ("punctuation.definition.string", b's'),
    ("meta.interpolation", PLAIN),
    ("meta.embedded", PLAIN),
    ("keyword.other.template", b's'),
    ("keyword.other.substitution", PLAIN),
    ("keyword.operator.accessor", PLAIN),
    ("keyword.operator.module", b'k'),
    ("keyword.operator.new", b'k'),
    ("keyword.operator.word", b'k'),
    ("keyword.operator.logical.python", b'k'),
    ("keyword.operator", b'o'),
    ("keyword.other.unit", b'n'),
    ("keyword", b'k'),
    ("storage.type.numeric", b'n'),
    ("storage.type.string", b's'),
    ("storage", b'k'),
    ("entity.name.function", b'f'),
    ("variable.function", b'f'),
    ("support.function", b'f'),
    ("support.macro", b'f'),
    ("meta.annotation", b'm'),
    ("variable.annotation", b'm'),
    ("entity.name.tag", b'g'),
    ("entity.other.attribute-name", b'a'),
    ("meta.property-name", b'a'),
    ("support.type.property-name", b'a'),
    ("entity.other.inherited-class", b't'),
    ("entity.name.section", b'h'),
    ("markup.heading", b'h'),
    ("markup.inserted", b'i'),
    ("markup.deleted", b'd'),
    ("meta.diff.range", b'h'),
    ("meta.diff.header", b'h'),
    ("markup.raw", b's'),
    ("entity.name.constant", b'l'),
    ("entity.name", b't'),
    ("support.class", b't'),
    ("support.type", b't'),
    ("support.constant", b'l'),
    ("variable.language", b'k'),
    ("variable.parameter", b'v'),
    ("variable.other.readwrite.shell", b'v'),
    ("punctuation.definition.variable", b'v'),
];

static SCOPES: LazyLock<Vec<(Scope, u8)>> = LazyLock::new(|| {
    // Each prefix has fewer than eight parts, which is all that making a scope of it asks for.
    PREFIXES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect()
});

/// The class of a scope; `None` where it says nothing and what surrounds it decides.
pub(super) fn class(scope: Scope) -> Option<u8> {
    SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}
