//! The sitemap is cut where the protocol asks for it.

use super::*;

/// Where a list of short addresses is cut, if each begins with so many bytes of the base URL.
fn parts(count: usize, length: usize) -> Vec<(usize, usize)> {
    let base = Base::parse(&format!("https://paper.example/{}", "a".repeat(length))).expect("a base");
    let url = |number: usize| Url::from_decoded(&format!("{number}/")).expect("an address");
    let day = Moment::day(jiff::civil::date(2020, 1, 1), &jiff::tz::TimeZone::UTC);
    let addresses: Vec<_> = (0..count).map(|number| (url(number), day)).collect();
    sitemap_parts(&addresses, &base).into_iter().map(|part| (part.start, part.end)).collect()
}

#[test]
fn a_sitemap_holds_fifty_thousand_addresses() {
    assert_eq!(parts(0, 0), [(0, 0)]);
    assert_eq!(parts(50_000, 0), [(0, 50_000)]);
    assert_eq!(parts(50_001, 0), [(0, 50_000), (50_000, 50_001)]);
    assert_eq!(parts(100_000, 0), [(0, 50_000), (50_000, 100_000)]);
}

#[test]
fn a_sitemap_stays_below_its_bytes() {
    let parts = parts(1_200, 100_000);
    assert_eq!((parts[0].0, parts[parts.len() - 1].1), (0, 1_200));
    assert!(parts.windows(2).all(|pair| pair[0].1 == pair[1].0));
    assert!(parts.iter().all(|(start, end)| (end - start) * 100_000 < SITEMAP_BYTES), "{parts:?}");
    assert_eq!(parts.len(), 3);
}
