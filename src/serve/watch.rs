//! The watch: tells when something that a build reads has changed, and that it has come to rest since.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::{say, trouble};
use crate::model::diagnostic::Diagnostic;
use crate::model::path::SitePath;
use crate::read;

/// How long nothing must happen before files are taken to be at rest.
const REST: Duration = Duration::from_millis(60);

/// How long a restless site is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the clock is asked whether something is due: a machine that slept does not wake timers in time.
const CLOCK: Duration = Duration::from_secs(20);

/// How often files are looked at where the system does not tell of changes.
const ROUND: Duration = Duration::from_secs(2);

/// A watch over a site's files.
pub struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    /// At most one knock waits: how often something happened is of no interest.
    knocks: Receiver<()>,
    /// Whether folders came or went, or events were lost: then what is watched has to be set up again.
    uncertain: Arc<AtomicBool>,
}

impl Watch {
    /// Begins to watch the site in `root`. Where the system tells of no changes, or of not so many files, they are looked for.
    ///
    /// # Errors
    /// The site cannot be watched in either way.
    pub fn begin(root: &Path) -> Result<Self, Box<Diagnostic>> {
        // Some systems tell of a file by its path with all links resolved.
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let native = Self::with(&root, |ear| Ok(Box::new(RecommendedWatcher::new(ear, Config::default())?)));
        native.or_else(|error| {
            say("Watching", &format!("every other second, as the system does not tell of changes: {error}"));
            Self::with(&root, |ear| by_looking(ear, ROUND))
                .map_err(|error| trouble(format!("the site cannot be watched: {error}")))
        })
    }

    fn with(root: &Path, make: impl FnOnce(Ear) -> notify::Result<Box<dyn Watcher + Send>>) -> notify::Result<Self> {
        let (knock, knocks) = sync_channel(1);
        let uncertain = Arc::new(AtomicBool::new(false));
        let ear = Ear { root: root.to_owned(), knock, uncertain: uncertain.clone() };
        let mut watch = Self { root: root.to_owned(), watcher: make(ear)?, knocks, uncertain };
        // Not deeper: output and caches lie there as well, and whatever else someone keeps beside the site.
        watch.watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in read::FOLDERS {
            watch.watch_folder(folder)?;
        }
        Ok(watch)
    }

    fn watch_folder(&mut self, folder: &str) -> notify::Result<()> {
        let folder = self.root.join(folder);
        if folder.is_dir() { self.watcher.watch(&folder, RecursiveMode::Recursive) } else { Ok(()) }
    }

    /// Waits until something has changed and come to rest, or until the moment `due` (Unix time in seconds).
    pub fn wait(&mut self, due: Option<i64>) {
        loop {
            let left = due.map(|due| due.saturating_sub(jiff::Timestamp::now().as_second()));
            if left.is_some_and(|left| left <= 0) {
                return;
            }
            let left = left.and_then(|left| u64::try_from(left).ok()).map_or(CLOCK, Duration::from_secs).min(CLOCK);
            match self.knocks.recv_timeout(left) {
                Ok(()) => {
                    self.settle();
                    return self.tend();
                }
                Err(RecvTimeoutError::Timeout) => {}
                // Nobody listens to the system any more: what is due still comes.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(left),
            }
        }
    }

    /// Lets an editor, or a whole checkout, finish.
    fn settle(&self) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE && self.knocks.recv_timeout(REST).is_ok() {}
    }

    /// Sets the watch up again if folders came or went. The build comes after it, so that nothing falls between the two.
    fn tend(&mut self) {
        if !self.uncertain.swap(false, Ordering::AcqRel) {
            return;
        }
        for folder in read::FOLDERS {
            // One that is gone is watched no more as it is.
            let _ = self.watcher.unwatch(&self.root.join(folder));
            if let Err(error) = self.watch_folder(folder) {
                say("Watching", &format!("all but {folder}/: {error}"));
            }
        }
    }
}

