//! What a build does to its output folder, seen from outside.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use byline::model::code::Code;
use byline::model::diagnostic::Diagnostic;
use byline::model::digest::Digest;
use byline::model::output::{Changes, Content, Output, Stage};
use byline::model::path::{OutPath, SitePath};
use byline::write::{Refusal, begin};

/// A site folder with an output to be.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn put(&self, path: &str, text: &str) -> &Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn build_with(&self, files: &[(&str, &str)], adopt: bool) -> Result<(Changes, Vec<Diagnostic>), Refusal> {
        let session = begin(self.root(), &self.public(), adopt)?;
        for (path, text) in files {
            session.stage(output(path, text))?;
        }
        session.commit().map(counts)
    }

    fn build(&self, files: &[(&str, &str)]) -> (Changes, Vec<Diagnostic>) {
        self.build_with(files, false).unwrap()
    }

    fn refusal(&self, adopt: bool) -> String {
        let diagnostic = self.build_with(&[("index.html", "new")], adopt).unwrap_err().diagnostic();
        assert_eq!(diagnostic.code, Code::ForeignOutput);
        diagnostic.message
    }

    /// All files of the output but the manifest, with their text.
    fn tree(&self) -> BTreeMap<String, String> {
        let entries = walk(&self.public());
        let below = |path: &Path| path.strip_prefix(self.public()).unwrap().to_str().unwrap().to_owned();
        let files = entries.iter().filter(|path| !path.ends_with(".byline-manifest"));
        files.map(|path| (below(path), fs::read_to_string(path).unwrap())).collect()
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path);
        }
    }
    files
}

fn path(text: &str) -> OutPath {
    OutPath::new(text).unwrap()
}

fn output(at: &str, text: &str) -> Output {
    let stage = if at.ends_with(".css") { Stage::Asset } else { Stage::Page };
    let content = Content::Bytes(text.as_bytes().into());
    Output { path: path(at), content, key: Digest::of(text.as_bytes()), stage }
}

