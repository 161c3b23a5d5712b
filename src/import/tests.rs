//! Whatever the files hold, a conversion ends with files that can be written.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::tree::{File, Tree};
use super::{Origin, convert};
use crate::model::path::OutPath;

/// Pieces that texts of all origins are made of.
const PIECES: &[&str] = &[
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight x %}",
    "{% endhighlight %}",
    "figure src=\"a b.png\" caption=",
    "youtube(id=\"x\")",
    "/*",
    "*/",
    "ref \"b\"",
    "post_url 2017-10-26-b",
    "include figure.html src=",
    "{:",
    "{: #id}",
    "}",
    "[x](",
    ")",
    "![",
    "](<",
    ">",
    "<a href=\"",
    "\"",
    "'",
    "`",
    "``",
    "`x <y>`_",
    "x_",
    "[1]_",
    "\\",
    "\n",
    "\n\n",
    "    ",
    "  ",
    "- ",
    "1. ",
    ".. ",
    ".. image:: x",
    ".. code::",
    "::",
    ":key: value",
    "====",
    "----",
    "| ",
    "+---+",
    ">>> ",
    ":::py",
    "---\n",
    "+++\n",
    "title: x\n",
    "title = \"x\"\n",
    "date: 2017-10-26\n",
    "Title: x\n",
    "é",
    "中",
    "\u{3000}",
    "\u{feff}",
    "\r\n",
    "\t",
    "word ",
    "<!-- more -->",
    "<body>",
    "</body>",
    "<title>",
    "{filename}/a b.md",
    "|static|x",
    "A = [",
    "{'a':",
    "&x;",
    "\u{0}",
    "# ",
    "#+",
];

fn tree(files: &[(&str, &str)]) -> Tree {
    let file = |text: &str| File { bytes: Some(Arc::from(text.as_bytes())) };
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), file(text))).collect();
    Tree { files, notes: Vec::new() }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_converted(front in text(), body in text(), settings in text()) {
        let whole = format!("---\ntitle: A\ndate: 2017-10-26\n---\n{body}");
        let sheet = format!("Title\n=====\n\n:date: 2017-10-26\n\n{body}");
        let files = [
            ("config.toml", settings.as_str()), ("_config.yml", &settings), ("pelicanconf.py", &settings),
            ("content/posts/a.md", &whole), ("content/posts/b.md", &front), ("content/posts/c.html", &body), ("content/d.rst", &sheet),
            ("_posts/2017-10-26-a.md", &whole), ("_posts/2017-10-27-b.html", &whole), ("content/e.txt", &front),
        ];
        for origin in [Origin::Zola, Origin::Hugo, Origin::Jekyll, Origin::Pelican, Origin::Text] {
            let (outputs, report) = convert(origin, &tree(&files), Path::new("source"));
            prop_assert!(origin == Origin::Text || report.articles + report.pages > 0);
            for path in outputs.texts.iter().map(|output| &output.to).chain(outputs.copies.iter().map(|copy| &copy.to)) {
                prop_assert!(OutPath::new(path).is_ok(), "{}", path);
            }
        }
    }
}
