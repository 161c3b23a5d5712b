//! Numbers as people read them.

/// `1 page`, `20,214 pages`
pub fn count(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// `20,214`
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `0.41 s`, `12.3 s`, `2 min 5 s`
pub fn duration(ms: u64) -> String {
    match ms {
        0..10_000 => format!("{}.{:02} s", ms / 1000, ms % 1000 / 10),
        10_000..60_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1000),
    }
}

/// `512 bytes`, `12.3 KB`, `4.5 MB`
pub fn bytes(n: u64) -> String {
    match n {
        0..1000 => count(usize::try_from(n).unwrap_or(0), "byte"),
        1000..1_000_000 => format!("{}.{} KB", n / 1000, n % 1000 / 100),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (n, text) in cases {
            assert_eq!(thousands(n), text);
        }
        assert_eq!(count(1, "page"), "1 page");
    }

    #[test]
    fn durations_are_as_exact_as_they_are_short() {
        let cases = [(7, "0.00 s"), (412, "0.41 s"), (12_345, "12.3 s"), (125_000, "2 min 5 s")];
        for (ms, text) in cases {
            assert_eq!(duration(ms), text);
        }
    }

    #[test]
    fn sizes_are_as_exact_as_they_are_small() {
        let cases = [(1, "1 byte"), (999, "999 bytes"), (12_345, "12.3 KB"), (4_560_000, "4.5 MB")];
        for (n, text) in cases {
            assert_eq!(bytes(n), text);
        }
    }
}