fn tree(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn changes(written: usize, kept: usize, removed: usize) -> Changes {
    Changes { written, kept, removed, manifest: Digest::default() }
}

/// What a commit did, whatever the digest of its manifest.
fn counts((changes, notes): (Changes, Vec<Diagnostic>)) -> (Changes, Vec<Diagnostic>) {
    (Changes { manifest: Digest::default(), ..changes }, notes)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_first_build_appears_whole_and_leaves_nothing_beside_it() {
    let site = Site::new();
    let session = begin(site.root(), &site.public(), false).unwrap();
    session.stage(output("news/index.html", "n")).unwrap();
    assert!(!site.public().exists());
    assert!(site.root().join(".public.byline-new/news/index.html").exists());
    assert_eq!(counts(session.commit().unwrap()), (changes(1, 0, 0), vec![]));
    assert_eq!(names(site.root()), [".byline", "public"]);
    assert_eq!(names(&site.public()), [".byline-manifest", "news"]);
    assert_eq!(site.tree(), tree(&[("news/index.html", "n")]));
}

#[test]
fn a_site_without_a_page_is_built_too() {
    let site = Site::new();
    assert_eq!(site.build(&[]).0, changes(0, 0, 0));
    assert_eq!(names(&site.public()), [".byline-manifest"]);
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_inode_and_time() {
    use std::os::unix::fs::MetadataExt;
    let site = Site::new();
    let look = |name: &str| {
        let found = fs::metadata(site.public().join(name)).unwrap();
        (found.ino(), found.mtime_nsec(), found.mtime())
    };
    site.build(&[("a.html", "a"), ("b.html", "b")]);
    let before = (look("a.html"), look("b.html"));
    assert_eq!(site.build(&[("a.html", "a"), ("b.html", "c")]).0, changes(1, 1, 0));
    assert_eq!(look("a.html"), before.0);
    assert_ne!(look("b.html"), before.1);
    let manifest = look(".byline-manifest");
    assert_eq!(site.build(&[("a.html", "a"), ("b.html", "c")]).0, changes(0, 2, 0));
    assert_eq!(look(".byline-manifest"), manifest);
}

#[test]
fn an_output_that_was_copied_or_checked_out_is_intact() {
    let site = Site::new();
    site.build(&[("a.html", "a"), ("b.html", "b")]);
    for name in ["a.html", "b.html"] {
        let file = site.public().join(name);
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
        fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
    }
    let manifest = || fs::read(site.public().join(".byline-manifest")).unwrap();
    let before = manifest();
    assert_eq!(site.build(&[("a.html", "a"), ("b.html", "b")]), (changes(0, 2, 0), vec![]));
    assert_ne!(manifest(), before, "or every later build would read every file");
}

#[test]
fn what_is_known_is_what_the_last_build_wrote_and_nobody_changed() {
    let site = Site::new();
    site.build(&[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]);
    site.put("public/b.html", "B");
    fs::remove_file(site.public().join("c.html")).unwrap();
    let session = begin(site.root(), &site.public(), false).unwrap();
    assert_eq!(session.known(&path("a.html")), Some((Digest::of(b"a"), Digest::of(b"a"))));
    assert_eq!(session.known(&path("b.html")), None);
    assert_eq!(session.known(&path("c.html")), None);
    assert!(!session.is_intact());
    assert!(session.keep(&path("a.html")));
    assert!(!session.keep(&path("b.html")));
}

#[test]
fn kept_files_stay_and_their_neighbours_go() {
    let site = Site::new();
    site.build(&[("a/index.html", "a"), ("b/c/index.html", "b"), ("b/index.html", "b")]);
    let session = begin(site.root(), &site.public(), false).unwrap();
    assert!(session.is_intact());
    assert!(session.keep(&path("a/index.html")));
    assert_eq!(counts(session.commit().unwrap()).0, changes(0, 1, 2));
    assert_eq!(names(&site.public()), [".byline-manifest", "a"]);
}

#[test]
fn a_folder_with_others_files_is_refused_and_its_files_are_named() {
    let site = Site::new();
    for n in 0..12 {
        site.put(&format!("public/own/{n:02}.txt"), "mine");
    }
    let message = site.refusal(false);
    assert!(message.contains("holds 12 files"), "{message}");
    assert!(message.contains("`own/09.txt` and 2 more") && !message.contains("own/10.txt"), "{message}");
    assert_eq!(site.tree().len(), 12);
    assert_eq!(names(&site.public()), ["own"]);
}

#[test]
fn adopted_files_stay_for_ever() {
    let site = Site::new();
    site.put("public/own/a.txt", "mine");
    site.build_with(&[("own/b.txt", "b")], true).unwrap();
    assert!(site.build_with(&[], false).is_err());
    site.build_with(&[], true).unwrap();
    assert_eq!(site.tree(), tree(&[("own/a.txt", "mine")]));
}

/// Builds until every folder has been as it is for a while, so that none need be listed again.
fn settled(files: &[(&str, &str)]) -> Site {
    let site = Site::new();
    for text in ["1", "2", "3"] {
        let (front, other) = (("index.html", text), files.iter().copied());
        site.build(&other.chain([front]).collect::<Vec<_>>());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    site
}

#[test]
fn a_file_of_others_is_found_however_deep_and_however_old_it_looks() {
    let files = [("a/b/c/index.html", "c"), ("a/b/index.html", "b")];
    for deep in ["a/b/c", "a/b/c/d/e", "a/b", "a", "z"] {
        let site = settled(&files);
        let folder = site.public().join(deep);
        fs::create_dir_all(&folder).unwrap();
        let before = fs::metadata(&folder).unwrap().modified().unwrap();
        site.put(&format!("public/{deep}/mine.txt"), "mine");
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
        let mine = fs::File::options().write(true).open(folder.join("mine.txt")).unwrap();
        mine.set_modified(long_ago).unwrap();
        fs::File::open(&folder).unwrap().set_modified(before).unwrap();
        let message = site.refusal(false);
        assert!(message.contains(&format!("`{deep}/mine.txt`")), "{message}");
    }
}

#[test]
fn a_file_that_comes_into_a_folder_which_stood_empty_is_found() {
    let site = settled(&[("a/index.html", "a")]);
    fs::create_dir(site.public().join("a/empty")).unwrap();
    for text in ["4", "5", "6"] {
        site.build(&[("a/index.html", "a"), ("index.html", text)]);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    site.put("public/a/empty/mine.txt", "mine");
    assert!(site.refusal(false).contains("`a/empty/mine.txt`"));
}

#[test]
fn adopted_files_are_named_each_time_that_nobody_adopts_them() {
    let site = settled(&[("a/index.html", "a")]);
    site.put("public/a/mine.txt", "mine");
    for text in ["4", "5", "6"] {
        site.build_with(&[("a/index.html", "a"), ("index.html", text)], true).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(site.refusal(false).contains("`a/mine.txt`"));
    fs::remove_file(site.public().join("a/mine.txt")).unwrap();
    site.build(&[("a/index.html", "a"), ("index.html", "7")]);
}

#[test]
fn what_is_gone_from_a_folder_is_written_again() {
    let files = [("a/b/c/index.html", "c"), ("a/b/index.html", "b")];
    for gone in ["a/b/c/index.html", "a/b/index.html", "a/b/c", "a"] {
        let site = settled(&files);
        let path = site.public().join(gone);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        site.build(&[files[0], files[1], ("index.html", "3")]);
        assert_eq!(site.tree(), tree(&[files[0], files[1], ("index.html", "3")]));
    }
}

#[test]
fn an_adopted_file_is_never_replaced() {
    let site = Site::new();
    site.put("public/index.html", "mine");
    let message = site.refusal(true);
    assert!(message.contains("`index.html`"), "{message}");
    assert_eq!(site.tree(), tree(&[("index.html", "mine")]));
    assert_eq!(names(&site.public()), ["index.html"]);
}

#[test]
fn a_file_of_others_that_holds_what_would_be_written_stays_theirs() {
    let site = Site::new();
    site.put("public/CNAME", "example.org");
    assert_eq!(site.build(&[("CNAME", "example.org"), ("a.html", "a")]).0, changes(1, 1, 0));
    assert_eq!(site.build(&[("a.html", "a")]).0, changes(0, 1, 0));
    assert_eq!(site.tree(), tree(&[("CNAME", "example.org"), ("a.html", "a")]));
}

#[test]
fn dot_files_and_cname_of_an_output_survive() {
    let site = Site::new();
    site.put("public/.git/HEAD", "ref").put("public/CNAME", "example.org").put("public/.nojekyll", "");
    site.build(&[(".well-known/a.txt", "a"), ("index.html", "i")]);
    site.build(&[("index.html", "i")]);
    let expected = [(".git/HEAD", "ref"), (".nojekyll", ""), ("CNAME", "example.org"), ("index.html", "i")];
    assert_eq!(site.tree(), tree(&expected));
}

#[test]
fn a_changed_file_is_replaced_with_a_warning_if_the_site_has_it() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    site.put("public/a.html", "tampered");
    let (changed, notes) = site.build(&[("a.html", "a")]);
    assert_eq!((changed, notes.len(), notes[0].code), (changes(1, 0, 0), 1, Code::ChangedOutput));
    assert_eq!(site.tree(), tree(&[("a.html", "a")]));
}

#[test]
fn a_change_of_equal_length_and_time_is_noticed() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    let file = site.public().join("a.html");
    let time = fs::metadata(site.public().join(".byline-manifest")).unwrap().modified().unwrap();
    fs::write(&file, "b").unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(site.build(&[("a.html", "a")]).0, changes(1, 0, 0));
}

#[test]
fn a_change_that_the_site_makes_as_well_is_no_matter() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    site.put("public/a.html", "new");
    assert_eq!(site.build(&[("a.html", "new")]), (changes(0, 1, 0), vec![]));
    assert_eq!(site.build(&[("a.html", "new")]), (changes(0, 1, 0), vec![]));
}

#[test]
fn a_changed_file_that_the_site_no_longer_has_is_left_with_a_warning_each_time() {
    let site = Site::new();
    site.build(&[("a.html", "a"), ("b.html", "b")]);
    site.put("public/a.html", "tampered");
    for _ in 0..2 {
        let (_, notes) = site.build(&[("b.html", "b")]);
        assert_eq!((notes.len(), notes[0].code), (1, Code::ChangedOutput));
        assert_eq!(site.tree(), tree(&[("a.html", "tampered"), ("b.html", "b")]));
    }
    fs::remove_file(site.public().join("a.html")).unwrap();
    assert_eq!(site.build(&[("b.html", "b")]), (changes(0, 1, 0), vec![]));
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let site = Site::new();
    site.build(&[("a", "file"), ("b/c/d.html", "deep")]);
    site.build(&[("a/index.html", "folder"), ("b", "file")]);
    assert_eq!(site.tree(), tree(&[("a/index.html", "folder"), ("b", "file")]));
}

#[test]
fn a_session_that_is_dropped_leaves_the_old_output() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    let session = begin(site.root(), &site.public(), false).unwrap();
    session.stage(output("b.html", "b")).unwrap();
    drop(session);
    assert_eq!(names(&site.public()), [".byline-manifest", "a.html"]);
}

#[test]
fn a_stage_without_a_journal_is_dropped() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    site.put("public/.byline-stage/b.html", "half").put(".public.byline-new/c.html", "half");
    site.build(&[("a.html", "a")]);
    assert_eq!(names(&site.public()), [".byline-manifest", "a.html"]);
    assert_eq!(names(site.root()), [".byline", "public"]);
}

#[test]
fn a_damaged_manifest_makes_everything_foreign() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    let manifest = site.public().join(".byline-manifest");
    let mut bytes = fs::read(&manifest).unwrap();
    bytes[30] ^= 1;
    fs::write(&manifest, bytes).unwrap();
    let diagnostic = site.build_with(&[], false).unwrap_err().diagnostic();
    assert!(diagnostic.hint.unwrap().contains("manifest is damaged"));
    assert_eq!(site.tree(), tree(&[("a.html", "a")]));
}

