//! Releases: folders that hold a whole site each, and a link that tells which of them readers see. Pure: names and choices.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The folder of the releases, at the target.
pub const FOLDER: &str = "releases";

/// The link to the release that readers see: a server's document root.
pub const CURRENT: &str = "current";

/// What a release is called while it is being filled.
pub const UNFINISHED: &str = ".new";

/// The name of a new release: the time, and a number where another one was made within the same second.
pub fn name(now: Timestamp, existing: &[String]) -> String {
    let time = now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    let newest = existing.iter().filter(|name| is_release(name)).max();
    match newest {
        // A clock that was set back must not make a new release look older than the ones before it.
        Some(newest) if *newest >= time => {
            let (stem, number) = newest.split_once('-').unwrap_or((newest, "0001"));
            format!("{stem}-{:04}", number.parse::<u32>().unwrap_or(1) + 1)
        }
        _ => time,
    }
}

/// Whether a folder's name is that of a release.
pub fn is_release(name: &str) -> bool {
    let (time, number) = name.split_once('-').unwrap_or((name, "1"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    time.len() == 16
        && digits(&time[..8])
        && &time[8..9] == "T"
        && digits(&time[9..15])
        && time.ends_with('Z')
        && digits(number)
}

/// Which releases go once `new` is what readers see: those that were gone back from, and the oldest beyond `keep`.
pub fn outdated(existing: &[String], before: Option<&str>, new: &str, keep: usize) -> Vec<String> {
    let mut releases: Vec<&String> = existing.iter().filter(|name| is_release(name) && *name != new).collect();
    releases.sort_unstable_by(|a, b| b.cmp(a));
    let (mut outdated, kept): (Vec<&String>, Vec<&String>) =
        releases.into_iter().partition(|name| before.is_some_and(|before| name.as_str() > before));
    outdated.extend(kept.into_iter().skip(keep.saturating_sub(1)));
    outdated.into_iter().cloned().collect()
}

/// The release before the one that readers see.
pub fn before(existing: &[String], current: &str) -> Option<String> {
    existing.iter().filter(|name| is_release(name) && name.as_str() < current).max().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_grow_even_if_the_clock_does_not() {
        let now: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let first = name(now, &[]);
        assert_eq!(first, "20260301T100000Z");
        let second = name(now, std::slice::from_ref(&first));
        assert_eq!(second, "20260301T100000Z-0002");
        assert_eq!(name(now, &[first, second]), "20260301T100000Z-0003");
        let later = names(&["20270101T000000Z"]);
        assert_eq!(name(now, &later), "20270101T000000Z-0002");
        assert!(is_release("20260301T100000Z-0002") && is_release("20260301T100000Z"));
        assert!(!is_release(".new") && !is_release("20260301") && !is_release("20260301T100000Z.bak"));
    }

    #[test]
    fn the_oldest_go_and_so_do_those_that_were_gone_back_from() {
        let all = names(&["20260101T000000Z", "20260102T000000Z", "20260103T000000Z", "20260104T000000Z", "mine"]);
        let (third, fourth) = ("20260103T000000Z", "20260104T000000Z");
        assert_eq!(outdated(&all, Some(third), fourth, 2), names(&["20260102T000000Z", "20260101T000000Z"]));
        assert_eq!(outdated(&all, Some("20260101T000000Z"), fourth, 5), names(&[third, "20260102T000000Z"]));
        assert_eq!(before(&all, fourth).as_deref(), Some(third));
        assert_eq!(before(&all, "20260101T000000Z"), None);
    }
}
