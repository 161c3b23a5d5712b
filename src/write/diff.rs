//! What has to be done to an output: pure, from what stands and what is wanted to a list of steps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::inventory::{Inventory, State};
use super::manifest::Row;
use crate::model::digest::Digest;
use crate::model::output::Stage;
use crate::model::path::OutPath;

/// A file of the site to be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Its row to be.
    pub row: Row,
    /// Whether its bytes lie in the staging folder; otherwise the output holds them already.
    pub staged: bool,
}

/// One step of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Delete a file, if it still holds this content.
    Delete(OutPath, Digest),
    /// Move a file from the staging folder to its place.
    Put(OutPath),
}

/// A change of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps, in their order.
    pub ops: Vec<Op>,
    /// Files that someone changed and that are replaced nevertheless.
    pub replaced: Vec<OutPath>,
    /// Files that the site no longer has but someone changed: they are left.
    pub left: Vec<OutPath>,
}

impl Plan {
    /// The files to be moved into place.
    pub fn puts(&self) -> impl Iterator<Item = &OutPath> {
        self.ops.iter().filter_map(|op| if let Op::Put(path) = op { Some(path) } else { None })
    }

    /// Leaves out files that need not be moved into place after all.
    pub fn forget(&mut self, paths: &[OutPath]) {
        let forgotten: HashSet<&OutPath> = paths.iter().collect();
        self.ops.retain(|op| !matches!(op, Op::Put(path) if forgotten.contains(path)));
    }

    /// The files to be deleted.
    pub fn deletes(&self) -> impl Iterator<Item = &OutPath> {
        self.ops.iter().filter_map(|op| if let Op::Delete(path, _) = op { Some(path) } else { None })
    }
}

/// Compares what stands with what is wanted beside the files that are kept. Assets come first, then pages, then what announces them; deletes come last, except
/// those that make room, and in the opposite order: no page is there without its stylesheet at any moment. Of one kind, those that
/// are new precede those that are replaced, so that what readers can reach never links to a page that is yet to come.
pub fn diff(old: &Inventory, new: &BTreeMap<OutPath, Wanted>) -> Plan {
    let staged = new.iter().filter(|(_, wanted)| wanted.staged);
    let mut puts: Vec<(Stage, bool, &OutPath)> =
        staged.map(|(path, wanted)| (wanted.row.stage, old.get(path).is_some(), path)).collect();
    puts.sort_unstable();
    let puts: Vec<&OutPath> = puts.into_iter().map(|(_, _, path)| path).collect();
    let mut plan = Plan::default();
    let mut deletes = Vec::new();
    for (path, standing) in old.others() {
        let wanted = new.get(path);
        match (standing.state, wanted) {
            (State::Changed(_), Some(wanted)) if wanted.staged => plan.replaced.push(path.clone()),
            (State::Changed(_), None) => plan.left.push(path.clone()),
            (State::Intact, None) => {
                deletes.push((Reverse(standing.row.stage), Op::Delete(path.clone(), standing.row.content)));
            }
            _ => {}
        }
    }
    deletes.sort_by_key(|(stage, _)| *stage);
    let room = Room::of(&puts);
    let (early, late): (Vec<_>, Vec<_>) =
        deletes.into_iter().map(|(_, delete)| delete).partition(|delete| room.needs(delete));
    plan.ops = early;
    plan.ops.extend(puts.into_iter().map(|path| Op::Put(path.clone())));
    plan.ops.extend(late);
    plan
}

/// The places that files to be put need empty.
struct Room<'a> {
    paths: BTreeSet<&'a str>,
    keys: HashSet<String>,
}

impl<'a> Room<'a> {
    fn of(puts: &[&'a OutPath]) -> Self {
        Self {
            paths: puts.iter().map(|path| path.as_str()).collect(),
            keys: puts.iter().map(|path| path.collision_key()).collect(),
        }
    }

    /// Whether a file has to go first: it stands where a folder is needed, or in a folder where a file is needed, or differs
    /// from a new file by letter case alone, so that on some disks a later delete would hit the new one.
    fn needs(&self, delete: &Op) -> bool {
        let Op::Delete(path, _) = delete else { return false };
        let as_folder = format!("{path}/");
        let becomes_folder =
            self.paths.range(as_folder.as_str()..).next().is_some_and(|next| next.starts_with(&as_folder));
        let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        becomes_folder
            || folders.into_iter().any(|folder| self.paths.contains(folder))
            || self.keys.contains(&path.collision_key())
    }
}

#[cfg(test)]
mod tests {
    use super::super::inventory::{Standing, State};
    use super::super::manifest::Stat;
    use super::*;

