//! Dates that keep the precision they were stated with: "June 2026" never becomes a day.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A calendar date with a year, a month, or a day. Written as ISO 8601: `2026`, `2026-06`, `2026-06-18`.
///
/// Orders by the first day it may be, then the more precise first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// The day.
    Day,
    /// The month, not the day.
    Month,
    /// The year alone.
    Year,
}

impl PartialDate {
    /// A known day.
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }

    /// A month of which the day is not known. `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|first| Self { first, precision: Precision::Month })
    }

    /// A year of which no more is known. `None` outside jiff's range.
    pub fn year(year: i16) -> Option<Self> {
        Date::new(year, 1, 1).ok().map(|first| Self { first, precision: Precision::Year })
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The day, where it is known.
    pub fn exact(self) -> Option<Date> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// The first day it may be.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day it may be.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// Whether both may be the same day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last() && other.first <= self.last()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
        }
    }
}

/// Text that is no `yyyy`, `yyyy-mm` or `yyyy-mm-dd`.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" is no date; write 2026, 2026-06 or 2026-06-18")]
pub struct NoDate(String);

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let wrong = || NoDate(text.to_string());
        let number = |part: &str| part.parse::<i16>().map_err(|_| wrong());
        match *text.split('-').collect::<Vec<_>>() {
            [year] if year.len() == 4 => Self::year(number(year)?).ok_or_else(wrong),
            [year, month] if year.len() == 4 && month.len() == 2 => {
                Self::month(number(year)?, month.parse().map_err(|_| wrong())?).ok_or_else(wrong)
            }
            [_, _, _] => text.parse().map(Self::day).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

/// When something was said to be: an instant, or a date of some precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// A point in time, UTC.
    At(Timestamp),
    /// A calendar date; its zone is the publisher's and not known.
    On(PartialDate),
}

impl When {
    /// The date, in UTC for an instant.
    pub fn date(self) -> PartialDate {
        match self {
            Self::At(instant) => PartialDate::day(day_of(instant)),
            Self::On(date) => date,
        }
    }
}

/// The calendar day of an instant, in UTC.
pub fn day_of(instant: Timestamp) -> Date {
    instant.to_zoned(jiff::tz::TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2026", "2026-06", "2026-06-18"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["", "26", "2026-13", "2026-6", "2026-02-30", "June 2026"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let june: PartialDate = "2026-06".parse().unwrap();
        assert_eq!(june.last(), jiff::civil::date(2026, 6, 30));
        assert!(june.overlaps("2026-06-18".parse().unwrap()));
        assert!(!june.overlaps("2026-07-01".parse().unwrap()));
    }
}
