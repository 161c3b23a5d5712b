//! A sequence of edits, each followed by a build that is held against one from nothing, and by another that finds nothing to do.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use byline::model::code::Code;
use byline::model::diagnostic::{Diagnostic, Severity};
use byline::model::report::{Outcome, Report};
use byline::pipeline::Unobserved;

use crate::bench::{self, Asked, Bench, Inputs};
use crate::edit::Kind;
use crate::paper;

/// How many edits a sequence has.
pub const EDITS: usize = 20;

/// How many builds from nothing are remembered, in case the same is built again.
const REMEMBERED: usize = 6;

/// The files of an output, by path, without the manifest.
type Output = BTreeMap<String, Vec<u8>>;

/// What was done, over one or more sequences.
#[derive(Default)]
pub struct Tally {
    /// How often each kind of edit was made.
    pub edits: BTreeMap<&'static str, usize>,
    /// Builds that were held against one from nothing, with an output and without.
    pub built: usize,
    pub stopped: usize,
    /// What those with an output had to do, and all their pages.
    pub parsed: usize,
    pub rendered: usize,
    pub pages: usize,
}

impl Tally {
    /// Takes another one's counts.
    pub fn add(&mut self, other: &Tally) {
        for (kind, count) in &other.edits {
            *self.edits.entry(kind).or_default() += count;
        }
        self.built += other.built;
        self.stopped += other.stopped;
        self.parsed += other.parsed;
        self.rendered += other.rendered;
        self.pages += other.pages;
    }
}

/// What a build from nothing makes.
struct Clean {
    report: Report,
    files: Output,
    ledger: Option<Vec<u8>>,
}

/// One sequence.
struct Trial<'k> {
    bench: Bench,
    kinds: &'k [&'k Kind],
    /// The site as it was when it was last sound, with what was asked.
    sound: (Inputs, Asked),
    /// For how many builds it has been faulty.
    faulty: usize,
    known: Vec<(Inputs, Asked, Clean)>,
    told: Vec<String>,
    tally: Tally,
}

/// Makes one sequence. The error is the list of edits and the first difference.
pub fn run(seed: u64, kinds: &[&Kind]) -> Result<Tally, String> {
    let mut bench = Bench::new(seed);
    paper::lay(&mut bench);
    let sound = (bench.inputs(), bench.asked.clone());
    let (known, told, tally) = Default::default();
    let mut trial = Trial { bench, kinds, sound, faulty: 0, known, told, tally };
    match trial.all() {
        Ok(()) => Ok(trial.tally),
        Err(difference) => {
            let mut text = String::new();
            for (number, edit) in trial.told.iter().enumerate() {
                let _ = writeln!(text, "{number:3}. {edit}");
            }
            Err(format!("{text}     {difference}"))
        }
    }
}

