//! When a sentence says that something happened, as precisely as it says.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::when::{PartialDate, Precision};
use relative::relative;

/// Dates beside the report's: "last month" in characters and Hangul.
mod relative;

/// Months by their first letters in the Latin languages that we read, folded.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("januar", 1),
    ("jänner", 1),
    ("janvier", 1),
    ("enero", 1),
    ("gennaio", 1),
    ("jan", 1),
    ("february", 2),
    ("februar", 2),
    ("février", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("feb", 2),
    ("march", 3),
    ("märz", 3),
    ("mars", 3),
    ("marzo", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("mai", 5),
    ("mayo", 5),
    ("maggio", 5),
    ("may", 5),
    ("june", 6),
    ("juni", 6),
    ("juin", 6),
    ("junio", 6),
    ("giugno", 6),
    ("july", 7),
    ("juli", 7),
    ("juillet", 7),
    ("julio", 7),
    ("luglio", 7),
    ("august", 8),
    ("août", 8),
    ("agosto", 8),
    ("aug", 8),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("settembre", 9),
    ("sept", 9),
    ("october", 10),
    ("oktober", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("ottobre", 10),
    ("oct", 10),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("nov", 11),
    ("december", 12),
    ("dezember", 12),
    ("décembre", 12),
    ("diciembre", 12),
    ("dicembre", 12),
    ("dec", 12),
];

/// Weekdays in the Latin languages, folded.
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("montag", Weekday::Monday),
    ("lundi", Weekday::Monday),
    ("lunes", Weekday::Monday),
    ("lunedì", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("dienstag", Weekday::Tuesday),
    ("mardi", Weekday::Tuesday),
    ("martes", Weekday::Tuesday),
    ("martedì", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("mittwoch", Weekday::Wednesday),
    ("mercredi", Weekday::Wednesday),
    ("miércoles", Weekday::Wednesday),
    ("mercoledì", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("donnerstag", Weekday::Thursday),
    ("jeudi", Weekday::Thursday),
    ("jueves", Weekday::Thursday),
    ("giovedì", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("freitag", Weekday::Friday),
    ("vendredi", Weekday::Friday),
    ("viernes", Weekday::Friday),
    ("venerdì", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("samstag", Weekday::Saturday),
    ("samedi", Weekday::Saturday),
    ("sábado", Weekday::Saturday),
    ("sabato", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("sonntag", Weekday::Sunday),
    ("dimanche", Weekday::Sunday),
    ("domingo", Weekday::Sunday),
    ("domenica", Weekday::Sunday),
];

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it says.
    pub date: PartialDate,
}

/// The dates stated between two bytes of a folded text, in order; those without a year are taken to lie within the ten
/// months before `published` or the two after it.
pub fn find(text: &str, start: usize, end: usize, published: Option<PartialDate>) -> Vec<Dated> {
    let mut found = spelled(&text[start..end], published);
    if text[start..end].is_ascii() {
        return shifted(found, start);
    }
    found.extend(characters(&text[start..end], published));
    let beside = relative(&text[start..end], published);
    found.retain(|one| beside.iter().all(|other| one.start < other.start || one.end > other.end));
    found.extend(beside);
    shifted(found, start)
}

/// Dates of a part of a text as dates of the whole, in order.
fn shifted(mut found: Vec<Dated>, start: usize) -> Vec<Dated> {
    found.iter_mut().for_each(|dated| {
        dated.start += start;
        dated.end += start;
    });
    found.sort_by_key(|dated| dated.start);
    found
}

/// A word and where it stands.
type Token<'a> = (usize, &'a str);

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut begin = None;
    for (at, character) in text.char_indices() {
        match (character.is_alphanumeric(), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                begin = None;
            }
            _ => {}
        }
    }
    found.extend(begin.map(|from| (from, &text[from..])));
    found
}

fn spelled(text: &str, published: Option<PartialDate>) -> Vec<Dated> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (start, word) = tokens[at];
        let month = MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month);
        let weekday = WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
        if let Some(month) = month.filter(|_| word != "may" && word != "mars" || is_month_here(&tokens, at)) {
            let day_after = number(&tokens, at + 1, 31);
            let day_before = at.checked_sub(1).and_then(|before| number(&tokens, before, 31)).or_else(|| {
                // Spanish: "9 de julio".
                at.checked_sub(2).filter(|_| tokens[at - 1].1 == "de").and_then(|before| number(&tokens, before, 31))
            });
            let day = day_before.or(day_after);
            let year_at = at + 1 + usize::from(day_before.is_none() && day_after.is_some());
            let year =
                year(&tokens, year_at).or_else(|| tokens.get(year_at).filter(|t| t.1 == "de").and(year(&tokens, year_at + 1)));
            let end = tokens[at].0 + word.len();
            found.extend(date(year, month, day, published).map(|date| Dated { start, end, date }));
        } else if let Some(weekday) = weekday {
            let date = published.and_then(PartialDate::exact).and_then(|day| weekday_before(day, weekday));
            found.extend(date.map(|date| Dated { start, end: start + word.len(), date: PartialDate::day(date) }));
        } else if let Some(year) = year(&tokens, at).filter(|_| is_year_here(&tokens, at)) {
            found.extend(PartialDate::year(year).map(|date| Dated { start, end: start + word.len(), date }));
        }
        at += 1;
    }
    found
}

