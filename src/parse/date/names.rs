//! The words of printed dates: months, weekdays, and abbreviations of time zones.

use jiff::civil::Weekday;

/// The months, in order.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Whether a lower-case word is a name, or its first three letters or more.
fn abbreviates(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.to_ascii_lowercase().starts_with(word)
}

/// The month (from 1) that a lower-case word names: `oct`, `sept`, `october`.
pub(super) fn month(word: &str) -> Option<u32> {
    MONTHS.iter().zip(1..).find(|(name, _)| abbreviates(word, name)).map(|(_, number)| number)
}

/// The weekday that a lower-case word names: `thu`, `thurs`, `thursday`.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = if word == "weds" { "wed" } else { word };
    WEEKDAYS.iter().find(|(name, _)| abbreviates(word, name)).map(|(_, day)| *day)
}

/// A weekday's English name.
pub(super) fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, known)| *known == day).map_or("", |(name, _)| *name)
}

/// Abbreviations of time zones as newspapers print them, with every offset from UTC (in minutes) that each stands for
/// somewhere. Many zones have no abbreviation in the IANA database, so that agreement has to be judged by offset too.
const ZONES: &[(&str, &[i32])] = &[
    ("utc", &[0]),
    ("gmt", &[0]),
    ("ut", &[0]),
    ("z", &[0]),
    ("wet", &[0]),
    ("west", &[60]),
    ("bst", &[60, 360]),
    ("ist", &[330, 60, 120]),
    ("cet", &[60]),
    ("cest", &[120]),
    ("met", &[60]),
    ("mest", &[120]),
    ("eet", &[120]),
    ("eest", &[180]),
    ("msk", &[180]),
    ("trt", &[180]),
    ("idt", &[180]),
    ("wat", &[60]),
    ("cat", &[120]),
    ("sast", &[120]),
    ("eat", &[180]),
    ("ast", &[-240, 180]),
    ("adt", &[-180]),
    ("irst", &[210]),
    ("gst", &[240]),
    ("aft", &[270]),
    ("pkt", &[300]),
    ("uzt", &[300]),
    ("slst", &[330]),
    ("npt", &[345]),
    ("bdt", &[360]),
    ("mmt", &[390]),
    ("ict", &[420]),
    ("wib", &[420]),
    ("wita", &[480]),
    ("wit", &[540]),
    ("hkt", &[480]),
    ("hkst", &[540]),
    ("sgt", &[480]),
    ("myt", &[480]),
    ("pht", &[480]),
    ("awst", &[480]),
    ("jst", &[540]),
    ("kst", &[540]),
    ("acst", &[570]),
    ("acdt", &[630]),
    ("aest", &[600]),
    ("aedt", &[660]),
    ("nzst", &[720]),
    ("nzdt", &[780]),
    ("nst", &[-210]),
    ("ndt", &[-150]),
    ("est", &[-300]),
    ("edt", &[-240]),
    ("et", &[-300, -240]),
    ("cst", &[-360, 480, -300]),
    ("cdt", &[-300]),
    ("ct", &[-360, -300]),
    ("mst", &[-420]),
    ("mdt", &[-360]),
    ("mt", &[-420, -360]),
    ("pst", &[-480, 480]),
    ("pdt", &[-420]),
    ("pt", &[-480, -420]),
    ("akst", &[-540]),
    ("akdt", &[-480]),
    ("hst", &[-600]),
    ("brt", &[-180]),
    ("art", &[-180]),
    ("clt", &[-240]),
    ("clst", &[-180]),
    ("cot", &[-300]),
    ("pet", &[-300]),
];

/// The offsets, in minutes east of UTC, that a lower-case abbreviation stands for; `None` where it is not known.
pub(super) fn zone_offsets(word: &str) -> Option<&'static [i32]> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, offsets)| *offsets)
}

/// Whether a lower-case abbreviation means UTC itself.
pub(super) fn is_utc(word: &str) -> bool {
    matches!(word, "utc" | "gmt" | "ut" | "z")
}
