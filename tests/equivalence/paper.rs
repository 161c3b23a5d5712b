//! The paper that all sequences begin with: small, and with something of everything that a later build could get wrong.

use crate::bench::Bench;

/// Its files.
const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "title: The Evening Paper\nbase_url: https://paper.example/\ntheme: evening\ntimezone: Europe/Berlin\n\
         pagination: {size: 3}\nfeeds: {atom: true, json: true}\nsearch: {recency: 90}\nlinks: {broken: warn}\ntaxonomies: [places]\nextra: {motto: By lamplight}\n",
    ),
    ("content/_index.md", "---\ntitle: The front page\ndescription: What happened.\n---\nA word from the desk.\n"),
    (
        "content/authors.yaml",
        "copy-desk:\n  name: The Copy Desk\n  aliases: [Copy]\n  role: Editors\nnight-desk:\n  name: The Night Desk\n",
    ),
    (
        "content/tags.yaml",
        "Harbour:\n  synonyms: [Port]\n  match: true\nFerry:\n  synonyms: [Ferries]\n  broader: [Harbour]\nTides:\n  \
         match: [spring tide]\n",
    ),
    ("content/about.md", "---\ntitle: About\n---\nWho we are. [The first story](news/one.md).\n"),
    ("content/news/_index.md", "---\ntitle: News\ncascade: {authors: [Copy], extra: {kicker: News}}\n---\n"),
    (
        "content/news/one.md",
        "---\ntitle: The pier is closed\ndate: 2024-02-01\ntags: [Harbour, Winter]\nplaces: [Quay]\nfeatured: true\naliases: [/old/pier/]\n---\n\
         The pier is closed.\n\n## Why {#why}\n\nThe harbour froze, and the harbour is shut.\n\n```rust\nlet ice = 1;\n```\n",
    ),
    (
        "content/news/two.md",
        "---\ntitle: The ferry returns\ndate: 2024-02-02 08:30\nauthors: [night-desk, A Guest]\ntags: [Ferries]\nseries: Winter log\n---\n\
         It is back. [The pier](one.md#why) is not. [[The pier is closed]]\n",
    ),
    (
        "content/news/abroad/three.md",
        "---\ntitle: Letter from abroad\ndate: 2024-02-02\ntags: [Port, Tides]\nplaces: [Abroad]\nstandfirst: A *letter*.\nseries: {name: Winter log, part: 2}\n---\n\
         Far away, <b>still</b>.\n\n[A hidden one](/news/five.md) is to come.\n",
    ),
    (
        "content/news/four/index.md",
        "---\ntitle: A chart of the bay\ndate: 2024-02-10\nimage: {src: chart.svg, alt: The bay}\ndata: bay\n---\n\
         ![The bay](chart.svg \"The bay, drawn\")\n",
    ),
    ("content/news/four/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>\n"),
    ("content/news/five.md", "---\ntitle: Not yet\ndate: 2024-03-05\ntags: [Winter]\n---\nThis is to come.\n"),
    (
        "content/news/six.md",
        "---\ntitle: For a while\ndate: 2024-02-10 09:00\nexpires: 2024-03-10\ndraft: false\n---\nThis will go.\n",
    ),
    ("content/morgue/_index.md", "---\ncascade: {text: {drop: [Advertisement]}, tags: [Archive]}\n---\n"),
    (
        "content/morgue/fog.txt",
        "Fog on the river\n\nNothing could be seen\n\nPUBLISHED : Thursday, 26 October, 2017, 12:54pm\n\nThe fog came at noon.\n\nPhoto: the river.\n\n\
         Advertisement\n\nThe pier is closed\n",
    ),
    (
        "content/morgue/bell.txt",
        "The bell rings\n\nIt rang at the harbour, and the harbour heard.\n\nFog on the river\n",
    ),
    ("content/morgue/bell.yaml", "date: 2017-10-27\ntags: [Harbour]\nauthors: [The Night Desk]\n"),
    (
        "content/letters/note.html",
        "---\ntitle: A note\ndate: 2024-02-11\nunlisted: false\n---\n<p>A note with a <em>word</em> in it.</p>\n",
    ),
    ("content/letters/draft.md", "---\ntitle: A draft\ndraft: true\ntags: [Tides]\n---\nUnfinished.\n"),
    (
        "templates/article.html",
        "{% extends \"themes/evening/article.html\" %}\n{% block head_end %}<meta name=\"extra\" content=\"{{ article.card.extra | json }}\">\n\
         {% include \"partials/note.html\" %}{% endblock %}\n",
    ),
    ("templates/partials/note.html", "<meta name=\"note\" content=\"one\">\n"),
    (
        "themes/evening/theme.yaml",
        "name: evening\ntheme_api: 1\nparent: daily\noptions:\n  accent: {type: choice, choices: [ink, red], default: ink}\n\
         queries:\n  latest: {on: [home], list: articles, limit: 2}\n",
    ),
    (
        "themes/evening/templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block rail %}<p>{{ <signed name={site.title} /> }}</p>{% endblock %}\n",
    ),
    (
        "themes/evening/templates/parts.html",
        "{% component signed(name) -%}\nSigned: {{ name }}\n{%- endcomponent signed %}\n",
    ),
    ("themes/evening/static/evening.css", "p { color: black }\n"),
    ("themes/daily/theme.yaml", "name: daily\ntheme_api: 1\n"),
    (
        "themes/daily/templates/base.html",
        "{% extends \"builtin/base.html\" %}\n{% block styles %}<link rel=\"stylesheet\" href=\"{{ site.assets[\"evening.css\"] }}\">\
         {% endblock %}\n{% block footer_text %}<p>{{ site.theme_options | json }}</p>{% endblock %}\n",
    ),
    (
        "themes/daily/templates/home.html",
        "{% extends \"builtin/home.html\" %}\n{% block main %}{{ super() }}<p>{{ query | json }}</p>{% endblock %}\n",
    ),
    ("static/plain.txt", "As it is.\n"),
    ("templates/special.html", "{% extends \"base.html\" %}\n{% block main %}<p>{{ page.title }}</p>{% endblock %}\n"),
    ("data/ships.csv", "name,length\nOne,12\n"),
    ("data/bay.yaml", "depth: 12\nships: [one, two]\n"),
];

/// Writes the paper. Every third has a ledger, in which stands what is still to come.
pub fn lay(bench: &mut Bench) {
    FILES.iter().for_each(|(path, text)| bench.write(path, text));
    if bench.dice.once_in(3) {
        bench.write("permalinks.txt", "/news/one/\n/news/five/\n");
        bench.asked.as_of = Some(bench.asked.now.clone());
    }
}