    fn path(text: &str) -> OutPath {
        OutPath::new(text).unwrap()
    }

    fn row(stage: Stage) -> Row {
        let digest = Digest::of(b"x");
        Row { key: digest, content: digest, stage, stat: Stat { size: 1, mtime: 1 } }
    }

    fn old(files: &[(&str, State)]) -> Inventory {
        let files: Vec<_> = files.iter().map(|(text, state)| (*text, *state, Stage::Page)).collect();
        staged(&files)
    }

    fn staged(files: &[(&str, State, Stage)]) -> Inventory {
        let standing =
            |(text, state, stage): &(&str, State, Stage)| (path(text), Standing { row: row(*stage), state: *state });
        Inventory::new(files.iter().map(standing).collect())
    }

    fn new(files: &[(&str, Stage, bool)]) -> BTreeMap<OutPath, Wanted> {
        files.iter().map(|(text, stage, staged)| (path(text), Wanted { row: row(*stage), staged: *staged })).collect()
    }

    fn put(text: &str) -> Op {
        Op::Put(path(text))
    }

    fn delete(text: &str) -> Op {
        Op::Delete(path(text), Digest::of(b"x"))
    }

    #[test]
    fn assets_then_pages_then_announcements_then_deletes() {
        let plan = diff(
            &old(&[("a.html", State::Intact), ("gone.html", State::Missing), ("kept.html", State::Intact)]),
            &new(&[
                ("feed.xml", Stage::Announcement, true),
                ("b.html", Stage::Page, true),
                ("kept.html", Stage::Page, false),
                ("z.css", Stage::Asset, true),
            ]),
        );
        assert_eq!(plan.ops, [put("z.css"), put("b.html"), put("feed.xml"), delete("a.html")]);
        assert_eq!((plan.replaced.len(), plan.left.len()), (0, 0));
    }

    #[test]
    fn what_is_new_comes_before_what_is_replaced_and_assets_go_after_the_pages_that_need_them() {
        let files =
            [("a.html", Stage::Page), ("b.css", Stage::Asset), ("c.html", Stage::Page), ("d.xml", Stage::Announcement)];
        let stands = staged(&files.map(|(name, stage)| (name, State::Intact, stage)));
        let wanted = new(&[("a.html", Stage::Page, true), ("z.html", Stage::Page, true)]);
        let expected = [put("z.html"), put("a.html"), delete("d.xml"), delete("c.html"), delete("b.css")];
        assert_eq!(diff(&stands, &wanted).ops, expected);
    }

    #[test]
    fn changed_files_are_replaced_if_wanted_and_left_if_not() {
        let changed = State::Changed(Some(Digest::of(b"y")));
        let plan = diff(&old(&[("a.html", changed), ("b.html", changed)]), &new(&[("a.html", Stage::Page, true)]));
        assert_eq!(plan.ops, [put("a.html")]);
        assert_eq!(plan.replaced, [path("a.html")]);
        assert_eq!(plan.left, [path("b.html")]);
    }

    #[test]
    fn deletes_that_make_room_come_first() {
        let stands =
            [("News.html", State::Intact), ("a", State::Intact), ("b/c.html", State::Intact), ("z", State::Intact)];
        let wanted = [("a/index.html", Stage::Page, true), ("b", Stage::Page, true), ("news.html", Stage::Page, true)];
        let plan = diff(&old(&stands), &new(&wanted));
        let expected = [
            delete("News.html"),
            delete("a"),
            delete("b/c.html"),
            put("a/index.html"),
            put("b"),
            put("news.html"),
            delete("z"),
        ];
        assert_eq!(plan.ops, expected);
    }

    #[test]
    fn nothing_is_done_to_what_is_kept() {
        let stands = old(&[("a", State::Intact), ("b", State::Intact)]);
        assert!(stands.keep(&path("a")));
        assert!(!stands.keep(&path("a")) && !stands.keep(&path("c")));
        assert_eq!(diff(&stands, &new(&[])).ops, [delete("b")]);
    }

    #[test]
    fn nothing_is_done_where_nothing_differs() {
        let plan = diff(&old(&[("a", State::Intact)]), &new(&[("a", Stage::Page, false)]));
        assert_eq!(plan, Plan::default());
    }
}
