//! The pages that a build renders, in the making: taken from many threads, kept as small as they can be.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{number, short};
use crate::model::digest::Digest;
use crate::model::path::OutPath;

/// What stood in a page's place before it was rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing that a build had written.
    Nothing,
    /// A file that someone else had changed or removed.
    Changed,
    /// A file that was not to be made use of.
    Unused,
    /// A file that a build had made, under this key.
    Page(Digest),
}

/// One page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub path: u64,
    pub key: u32,
    /// The first bytes of the key that its file had before.
    pub old_key: u32,
    /// Where its checks begin.
    pub start: u32,
    pub shape: u16,
    pub before: Was,
}

/// [`Before`], without the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Was {
    Nothing,
    Changed,
    Unused,
    Page,
}

/// What was rendered.
#[derive(Debug, Default)]
pub struct Made(Mutex<All>);

#[derive(Debug, Default)]
pub(super) struct All {
    pub pages: Vec<Page>,
    pub checks: Vec<u16>,
    pub shapes: Shapes,
}

/// Shapes by number.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub list: Vec<String>,
    /// How many fields each has.
    counts: Vec<usize>,
    index: BTreeMap<String, u16>,
}

impl Shapes {
    /// The number of a shape; `None` if there are too many.
    pub fn number(&mut self, shape: &str) -> Option<u16> {
        if let Some(number) = self.index.get(shape) {
            return Some(*number);
        }
        let number = u16::try_from(self.list.len()).ok()?;
        self.counts.push(shape.lines().count().saturating_sub(1));
        self.list.push(shape.to_owned());
        self.index.insert(shape.to_owned(), number);
        Some(number)
    }
}

impl Made {
    /// Takes a page: where it goes, its key, what stood there, its template and the names of its view's fields, each with a line
    /// break after it, and a check for each field.
    pub fn take(&self, path: &OutPath, key: Digest, before: Before, shape: &str, checks: &[u16]) {
        let path = number(path);
        let mut guard = self.all();
        let all = &mut *guard;
        let (Some(shape), Ok(start)) = (all.shapes.number(shape), u32::try_from(all.checks.len())) else { return };
        let (before, old_key) = match before {
            Before::Nothing => (Was::Nothing, 0),
            Before::Changed => (Was::Changed, 0),
            Before::Unused => (Was::Unused, 0),
            Before::Page(key) => (Was::Page, short(key)),
        };
        all.pages.push(Page { path, key: short(key), old_key, start, shape, before });
        all.checks.extend_from_slice(checks);
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of them.
    pub(super) fn finish(self) -> All {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    /// The checks of a page.
    pub fn checks(&self, page: &Page) -> &[u16] {
        let count = self.shapes.counts[usize::from(page.shape)];
        self.checks.get(page.start as usize..).and_then(|checks| checks.get(..count)).unwrap_or_default()
    }
}
