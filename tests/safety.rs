//! What a build may do to the disk, and what no input may do to a build: others' files stay, a failed build changes nothing,
//! and whatever is in an article or a template, there is an end and an answer.

#[path = "support/command.rs"]
mod command;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use byline::model::code::Code;
use command::byline;
use support::{Site, files};

fn paper() -> Site {
    Site::new()
        .article("content/news/one.md", "title: One\ndate: 2020-05-01\ntags: [harbour]")
        .article("content/news/two.md", "title: Two\ndate: 2020-05-02")
}

fn public(site: &Site) -> BTreeMap<String, Vec<u8>> {
    files(&site.root().join("public"))
}

// Others' files

#[test]
fn others_files_are_refused_and_stay() {
    for theirs in ["theirs.txt", "news/theirs.html", "deep/er/theirs"] {
        let site = paper().file(&format!("public/{theirs}"), "Theirs.");
        byline(site.root(), &["build"]).code(1).says(&["foreign-output", theirs.split('/').next().expect("a name")]);
        assert_eq!(public(&site), BTreeMap::from([(theirs.to_owned(), b"Theirs.".to_vec())]));
    }
}

#[test]
fn what_others_add_to_the_output_is_never_removed() {
    let site = paper();
    byline(site.root(), &["build"]).code(0);
    let site = site
        .file("public/news/one/theirs.txt", "Theirs.")
        .file("public/.git/config", "Theirs.")
        .file("public/CNAME", "paper.example")
        .remove("content/news/one.md");
    byline(site.root(), &["build", "--adopt"]).code(0);
    let left = public(&site);
    assert!(!left.contains_key("news/one/index.html"));
    for theirs in ["news/one/theirs.txt", ".git/config", "CNAME"] {
        assert!(left.contains_key(theirs), "{theirs}");
    }
}

#[test]
fn git_and_cname_need_no_adopting() {
    let site = paper().file("public/.git/config", "Theirs.").file("public/CNAME", "paper.example");
    byline(site.root(), &["build"]).code(0);
    assert_eq!(public(&site)["CNAME"], b"paper.example");
    assert_eq!(public(&site)[".git/config"], b"Theirs.");
}

#[test]
fn a_file_of_others_in_the_place_of_a_page_stops_even_an_adopting_build() {
    let site = paper().file("public/index.html", "Theirs.");
    byline(site.root(), &["build", "--adopt"]).code(1).says(&["index.html"]);
    assert_eq!(public(&site), BTreeMap::from([("index.html".to_owned(), b"Theirs.".to_vec())]));
}

#[test]
fn an_output_within_the_sources_or_around_them_is_refused() {
    let site = paper();
    for output in ["content", "content/out", "templates/x", "static/x", "themes/x", ".", "..", "data"] {
        let run = byline(site.root(), &["build", "--output", output, "--adopt"]);
        assert!(run.code == 1 || run.code == 2, "{output}: {run:?}");
        let left: Vec<String> = files(site.root()).into_keys().filter(|path| !path.starts_with(".byline/")).collect();
        assert_eq!(
            left,
            ["content/news/one.md", "content/news/two.md", "site.yaml", "themes/plain/theme.yaml"],
            "{output}"
        );
    }
}

// A failed build

#[test]
fn a_failed_build_leaves_the_old_output_as_it_was() {
    let faults: [(&str, &str); 5] = [
        (
            "templates/article.html",
            "{% extends \"builtin/article.html\" %}{% block main %}{{ article.card.title / 2 }}{% endblock %}",
        ),
        ("templates/tag.html", "{% if %}"),
        ("content/news/three.md", "---\ntitle: Three\ndate: 2020-05-03\n---\nTo [nowhere](nowhere.md).\n"),
        ("content/news/three.md", "---\ntitle: Three\ndate: never\n---\n"),
        ("site.yaml", "titel: x\n"),
    ];
    for (path, text) in faults {
        let site = paper();
        byline(site.root(), &["build"]).code(0);
        let stats = |site: &Site| {
            let stat = |path: &String| {
                fs::metadata(site.root().join("public").join(path)).expect("a file").modified().expect("a time")
            };
            public(site).keys().map(|path| (path.clone(), stat(path))).collect::<BTreeMap<_, _>>()
        };
        let (before, times) = (public(&site), stats(&site));
        let site = site.article("content/news/four.md", "title: Four\ndate: 2020-05-04").file(path, text);
        byline(site.root(), &["build"]).code(1);
        assert_eq!(public(&site), before, "{path}: {text}");
        assert_eq!(stats(&site), times, "{path}: {text}");
    }
}

