//! Moments as articles state them: an instant, or a day alone, always in the site's time zone.

use std::fmt;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

/// A point in time that remembers whether its author gave a time of day. A day alone counts from the site's midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970 (Unix time).
    seconds: i64,
    /// The site's offset from UTC at that moment, in seconds.
    offset: i32,
    /// Whether only the day was given.
    day_alone: bool,
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.seconds, self.offset, self.day_alone).cmp(&(other.seconds, other.offset, other.day_alone))
    }
}

impl Moment {
    /// A day alone, from its midnight in `zone`. `None` where the day is out of range.
    pub fn day(date: civil::Date, zone: &TimeZone) -> Option<Self> {
        let zoned = date.to_zoned(zone.clone()).ok()?;
        Some(Self { day_alone: true, ..Self::of_zoned(&zoned) })
    }

    /// A local time in `zone`. `None` where it is out of range.
    pub fn local(time: civil::DateTime, zone: &TimeZone) -> Option<Self> {
        time.to_zoned(zone.clone()).ok().map(|zoned| Self::of_zoned(&zoned))
    }

    /// An instant, seen from `zone`.
    pub fn instant(instant: Timestamp, zone: &TimeZone) -> Self {
        Self::of_zoned(&instant.to_zoned(zone.clone()))
    }

    fn of_zoned(zoned: &Zoned) -> Self {
        Self { seconds: zoned.timestamp().as_second(), offset: zoned.offset().seconds(), day_alone: false }
    }

    /// Unix time in seconds.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// Whether only the day was given.
    pub fn is_day_alone(&self) -> bool {
        self.day_alone
    }

    /// The local date and time in the site's zone.
    pub fn civil(&self) -> civil::DateTime {
        // Both fields come from a valid Zoned; a damaged pair reads as the epoch rather than as a panic.
        let offset = Offset::from_seconds(self.offset).unwrap_or(Offset::UTC);
        Timestamp::from_second(self.seconds).map_or(civil::DateTime::ZERO, |instant| offset.to_datetime(instant))
    }

    /// The day in the site's zone.
    pub fn date(&self) -> civil::Date {
        self.civil().date()
    }

    /// RFC 3339 with the site's offset, whatever was given: for feeds.
    pub fn rfc3339(&self) -> String {
        let local = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second(),
            self.zone_offset()
        )
    }

    /// RFC 3339's date-time, or its full-date where only the day was given: for `datetime` attributes and schema.org.
    pub fn machine(&self) -> String {
        if self.day_alone { self.date().to_string() } else { self.rfc3339() }
    }

    /// RFC 822 (as updated by RFC 2822), for RSS.
    pub fn rfc2822(&self) -> String {
        let local = self.civil();
        let offset = self.zone_offset().replace(':', "").replace('Z', "+0000");
        let day = &local.strftime("%a, %d %b %Y %H:%M:%S").to_string();
        format!("{day} {offset}")
    }

    /// `+08:00`, or `Z` for UTC.
    pub fn zone_offset(&self) -> String {
        if self.offset == 0 {
            return "Z".to_owned();
        }
        let minutes = self.offset.abs() / 60;
        format!("{}{:02}:{:02}", if self.offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.machine())
    }
}

/// The site's time zone: its name in the IANA database, and its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// `Asia/Hong_Kong`.
    pub name: String,
    /// Its rules, from the database that is compiled in, never the machine's.
    pub rules: TimeZone,
}

impl Zone {
    /// Looks a zone up in the bundled database.
    pub fn named(name: &str) -> Option<Self> {
        let rules = if name.eq_ignore_ascii_case("utc") {
            TimeZone::UTC
        } else {
            jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?
        };
        Some(Self { name: name.to_owned(), rules })
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(serializer)
    }
}
