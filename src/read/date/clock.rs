//! The time of a day and its zone, as they stand behind a date or before it.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::{Hint, names, number};

/// A time of day as stated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) time: Time,
    /// `None` where no zone is stated.
    pub(super) offset: Option<Offset>,
    /// 24:00 is the next day's midnight.
    pub(super) next_day: bool,
}

/// Words between a date and its time, longest first.
const BEFORE: &[&str] = &["alle ore ", "a las ", "alle ", "ore ", "at ", "um ", "à ", "kl. "];

/// Half days that go before the hour, and whether they are the second half.
const HALVES: &[(&str, bool)] = &[
    ("上午", false),
    ("下午", true),
    ("午前", false),
    ("午後", true),
    ("오전", false),
    ("오후", true),
    ("中午", true),
    ("晚上", true),
    ("傍晚", true),
    ("凌晨", false),
    ("早上", false),
    ("清晨", false),
];

/// The same behind the hour.
const HALVES_BEHIND: &[(&str, bool)] = &[
    ("a. m.", false),
    ("p. m.", true),
    ("a.m.", false),
    ("p.m.", true),
    ("a.m", false),
    ("p.m", true),
    ("am", false),
    ("pm", true),
];

/// ` 10:00:00.5 +0800`, `t10:00z`, ` 10:00 am est`, ` à 15 h 05`, ` 午後3時5分`, with what follows the time itself. `None` where
/// it is no time at all, or none that exists.
pub(super) fn read(text: &str, hint: Hint) -> Option<(Clock, &str)> {
    let (half, rest) = half_before(opened(text));
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest, marked) = minutes(rest)?;
    let (second, rest) = seconds(rest)?;
    let rest =
        rest.strip_prefix(['.', ',']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).map_or(rest, after_digits);
    let (rest, worded) = without_word(rest);
    let (behind, rest) = half_behind(rest);
    let half = half.or(behind);
    if !marked && !worded && half.is_none() || second > 60 {
        return None;
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let next_day = hour == 24 && minute == 0 && second == 0;
    let hour = if next_day { 0 } else { i8::try_from(hour).ok()? };
    // A leap second has no name in civil time.
    let time = Time::new(hour, i8::try_from(minute).ok()?, i8::try_from(second.min(59)).ok()?, 0).ok()?;
    Some((Clock { time, offset: offset(rest, hint), next_day }, rest))
}

/// Without what joins a time to its date: `t`, a comma, `at`, a day of the week in Han or Hangul.
fn opened(text: &str) -> &str {
    let joins = |c: char| matches!(c, ' ' | 't' | ',' | '-' | '|' | '·' | '@' | '.' | ':' | ')');
    let mut text = text.trim_start_matches(joins);
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start();
    }
    while let Some(first) = text.chars().next().filter(|c| (*c >= '\u{2E80}' || *c == ' ') && half_before(text).0.is_none()) {
        text = &text[first.len_utf8()..];
    }
    text
}

fn half_before(text: &str) -> (Option<bool>, &str) {
    let found = HALVES.iter().find_map(|(mark, second)| Some((*second, text.strip_prefix(mark)?)));
    found.map_or((None, text), |(second, rest)| (Some(second), rest.trim_start()))
}

fn half_behind(text: &str) -> (Option<bool>, &str) {
    let found = HALVES_BEHIND.iter().find_map(|(mark, second)| Some((*second, text.strip_prefix(mark)?)));
    let ends = |rest: &str| !rest.starts_with(char::is_alphabetic);
    found.filter(|(_, rest)| ends(rest)).map_or((None, text), |(second, rest)| (Some(second), rest.trim_start()))
}

/// The minutes behind an hour, the rest, and whether a mark between them says that it is a time.
fn minutes(text: &str) -> Option<(i32, &str, bool)> {
    if let Some(rest) = text.strip_prefix([':', '.']) {
        let (minute, after) = number(rest, 2)?;
        return (rest.len() - after.len() == 2).then_some((minute, after, true));
    }
    match text.trim_start().strip_prefix(['h', '時', '时', '點', '点', '시']).filter(|rest| !rest.starts_with(['s', 'r', 'o']))
    {
        Some(rest) => {
            let (minute, rest) = number(rest.trim_start(), 2).unwrap_or((0, rest));
            Some((minute, rest.trim_start().strip_prefix(['分', '분']).unwrap_or(rest), true))
        }
        None => Some((0, text, false)),
    }
}

/// `:07`, `7秒`.
fn seconds(text: &str) -> Option<(i32, &str)> {
    if let Some(found) = text.strip_prefix(':').map(|rest| number(rest, 2)) {
        return found;
    }
    let worded = number(text.trim_start(), 2).and_then(|(second, rest)| Some((second, rest.strip_prefix(['秒', '초'])?)));
    Some(worded.unwrap_or((0, text)))
}

fn after_digits(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit())
}

/// Without the word for "o'clock", and whether there was one.
fn without_word(text: &str) -> (&str, bool) {
    let text = text.trim_start();
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    match word.as_str() {
        "uhr" | "h" | "hs" | "hrs" | "horas" => (text[word.len()..].trim_start(), true),
        _ => (text, false),
    }
}

/// `z`, `+08:00`, `-0500`, `gmt+8`, `est`, `+0800 cst`.
fn offset(text: &str, hint: Hint) -> Option<Offset> {
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.']);
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let after = text[word.len()..].trim_start();
    let named = if word.is_empty() { Some(0) } else { names::zone(&word, hint.chinese).or_else(|| military(&word, after)) };
    let sign = match after.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ if word.is_empty() => return None,
        _ => return Offset::from_seconds(named? * 60).ok(),
    };
    let (hours, rest) = number(&after[1..], 2)?;
    let minutes = number(rest.strip_prefix(':').unwrap_or(rest), 2).map_or(0, |(minutes, _)| minutes);
    // "10:00-16:40" names two times, not a zone.
    if hours > 14 || minutes % 15 != 0 {
        return None;
    }
    // "CST+0800" says the same twice: no place is as far from Greenwich as the sum.
    named?;
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()
}

/// The letters of RFC 822, which got their signs wrong: RFC 5322 reads them all as UTC of an unknown place.
fn military(word: &str, after: &str) -> Option<i32> {
    (word.len() == 1 && after.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(0)
}
