//! A reader who asks for pages and what they need, again and again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::paper::Files;

/// Reads while something is done; gives how many assets were asked for. A page that is there, and whose stylesheet or picture is
/// not, fails the test.
pub fn reading(get: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync, work: impl FnOnce()) -> usize {
    rounds(|| round(&get), work)
}

/// The same for a reader who takes the whole site at each look. There is a front page in each.
pub fn looking(take: impl Fn() -> Files + Send + Sync, work: impl FnOnce()) -> usize {
    let look = || {
        let files = take();
        assert!(files.contains_key("index.html"), "a site without a front page");
        round(&|path: &str| files.get(path).cloned())
    };
    rounds(look, work)
}

fn rounds(round: impl Fn() -> usize + Send + Sync, work: impl FnOnce()) -> usize {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut met = 0;
            while !done.load(Ordering::Relaxed) || met == 0 {
                met += round();
            }
            met
        });
        // Whatever becomes of the work, the reader ends.
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        done.store(true, Ordering::Relaxed);
        let met = reader.join();
        ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        met.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn round(get: &impl Fn(&str) -> Option<Vec<u8>>) -> usize {
    let mut met = 0;
    let mut pages = vec!["index.html".to_owned()];
    let mut known = 0;
    while known < pages.len() && known < 30 {
        let page = pages[known].clone();
        known += 1;
        let Some(bytes) = get(&page) else { continue };
        let text = String::from_utf8(bytes).expect("a page is whole");
        for address in addresses(&text, &page) {
            match address.rsplit('.').next() {
                Some("css" | "svg" | "js") => {
                    met += 1;
                    assert!(get(&address).is_some(), "{page} is there, and its {address} is not");
                }
                Some("html") if !pages.contains(&address) => pages.push(address),
                _ => {}
            }
        }
    }
    met
}

/// The files of the site that a page names.
fn addresses(text: &str, page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split("href=\"").skip(1).chain(text.split("src=\"").skip(1)) {
        let address = part.split('"').next().unwrap_or_default();
        let Some(path) = address.strip_prefix('/') else { continue };
        let path = path.split('#').next().unwrap_or_default();
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if path != page {
            found.push(path);
        }
    }
    found
}