#[test]
fn a_damaged_journal_is_dropped() {
    let site = Site::new();
    site.build(&[("a.html", "a")]);
    site.put("public/.byline-journal", "damaged");
    assert_eq!(site.build(&[("a.html", "a")]).0, changes(0, 1, 0));
    assert_eq!(names(&site.public()), [".byline-manifest", "a.html"]);
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let site = Site::new();
    let session = begin(site.root(), &site.public(), false).unwrap();
    assert!(matches!(begin(site.root(), &site.public(), false), Err(Refusal::Busy)));
    drop(session);
    assert!(begin(site.root(), &site.public(), false).is_ok());
}

#[test]
fn two_sites_cannot_build_into_one_folder_at_the_same_time() {
    let (site, other) = (Site::new(), Site::new());
    site.build(&[("a.html", "a")]);
    let session = begin(site.root(), &site.public(), false).unwrap();
    assert!(matches!(begin(other.root(), &site.public(), false), Err(Refusal::Busy)));
    drop(session);
}

#[test]
fn two_sites_cannot_make_one_new_folder_at_the_same_time() {
    let (site, other) = (Site::new(), Site::new());
    let session = begin(site.root(), &site.public(), false).unwrap();
    session.stage(output("a.html", "a")).unwrap();
    assert!(matches!(begin(other.root(), &site.public(), false), Err(Refusal::Busy)));
    assert_eq!(counts(session.commit().unwrap()), (changes(1, 0, 0), vec![]));
    let session = begin(other.root(), &site.public(), false).unwrap();
    assert!(session.keep(&path("a.html")));
}

