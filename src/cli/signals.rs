//! Interrupts and requests to end: they are noted, and the build ends where it can do so tidily.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

/// What the process was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals(Arc<AtomicU8>);

impl Signals {
    /// Listens from now on. Where that is not possible, a signal ends the process at once, which harms nothing: the next build
    /// clears up.
    pub fn listen() -> Self {
        let signals = Self::default();
        let heard = signals.0.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return signals };
        let first = {
            let _within = runtime.enter();
            first()
        };
        if let Ok(first) = first {
            let note = move || heard.store(runtime.block_on(first), Ordering::Relaxed);
            // Without a thread to spare the build itself fails.
            let _ = thread::Builder::new().name("signals".to_owned()).spawn(note);
        }
        signals
    }

    /// The number of the signal that came.
    pub fn received(&self) -> Option<u8> {
        Some(self.0.load(Ordering::Relaxed)).filter(|number| *number != 0)
    }
}

/// The first interrupt (2) or request to end (15).
#[cfg(unix)]
fn first() -> io::Result<impl Future<Output = u8> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut end) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => 2,
            _ = end.recv() => 15,
        }
    })
}

/// The first interrupt (2).
#[cfg(not(unix))]
fn first() -> io::Result<impl Future<Output = u8> + Send> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        2
    })
}
