//! The views of date pages: the archive, years, months and days.

use std::ops::Range;

use jiff::civil::Date;

use super::calendar::{self, Name, named};
use super::{Desk, head};
use crate::model::date::Moment;
use crate::model::page::{Page, Slice};
use crate::model::path::Url;
use crate::model::site::ArticleId;
use crate::model::view::article::DateView;
use crate::model::view::head::LinkView;
use crate::model::view::listing::{DayGroup, PeriodRow};
use crate::model::view::{ArchivePage, DayPage, MonthPage, YearPage};

/// All years, newest first.
pub(super) fn archive(desk: &Desk, page: &Page) -> ArchivePage {
    let site = desk.site;
    let mut head = head::of(desk, page, "archive", desk.strings().text("archive").to_owned(), None);
    head.description = desk.strings().fill("archive_about", &[("site", &site.config.title)]);
    let series = Url::from_decoded("series/").ok().filter(|_| !site.series.is_empty());
    ArchivePage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        years: years(desk),
        calendar: site.days.last().map(|day| calendar::year(desk, day.date.year())),
        series: series.map(|url| desk.link(desk.strings().text("series"), &url)),
        taxonomies: site.taxonomies.iter().map(|taxonomy| desk.link(&taxonomy.title, &taxonomy.url)).collect(),
        query: desk.answers("archive", None),
    }
}

/// The years that have articles, newest first.
pub(super) fn years(desk: &Desk) -> Vec<PeriodRow> {
    periods(desk, 0..desk.site.days.len(), Url::of_year, &named(desk, "date_year"))
}

/// Runs of days with the same address, newest first.
fn periods(desk: &Desk, days: Range<usize>, address: fn(Date) -> Url, name: &Name) -> Vec<PeriodRow> {
    let mut rows: Vec<PeriodRow> = Vec::new();
    for day in desk.site.days[days].iter().rev() {
        let url = desk.href(&address(day.date));
        match rows.last_mut() {
            Some(row) if row.url == url => row.count += day.articles.len(),
            _ => rows.push(PeriodRow { name: name(day.date), url, count: day.articles.len() }),
        }
    }
    rows
}

/// A year: its months.
pub(super) fn year(desk: &Desk, page: &Page, days: Range<usize>) -> YearPage {
    let date = desk.site.days[days.start].date;
    let name = named(desk, "date_year");
    let mut head = head::of(desk, page, "year", name(date), None);
    head.description = about(desk, &name(date));
    YearPage {
        site: desk.site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        year: date.year(),
        months: periods(desk, days.clone(), Url::of_month, &named(desk, "date_month_alone")),
        calendar: calendar::year(desk, date.year()),
        previous: before(desk, &days, Url::of_year, &name),
        next: after(desk, &days, Url::of_year, &name),
        query: desk.answers("year", None),
    }
}

/// A month: cards by day.
pub(super) fn month(desk: &Desk, page: &Page, days: Range<usize>, slice: Slice) -> MonthPage {
    let site = desk.site;
    let date = site.days[days.start].date;
    let name = named(desk, "date_month");
    let mut head = head::of(desk, page, "month", name(date), slice.number);
    head.description = about(desk, &name(date));
    let all = site.days[days.clone()].iter().flat_map(|day| day.articles.iter().map(move |id| (day.date, *id)));
    let run: Vec<(Date, ArticleId)> = all.skip(slice.start).take(slice.end - slice.start).collect();
    let mut groups: Vec<(Date, Vec<ArticleId>)> = Vec::new();
    for (date, id) in run.into_iter().rev() {
        match groups.last_mut() {
            Some((day, articles)) if *day == date => articles.push(id),
            _ => groups.push((date, vec![id])),
        }
    }
    let group = |(date, articles): (Date, Vec<ArticleId>)| DayGroup {
        date: day_view(desk, date),
        articles: articles.into_iter().map(|id| desk.card(id)).collect(),
    };
    let first = slice.number.is_none();
    MonthPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        name: name(date),
        year: LinkView { name: named(desk, "date_year")(date), url: desk.href(&Url::of_year(date)) },
        days: groups.into_iter().map(group).collect(),
        pager: desk.pager(&Url::of_month(date), slice),
        previous: before(desk, &days, Url::of_month, &name).filter(|_| first),
        next: after(desk, &days, Url::of_month, &name).filter(|_| first),
        query: desk.answers("month", slice.number),
    }
}

/// A day.
pub(super) fn day(desk: &Desk, page: &Page, at: usize, slice: Slice) -> DayPage {
    let site = desk.site;
    let day = &site.days[at];
    let name = named(desk, "date_long");
    let mut head = head::of(desk, page, "day", name(day.date), slice.number);
    head.description = about(desk, &name(day.date));
    let own = at..at + 1;
    let first = slice.number.is_none();
    DayPage {
        site: site.view.clone(),
        strings: desk.strings().clone(),
        page: head,
        date: day_view(desk, day.date),
        month: LinkView { name: named(desk, "date_month")(day.date), url: desk.href(&Url::of_month(day.date)) },
        articles: desk.cards(&day.articles[slice.start..slice.end]),
        pager: desk.pager(&Url::of_day(day.date), slice),
        previous: before(desk, &own, Url::of_day, &name).filter(|_| first),
        next: after(desk, &own, Url::of_day, &name).filter(|_| first),
        query: desk.answers("day", slice.number),
    }
}

/// The last period before a run of days.
fn before(desk: &Desk, days: &Range<usize>, address: fn(Date) -> Url, name: &Name) -> Option<LinkView> {
    let day = &desk.site.days[days.start.checked_sub(1)?];
    Some(LinkView { name: name(day.date), url: desk.href(&address(day.date)) })
}

/// The first period after a run of days.
fn after(desk: &Desk, days: &Range<usize>, address: fn(Date) -> Url, name: &Name) -> Option<LinkView> {
    let day = desk.site.days.get(days.end)?;
    Some(LinkView { name: name(day.date), url: desk.href(&address(day.date)) })
}

fn day_view(desk: &Desk, date: Date) -> DateView {
    let moment = Moment::day(date, &desk.site.config.timezone.rules);
    // Every day of the site is the day of some moment, so it is in range.
    let moment =
        moment.unwrap_or_else(|| Moment::instant(jiff::Timestamp::UNIX_EPOCH, &desk.site.config.timezone.rules));
    DateView::of(moment, Some(desk.href(&Url::of_day(date))))
}

/// What a date page is about.
fn about(desk: &Desk, period: &str) -> String {
    desk.strings().fill("period_about", &[("site", &desk.site.config.title), ("period", period)])
}
