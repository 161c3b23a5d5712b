//! Dates as newspapers print them: `Thursday, 26 October, 2017, 12:54pm`, and whatever else leaves no doubt.

use jiff::civil::{DateTime, Weekday};

use crate::model::code::Code;
use crate::model::config::DateOrder;
use crate::model::date::{Moment, Zone};

use super::scan::{Token, narrow, tokens};
use super::{civil_day, civil_time, front_matter_date, moment_of_day, moment_of_time, names, shown};

mod east_asian;
mod read;

/// The longest text that can be a date, in characters.
const LIMIT: usize = 120;

/// Something doubtful about a date that could be read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateNote {
    /// [`Code::Weekday`] or [`Code::Zone`].
    pub code: Code,
    /// What is doubtful, in one sentence without a final stop.
    pub message: String,
    /// What to do, in one sentence without a final stop.
    pub hint: String,
    /// Where in the text it stands, in characters from its start.
    pub at: usize,
}

/// Before or after noon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// What a printed date says, piece by piece.
#[derive(Debug, Default)]
struct Parts {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
    second: Option<u32>,
    half: Option<Half>,
    /// The weekday, and its place.
    weekday: Option<(Weekday, usize)>,
    /// Seconds east of UTC, and whether it was counted from a name (`GMT+8`) and where; bare offsets have no place.
    offset: Option<(i32, Option<usize>)>,
    /// Zone abbreviations as written, and their places.
    zones: Vec<(String, usize)>,
}

/// Picks one of the numbers of [`Parts`].
type Part = fn(&mut Parts) -> &mut Option<u32>;

/// Reads a date as a newspaper prints it; a time is the zone's own unless an offset, GMT or UTC is given. `order` decides
/// `26/10/2017`.
///
/// # Errors
/// What is wrong, as a sentence without a final stop that quotes the part not understood.
pub fn printed_date(text: &str, zone: &Zone, order: Option<DateOrder>) -> Result<(Moment, Vec<DateNote>), String> {
    if text.chars().nth(LIMIT).is_some() {
        return Err(format!("`{}` is too long for a date", shown(text)));
    }
    let chars: Vec<char> = text.chars().map(narrow).collect();
    let narrowed: String = chars.iter().collect();
    if let Ok(moment) = front_matter_date(&narrowed, zone) {
        return Ok((moment, Vec::new()));
    }
    let parts = read::parts(&chars, tokens(&chars), order)?;
    parts.moment(text, zone)
}

/// Whether [`printed_date`] failed only because nothing says if day or month comes first.
pub fn is_undecided(message: &str) -> bool {
    message.ends_with(read::UNDECIDED)
}

impl Parts {
    fn moment(&self, text: &str, zone: &Zone) -> Result<(Moment, Vec<DateNote>), String> {
        let missing = |what: &str| format!("`{}` is not a date: it has no {what}", shown(text.trim()));
        let year = self.year.ok_or_else(|| missing("year"))?;
        let month = self.month.ok_or_else(|| missing("month"))?;
        let day = self.day.ok_or_else(|| missing("day"))?;
        let date = civil_day((year, month, day))?;
        let mut notes: Vec<DateNote> = self.weekday_note(date.weekday(), &date.to_string()).into_iter().collect();
        let Some(hour) = self.hour else {
            if self.minute.is_some() || self.half.is_some() {
                return Err(missing("hour"));
            }
            let moment = moment_of_day(date, zone)?;
            notes.extend(self.zone_notes(&moment, zone)?);
            return Ok((moment, notes));
        };
        let hour = self.hour_of_day(hour)?;
        let time = civil_time((hour, self.minute.unwrap_or(0), self.second.unwrap_or(0)))?;
        let moment = self.place(date.to_datetime(time), zone)?;
        notes.extend(self.zone_notes(&moment, zone)?);
        Ok((moment, notes))
    }