#[test]
fn no_output_may_be_or_hold_or_lie_in_what_the_site_is_made_of() {
    let site = Site::new();
    site.put("content/a.md", "a").put("file", "x");
    for place in
        [".", "..", "content", "content/out", "static/out", "themes", ".byline", "file", "/", "gone/../content"]
    {
        let refusal = begin(site.root(), &site.root().join(place), true);
        assert!(matches!(refusal, Err(Refusal::Foreign(_))), "{place}: {refusal:?}");
    }
    for place in ["public", ".byline/serve", "deep/er/out"] {
        assert!(begin(site.root(), &site.root().join(place), false).is_ok(), "{place}");
    }
}

#[test]
fn a_site_that_is_not_there_is_a_failure_and_is_not_made() {
    let site = Site::new();
    let gone = site.root().join("gone");
    assert!(matches!(begin(&gone, &gone.join("public"), false), Err(Refusal::Failed(_))));
    assert!(!gone.exists());
}

#[test]
fn files_are_copied_and_checked_on_the_way() {
    let site = Site::new();
    site.put("static/a.css", "a {}");
    let copy = |digest| Output {
        path: path("a.css"),
        content: Content::Copy(SitePath::new("static/a.css"), digest),
        key: digest,
        stage: Stage::Asset,
    };
    let session = begin(site.root(), &site.public(), false).unwrap();
    session.stage(copy(Digest::of(b"a {}"))).unwrap();
    session.commit().unwrap();
    assert_eq!(site.tree(), tree(&[("a.css", "a {}")]));
    let session = begin(site.root(), &site.public(), false).unwrap();
    let failure = session.stage(copy(Digest::of(b"another"))).unwrap_err();
    assert!(failure.to_string().contains("static/a.css"), "{failure}");
}

