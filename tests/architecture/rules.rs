//! The rules of the house. Each looks at all files below `src/` and says what breaks it, as `path:line: what`.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SourceFile;

/// The stages of the pipeline: each imports `model` and itself.
const STAGES: &[&str] = &["read", "parse", "collect", "plan", "render", "write"];
/// What else stands on `model` alone.
const ON_MODEL: &[&str] = &["darkroom", "memo", "report"];
/// Wings that use a stage or two, and are used by the command line alone.
const WINGS: &[(&str, &[&str])] = &[("import", &["parse"]), ("publish", &["pipeline", "write"])];
/// Wings whose core is as pure as a stage.
const PURE_WINGS: &[&str] = &["import"];
/// What of the other wings is as pure.
const PURE_FILES: &[&str] = &["publish/plan.rs", "publish/sheet.rs"];
/// The files of a pure wing that read and write for it.
const EDGES: &[&str] = &["import.rs", "import/gather.rs", "import/lay.rs"];
/// Folders that do no IO, ask no clock and print nothing.
const PURE: &[&str] = &["model", "parse", "collect", "plan", "render", "darkroom"];
/// What a pure folder may not name below `std::`.
const IMPURE_STD: &[&str] = &[
    "env",
    "fs",
    "net",
    "os",
    "process",
    "thread",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "time::SystemTime",
    "time::Instant",
];
/// What a pure folder may not say otherwise.
const IMPURE_WORDS: &[&str] = &[
    "Timestamp::now",
    "Zoned::now",
    "SystemTime::now",
    "Instant::now",
    "TimeZone::system",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
];
/// Ways to the system's temporary folder, which may lie on another file system than the site.
const TEMPORARY: &[&str] =
    &["env::temp_dir", "tempfile::tempdir()", "tempfile::tempfile()", "TempDir::new()", "NamedTempFile::new()"];
/// Pure folders that see the whole collection: what they walk through in another order, the reader sees in another order.
const ORDERED: &[&str] = &["collect", "plan", "render"];
/// The longest file, in lines.
const LONGEST: usize = 400;
/// Names that say nothing of what a module is for.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];
/// The remark that lets a hash map into an ordered folder.
const LOOKUP_ONLY: &str = "// lookup only";

/// Everything that breaks a rule.
pub fn faults(files: &[SourceFile]) -> Vec<String> {
    let rules = [imports, circles, purity, hash_maps, temporary_folder, shape, yaml];
    rules.iter().flat_map(|rule| rule(files)).collect()
}

/// Which floors a file may stand on; `None` where all are open to it.
fn foundations(floor: &str) -> Option<Vec<&str>> {
    if let Some((wing, stages)) = WINGS.iter().find(|(wing, _)| *wing == floor) {
        return Some([&["model", wing], *stages].concat());
    }
    let alone = floor == "model" || STAGES.contains(&floor) || ON_MODEL.contains(&floor);
    alone.then(|| vec!["model", floor])
}

fn imports(files: &[SourceFile]) -> Vec<String> {
    let floors: BTreeSet<&str> = files.iter().map(SourceFile::floor).collect();
    let mut found = Vec::new();
    for file in files {
        let Some(allowed) = foundations(file.floor()) else { continue };
        for path in file.crate_paths() {
            let target = path.first().map_or("the crate's root", String::as_str);
            let known = floors.contains(target) || path.is_empty();
            if known && !allowed.contains(&target) {
                found.push(format!("{}: `{}` imports `{target}`", file.path, file.floor()));
            }
        }
    }
    found
}

/// The modules that each module names, children aside: a parent may gather what its children define.
fn graph(files: &[SourceFile]) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let modules: BTreeSet<Vec<String>> = files.iter().map(SourceFile::module).collect();
    let mut graph = BTreeMap::<_, BTreeSet<_>>::new();
    for file in files.iter().filter(|file| file.floor() != "main") {
        let from = file.module();
        for path in file.crate_paths() {
            let target =
                (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|part| modules.contains(part));
            if let Some(target) = target.filter(|target| !target.starts_with(&from)) {
                graph.entry(from.clone()).or_default().insert(target);
            }
        }
    }
    graph
}

fn circles(files: &[SourceFile]) -> Vec<String> {
    let mut graph = graph(files);
    // What names no module that is left is in no circle: take such modules away until none is.
    loop {
        let left: BTreeSet<_> = graph.keys().cloned().collect();
        graph.values_mut().for_each(|targets| targets.retain(|target| left.contains(target)));
        graph.retain(|_, targets| !targets.is_empty());
        if graph.len() == left.len() {
            break;
        }
    }
    // From any module that remains, following first targets must come back to where it was.
    let Some(first) = graph.keys().next() else { return Vec::new() };
    let mut walk = vec![first.clone()];
    loop {
        let next = graph[&walk[walk.len() - 1]].iter().next().cloned().unwrap_or_default();
        let seen = walk.iter().position(|module| *module == next);
        walk.push(next);
        if let Some(start) = seen {
            let names: Vec<String> = walk[start..].iter().map(|module| module.join("::")).collect();
            return vec![format!("a circle of modules: {}", names.join(" -> "))];
        }
    }
}

