//! Dates as other generators write them, to those that Byline reads.

use crate::model::date::{Moment, Zone};
use crate::parse::date::{front_matter_date, printed_date};

/// A date in a form that front matter may have, and the moment that it is. `None` where nobody could say which one is meant;
/// the year 1, by which some generators say that there is no date, is none either.
pub fn read(text: &str, zone: &Zone) -> Option<(String, Moment)> {
    let text = text.trim();
    let known = |text: &str| front_matter_date(text, zone).ok().map(|moment| (text.to_owned(), moment));
    let found = known(text).or_else(|| known(&rewritten(text))).or_else(|| {
        let (moment, _) = printed_date(text, zone, None).ok()?;
        Some((moment.machine(), moment))
    });
    found.filter(|(_, moment)| moment.date().year() > 1)
}

/// The commonest other spellings, in that of RFC 3339: slashes or dots between the numbers, a name beside the offset, no
/// separators at all, a clock of twelve hours.
fn rewritten(text: &str) -> String {
    let mut text = text.trim_end_matches(" UTC").to_owned();
    for name in [" GMT", "UTC", "GMT"] {
        if let Some(bare) = text.strip_suffix(name).filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit())) {
            text = format!("{bare}Z");
        }
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    }
    let day = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b'-')).count();
    let (day, clock) = text.split_at(day);
    let day = day.replace(['/', '.'], "-");
    format!("{day}{}", of_24_hours(clock).unwrap_or_else(|| clock.to_owned()))
}

/// A date whose numbers begin with the month, `06-10-2022 11:00`, as `2022-06-10 11:00`. Where the first number cannot be a month,
/// the second one is.
pub fn month_first(text: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '.' | '-'))).unwrap_or(text.len());
    let mut parts = text[..end].split(['/', '.', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (one, other): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = if one > 12 { (other, one) } else { (one, other) };
    (year.len() == 4 && parts.next().is_none()).then(|| format!("{year}-{month:02}-{day:02}{}", &text[end..]))
}

/// ` 10:05 PM` as ` 22:05`.
fn of_24_hours(clock: &str) -> Option<String> {
    let lower = clock.trim().to_ascii_lowercase();
    let (time, afternoon) = lower
        .strip_suffix("pm")
        .map(|time| (time, true))
        .or_else(|| lower.strip_suffix("am").map(|time| (time, false)))?;
    let (hour, rest) = time.trim().split_once(':')?;
    let hour: u32 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    Some(format!(" {:02}:{rest}", hour % 12 + if afternoon { 12 } else { 0 }))
}

/// The day that a name begins with, and what follows it: `2017-10-26-ferry` is that day and `ferry`.
pub fn day_prefix(name: &str) -> Option<(&str, &str)> {
    let day = name.get(..10)?;
    let bytes = day.as_bytes();
    let digits = bytes
        .iter()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    let exists = digits && front_matter_date(day, &Zone::utc()).is_ok();
    let rest = name.get(10..).unwrap_or("");
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(['-', '_', ' '])? };
    exists.then_some((day, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_generators_are_understood() {
        let cases = [
            ("2017-10-26", "2017-10-26"),
            ("2017/10/26 12:54", "2017-10-26T12:54:00Z"),
            ("2017-10-26 12:54:00 +0000 UTC", "2017-10-26T12:54:00Z"),
            ("2017-10-26 10:05 PM", "2017-10-26T22:05:00Z"),
            ("2017-10-26 12:05 AM", "2017-10-26T00:05:00Z"),
            ("20171026", "2017-10-26"),
            ("2017.10.26", "2017-10-26"),
            ("2017-10-26T12:54:00.000Z", "2017-10-26T12:54:00Z"),
            ("Oct 26, 2017", "2017-10-26"),
            ("Thu, 26 Oct 2017 12:54:00 +0100", "2017-10-26T11:54:00Z"),
            ("2017-10-26 12:54 GMT", "2017-10-26T12:54:00Z"),
        ];
        for (text, machine) in cases {
            let (written, moment) = read(text, &Zone::utc()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(moment.machine(), machine, "{text}");
            assert!(front_matter_date(&written, &Zone::utc()).is_ok(), "{written}");
        }
        for text in ["", "soon", "0001-01-01T00:00:00Z", "2017-13-45", "26/10/2017"] {
            assert!(read(text, &Zone::utc()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_month_may_come_first() {
        let cases = [
            ("06-10-2022 11:00", Some("2022-06-10 11:00")),
            ("26/10/2017", Some("2017-10-26")),
            ("5.6.2017", Some("2017-05-06")),
            ("2017-10-26", None),
            ("1-2-3-2017", None),
            ("Oct 26, 2017", None),
        ];
        for (text, read) in cases {
            assert_eq!(month_first(text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn a_name_may_begin_with_a_day() {
        assert_eq!(day_prefix("2017-10-26-ferry"), Some(("2017-10-26", "ferry")));
        assert_eq!(day_prefix("2017-10-26"), Some(("2017-10-26", "")));
        assert_eq!(day_prefix("2017-10-26th"), None);
        assert_eq!(day_prefix("2017-13-26-x"), None);
        assert_eq!(day_prefix("ü017-10-26-x"), None);
    }
}
