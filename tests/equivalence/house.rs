//! Edits of site.yaml, of templates and of themes.

use crate::edit::{Kind, set};
use crate::sections::replaced;

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("site.yaml", 14, |bench| {
        let (key, values) = SETTINGS[bench.dice.place(SETTINGS.len())];
        let value = if bench.dice.once_in(4) { None } else { Some(bench.dice.one(values)) };
        let before = bench.read("site.yaml");
        let after = set(&before, key, value);
        (before != after).then(|| {
            bench.write("site.yaml", after);
            format!("site.yaml: {key}: {}", value.unwrap_or("(none)"))
        })
    }),
    Kind::of("a template", 3, |bench| {
        let (path, texts) = TEMPLATES[bench.dice.place(TEMPLATES.len())];
        replaced(bench, path, texts)
    }),
    Kind::of("an included template", 3, |bench| {
        replaced(
            bench,
            "templates/partials/note.html",
            &[
                "<meta name=\"note\" content=\"one\">\n",
                "<meta name=\"note\" content=\"two\">\n",
                "<meta name=\"note\" content=\"{{ page.kind }}\">\n{% include \"partials/deeper.html\" %}",
            ],
        )
        .inspect(|_| {
            if !bench.has("templates/partials/deeper.html") {
                bench.write("templates/partials/deeper.html", "<meta name=\"deeper\" content=\"0\">\n");
            }
        })
    }),
    Kind::of("a template included by an included one", 2, |bench| {
        let number = bench.dice.below(10);
        bench.write("templates/partials/deeper.html", format!("<meta name=\"deeper\" content=\"{number}\">\n"));
        Some(format!("templates/partials/deeper.html: {number}"))
    }),
    Kind::of("a block's template", 3, |bench| {
        let path = bench.dice.one(&["templates/blocks/note.html", "themes/evening/templates/blocks/note.html"]);
        replaced(
            bench,
            path,
            &[
                "<p class=\"note\">{{ block.title }}</p>\n",
                "<p class=\"note\">{{ strings.note }}: {{ block | json }}</p>\n",
                "{% include \"partials/note.html\" %}{% if in_feed %}A note{% endif %}\n",
            ],
        )
    }),
    Kind::of("what a block takes", 2, |bench| {
        let texts = [
            "fields: {title: {type: text, default: Note}, text: paragraphs}\n",
            "fields: {title: markdown, text: text}\n",
            "fields: {text: {type: markdown, required: true}}\n",
        ];
        replaced(bench, "templates/blocks/note.yaml", &texts)
    }),
    Kind::of("strings", 3, |bench| {
        let texts = [
            "skip: To the text\n",
            "skip: Skip it\ndate_long: \"%-d.%-m.%Y\"\n",
            "articles: {other: \"{count} pieces\"}\n",
        ];
        let path = bench.dice.one(&["strings/en.yaml", "strings/zh.yaml", "themes/evening/strings/en.yaml"]);
        replaced(bench, path, &texts)
    }),
    Kind::of("a component", 3, |bench| {
        let path = bench.dice.one(&["themes/evening/templates/parts.html", "templates/own.html"]);
        let part = |text: &str| format!("{{% component signed(name) -%}}\n{text}\n{{%- endcomponent signed %}}\n");
        let text = part(bench.dice.one(&["Signed: {{ name }}", "By {{ name }}", "{{ name }}, <b>signed</b>"]));
        let text = if path == "templates/own.html" { text.replace("signed", "moment_of") } else { text };
        bench.write(path, &text);
        Some(format!("{path}: {text:?}"))
    }),
    Kind::of("a theme's options and queries", 3, |bench| {
        let head = "name: evening\ntheme_api: 1\nparent: daily\n";
        let options = "options:\n  accent: {type: choice, choices: [ink, red], default: ink}\n";
        let more = [
            format!("{options}queries:\n  latest: {{on: [home], list: articles, limit: 2}}\n"),
            format!("{options}queries:\n  latest: {{on: [home], list: articles, limit: 4}}\n  all: {{on: [home], list: tags, order: count}}\n"),
            format!("{options}queries:\n  lead: {{on: [home], list: articles, filter: {{featured: true}}}}\n  by: {{on: [home], list: authors, order: count}}\n"),
            "options:\n  accent: {type: choice, choices: [ink, red], default: red}\n  wide: {type: bool, default: true}\n".to_owned(),
        ];
        let at = bench.dice.place(more.len());
        bench.write("themes/evening/theme.yaml", format!("{head}{}", more[at]));
        Some(format!("themes/evening/theme.yaml: version {at}"))
    }),
    Kind::of("a theme's static file", 2, |bench| {
        let path = bench.dice.one(&[
            "themes/evening/static/evening.css",
            "themes/daily/static/daily.js",
            "themes/daily/static/evening.css",
        ]);
        let number = bench.dice.below(10);
        bench.write(path, format!("/* {number} */\n"));
        Some(format!("{path}: {number}"))
    }),
];

