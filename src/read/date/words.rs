//! Dates written with words: RFC 822 and what the press of eight languages makes of it.

use jiff::civil::Time;
use jiff::tz::Offset;

use crate::model::when::PartialDate;

use super::{Hint, Stated, clock, day, digits, full_year, names, number, offset};

/// A tidied text with names in it.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    east_asian(text, hint).or_else(|| behind_weekday(text, hint)).or_else(|| named_month(text, hint))
}

/// `2026年11月21日 10:30`, `2026년 11월 21일 오후 3시`, `民國115年`, `令和8年`.
fn east_asian(text: &str, hint: Hint) -> Option<Stated> {
    let (before, rest) = text.split_once(['年', '년'])?;
    let before = before.trim_end();
    let figures: String = before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let era = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let year: i32 = figures.parse().ok()?;
    let year = match era.chars().last() {
        Some('國' | '国') if figures.len() <= 3 => year + 1911,
        Some('和') if figures.len() <= 2 => year + 2018,
        _ => full_year(year, figures.len()),
    };
    let Some((month, rest)) = rest.split_once(['月', '월']) else {
        return PartialDate::year(i16::try_from(year).ok()?).map(|date| Stated { date, time: None, offset: None });
    };
    let month: i32 = month.trim().parse().ok()?;
    let Some((number, rest)) =
        rest.split_once(['日', '일', '號', '号']).filter(|(number, _)| number.trim().parse::<i32>().is_ok())
    else {
        let date = PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?)?;
        return Some(Stated { date, time: None, offset: None });
    };
    let date = Stated::day(day(year, month, number.trim().parse().ok()?)?);
    Some(match east_asian_clock(rest, hint) {
        Some((time, offset)) => Stated { time: Some(time), offset, ..date },
        None => date,
    })
}

/// `(土) 午後3時5分`, `下午 3:05`, `10時30分00秒`, `10:30 +0800`.
fn east_asian_clock(text: &str, hint: Hint) -> Option<(Time, Option<Offset>)> {
    let afternoon = ["下午", "午後", "오후", "晚上", "pm"].iter().any(|mark| text.contains(mark));
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let text = &text[from..];
    let (hour, rest) = number(text, 2)?;
    let rest = rest.trim_start();
    let (minute, rest) = match rest.strip_prefix([':', '時', '时', '點', '点', '시']) {
        Some(rest) => number(rest.trim_start(), 2).unwrap_or((0, rest)),
        None => return None,
    };
    let rest = rest.trim_start_matches(['分', '분', ':', ' ']);
    let (second, rest) = number(rest, 2).unwrap_or((0, rest));
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second.min(59)).ok()?, 0).ok()?;
    Some((time, offset(rest.trim_start_matches(['秒', '초', ' ']), hint)))
}

/// `sat, 11/21/2026 - 10:00`, `saturday 2026-11-21`: the day of the week settles which number is the month.
fn behind_weekday(text: &str, hint: Hint) -> Option<Stated> {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let weekday = names::weekday(&word)?;
    let rest = text[word.len()..].trim_start_matches([',', '.', ' ']);
    let reads = |month_first| digits::parse(rest, Hint { month_first, ..hint });
    let fits =
        |stated: &Stated| stated.date.exact().is_some_and(|date| date.weekday().to_monday_zero_offset() as usize == weekday);
    [hint.month_first, !hint.month_first].into_iter().filter_map(reads).find(fits).or_else(|| reads(hint.month_first))
}

/// Day, month name and year in any order, with or without a time.
fn named_month(text: &str, hint: Hint) -> Option<Stated> {
    let mut month = None;
    let mut numbers: Vec<(i32, usize)> = Vec::new();
    let mut time = None;
    let mut zone = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_alphabetic() {
            let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            if let Some(found) =
                names::month(&word).filter(|_| month.is_none() && !is_weekday_here(&word, numbers.is_empty(), rest))
            {
                month = Some(found);
            }
            rest = &rest[word.len()..];
        } else if c.is_ascii_digit() {
            let width = rest.bytes().take_while(u8::is_ascii_digit).count();
            if time.is_none() && width <= 2 && is_clock(&rest[width..]) {
                let (found, offset) = clock(rest, hint)?;
                (time, zone) = (Some(found), offset);
                rest = rest[width..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
                numbers.extend(trailing_year(rest, &numbers));
                break;
            }
            numbers.push((rest.get(..width)?.parse().ok()?, width));
            rest = &rest[width..];
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    assemble(i32::from(month?), &numbers, time, zone)
}

/// `mar` is Tuesday in three languages and March in three: before a number and another month's name it is the day.
fn is_weekday_here(word: &str, first: bool, rest: &str) -> bool {
    let later = || {
        rest[word.len()..]
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.chars().count() >= 3 && names::month(word).is_some())
    };
    first && names::weekday(word).is_some() && later()
}

fn is_clock(after: &str) -> bool {
    let digit_after = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    after.strip_prefix([':', 'h']).is_some_and(digit_after)
        || ["am", "pm", " am", " pm", " a.m", " p.m"].iter().any(|mark| after.starts_with(mark))
}

/// `sat nov 21 10:00:00 est 2026`: the year may stand behind the time.
fn trailing_year(rest: &str, numbers: &[(i32, usize)]) -> Option<(i32, usize)> {
    if numbers.iter().any(|(_, width)| *width == 4) || numbers.len() > 1 {
        return None;
    }
    let word = rest.split([' ', ',']).rfind(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    word.parse().ok().map(|year| (year, 4))
}

fn assemble(month: i32, numbers: &[(i32, usize)], time: Option<Time>, offset: Option<Offset>) -> Option<Stated> {
    let (number, year, width) = match *numbers {
        [(year, 4)] => {
            let date = PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?)?;
            return Some(Stated { date, time: None, offset: None });
        }
        [(year, 4), (number, _), ..] | [(number, _), (year, 4), ..] => (number, year, 4),
        [(number, _), (year, width @ 2), ..] => (number, year, width),
        _ => return None,
    };
    let date = Stated::day(day(full_year(year, width), month, number)?);
    Some(Stated { time, offset: offset.filter(|_| time.is_some()), ..date })
}
