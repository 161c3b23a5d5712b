//! Outputs in special places: a mount point, a full or read-only disk, a git worktree, a folder behind a link.
//!
//! Mounts are made in a namespace of their own, which ends with the script that makes them.

#![cfg(target_os = "linux")]

#[path = "support/command.rs"]
mod command;
#[path = "support/paper.rs"]
mod paper;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use paper::{BUILD, Case, Phase};

/// Ways to get a place where one may mount: as the superuser, or as one in a namespace.
const WAYS: &[&[&str]] = &[
    &["unshare", "--mount"],
    &["unshare", "--user", "--map-root-user", "--mount"],
    &["sudo", "-n", "unshare", "--mount"],
];

/// The way that works here, if there is one. On machines that test for everybody there has to be.
fn mounting() -> Option<&'static [&'static str]> {
    let works = |way: &[&str]| {
        let mut trial = Command::new(way[0]);
        trial.args(&way[1..]).args(["mount", "-t", "tmpfs", "none", "/mnt"]).stderr(Stdio::null());
        trial.status().is_ok_and(|status| status.success())
    };
    let way = WAYS.iter().copied().find(|way| works(way));
    assert!(way.is_some() || std::env::var_os("CI").is_none(), "nothing can be mounted");
    if way.is_none() {
        eprintln!("SKIPPED: nothing can be mounted");
    }
    way
}

/// Runs a script in a folder where it may mount, and gives what it prints. `$build` is the build under test.
fn script(way: &[&str], folder: &Path, text: &str) -> String {
    let build = format!("{} {}", env!("CARGO_BIN_EXE_byline"), BUILD.join(" "));
    // What the superuser made belongs to whoever tests.
    let text = format!("{text}\nchown -R --reference=. .");
    let mut shell = Command::new(way[0]);
    shell.args(&way[1..]).args(["env", &format!("build={build}"), "sh", "-eu", "-c", &text]).current_dir(folder);
    let output = shell.stdin(Stdio::null()).output().expect("it starts");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn an_output_that_is_a_mount_point_is_built_and_rebuilt_in_place() {
    let Some(way) = mounting() else { return };
    for case in [Case::first("a first build"), paper::cases().pop().expect("cases")] {
        let site = case.lay();
        fs::create_dir_all(site.path().join("public")).expect("a folder");
        let text = "cp -a public old; mount -t tmpfs none public; cp -a old/. public; $build; $build; \
            cp -a public new; umount public; rmdir public 2>/dev/null || rm -r public; rm -r old; mv new public";
        script(way, site.path(), text);
        case.is_new(site.path(), case.name);
    }
}

#[test]
fn a_disk_that_is_full_at_any_point_leaves_the_old_site_or_a_change_that_the_next_build_completes() {
    let Some(way) = mounting() else { return };
    // The script leaves, for each size, the exit code, the report, and the site as it was then and after the next build.
    let text = "
        mkdir disk
        mount -t tmpfs -o size=64m none disk
        cp -a site disk/site
        full=$(df -k --output=used disk | tail -1)
        nodes=$(df --output=iused disk | tail -1)
        umount disk
        for step in 0 1 2 4 8 16 32 64 128 256 512; do
            for limit in size=$((full + step * 4))k,nr_inodes=65536 size=64m,nr_inodes=$((nodes + step)); do
                mkdir $limit
                mount -t tmpfs -o $limit none disk
                cp -a site disk/site
                code=0
                (cd disk/site && $build) > $limit/report || code=$?
                echo $code > $limit/code
                cp -a disk/site $limit/then
                mount -o remount,size=64m,nr_inodes=65536 disk
                (cd disk/site && $build) > $limit/next
                cp -a disk/site $limit/after
                umount disk
            done
        done";
    let mut refused = 0;
    for case in [Case::first("a first build"), paper::cases().pop().expect("cases")] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::rename(case.lay().keep(), folder.path().join("site")).expect("a rename");
        script(way, folder.path(), text);
        for limit in fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry")) {
            let name = limit.file_name().into_string().expect("UTF-8");
            let read = |file: &str| fs::read_to_string(limit.path().join(file)).expect("a file");
            let told = format!("{}, {name}", case.name);
            if !name.contains('=') {
                continue;
            }
            match read("code").trim() {
                "0" => case.is_new(&limit.path().join("then"), &told),
                "3" => {
                    refused += 1;
                    assert!(read("report").contains("/disk/site/"), "{told}: no path in {}", read("report"));
                    case.check(&limit.path().join("then"), &told);
                }
                code => panic!("{told}: exit code {code}, {}", read("report")),
            }
            case.is_new(&limit.path().join("after"), &told);
        }
    }
    println!("{refused} builds met a full disk");
    assert!(refused > 8);
}

