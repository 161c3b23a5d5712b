//! `--timings`: how long each stage of a build took.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::signals::Signals;
use crate::model::failure::Failure;
use crate::model::report::Report;
use crate::pipeline::{self, Observer, Request};

/// Notes when each stage begins.
struct Watch<'a> {
    signals: &'a Signals,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Observer for Watch<'_> {
    fn begin(&self, stage: &'static str, _: usize) {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Instant::now()));
    }

    fn step(&self) {}

    fn called_off(&self) -> bool {
        self.signals.received().is_some()
    }
}

/// Builds, and prints the stages with their times to standard error.
pub(super) fn build(request: &Request, signals: &Signals) -> (Report, Option<Failure>) {
    let watch = Watch { signals, stages: Mutex::default() };
    let end = pipeline::build(request, &watch);
    let stages = watch.stages.into_inner().unwrap_or_else(PoisonError::into_inner);
    let ends = stages.iter().skip(1).map(|(_, start)| *start).chain([Instant::now()]);
    for ((stage, start), end) in stages.iter().zip(ends) {
        eprintln!("  {stage:<14}{:>9.1} ms", (end - *start).as_secs_f64() * 1000.0);
    }
    end
}