#[test]
fn a_first_build_that_fails_leaves_no_output() {
    let site = paper().article("content/news/bad.md", "title: Bad\ndate: never");
    byline(site.root(), &["build"]).code(1);
    assert!(!site.root().join("public").exists());
    let site = site
        .file(
            "templates/article.html",
            "{% extends \"builtin/article.html\" %}{% block main %}{{ article.card.title / 2 }}{% endblock %}",
        )
        .remove("content/news/bad.md");
    byline(site.root(), &["build"]).code(1);
    assert!(!site.root().join("public").exists());
}

// What goes with an article

#[test]
fn a_page_goes_with_its_article_and_its_folders_too() {
    let site = paper()
        .article("content/deep/er/three.md", "title: Three\ndate: 2020-05-03")
        .file("content/deep/er/three/x", "");
    byline(site.root(), &["build"]).code(0);
    assert!(public(&site).contains_key("deep/er/three/index.html"));
    let site = site.remove("content/deep/er/three.md");
    fs::remove_dir_all(site.root().join("content/deep")).expect("removed");
    let run = byline(site.root(), &["build", "--message-format", "json"]).code(0);
    assert!(run.json()["removed"].as_u64() >= Some(1), "{}", run.out);
    assert!(!site.root().join("public/deep").exists());
    assert_eq!(public(&site), public(&paper_built()));
}

fn paper_built() -> Site {
    let site = paper();
    byline(site.root(), &["build"]).code(0);
    site
}

#[cfg(unix)]
#[test]
fn an_unchanged_second_build_touches_nothing() {
    use std::os::unix::fs::MetadataExt;
    let site = paper()
        .file("static/style.css", "p {}")
        .file("content/news/view.png", support::photo::png(500, 300, 1))
        .file("content/news/three.md", "---\ntitle: Three\ndate: 2020-05-03\n---\n![A view](view.png)\n");
    byline(site.root(), &["build"]).code(0);
    let stats = || -> Vec<_> {
        let stat = |path: String| {
            let stat = fs::metadata(site.root().join("public").join(&path)).expect("a file");
            (path, stat.ino(), stat.mtime(), stat.mtime_nsec(), stat.ctime_nsec())
        };
        public(&site).into_keys().map(stat).collect()
    };
    let before = stats();
    let json = byline(site.root(), &["build", "--message-format", "json"]).code(0).json();
    assert_eq!((&json["written"], &json["removed"]), (&0.into(), &0.into()));
    assert_eq!(stats(), before);
}

// Assets

#[test]
fn what_belongs_to_a_hidden_article_is_not_published() {
    let site = paper()
        .file("content/news/held/index.md", "---\ntitle: Held\ndate: 2099-01-01\n---\n![x](secret.png)\n")
        .file("content/news/held/secret.png", "PNG")
        .file("content/news/draft.md", "---\ntitle: Draft\ndraft: true\n---\n![x](plans.png)\n")
        .file("content/news/plans.png", "PNG")
        .file("content/news/unused.png", "PNG");
    byline(site.root(), &["build"]).code(0);
    let names: Vec<String> = public(&site).into_keys().filter(|path| path.ends_with(".png")).collect();
    assert_eq!(names, [""; 0]);
}