/// "may" is a verb and "mars" a planet unless a number or a preposition of time stands beside it.
fn is_month_here(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].1);
    number(tokens, at + 1, 31).is_some()
        || year(tokens, at + 1).is_some()
        || number(tokens, at.wrapping_sub(1), 31).is_some()
        || ["in", "since", "until", "of", "last", "late", "early", "mid", "by", "fin", "en", "due"].contains(&before)
            && tokens.get(at + 1).is_none_or(|(_, after)| *after != "be")
}

fn is_year_here(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].1);
    ["in", "since", "until", "before", "seit", "im", "en", "depuis", "desde", "nel", "dal", "of", "by", "a", "late", "early"]
        .contains(&before)
}

fn number(tokens: &[Token<'_>], at: usize, most: i8) -> Option<i8> {
    let word = tokens.get(at)?.1;
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if word.len() > digits.len() && !["st", "nd", "rd", "th", "er"].contains(&&word[digits.len()..]) {
        return None;
    }
    digits.parse().ok().filter(|value| (1..=most).contains(value))
}

fn year(tokens: &[Token<'_>], at: usize) -> Option<i16> {
    let word = tokens.get(at)?.1;
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1990..=2040).contains(year))
}

/// "28 April", "4月28日": with the year that makes it lie nearest before the report.
fn date(year: Option<i16>, month: i8, day: Option<i8>, published: Option<PartialDate>) -> Option<PartialDate> {
    let year = year.or_else(|| {
        let published = published?.last();
        // More than two months ahead is last year's.
        let ahead = i32::from(month) - i32::from(published.month());
        Some(if ahead > 2 { published.year() - 1 } else { published.year() })
    })?;
    match day {
        Some(day) => Date::new(year, month, day).ok().map(PartialDate::day),
        None => PartialDate::month(year, month),
    }
}

/// The last such weekday on or before a day.
fn weekday_before(day: Date, weekday: Weekday) -> Option<Date> {
    let back = (i64::from(day.weekday().to_monday_zero_offset()) - i64::from(weekday.to_monday_zero_offset())).rem_euclid(7);
    day.checked_sub(back.days()).ok()
}

/// "2025年9月5日", "9月5日", "5일", "四月", "周一".
fn characters(text: &str, published: Option<PartialDate>) -> Vec<Dated> {
    let mut found = Vec::new();
    let (mut year, mut month): (Option<i16>, Option<(usize, i8)>) = (None, None);
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match sign {
            '年' | '년' => {
                year = stated_year(&text[..at], &text[end..]).map(|(_, year)| year);
                let whole = stated_year(&text[..at], &text[end..]).filter(|_| !names_month(&text[end..]));
                let date = whole.and_then(|(length, year)| Some((length, PartialDate::year(year)?)));
                found.extend(date.map(|(length, date)| Dated { start: at - length, end, date }));
            }
            '月' | '월' => {
                if let Some((length, value)) = digits(&text[..at], 2).filter(|(_, value)| (1..=12).contains(value)) {
                    let value = i8::try_from(value).unwrap_or(1);
                    month = Some((at, value));
                    found.extend(date(year.take(), value, None, published).map(|date| Dated { start: at - length, end, date }));
                }
            }
            '日' | '号' | '일' => {
                let Some((length, value)) = digits(&text[..at], 2).filter(|(_, value)| (1..=31).contains(value)) else {
                    continue;
                };
                let value = i8::try_from(value).unwrap_or(1);
                let near = month.filter(|(place, _)| at - place < 16);
                if let (Some(_), Some(last)) = (near, found.last_mut()) {
                    let first = last.date.first();
                    if let Ok(day) = Date::new(first.year(), first.month(), value) {
                        *last = Dated { end, date: PartialDate::day(day), ..*last };
                    }
                } else {
                    found.extend(day_of_month(value, published).map(|date| Dated { start: at - length, end, date }));
                }
            }
            _ => {}
        }
    }
    found
}