    /// The hour from 0 to 23 that an hour with `am` or `pm` means.
    fn hour_of_day(&self, hour: u32) -> Result<u32, String> {
        match (self.half, hour) {
            (None, hour) => Ok(hour),
            (Some(Half::Morning), 12) => Ok(0),
            (Some(Half::Morning), 0..=11) => Ok(hour),
            (Some(Half::Morning), _) => Err(format!("the morning has no hour {hour}")),
            (Some(Half::Afternoon), 1..=11) => Ok(hour + 12),
            // Some papers write 14:30pm; that leaves no doubt either.
            (Some(Half::Afternoon), 12..=23) => Ok(hour),
            (Some(Half::Afternoon), _) => Err(format!("the afternoon has no hour {hour}")),
        }
    }

    /// The moment of a time as printed: by its offset, by UTC's if it is named, else by the zone.
    fn place(&self, time: DateTime, zone: &Zone) -> Result<Moment, String> {
        let named_utc = self.zones.iter().any(|(name, _)| names::is_utc(&name.to_lowercase()));
        let offset = self.offset.map(|(seconds, _)| seconds).or_else(|| named_utc.then_some(0));
        moment_of_time(time, offset, zone)
    }

    fn weekday_note(&self, actual: Weekday, date: &str) -> Option<DateNote> {
        let (printed, at) = self.weekday.filter(|(printed, _)| *printed != actual)?;
        let (printed, actual) = (names::weekday_name(printed), names::weekday_name(actual));
        Some(DateNote {
            code: Code::Weekday,
            message: format!("{date} was a {actual}, not a {printed}"),
            hint: "correct the day or the weekday; the date is taken as it stands".to_owned(),
            at,
        })
    }

    /// What contradicts the zone as it stands at that moment.
    ///
    /// # Errors
    /// An abbreviation that is neither the zone's own nor known.
    fn zone_notes(&self, moment: &Moment, zone: &Zone) -> Result<Vec<DateNote>, String> {
        let Ok(instant) = jiff::Timestamp::from_second(moment.seconds()) else { return Ok(Vec::new()) };
        let info = zone.rules.to_offset_info(instant);
        let seconds = info.offset().seconds();
        let here = || zone_here(info.abbreviation(), moment, zone);
        let mut notes = Vec::new();
        if let Some((given, Some(at))) = self.offset
            && given != seconds
        {
            notes.push(zone_note(at, format!("the offset contradicts the site's time zone, {}", here()), true));
        }
        for (name, at) in &self.zones {
            let lower = name.to_lowercase();
            if info.abbreviation().eq_ignore_ascii_case(name) {
                continue;
            }
            let Some(offsets) = names::zone_offsets(&lower) else {
                return Err(format!("`{name}` is not understood as part of a date"));
            };
            let with_offset = self.offset.is_some() && names::is_utc(&lower);
            if !with_offset && !offsets.iter().any(|minutes| minutes * 60 == seconds) {
                let message = format!("`{name}` contradicts the site's time zone, {}", here());
                notes.push(zone_note(*at, message, self.offset.is_some() || names::is_utc(&lower)));
            }
        }
        Ok(notes)
    }
}

/// The site's zone as it stands at a moment: `Asia/Hong_Kong (HKT, +08:00)`.
fn zone_here(abbreviation: &str, moment: &Moment, zone: &Zone) -> String {
    let offset = moment.zone_offset();
    match abbreviation.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => format!("{} ({abbreviation}, {offset} at that time)", zone.name),
        false => format!("{} ({offset} at that time)", zone.name),
    }
}

fn zone_note(at: usize, message: String, exact: bool) -> DateNote {
    let hint = if exact {
        "the instant is taken as printed, and shown in the site's zone; set `timezone` in site.yaml to that of the articles"
    } else {
        "the time is read in the site's zone; set `timezone` in site.yaml, or write a numeric offset such as +08:00"
    };
    DateNote { code: Code::Zone, message, hint: hint.to_owned(), at }
}

/// The text that some tokens were read from.
fn quote(chars: &[char], tokens: &[Token]) -> String {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => shown(&chars[first.start..last.end].iter().collect::<String>()),
        _ => String::new(),
    }
}
