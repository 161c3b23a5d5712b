//! What a build takes from the builds before it, and leaves to the next: looks of files, parsed articles, the last reports. All
//! of it in one folder, which may be lost at any time.

use std::path::{Path, PathBuf};

use super::Request;
use super::parts::{self, Printed};
use crate::builtin;
use crate::memo::{self, Builds, Hold, Memo, Past};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::digest::Digest;
use crate::model::path::SitePath;
use crate::model::report::Report;
use crate::model::source::Inputs;
use crate::read::Stats;

/// The cache of one site.
pub struct Cache {
    folder: PathBuf,
    engine: Digest,
    fresh: bool,
    hold: Hold,
    builds: Builds,
    /// Whether a part of it was damaged.
    pub damaged: bool,
}

impl Cache {
    /// Opens the cache in a folder; `fresh` makes nothing of what it holds.
    pub fn open(folder: &Path, fresh: bool) -> Self {
        let engine = builtin::engine();
        let hold = Hold::take(folder);
        let (builds, damaged) =
            if fresh { Default::default() } else { memo::load(&folder.join("builds"), Builds::HEADER, engine) };
        Self { folder: folder.to_owned(), engine, fresh, hold, builds, damaged }
    }

    /// Looks at the cache in a folder, and changes nothing.
    pub fn look(folder: &Path) -> Self {
        let engine = builtin::engine();
        let (hold, builds) = (Hold::none(), Builds::default());
        Self { folder: folder.to_owned(), engine, fresh: false, hold, builds, damaged: false }
    }

    /// Whether this process may change it: no other build is running.
    pub fn is_ours(&self) -> bool {
        self.hold.is_ours()
    }

    /// How the files looked when they were read last.
    pub fn stats(&mut self) -> Stats {
        if self.fresh {
            return Stats::default();
        }
        let (stats, damaged) = memo::load(&self.folder.join("stats"), Stats::HEADER, self.engine);
        self.damaged |= damaged;
        stats
    }

    /// Keeps how the files looked now.
    pub fn keep_stats(&self, old: &Stats, new: &Stats) {
        if self.is_ours() && !new.is(old) {
            // A cache that cannot be written costs the next build time, and nothing else.
            let _ = memo::save(new, &self.folder.join("stats"), Stats::HEADER, self.engine);
        }
    }

    /// The parsed articles.
    pub fn memo(&mut self) -> Memo {
        let memo = Memo::open(&self.folder.join("memo"), self.engine, self.fresh, self.is_ours());
        self.damaged |= memo.is_damaged();
        memo
    }

    /// The last builds that were made from the same, at that moment.
    pub fn builds(&self, key: Digest, as_of: i64) -> impl Iterator<Item = &Past> {
        self.builds.of(key, as_of)
    }

    /// Keeps what a build reported. What it said of files that someone else had changed is said once.
    pub fn keep_build(&mut self, key: Digest, manifest: Digest, from: i64, report: &Report) {
        if !self.is_ours() {
            return;
        }
        let once = |note: &&Diagnostic| note.code != Code::ChangedOutput;
        let diagnostics = report.diagnostics.iter().filter(once).cloned().collect();
        let report = Report {
            diagnostics,
            parsed: 0,
            rendered: 0,
            reused: report.pages,
            written: 0,
            removed: 0,
            cache_damaged: false,
            ..report.clone()
        };
        let until = report.next_due.map(|due| due.seconds());
        self.builds.add(Past { key, manifest, from, until, report });
        let _ = memo::save(&self.builds, &self.folder.join("builds"), Builds::HEADER, self.engine);
    }

    /// Keeps what the pages were made from.
    pub fn keep_parts(&self, request: &Request, printed: Printed, report: &mut Report) {
        if self.is_ours() {
            parts::keep(&self.folder, request, printed, report);
        }
    }
}

/// The digest of everything that a build is made from, the moment aside: engine, request, files, and what was noticed on reading
/// them.
pub fn key(request: &Request, read: &Inputs, notes: &[Diagnostic]) -> Digest {
    let asked =
        (&request.base_url, request.drafts, request.strict, request.adopt, request.record, request.as_of.is_some());
    // What a file is for is told by its path.
    let mut files: Vec<(&SitePath, Digest)> = Vec::new();
    let single = [&read.config, &read.people, &read.vocabulary, &read.ledger];
    let themes = &read.themes;
    let lists = [&read.sections, &read.templates, &read.strings, &read.data]
        .into_iter()
        .chain(themes.iter().map(|theme| &theme.sources));
    let sources = single.into_iter().flatten().chain(lists.flatten());
    files.extend(sources.map(|source| (&source.path, source.digest)));
    let statics = [&read.statics, &read.content_assets].into_iter().chain(themes.iter().map(|theme| &theme.statics));
    files.extend(statics.flatten().map(|asset| (&asset.path, asset.digest)));
    files.extend(read.articles.iter().chain(&read.sidecars).map(|found| (&found.path, found.digest)));
    Digest::of_value(&(builtin::engine(), asked, files, notes))
}
