//! Tokens of a printed date to its parts, from left to right.

use crate::model::config::DateOrder;

use super::super::names;
use super::super::scan::Token;
use super::{Half, Part, Parts, east_asian, quote};

/// Words that stand in dates and say nothing.
const FILLERS: &[&str] = &["at", "on", "of", "the", "time"];

/// Marks that stand between the parts of a date.
const SEPARATORS: &[char] = &[',', '.', ';', '(', ')', '|', '·', '•', '-', '–', '—', '/', '、', '，', '。'];

/// What is said of a date whose order is not known.
pub(super) const UNDECIDED: &str = "may be read as day/month or as month/day: set `text.dates` to `dmy` or `mdy`";

/// Reads the parts.
///
/// # Errors
/// The first part that is not understood, or is given twice.
pub(super) fn parts(chars: &[char], tokens: Vec<Token>, order: Option<DateOrder>) -> Result<Parts, String> {
    let mut reader = Reader { chars, tokens: &tokens, at: 0, order, parts: Parts::default() };
    while reader.at < tokens.len() {
        reader.step()?;
    }
    Ok(reader.parts)
}

struct Reader<'a> {
    chars: &'a [char],
    tokens: &'a [Token],
    at: usize,
    order: Option<DateOrder>,
    parts: Parts,
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> Result<(), String> {
        let token = &self.tokens[self.at];
        if token.digits().is_some() {
            self.number()
        } else if token.word().is_some() {
            self.word()
        } else {
            self.mark()
        }
    }

    /// The token some places on.
    fn peek(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    /// The number some places on, if its digits are as many as one of `lengths`.
    fn digits(&self, ahead: usize, lengths: &[usize]) -> Option<u32> {
        let digits = self.peek(ahead)?.digits()?;
        if lengths.contains(&digits.len()) { digits.parse().ok() } else { None }
    }

    /// Whether no blank stands between this token and those before it, up to `ahead` places on.
    fn joined(&self, ahead: usize) -> bool {
        self.tokens
            .get(self.at..=self.at + ahead)
            .is_some_and(|run| run.windows(2).all(|pair| pair[0].end == pair[1].start))
    }

    fn not_understood(&self, length: usize) -> String {
        let end = (self.at + length).min(self.tokens.len());
        format!("`{}` is not understood as part of a date", quote(self.chars, &self.tokens[self.at..end]))
    }

    /// Notes that the next `length` tokens say `value` for a part that nothing before may contradict.
    fn note(&mut self, length: usize, value: u32, part: Part, name: &str) -> Result<(), String> {
        if part(&mut self.parts).is_some_and(|known| known != value) {
            let end = (self.at + length).min(self.tokens.len());
            return Err(format!("`{}` is a second {name}", quote(self.chars, &self.tokens[self.at..end])));
        }
        *part(&mut self.parts) = Some(value);
        Ok(())
    }

    /// Takes `length` tokens, which say `value` for a part.
    fn take(&mut self, length: usize, value: u32, part: Part, name: &str) -> Result<(), String> {
        self.note(length, value, part, name)?;
        self.at += length;
        Ok(())
    }

    fn number(&mut self) -> Result<(), String> {
        if let Some((value, part, name)) = east_asian::unit(self.digits(0, &[1, 2, 4]), self.peek(1)) {
            return self.take(2, value, part, name);
        }
        if self.numeric_date()? || self.clock()? || self.hour_alone()? {
            return Ok(());
        }
        if let Some(year) = self.digits(0, &[4]) {
            if self.peek(1).and_then(Token::word).is_some_and(|word| matches!(word, "hrs" | "hours" | "h")) {
                return self.set_clock(2, (year / 100, Some(year % 100), None));
            }
            return self.take(1, year, |parts| &mut parts.year, "year");
        }
        let Some(day) = self.digits(0, &[1, 2]) else { return Err(self.not_understood(1)) };
        let ordinal = self.peek(1).and_then(Token::word).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th"));
        self.take(if ordinal { 2 } else { 1 }, day, |parts| &mut parts.day, "day")
    }

    /// `2017-10-26`, `2017/10/26`, `26/10/2017`, `26.10.2017`.
    fn numeric_date(&mut self) -> Result<bool, String> {
        let separated = |ahead| self.peek(ahead).is_some_and(|token| token.is_mark(&['/', '-', '.']));
        let number = |ahead| self.peek(ahead).is_some_and(|token| token.digits().is_some());
        if !(separated(1) && number(2) && separated(3) && number(4) && self.joined(4)) {
            return Ok(false);
        }
        let quoted = quote(self.chars, &self.tokens[self.at..self.at + 5]);
        let (year, month, day) = match (self.digits(0, &[1, 2, 4]), self.digits(2, &[1, 2]), self.digits(4, &[1, 2, 4]))
        {
            (Some(year), Some(month), Some(day)) if self.digits(0, &[4]).is_some() => (year, month, day),
            (Some(first), Some(second), Some(year)) if self.digits(4, &[4]).is_some() => match self.order {
                Some(DateOrder::DayFirst) => (year, second, first),
                Some(DateOrder::MonthFirst) => (year, first, second),
                None => return Err(undecided(&quoted)),
            },
            (Some(_), Some(_), Some(_)) => return Err(format!("the year of `{quoted}` needs four digits")),
            _ => return Err(self.not_understood(5)),
        };
        self.note(5, year, |parts| &mut parts.year, "year")?;
        self.note(5, month, |parts| &mut parts.month, "month")?;
        self.take(5, day, |parts| &mut parts.day, "day")?;
        Ok(true)
    }

    /// `12:54`, `12.54`, `12:54:30`; `am` and `pm` are read as words of their own.
    fn clock(&mut self) -> Result<bool, String> {
        let (Some(hour), Some(minute)) = (self.digits(0, &[1, 2]), self.digits(2, &[2])) else { return Ok(false) };
        let parts = |token: &Token| token.is_mark(&[':', '.']) || token.word() == Some("h");
        let mark = self.peek(1).filter(|token| parts(token) && self.joined(2));
        let Some(mark) = mark else { return Ok(false) };
        let more = self.peek(3).is_some_and(|next| next.is_mark(&[':']) || next.kind == mark.kind) && self.joined(4);
        match self.digits(4, &[2]).filter(|_| more) {
            Some(second) => self.set_clock(5, (hour, Some(minute), Some(second)))?,
            None => self.set_clock(3, (hour, Some(minute), None))?,
        }
        Ok(true)
    }

    /// `9am`, `12 noon`, `12 midnight`.
    fn hour_alone(&mut self) -> Result<bool, String> {
        let Some(hour) = self.digits(0, &[1, 2]) else { return Ok(false) };
        match self.peek(1).and_then(Token::word) {
            Some("am" | "pm" | "a" | "p") => self.set_clock(1, (hour, None, None))?,
            Some("noon" | "midnight") if hour == 12 => self.at += 1,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn set_clock(&mut self, length: usize, clock: (u32, Option<u32>, Option<u32>)) -> Result<(), String> {
        self.take(length, clock.0, |parts| &mut parts.hour, "time of day")?;
        (self.parts.minute, self.parts.second) = (clock.1.or(self.parts.minute), clock.2.or(self.parts.second));
        Ok(())
    }

    fn word(&mut self) -> Result<(), String> {
        let token = &self.tokens[self.at];
        let word = token.word().unwrap_or_default();
        if let Some(length) = east_asian::word(&self.tokens[self.at..], &mut self.parts) {
            self.at += length;
            return Ok(());
        }
        if let Some(month) = names::month(word) {
            return self.take(1, month, |parts| &mut parts.month, "month");
        }
        if let Some(day) = names::weekday(word) {
            self.parts.weekday = Some((day, token.start));
            self.at += 1;
            return Ok(());
        }
        match word {
            "am" | "a" if self.parts.hour.is_some() => self.half(Half::Morning),
            "pm" | "p" if self.parts.hour.is_some() => self.half(Half::Afternoon),
            "noon" => self.set_clock(1, (12, None, None)),
            "midnight" => self.set_clock(1, (0, None, None)),
            "hrs" | "hours" if self.parts.hour.is_some() => {
                self.at += 1;
                Ok(())
            }
            word if FILLERS.contains(&word) => {
                self.at += 1;
                Ok(())
            }
            word => self.zone(word),
        }
    }

    fn half(&mut self, half: Half) -> Result<(), String> {
        if self.parts.half.is_some() {
            return Err(self.not_understood(1));
        }
        self.parts.half = Some(half);
        self.at += 1;
        Ok(())
    }

    /// A zone's abbreviation, and the offset that may follow `GMT` or `UTC`.
    fn zone(&mut self, word: &str) -> Result<(), String> {
        let token = &self.tokens[self.at];
        let written: String = self.chars[token.start..token.end].iter().collect();
        // Whether an unknown abbreviation is the site's own is for the zone's rules to say, once the moment is known.
        let may_be_own = (3..=5).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_uppercase());
        if names::zone_offsets(word).is_none() && !may_be_own {
            return Err(self.not_understood(1));
        }
        self.parts.zones.push((written, token.start));
        self.at += 1;
        if names::is_utc(word) {
            self.offset(Some(token.start))?;
        }
        Ok(())
    }

    /// `+0800`, `+08:00`; after a name also `+8`. `named` is the place of that name.
    fn offset(&mut self, named: Option<usize>) -> Result<bool, String> {
        if !(self.peek(0).is_some_and(|token| token.is_mark(&['+', '-'])) && self.joined(1)) {
            return Ok(false);
        }
        let colon = self.peek(2).is_some_and(|token| token.is_mark(&[':'])) && self.joined(3);
        let length = if colon && self.digits(3, &[2]).is_some() { 4 } else { 2 };
        let enough = length == 4 || named.is_some() || self.digits(1, &[4]).is_some();
        let Some(end) = self.peek(length - 1).filter(|_| enough).map(|token| token.end) else { return Ok(false) };
        let start = self.tokens[self.at].start;
        let text: String = self.chars[start..end].iter().collect();
        let seconds = super::super::numeric_offset(&text).ok_or_else(|| self.not_understood(length))?;
        self.parts.offset = Some((seconds, named));
        self.at += length;
        Ok(true)
    }

    fn mark(&mut self) -> Result<(), String> {
        if self.parts.hour.is_some() && self.offset(None)? {
            return Ok(());
        }
        if !self.tokens[self.at].is_mark(SEPARATORS) {
            return Err(self.not_understood(1));
        }
        self.at += 1;
        Ok(())
    }
}

fn undecided(quoted: &str) -> String {
    format!("`{quoted}` {UNDECIDED}")
}
