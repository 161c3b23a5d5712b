//! Right and wrong files: the schema and the parser come to the same verdict of each.

use super::{Judge, KINDS, complaints, schema, value};

/// Files that are as they should be, one a line.
const RIGHT: &[(&str, &str)] = &[
    (
        "site",
        "{}
title: 1984
{base_url: 'https://desk.example/news/', language: zh-Hant, timezone: Asia/Hong_Kong}
permalink: /{year}/{month}/{slug}.html
{pagination: {style: newest-first, size: 10000}, slugs: ascii}
taxonomies: [places, {key: topics, title: Topics}, {name: beats}]
menus: {main: [{name: Start, url: /start/}, {name: Write, url: 'mailto:desk@news.example'}], footer: []}
{authors: {strict: true}, links: {broken: warn}, faulty: withhold, html: escaped, highlight: {enabled: false}}
text: {encoding: gb18030, dates: dmy, drop: Advertisement, caption: 'Photo:'}
search: {recency: 365, body: false}
{search: true}
publish: {pages: {kind: git}, store: {kind: s3, bucket: paper, endpoint: 'https://s3.example.org', cache: {pages: no-cache}}}
publish: {server: {kind: ssh, host: editor@www.example.org, path: /srv/www, port: 22, releases: 5}}
publish: {disk: {kind: dir, path: /srv/www, url: 'https://www.example.org/'}, file: {kind: archive, path: paper.tar.zst}}
{theme_options: {accent: navy, deep: {er: [1]}}, extra: {a: null}}",
    ),
    (
        "front-matter",
        "{}
{title: 1984, standfirst: '', date: 2017-10-26, updated: '2017-10-26 12:54', expires: '2017-10-26T12:54:00+08:00'}
{date: '2015-01-01 10:00:00 +0800'}
{authors: [The Copy Desk, {name: night-desk, role: Photographs}], tags: Ferry}
{author: {name: The Copy Desk}, categories: [Ferry, 12]}
{taxonomies: {tags: [Ferry], authors: The Copy Desk, series: [Fog]}}
{series: {name: Fog, part: 3}, weight: -2, draft: false, toc: true}
{image: {src: pier.svg, alt: '', caption: The pier, credit: The Picture Desk}, source: {name: The Packet, url: 'https://packet.example/'}}
corrections: [{date: 2017-10-27, text: The ferry has two bells.}]
{lang: pt-BR, template: interview.html, data: [tides], extra: {a: {b: [1]}}, aliases: [/old/, /older/]}
{tags: null, authors: null, image: null, extra: null, section: '', url: null}
{faulty: withhold, html: sanitized, text: {drop: [Advertisement]}}",
    ),
    (
        "section",
        "{}
{title: News, description: null, sort: weight, template: news.html, data: [tides], pagination: {size: 50}, extra: {a: 1}}
cascade: {authors: The Night Desk, tags: [Fog], page: true, html: escaped, text: {dates: mdy}}",
    ),
    (
        "authors",
        "{}
copy-desk: The Copy Desk
copy-desk: {name: The Copy Desk, aliases: Copy, role: null, bio: Reads., email: desk@news.example, url: 'https://desk.example/'}
night-desk: {name: The Night Desk, former: true, links: {Post: 'https://post.example/@night'}}
night-desk: {name: The Night Desk, links: [{url: 'mailto:night@news.example'}, {name: Post, url: 'https://post.example/'}]}",
    ),
    (
        "tags",
        "{}
{Ferry: null, Fog: {slug: fog, description: Grey., synonyms: [mist], match: true}}
{Ferry: {broader: Ships, match: [ferry, ferries]}, Ships: {match: false}, Boats: {deprecated: {use: Ships}, slug: null}}",
    ),
    (
        "theme",
        "{name: evening, theme_api: 1, parent: broadsheet, version: 1.2, license: MIT}
{name: evening, theme_api: 1, parent: null, options: {accent: {type: choice, choices: [ink, red], default: ink, description: Colour.}}}
{name: evening, theme_api: 1, options: {a: {type: bool, default: true}, b: {type: integer}, c: {type: list, default: [x, 2]}, d: {type: text, default: 7}}}
{name: evening, theme_api: 1, queries: {latest: {on: [home, article], list: articles, limit: 5, filter: {tag: Ferry}}}}
{name: evening, theme_api: 1, queries: {news: {on: home, list: sections, each: 3, order: count}, lead: {on: home, list: articles, filter: featured}}}",
    ),
];

