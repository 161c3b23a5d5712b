//! Collections that mean harm, or only do it: nothing outside the two folders is read or written, and nothing hangs.

use std::fs;

use crate::Source;
use crate::command::byline;

/// The words of a file that no import may read.
const SECRET: &str = "SECRET-OF-THE-HARBOUR";

/// Demands that no file of the site holds the secret, and that nothing was written beside the two folders.
#[track_caller]
fn is_safe(source: &Source) {
    let site = source.above().join("site");
    let mut open = vec![site];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("entries") {
            let path = entry.expect("an entry").path();
            let kind = fs::symlink_metadata(&path).expect("a kind");
            assert!(!kind.is_symlink(), "{} is a link", path.display());
            if kind.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("bytes");
                assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{} holds the secret", path.display());
            }
        }
    }
    let mut names: Vec<_> =
        fs::read_dir(source.above()).expect("entries").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["secret.txt", "site", "source"]);
}

fn with_secret() -> Source {
    let source = Source::new();
    fs::write(source.above().join("secret.txt"), SECRET).expect("a file");
    source
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let source =
        with_secret().file("_config.yml", "title: A\n").file("_posts/2017-10-26-a.md", "---\ntitle: A\n---\nText\n");
    let secret = source.above().join("secret.txt");
    symlink(&secret, source.path().join("_posts/2017-10-27-b.md")).expect("a link");
    symlink(&secret, source.path().join("image.png")).expect("a link");
    symlink(source.above(), source.path().join("everything")).expect("a link");
    symlink(source.path(), source.path().join("loop")).expect("a link");
    symlink("/nowhere/at/all", source.path().join("dead.png")).expect("a link");
    let run = byline(source.above(), &["import", "jekyll", "source", "site", "--message-format", "json"]).code(0);
    let links = run.notes().iter().filter(|note| note.starts_with("warning symlink")).count();
    assert_eq!(links, 5, "{:?}", run.notes());
    is_safe(&source);
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_passed_over() {
    let source = with_secret().file("a.txt", "A headline\n\nText\n");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        source.path().join("pipe.txt"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("a pipe");
    byline(source.above(), &["import", "text", "source", "site"]).code(0).says(&["no regular file"]);
    is_safe(&source);
}

#[test]
fn paths_that_climb_out_stay_inside() {
    let up = "../../../../../../../../secret.txt";
    let hugo = with_secret().file("hugo.toml", "title = \"A\"\ncontentDir = \"content\"\nstaticDir = \"../\"\n").file(
        "content/a.md",
        format!(
            "---\ntitle: A\nurl: /{up}\nslug: {up}\naliases: [{up}, /{up}, /%2e%2e/%2e%2e/secret.txt]\nimage: {up}\n---\n\
             {{{{< include \"{up}\" >}}}} {{{{< ref \"{up}\" >}}}} ![x]({up})\n"
        ),
    );
    byline(hugo.above(), &["import", "hugo", "source", "site"]).code(0);
    byline(&hugo.above().join("site"), &["build"]).code(0);
    is_safe(&hugo);

    let pelican = with_secret()
        .file(
            "pelicanconf.py",
            format!(
                "PATH = 'content'\nEXTRA_PATH_METADATA = {{'x.png': {{'path': '{up}'}}}}\nSTATIC_PATHS = ['../../']\n"
            ),
        )
        .file("content/x.png", "x")
        .file(
            "content/a.md",
            format!("Title: A\nDate: 2017-10-26\nSave_as: {up}\nSlug: {up}\n\n[x]({{filename}}{up}) {{include}}{up}\n"),
        )
        .file(
            "content/b.rst",
            format!("Bee\n===\n\n:date: 2017-10-26\n\n.. include:: /{up}\n\n.. raw:: html\n   :file: {up}\n"),
        );
    byline(pelican.above(), &["import", "pelican", "source", "site"]).code(0);
    byline(&pelican.above().join("site"), &["build"]).code(0);
    is_safe(&pelican);

    let jekyll = with_secret()
        .file("_config.yml", "collections_dir: ../\ndata_dir: ../../\n")
        .file("_posts/2017-10-26-a.md", format!("---\npermalink: /{up}\nredirect_from: {up}\ncategories: [../.., a/b]\n---\n{{% include_relative {up} %}} {{% link {up} %}}\n"));
    byline(jekyll.above(), &["import", "jekyll", "source", "site"]).code(0);
    byline(&jekyll.above().join("site"), &["build"]).code(0);
    is_safe(&jekyll);
}

#[test]
fn external_entities_and_programs_are_text() {
    let entity = "<!DOCTYPE html [<!ENTITY x SYSTEM \"../../secret.txt\">]>\n<html><head><title>A</title>\n\
        <meta name=\"date\" content=\"2017-10-26\"></head><body><p>&x;</p></body></html>\n";
    let source = with_secret()
        .file(
            "pelicanconf.py",
            "import os\nos.system('touch ../broken')\nSITENAME = open('../secret.txt').read()\nTITLE = f'{1}'\n",
        )
        .file("content/a.html", entity);
    byline(source.above(), &["import", "pelican", "source", "site"]).code(0);
    is_safe(&source);
    let yaml = with_secret().file("_config.yml", "title: !ruby/object:File\n  path: ../secret.txt\n").file(
        "_posts/2017-10-26-a.md",
        "---\ntitle: !!python/object/apply:os.system ['touch ../broken']\ntags: !include ../secret.txt\n---\nText\n",
    );
    byline(yaml.above(), &["import", "jekyll", "source", "site"]).code(0);
    byline(&yaml.above().join("site"), &["build"]).code(0);
    is_safe(&yaml);
}

#[test]
fn bombs_do_not_go_off() {
    let aliases: String = (0..20)
        .map(|level| {
            let before = if level == 0 { "x".to_owned() } else { vec![format!("*a{}", level - 1); 10].join(", ") };
            format!("a{level}: &a{level} [{before}]\n")
        })
        .collect();
    let deep = format!("{}x{}", "[".repeat(20_000), "]".repeat(20_000));
    let mut source = with_secret()
        .file("hugo.toml", "title = \"A\"\n")
        .file("content/posts/good.md", "---\ntitle: Good\ndate: 2017-10-26\n---\nText\n");
    let bodies = [
        ("aliases", format!("---\ntitle: A\n{aliases}---\nText\n")),
        ("deep", format!("---\ntitle: B\nx: {deep}\n---\nText\n")),
        ("toml", format!("+++\ntitle = \"C\"\nx = {deep}\n+++\nText\n")),
        ("json", format!("{{\"title\": \"D\", \"x\": {deep}}}\nText\n")),
        ("long", format!("---\ntitle: E\nx: {}\n---\nText\n", "y".repeat(200_000))),
        ("open", format!("---\ntitle: F\n---\n{}\n", "{{< figure ".repeat(60_000))),
        ("pairs", format!("---\ntitle: G\n---\n{}\n", "{{< note >}}".repeat(30_000))),
        ("links", format!("---\ntitle: H\n---\n{}\n", "[a](".repeat(60_000))),
        ("quotes", format!("---\ntitle: I\n---\n{}\n", "> ".repeat(20_000))),
        ("tags", format!("---\ntitle: J\n---\n{}\n", "<a href=".repeat(60_000))),
    ];
    for (name, text) in bodies {
        source = source.file(&format!("content/posts/{name}.md"), text);
    }
    byline(source.above(), &["import", "hugo", "source", "site"]).code(0);
    byline(&source.above().join("site"), &["build"]).code(0);
    assert!(source.above().join("site/public/posts/good/index.html").exists());
    is_safe(&source);
    let rst = with_secret()
        .file("pelicanconf.py", format!("A = {}\nB = {}\n", "(".repeat(100_000), "{'a':".repeat(50_000)))
        .file(
            "content/a.rst",
            format!(
                "Title\n=====\n\n:date: 2017-10-26\n\n{}\n\n{}\n\n{}\n",
                "- ".repeat(5_000),
                "`".repeat(50_001),
                "[".repeat(50_000)
            ),
        );
    byline(rst.above(), &["import", "pelican", "source", "site"]).code(0);
    byline(&rst.above().join("site"), &["build"]).code(0);
    is_safe(&rst);
}

#[test]
fn names_that_some_file_system_refuses_are_changed_or_named() {
    let source = with_secret()
        .file("hugo.toml", "title = \"A\"\n")
        .file("content/posts/con.md", "---\ntitle: Con\n---\n![a](/a:b.png)\n")
        .file("content/posts/what?.md", "---\ntitle: What\n---\nText\n")
        .file("content/posts/trail .md", "---\ntitle: Trail\n---\nText\n")
        .file("content/posts/Same.md", "---\ntitle: Same\n---\nText\n")
        .file("content/posts/same.md", "---\ntitle: Same again\n---\nText\n")
        .file("static/a:b.png", "x")
        .file("static/aux.txt", "x");
    let imported = source.import("hugo");
    imported.notes_that(&["path static/a:b.png", "not copied"]);
    imported.notes_that(&["path static/aux.txt", "not copied"]);
    imported.notes_that(&["old-address content/posts/same.md", "belongs to"]);
    assert_eq!(imported.built["articles"], 5);
}
