//! The watchdog: a template's loop without an end cannot be interrupted, so the work goes on a thread of its own, and whoever
//! waits for it gives up once one step has taken too long. The thread is left behind: the process has to end soon after.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Observer;

/// How often the steps under way are looked at.
const PULSE: Duration = Duration::from_millis(50);

/// The steps under way, each with its beginning, and how many are done.
#[derive(Default)]
pub struct Clock {
    under_way: Mutex<BTreeMap<usize, Instant>>,
    done: AtomicUsize,
}

impl Clock {
    /// Does one step, known by its number.
    pub fn step<T>(&self, number: usize, work: impl FnOnce() -> T) -> T {
        self.under_way().insert(number, Instant::now());
        let value = work();
        self.under_way().remove(&number);
        self.done.fetch_add(1, Ordering::Relaxed);
        value
    }

    /// The first step that has been under way for longer than this.
    fn overdue(&self, limit: Duration) -> Option<usize> {
        self.under_way().iter().find(|(_, start)| start.elapsed() > limit).map(|(number, _)| *number)
    }

    fn under_way(&self) -> MutexGuard<'_, BTreeMap<usize, Instant>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why work did not come to its end.
pub enum Lost {
    /// The step of this number takes too long. Its thread still runs.
    Stuck(usize),
    /// The thread ended without a result.
    Ended,
    /// It is not wanted any more. Its thread still runs.
    CalledOff,
}

/// Does work whose steps each may take so long, until it is done or the observer calls it off; each step done is told to it.
///
/// # Errors
/// A step took longer, the thread ended without a result, or the work was called off.
pub fn watch<T: Send + 'static>(
    clock: &Arc<Clock>,
    limit: Duration,
    observer: &dyn Observer,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Lost> {
    let (send, receive) = channel();
    // If nobody waits any more, the result is not wanted.
    let worker = thread::Builder::new().name("render".to_owned()).spawn(move || drop(send.send(work())));
    if worker.is_err() {
        return Err(Lost::Ended);
    }
    let mut told = 0;
    loop {
        let end = receive.recv_timeout(PULSE.min(limit));
        let done = clock.done.load(Ordering::Relaxed);
        (told..done).for_each(|_| observer.step());
        told = done;
        match end {
            Ok(value) => return Ok(value),
            Err(RecvTimeoutError::Disconnected) => return Err(Lost::Ended),
            Err(RecvTimeoutError::Timeout) if observer.called_off() => return Err(Lost::CalledOff),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(number) = clock.overdue(limit) {
                    return Err(Lost::Stuck(number));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unobserved;
    use super::*;

    /// Counts the steps; calls the work off if told to.
    struct Counter(AtomicUsize, bool);

    impl Observer for Counter {
        fn begin(&self, _: &'static str, _: usize) {}

        fn step(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn called_off(&self) -> bool {
            self.1
        }
    }

    #[test]
    fn a_step_without_an_end_is_given_up_and_named() {
        let clock = Arc::new(Clock::default());
        let own = clock.clone();
        let end = watch(&clock, Duration::from_millis(20), &Unobserved, move || {
            own.step(3, || ());
            own.step(7, thread::park)
        });
        assert!(matches!(end, Err(Lost::Stuck(7))));
    }

    #[test]
    fn what_ends_in_time_gives_its_value_and_a_tick_for_each_step() {
        let clock = Arc::new(Clock::default());
        let (own, counter) = (clock.clone(), Counter(AtomicUsize::new(0), false));
        let work = move || (0..5).map(|n| own.step(n, || n)).sum::<usize>();
        let end = watch(&clock, Duration::from_secs(3600), &counter, work);
        assert!(matches!(end, Ok(10)));
        assert_eq!(counter.0.into_inner(), 5);
    }

    #[test]
    fn what_is_called_off_is_not_waited_for() {
        let clock = Arc::new(Clock::default());
        let end = watch(&clock, Duration::from_secs(3600), &Counter(AtomicUsize::new(0), true), thread::park);
        assert!(matches!(end, Err(Lost::CalledOff)));
    }
}
