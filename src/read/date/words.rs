//! Dates written with words: RFC 822 and what the press of eight languages makes of it.

use crate::model::when::PartialDate;

use super::clock::{self, Clock};
use super::{Hint, Stated, day, digits, full_year, names};

/// A tidied text with names in it.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    behind_weekday(text, hint).or_else(|| named_month(text, hint))
}

/// `sat, 11/21/2026 - 10:00`, `saturday 2026-11-21`: the day of the week settles which number is the month.
fn behind_weekday(text: &str, hint: Hint) -> Option<Stated> {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let weekday = names::weekday(&word)?;
    let rest = text[word.len()..].trim_start_matches([',', '.', ' ']);
    let reads = |month_first| digits::parse(rest, Hint { month_first, ..hint }).filter(|stated| stated.date.exact().is_some());
    let fits =
        |stated: &Stated| stated.date.exact().is_some_and(|date| date.weekday().to_monday_zero_offset() as usize == weekday);
    [hint.month_first, !hint.month_first].into_iter().filter_map(reads).find(fits).or_else(|| reads(hint.month_first))
}

/// Day, month name and year in any order, with or without a time.
fn named_month(text: &str, hint: Hint) -> Option<Stated> {
    let mut found = Found::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = if c.is_alphabetic() {
            found.word(rest)
        } else if c.is_ascii_digit() {
            found.figures(rest, hint)?
        } else {
            &rest[c.len_utf8()..]
        };
    }
    found.assemble()
}

/// What a text with a month's name holds so far.
#[derive(Debug, Default)]
struct Found {
    month: Option<i8>,
    /// With the digits that each was written with.
    numbers: Vec<(i32, usize)>,
    clock: Option<Clock>,
}

impl Found {
    fn word<'a>(&mut self, rest: &'a str) -> &'a str {
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        if self.month.is_none() && !is_weekday_here(&word, self.numbers.is_empty(), rest) {
            self.month = names::month(&word);
        }
        &rest[word.len()..]
    }

    fn figures<'a>(&mut self, rest: &'a str, hint: Hint) -> Option<&'a str> {
        let width = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[width..];
        if self.clock.is_none() && width <= 2 && self.is_clock(after) {
            return Some(self.time(rest, hint));
        }
        let number = rest.get(..width)?.parse().ok()?;
        match after.strip_prefix(['月', '월']) {
            Some(after) if self.month.is_none() => {
                self.month = i8::try_from(number).ok();
                Some(after)
            }
            _ => {
                self.numbers.push((number, width));
                Some(after)
            }
        }
    }

    /// Where a time stands: behind the day nothing follows but its zone and, in some forms, the year.
    fn time<'a>(&mut self, rest: &'a str, hint: Hint) -> &'a str {
        let Some((clock, after)) = clock::read(rest, hint) else {
            return rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
        };
        self.clock = Some(clock);
        if self.month.is_none() || self.numbers.is_empty() {
            let is_offset = |c: char| c.is_ascii_digit() || c == ':';
            return after.strip_prefix(['+', '-']).map_or(after, |after| after.trim_start_matches(is_offset));
        }
        self.numbers.extend(trailing_year(after, &self.numbers));
        ""
    }

    fn is_clock(&self, after: &str) -> bool {
        let digit_after = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let marks = ["am", "pm", " am", " pm", " a.m", " p.m", " a. m", " p. m", " uhr", "uhr"];
        let has_day = self.month.is_some() && self.numbers.len() >= 2;
        let is_hour = |rest: &str| rest.is_empty() || rest.starts_with([' ', ',', '.']) || digit_after(rest);
        let dotted = |rest: &str| {
            rest.len() >= 2 && rest.bytes().take_while(u8::is_ascii_digit).count() == 2 && !rest[2..].starts_with('.')
        };
        after.strip_prefix(':').is_some_and(digit_after)
            || after.strip_prefix('h').is_some_and(|rest| digit_after(rest) || has_day && is_hour(rest))
            || has_day && after.strip_prefix(" h").is_some_and(is_hour)
            || has_day && after.strip_prefix('.').is_some_and(dotted)
            || marks.iter().any(|mark| after.starts_with(mark))
    }

    fn assemble(self) -> Option<Stated> {
        let month = i32::from(self.month?);
        let (number, year, width) = match *self.numbers {
            [(year, 4)] => {
                let date = PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?)?;
                return Some(Stated { date, time: None, offset: None });
            }
            [(year, 4), (number, _), ..] | [(number, _), (year, 4), ..] => (number, year, 4),
            [(number, _), (year, width @ 2), ..] => (number, year, width),
            _ => return None,
        };
        let date = Stated::day(day(full_year(year, width), month, number)?);
        self.clock.map_or(Some(date), |clock| date.at(clock))
    }
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

/// `sat nov 21 10:00:00 est 2026`: the year may stand behind the time.
fn trailing_year(rest: &str, numbers: &[(i32, usize)]) -> Option<(i32, usize)> {
    if numbers.iter().any(|(_, width)| *width == 4) || numbers.len() > 1 {
        return None;
    }
    let word = rest.split([' ', ',']).rfind(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    word.parse().ok().map(|year| (year, 4))
}
