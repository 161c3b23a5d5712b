//! Dates, text in and moment out.

use crate::model::code::Code;
use crate::model::config::DateOrder;
use crate::model::date::Zone;

use super::{front_matter_date, printed_date};

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a known zone")
}

fn hong_kong() -> Zone {
    zone("Asia/Hong_Kong")
}

fn strict(text: &str) -> Result<String, String> {
    front_matter_date(text, &hong_kong()).map(|moment| moment.machine())
}

fn printed(text: &str) -> Result<String, String> {
    printed_date(text, &hong_kong(), None).map(|(moment, notes)| {
        assert_eq!(notes, [], "{text}");
        moment.machine()
    })
}

fn notes(text: &str, zone: &Zone) -> Vec<(Code, usize)> {
    let (_, notes) = printed_date(text, zone, None).expect(text);
    notes.into_iter().map(|note| (note.code, note.at)).collect()
}

#[test]
fn front_matter_takes_a_day_a_local_time_or_an_instant() {
    for (text, expected) in [
        ("2017-10-26", "2017-10-26"),
        ("2017-10-26 12:54", "2017-10-26T12:54:00+08:00"),
        ("2017-10-26T12:54", "2017-10-26T12:54:00+08:00"),
        ("2017-10-26 12:54:30.25", "2017-10-26T12:54:30+08:00"),
        ("2015-01-01 10:00:00 +0900", "2015-01-01T09:00:00+08:00"),
        ("2017-10-26T04:54:00Z", "2017-10-26T12:54:00+08:00"),
        ("2017-10-25T23:54:00-05:00", "2017-10-26T12:54:00+08:00"),
        (" 2016-12-31t23:59:60z ", "2017-01-01T07:59:59+08:00"),
    ] {
        assert_eq!(strict(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn front_matter_explains_what_is_wrong() {
    for (text, part) in [
        ("2017-10-32", "October has 31 days"),
        ("2017-02-29", "February 2017 has 28 days"),
        ("2017-13-01", "no month 13"),
        ("2017-10-26 24:10", "no hour 24"),
        ("2017-10-26 12:60", "no minute 60"),
        ("2017-10-26 12:54 HKT", "`HKT` is not understood"),
        ("yesterday", "`yesterday` is not a date"),
        ("2017-10-26x", "`x` is not understood"),
        ("", "is not a date"),
    ] {
        let message = strict(text).expect_err(text);
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn newspapers_forms_are_read() {
    let time = "2017-10-26T12:54:00+08:00";
    for text in [
        "Thursday, 26 October, 2017, 12:54pm",
        "Thu 26 Oct 2017 12.54pm",
        "Oct. 26th, 2017 at 12:54 p.m.",
        "October 26, 2017 12:54 P.M. HKT",
        "12:54, 26 October 2017",
        "2017-10-26 12:54",
        "2017-10-26T12:54:00+08:00",
        "2017/10/26 12:54",
        "2017-10-26 12:54 HKT",
        "Thu, 26 Oct 2017 12:54:00 +0800",
        "Thu, 26 Oct 2017 13:54:00 +0900 (HKT)",
        "26-Oct-2017 1254 hrs",
        "26 Oct 2017, 12h54",
        "Thu Oct 26 12:54:00 HKT 2017",
        "Thu Oct 26 12:54:00 +0800 2017",
        "12:54 PM, Oct 26, 2017 (GMT+08:00)",
        "26 October 2017 | 12:54pm (UTC+8)",
        "２０１７年１０月２６日（木）１２：５４",
        "2017年10月26日 星期四 下午12時54分",
        "2017년 10월 26일 목요일 오후 12시 54분",
    ] {
        assert_eq!(printed(text).as_deref(), Ok(time), "{text}");
    }
    for text in ["Oct 26, 2017", "26 Oct 2017", "Thursday 26th of October 2017", "2017年10月26日", "26 OCTOBER 2017"]
    {
        assert_eq!(printed(text).as_deref(), Ok("2017-10-26"), "{text}");
    }
}

#[test]
fn noon_midnight_and_bare_hours_are_read() {
    for (text, hour) in [
        ("26 Oct 2017, noon", "12"),
        ("26 Oct 2017, 12 noon", "12"),
        ("26 Oct 2017, midnight", "00"),
        ("26 Oct 2017, 12 midnight", "00"),
        ("26 Oct 2017, 12am", "00"),
        ("26 Oct 2017, 12pm", "12"),
        ("9 a.m., 26 Oct 2017", "09"),
        ("26 Oct 2017, 9pm", "21"),
    ] {
        assert_eq!(printed(text), Ok(format!("2017-10-26T{hour}:00:00+08:00")), "{text}");
    }
}

#[test]
fn slashed_dates_need_an_order() {
    let message = printed("26/10/2017").expect_err("no order is given");
    assert!(message.contains("`26/10/2017`") && message.contains("`text.dates`"), "{message}");
    let read = |text, order| printed_date(text, &hong_kong(), Some(order)).map(|(moment, _)| moment.date().to_string());
    assert_eq!(read("04/10/2017 12:54", DateOrder::DayFirst).as_deref(), Ok("2017-10-04"));
    assert_eq!(read("04/10/2017", DateOrder::MonthFirst).as_deref(), Ok("2017-04-10"));
    assert!(read("26/10/2017", DateOrder::MonthFirst).unwrap_err().contains("no month 26"));
    assert!(read("26/10/17", DateOrder::DayFirst).unwrap_err().contains("four digits"));
}

#[test]
fn a_weekday_that_contradicts_is_noted_where_it_stands() {
    assert_eq!(notes("Friday, 26 October, 2017", &hong_kong()), [(Code::Weekday, 0)]);
    assert_eq!(notes("26 October 2017 (Fri)", &hong_kong()), [(Code::Weekday, 17)]);
}

#[test]
fn a_zone_must_agree_with_the_site_at_that_moment() {
    let london = zone("Europe/London");
    assert_eq!(notes("26 Oct 2017, 12:54 BST", &london), []);
    assert_eq!(notes("26 Nov 2017, 12:54 GMT", &london), []);
    assert_eq!(notes("26 Nov 2017, 12:54 BST", &london), [(Code::Zone, 19)]);
    assert_eq!(notes("26 Oct 2017, 12:54 GMT", &hong_kong()), [(Code::Zone, 19)]);
    assert_eq!(notes("26 Oct 2017, 12:54 GMT+9", &hong_kong()), [(Code::Zone, 19)]);
    assert_eq!(notes("26 Oct 2017, 12:54 SGT", &zone("Asia/Singapore")), []);
    assert_eq!(notes("26 Oct 2017, 12:54 ET", &zone("America/New_York")), []);
    let (moment, _) = printed_date("Thu, 26 Oct 2017 04:54:00 GMT", &hong_kong(), None).expect("RFC 2822");
    assert_eq!(moment.rfc3339(), "2017-10-26T12:54:00+08:00");
}

#[test]
fn what_is_not_understood_is_quoted() {
    for (text, part) in [
        ("26 Octember 2017", "`Octember`"),
        ("26 October 2017, 12:54 XQT", "`XQT`"),
        ("31 September 2017", "September has 30 days"),
        ("October 2017", "no day"),
        ("26 October", "no year"),
        ("26 27 October 2017", "`27` is a second day"),
        ("26 October 2017, 25:10", "no hour 25"),
        ("26 October 2017, 13am", "no hour 13"),
        ("26 October 2017, 9pm, 10pm", "`10` is a second time"),
        ("2016, Thu 2017-10-26", "`2017-10-26` is a second year"),
        ("26 October 201", "`201`"),
    ] {
        let message = printed(text).expect_err(text);
        assert!(message.contains(part), "{text}: {message}");
    }
    assert!(printed(&"1 ".repeat(1_000_000)).expect_err("far too long").contains("too long"));
}

#[test]
fn gaps_and_folds_of_the_clock_are_read() {
    let new_york = zone("America/New_York");
    for text in ["2017-03-12 02:30", "2017-11-05 01:30"] {
        assert!(front_matter_date(text, &new_york).is_ok(), "{text}");
        assert!(printed_date(text, &new_york, None).is_ok(), "{text}");
    }
    // Samoa had no 30 December 2011 at all.
    assert!(front_matter_date("2011-12-30", &zone("Pacific/Apia")).is_ok());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_dates_panic(text in "\\PC{0,60}", dateish in "[0-9a-zA-Z:/.,+ 年月日TZ-]{0,40}") {
        for text in [&text, &dateish] {
            let _ = front_matter_date(text, &hong_kong());
            let _ = printed_date(text, &hong_kong(), Some(DateOrder::DayFirst));
        }
    }

    #[test]
    fn every_day_is_read_back(year in 1_i16..9999, month in 1_i8..13, day in 1_i8..29) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        proptest::prop_assert_eq!(strict(&text), Ok(text.clone()));
        let print = format!("{day} {} {year:04}", super::names::MONTHS[month as usize - 1]);
        proptest::prop_assert_eq!(printed(&print), Ok(text));
    }
}
