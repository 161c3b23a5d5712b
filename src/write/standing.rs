//! Whether an output stands just as a certain build left it, found out without listing it.

use std::path::Path;

use rayon::prelude::*;

use super::inventory::State;
use super::lock::Lock;
use super::manifest::{self, Found, Row};
use super::place::Place;
use super::refusal::Refusal;
use super::survey::examine;
use crate::model::digest::Digest;
use crate::model::path::OutPath;

/// Whether the output's manifest is the one of this digest, and every file in it looks as it says, with nothing left of
/// a build that was cut short. Files of others are not looked for.
///
/// # Errors
/// Another build is running, the folder is no place for an output, or the machine failed.
pub fn stands(site_root: &Path, output: &Path, manifest: Digest) -> Result<bool, Refusal> {
    let mut lock = Lock::take(site_root)?;
    let place = Place::find(site_root, output)?;
    if !place.exists {
        return Ok(false);
    }
    if !lock.hold(&place.output)? {
        return Ok(false);
    }
    // A build that was cut short left them: a change to be completed, or prepared files to be cleared away.
    if [place.journal(), place.staging.clone()].iter().any(|left| left.symlink_metadata().is_ok()) {
        return Ok(false);
    }
    let Found::Known(found) = manifest::load(&place.manifest())? else { return Ok(false) };
    let same = |(path, row): &(OutPath, Row)| {
        let standing = examine(&place.output.join(path.as_str()), *row, found.written);
        standing.state == State::Intact && standing.row == *row
    };
    Ok(found.digest == manifest && found.rows.par_iter().all(same))
}
