//! Dates that stand beside the report's, in characters and Hangul: "last month", "去年7月", "周二".

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::model::when::{PartialDate, Precision};

use super::{Dated, digits, weekday_before};

/// Words for months and years near the report's, in characters and Hangul: years back, months back.
const RELATIVE: &[(&str, Span)] = &[
    ("上个月", Span::Months(-1)),
    ("上月", Span::Months(-1)),
    ("先月", Span::Months(-1)),
    ("지난달", Span::Months(-1)),
    ("下个月", Span::Months(1)),
    ("下月", Span::Months(1)),
    ("来月", Span::Months(1)),
    ("다음 달", Span::Months(1)),
    ("다음달", Span::Months(1)),
    ("내달", Span::Months(1)),
    ("本月", Span::Months(0)),
    ("今月", Span::Months(0)),
    ("이달", Span::Months(0)),
    ("前年", Span::Years(-2)),
    ("去年", Span::Years(-1)),
    ("昨年", Span::Years(-1)),
    ("지난해", Span::Years(-1)),
    ("작년", Span::Years(-1)),
    ("今年", Span::Years(0)),
    ("올해", Span::Years(0)),
    ("明年", Span::Years(1)),
    ("来年", Span::Years(1)),
    ("내년", Span::Years(1)),
    ("昨日", Span::Days(-1)),
    ("昨天", Span::Days(-1)),
    ("어제", Span::Days(-1)),
];

/// How far a relative date lies from the report.
#[derive(Clone, Copy)]
enum Span {
    Years(i16),
    Months(i32),
    Days(i32),
}

/// Chinese weekdays by the character behind 周, 週 or 星期.
const CHINESE_WEEKDAYS: &[(char, Weekday)] = &[
    ('一', Weekday::Monday),
    ('二', Weekday::Tuesday),
    ('三', Weekday::Wednesday),
    ('四', Weekday::Thursday),
    ('五', Weekday::Friday),
    ('六', Weekday::Saturday),
    ('日', Weekday::Sunday),
    ('天', Weekday::Sunday),
];

/// "上月", "지난해", "来月", "周二"; a year with a month behind it ("去年7月") is one date.
pub fn relative(text: &str, published: Option<PartialDate>) -> Vec<Dated> {
    let Some(reported) = published else { return Vec::new() };
    let mut found = Vec::new();
    for (word, span) in RELATIVE {
        for (start, _) in text.match_indices(word) {
            let end = start + word.len();
            let said = match span {
                Span::Years(years) => {
                    relative_year(&text[end..], reported.first().year() + years).map(|(date, length)| (date, end + length))
                }
                Span::Months(months) => (reported.precision() != Precision::Year)
                    .then(|| reported.first().checked_add(i64::from(*months).months()).ok())
                    .flatten()
                    .and_then(|day| PartialDate::month(day.year(), day.month()))
                    .map(|date| (date, end)),
                Span::Days(days) => reported
                    .exact()
                    .and_then(|day| day.checked_add(i64::from(*days).days()).ok())
                    .map(|day| (PartialDate::day(day), end)),
            };
            found.extend(said.map(|(date, end)| Dated { start, end, date }));
        }
    }
    found.extend(chinese_weekdays(text, published));
    found
}

/// The year, or the month named right behind it.
fn relative_year(rest: &str, year: i16) -> Option<(PartialDate, usize)> {
    let head = rest.char_indices().take(6).find(|(_, sign)| matches!(sign, '月' | '월')).map(|(at, sign)| (at, sign.len_utf8()));
    let named = head.and_then(|(at, length)| {
        let (digits, value) = digits(&rest[..at], 2)?;
        let month = i8::try_from(value).ok()?;
        (digits + 2 >= at).then(|| PartialDate::month(year, month).map(|date| (date, at + length))).flatten()
    });
    named.or_else(|| PartialDate::year(year).map(|date| (date, 0)))
}

fn chinese_weekdays(text: &str, published: Option<PartialDate>) -> Vec<Dated> {
    let Some(day) = published.and_then(PartialDate::exact) else { return Vec::new() };
    let mut found = Vec::new();
    for opening in ["周", "星期", "礼拜"] {
        for (start, _) in text.match_indices(opening) {
            let end = start + opening.len();
            let Some(sign) = text[end..].chars().next() else { continue };
            let Some((_, weekday)) = CHINESE_WEEKDAYS.iter().find(|(name, _)| *name == sign) else { continue };
            let before = &text[..start];
            let ahead = before.ends_with('下');
            // "上周五" is Friday of last week, "周五" the last Friday.
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
            let weeks = if ahead { 7 } else { -7 };
            let said = if ahead || before.ends_with('上') || before.ends_with("上个") {
                monday.and_then(|monday| monday.checked_add((weeks + i64::from(weekday.to_monday_zero_offset())).days()).ok())
            } else {
                weekday_before(day, *weekday)
            };
            found.extend(said.map(|said| Dated { start, end: end + sign.len_utf8(), date: PartialDate::day(said) }));
        }
    }
    found
}
