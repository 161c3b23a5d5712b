//! What is refused, and that nothing is changed: neither the original nor what is there already.

use std::fs;

use crate::Source;
use crate::command::byline;

fn blog() -> Source {
    Source::new().file("config.toml", "title = \"A\"\n").file("content/a.md", "+++\ntitle = \"A\"\n+++\nText\n")
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let blog = blog();
    fs::create_dir(blog.above().join("site")).expect("a folder");
    fs::write(blog.above().join("site/mine.txt"), "mine").expect("a file");
    byline(blog.above(), &["import", "zola", "source", "site"])
        .code(2)
        .says(&["site is not empty", "nothing was written"]);
    let names: Vec<_> = fs::read_dir(blog.above().join("site")).expect("entries").collect();
    assert_eq!(names.len(), 1);
    fs::write(blog.above().join("file"), "mine").expect("a file");
    byline(blog.above(), &["import", "zola", "source", "file"]).code(2).says(&["file is not empty"]);
}

#[test]
fn an_empty_folder_is_filled() {
    let blog = blog();
    fs::create_dir(blog.above().join("site")).expect("a folder");
    byline(blog.above(), &["import", "zola", "source", "site"])
        .code(0)
        .says(&["Imported  0 articles and 1 page from Zola"]);
    assert!(blog.above().join("site/content/a.md").exists());
}

#[test]
fn neither_folder_may_lie_within_the_other() {
    let blog = blog();
    for target in ["source/site", "source", "source/../source/new", "."] {
        byline(blog.above(), &["import", "zola", "source", target]).code(2).says(&["lie one within the other"]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(blog.path(), blog.above().join("link")).expect("a link");
        byline(blog.above(), &["import", "zola", "source", "link/site"]).code(2).says(&["lie one within the other"]);
    }
    assert_eq!(fs::read_dir(blog.path()).expect("entries").count(), 2);
}

#[test]
fn what_is_no_collection_is_said_so() {
    let empty = Source::new();
    byline(empty.above(), &["import", "hugo", "nowhere", "site"]).code(2).says(&["nowhere is no folder"]);
    byline(empty.above(), &["import", "hugo", "source", "site"])
        .code(2)
        .says(&["there is nothing of Hugo to import in source"]);
    byline(empty.above(), &["import", "wordpad", "source", "site"]).code(2);
    assert!(!empty.above().join("site").exists());
}

#[test]
fn a_dry_run_writes_nothing_and_tells_the_same() {
    let blog = blog();
    let dry = byline(blog.above(), &["import", "zola", "source", "site", "--dry-run", "--message-format", "json"])
        .code(0)
        .json();
    assert!(!blog.above().join("site").exists());
    let real = byline(blog.above(), &["import", "zola", "source", "site", "--message-format", "json"]).code(0).json();
    for key in ["articles", "pages", "written", "diagnostics"] {
        assert_eq!(dry[key], real[key], "{key}");
    }
    assert_eq!((dry["dry_run"].as_bool(), real["dry_run"].as_bool()), (Some(true), Some(false)));
    let left: Vec<_> = fs::read_dir(blog.above()).expect("entries").collect();
    assert_eq!(left.len(), 2, "something was left beside the site");
}

#[test]
fn the_original_stays_as_it_was() {
    let blog = blog();
    let before: Vec<_> =
        ["config.toml", "content/a.md"].map(|path| fs::read(blog.path().join(path)).expect("a file")).into();
    byline(blog.above(), &["import", "zola", "source", "site"]).code(0);
    let after: Vec<_> =
        ["config.toml", "content/a.md"].map(|path| fs::read(blog.path().join(path)).expect("a file")).into();
    assert_eq!(before, after);
}
