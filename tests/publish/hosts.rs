//! `byline init --host`: workflows that are well formed, and that do what they say.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

use crate::command::byline;

const HOSTS: &[(&str, &str)] = &[
    ("github", ".github/workflows/publish.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("netlify", ".github/workflows/publish.yml"),
    ("cloudflare", ".github/workflows/publish.yml"),
    ("s3", ".github/workflows/publish.yml"),
];

fn read(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).expect("a file")).expect("YAML")
}

#[test]
fn a_new_site_has_a_workflow_and_a_target_and_builds_without_a_warning() {
    for (host, path) in HOSTS {
        let folder = tempfile::tempdir().expect("a folder");
        byline(folder.path(), &["init", "paper", "--host", host]).code(0);
        let paper = folder.path().join("paper");
        let workflow = read(&paper.join(path));
        let text = fs::read_to_string(paper.join(path)).expect("a workflow");
        for part in [
            "cargo install --locked",
            "byline build --strict",
            "byline publish --no-build",
            "next_due",
            "public",
            ".byline",
        ] {
            assert!(text.contains(part), "{host}: no {part}");
        }
        for left in ["PERMISSION", "VERSION", "PUBLISH"] {
            assert!(!text.contains(left), "{host}: {left} is left");
        }
        assert!(workflow.get("jobs").or(workflow.get("pages")).is_some(), "{host}");
        let site = fs::read_to_string(paper.join("site.yaml")).expect("site.yaml");
        fs::write(paper.join("site.yaml"), site.replace("http://localhost:8080/", "https://paper.example/"))
            .expect("written");
        byline(&paper, &["build", "--strict"]).code(0);
    }
}

#[test]
fn a_site_that_is_there_gets_the_workflow_alone_and_never_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("site.yaml"), "title: Mine\n").expect("a file");
    let end = byline(folder.path(), &["init", "--host", "github"]).code(0);
    assert!(end.out.contains("pages: {kind: git"), "{}", end.out);
    assert_eq!(fs::read_to_string(folder.path().join("site.yaml")).expect("a file"), "title: Mine\n");
    assert!(!folder.path().join("content").exists());
    let path = folder.path().join(HOSTS[0].1);
    fs::write(&path, "mine").expect("a file");
    byline(folder.path(), &["init", "--host", "netlify"]).code(1).says(&["is there already"]);
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
    byline(folder.path(), &["init", "--host", "nowhere"]).code(2);
}

/// Runs a step's script in a folder, and gives what it printed and whether it succeeded.
fn script(folder: &Path, script: &str, environment: &[(&str, &str)]) -> (String, bool) {
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", script]).current_dir(folder).envs(environment.iter().copied());
    let output = command.output().expect("bash runs");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
}

#[test]
fn a_workflow_wakes_for_what_is_due_and_for_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    byline(folder.path(), &["init", ".", "--host", "github"]).code(0);
    let workflow = read(&folder.path().join(HOSTS[0].1));
    let steps = workflow["jobs"]["publish"]["steps"].as_sequence().expect("steps");
    let gate = steps.iter().find(|step| step["id"].as_str() == Some("time")).expect("a gate")["run"]
        .as_str()
        .expect("a script");
    let output = folder.path().join("output");
    let goes = |event: &str, due: Option<&str>| {
        fs::create_dir_all(folder.path().join(".byline")).expect("a folder");
        let path = folder.path().join(".byline/next-due");
        match due {
            Some(due) => fs::write(&path, due).expect("a file"),
            None => drop(fs::remove_file(&path)),
        }
        let _ = fs::remove_file(&output);
        let told = output.to_string_lossy().into_owned();
        assert!(script(folder.path(), gate, &[("EVENT", event), ("GITHUB_OUTPUT", &told)]).1);
        fs::read_to_string(&output).expect("an output").trim() == "go=true"
    };
    assert!(goes("push", Some("2999-01-01T00:00:00Z\n")));
    assert!(goes("schedule", None));
    assert!(goes("schedule", Some("2001-01-01T00:00:00+01:00\n")));
    assert!(!goes("schedule", Some("2999-01-01T00:00:00Z\n")));
    assert!(!goes("schedule", Some("")));
    // What a build says is due is what the gate reads.
    fs::write(folder.path().join("content/news/held.md"), "---\ntitle: Held\ndate: 2999-01-01\n---\nHeld.\n")
        .expect("a file");
    let report = byline(folder.path(), &["build", "--quiet", "--message-format", "json"]).code(0).json();
    let due = report["next_due"].as_str().expect("a moment").to_owned();
    assert!(!goes("schedule", Some(&format!("{due}\n"))));
}

#[test]
fn gitlabs_pipeline_takes_what_is_due_from_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    byline(folder.path(), &["init", ".", "--host", "gitlab"]).code(0);
    let pipeline = read(&folder.path().join(".gitlab-ci.yml"));
    let steps = pipeline["pages"]["script"].as_sequence().expect("steps");
    let steps: Vec<&str> = steps.iter().map(|step| step.as_str().expect("a script")).collect();
    let site = fs::read_to_string(folder.path().join("site.yaml")).expect("site.yaml");
    fs::write(folder.path().join("site.yaml"), site.replace("http://localhost:8080/", "https://paper.example/"))
        .expect("written");
    fs::write(folder.path().join("content/news/held.md"), "---\ntitle: Held\ndate: 2999-01-01\n---\nHeld.\n")
        .expect("a file");
    // The program is there already, so that nothing is installed.
    fs::create_dir_all(folder.path().join(".cargo/bin")).expect("a folder");
    fs::create_dir_all(folder.path().join(".byline")).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_byline"), folder.path().join(".cargo/bin/byline")).expect("a link");
    for step in &steps {
        let (_, good) = script(folder.path(), step, &[("CI_PIPELINE_SOURCE", "push")]);
        assert!(good, "{step}");
    }
    let due = fs::read_to_string(folder.path().join(".byline/next-due")).expect("a moment");
    assert!(due.starts_with("2999-01-01T00:00:00"), "{due}");
    assert!(folder.path().join("dist/index.html").is_file() && !folder.path().join("dist/.byline-published").exists());
    assert!(!script(folder.path(), steps[0], &[("CI_PIPELINE_SOURCE", "schedule")]).1);
    fs::write(folder.path().join(".byline/next-due"), "2001-01-01T00:00:00Z\n").expect("a file");
    assert!(script(folder.path(), steps[0], &[("CI_PIPELINE_SOURCE", "schedule")]).1);
}