impl Trial<'_> {
    fn all(&mut self) -> Result<(), String> {
        self.told.push("the first build".to_owned());
        self.check()?;
        for _ in 0..EDITS {
            self.edit();
            // Edits come alone, or two or three before anybody builds.
            while self.bench.dice.once_in(5) {
                self.edit();
            }
            if self.bench.dice.once_in(12) {
                self.meanwhile();
            }
            self.check()?;
        }
        Ok(())
    }

    /// Makes an edit. A site that has been faulty for a while is mended first.
    fn edit(&mut self) {
        if self.faulty > 0 && (self.faulty > 2 || self.bench.dice.once_in(2)) {
            self.bench.restore(&self.sound.0);
            self.bench.asked = Asked { output: self.bench.asked.output, ..self.sound.1.clone() };
            self.told.push("all faults undone".to_owned());
            self.count("faults undone");
            self.faulty = 0;
            return;
        }
        let lots: u64 = self.kinds.iter().map(|kind| kind.lots).sum();
        loop {
            let mut lot = self.bench.dice.below(lots);
            let drawn = self.kinds.iter().find(|kind| {
                let own = lot < kind.lots;
                lot = lot.saturating_sub(kind.lots);
                own
            });
            let kind = drawn.expect("one of them");
            if let Some(told) = (kind.act)(&mut self.bench) {
                self.told.push(format!("{}: {told}", kind.name));
                self.count(kind.name);
                return;
            }
        }
    }

    fn count(&mut self, kind: &'static str) {
        *self.tally.edits.entry(kind).or_default() += 1;
    }

    /// Makes an edit while a build is under way, and passes over what comes of that build.
    fn meanwhile(&mut self) {
        let before = self.bench.inputs();
        let root = self.bench.root.clone();
        self.edit();
        if self.bench.root != root {
            return;
        }
        let after = self.bench.inputs();
        self.bench.restore(&before);
        let changed = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
        let mut files: Vec<_> = changed.map(|path| (self.bench.path(path), after.get(path).cloned())).collect();
        files.sort();
        files.dedup();
        let stage = self.bench.dice.one(&["comparing", "recalling", "parsing", "remembering", "rendering", "writing"]);
        self.bench.meanwhile = Some((stage, files));
        let _ = self.bench.build(false);
        self.bench.restore(&after);
        self.told.push(format!("the last edit comes while a build is {stage}"));
        self.count("an edit during a build");
    }

    /// Builds, and holds that against a build from nothing; then builds again.
    fn check(&mut self) -> Result<(), String> {
        let inputs = self.bench.inputs();
        let clean = self.clean(&inputs)?;
        let result = self.compare(&clean).and_then(|again| if again { self.again(&clean) } else { Ok(()) });
        if clean.report.outcome == Outcome::Built {
            self.sound = (self.bench.inputs(), self.bench.asked.clone());
            self.faulty = 0;
        } else {
            self.faulty += 1;
        }
        self.known.insert(0, (inputs, self.bench.asked.clone(), clean));
        self.known.truncate(REMEMBERED);
        result
    }

    /// What a build of these files makes in a folder where nothing is.
    fn clean(&mut self, inputs: &Inputs) -> Result<Clean, String> {
        let asked = Asked { output: 0, ..self.bench.asked.clone() };
        let same =
            |known: &(Inputs, Asked, Clean)| known.0 == *inputs && Asked { output: 0, ..known.1.clone() } == asked;
        if let Some(at) = self.known.iter().position(same) {
            return Ok(self.known.remove(at).2);
        }
        let folder = bench::memory();
        for (path, bytes) in inputs {
            bench::put(&folder.path().join(path), bytes);
        }
        let output = folder.path().join("public");
        let (report, failure) = bench::build(&bench::request(folder.path(), &output, &asked), &Unobserved);
        match failure {
            Some(failure) => Err(format!("a build from nothing fails: {failure:?}")),
            None => {
                Ok(Clean { report, files: files(&output), ledger: fs::read(folder.path().join("permalinks.txt")).ok() })
            }
        }
    }

    /// Builds and compares. Tells whether another build would find nothing to do.
    fn compare(&mut self, clean: &Clean) -> Result<bool, String> {
        let output = self.bench.output();
        let mut before = files(&output);
        let (mut report, mut failure) = self.bench.build(false);
        let number = self.bench.asked.output;
        // A build that stops before it looks at the output says nothing of it.
        if self.bench.occupied[number] && (is_refused(&report) || report.outcome == Outcome::Built) {
            self.bench.occupied[number] = false;
            if is_refused(&report) {
                same_files(&files(&output), &before).map_err(|told| format!("a refused output changed: {told}"))?;
            }
            self.bench.evict();
            (report, failure) = self.bench.build(false);
            if is_refused(&report) {
                fs::remove_dir_all(&output).expect("an output whose manifest is lost");
                (report, failure) = self.bench.build(false);
            }
            before = files(&output);
        }
        if let Some(failure) = failure {
            return Err(format!("the build fails: {failure:?}"));
        }
        let tampered = self.bench.tampered[number];
        same_report(&report, &clean.report, tampered)?;
        if report.cache_damaged && !self.bench.cache_harmed {
            return Err("the cache is called damaged, but nobody harmed it".to_owned());
        }
        if report.outcome != Outcome::Built {
            self.tally.stopped += 1;
            same_files(&files(&output), &before).map_err(|told| format!("a build with errors changed {told}"))?;
            return Ok(true);
        }
        self.tally.built += 1;
        self.tally.parsed += report.parsed;
        self.tally.rendered += report.rendered;
        self.tally.pages += report.pages;
        self.bench.tampered[number] = false;
        let left = if tampered { clear_left(&output, &clean.files) } else { false };
        same_files(&files(&output), &clean.files)?;
        if fs::read(self.bench.path("permalinks.txt")).ok() != clean.ledger {
            return Err("the ledger differs".to_owned());
        }
        Ok(!left)
    }

    /// Builds once more: there is nothing to do, and nothing is touched.
    fn again(&mut self, clean: &Clean) -> Result<(), String> {
        let output = self.bench.output();
        let before = looks(&output);
        let (mut report, mut failure) = self.bench.build(false);
        if self.bench.cache_harmed && report.parsed > 0 {
            // Bodies that the first build found damaged were given up with all that was kept beside them.
            (report, failure) = self.bench.build(false);
        }
        if let Some(failure) = failure {
            return Err(format!("the second build fails: {failure:?}"));
        }
        let tampered = self.bench.tampered[self.bench.asked.output];
        same_report(&report, &clean.report, tampered).map_err(|told| format!("second build: {told}"))?;
        // What a build with errors rendered is nowhere kept.
        let rendered = if report.outcome == Outcome::Built { report.rendered } else { 0 };
        let work = [report.parsed, rendered, report.printed, report.written, report.removed];
        if work != [0; 5] {
            return Err(format!("second build: parsed, rendered, printed, written, removed: {work:?}"));
        }
        let after = looks(&output);
        let touched = before.keys().chain(after.keys()).find(|path| before.get(*path) != after.get(*path));
        touched.map_or(Ok(()), |path| Err(format!("second build: {path} was touched")))
    }
}

