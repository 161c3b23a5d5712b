//! Calendars: what dates are called, and the days of a year with what was published on each.

use jiff::civil::{Date, date};

use super::Desk;
use crate::model::path::Url;
use crate::model::site::Day;
use crate::model::view::listing::{CalendarDay, CalendarMonth, CalendarYear};

/// What a date is called.
pub(super) type Name<'a> = dyn Fn(Date) -> String + 'a;

/// How many levels tell a busy day from a quiet one.
const LEVELS: usize = 4;

/// A year that has articles.
pub(super) fn year(desk: &Desk, year: i16) -> CalendarYear {
    let days = &desk.site.days;
    let start = days.partition_point(|day| day.date.year() < year);
    let own = &days[start..days.partition_point(|day| day.date.year() <= year)];
    let busiest = own.iter().map(|day| day.articles.len()).max().unwrap_or(1);
    let first = date(year, 1, 1);
    CalendarYear {
        name: named(desk, "date_year")(first),
        url: desk.href(&Url::of_year(first)),
        months: (1..=12).map(|number| month(desk, own, date(year, number, 1), busiest)).collect(),
    }
}

fn month(desk: &Desk, days: &[Day], first: Date, busiest: usize) -> CalendarMonth {
    let lead = first.weekday().to_monday_zero_offset();
    let day = |number: i8| {
        let date = date(first.year(), first.month(), number);
        let found = days.binary_search_by_key(&date, |day| day.date).ok().map(|at| &days[at]);
        let count = found.map_or(0, |day| day.articles.len());
        CalendarDay {
            day: number,
            column: (lead + number - 1) % 7,
            week: (lead + number - 1) / 7,
            machine: date.to_string(),
            count,
            // By their roots: one busy day must not make all others look alike.
            level: (count.isqrt() * LEVELS).div_ceil(busiest.isqrt()),
            url: found.map(|_| desk.href(&Url::of_day(date))),
        }
    };
    let all: Vec<CalendarDay> = (1..=first.days_in_month()).map(day).collect();
    CalendarMonth {
        name: named(desk, "date_month_alone")(first),
        url: all.iter().any(|day| day.url.is_some()).then(|| desk.href(&Url::of_month(first))),
        weeks: (lead + first.days_in_month() + 6) / 7,
        days: all,
    }
}

/// What a date is called in the site's language, by the pattern of a key.
pub(super) fn named<'a>(desk: &'a Desk, pattern: &'a str) -> Box<Name<'a>> {
    Box::new(move |date| desk.strings().date(pattern, date.at(0, 0, 0, 0)))
}
