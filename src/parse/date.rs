//! Dates as articles give them: in front matter, strictly, and in plain text, as newspapers print them.

mod names;
mod printed;
mod scan;
#[cfg(test)]
mod tests;

use jiff::civil;
use jiff::tz::Offset;

use crate::model::date::{Moment, Zone};

pub use printed::{DateNote, is_undecided, printed_date};

/// Reads a date of front matter: `2017-10-26`, `2017-10-26 12:54`, with or without seconds and a numeric offset, or RFC 3339.
/// Without an offset the time is the zone's own; a day alone stays a day.
///
/// # Errors
/// What is wrong, as a sentence without a final stop that quotes the part not understood.
pub fn front_matter_date(text: &str, zone: &Zone) -> Result<Moment, String> {
    let text = text.trim();
    let unreadable = |part: &str| format!("`{}` is not a date{}", shown(text), quoted_part(text, part));
    let (date, rest) = take_day(text).ok_or_else(|| unreadable(text))?;
    let date = civil_day(date)?;
    if rest.is_empty() {
        return moment_of_day(date, zone);
    }
    let clock = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start());
    if clock.len() == rest.len() {
        return Err(unreadable(rest));
    }
    let (time, rest) = take_clock(clock).ok_or_else(|| unreadable(clock))?;
    let time = civil_time(time)?;
    match rest.trim_start() {
        "" => moment_of_time(date.to_datetime(time), None, zone),
        rest => {
            let offset = numeric_offset(rest).ok_or_else(|| unreadable(rest))?;
            moment_of_time(date.to_datetime(time), Some(offset), zone)
        }
    }
}

/// A quotation short enough for a message.
fn shown(text: &str) -> String {
    const LIMIT: usize = 60;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Names the part that was not understood, where it is not the whole.
fn quoted_part(whole: &str, part: &str) -> String {
    if part.len() == whole.len() { String::new() } else { format!(": `{}` is not understood", shown(part.trim())) }
}

/// Year, month and day as written; not yet known to exist.
type Ymd = (u32, u32, u32);

/// Hour, minute and second as written; not yet known to exist.
type Hms = (u32, u32, u32);

/// Digits at the start of a text, between `min` and `max` of them, and what follows.
fn take_number(text: &str, min: usize, max: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(min..=max).contains(&length) {
        return None;
    }
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// `2017-10-26` at the start of a text.
fn take_day(text: &str) -> Option<(Ymd, &str)> {
    let (year, rest) = take_number(text, 4, 4)?;
    let (month, rest) = take_number(rest.strip_prefix('-')?, 1, 2)?;
    let (day, rest) = take_number(rest.strip_prefix('-')?, 1, 2)?;
    Some(((year, month, day), rest))
}

/// `12:54`, `12:54:30` or `12:54:30.5` at the start of a text; the fraction is passed over.
fn take_clock(text: &str) -> Option<(Hms, &str)> {
    let (hour, rest) = take_number(text, 1, 2)?;
    let (minute, rest) = take_number(rest.strip_prefix(':')?, 2, 2)?;
    let Some(seconds) = rest.strip_prefix(':') else { return Some(((hour, minute, 0), rest)) };
    let (second, rest) = take_number(seconds, 2, 2)?;
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if after.len() == fraction.len() {
                return None;
            }
            after
        }
        None => rest,
    };
    Some(((hour, minute, second), rest))
}

/// `Z`, `+08:00`, `+0800` or `+08`, as seconds east of UTC.
fn numeric_offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The day, if the calendar has it.
fn civil_day((year, month, day): Ymd) -> Result<civil::Date, String> {
    if !(1..=12).contains(&month) {
        return Err(format!("there is no month {month}"));
    }
    let out_of_range = || format!("the year {year} is out of range");
    let first = civil::Date::new(i16::try_from(year).map_err(|_| out_of_range())?, month as i8, 1)
        .map_err(|_| out_of_range())?;
    let days = u32::from(first.days_in_month().unsigned_abs());
    let name = names::MONTHS[month as usize - 1];
    match day {
        0 => Err(format!("{name} has no day 0")),
        day if day > days && month == 2 => Err(format!("{name} {year} has {days} days, not {day}")),
        day if day > days => Err(format!("{name} has {days} days, not {day}")),
        day => civil::Date::new(first.year(), first.month(), day as i8).map_err(|_| out_of_range()),
    }
}

/// The time of day, if the clock has it. A leap second counts as the second before it.
fn civil_time((hour, minute, second): Hms) -> Result<civil::Time, String> {
    if hour > 23 {
        return Err(format!("the day has no hour {hour}: hours go from 0 to 23"));
    }
    if minute > 59 {
        return Err(format!("the hour has no minute {minute}"));
    }
    if second > 60 {
        return Err(format!("the minute has no second {second}"));
    }
    civil::Time::new(hour as i8, minute as i8, second.min(59) as i8, 0)
        .map_err(|_| format!("{hour}:{minute:02} is no time of day"))
}

fn moment_of_day(date: civil::Date, zone: &Zone) -> Result<Moment, String> {
    Moment::day(date, &zone.rules).ok_or_else(|| format!("the year {} is out of range", date.year()))
}

/// A local time in the zone, or, with an offset (seconds east of UTC), an instant seen from it.
fn moment_of_time(time: civil::DateTime, offset: Option<i32>, zone: &Zone) -> Result<Moment, String> {
    let moment = match offset {
        None => Moment::local(time, &zone.rules),
        Some(seconds) => Offset::from_seconds(seconds)
            .and_then(|offset| offset.to_timestamp(time))
            .ok()
            .map(|instant| Moment::instant(instant, &zone.rules)),
    };
    moment.ok_or_else(|| format!("the year {} is out of range", time.year()))
}
