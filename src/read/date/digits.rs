//! Dates made of digits alone: ISO 8601 and its relatives, days with slashes or dots, seconds since 1970.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::model::when::PartialDate;

use super::{Hint, Stated, clock, day, full_year, number};

/// A tidied text that begins with a digit and holds a date.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.len()) {
        (10 | 13, length) if length == digits => seconds(text),
        (14, 14) => compact(&text[..8]).and_then(|date| with_time(date, &punctuated(&text[8..]), hint)),
        (8, _) => compact(&text[..8]).and_then(|date| with_time(date, &spread(&text[8..]), hint)),
        (7, 7) => ordinal(number(text, 4)?.0, &text[4..]),
        (6, 6) => PartialDate::month(text[..4].parse().ok()?, text[4..].parse().ok()?).map(partial),
        (4, 4) => PartialDate::year(text.parse().ok()?).map(partial),
        (4, _) => year_first(text, hint),
        (1 | 2, _) => day_or_month_first(text, hint),
        _ => None,
    }
}

fn partial(date: PartialDate) -> Stated {
    Stated { date, time: None, offset: None }
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

/// `100000` as `10:00:00`.
fn punctuated(text: &str) -> String {
    format!("{}:{}:{}", &text[..2], &text[2..4], &text[4..])
}

/// `t100000z` as `t10:00:00z`.
fn spread(rest: &str) -> String {
    let inside = rest.trim_start_matches([' ', 't']);
    match inside.bytes().take_while(u8::is_ascii_digit).count() {
        6 => format!(" {}{}", punctuated(&inside[..6]), &inside[6..]),
        4 => format!(" {}:{}", &inside[..2], &inside[2..]),
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
    let (time, offset) = match clock(rest, hint) {
        Some((time, offset)) => (Some(time), offset),
        None => (None, None),
    };
    // 24:00 is the next day's midnight.
    let next_day = rest.trim_start_matches(|c: char| !c.is_ascii_digit()).starts_with("24:00");
    let date = stated.date.exact()?;
    let date = if next_day && time.is_some() { date.tomorrow().ok()? } else { date };
    Some(Stated { date: PartialDate::day(date), time, offset })
}
