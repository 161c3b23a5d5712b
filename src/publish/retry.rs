//! Once more, after a pause: what fails on the way to a host may well succeed a moment later.

use std::thread;
use std::time::Duration;

use super::mirror::wanted;
use super::trouble::Trouble;
use crate::pipeline::Observer;

/// The pauses between attempts.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_millis(600), Duration::from_millis(1800), Duration::from_millis(5400)];

/// How often it is looked, within a pause, whether all is called off.
const TICK: Duration = Duration::from_millis(100);

/// How an attempt failed.
pub enum Attempt {
    /// Another one may succeed.
    Again(Trouble),
    /// No other one will.
    Never(Trouble),
}

/// Tries until it succeeds, cannot succeed, or has failed too often.
///
/// # Errors
/// How the last attempt failed.
pub fn persist<T>(
    observer: Option<&dyn Observer>,
    mut attempt: impl FnMut() -> Result<T, Attempt>,
) -> Result<T, Trouble> {
    for pause in PAUSES {
        match attempt() {
            Ok(value) => return Ok(value),
            Err(Attempt::Never(trouble)) => return Err(trouble),
            Err(Attempt::Again(_)) => rest(pause, observer)?,
        }
    }
    attempt().map_err(|(Attempt::Again(trouble) | Attempt::Never(trouble))| trouble)
}

fn rest(pause: Duration, observer: Option<&dyn Observer>) -> Result<(), Trouble> {
    let mut left = pause;
    while !left.is_zero() {
        observer.map_or(Ok(()), wanted)?;
        let tick = left.min(TICK);
        thread::sleep(tick);
        left -= tick;
    }
    Ok(())
}