// What is no plain file

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_refused() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("secret.md"), "---\ntitle: Secret\ndate: 2020-01-01\n---\nText.\n")
        .expect("written");
    for (place, target) in [
        ("content/news/secret.md", elsewhere.path().join("secret.md")),
        ("content/out", elsewhere.path().to_owned()),
        ("static/secret.md", elsewhere.path().join("secret.md")),
        ("static/out", elsewhere.path().to_owned()),
        ("templates/out", elsewhere.path().to_owned()),
        ("data/secret.yaml", elsewhere.path().join("secret.md")),
    ] {
        let site = paper();
        fs::create_dir_all(site.root().join(place).parent().expect("a folder")).expect("a folder");
        symlink(&target, site.root().join(place)).expect("a link");
        byline(site.root(), &["build"]).code(1).says(&["error[symlink]", place]);
    }
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_has_an_end() {
    let site = paper();
    std::os::unix::fs::symlink(site.root().join("content"), site.root().join("content/news/again")).expect("a link");
    byline(site.root(), &["build"]).code(1).says(&["symlink", "content/news/again"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_passed_over() {
    let site = paper().file("static/a", "").file("templates/partials/a.html", "").file("data/a.yaml", "a: 1");
    let mut pipes = Vec::new();
    for place in
        ["content/news/pipe.md", "static/pipe.css", "templates/pipe.html", "data/pipe.yaml", "content/authors.yaml"]
    {
        let path = site.root().join(place);
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        pipes.push(place);
    }
    let _socket = std::os::unix::net::UnixListener::bind(site.root().join("content/news/socket.md")).expect("a socket");
    let run = byline(site.root(), &["build", "--message-format", "json"]);
    let notes = run.notes();
    for place in pipes {
        assert!(notes.iter().any(|note| note.contains(&format!("skipped {place}"))), "{place}: {notes:?}");
    }
}

// Hostile input

#[test]
fn template_syntax_in_an_article_is_text() {
    let site = Site::new().file(
        "content/news/braces.md",
        "---\ntitle: \"{{ site.title }} and {% for x in y %}\"\nstandfirst: \"{{ 7 * 6 }}\"\ndate: 2020-05-01\n---\n\
         {{ site.base_url }} {% include \"secret\" %} {# a comment #}\n",
    );
    byline(site.root(), &["build", "--strict"]).code(0);
    let page = site.read("public/news/braces/index.html");
    for text in
        ["{{ site.title }} and {% for x in y %}", "{{ 7 * 6 }}", "{{ site.base_url }} {% include", "{# a comment #}"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("<p>42"));
}

#[test]
fn a_template_without_an_end_is_given_up_and_named() {
    let site = paper().file(
        "templates/section.html",
        "{% for a in range(end=90000) %}{% for b in range(end=90000) %}{% for c in range(end=90000) %}{% endfor %}{% endfor %}{% endfor %}",
    );
    let site = site.asking(|request| request.page_limit = Duration::from_millis(300));
    let notes = site.fails_with(Code::Limit);
    let note = notes.iter().find(|note| note.code == Code::Limit).expect("it is there");
    assert_eq!(support::place(note), "templates/section.html");
    assert!(note.message.contains("/news/") && note.message.contains("section.html"), "{}", note.message);
}

#[test]
fn a_template_that_writes_without_an_end_is_stopped() {
    let text = "{% for a in range(end=90000) %}{% for b in range(end=90000) %}".to_owned()
        + &"All work and no play. ".repeat(100)
        + "{% endfor %}{% endfor %}";
    let site = paper().file("templates/404.html", text);
    let run = byline(site.root(), &["build", "--message-format", "json"]).code(1);
    assert!(run.notes().iter().any(|note| note.starts_with("error limit templates/404.html")), "{:?}", run.notes());
}

#[test]
fn a_template_that_includes_itself_is_an_error() {
    for text in ["{% include \"404.html\" %}", "{% extends \"404.html\" %}"] {
        let site = paper().file("templates/404.html", text);
        byline(site.root(), &["build"]).code(1).says(&["error[template]", "templates/404.html"]);
    }
}

#[test]
fn a_component_that_calls_itself_is_an_error_of_its_page() {
    let text = "{% component again() %}{{ <again /> }}{% endcomponent again %}{{ <again /> }}";
    let run = byline(paper().file("templates/404.html", text).root(), &["build"]).code(1);
    run.says(&["error[template]", "recursion", "templates/404.html", "while rendering /404.html", "help:"]);
}

#[test]
fn templates_nested_without_measure_are_errors_at_their_place() {
    for text in [
        format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("{}{}", "{% if 1 %}".repeat(50_000), "{% endif %}".repeat(50_000)),
        format!("{{{{ 'a'{} }}}}", "| upper ".repeat(100_000)),
        "{% for i in range(end=9000000000) %}x{% endfor %}".to_owned(),
    ] {
        let run = byline(paper().file("templates/404.html", text).root(), &["build"]).code(1);
        run.says(&["error[template]", "templates/404.html:1:"]);
    }
}

/// Builds a site with one hostile file: there is an answer, and it is no fault of the program's own.
#[track_caller]
fn survives(path: &str, bytes: impl AsRef<[u8]>) -> command::Run {
    let site = paper().file(path, bytes);
    let run = byline(site.root(), &["build", "--message-format", "json", "--quiet"]);
    assert!(run.code == 0 || run.code == 1, "{path}: {run:?}");
    let notes = run.notes();
    assert!(!notes.iter().any(|note| note.contains(" panic ")), "{path}: {notes:?}");
    let located = |note: &&String| note.starts_with("error") && !note.contains(path);
    assert_eq!(notes.iter().find(located), None, "an error elsewhere than in {path}");
    assert_eq!(site.root().join("public/index.html").exists(), run.code == 0);
    run
}

#[test]
fn hostile_front_matter_is_an_error_at_its_place() {
    let bomb: String =
        (1..=9).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))).collect();
    let bomb = format!(
        "---\ntitle: Bomb\nextra:\n  a0: &a0 [x, x, x]\n{}---\nText.\n",
        bomb.lines().map(|l| format!("  {l}\n")).collect::<String>()
    );
    let long = format!("---\ntitle: Long\nextra: {{a: \"{}\"}}\n---\nText.\n", "x".repeat(70 * 1024));
    let deep = format!("---\ntitle: Deep\nextra: {}{}\n---\nText.\n", "[".repeat(5000), "]".repeat(5000));
    let deep_json =
        format!("{{\"title\": \"Deep\", \"extra\": {}{}}}\nText.\n", "[".repeat(30_000), "]".repeat(30_000));
    let deep_toml = format!("+++\ntitle = \"Deep\"\nx = {}{}\n+++\nText.\n", "[".repeat(5000), "]".repeat(5000));
    let deep_keys = format!("+++\ntitle = \"Deep\"\n{} = 1\n+++\nText.\n", vec!["a"; 20_000].join("."));
    let open = "---\ntitle: Never closed\n".to_owned();
    for (name, text) in [
        ("bomb", bomb),
        ("long", long),
        ("deep", deep),
        ("json", deep_json),
        ("toml", deep_toml),
        ("keys", deep_keys),
        ("open", open),
    ] {
        let run = survives(&format!("content/news/{name}.md"), text);
        assert_eq!(run.code, 1, "{name}: {run:?}");
    }
}