#[test]
fn two_outputs_with_one_path_are_refused() {
    let site = Site::new();
    let session = begin(site.root(), &site.public(), false).unwrap();
    session.stage(output("a.html", "a")).unwrap();
    assert!(session.stage(output("a.html", "b")).is_err());
    assert!(session.stage(output(".byline-manifest", "x")).is_err());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// Sets the permissions of a folder; `false` for the superuser, whom they do not bind.
    fn bind(folder: &Path, mode: u32) -> bool {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        !rustix::process::geteuid().is_root()
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_noticed_before_anything_changes() {
        let site = Site::new();
        site.build(&[("a.html", "a"), ("news/b.html", "b")]);
        let bound = bind(&site.public().join("news"), 0o555);
        let result = site.build_with(&[("a.html", "new"), ("news/b.html", "new")], false);
        bind(&site.public().join("news"), 0o755);
        if bound {
            let Err(Refusal::Failed(failure)) = result else { panic!("{result:?}") };
            assert!(failure.path.ends_with("public/news"), "{failure}");
            assert_eq!(site.tree(), tree(&[("a.html", "a"), ("news/b.html", "b")]));
            assert_eq!(names(&site.public()), [".byline-manifest", "a.html", "news"]);
        }
    }

    #[test]
    fn a_first_build_beside_which_nothing_may_be_written_leaves_nothing() {
        let (site, locked) = (Site::new(), tempfile::tempdir().unwrap());
        let bound = bind(locked.path(), 0o555);
        let session = begin(site.root(), &locked.path().join("out"), false);
        let staged = session.and_then(|session| Ok(session.stage(output("a.html", "a"))?));
        bind(locked.path(), 0o755);
        assert_eq!(staged.is_err(), bound);
        assert_eq!(names(locked.path()), Vec::<String>::new());
    }

    #[test]
    fn a_folder_that_became_a_link_is_never_written_or_deleted_through() {
        let site = Site::new();
        site.build(&[("news/a.html", "a"), ("news/b.html", "b")]);
        fs::rename(site.public().join("news"), site.root().join("elsewhere")).unwrap();
        symlink("../elsewhere", site.public().join("news")).unwrap();
        assert!(site.build_with(&[], false).is_err());
        assert!(site.build_with(&[("news/a.html", "new")], true).is_err());
        site.build_with(&[], true).unwrap();
        assert_eq!(names(&site.root().join("elsewhere")), ["a.html", "b.html"]);
    }

    #[test]
    fn an_output_that_is_a_link_to_a_folder_stays_one() {
        let site = Site::new();
        fs::create_dir(site.root().join("disk")).unwrap();
        symlink("disk", site.public()).unwrap();
        site.build(&[("a.html", "a")]);
        assert!(fs::symlink_metadata(site.public()).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(site.root().join("disk/a.html")).unwrap(), "a");
        fs::remove_dir_all(site.root().join("disk")).unwrap();
        assert!(matches!(begin(site.root(), &site.public(), false), Err(Refusal::Foreign(_))));
    }

    #[test]
    fn a_link_in_place_of_the_staging_folder_is_removed_and_not_followed() {
        let site = Site::new();
        site.put("mine/a.html", "mine");
        symlink("mine", site.root().join(".public.byline-new")).unwrap();
        site.build(&[("a.html", "a")]);
        symlink("../mine", site.public().join(".byline-stage")).unwrap();
        site.build(&[("a.html", "b")]);
        assert_eq!(site.tree(), tree(&[("a.html", "b")]));
        assert_eq!(fs::read_to_string(site.root().join("mine/a.html")).unwrap(), "mine");
        assert_eq!(names(site.root()), [".byline", "mine", "public"]);
    }

    #[test]
    fn a_file_that_became_a_link_is_replaced_and_its_target_is_not() {
        let site = Site::new();
        site.build(&[("a.html", "a")]);
        site.put("mine.html", "mine");
        fs::remove_file(site.public().join("a.html")).unwrap();
        symlink("../mine.html", site.public().join("a.html")).unwrap();
        let (_, notes) = site.build(&[("a.html", "a")]);
        assert_eq!(notes.len(), 1);
        assert_eq!(fs::read_to_string(site.root().join("mine.html")).unwrap(), "mine");
        assert!(fs::symlink_metadata(site.public().join("a.html")).unwrap().is_file());
    }
}
