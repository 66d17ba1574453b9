//! Dates in the many forms that feeds and pages write them. What is not stated is not invented: a day stays a day, and a time
//! without zone gives no instant.

/// The names of months, days and zones.
mod names;

/// Times of day and zones.
mod clock;

/// Dates made of digits alone.
mod digits;

/// Years of Japan and Taiwan, and figures written in Han.
mod east;

/// Dates written with words.
mod words;

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::model::when::{PartialDate, When};

use clock::Clock;

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

    /// With a time of its day.
    fn at(self, clock: Clock) -> Option<Self> {
        let date = self.date.exact()?;
        let date = if clock.next_day { date.tomorrow().ok()? } else { date };
        Some(Self { date: PartialDate::day(date), time: Some(clock.time), offset: clock.offset })
    }

    /// With the time that follows it, where one does.
    fn followed_by(self, rest: &str, hint: Hint) -> Option<Self> {
        match clock::read(rest, hint) {
            Some((clock, _)) => self.at(clock),
            None => Some(self),
        }
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

/// The date that a text states; `None` where it states none that exists. "Yesterday" and "2 hours ago" state none: what they
/// count from is not in the text.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    let text = east::figures(tidy(text)?);
    let text = text.as_str();
    digits::parse(text, hint)
        .or_else(|| east::parse(text, hint))
        .or_else(|| words::parse(text, hint))
        .or_else(|| behind_words(text, hint))
        .or_else(|| behind_clock(text, hint))
}

/// `stand: 18.06.2026`, `le 18/06/2026`, `입력 2026.06.18`: with a year of four digits, lest a version be a day.
fn behind_words(text: &str, hint: Hint) -> Option<Stated> {
    const MOST_WORDS: usize = 3;
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let (words, rest) = text.split_at(from);
    let apart = words.ends_with([' ', ':']) && words.split_whitespace().count() <= MOST_WORDS;
    let has_year = rest.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 || digits.len() == 8);
    digits::parse(rest, hint).filter(|stated| apart && has_year && stated.date.exact().is_some())
}

/// `15:05, 18/06/2026`.
fn behind_clock(text: &str, hint: Hint) -> Option<Stated> {
    let (clock, rest) = clock::read(text, hint).filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let rest = rest.trim_start_matches([',', ' ', '-', '|', '·']);
    digits::parse(rest, hint).filter(|stated| stated.time.is_none())?.at(clock)
}

/// Lower case, full-width digits made narrow, spaces collapsed, comments taken out.
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
    let text = uncommented(&text);
    Some(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Without what stands in parentheses, which may nest; a zone that stands in them is kept.
fn uncommented(text: &str) -> String {
    let (mut out, mut comment, mut depth) = (String::new(), String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let comment = std::mem::take(&mut comment);
                    let is_zone = names::zone(&comment, false).is_some()
                        || comment.starts_with(['+', '-'])
                        || comment.starts_with("gmt")
                        || comment.starts_with("utc");
                    out.push_str(if is_zone { &comment } else { " " });
                }
            }
            c if depth == 0 => out.push(c),
            c => comment.push(c),
        }
    }
    out
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

/// A number of at most so many digits, and what follows.
fn number(text: &str, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text.get(..length)?.parse().ok()?, &text[length..]))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod forms;
