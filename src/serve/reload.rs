//! Editions: each build that changed something is one, and open pages are told of it, by a script that the server puts into the
//! pages as it sends them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// Where the script is.
pub const SCRIPT_PATH: &str = "/__byline/reload.js";

/// Where the stream of events is.
pub const EVENTS_PATH: &str = "/__byline/events";

/// What goes into a page.
const TAG: &[u8] = b"<script src=\"/__byline/reload.js\" defer></script>";

/// How often a quiet stream says that it is alive, so that one whose reader is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The run of editions since the server began. Clones share it.
#[derive(Clone)]
pub struct Editions {
    /// Tells two servers apart: a page may outlive the one that sent it.
    server: u64,
    /// The number of the current edition; 0 before the first.
    current: Arc<watch::Sender<u64>>,
}

impl Editions {
    /// None has appeared yet.
    pub fn new() -> Self {
        let now = jiff::Timestamp::now().as_millisecond().unsigned_abs();
        Self { server: now, current: Arc::new(watch::Sender::new(0)) }
    }

    /// A new one appears, and all that listen are told.
    pub fn appear(&self) {
        self.current.send_modify(|number| *number += 1);
    }

    /// Whether one has appeared.
    pub fn any(&self) -> bool {
        *self.current.borrow() > 0
    }

    /// The script for pages of the current edition.
    pub fn script(&self) -> String {
        include_str!("reload.js").replace("EDITION", &self.name(*self.current.borrow()))
    }

    fn name(&self, number: u64) -> String {
        format!("{}-{number}", self.server)
    }

    /// A stream of events: first `edition`, with the name of the current one, then `reload` with that of each that appears.
    pub fn events(&self) -> Response {
        let own = self.clone();
        let mut kind = "edition";
        let events = WatchStream::new(self.current.subscribe()).map(move |number| {
            let event = Event::default().event(kind).data(own.name(number));
            kind = "reload";
            Ok::<_, Infallible>(event)
        });
        Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
    }
}

/// A page with the script in it: before the last `</body>`, or at the end of a page without one.
pub fn put_into(page: &[u8]) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let place = page.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    [&page[..place], TAG, &page[place..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_last_end_of_the_body() {
        let page = put_into(b"<p>&lt;/body></p><!-- </body> --></BODY></html>");
        let tag = String::from_utf8_lossy(TAG);
        assert_eq!(String::from_utf8_lossy(&page), format!("<p>&lt;/body></p><!-- </body> -->{tag}</BODY></html>"));
        assert_eq!(put_into(b"<p>"), [b"<p>", TAG].concat());
    }
}