/// Files that are wrong in one place, one a line.
const WRONG: &[(&str, &str)] = &[
    (
        "site",
        "titel: The Packet
title: null
title: ' '
title: [The Packet]
base_url: packet.example
base_url: 'https://packet.example/?a'
language: english language
permalink: /{year}/
permalink: '/{slug}/{hour}/'
permalink: '/{slug/'
slugs: latin
pagination: {size: 0}
pagination: {size: many}
pagination: {style: stable, sise: 20}
pagination: 20
feeds: {atom: yes}
feeds: {xml: true}
taxonomies: places
taxonomies: [tags]
taxonomies: [{title: Places}]
taxonomies: [a/b]
menus: {main: {name: Start, url: /start/}}
menus: {main: [{name: Start}]}
menus: {main: [{name: Start, url: start/}]}
menus: {main: [{name: Start, url: 'javascript:alert(1)'}]}
article_type: news article
authors: true
authors: {strict: 'true'}
links: {broken: ignore}
faulty: skip
text: {dates: ymd}
text: {encodings: gbk}
html: clean
highlight: {on: true}
highlight: 'yes'
theme: a/b
search: {recency: 0}
search: {bodies: true}
search: 'on'
theme_options: [navy]
extra: null
publish: {pages: {remote: origin}}
publish: {pages: {kind: ftp}}
publish: {pages: {kind: git, bucket: paper}}
publish: {store: {kind: s3}}
publish: {store: {kind: s3, bucket: paper, endpoint: 'https://key@s3.example.org'}}
publish: {store: {kind: s3, bucket: paper, cache: {html: none}}}
publish: {server: {kind: ssh, host: 'a:b', path: /srv}}
publish: {server: {kind: ssh, host: a, path: /srv, port: 65536}}
publish: {server: {kind: ssh, host: a, path: /}}
publish: {disk: {kind: dir, path: /srv, releases: 0}}
publish: {file: {kind: archive, path: paper.rar}}
publish: {'a b': {kind: git}}",
    ),
    (
        "front-matter",
        "titel: Fog
title: null
title: {a: 1}
draft: no
draft: null
date: 26 October 2017
date: ''
updated: null
tags: {a: 1}
tags: [null]
authors: [{role: Photographs}]
authors: [{name: The Copy Desk, rolle: Photographs}]
series: [Fog, Sea]
series: {part: 1}
series: {name: Fog, part: one}
image: {alt: The pier}
image: {src: pier.svg, title: The pier}
source: The Packet
source: {name: The Packet, url: packet.example}
corrections: {date: 2017-10-27, text: a}
corrections: [{date: 2017-10-27}]
corrections: [{date: yesterday, text: a}]
lang: English, mostly
weight: heavy
toc: 1
extra: [1]
taxonomies: {topics: [a]}
faulty: never
html: raw
text: {dates: ymd}
text: {drop: {a: 1}}
aliases: {a: 1}
data: {a: 1}",
    ),
    (
        "section",
        "titel: News
title: null
draft: true
sort: random
pagination: {size: 0}
pagination: {style: stable}
cascade: {title: News}
cascade: {expires: 2017-10-26}
cascade: {draft: no}
cascade: {colour: red}
extra: [1]",
    ),
    (
        "authors",
        "copy-desk: {role: Editor}
copy-desk: {name: null}
copy-desk: [The Copy Desk]
copy-desk: {name: The Copy Desk, mail: desk@news.example}
copy-desk: {name: The Copy Desk, email: desk at news}
copy-desk: {name: The Copy Desk, url: desk.example}
copy-desk: {name: The Copy Desk, links: [{name: Post}]}
copy-desk: {name: The Copy Desk, links: {Post: 'ftp://post.example'}}
copy-desk: {name: The Copy Desk, former: 'yes'}",
    ),
    (
        "tags",
        "Ferry: a boat
Ferry: {color: red}
Ferry: {match: 'yes'}
Ferry: {synonyms: {a: 1}}
Ferry: {deprecated: true}
Ferry: {deprecated: {}}
Ferry: {deprecated: {use: Ferry, by: 1}}",
    ),
    (
        "theme",
        "{theme_api: 1}
{name: evening}
{name: evening, theme_api: 2}
{name: a/b, theme_api: 1}
{name: evening, theme_api: 1, colours: red}
{name: evening, theme_api: 1, options: {a: {default: true}}}
{name: evening, theme_api: 1, options: {a: {type: bool, default: 'no'}}}
{name: evening, theme_api: 1, options: {a: {type: number}}}
{name: evening, theme_api: 1, options: {a: {type: choice}}}
{name: evening, theme_api: 1, options: {a: {type: choice, choices: []}}}
{name: evening, theme_api: 1, options: {a: {type: list, default: x}}}
{name: evening, theme_api: 1, options: {a: {type: text, defualt: x}}}
{name: evening, theme_api: 1, queries: {a: {list: articles}}}
{name: evening, theme_api: 1, queries: {a: {on: [home]}}}
{name: evening, theme_api: 1, queries: {a: {on: [front], list: articles}}}
{name: evening, theme_api: 1, queries: {a: {on: [home], list: articles, limit: 0}}}
{name: evening, theme_api: 1, queries: {a: {on: [home], list: articles, each: 101}}}
{name: evening, theme_api: 1, queries: {a: {on: [home], list: articles, filter: new}}}
{name: evening, theme_api: 1, queries: {a: {on: [home], list: articles, filter: {title: a}}}}
{name: evening, theme_api: 1, queries: {a: {on: [home], list: articles, order: random}}}",
    ),
];

#[test]
fn the_schemas_judge_as_the_parsers_do() {
    let mut faults = Vec::new();
    for (files, right) in [(RIGHT, true), (WRONG, false)] {
        for (kind, lines) in files {
            let judge = Judge::new(schema(kind));
            for text in lines.lines() {
                let (schema, parser) = (judge.objections(&value(text)), complaints(kind, text));
                if schema.is_none() != right {
                    faults.push(format!("the schema of {kind} on `{text}`: {schema:?}"));
                }
                if parser.is_empty() != right {
                    faults.push(format!("the parser of {kind} on `{text}`: {parser:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(KINDS.iter().all(|kind| WRONG.iter().any(|(own, _)| own == kind)));
}
