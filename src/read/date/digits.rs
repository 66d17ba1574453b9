//! Dates made of digits alone: ISO 8601 and its relatives, days with slashes or dots, seconds since 1970.

use jiff::Timestamp;
use jiff::civil::{ISOWeekDate, Weekday};
use jiff::tz::Offset;

use crate::model::when::PartialDate;

use super::{Hint, Stated, day, full_year, number};

/// A tidied text that begins with a digit and holds a date.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.len()) {
        (10 | 13, _) if is_number(&text[digits..]) => seconds(&text[..digits]),
        (12 | 14, length) if length == digits => compact(&text[..8])?.followed_by(&punctuated(&text[8..]), hint),
        (8, _) => compact(&text[..8]).and_then(|date| with_time(date, &spread(&text[8..]), hint)),
        (7, 7) => ordinal(number(text, 4)?.0, &text[4..]),
        (6, 6) => PartialDate::month(text[..4].parse().ok()?, text[4..].parse().ok()?).map(partial),
        (4, _) if text[4..].trim_start_matches('-').starts_with('w') => week(text),
        (4, 4) => PartialDate::year(text.parse().ok()?).map(partial),
        (4, _) => year_first(text, hint),
        (1 | 2, _) => day_or_month_first(text, hint).or_else(|| month_alone(text)),
        _ => None,
    }
}

fn partial(date: PartialDate) -> Stated {
    Stated { date, time: None, offset: None }
}

/// Nothing, or the decimals of a number.
fn is_number(rest: &str) -> bool {
    rest.is_empty() || rest.strip_prefix('.').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `2026-w25-4`, `2026w254`: a week without its day is no date that the model can keep.
fn week(text: &str) -> Option<Stated> {
    let (year, rest) = number(text, 4)?;
    let (week, rest) = number(rest.trim_start_matches('-').strip_prefix('w')?, 2)?;
    let weekday = rest.strip_prefix('-').unwrap_or(rest).parse().ok()?;
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let date = ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, weekday).ok()?;
    Some(Stated::day(date.date()))
}

fn seconds(text: &str) -> Option<Stated> {
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    let moment = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Stated { date: PartialDate::day(moment.date()), time: Some(moment.time()), offset: Some(Offset::UTC) })
}

/// `20261121`.
fn compact(text: &str) -> Option<Stated> {
    day(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..8].parse().ok()?).map(Stated::day)
}

/// `100000` as `10:00:00`, `1000` as `10:00`.
fn punctuated(text: &str) -> String {
    let pairs: Vec<&str> = [text.get(..2), text.get(2..4), text.get(4..6)].into_iter().flatten().collect();
    pairs.join(":")
}

/// `t100000z` as `t10:00:00z`.
fn spread(rest: &str) -> String {
    let inside = rest.trim_start_matches([' ', 't']);
    match inside.bytes().take_while(u8::is_ascii_digit).count() {
        width @ (4 | 6) => format!(" {}{}", punctuated(&inside[..width]), &inside[width..]),
        _ => rest.to_string(),
    }
}

/// The day of a year.
fn ordinal(year: i32, text: &str) -> Option<Stated> {
    let count: i64 = text.parse().ok().filter(|count| (1..=366).contains(count))?;
    let first = day(year, 1, 1)?;
    let date = first.checked_add(jiff::Span::new().days(count - 1)).ok()?;
    (date.year() == first.year()).then(|| Stated::day(date))
}

/// `2026-11-21…`, `2026/11/21`, `2026.11.21`, `2026-11`, `2026-325`.
fn year_first(text: &str, hint: Hint) -> Option<Stated> {
    let (year, rest) = number(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let rest = rest[1..].trim_start();
    let width = rest.bytes().take_while(u8::is_ascii_digit).count();
    if width == 3 {
        return ordinal(year, &rest[..3]).and_then(|date| with_time(date, &rest[3..], hint));
    }
    let (month, rest) = number(rest, 2)?;
    match rest.strip_prefix(separator).map(str::trim_start).and_then(|rest| number(rest, 2)) {
        Some((number, rest)) => day(year, month, number).map(Stated::day).and_then(|date| with_time(date, rest, hint)),
        None => {
            let only = rest.trim_matches(|c: char| matches!(c, '-' | ' ' | '.')).is_empty();
            PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?).filter(|_| only).map(partial)
        }
    }
}

/// `11/2026`, `11.2026`.
fn month_alone(text: &str) -> Option<Stated> {
    let (month, rest) = number(text, 2)?;
    let (year, rest) = number(rest.strip_prefix(['/', '.', '-'])?, 4)?;
    let is_all = rest.is_empty() && year >= 1000;
    PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?).filter(|_| is_all).map(partial)
}

/// `21/11/2026`, `21.11.2026`, `11/21/2026`, `21-11-26`.
fn day_or_month_first(text: &str, hint: Hint) -> Option<Stated> {
    let (first, rest) = number(text, 2)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let (second, rest) = number(rest[1..].trim_start(), 2)?;
    let rest = rest.strip_prefix(separator)?.trim_start();
    let width = rest.bytes().take_while(u8::is_ascii_digit).count().min(4);
    if width != 2 && width != 4 {
        return None;
    }
    let (year, rest) = number(rest, width)?;
    let year = full_year(year, width);
    let month_first = separator != '.' && hint.month_first && first <= 12 || second > 12;
    let date = if month_first { day(year, first, second) } else { day(year, second, first) };
    date.map(Stated::day).and_then(|date| with_time(date, rest, hint))
}

/// A date with the time that follows it. Something else that follows is let be if it does not begin with a digit.
fn with_time(stated: Stated, rest: &str, hint: Hint) -> Option<Stated> {
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    stated.followed_by(rest, hint)
}