/// A watcher that looks at all files again and again. Times of change alone would miss a second change within one second.
fn by_looking(ear: Ear, round: Duration) -> notify::Result<Box<dyn Watcher + Send>> {
    let config = Config::default().with_poll_interval(round).with_compare_contents(true);
    Ok(Box::new(PollWatcher::new(ear, config)?))
}

/// Hears what the system tells, and knocks if it concerns the site.
struct Ear {
    root: PathBuf,
    knock: SyncSender<()>,
    uncertain: Arc<AtomicBool>,
}

impl notify::EventHandler for Ear {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        let concern = match event {
            Ok(event) if event.need_rescan() => Concern::Folders,
            Ok(event) if !is_change(&event.kind) => Concern::None,
            Ok(event) => event.paths.iter().map(|path| self.concern(path)).max().unwrap_or(Concern::None),
            // Something went unheard.
            Err(_) => Concern::Folders,
        };
        if concern == Concern::Folders {
            self.uncertain.store(true, Ordering::Release);
        }
        if concern > Concern::None {
            // If a knock waits already, this one adds nothing.
            let _ = self.knock.try_send(());
        }
    }
}

/// How far a change concerns the watch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Concern {
    None,
    /// A build may read it.
    Build,
    /// It is a folder that is watched, or may be.
    Folders,
}

impl Ear {
    fn concern(&self, path: &Path) -> Concern {
        let Ok(below) = path.strip_prefix(&self.root) else { return Concern::None };
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        if read::FOLDERS.contains(&path.as_str()) {
            Concern::Folders
        } else if read::concerns(&SitePath::new(&path)) {
            Concern::Build
        } else {
            Concern::None
        }
    }
}

/// Whether it may have changed something. That a file was opened or read is none: a build does so with all of them.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    /// Far more than any of it takes.
    const LIMIT: Duration = Duration::from_secs(30);

    /// What the watch makes of a change to `path`.
    fn concern(path: &str) -> Concern {
        let (knock, _knocks) = sync_channel(1);
        let root = PathBuf::from("/desk/paper");
        Ear { root, knock, uncertain: Arc::default() }.concern(&Path::new("/desk/paper").join(path))
    }

    #[test]
    fn only_what_a_build_reads_is_of_concern() {
        assert!(concern("content/news/a.md") == Concern::Build);
        assert!(concern("site.yaml") == Concern::Build);
        assert!(concern("themes") == Concern::Folders);
        for path in
            ["", "public/index.html", ".byline/lock", "content/.a.md.swp", "notes.txt", "/desk/other/content/a.md"]
        {
            assert!(concern(path) == Concern::None, "{path}");
        }
    }

    #[test]
    fn that_a_file_was_read_is_no_change() {
        assert!(!is_change(&EventKind::Access(AccessKind::Read)));
        assert!(is_change(&EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(is_change(&EventKind::Any));
    }

    #[test]
    fn changes_are_found_by_looking_where_the_system_does_not_tell_of_them() {
        let site = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(site.path()).expect("its path");
        fs::create_dir(root.join("content")).expect("a folder");
        let file = root.join("content/a.md");
        fs::write(&file, "one").expect("a file");
        let mut watch = Watch::with(&root, |ear| by_looking(ear, Duration::from_millis(50))).expect("a watch");
        let (sender, woken) = channel();
        thread::spawn(move || {
            loop {
                watch.wait(None);
                if sender.send(()).is_err() {
                    return;
                }
            }
        });
        for text in ["two", "six"] {
            fs::write(&file, text).expect("a file");
            woken.recv_timeout(LIMIT).expect("the change is found");
        }
    }

    #[test]
    fn what_is_due_already_is_not_waited_for() {
        let site = tempfile::tempdir().expect("a folder");
        let mut watch = Watch::begin(site.path()).expect("a watch");
        watch.wait(Some(0));
    }
}