fn is_refused(report: &Report) -> bool {
    report.diagnostics.iter().any(|note| note.code == Code::ForeignOutput && note.severity == Severity::Error)
}

/// Removes files that are no longer part of the site, but were left because someone had changed them.
fn clear_left(output: &Path, wanted: &Output) -> bool {
    let mut left = false;
    for (path, bytes) in files(output) {
        if !wanted.contains_key(&path) && bytes.ends_with(b"tampered") {
            fs::remove_file(output.join(path)).expect("a file to remove");
            left = true;
        }
    }
    left
}

/// The files of an output; the manifest, which holds times, is none of them.
fn files(output: &Path) -> Output {
    let below = |path: &Path| path.strip_prefix(output).expect("below").to_str().expect("UTF-8").to_owned();
    let all = bench::all(output).into_iter().map(|path| (below(&path), path));
    let own = all.filter(|(name, _)| name != ".byline-manifest");
    own.map(|(name, path)| (name, fs::read(path).expect("bytes"))).collect()
}

/// How the files of an output look: time and number.
fn looks(output: &Path) -> BTreeMap<String, (std::time::SystemTime, u64)> {
    let look = |path: std::path::PathBuf| {
        let metadata = fs::symlink_metadata(&path).expect("metadata");
        (path.display().to_string(), (metadata.modified().expect("a time"), inode(&metadata)))
    };
    bench::all(output).into_iter().map(look).collect()
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

fn same_files(found: &Output, wanted: &Output) -> Result<(), String> {
    let Some(path) = found.keys().chain(wanted.keys()).find(|path| found.get(*path) != wanted.get(*path)) else {
        return Ok(());
    };
    let (Some(found), Some(wanted)) = (found.get(path), wanted.get(path)) else {
        return Err(format!(
            "{path} is {}",
            if found.contains_key(path) { "there, and should not" } else { "missing" }
        ));
    };
    let at = found.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        let piece = &bytes[at.saturating_sub(60).min(bytes.len())..(at + 60).min(bytes.len())];
        String::from_utf8_lossy(piece).into_owned()
    };
    Err(format!("{path} differs at byte {at}:\n{}\n--- should be\n{}", around(found), around(wanted)))
}

/// Compares reports. What is said of an output that someone had changed is said of that output alone.
fn same_report(found: &Report, wanted: &Report, tampered: bool) -> Result<(), String> {
    let notes = |report: &Report| -> Vec<Diagnostic> {
        let own = |note: &&Diagnostic| !tampered || note.code != Code::ChangedOutput;
        report.sorted().into_iter().filter(own).cloned().collect()
    };
    let (a, b) = (notes(found), notes(wanted));
    if a != b {
        let differ = a.iter().find(|note| !b.contains(note)).map(|note| format!("is told: {note:?}"));
        let lack = b.iter().find(|note| !a.contains(note)).map(|note| format!("is not told: {note:?}"));
        let parts: Vec<_> = differ.into_iter().chain(lack).collect();
        return Err(format!("{} notes, not {}: {}", a.len(), b.len(), parts.join("\n     ")));
    }
    let counts = |report: &Report| {
        let Report { outcome, articles, undated, pages, held, drafts, expired, expires_next, next_due, .. } = report;
        format!(
            "{outcome:?} {articles} articles, {undated} undated, {pages} pages, {drafts} drafts, {expired} expired, next due {next_due:?}, expires next {expires_next:?}, held {held:?}"
        )
    };
    let (a, b) = (counts(found), counts(wanted));
    if a == b { Ok(()) } else { Err(format!("it reports {a}\n     should be {b}")) }
}