#[test]
fn a_read_only_output_is_named_and_stands() {
    let Some(way) = mounting() else { return };
    let case = paper::cases().pop().expect("cases");
    let site = case.lay();
    let text = "mount --bind public public; mount -o remount,ro,bind public; code=0; $build || code=$?; umount public; test $code = 3";
    let said = script(way, site.path(), text);
    assert!(said.contains("public") && said.contains("Read-only file system"), "{said}");
    assert_eq!(case.check(site.path(), case.name), Phase::Before);
    case.completes(site.path(), case.name);
}

#[test]
fn a_folder_of_the_output_on_another_disk_is_no_hindrance() {
    let Some(way) = mounting() else { return };
    let case = paper::cases().pop().expect("cases");
    let site = case.lay();
    // The section that goes, one that changes, and one that is not there before.
    let text = "
        for name in sport news games; do
            mkdir -p public/$name
            cp -a public/$name $name.kept
            mount -t tmpfs none public/$name
            cp -a $name.kept/. public/$name
            rm -r $name.kept
        done
        $build
        for name in sport news games; do
            cp -a public/$name $name.new
            umount public/$name
            rm -r public/$name
            mv $name.new public/$name
        done
        rmdir public/sport";
    script(way, site.path(), text);
    case.is_new(site.path(), case.name);
}

#[test]
fn a_git_worktree_stays_one_and_shows_just_what_changed() {
    let case = paper::cases().remove(1);
    let site = case.lay();
    let git = |folder: &str, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(site.path().join(folder)).args(["-c", "user.name=Desk", "-c", "user.email=desk@paper.example"]);
        let output = git.args(arguments).output().expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    fs::rename(site.path().join("public"), site.path().join("old")).expect("a rename");
    git(".", &["init", "--quiet"]);
    git(".", &["commit", "--quiet", "--allow-empty", "--message", "Begin"]);
    git(".", &["worktree", "add", "--quiet", "-b", "pages", "public"]);
    for entry in fs::read_dir(site.path().join("old")).expect("a folder").map(|entry| entry.expect("an entry")) {
        fs::rename(entry.path(), site.path().join("public").join(entry.file_name())).expect("a rename");
    }
    git("public", &["add", "--all"]);
    git("public", &["commit", "--quiet", "--message", "Publish"]);
    let report = command::byline(site.path(), BUILD).code(0).json();
    let changed = git("public", &["status", "--porcelain", "--untracked-files=all"]);
    let changed = changed.lines().filter(|line| !line.contains(".byline-manifest")).count();
    assert!(changed > 0);
    assert_eq!(Some(changed as u64), report["written"].as_u64().zip(report["removed"].as_u64()).map(|(a, b)| a + b));
    assert_eq!(git("public", &["rev-parse", "--abbrev-ref", "HEAD"]).trim(), "pages");
}

#[test]
fn a_link_to_a_folder_stays_one_through_builds_and_rebuilds() {
    let case = paper::cases().pop().expect("cases");
    let (site, disk) = (case.lay(), tempfile::tempdir().expect("a folder"));
    let (public, real) = (site.path().join("public"), disk.path().join("real"));
    assert!(Command::new("mv").arg(&public).arg(&real).status().expect("mv runs").success());
    std::os::unix::fs::symlink(&real, &public).expect("a link");
    case.completes(site.path(), case.name);
    assert_eq!(fs::read_link(&public).expect("a link"), real);
    assert!(!disk.path().join(".real.byline-new").exists());
}
