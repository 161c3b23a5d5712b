//! Fenced code for articles: six languages, every snippet with names and numbers of its own.

use crate::random::Random;
use crate::words::{Vocabulary, capitalised};

/// The names and numbers of one snippet.
struct Parts<'a> {
    nouns: [&'a str; 4],
    names: [String; 4],
    numbers: [usize; 3],
}

/// A fenced block in one of the languages.
pub fn fenced(vocabulary: &Vocabulary, random: &mut Random) -> String {
    let nouns = std::array::from_fn(|_| vocabulary.name(random));
    let names = std::array::from_fn(|_| format!("{}_{}", vocabulary.name(random), vocabulary.name(random)));
    let numbers = std::array::from_fn(|_| random.between(2, 9_999));
    let parts = Parts { nouns, names, numbers };
    let (language, code) = match random.below(6) {
        0 => ("rust", rust(&parts)),
        1 => ("python", python(&parts)),
        2 => ("javascript", javascript(&parts)),
        3 => ("bash", shell(&parts)),
        4 => ("sql", sql(&parts)),
        _ => ("go", go(&parts)),
    };
    format!("```{language}\n{code}\n```")
}

fn rust(Parts { nouns: [a, b, c, d], names: [f, g, h, _], numbers: [x, y, _] }: &Parts<'_>) -> String {
    let kind = capitalised(a);
    format!(
        r#"/// One {a} of the {b}.
#[derive(Debug, Clone, PartialEq)]
struct {kind} {{
    {f}: u32,
    {g}: Option<String>,
}}

impl {kind} {{
    // A {c} without a {d} counts as {x}.
    fn {h}(&self, limit: usize) -> Result<u32, String> {{
        match &self.{g} {{
            Some(text) if text.len() > limit => Err(format!("{c} too long: {{}}", text.len())),
            Some(text) => Ok(self.{f} + text.chars().filter(|c| c.is_alphabetic()).count() as u32),
            None => Ok({x}),
        }}
    }}
}}

const {}: &[(u32, &str)] = &[({x}, "{a}"), ({y}, "{d}")];"#,
        f.to_uppercase()
    )
}

fn python(Parts { nouns: [a, b, c, d], names: [f, g, h, i], numbers: [x, y, _] }: &Parts<'_>) -> String {
    format!(
        r#"from dataclasses import dataclass, field


@dataclass
class {}:
    """Keeps the {a} apart from the {b}."""

    {f}: int = {x}
    {g}: list[str] = field(default_factory=list)

    def {h}(self, {i}: str) -> bool:
        # the {c} comes last
        if len(self.{g}) >= self.{f} or not {i}.strip():
            return False
        self.{g}.append({i}.lower().replace("{d}", "-"))
        return sum(map(len, self.{g})) % {y} != 0


if __name__ == "__main__":
    print({}().{h}("{b} {c}"))"#,
        capitalised(a),
        capitalised(a)
    )
}

fn javascript(Parts { nouns: [a, b, c, d], names: [f, g, h, _], numbers: [x, y, z] }: &Parts<'_>) -> String {
    format!(
        r#"const {f} = {{ {a}: {x}, {b}: "{c}", ratio: {y} / {z} }};

/** Waits for the {d}, then counts it. */
async function {g}(source, {{ retries = {x} }} = {{}}) {{
  for (let attempt = 0; attempt < retries; attempt += 1) {{
    const response = await fetch(`/${{source}}?page=${{attempt}}`);
    if (!response.ok) continue; // the {c} may return
    const {h} = await response.json();
    return {h}.filter((item) => item.{a} !== null).map((item) => ({{ ...{f}, ...item }}));
  }}
  throw new Error("no {d} after " + retries);
}}

export default {g};"#
    )
}

fn shell(Parts { nouns: [a, b, c, d], names: [f, g, _, _], numbers: [x, y, _] }: &Parts<'_>) -> String {
    let variable = f.to_uppercase();
    format!(
        r#"#!/bin/sh
# Sorts the {a} into the {b}.
set -eu
{variable}=${{1:-"/srv/{c}"}}
{g}() {{
  printf '%s: %d\n' "$1" "$2" >> "${variable}/{d}.log"
}}
total=0
find "${variable}" -type f -name '*.{a}' -size +{x}k | while read -r path; do
  total=$((total + 1))
  case "$path" in
    *"{b}"*) {g} "$path" "$total" ;;
    *) mv -- "$path" "${{path%.{a}}}.{c}" ;;
  esac
  [ "$total" -lt {y} ] || exit 1
done"#
    )
}

fn sql(Parts { nouns: [a, b, c, d], names: [f, g, h, i], numbers: [x, y, z] }: &Parts<'_>) -> String {
    format!(
        r#"-- Every {a} that has no {b} yet
CREATE TABLE {f} (
    id INTEGER PRIMARY KEY,
    {g} VARCHAR({x}) NOT NULL DEFAULT '{c}',
    {h} DECIMAL(12, 2) CHECK ({h} > {y}),
    added_at TIMESTAMP
);

SELECT t.{g}, COUNT(*) AS {i}, MAX(t.{h}) AS largest
FROM {f} AS t
LEFT JOIN {c}_{d} AS o ON o.parent_id = t.id AND o.kind IN ('{a}', '{d}')
WHERE o.id IS NULL AND t.added_at >= '2012-01-01'
GROUP BY t.{g}
HAVING COUNT(*) > {z}
ORDER BY {i} DESC
LIMIT {x};"#
    )
}

fn go(Parts { nouns: [a, b, c, d], names: [f, g, h, _], numbers: [x, y, _] }: &Parts<'_>) -> String {
    let kind = capitalised(a);
    format!(
        r#"package {b}

import (
	"errors"
	"strings"
)

// {kind} holds one {c}.
type {kind} struct {{
	{f} map[string]int
	{g}  int64
}}

var err{kind} = errors.New("{a}: no {d}")

func (k *{kind}) {h}(lines []string) (int, error) {{
	total := {x}
	for i, line := range lines {{
		if i > {y} || strings.HasPrefix(line, "{c}") {{
			return total, err{kind}
		}}
		k.{f}[strings.TrimSpace(line)] += len(line)
		total += k.{f}[line]
	}}
	return total, nil
}}"#
    )
}