fn purity(files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    let wing = |file: &&SourceFile| {
        let of_pure = PURE_WINGS.contains(&file.floor()) && !EDGES.contains(&file.path.as_str());
        of_pure || PURE_FILES.contains(&file.path.as_str())
    };
    for file in files.iter().filter(|file| PURE.contains(&file.floor()) || wing(file)) {
        for path in file.std_paths() {
            let path = path.join("::");
            let names = |word: &&&str| path == **word || path.starts_with(&format!("{word}::"));
            found.extend(IMPURE_STD.iter().filter(names).map(|_| format!("{}: names `std::{path}`", file.path)));
        }
        for (number, line) in file.lines() {
            let words = IMPURE_WORDS.iter().filter(|word| says(line, word));
            found.extend(words.map(|word| format!("{}:{number}: says `{word}`", file.path)));
        }
    }
    found
}

/// Whether a line has a word that is not the end of a longer one (`eprintln!` is not `println!`).
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn hash_maps(files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| PURE.contains(&file.floor())) {
        let raw: Vec<&str> = file.text.lines().collect();
        let mut names = BTreeSet::new();
        for (number, line) in file.lines().filter(|(_, line)| says(line, "HashMap") || says(line, "HashSet")) {
            if line.trim_start().starts_with("use ") || line.trim_start().starts_with("pub use ") {
                continue;
            }
            let above = raw.get(number.wrapping_sub(2)).is_some_and(|line| line.trim_start().starts_with(LOOKUP_ONLY));
            if ORDERED.contains(&file.floor()) && !above && !raw[number - 1].contains(LOOKUP_ONLY) {
                found.push(format!(
                    "{}:{number}: a hash map without `{LOOKUP_ONLY}`: its order could reach the output",
                    file.path
                ));
            }
            names.extend(declared(line));
        }
        for (number, line) in file.lines() {
            let walked = names.iter().filter(|name| walks(line, name));
            found.extend(walked.map(|name| format!("{}:{number}: walks through the hash map `{name}`", file.path)));
        }
    }
    found
}

/// The name that a line gives to a hash map: `let mut name = …HashMap…`, `name: &HashMap…`.
fn declared(line: &str) -> Option<String> {
    let before = &line[..line.find("Hash")?];
    let bound = before
        .trim_start()
        .strip_prefix("let ")
        .and_then(|bound| bound.trim_start_matches("mut ").split([':', ' ']).next());
    if bound.is_some() {
        return bound.map(str::to_owned);
    }
    let name = before.rfind([':', '=']).map(|at| before[..at].trim_end_matches(':').trim_end())?;
    let name = name.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn walks(line: &str, name: &str) -> bool {
    let steps =
        [".iter()", ".iter_mut()", ".keys()", ".values()", ".into_iter()", ".into_keys()", ".into_values()", ".drain("];
    steps.iter().any(|step| says(line, &format!("{name}{step}")))
        || ["", "&", "&mut ", "&self.", "self."].iter().any(|prefix| line.contains(&format!(" in {prefix}{name} {{")))
}

fn temporary_folder(files: &[SourceFile]) -> Vec<String> {
    let lines = files.iter().flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    let hits = lines.flat_map(|(file, number, line)| {
        let ways = TEMPORARY.iter().filter(move |way| line.contains(**way));
        ways.map(move |way| format!("{}:{number}: `{way}` leads to the system's temporary folder", file.path))
    });
    hits.collect()
}

/// The length, the first line and the name of each file, and that none may hold unsafe code.
fn shape(files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let count = file.text.lines().count();
        if count > LONGEST {
            found.push(format!("{}: {count} lines, more than {LONGEST}", file.path));
        }
        if !file.text.starts_with("//! ") {
            found.push(format!("{}: does not open with a `//!` line that states its purpose", file.path));
        }
        if file.path.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part)) {
            found.push(format!("{}: the name says nothing", file.path));
        }
        if file.path == "lib.rs" && !file.code.contains("#![forbid(unsafe_code)]") {
            found.push("lib.rs: no `#![forbid(unsafe_code)]`".to_owned());
        }
    }
    found
}

/// `serde_yaml` is archived: one file names it, so that one file is all that a successor changes.
fn yaml(files: &[SourceFile]) -> Vec<String> {
    let named: Vec<&str> =
        files.iter().filter(|file| says(&file.code, "serde_yaml")).map(|file| file.path.as_str()).collect();
    if named.len() > 1 {
        vec![format!("serde_yaml is named in more than one file: {}", named.join(", "))]
    } else {
        Vec::new()
    }
}