#[test]
fn hostile_bodies_are_sane_pages() {
    let front = "---\ntitle: Hostile\ndate: 2020-05-03\n---\n";
    let code = format!("```rust\nlet x = \"{}\";\n```\n", "fn a() { \\\" }".repeat(200 * 1024 / 13));
    let bodies = [
        ("code", code),
        ("quotes", ">".repeat(100_000)),
        ("brackets", "[".repeat(100_000)),
        ("images", "![".repeat(50_000)),
        ("stars", "**a*".repeat(50_000)),
        ("lists", (0..2000).map(|n| format!("{}- x\n", " ".repeat(n))).collect()),
        ("table", format!("{}|\n{}|\n{}", "|a".repeat(2000), "|-".repeat(2000), "|\n".repeat(2000))),
        ("notes", (0..5000).map(|n| format!("[^{n}] ")).collect::<String>() + "\n\n[^1]: x\n"),
        ("divs", "<div>".repeat(20_000)),
        ("headings", "# The same\n\n".repeat(20_000)),
        ("line", "x".repeat(1_000_000)),
        ("nul", "a\0b\u{1b}[31m\u{feff}\u{202e}c".to_owned()),
    ];
    for (name, body) in bodies {
        survives(&format!("content/news/{name}.md"), format!("{front}{body}"));
        survives(&format!("content/news/{name}.html"), format!("{front}{body}"));
        survives(&format!("content/news/{name}.txt"), &body);
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_at_their_place() {
    survives("content/news/latin.md", b"---\ntitle: Caf\xe9\n---\n").code(1);
    survives("content/news/latin.txt", b"Caf\xe9\n\nText.\n").code(1);
    survives("content/authors.yaml", b"desk: {name: Caf\xe9}\n").code(1);
    survives("templates/404.html", b"Caf\xe9").code(1);
    survives("data/x.csv", b"a,b\n1,\xe9\n").code(1);
}

#[test]
fn names_that_some_system_would_misread_are_errors() {
    for name in
        ["content/news/aux.md", "content/con/x.md", "static/a:b.txt", "static/trailing.", "static/back\\slash.txt"]
    {
        survives(name, if name.ends_with(".md") { "---\ntitle: X\ndate: 2020-05-05\n---\nText.\n" } else { "x" });
    }
    let long = format!("content/news/{}.md", "x".repeat(240));
    survives(&long, "---\ntitle: X\ndate: 2020-05-05\n---\nText.\n");
}

#[test]
fn the_sources_are_never_written_to() {
    let site = paper()
        .file("static/a.txt", "a")
        .file("data/a.yaml", "a: 1")
        .file("templates/x.html", "x")
        .file("themes/own/theme.yaml", "name: own\ntheme_api: 1\n");
    let sources = |site: &Site| -> BTreeMap<String, Vec<u8>> {
        let own = |path: &str| {
            ["content/", "static/", "data/", "templates/", "themes/", "site.yaml"]
                .iter()
                .any(|folder| path.starts_with(folder))
        };
        files(site.root()).into_iter().filter(|(path, _)| own(path)).collect()
    };
    let before = sources(&site);
    assert!(before.len() > 5);
    byline(site.root(), &["build", "--record", "--drafts"]).code(0);
    assert_eq!(sources(&site), before);
    let strays: Vec<String> = fs::read_dir(site.root())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let known =
        ["content", "static", "data", "templates", "themes", "site.yaml", "public", ".byline", "permalinks.txt"];
    assert!(strays.iter().all(|name| known.contains(&name.as_str())), "{strays:?}");
}
