//! Dates in the many forms that feeds and pages write them. What is not stated is not invented: a day stays a day, and a time
//! without zone gives no instant.

/// The names of months, days and zones.
mod names;

/// Dates made of digits alone.
mod digits;

/// Dates written with words.
mod words;

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::model::when::{PartialDate, When};

/// Longest text that can be a date, in bytes.
const LONGEST: usize = 120;

/// Years that a report can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// A date as stated. Prints as ISO 8601 with its own offset, or as a bare day, month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// As precise as stated.
    pub(super) date: PartialDate,
    /// Only with a known day.
    pub(super) time: Option<Time>,
    /// `None` where no zone is stated.
    pub(super) offset: Option<Offset>,
}

/// What helps with a date that could be read in two ways.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hint {
    /// `CST` is China's.
    pub(super) chinese: bool,
    /// 03/04 is the fourth of March.
    pub(super) month_first: bool,
}

impl Hint {
    /// The habits of a language, by its tag.
    pub(super) fn of(language: Option<&str>) -> Self {
        let language = language.unwrap_or("").to_ascii_lowercase();
        Self { chinese: language.starts_with("zh"), month_first: matches!(language.as_str(), "en-us" | "en_us") }
    }
}

impl Stated {
    fn day(date: Date) -> Self {
        Self { date: PartialDate::day(date), time: None, offset: None }
    }

    /// For the model: an instant only where day, time and zone are stated.
    pub(super) fn when(self) -> When {
        let exact = self.date.exact().zip(self.time).zip(self.offset);
        let instant = exact.and_then(|((date, time), offset)| offset.to_timestamp(date.to_datetime(time)).ok());
        instant.map_or(When::On(self.date), When::At)
    }

    /// Whether a report can be of that year.
    pub(super) fn is_plausible(self) -> bool {
        YEARS.contains(&self.date.first().year())
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        let Some(offset) = self.offset else { return Ok(()) };
        let minutes = offset.seconds() / 60;
        match minutes {
            0 => f.write_str("Z"),
            _ => write!(f, "{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60),
        }
    }
}

/// The date that a text states; `None` where it states none that exists.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    let text = tidy(text)?;
    digits::parse(&text, hint).or_else(|| words::parse(&text, hint))
}

/// Lower case, full-width digits made narrow, spaces collapsed.
fn tidy(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let narrow = |c: char| match c {
        '０'..='９' | '：' | '／' | '－' | '．' | '，' | '（' | '）' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
    Some(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// A day that exists, of a full year.
fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A year written with two digits.
fn full_year(year: i32, digits: usize) -> i32 {
    match (digits, year) {
        (1 | 2, ..70) => 2000 + year,
        (1 | 2, _) => 1900 + year,
        _ => year,
    }
}

/// What stands behind a date: ` 10:00:00.5 +0800`, `t10:00z`, ` 10:00 am est`. `None` where it is no time at all.
fn clock(text: &str, hint: Hint) -> Option<(Time, Option<Offset>)> {
    let text = text.trim_start_matches([' ', 't', ',', '-', '|', '·', 'à', '@']).trim_start();
    let text = text.strip_prefix("at ").or_else(|| text.strip_prefix("um ")).unwrap_or(text);
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = match rest.strip_prefix([':', 'h', '.']) {
        Some(rest) => number(rest, 2)?,
        None => (0, rest),
    };
    let (second, rest) = match rest.strip_prefix(':').and_then(|rest| number(rest, 2)) {
        Some((second, rest)) => (second.min(59), rest),
        None => (0, rest),
    };
    let rest = rest.strip_prefix(['.', ',']).map_or(rest, |fraction| fraction.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = rest.trim_start().trim_start_matches("uhr").trim_start();
    let (hour, rest) = half_day(hour, rest);
    let has_minute = text.contains([':', 'h', '.']) || hour > 24 || text.contains('m');
    let time = Time::new(i8::try_from(hour % 24).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()?;
    (has_minute && hour <= 24).then_some((time, offset(rest, hint)))
}

/// `pm` and its like after an hour.
fn half_day(hour: i32, rest: &str) -> (i32, &str) {
    for (mark, afternoon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if let Some(rest) = rest.strip_prefix(mark) {
            let hour = if afternoon && hour < 12 {
                hour + 12
            } else if !afternoon && hour == 12 {
                0
            } else {
                hour
            };
            return (hour, rest.trim_start());
        }
    }
    (hour, rest)
}

/// `z`, `+08:00`, `-0500`, `gmt+8`, `est`, `+0800 (cst)`.
fn offset(text: &str, hint: Hint) -> Option<Offset> {
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.']);
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let after = text[word.len()..].trim_start();
    let named = if word.is_empty() { Some(0) } else { names::zone(&word, hint.chinese) };
    let sign = match after.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ if word.is_empty() => return None,
        _ => return Offset::from_seconds(named? * 60).ok(),
    };
    let (hours, rest) = number(&after[1..], 2)?;
    let minutes = number(rest.strip_prefix(':').unwrap_or(rest), 2).map_or(0, |(minutes, _)| minutes);
    let ahead = if matches!(word.as_str(), "" | "gmt" | "utc" | "ut" | "z") { 0 } else { named? };
    Offset::from_seconds((ahead + sign * (hours * 60 + minutes)) * 60).ok()
}

/// A number of at most so many digits, and what follows.
fn number(text: &str, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text.get(..length)?.parse().ok()?, &text[length..]))
}

#[cfg(test)]
mod tests;