/// A year before its character: "2025年", and "23年" where it is plainly no span of years.
fn stated_year(before: &str, behind: &str) -> Option<(usize, i16)> {
    const SHORT: &[&str] = &["に", "の", "末", "春", "夏", "秋", "冬"];
    let (length, value) = digits(before, 4)?;
    let value = i16::try_from(value).ok()?;
    let short =
        (15..=40).contains(&value) && length == 2 && (names_month(behind) || SHORT.iter().any(|sign| behind.starts_with(sign)));
    let year = if short { 2000 + value } else { value };
    (2000..2041).contains(&year).then_some((length, year))
}

/// Whether a month follows a year's character.
fn names_month(behind: &str) -> bool {
    let ahead = behind.trim_start().char_indices().take(3).find(|(_, sign)| matches!(sign, '月' | '월'));
    ahead.is_some_and(|(at, _)| digits(&behind.trim_start()[..at], 2).is_some())
}

/// A bare day: of the month of the report, or the month before where that day is still to come.
fn day_of_month(day: i8, published: Option<PartialDate>) -> Option<PartialDate> {
    let published = published.filter(|date| date.precision() == Precision::Day)?.first();
    let month = if day > published.day() + 3 { published.checked_sub(1.month()).ok()? } else { published };
    Date::new(month.year(), month.month(), day).ok().map(PartialDate::day)
}

/// The number at the end of a text, in digits or Chinese numerals up to twelve, and its length in bytes.
fn digits(text: &str, most: usize) -> Option<(usize, u32)> {
    const NUMERALS: &[(&str, u32)] = &[
        ("十二", 12),
        ("十一", 11),
        ("十", 10),
        ("九", 9),
        ("八", 8),
        ("七", 7),
        ("六", 6),
        ("五", 5),
        ("四", 4),
        ("三", 3),
        ("二", 2),
        ("一", 1),
    ];
    let trimmed = text.trim_end_matches(' ');
    let count = trimmed.bytes().rev().take_while(u8::is_ascii_digit).count();
    if count > 0 && count <= most {
        let value = trimmed[trimmed.len() - count..].parse().ok()?;
        return Some((count + text.len() - trimmed.len(), value));
    }
    NUMERALS.iter().find(|(numeral, _)| trimmed.ends_with(numeral)).map(|(numeral, value)| (numeral.len(), *value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, published: &str, dates: &[&str]) {
        let found = find(text, 0, text.len(), published.parse().ok());
        let found: Vec<String> = found.iter().map(|dated| dated.date.to_string()).collect();
        assert_eq!(found, dates, "{text}");
    }

    #[test]
    fn a_date_is_taken_as_precisely_as_it_is_stated() {
        check("following goldman in april", "2026-06-18", &["2026-04"]);
        check("from 5 september, businesses", "2025-09-06", &["2025-09-05"]);
        check("on 18 march 2026", "2026-03-18", &["2026-03-18"]);
        check("march 20, 2013, which", "2025-11-27", &["2013-03-20"]);
        check("since december it may not", "2026-01-10", &["2025-12"]);
        check("in may 2025 it may use", "2026-01-10", &["2025-05"]);
        check("said on friday", "2025-02-03", &["2025-01-31"]);
        check("listed in 2023", "2025-03-26", &["2023"]);
        check("am 9. juli", "2024-06-26", &["2024-07-09"]);
        check("el 9 de julio de 2024", "2024-06-26", &["2024-07-09"]);
        check("dal 14 febbraio", "2025-02-17", &["2025-02-14"]);
    }

    #[test]
    fn characters_for_year_month_and_day_are_read() {
        check("2025年9月5日起", "2025-09-06", &["2025-09-05"]);
        check("2023年には禁じ、23年に解除した", "2025-09-06", &["2023", "2023"]);
        check("四月起", "2026-06-18", &["2026-04"]);
        check("15日傍晚", "2025-02-17", &["2025-02-15"]);
        check("27日(현지시간)", "2026-02-28", &["2026-02-27"]);
        check("31日", "2025-02-03", &["2025-01-31"]);
        check("2월 15일", "2025-02-17", &["2025-02-15"]);
    }

    #[test]
    fn months_and_years_beside_the_reports_are_read() {
        check("上月底", "2026-03-12", &["2026-02"]);
        check("지난해 금지", "2026-03-12", &["2025"]);
        check("来月から", "2025-12-12", &["2026-01"]);
        check("周二", "2026-03-05", &["2026-03-03"]);
        check("去年7月", "2026-08-06", &["2025-07"]);
        check("上周五", "2026-02-06", &["2026-01-30"]);
    }
}