const SETTINGS: &[(&str, &[&str])] = &[
    ("title", &["The Evening Paper", "The Morning Paper", "\"<News> & more\""]),
    ("description", &["All of it.", "Some of it."]),
    ("search", &["{enabled: true}", "{enabled: false}", "{recency: 30}", "{body: false}"]),
    ("base_url", &["https://paper.example/", "https://paper.example/daily/", "http://other.example/"]),
    ("pagination", &["{size: 2}", "{size: 3}", "{size: 3, style: newest-first}", "{size: 5}"]),
    ("feeds", &["{atom: true, json: true}", "{atom: true, rss: true}", "{atom: false}"]),
    ("taxonomies", &["[places]", "[{key: places, title: Where}]", "[places, ships]"]),
    ("links", &["{broken: warn}", "{broken: warn}", "{broken: error}"]),
    ("html", &["trusted", "sanitized", "escaped"]),
    ("permalink", &["/{section}/{slug}/", "/{year}/{month}/{slug}/", "/{section}/{author}/{slug}/"]),
    ("theme", &["evening", "daily", "evening", "broadsheet"]),
    ("theme_options", &["{accent: red}", "{accent: ink}"]),
    (
        "extra",
        &[
            "{motto: By daylight}",
            "{motto: By lamplight, more: {a: 1, b: 2}}",
            "{motto: By lamplight, more: {b: 2, a: 1}}",
        ],
    ),
    ("menus", &["{main: [{name: Archive, url: /archive/}]}", "{main: [{name: Tags, url: /tags/}], footer: []}"]),
    ("language", &["de", "en", "ar"]),
    ("timezone", &["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"]),
    ("slugs", &["ascii", "unicode"]),
    ("text", &["{drop: [\"Photo: the river.\"]}", "{caption: \"Photo:\"}", "{caption: \"It\"}"]),
    ("highlight", &["false", "true"]),
    (
        "images",
        &[
            "{widths: [30]}",
            "{widths: [30, 60], quality: 60}",
            "{webp: false}",
            "{enabled: false}",
            "{widths: [30, 60]}",
        ],
    ),
    ("authors", &["{strict: false}", "{strict: false}", "{strict: true}"]),
    ("article_type", &["BlogPosting", "NewsArticle"]),
    ("faulty", &["withhold", "fail"]),
];

const TEMPLATES: &[(&str, &[&str])] = &[
    (
        "templates/article.html",
        &[
            "{% extends \"themes/evening/article.html\" %}\n{% block head_end %}{% include \"partials/note.html\" %}{% endblock %}\n",
            "{% extends \"builtin/article.html\" %}\n{% block rail %}<p>{{ related | json }}</p>{% endblock %}\n",
            "{% extends \"builtin/article.html\" %}\n{% block headline %}<h1>{{ article.card.title }}!</h1>{% endblock %}\n",
        ],
    ),
    (
        "templates/special.html",
        &[
            "{% extends \"base.html\" %}\n{% block main %}<p>{{ page.title }}</p>{% endblock %}\n",
            "{% extends \"base.html\" %}\n{% block main %}<p>{{ page | json }}</p>{% include \"partials/note.html\" %}{% endblock %}\n",
        ],
    ),
    (
        "templates/base.html",
        &[
            "{% extends \"themes/daily/base.html\" %}\n{% block footer_text %}<p>{{ site.extra | json }}</p>{% endblock %}\n",
            "{% extends \"builtin/base.html\" %}\n{% block head_end %}<meta name=\"base\" content=\"own\">{% endblock %}\n",
        ],
    ),
    (
        "templates/home.html",
        &[
            "{% extends \"builtin/home.html\" %}\n{% block main %}<h1>{{ site.title }}</h1>{% set level = 2 %}{% include \"partials/cards.html\" %}{% endblock %}\n",
            "{% extends \"themes/daily/home.html\" %}\n{% block main %}{{ super() }}{% endblock %}\n",
        ],
    ),
    (
        "templates/partials/card.html",
        &["<p class=\"card\">{{ card.title | default(value=\"-\") }}</p>\n", "<p>A card</p>\n"],
    ),
    (
        "templates/tag.html",
        &["{% extends \"builtin/tag.html\" %}\n{% block main %}{{ super() }}<p>{{ tag | json }}</p>{% endblock %}\n"],
    ),
    ("templates/atom.xml", &["<feed>{{ feed | json | default(value=\"\") }}</feed>\n"]),
    (
        "themes/daily/templates/day.html",
        &["{% extends \"builtin/day.html\" %}\n{% block main %}<p>Day</p>{{ super() }}{% endblock %}\n"],
    ),
];
